import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type App, signInAs, startApp } from './harness.ts'
import { administrator, inside, openPerson, somebody } from './somebody.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

test('an administrator has no way to give themselves a role', async () => {
  const odette = await administrator(app, 'Odette Larkin', 'en')
  const { page, t } = odette
  await openPerson(odette, 'Odette Larkin')
  await page.getByText(t('people.self')).waitFor()
  await odette.look('self')
  for (const label of ['people.role.grant', 'people.role.end', 'people.disable', 'people.lost.ask'])
    assert.equal(await page.getByRole('button', { name: t(label) }).count(), 0, label)
  const statuses = await page.evaluate(async () => {
    const me = await (await fetch('/api/auth/me')).json()
    const organisation = me.assignments[0].organisation.id
    const send = (path: string, method: string, body?: unknown) =>
      fetch(`/api/accounts/${me.account}/${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }).then(answer => answer.status)
    return [
      await send('assignments', 'POST', { id: crypto.randomUUID(), organisation, role: 'supervisor' }),
      await send('disable', 'POST'),
      await send('recovery', 'POST'),
    ]
  })
  assert.deepEqual(statuses, [404, 404, 404])
  await odette.close()
})

for (const [lang, size, dark] of [
  ['en', 'phone', true],
  ['es', 'phone', false],
  ['en', 'desk', false],
  ['es', 'desk', true],
] as const)
  test(`every screen of people and organisations holds, ${lang}, ${size}, ${dark ? 'dark' : 'light'}`, async () => {
    const one = await somebody(app, 'Odette', lang, size, dark)
    const { page, t, titled, look, press } = one
    await page.goto(app.staff)
    await titled(t('auth.sign-in.title'))
    await page.getByText(t('sign-in.demonstration.title')).waitFor()
    await page.getByText(t('auth.sign-in.other-way'), { exact: true }).click()
    await press(t('auth.sign-in.submit'))
    await look('sign-in')
    await page.getByLabel(t('sign-in.demonstration.search')).fill('odet')
    await page.getByRole('button', { name: /Odette Larkin/ }).click()
    await titled(t('people.title'))
    await page.getByRole('link', { name: 'Marisol Prentice' }).waitFor()
    await look('people')
    await page.getByLabel(t('people.search')).fill('nobody of that name')
    await page.getByText(t('ui.list.none')).waitFor()
    await look('people-none')
    await openPerson(one, 'Marisol Prentice')
    await look('person')
    await page.goto(`${app.staff}/account`)
    await page.getByText(t('account.password.none')).waitFor()
    await look('account')
    await page.goto(`${app.staff}/organisations`)
    await page.getByRole('link', { name: 'Samaan House' }).waitFor()
    await look('organisations')
    await page.getByLabel(t('directory.service')).selectOption('medical-care')
    await page.getByRole('link', { name: 'Samaan House' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Claro Clinic' }).click()
    await titled('Claro Clinic')
    await press(t('directory.service.add'))
    await press(t('directory.on-call.add'))
    await look('organisation')
    await page.getByRole('link', { name: t('directory.edit'), exact: true }).click()
    await titled(t('directory.edit'))
    await look('organisation-edit')
    await one.close()
  })

test('a shelter keeps its own services and roster, and nobody else’s', async () => {
  const celeste = await somebody(app, 'Celeste', 'en', 'phone')
  const { page, t, titled, press, look } = celeste
  await signInAs(app, page, 'Celeste Abara')
  await inside(celeste)
  await page.goto(`${app.staff}/organisations`)
  await page.getByRole('link', { name: 'Claro Clinic' }).waitFor()
  await look('organisation-cards')
  await page.getByRole('link', { name: 'Claro Clinic' }).click()
  await titled('Claro Clinic')
  assert.equal(await page.getByRole('button', { name: t('directory.service.add') }).count(), 0)
  await page.goto(`${app.staff}/organisations`)
  await page.getByRole('link', { name: 'Samaan House' }).click()
  await titled('Samaan House')
  await press(t('directory.service.add'))
  await page.getByLabel(t('directory.service')).selectOption('education')
  await page.getByText(t('directory.area.hidden')).waitFor()
  await press(t('directory.service.add-do'))
  await page.getByText(t('service.kind.education'), { exact: true }).waitFor()
  await page
    .getByRole('button', { name: t('directory.service.withdraw-named', { service: t('service.kind.education') }) })
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('directory.service.withdraw'), exact: true })
    .click()
  await page.getByText(t('service.kind.education'), { exact: true }).waitFor({ state: 'detached' })
  await press(t('directory.on-call.add'))
  await page.getByLabel(t('directory.on-call.who')).selectOption({ label: 'Celeste Abara' })
  await press(t('directory.on-call.do'))
  await page.getByText(t('directory.on-call.none')).waitFor({ state: 'detached' })
  await look('organisation-kept')
  await celeste.close()
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type App, signInAs, startApp } from './harness.ts'
import { administrator, confirmRole, inside, linkShown, openPerson, somebody } from './somebody.ts'

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
  const statuses = await page.evaluate(async id => {
    const me = await (await fetch('/api/auth/me')).json()
    const organisation = me.assignments[0].organisation.id
    const send = (path: string, method: string, body?: unknown) =>
      fetch(`/api/accounts/${me.account}/${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }).then(answer => answer.status)
    return [
      await send('assignments', 'POST', { id, organisation, role: 'supervisor' }),
      await send('disable', 'POST'),
      await send('recovery', 'POST'),
    ]
  }, uuidv7())
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
  const add = () => page.getByRole('link', { name: t('directory.service.add'), exact: true })
  assert.equal(await add().count(), 0)
  await page.goto(`${app.staff}/organisations`)
  await page.getByRole('link', { name: 'Samaan House' }).click()
  await titled('Samaan House')
  await add().click()
  await page.getByLabel(t('directory.service')).selectOption('education')
  await page.getByText(t('directory.area.hidden')).waitFor()
  await press(t('service.form.save'))
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

for (const [lang, size] of [
  ['en', 'phone'],
  ['es', 'desk'],
] as const)
  test(`a role that opens cases works only after a second administrator confirmed it, ${lang}, ${size}`, async () => {
    const name = lang === 'en' ? 'Perpetua Quill' : 'Anselmo Rook'
    const odette = await administrator(app, 'Odette Larkin', lang, size)
    const { page, t } = odette
    await page.goto(`${app.staff}/people/invite`)
    await page.getByLabel(t('people.name')).fill(name)
    await page.getByLabel(t('people.email')).fill(`${name.split(' ')[0]!.toLowerCase()}@santa-aurelia.example`)
    await page.getByLabel(t('people.role'), { exact: true }).selectOption({ label: t('role.intake') })
    await page.getByText(t('people.role.second')).waitFor()
    const organisation = page.getByLabel(t('people.organisation'), { exact: true })
    // The list of the directory may still be on its way.
    await organisation.getByRole('option', { name: 'Counter Trafficking Unit' }).waitFor({ state: 'attached' })
    assert.deepEqual((await organisation.getByRole('option').allInnerTexts()).slice(1), ['Counter Trafficking Unit'])
    await organisation.selectOption({ label: 'Counter Trafficking Unit' })
    await odette.look('invite-second')
    await odette.press(t('people.invite.do'))
    const link = await linkShown(odette)
    await openPerson(odette, name)
    await page.getByText(t('people.waiting.not-in', { name })).waitFor()
    await odette.look('person-not-in')
    assert.equal(await page.getByRole('button', { name: new RegExp(`^${t('people.waiting.confirm')}`) }).count(), 0)

    const person = await somebody(app, name.split(' ')[0]!, lang, size)
    await person.page.goto(link)
    await person.titled(t('auth.invitation.title-join', { name }))
    await person.page.getByText(t('auth.role.waiting-invited')).waitFor()
    await person.press(t('auth.invitation.passkey'))
    await person.titled(t('sign-in.done.title'))
    await person.press(t('sign-in.done.go'))
    await person.titled(t('auth.role.waiting-title'))
    await person.page.getByText(t('auth.role.waiting-next')).waitFor()
    await person.look('waiting')
    assert.equal(await person.page.evaluate(async () => (await fetch('/api/cases')).status), 404)

    // Who asked does not confirm, on the page or past it.
    await page.goto(`${app.staff}/people`)
    await page.getByText(t('people.waiting.others', { count: 1 })).waitFor()
    await odette.look('people-waiting-others')
    await openPerson(odette, name)
    await page.getByText(t('people.waiting.tag')).first().waitFor()
    assert.equal(await page.getByRole('button', { name: new RegExp(`^${t('people.waiting.confirm')}`) }).count(), 0)
    const status = await page.evaluate(async () => {
      const { items } = await (await fetch('/api/assignments/waiting')).json()
      const headers = { 'idempotency-key': crypto.randomUUID() }
      return (await fetch(`/api/assignments/${items[0].id}/confirm`, { method: 'POST', headers })).status
    })
    assert.equal(status, 404)

    const hollis = await administrator(app, 'Hollis Grant', lang, size)
    await hollis.page.getByText(t('people.waiting', { count: 1 })).waitFor()
    await hollis.page.locator('.people-waiting').getByRole('link', { name }).waitFor()
    await hollis.look('people-waiting')
    await hollis.close()
    await confirmRole(app, name, lang, size)
    await person.page.reload()
    await person.titled(t('auth.role.title'))
    await person.page.getByRole('button', { name: new RegExp(t('role.intake')) }).click()
    await inside(person)
    assert.equal(await person.page.evaluate(async () => (await fetch('/api/cases')).status), 200)
    await person.close()
    await odette.close()
  })

test('the second administrator refuses with a reason, and the page keeps it', async () => {
  const odette = await administrator(app, 'Odette Larkin', 'en')
  const { page, t } = odette
  await openPerson(odette, 'Kofi Lindqvist')
  await odette.press(t('people.role.grant'))
  await page.getByLabel(t('people.role'), { exact: true }).selectOption({ label: t('role.investigator') })
  await page
    .getByLabel(t('people.organisation'), { exact: true })
    .selectOption({ label: 'Santa Aurelia Police Service' })
  await odette.press(t('people.role.grant-do'))
  await page.getByText(t('people.waiting.tag')).first().waitFor()
  await odette.close()
  const hollis = await administrator(app, 'Hollis Grant', 'en', 'phone')
  await openPerson(hollis, 'Kofi Lindqvist')
  await hollis.page.getByRole('button', { name: new RegExp(`^${t('people.waiting.refuse')}:`) }).click()
  const dialog = hollis.page.getByRole('dialog')
  const refuse = dialog.getByRole('button', { name: t('people.waiting.refuse'), exact: true })
  await refuse.click()
  await dialog.getByText(t('problem.field.required')).waitFor()
  await hollis.look('refuse-missing')
  await dialog.getByRole('radio', { name: t('people.refusal.not-their-work') }).check({ force: true })
  await refuse.click()
  await hollis.page.getByText(t('people.roles.past', { count: 1 })).click()
  await hollis.page.getByText(new RegExp(t('people.refusal.not-their-work'))).waitFor()
  assert.equal(await hollis.page.getByText(t('people.waiting.tag')).count(), 0)
  await hollis.look('refused')
  await hollis.close()
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../tests/harness/day.ts'
import { consentBody, decisionBody, keptCase, openedCase } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// The coordinator asks something of the shelter, which takes it and does it on a phone; who decides finds the second
// decision waiting; everybody's day says so, and is kind when it is empty.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const at = (...who: Who) => seat(app, 'tasks', ...who)

/** The person agrees to the shelter, which says yes. */
async function helped(id: string): Promise<void> {
  const [dalia, celeste] = [await app.as('dalia'), await app.as('celeste')]
  const shelter = organisationId('samaan-house')
  const given = consentBody([shelter])
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const referral = uuidv7()
  const body = { id: referral, case: id, kind: 'service' as const, service: 'safe-accommodation' as const }
  await dalia.call(referrals.send, {
    body: { ...body, to: shelter, urgency: 'urgent', consent: given.id, share: ['ID', 'STA'] },
  })
  await celeste.call(referrals.accept, { params: { referral }, version: 1, body: {} })
}

test('the coordinator gives the shelter a task, who takes it, does it, takes that back and does it again', async () => {
  const { id, reference } = await keptCase(app)
  await helped(id)
  const dalia = await at('dalia', 'en', 'desk')
  await dalia.go(`/cases/${id}?tab=tasks`)
  await dalia.sees(dalia.t('tasks.case.none'))
  await dalia.press(dalia.t('tasks.new'))
  await dalia.press(dalia.t('tasks.form.make'))
  await dalia.page.getByRole('alert').first().waitFor()
  await dalia.look('form-errors')
  const anybody = dalia.t('tasks.form.anybody', { role: dalia.t('role.shelter-manager'), organisation: 'Samaan House' })
  await dalia.choose(dalia.t('tasks.form.to'), anybody)
  await dalia.choose(dalia.t('tasks.form.kind'), dalia.t('tasks.kind.accompany'))
  await dalia.date('due.on', inDays(0))
  await dalia.page.getByRole('radio', { name: dalia.t('tasks.urgency.urgent') }).check({ force: true })
  await dalia.page.locator('#words').fill('To the registry, for her papers. She would like to be asked before.')
  await dalia.look('form')
  await dalia.press(dalia.t('tasks.form.make'))
  await dalia.sees(/To the registry/)
  await dalia.look('of-case')

  const celeste = await at('celeste', 'es', 'phone', true)
  await celeste.go('/today')
  await celeste.sees(reference)
  await celeste.page.locator('.due-badge').waitFor()
  await celeste.look('today')
  const what = `${reference}, ${celeste.t('tasks.kind.accompany')}`
  const act = (move: string) => celeste.t('tasks.do-which', { do: celeste.t(`tasks.do.${move}`), what })
  await celeste.press(act('take'))
  await celeste.page.getByRole('button', { name: act('take') }).waitFor({ state: 'detached' })
  await celeste.press(act('finish'))
  await celeste.page.getByRole('status').getByText(celeste.t('tasks.done-now')).waitFor()
  await celeste.look('done')
  await celeste.press(celeste.t('tasks.do.undo'))
  await celeste.sees(reference)
  await celeste.page.getByRole('link', { name: reference }).first().click()
  await celeste.sees(celeste.t('tasks.kind.accompany'))
  assert.ok(!(await celeste.page.locator('main').innerText()).includes('registry'), 'words that were not shared')
  await celeste.look('of-case')
  await celeste.press(
    celeste.t('tasks.do-which', { do: celeste.t('tasks.do.finish'), what: celeste.t('tasks.kind.accompany') }),
  )
  await celeste.sees(celeste.t('tasks.case.ended'))
  await celeste.leave()

  await dalia.go(`/cases/${id}?tab=tasks`)
  await dalia.sees(/Celeste Abara/)
  await dalia.look('of-case-done')
  await dalia.leave()
})

test('who decides finds the second decision waiting, and their day is kind when nothing does', async () => {
  const ines = await at('ines', 'es', 'desk')
  await ines.go('/today')
  const rufus = await at('rufus', 'en', 'phone')
  await rufus.go('/today')
  const id = await openedCase(app)
  const deciding = await app.as('ines')
  const { version, reference } = await deciding.call(cases.read, { params: { case: id } })
  await deciding.call(cases.decide, {
    params: { case: id },
    version,
    body: await decisionBody(deciding, id, 'negative'),
  })
  await rufus.go('/today')
  await rufus.sees(reference)
  await rufus.look('today')
  await rufus.page.getByRole('link', { name: reference }).first().click()
  await rufus.page.waitForURL(/tab=decision/)
  await rufus.leave()
  assert.ok(!(await ines.page.locator('main').innerText()).includes(reference))
  await ines.leave()
})

test('everybody’s day, on a phone and at a desk, in both languages', async () => {
  const [{ id }] = [await keptCase(app)]
  await helped(id)
  for (const [key, lang, size, dark] of [
    ['dalia', 'en', 'desk', true],
    ['dalia', 'es', 'phone', false],
    ['tobias', 'en', 'desk', false],
    ['marisol', 'en', 'phone', false],
    ['jonah', 'es', 'phone', false],
    ['petra', 'en', 'desk', true],
    ['wren', 'en', 'desk', false],
  ] as const) {
    const one = await at(key, lang, size, dark)
    await one.go('/today')
    await one.page.getByRole('heading', { name: one.t('tasks.title'), level: 1 }).waitFor()
    await one.page.locator('.things, .empty').first().waitFor()
    await one.look('day')
    if (key === 'jonah') {
      await one.sees(one.t('tasks.none'))
      await one.press(one.t('tasks.new.own'))
      await one.choose(one.t('tasks.form.kind'), one.t('tasks.kind.find-out'))
      await one.date('due.on', inDays(0))
      await one.look('own')
      await one.press(one.t('tasks.form.make-own'))
      await one.sees(one.t('tasks.kind.find-out'))
      await one.press(new RegExp(`^${one.t('tasks.do.drop')}`))
      await one.sees(one.t('tasks.form.reason'))
      await one.look('drop')
    }
    await one.leave()
  }
})

test('places that the bar has no room for are behind a button, by mouse and by keyboard, and in the row on a phone', async () => {
  const dalia = await at('dalia', 'es', 'desk')
  const services = dalia.page.getByRole('link', { name: dalia.t('services.title'), exact: true })
  const more = dalia.page.getByRole('button', { name: dalia.t('staff.more') })
  await more.waitFor()
  assert.equal(await services.isVisible(), false)
  await more.focus()
  await dalia.page.keyboard.press('Enter')
  await services.waitFor()
  await dalia.look('more')
  await dalia.page.keyboard.press('Escape')
  assert.equal(await services.isVisible(), false)
  await more.click()
  await services.click()
  await dalia.page.getByRole('heading', { name: dalia.t('services.title'), level: 1 }).waitFor()
  assert.equal(await services.isVisible(), false)
  await dalia.page.setViewportSize({ width: 360, height: 740 })
  await services.waitFor()
  assert.equal(await more.isVisible(), false)
  await dalia.leave()
})

test('without a mail server the account says so, and so does the administrator’s page', async () => {
  const dalia = await at('dalia', 'en', 'desk')
  await dalia.go('/account')
  await dalia.sees(dalia.t('notify.unavailable'))
  await dalia.look('account')
  await dalia.leave()
  const odette = await at('odette', 'en', 'desk')
  await odette.go('/people')
  await odette.sees(odette.t('notify.standing.title'))
  await odette.sees('Dalia Moreau')
  await odette.look('people')
  await odette.leave()
})

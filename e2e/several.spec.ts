import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { consentBody, keptCase } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// Several are asked for one help: one after another, which is stopped; and all at once, of whom the first who says yes gives it.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'several', ...who)

/** A case that Dalia is in charge of, of a person who agreed to both. */
async function agreed() {
  const kept = await keptCase(app)
  const both = consentBody([organisationId('samaan-house'), organisationId('claro-clinic')])
  await (await app.as('dalia')).call(consent.give, { params: { case: kept.id }, body: both })
  return kept
}

for (const [lang, size, dark] of [
  ['en', 'desk', false],
  ['es', 'phone', true],
] as const)
  test(`one after another is asked until somebody says stop, in ${lang}`, async () => {
    const { id } = await agreed()
    const dalia = await at('dalia', lang, size, dark)
    const { t, page } = dalia
    await dalia.go(`/cases/${id}/refer`)
    await dalia.choose(t('referral.new.service'), t('service.kind.psychosocial'))
    await page.getByRole('radio', { name: t('referral.way.in-turn') }).check({ force: true })
    await page.getByRole('checkbox', { name: /^Samaan House/ }).check({ force: true })
    await dalia.press(t('referral.way.save'))
    await page.getByRole('alert').getByText(t('referral.way.two-at-least')).waitFor()
    await page.getByRole('checkbox', { name: /^Claro Clinic/ }).check({ force: true })
    await dalia.look('new')
    await dalia.press(t('referral.way.save'))
    await dalia.sees(t('referral.rounds'))
    await dalia.sees(t('referral.round.next'))
    await dalia.look('in-turn')
    await dalia.press(t('referral.round.stop'))
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('referral.round.stop'), exact: true })
      .click()
    await dalia.sees(t('referral.round.state.stopped'))
    assert.equal(await page.getByText(t('referral.round.next'), { exact: true }).count(), 0)
    await dalia.look('stopped')
    await dalia.leave()
  })

test('all at once: the first yes is taken, and the other sees that it is not needed', async () => {
  const { id, reference } = await agreed()
  const dalia = await at('dalia', 'en', 'desk')
  await dalia.go(`/cases/${id}/refer`)
  await dalia.choose(dalia.t('referral.new.service'), dalia.t('service.kind.psychosocial'))
  await dalia.page.getByRole('radio', { name: dalia.t('referral.way.at-once') }).check({ force: true })
  for (const name of [/^Samaan House/, /^Claro Clinic/])
    await dalia.page.getByRole('checkbox', { name }).check({ force: true })
  await dalia.press(dalia.t('referral.way.save'))
  await dalia.sees(dalia.t('referral.round.state.asking'))

  const celeste = await at('celeste', 'en', 'phone')
  await celeste.go('/')
  await celeste.page.getByRole('link', { name: reference }).first().click()
  await celeste.sees(celeste.t('referral.status.sent'))

  const jonah = await at('jonah', 'en', 'phone')
  await jonah.go('/')
  await jonah.page.getByRole('link', { name: reference }).first().click()
  await jonah.press(jonah.t('referral.accept'))
  await jonah.press(jonah.t('referral.accept'))
  await jonah.sees(jonah.t('referral.status.accepted'))
  await jonah.leave()

  await celeste.page.reload()
  await celeste.sees(celeste.t('referral.status.revoked'))
  await celeste.leave()
  await dalia.page.reload()
  await dalia.sees(dalia.t('referral.round.state.answered'))
  await dalia.look('answered')
  await dalia.leave()
})

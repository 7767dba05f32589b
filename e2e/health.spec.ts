import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { treatedByClinic } from '#capabilities/health/make.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { orderBody } from '#capabilities/justice/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { explained, keptCase } from '../tests/harness/make.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// What a clinic writes stays there; the coordinator reads it while the person agrees; police, what a court orders.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'health', ...who)

const found = 'Old scar tissue on both wrists; sleeps two hours a night.'
const corrected = 'Old scar tissue on the left wrist; sleeps two hours a night.'

test('a clinic writes and corrects; the coordinator reads while the person agrees, police by an order with a receipt', async () => {
  const { id } = await keptCase(app)
  const { referral } = await treatedByClinic(app, id)

  const jonah = await at('jonah', 'en', 'phone')
  await jonah.go(`/referrals/${referral}`)
  await jonah.page.getByRole('link', { name: jonah.t('health.link'), exact: true }).click()
  await jonah.sees(jonah.t('health.none'))
  await jonah.look('none')
  await jonah.press(jonah.t('health.write'))
  await jonah.press(jonah.t('health.save'))
  await jonah.page.getByRole('alert').first().waitFor()
  await jonah.look('form')
  await jonah.page.getByRole('radio', { name: jonah.t('health.about.findings') }).check({ force: true })
  await jonah.page.getByLabel(jonah.t('health.text'), { exact: true }).fill(found)
  await jonah.press(jonah.t('health.save'))
  await jonah.sees(found)
  await jonah.press(jonah.t('health.correct'))
  await jonah.page.getByLabel(jonah.t('health.text'), { exact: true }).fill(corrected)
  await jonah.press(jonah.t('health.save'))
  await jonah.sees(jonah.t('health.was-corrected'))
  await jonah.look('notes')

  const dalia = await at('dalia', 'es', 'desk', true)
  await dalia.go(`/cases/${id}?tab=health`)
  await dalia.sees(dalia.t('health.closed'))
  assert.ok(!(await dalia.page.locator('body').innerText()).includes('scar tissue'))
  await dalia.look('closed')

  // The person is asked where they are treated, and says yes for the unit alone.
  await jonah.page.getByRole('link', { name: jonah.t('health.ask') }).click()
  await jonah.press(jonah.t('ui.continue'))
  await jonah.page.getByRole('radio', { name: jonah.t('consent.ask.read.yes') }).check()
  await jonah.press(jonah.t('ui.continue'))
  const choice = jonah.page.getByRole('checkbox', { name: jonah.t('consent.ask.share.HLT') })
  assert.equal(await choice.isChecked(), false)
  await choice.check()
  await jonah.look('share')
  await jonah.press(jonah.t('ui.continue'))
  await jonah.press(jonah.t('ui.continue'))
  await jonah.sees(jonah.t('consent.ask.share.HLT'))
  await jonah.look('check')
  await jonah.press(jonah.t('consent.ask.check.save'))
  await jonah.page.waitForURL(/\/health/)
  await jonah.leave()

  await dalia.page.reload()
  await dalia.sees(corrected)
  await dalia.sees(dalia.t('health.agreed'))
  await dalia.look('agreed')

  const { call } = await app.as('dalia')
  const params = { case: id }
  const given = (await call(consent.list, { params })).items.find(one => one.compartments.includes('HLT'))!
  await call(consent.withdraw, {
    params: { ...params, consent: given.id },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  await dalia.page.reload()
  await dalia.sees(dalia.t('health.closed'))
  assert.ok(!(await dalia.page.locator('body').innerText()).includes('scar tissue'))
  await dalia.leave()

  const body = orderBody(organisationId('police'), [accountId('petra')], { compartments: ['HLT'] })
  await (await app.as('tobias')).call(justice.recordOrder, { params, body })
  await (await app.as('ines')).call(justice.answerOrder, {
    params: { ...params, order: body.id },
    version: 1,
    body: { answer: 'confirmed' },
  })
  const petra = await at('petra', 'en', 'desk')
  await petra.go('/handed')
  await petra.page
    .getByRole('link', { name: petra.t('justice.handed.open') })
    .first()
    .click()
  await petra.press(petra.t('justice.handed.receive'))
  await petra.sees(corrected)
  const shown = await petra.page.locator('main').innerText()
  assert.ok(!shown.includes('Jonah') && !shown.includes('Claro'))
  assert.match(await petra.page.locator('.justice-hash').first().innerText(), /^[0-9a-f]{64}$/)
  await petra.look('handed')
  await petra.leave()
})

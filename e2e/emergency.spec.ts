import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { consentBody, keptCase } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// Two in the morning of Christmas Day: what is closed is not asked, until somebody there takes over being on call.

let app: App
const [shelter, clinic] = [organisationId('samaan-house'), organisationId('claro-clinic')]
before(async () => {
  app = await startApp({ clock: '2026-12-25T06:00:00Z' })
  const days = [1, 2, 3, 4, 5, 6, 7]
  const kind = 'livelihood' as const
  const byDay = [{ days, from: '08:00', to: '16:00' }]
  const always = [{ days, from: '00:00', to: '24:00' }]
  const offer = async (who: 'celeste' | 'jonah', organisation: string, hours: typeof byDay) =>
    (await app.as(who)).call(directory.offer, {
      params: { organisation },
      body: { id: uuidv7(), kind, languages: ['en'], hours, openOnHolidays: hours === always },
    })
  await offer('celeste', shelter, byDay)
  await offer('jonah', clinic, always)
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'emergency', ...who)

for (const [lang, size, dark] of [
  ['en', 'desk', false],
  ['es', 'phone', true],
] as const)
  test(`at night only who is open or on call is offered and asked, and finds it in the day’s list (${lang}, ${size})`, async () => {
    const { id, reference } = await keptCase(app)
    const given = consentBody([shelter, clinic])
    await (await app.as('dalia')).call(consent.give, { params: { case: id }, body: given })
    const dalia = await at('dalia', lang, size, dark)
    const { t, page } = dalia
    const look = async () => {
      await dalia.go(`/cases/${id}/refer`)
      await dalia.choose(t('referral.new.service'), t('service.kind.livelihood'))
      await page.getByRole('radio', { name: t('urgency.emergency') }).check({ force: true })
    }
    const house = page.getByRole('radio', { name: /^Samaan House/ })
    await look()
    await house.waitFor({ state: 'detached' })
    await page.getByRole('radio', { name: /^Claro Clinic/ }).waitFor()
    await page.getByText(t('referral.match.title')).click()
    await dalia.sees(t('referral.match.closed-now', { count: 1 }))
    await dalia.look('closed')

    // Two presses on the phone of whoever takes it over.
    const celeste = await at('celeste', lang, 'phone', dark)
    await celeste.go('/')
    await celeste.sees(celeste.t('directory.on-call.nobody-now'))
    await celeste.look('nobody')
    await celeste.press(celeste.t('directory.on-call.take'))
    await celeste.page.getByRole('dialog').waitFor()
    await celeste.look('take')
    await celeste.page
      .getByRole('dialog')
      .getByRole('button', { name: celeste.t('directory.on-call.take'), exact: true })
      .click()
    await celeste.page.locator('.banner-good').waitFor()
    await celeste.look('mine')

    await look()
    await house.check({ force: true })
    await dalia.sees(t('referral.why.on-call'))
    await dalia.look('on-call')
    await dalia.press(t('referral.new.save'))
    await dalia.sees(t('referral.status.sent'))
    // An hour, by the clock on the wall.
    await dalia.look('sent')
    const { due_at, sent_at } = await dueOf(page.url().split('/').at(-1)!)
    assert.equal(Date.parse(due_at) - Date.parse(sent_at), 3_600_000)

    await celeste.go('/today')
    await celeste.page.getByRole('link', { name: reference }).first().waitFor()
    await celeste.page
      .locator('.tag', { hasText: celeste.t('tasks.urgency.emergency') })
      .first()
      .waitFor()
    await celeste.look('today')
    const duty = (await (await app.as('celeste')).call(directory.get, { params: { organisation: shelter } })).onCall[0]!
    await (await app.as('celeste')).call(directory.endOnCall, { params: { organisation: shelter, duty: duty.id } })
    await celeste.leave()
    await dalia.leave()
  })

async function dueOf(referral: string) {
  const { referrals } = await import('#capabilities/referrals/contract.ts')
  const found = await (await app.as('dalia')).call(referrals.read, { params: { referral } })
  return { due_at: found.dueAt, sent_at: found.sentAt }
}

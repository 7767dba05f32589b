import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import type { ServiceKind } from '#capabilities/directory/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { consentBody, keptCase } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// Two organisations are asked and answer, each in its own way; then each reads its own numbers, and the office the country's.

let app: App
const [house, clinic] = [organisationId('samaan-house'), organisationId('claro-clinic')]
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'performance', ...who)

test('before anybody asked there is nothing, and it says so', async () => {
  const jonah = await at('jonah', 'en', 'phone')
  await jonah.page.getByRole('link', { name: jonah.t('performance.link') }).click()
  await jonah.sees(jonah.t('performance.none'))
  await jonah.look('empty')
  await jonah.leave()
  const selma = await at('selma', 'es', 'desk', true)
  await selma.go('/referrals/performance')
  await selma.sees(selma.t('performance.none'))
  await selma.look('empty')
  await selma.leave()
})

/** Dalia asks both for help, again and again; they answer one by one. */
async function asked(
  to: string,
  by: 'celeste' | 'jonah',
  answers: readonly ('yes' | 'part' | 'done' | 'no' | 'none')[],
) {
  const [dalia, they] = [await app.as('dalia'), await app.as(by)]
  const services: readonly ServiceKind[] = ['food', 'cash', 'psychosocial', 'legal-aid', 'education', 'medical-care']
  let id = ''
  let given = ''
  for (const [place, answer] of answers.entries()) {
    if (place % services.length === 0) {
      ;({ id } = await keptCase(app))
      const body = consentBody([to])
      given = body.id
      await dalia.call(consent.give, { params: { case: id }, body })
    }
    const service = services[answer === 'no' || answer === 'part' ? 0 : place % services.length]!
    const body = { id: uuidv7(), case: id, kind: 'service' as const, service, to, urgency: 'urgent' as const }
    await dalia.call(referrals.send, { body: { ...body, consent: given, share: ['STA'] } })
    const params = { referral: body.id }
    if (answer === 'no') await they.call(referrals.decline, { params, version: 1, body: { reason: 'no-place' } })
    if (answer === 'yes' || answer === 'done') await they.call(referrals.accept, { params, version: 1, body: {} })
    if (answer === 'part')
      await they.call(referrals.accept, { params, version: 1, body: { part: true, answer: 'Meals, no bed.' } })
    if (answer === 'part' || answer === 'done')
      await they.call(referrals.finish, { params, version: 2, body: { outcome: 'helped' } })
  }
}
const times = <A>(many: number, one: A): A[] => Array.from({ length: many }, () => one)

test('each organisation reads its own, the office the country’s without small numbers, on the screen and as a sheet', async () => {
  await asked(clinic, 'jonah', [...times(6, 'done' as const), ...times(5, 'no' as const), ...times(5, 'part' as const)])
  await asked(house, 'celeste', [...times(7, 'yes' as const), ...times(2, 'no' as const), 'none'])

  for (const who of [
    ['celeste', 'en', 'phone', true],
    ['celeste', 'es', 'desk', false],
  ] as Who[]) {
    const { page, t, go, sees, look, leave } = await at(...who)
    await go('/')
    await page.getByRole('link', { name: t('performance.link') }).click()
    await sees(t('performance.outcome'))
    const line = page.locator('.performance-lines > div', { hasText: t('performance.became.declined') }).first()
    assert.equal((await line.locator('dd').innerText()).trim(), '2')
    assert.equal(await page.getByText(t('performance.few'), { exact: true }).count(), 0)
    assert.equal(await page.getByText('Claro Clinic').count(), 0)
    await look('own')
    await leave()
  }
  for (const who of [
    ['selma', 'en', 'desk', false],
    ['teo', 'es', 'phone', true],
    ['dalia', 'es', 'desk', true],
    ['dalia', 'en', 'phone', false],
  ] as Who[]) {
    const { page, t, go, look, leave } = await at(...who)
    await go('/referrals/performance')
    const row = (table: string, name: string) =>
      page
        .getByRole('table', { name: t(table) })
        .getByRole('row')
        .filter({ hasText: name })
    await row('performance.answers', 'Samaan House').waitFor()
    // Two declined, one waits: not told, and nothing that would tell them.
    assert.equal(await row('performance.answers', 'Samaan House').getByText(t('performance.few')).count(), 3)
    assert.equal(await row('performance.answers', 'Claro Clinic').getByText(t('performance.few')).count(), 0)
    assert.equal(await row('performance.outcome', 'Claro Clinic').getByText('5').count(), 1)
    await row('performance.unmet', t('service.kind.food')).first().waitFor()
    await look('country')
    if (who[0] === 'selma') {
      const waiting = page.waitForEvent('download')
      await page.getByRole('link', { name: t('performance.csv') }).click()
      const sheet = readFileSync(await (await waiting).path(), 'utf8')
      assert.match(sheet, /answers,Claro Clinic,,,all,16\r\n/)
      assert.match(sheet, /answers,Samaan House,,,declined,\r\n/)
      assert.ok(!/(^|,)"?[=+@-]/m.test(sheet), sheet)
      await page.emulateMedia({ media: 'print' })
      await look('print')
    }
    await leave()
  }
  const { page, t, sees, leave } = await at('dalia', 'en', 'desk')
  await page.goto(`${app.staff}/referrals/performance`)
  await page.getByLabel(t('performance.of')).selectOption({ label: t('performance.of.own') })
  await sees(t('performance.outcome'))
  await page.getByLabel(t('performance.quarter')).selectOption({ index: 3 })
  await sees(t('performance.none'))
  await leave()
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { care } from '#capabilities/care/contract.ts'
import { planBody, safetyBody } from '#capabilities/care/make.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { leadBody } from '#capabilities/justice/make.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { consentBody, keptCase, openedCase, putInCharge } from '../tests/harness/make.ts'
import { organisationId, stableId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// Two who change one thing at once: what both changed is shown field by field, and what only one changed is lost for nobody.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'overtaken', ...who)

async function caseOfHers(): Promise<string> {
  const id = await openedCase(app)
  await putInCharge(app, id)
  return id
}
const side = (name: string, which: 'mine' | 'theirs') => `input[name="overtaken-${name}"][value="${which}"]`

test('a safety plan: what both wrote is chosen between, what only one wrote stands', async () => {
  const id = await caseOfHers()
  const { call } = await app.as('dalia')
  const params = { case: id }
  const first = safetyBody()
  await call(care.changeSafety, { params, version: 0, body: first })
  const dalia = await at('dalia', 'es', 'phone', true)
  await dalia.go(`/cases/${id}/care/safety`)
  await dalia.press(dalia.t('care.safety.change'))
  const measures = [{ what: 'A neighbour rings at nine', owner: first.measures[0]!.owner }]
  await call(care.changeSafety, {
    params,
    version: 1,
    body: { ...first, measures, contact: { ...first.contact, note: 'Her sister answers first.' } },
  })
  await dalia.page.locator('[name="contact.note"]').fill('Only after six.')
  await dalia.page.locator('[name="contact.to"]').fill('20:30')
  await dalia.press(dalia.t('care.safety.save'))
  await dalia.sees(dalia.t('ui.overtaken.choose'))
  await dalia.look('safety')
  // Nothing is chosen for anybody.
  await dalia.press(dalia.t('ui.overtaken.go-on'))
  await dalia.sees(dalia.t('ui.overtaken.needed'))
  await dalia.look('safety-not-chosen')
  await dalia.page.locator(side('note', 'mine')).check()
  await dalia.press(dalia.t('ui.overtaken.go-on'))
  await dalia.press(dalia.t('care.safety.save'))
  await dalia.page.getByRole('button', { name: dalia.t('care.safety.change') }).waitFor()
  const { plan } = await call(care.safety, { params })
  assert.deepEqual(plan?.measures, measures)
  assert.deepEqual([plan?.contact.note, plan?.contact.to], ['Only after six.', '20:30'])
  await dalia.leave()
})

test('a care plan: a goal that one of them wrote and words that the other wrote both stand', async () => {
  const id = await caseOfHers()
  const { call } = await app.as('dalia')
  const params = { case: id }
  const first = planBody()
  await call(care.savePlan, { params, version: 0, body: first })
  const dalia = await at('dalia', 'en', 'desk')
  await dalia.go(`/cases/${id}/care/plan`)
  await dalia.press(dalia.t('care.plan.go-on'))
  const [goal, ...others] = first.goals
  await call(care.savePlan, {
    params,
    version: 1,
    body: { goals: [{ ...goal!, goal: 'A room of her own' }, ...others], ownWords: 'I want to sleep in peace.' },
  })
  await dalia.page.locator('[name="goals.0.goal"]').fill('A room near her sister')
  await dalia.press(dalia.t('care.plan.add-goal'))
  const last = first.goals.length
  await dalia.page.locator(`[name="goals.${last}.goal"]`).fill('A course')
  await dalia.page.locator(`[name="goals.${last}.actions.0.what"]`).fill('Ask the school')
  await dalia.page.locator(`[name="goals.${last}.actions.0.service"]`).selectOption({ index: 1 })
  await dalia.page.locator(`[name="goals.${last}.actions.0.owner"]`).selectOption({ index: 1 })
  await dalia.press(dalia.t('care.plan.save'))
  await dalia.sees(dalia.t('ui.overtaken.came'))
  await dalia.look('plan')
  await dalia.page.locator(side('goal-0', 'theirs')).check()
  await dalia.press(dalia.t('ui.overtaken.go-on'))
  await dalia.press(dalia.t('care.plan.save'))
  await dalia.page.getByRole('button', { name: dalia.t('care.plan.go-on') }).waitFor()
  const draft = (await call(care.plans, { params })).items.find(one => one.state === 'draft')
  assert.deepEqual(
    draft?.goals.map(one => one.goal),
    ['A room of her own', ...others.map(one => one.goal), 'A course'],
  )
  assert.equal(draft?.ownWords, 'I want to sleep in peace.')
  await dalia.leave()
})

test('a lead: both grades are shown, and the content that one of them wrote stays', async () => {
  const { call } = await app.as('petra')
  const body = leadBody()
  await call(justice.makeLead, { body })
  const params = { lead: body.id }
  const petra = await at('petra', 'es', 'phone')
  await petra.go(`/leads/${body.id}/change`)
  await petra.page.locator('#content').waitFor()
  const { id: _, ...before } = body
  await call(justice.changeLead, { params, version: 1, body: { ...before, sourceGrade: 'C', title: 'Night work' } })
  await petra.page.locator('#sourceGrade').selectOption('A')
  await petra.page.locator('#content').fill('Two people more since Monday.')
  await petra.press(petra.t('justice.lead.save-changes'))
  await petra.sees(petra.t('ui.overtaken.choose'))
  await petra.look('lead')
  await petra.page.locator(side('sourceGrade', 'theirs')).check()
  await petra.press(petra.t('ui.overtaken.go-on'))
  await petra.press(petra.t('justice.lead.save-changes'))
  await petra.page.waitForURL(`**/leads/${body.id}`)
  const lead = await call(justice.readLead, { params })
  assert.deepEqual([lead.title, lead.sourceGrade, lead.content], ['Night work', 'C', 'Two people more since Monday.'])
  await petra.leave()
})

const shelter = organisationId('samaan-house')

test('free places: who counts on an old count is shown the new one, and the next press counts', async () => {
  const { call } = await app.as('celeste')
  const service = stableId('service samaan-house safe-accommodation')
  const params = { organisation: shelter, service }
  const counted = async () => {
    const found = (await call(directory.get, { params })).services.find(one => one.id === service)!
    return { version: found.version, place: found.places[0] }
  }
  const woman = { kind: 'woman' as const }
  const body = { places: [{ ...woman, total: 6, free: 4 }] }
  await call(directory.setPlaces, { params, version: (await counted()).version, body })
  const taken = async (free: number) => {
    const { version } = (await counted()).place!
    await call(directory.countPlaces, { params: { ...params, ...woman }, version, body: { free } })
  }
  const celeste = await at('celeste', 'es', 'phone', true)
  const { page, t } = celeste
  const shows = (free: number) => page.locator('.place-count strong', { hasText: String(free) }).waitFor()
  await celeste.go('/places')
  await shows(4)
  await taken(2)
  await celeste.press(t('places.fewer', { kind: t('place.kind.woman') }))
  await celeste.sees(t('places.stale'))
  await shows(2)
  await celeste.look('counted')
  await celeste.press(t('places.fewer', { kind: t('place.kind.woman') }))
  await shows(1)

  await celeste.press(t('places.set'))
  await page.locator('[id="woman.total"]').fill('8')
  await page.locator('[id="woman.free"]').fill('3')
  await taken(0)
  await celeste.press(t('places.set.save'))
  await celeste.sees(t('places.set.stale'))
  await celeste.look('set')
  assert.equal(await page.locator('[id="woman.free"]').inputValue(), '0')
  await page.locator('[id="woman.total"]').fill('8')
  await page.locator('[id="woman.free"]').fill('2')
  await celeste.press(t('places.set.save'))
  await shows(2)
  assert.equal((await counted()).place?.total, 8)
  await celeste.leave()
})

test('a referral that a colleague moved on: the page shows how it stands, and the yes is given without a reload', async () => {
  const { id } = await keptCase(app)
  const given = consentBody([shelter])
  const { call } = await app.as('dalia')
  await call(consent.give, { params: { case: id }, body: given })
  const referral = uuidv7()
  const asked = { case: id, kind: 'service' as const, service: 'psychosocial' as const, to: shelter }
  const body = { id: referral, ...asked, urgency: 'urgent' as const, consent: given.id, share: ['ID' as const] }
  await call(referrals.send, { body })
  const celeste = await at('celeste', 'en', 'phone')
  const { t } = celeste
  await celeste.go(`/referrals/${referral}`)
  await celeste.press(t('referral.accept'))
  const colleague = await app.as('celeste')
  await colleague.call(referrals.acknowledge, { params: { referral }, version: 1, body: {} })
  await celeste.page.locator('#answer').fill('She can come this evening.')
  await celeste.press(t('referral.accept'))
  await celeste.sees(t('problem.version-stale'))
  await celeste.sees(t('referral.status.acknowledged'))
  await celeste.look('moved')
  await celeste.press(t('referral.accept'))
  await celeste.sees(t('referral.status.accepted'))
  await celeste.leave()
  const after = await colleague.call(referrals.read, { params: { referral } })
  assert.equal(after.answer, 'She can come this evening.')
})

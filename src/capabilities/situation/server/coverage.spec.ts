import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { directory } from '#capabilities/directory/contract.ts'
import { address } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { openedCase } from '../../../../tests/harness/make.ts'
import { readPdf } from '../../../../tests/harness/read-pdf.ts'
import { accountId, organisationId } from '../../../../tools/demonstration/people.ts'
import { situation } from '../contract.ts'
import { finished } from '../make.ts'
import { quarterBefore } from './coverage/count.ts'

let harness: Harness
let truth: pg.Client
let selma: Persona
let teo: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  ;[selma, teo] = [await harness.as('selma'), await harness.as('teo')]
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const [clinic, shelter, ngo] = ['claro-clinic', 'samaan-house', 'casa-puente'].map(organisationId) as [
  string,
  string,
  string,
]
const flat = (text: string) => text.replace(/\s+/g, ' ')
const pdf = async (by: Persona, path: string) => readPdf(new Uint8Array(await (await by.fetch(path)).arrayBuffer()))

test('services and places are summed by area; a town counts for the area that it lies in', async () => {
  const offer = async (organisation: string, kind: 'legal-aid' | 'safe-accommodation', area?: string) => {
    const odette = await harness.as('odette')
    const body = { id: uuidv7(), kind, languages: ['en'], ...(area ? { area } : {}) }
    return (await odette.call(directory.offer, { params: { organisation }, body })).id
  }
  const before = await selma.call(situation.coverage, {})
  const of = (coverage: typeof before, area: string, kind: string) =>
    coverage.areas.find(one => one.area === area)!.services.find(one => one.kind === kind)?.count ?? 0
  const inTown = await offer(ngo, 'legal-aid', 'salt-quay')
  const inArea = await offer(clinic, 'legal-aid', 'north-coast')
  const safe = await offer(shelter, 'safe-accommodation')
  const places = (service: string, kind: string, total: number, free: number) =>
    truth.query('insert into directory.place (service_id, kind, total, free) values ($1, $2, $3, $4)', [
      service,
      kind,
      total,
      free,
    ])
  await places(inTown, 'anybody', 4, 1)
  await places(inArea, 'anybody', 3, 3)
  await places(safe, 'woman', 6, 2)
  const now = await selma.call(situation.coverage, {})
  assert.equal(of(now, 'north-coast', 'legal-aid'), of(before, 'north-coast', 'legal-aid') + 2)
  assert.deepEqual(now.areas.find(one => one.area === 'north-coast')!.places, [{ kind: 'anybody', total: 7, free: 4 }])
  assert.deepEqual(now.sheltered.places, [{ kind: 'woman', total: 6, free: 2 }])
  assert.ok(now.sheltered.services.some(one => one.kind === 'safe-accommodation'))
  assert.ok(now.areas.every(one => one.services.every(each => each.kind !== 'safe-accommodation')))
  assert.ok(now.country.services.every(each => each.kind !== 'safe-accommodation'))
  assert.equal(now.areas.length, 7)
})

test('what was asked for and not found stands by area, without small numbers, and only for who reads the country’s', async () => {
  const of = await openedCase(harness)
  const quarter = quarterBefore(new Date())
  const sent = `${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3 - 1).padStart(2, '0')}-10T12:00:00Z`
  const { rows } = await truth.query(`select id from directory.service where area = 'salt-quay' limit 1`)
  const asked = async (times: number, service: string, more: { offer?: string; place?: string; status?: string }) => {
    const { offer = null, place = null, status = 'expired' } = more
    for (let one = 0; one < times; one++)
      await truth.query(
        `insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation, urgency,
           status, consent_id, shared, due_at, warn_at, sent_at, offer_id, place)
         select $1, $2, 'XSA', 'service', $3, $4, c.granted_by, $5, 'urgent', $6, c.id, 64, now(), now(), $7, $8, $9
         from (select id, $10::uuid as granted_by from consent.record limit 1) c`,
        [uuidv7(), of, service, clinic, ngo, status, sent, offer, place, accountId('dalia')],
      )
  }
  await asked(7, 'legal-aid', { offer: rows[0].id })
  await asked(2, 'food', { offer: rows[0].id })
  await asked(5, 'food', {})
  await asked(6, 'safe-accommodation', { place: 'woman', status: 'partly-accepted' })
  const { areas, country, sheltered, quarter: told } = await selma.call(situation.coverage, {})
  assert.equal(told, quarter)
  assert.deepEqual(areas.find(one => one.area === 'north-coast')!.unmet, [
    { kind: 'food', place: null, count: 0, more: true },
    { kind: 'legal-aid', place: null, count: 7, more: false },
  ])
  assert.deepEqual(country.unmet, [{ kind: 'food', place: null, count: 5, more: false }])
  assert.deepEqual(sheltered.unmet, [{ kind: 'safe-accommodation', place: 'woman', count: 6, more: false }])
  const { t } = harness.services.words('en')
  const paper = flat((await pdf(selma, address(situation.coverageReport, { query: { language: 'en' } }))).text)
  assert.ok(
    paper.includes(`${t('service.kind.legal-aid')}: 7`) && paper.includes(`${t('service.kind.food')}: a few`),
    paper,
  )
  // Who works for a body that does not decide plans, and reads nobody's numbers but their own.
  await truth.query(`update directory.organisation set competent = false where id = $1`, [
    organisationId('counter-trafficking-unit'),
  ])
  const dalia = await harness.as('dalia')
  assert.equal((await dalia.call(situation.coverage, {})).country.unmet, null)
  await truth.query(`update directory.organisation set competent = true where id = $1`, [
    organisationId('counter-trafficking-unit'),
  ])
})

test('where a shelter stands is in no coverage and on no paper, even if a row says it', async () => {
  await truth.query('alter table directory.service disable trigger without_address')
  await truth.query(`update directory.service set area = 'windward' where organisation_id = $1`, [shelter])
  await truth.query('alter table directory.service enable trigger without_address')
  const { areas, sheltered } = await selma.call(situation.coverage, {})
  const windward = areas.find(one => one.area === 'windward')!
  assert.deepEqual([windward.services, windward.places], [[], []])
  assert.ok(sheltered.services.length > 0)
  const about = await finished(selma, teo, { subject: 'provider', organisation: shelter }, { saf_fire: 'no' })
  const read = JSON.stringify(await selma.call(situation.read, { params: { assessment: about } }))
  const paper = await pdf(selma, address(situation.report, { params: { assessment: about, language: 'en' } }))
  for (const text of [read, paper.text]) assert.ok(!/windward/i.test(text))
  await truth.query('update directory.service set area = null where organisation_id = $1', [shelter])
})

test('how full a shelter is stays with who looks for a place: the sums name nobody, and others are told nothing', async () => {
  const services = await selma.call(directory.services, { query: { kind: 'safe-accommodation' } })
  assert.ok(services.items.length > 0)
  assert.deepEqual(
    services.items.flatMap(one => one.places),
    [],
  )
  const told = JSON.stringify(await selma.call(situation.coverage, {}))
  assert.ok(!told.includes(shelter) && !told.includes('Samaan House'))
  for (const key of ['jonah', 'celeste', 'marisol', 'odette', 'amara', 'silas'] as const)
    await assert.rejects((await harness.as(key)).call(situation.coverage, {}), { code: 'not-found' })
})

test('the last assessment of each area is in it, with the parts of its score, and the actions that wait', async () => {
  const about = { subject: 'area', area: 'leeward' } as const
  await finished(selma, teo, about, { leg_week: 'no' })
  const last = await finished(selma, teo, about, { leg_week: 'partly' })
  const body = { id: uuidv7(), question: 'leg_week', what: 'Ask.', owner: clinic, dueOn: inDays(1) }
  await selma.call(situation.addAction, { params: { assessment: last }, body })
  const { areas, actions } = await (await harness.as('dalia')).call(situation.coverage, {})
  const found = areas.find(one => one.area === 'leeward')!.last!
  assert.equal(found.assessment, last)
  assert.deepEqual(
    found.scores.find(one => one.standard === 'legal'),
    { standard: 'legal', points: 4.5, of: 6 },
  )
  const paper = await pdf(selma, address(situation.report, { params: { assessment: last, language: 'en' } }))
  assert.ok(flat(paper.text).includes('What there is in this area now Services: None Places: Nobody has said'))
  assert.equal(areas.find(one => one.area === 'claro')!.last, null)
  assert.deepEqual(actions, { open: 1, overdue: 0 })
})

for (const language of ['en', 'es'] as const)
  test(`both reports are tagged and whole, ${language}`, async () => {
    const { t } = harness.services.words(language)
    const assessment = await finished(
      selma,
      teo,
      { subject: 'provider', organisation: clinic },
      { hea_private: 'no' },
      'Words with 王小明, #markup and\nlines.',
    )
    await selma.call(situation.addAction, {
      params: { assessment },
      body: { id: uuidv7(), question: 'hea_private', what: 'A door.', owner: clinic, dueOn: inDays(3) },
    })
    const paper = await pdf(selma, address(situation.report, { params: { assessment, language } }))
    const coverage = await pdf(selma, address(situation.coverageReport, { query: { language } }))
    for (const one of [paper, coverage]) {
      assert.equal(one.accessible && one.marked, true)
      assert.equal(one.language, language)
      for (const tag of ['H1', 'H2', 'Table', 'TH', 'TD']) assert.ok(one.tags.includes(tag), `${tag} ${one.tags}`)
    }
    assert.ok(flat(paper.text).includes('Words with ???, #markup and lines.'), paper.text)
    assert.ok(flat(paper.text).includes('A door.'))
    assert.ok(flat(coverage.text).includes(t('situation.coverage.sheltered')), coverage.text)
  })

test('a report is of what is finished, for whoever may read it', async () => {
  const { id } = await selma.call(situation.make, {
    body: { id: uuidv7(), subject: 'provider', organisation: clinic },
  })
  const of = async (by: Persona, assessment: string) =>
    (await by.fetch(address(situation.report, { params: { assessment, language: 'en' } }))).status
  assert.equal(await of(selma, id), 409)
  const done = await finished(selma, teo, { subject: 'provider', organisation: clinic })
  const jonah = await harness.as('jonah')
  const celeste = await harness.as('celeste')
  assert.deepEqual([await of(jonah, done), await of(celeste, done), await of(jonah, id)], [200, 404, 404])
})

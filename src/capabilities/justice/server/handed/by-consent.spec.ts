import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { codeFor, post, type Slowed, said, siteOf } from '#capabilities/visits/make.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { consentBody, explained, keptCase } from '../../../../../tests/harness/make.ts'
import { accountId, type PersonKey, people } from '../../../../../tools/demonstration/people.ts'
import { justice } from '../../contract.ts'
import { interestBody, orderBody, planted, policeConsentBody } from '../../make.ts'

// What somebody's own yes lets police know of them, whom it names, and that nobody of care learns that there is one.

let harness: Harness
let truth: pg.Client
let site: Slowed
let dalia: Persona
let petra: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  site = siteOf(harness)
  dalia = await harness.as('dalia')
  petra = await harness.as('petra')
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'
const at = (field: string) => (error: Refusal) => error.fields[0]?.field === field
const record = (by: Persona, id: string, body = policeConsentBody(petra.organisation, [petra.account])) =>
  by.call(justice.recordConsent, { params: { case: id }, body }).then(() => body.id)
const withdraw = (by: Persona, id: string, agreed: string) =>
  by.call(consent.withdraw, {
    params: { case: id, consent: agreed },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
async function take(by: Persona, handed: string) {
  const receipt = uuidv7()
  await by.call(justice.receive, { params: { handed }, body: { id: receipt } })
  return by.call(justice.readHanded, { params: { handed, receipt } })
}
const handedTo = async (by: Persona) => (await by.call(justice.handed, {})).items.map(one => one.id)
const ledger = async (by: Persona, id: string) => (await by.call(consent.list, { params: { case: id } })).items
const eventsOf = async (id: string) =>
  (await dalia.call(oversight.caseLog, { params: { case: id }, query: { limit: '100' } })).items

test('a yes lets whom it names know who the person is, and nothing else, with a receipt and in the log of the case', async () => {
  const { id, reference } = await keptCase(harness)
  const agreed = await record(dalia, id)
  const given = (await petra.call(justice.handed, {})).items.find(one => one.id === agreed)!
  assert.deepEqual(
    [given.basis, given.reference, given.court, given.compartments, given.purposes],
    ['consent', reference, null, ['ID'], ['prosecution']],
  )
  const waits = async () => {
    const { items } = (await (await petra.fetch('/api/today?ahead=7')).json()) as { items: { id: string }[] }
    return items.some(one => one.id === agreed)
  }
  assert.equal(await waits(), true)
  const { content, receipt, until } = await take(petra, agreed)
  assert.equal(await waits(), false)
  assert.deepEqual(Object.keys(content).sort(), ['identity', 'reference'])
  assert.equal(content.identity?.familyName, planted.name)
  assert.equal(until, given.until)
  assert.deepEqual([receipt.basis, receipt.number, receipt.compartments], ['consent', null, ['ID']])
  // Nothing of the unit's people, of who helps, or of the ledger.
  const whole = JSON.stringify([given, content, receipt])
  for (const words of [planted.note, planted.place, 'Dalia', 'Samaan House', dalia.account, dalia.organisation])
    assert.ok(!whole.includes(words), words)
  for (const path of ['', '/consents', '/handed', '/received?language=en', '/log', '/file'])
    assert.equal((await petra.fetch(`/api/cases/${id}${path}`)).status, 404, path)

  const log = await eventsOf(id)
  for (const event of ['justice.consent-recorded', 'justice.handed-received', 'case.handed-read'])
    assert.ok(
      log.some(one => one.event === event),
      event,
    )
  const { receipts } = await dalia.call(justice.ofCase, { params: { case: id } })
  assert.deepEqual(
    receipts.map(one => [one.basis, one.basisId, one.hash]),
    [['consent', agreed, receipt.hash]],
  )
  const kept = (await ledger(dalia, id)).find(one => one.id === agreed)!
  assert.deepEqual(
    [kept.toPolice, kept.named, kept.purposes, kept.recipients, kept.compartments, kept.live],
    [true, ['Petra Okafor'], ['prosecution'], [petra.organisation], ['ID'], true],
  )
  assert.equal(Math.round((Date.parse(kept.expiresAt!) - Date.now()) / 86_400_000), 90)
})

test('it opens to whom it names and to nobody beside them, and nothing by another role', async () => {
  const { id } = await keptCase(harness)
  const agreed = await record(dalia, id)
  const { receipt } = await take(petra, agreed)
  const params = { handed: agreed, receipt: receipt.id }
  for (const { key } of people) {
    if (key === 'petra') continue
    const other = await harness.as(key)
    await assert.rejects(take(other, agreed), missing, key)
    await assert.rejects(other.call(justice.readHanded, { params }), missing, key)
  }
  await truth.query(`update auth.assignment set role = 'officer' where account_id = $1`, [petra.account])
  await assert.rejects(take(await harness.as('petra'), agreed), missing)
  await truth.query(`update auth.assignment set role = 'investigator' where account_id = $1`, [petra.account])
})

test('F8: taken back, the next reading is refused at once, and the person is told who had read', async () => {
  const { id } = await keptCase(harness)
  const agreed = await record(dalia, id)
  const { receipt } = await take(petra, agreed)
  const sheet = async () => {
    const { items } = await dalia.call(referrals.received, { params: { case: id }, query: { language: 'en' } })
    return items.find(one => one.id === agreed)!
  }
  const before = await sheet()
  assert.deepEqual([before.organisation, before.shared, before.stands], ['Santa Aurelia Police Service', ['ID'], true])
  await withdraw(dalia, id, agreed)
  const from = Date.now()
  await assert.rejects(petra.call(justice.readHanded, { params: { handed: agreed, receipt: receipt.id } }), missing)
  assert.ok(Date.now() - from < 1000)
  await assert.rejects(take(petra, agreed), missing)
  assert.ok(!(await handedTo(petra)).includes(agreed))
  const stood = await truth.query('select from policy.case_glimpse where basis_id = $1', [agreed])
  assert.equal(stood.rowCount, 0)
  // What was received stays known: to police by its receipt, to the person by the sheet.
  const { items } = await petra.call(justice.receipts, { query: {} })
  assert.ok(items.some(one => one.id === receipt.id))
  const after = await sheet()
  assert.deepEqual([after.stands, after.read], [false, before.read])
  assert.notEqual(after.standing, before.standing)
  // Nobody opens it again; a new yes is a new record.
  await assert.rejects(raw('dalia', `select justice.open_by_consent('${agreed}')`), { code: '42501' })
  const again = await record(dalia, id)
  assert.equal((await take(petra, again)).content.identity?.familyName, planted.name)
})

test('it ends by itself, at that moment', async () => {
  const { id } = await keptCase(harness)
  const agreed = await record(dalia, id)
  await take(petra, agreed)
  await truth.query(`update policy.case_glimpse set until = now() - interval '1 millisecond' where basis_id = $1`, [
    agreed,
  ])
  await assert.rejects(take(petra, agreed), missing)
  assert.ok(!(await handedTo(petra)).includes(agreed))
})

test('nobody but who is in charge writes it down, and nobody for themselves or for who is not of that body', async () => {
  const { id } = await keptCase(harness)
  for (const { key } of people)
    if (key !== 'dalia') await assert.rejects(record(await harness.as(key), id), missing, key)
  const kofi = await harness.as('kofi')
  for (const named of [dalia.account, kofi.account, uuidv7()])
    await assert.rejects(record(dalia, id, policeConsentBody(petra.organisation, [petra.account, named])), at('named'))
  await assert.rejects(record(dalia, id, policeConsentBody(dalia.organisation, [petra.account])), at('named'))
  await assert.rejects(record(dalia, id, policeConsentBody(petra.organisation, [])), at('named'))
  for (const months of [0, 13])
    await assert.rejects(
      record(dalia, id, policeConsentBody(petra.organisation, [petra.account], { months })),
      at('months'),
    )
  await assert.rejects(
    record(dalia, id, policeConsentBody(petra.organisation, [petra.account], { givenBy: 'guardian' })),
    at('givenBy'),
  )
  // Never among other things.
  const among = consentBody([petra.organisation], { purposes: ['services', 'prosecution'] as never })
  await assert.rejects(dalia.call(consent.give, { params: { case: id }, body: among }), at('purposes.1'))
  const { rowCount } = await truth.query(
    `select from policy.case_glimpse where case_id = $1 union all select from consent.record where case_id = $1 and to_police`,
    [id],
  )
  assert.equal(rowCount, 0)
})

/** Everything that everybody but who is in charge and who protects the data is shown of a case, byte for byte. */
async function shownToOthers(id: string): Promise<string> {
  const paths = [
    ...['', '/log', '/handed', '/consents', '/file', '/received?language=en', '/visits', '/tasks', '/clocks'].map(
      one => `/api/cases/${id}${one}`,
    ),
    ...['/api/cases?limit=100', '/api/cases/search?words=Quintanilla', '/api/cases/export.csv', '/api/clocks'],
    ...['/api/referrals?box=inbox', '/api/today?ahead=14', '/api/notifications'],
  ]
  const seen: string[] = []
  for (const { key, role } of people) {
    if (['petra', 'dalia', 'wren'].includes(key)) continue
    const { fetch } = await harness.as(key)
    for (const path of paths) {
      const reply = await fetch(path)
      seen.push(`${role} ${path} ${reply.status} ${(await reply.text()).replace(/"request":"[^"]*"/, '')}`)
    }
  }
  return seen.join('\n')
}

test('F3: nobody else of care, of the unit or of the police is shown that there is one, nor what comes of it', async () => {
  const { id } = await keptCase(harness)
  const before = await shownToOthers(id)
  for (const answered of ['intake', 'decision-maker'])
    assert.ok(before.includes(`${answered} /api/cases/${id}/handed 200`), answered)
  assert.ok(before.includes(`officer /api/cases/${id}/consents 200`))
  const agreed = await record(dalia, id)
  const held = await shownToOthers(id)
  await take(petra, agreed)
  const read = await shownToOthers(id)
  await withdraw(dalia, id, agreed)
  const ended = await shownToOthers(id)
  for (const after of [held, read, ended]) assert.equal(after, before)
  for (const { key, role } of people) {
    if (key === 'dalia') continue
    const ledgerRows = await raw(key, `select from consent.record where to_police and case_id = '${id}'`)
    assert.equal(ledgerRows, 0, `${role}: the ledger`)
    const receipts = await raw(key, `select from justice.receipt where basis = 'consent' and case_id = '${id}'`)
    assert.equal(receipts > 0, key === 'petra', `${role}: receipts`)
    const open = await raw(key, `select from policy.case_glimpse where basis = 'consent' and case_id = '${id}'`)
    assert.equal(open, 0, `${role}: what stands`)
  }
  // Nor can they take back what they cannot see, though they work with the person.
  const another = await record(dalia, id)
  for (const key of ['tobias', 'marisol'] as const)
    await assert.rejects(withdraw(await harness.as(key), id, another), missing, key)
  const { items } = await dalia.call(cases.list, { query: { limit: '100' } })
  assert.ok(items.some(one => one.id === id))
})

test('the person finds it in their own view among what they agreed to, without a word of police, and takes it back there', async () => {
  const { id } = await keptCase(harness)
  const agreed = await record(dalia, id)
  await take(petra, agreed)
  const { digits } = await codeFor(harness, id)
  for (const lang of ['en', 'es'] as const) {
    const { t } = harness.services.words(lang)
    const telling = /polic|court|judge|juez|tribunal|prosecut|fiscal|investig|Petra|crim/i
    for (const key of ['visit.purpose.prosecution', 'visit.kind.office', 'visit.part.ID'])
      assert.doesNotMatch(t(key), telling)
  }
  const step = (form: Record<string, string>) => post(site.app, form)
  const first = await step({ n: digits })
  const shown = await step({ v: first.field, do: 'agreed' })
  assert.match(said(shown), /Another matter.*Another office.*Who you are/)
  const stop = await step({ v: shown.field, do: 'stop', consent: agreed })
  const stopped = await step({ v: stop.field, do: 'withdraw', consent: agreed })
  assert.match(said(stopped), /It is taken back.*Your help goes on/)
  for (const page of [first, shown, stop, stopped])
    assert.doesNotMatch(page.text, /polic|court|judge|prosecut|investig|Petra|crim/i)
  await assert.rejects(take(petra, agreed), missing)
  const last = (await ledger(dalia, id)).at(-1)!
  assert.deepEqual([last.kind, last.withdraws, last.toPolice], ['withdrawn', agreed, true])
})

/** One statement as the application's role, with the policies of the product taken away. @returns how many rows */
async function raw(key: PersonKey, text: string): Promise<number> {
  const { role } = people.find(one => one.key === key)!
  const { organisation } = await harness.as(key)
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  try {
    await app.query('begin')
    await app.query(
      `select set_config('samaan.user', $1, true), set_config('samaan.principals', $2, true), set_config('samaan.role', $3, true),
        set_config('samaan.country', 'XSA', true), set_config('samaan.compartments', '127', true), set_config('samaan.organisation', $4, true)`,
      [accountId(key), `{${accountId(key)},${organisation}}`, role, organisation],
    )
    return (await app.query(text)).rowCount ?? 0
  } finally {
    await app.end()
  }
}

test('F1: the database itself opens no more than who the person is, and to nobody who writes it past the rules', async () => {
  const { id } = await keptCase(harness)
  const agreed = await record(dalia, id)
  for (const mask of [2, 4, 8, 16, 32, 64, 3, 127])
    await assert.rejects(
      truth.query('update policy.case_glimpse set compartments = $1 where basis_id = $2', [mask, agreed]),
      { constraint: 'case_glimpse_consent' },
      `${mask}`,
    )
  await assert.rejects(raw('dalia', `select justice.open_by_consent('${agreed}')`), { code: '23505' })
  for (const key of ['tobias', 'bastien', 'petra', 'marisol', 'ines', 'celeste', 'odette', 'wren'] as const)
    await assert.rejects(raw(key, `select justice.open_by_consent('${agreed}')`), { code: '42501' }, key)

  /** A yes written by a bare statement. */
  const written = (key: PersonKey, change: Record<string, string> = {}) => {
    const row: Record<string, string> = {
      id: `'${uuidv7()}'`,
      case_id: `'${id}'`,
      kind: `'given'`,
      text_version: `'police-1'`,
      language: `'es'`,
      interpreter: `'none'`,
      explained_by: `'${accountId(key)}'`,
      given_by: `'person'`,
      form: `'written'`,
      purposes: `'{prosecution}'`,
      recipients: `'{${petra.organisation}}'`,
      named: `'{${petra.account}}'`,
      compartments: '1',
      expires_at: `now() + interval '30 days'`,
      said_at: 'now()',
      to_police: 'true',
      ...change,
    }
    return raw(key, `insert into consent.record (${Object.keys(row)}) values (${Object.values(row)})`)
  }
  assert.equal(await written('dalia'), 1)
  for (const key of ['tobias', 'marisol', 'bastien', 'ines', 'petra', 'odette'] as const)
    await assert.rejects(written(key), { code: '42501' }, key)
  const asked = { to_police: 'false', named: `'{}'` }
  await assert.rejects(written('dalia', asked), { code: '42501' }, 'police among other things')
  const wrong: Record<string, Record<string, string>> = {
    'more than who they are': { compartments: '3' },
    'for help': { purposes: `'{services,prosecution}'` },
    'two bodies': { recipients: `'{${petra.organisation},${dalia.organisation}}'` },
    'nobody named': { named: `'{}'` },
    'without an end': { expires_at: 'null' },
    'for longer than a year': { expires_at: `now() + interval '367 days'` },
  }
  for (const [why, change] of Object.entries(wrong))
    await assert.rejects(written('dalia', change), { code: '23514' }, why)
  // A withdrawal that anybody could see would say that there was one.
  const open = { kind: `'withdrawn'`, withdraws: `'${agreed}'`, to_police: 'false', named: `'{}'`, purposes: `'{}'` }
  await assert.rejects(written('tobias', open), { code: '23503' })
})

test('F1: it names people of one body: whoever works for another now reads by it no more, nor by an order or for a life in danger', async () => {
  const { id } = await keptCase(harness)
  const agreed = await record(dalia, id)
  const order = orderBody(petra.organisation, [petra.account])
  const params = { case: id, order: order.id }
  await (await harness.as('tobias')).call(justice.recordOrder, { params: { case: id }, body: order })
  await dalia.call(justice.answerOrder, { params, version: 1, body: { answer: 'confirmed' } })
  const interest = interestBody(petra.organisation, petra.account)
  await dalia.call(justice.recordInterest, { params: { case: id }, body: interest })
  const bases = [agreed, order.id, interest.id]
  for (const one of bases) await take(petra, one)
  const works = (body: string) =>
    truth.query('update auth.assignment set organisation_id = $2 where account_id = $1', [petra.account, body])
  await works((await harness.as('bastien')).organisation)
  const moved = await harness.as('petra')
  for (const one of bases) await assert.rejects(take(moved, one), missing)
  const left = await handedTo(moved)
  assert.ok(!bases.some(one => left.includes(one)))
  await works(petra.organisation)
  const back = await harness.as('petra')
  for (const one of bases) await take(back, one)
})

test('of somebody whose case is closed to them a named reader finds nothing, and a case that is sealed opens to nobody', async () => {
  const { id } = await keptCase(harness)
  const agreed = await record(dalia, id)
  await truth.query(
    `insert into policy.case_hidden (case_id, basis, basis_id, account_id) values ($1, 'conflict', gen_random_uuid(), $2)`,
    [id, petra.account],
  )
  await assert.rejects(take(petra, agreed), missing)
  assert.ok(!(await handedTo(petra)).includes(agreed))
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { consentBody, explained, openedCase, screeningBody } from '../../../../../tests/harness/make.ts'
import { organisationId, type PersonKey } from '../../../../../tools/demonstration/people.ts'
import { screening } from '../../contract.ts'

let harness: Harness
let client: pg.Client
const personas = new Map<PersonKey, Persona>()
before(async () => {
  harness = await startHarness()
  client = new pg.Client({ connectionString: harness.database.url('super') })
  await client.connect()
  for (const key of ['marisol', 'kofi', 'tobias', 'ines', 'rufus', 'dalia', 'celeste', 'odette', 'silas'] as const)
    personas.set(key, await harness.as(key))
})
after(async () => {
  await client.end()
  await harness.stop()
})
const as = (key: PersonKey) => personas.get(key)!
const outcome = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: Refusal) => [error.code, ...error.fields.map(({ field, code }) => `${field} ${code}`)].join(', '),
  )

type Body = In<(typeof screening.interview)['body']>
const body = (change: Partial<Body> = {}): Body => ({
  id: uuidv7(),
  instrument: 'interview-adult',
  version: '1',
  language: 'es',
  interpreter: 'in-person',
  interviewer: 'woman',
  limitsTold: { id: uuidv7(), ...explained('limits-1') },
  answers: {
    before: { 'danger-now': 'no', 'place-safe': 'yes', 'adult-then': 'yes', ready: 'yes' },
    work: { worked: 'yes', 'exploited-hours': 'yes', 'exploited-low-pay': 'yes', 'exploited-conditions': 'yes' },
  },
  saidAt: new Date().toISOString(),
  ...change,
})
const hold = (by: PersonKey, id: string, change: Partial<Body> = {}) =>
  as(by).call(screening.interview, { params: { case: id }, body: body(change) })
const read = async (by: PersonKey, id: string) =>
  (await as(by).call(screening.interviews, { params: { case: id } })).items

test('an interview says what its rules find, changes no status, and is written down with the limits that were told', async () => {
  const id = await openedCase(harness)
  const before = await as('ines').call(cases.read, { params: { case: id } })
  const told = body()
  const reply = await as('tobias').call(screening.interview, { params: { case: id }, body: told })
  assert.ok(reply.findings.includes('exploitation'), reply.findings.join())
  assert.ok(!reply.findings.includes('danger-now'))
  const after = await as('ines').call(cases.read, { params: { case: id } })
  assert.deepEqual(
    [after.status, after.identification, after.version],
    [before.status, before.identification, before.version],
  )
  const limits = await client.query('select kind, explained_by from consent.record where id = $1', [told.limitsTold.id])
  assert.deepEqual(limits.rows, [{ kind: 'limits-told', explained_by: as('tobias').account }])
  const audit = await client.query(
    `select body from audit.event where operation = 'screening.interview' and case_id = $1`,
    [id],
  )
  assert.equal(audit.rows.length, 1)
  assert.match(audit.rows[0].body, /screening\.interview-recorded/)
  assert.match(audit.rows[0].body, new RegExp(told.limitsTold.id))
})

test('an interview without a finding closes nothing and may be followed by another', async () => {
  const id = await openedCase(harness)
  const none = await hold('tobias', id, { answers: { before: { 'danger-now': 'no', ready: 'no' } } })
  assert.deepEqual(none.findings, [])
  const { status, identification } = await as('ines').call(cases.read, { params: { case: id } })
  assert.deepEqual([status, identification], ['opened', 'pending'])
  await hold('tobias', id)
  assert.equal((await read('tobias', id)).length, 2)
})

test('what was told is open to who may open it, with how each rule read it; others of the unit see codes', async () => {
  const id = await openedCase(harness)
  await hold('tobias', id)
  const [seen] = await read('ines', id)
  assert.equal(seen!.by, 'Tobias Fenwick')
  const reading = seen!.told!.readings.find(one => one.code === 'exploitation')!
  assert.equal(reading.met, true)
  assert.deepEqual(
    reading.heard.map(({ question, answers }) => [question, answers]),
    [
      ['exploited-hours', ['yes']],
      ['exploited-low-pay', ['yes']],
      ['exploited-conditions', ['yes']],
    ].sort((a, b) => seenOrder(reading.heard, a[0] as string) - seenOrder(reading.heard, b[0] as string)),
  )
  assert.equal(reading.wouldChange.kind, 'weights')
  assert.match(reading.label.es!, /./)

  // A person who shares that there is a case, and not what was told.
  const closed = await openedWithout(['SVC'])
  await hold('tobias', closed)
  const [coded] = await read('ines', closed)
  assert.ok(coded!.findings.includes('exploitation'))
  assert.equal(coded!.told, undefined)
  assert.ok((await read('tobias', closed))[0]!.told, 'who wrote it reads it again')
})
const seenOrder = (heard: readonly { question: string }[], question: string) =>
  heard.findIndex(one => one.question === question)

/** Opened by the unit, with compartments that the person keeps from it. */
async function openedWithout(kept: readonly string[]): Promise<string> {
  const unit = organisationId('counter-trafficking-unit')
  const made = screeningBody()
  const share = (['ID', 'SVC', 'STA'] as const).filter(one => !kept.includes(one))
  const given = consentBody([unit], { compartments: share })
  const referral = uuidv7()
  await as('marisol').call(screening.record, { body: made })
  await as('marisol').call(consent.give, { params: { case: made.case }, body: given })
  await as('marisol').call(referrals.send, {
    body: {
      id: referral,
      case: made.case,
      kind: 'identification',
      to: unit,
      urgency: 'urgent',
      consent: given.id,
      share,
    },
  })
  await as('tobias').call(referrals.accept, { params: { referral }, version: 1, body: {} })
  return made.case
}

test('who may not looks at a case that is not there', async () => {
  const id = await openedCase(harness)
  await hold('tobias', id)
  for (const key of ['kofi', 'celeste', 'odette', 'silas', 'dalia'] as const) {
    assert.equal(await outcome(hold(key, id)), 'not-found', key)
    assert.equal(await outcome(read(key, id)), 'not-found', key)
  }
  assert.equal(await outcome(hold('tobias', uuidv7())), 'not-found')
})

test('an officer holds what the instrument lets officers hold, on a case of their own', async () => {
  const made = screeningBody()
  await as('marisol').call(screening.record, { body: made })
  assert.equal(await outcome(hold('marisol', made.case)), 'not-found')
  const answers = { papers: 'yes', debt: 'not-said' }
  const short = await hold('marisol', made.case, { instrument: 'short-screen', version: '2', answers })
  assert.deepEqual(short.findings, ['talk-further'])
  const [own] = await read('marisol', made.case)
  assert.deepEqual(own!.told!.answers, answers)
  const skipped = await hold('marisol', made.case, {
    instrument: 'short-screen',
    version: '2',
    answers: { papers: 'not-said', debt: 'unknown' },
  })
  assert.deepEqual(skipped.findings, [])
})

test('a child is never given the questions of adults', async () => {
  const id = await openedCase(harness, { child: 'in-doubt' })
  assert.equal(await outcome(hold('tobias', id)), 'invalid-input, instrument for-adults')
  const child = await hold('tobias', id, {
    instrument: 'interview-child',
    answers: { before: { 'danger-now': 'yes' } },
  })
  assert.deepEqual(child.findings, ['danger-now'])
})

test('answers are the form’s own, or they are refused by their place', async () => {
  const id = await openedCase(harness)
  for (const [answers, field] of [
    [{ before: { 'danger-now': 'perhaps' } }, 'answers.before.danger-now'],
    [{ before: { surprise: 'yes' } }, 'answers.before.surprise'],
    [{ before: 'yes' }, 'answers.before'],
    [{ verdict: 'guilty' }, 'answers.verdict'],
    [JSON.parse('{"before":{"toString":"x"}}'), 'answers.before.toString'],
  ] as const)
    assert.match(await outcome(hold('tobias', id, { answers })), new RegExp(`^invalid-input, ${field}`), field)
  for (const change of [{ instrument: 'interview-giants' }, { version: '77' }])
    assert.equal(await outcome(hold('tobias', id, change)), 'invalid-input, instrument not-offered')
  const later = new Date(Date.now() + 3 * 86_400_000).toISOString()
  assert.equal(await outcome(hold('tobias', id, { saidAt: later })), 'invalid-input, saidAt future')
  assert.deepEqual(await read('tobias', id), [])
})

test('what was on paper keeps its own date and its author, apart from who typed it', async () => {
  const id = await openedCase(harness)
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  const writtenAt = daysAgo(700)
  const paper = { writtenAt, writtenBy: 'Sister Amparo' }
  const told = { limitsTold: { id: uuidv7(), ...explained('limits-1'), saidAt: writtenAt }, saidAt: writtenAt }
  // Without paper it would be too long ago, and with it there is an end too.
  assert.match(await outcome(hold('tobias', id, told)), /saidAt too-old/)
  const older = { writtenAt: daysAgo(740), writtenBy: 'Sister Amparo' }
  assert.equal(await outcome(hold('tobias', id, { paper: older })), 'invalid-input, paper.writtenAt too-old')
  await hold('tobias', id, { ...told, paper })
  const [one] = await read('tobias', id)
  assert.equal(one!.writtenAt, writtenAt)
  assert.equal(one!.told!.writtenBy, 'Sister Amparo')
  assert.equal(one!.by, 'Tobias Fenwick')
  const row = await client.query('select on_paper, i::text as all from screening.interview i where case_id = $1', [id])
  assert.equal(row.rows[0].on_paper, true)
  assert.doesNotMatch(row.rows[0].all, /Amparo|exploited-hours/)
  assert.doesNotMatch(row.rows[0].all, new RegExp(Buffer.from('exploited-hours').toString('hex')))
})

test('the same interview sent twice is one interview', async () => {
  const id = await openedCase(harness)
  const key = uuidv7()
  const sent = body()
  const first = await as('tobias').call(screening.interview, { params: { case: id }, body: sent, key })
  assert.deepEqual(await as('tobias').call(screening.interview, { params: { case: id }, body: sent, key }), first)
  assert.equal((await read('tobias', id)).length, 1)
})

test('a finding is read otherwise with a reason; the finding stays, and so does every reason', async () => {
  const id = await openedCase(harness)
  const interview = body()
  await as('tobias').call(screening.interview, { params: { case: id }, body: interview })
  const override = (by: PersonKey, change: object = {}) =>
    as(by).call(screening.override, {
      params: { interview: interview.id },
      body: {
        id: uuidv7(),
        finding: 'exploitation',
        holds: false,
        reason: 'told-otherwise',
        why: 'The hours were a single harvest week.',
        ...change,
      },
    })
  assert.equal((await override('tobias')).holds, false)
  await override('ines', { holds: true, reason: 'seen-otherwise', why: 'The pay slips say more.' })
  assert.equal(await outcome(override('tobias', { finding: 'no-such-rule' })), 'invalid-input, finding choice')
  for (const key of ['kofi', 'celeste', 'odette', 'dalia'] as const)
    assert.equal(await outcome(override(key)), 'not-found', key)
  const [seen] = await read('rufus', id)
  assert.ok(seen!.findings.includes('exploitation'))
  assert.deepEqual(
    seen!.overrides.map(({ holds, reason, why, by }) => [holds, reason, why, by]),
    [
      [false, 'told-otherwise', 'The hours were a single harvest week.', 'Tobias Fenwick'],
      [true, 'seen-otherwise', 'The pay slips say more.', 'Inés Calloway'],
    ],
  )
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  for (const text of ['update screening.override set holds = true', 'delete from screening.interview'])
    await assert.rejects(app.query(text), /permission denied/)
  await app.end()
})

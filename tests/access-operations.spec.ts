import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type PersonKey, people } from '../tools/demonstration/people.ts'
import { putAttachments } from './oracle/attachments.ts'
import {
  type Attempt,
  elsewhereOf,
  listsOf,
  onCase,
  onReferral,
  putBack,
  putElsewhere,
  spares,
} from './oracle/attempts.ts'
import { putCare } from './oracle/care.ts'
import { conflictOf, putConflicts } from './oracle/conflicts.ts'
import { putEscalations } from './oracle/escalation.ts'
import { putHealth } from './oracle/health.ts'
import { putJustice } from './oracle/justice.ts'
import { operations } from './oracle/operations.ts'
import { listed, namedBy, sight, storySeen, verdict } from './oracle/oracle.ts'
import { putGlass } from './oracle/oversight.ts'
import { assertPlacesKept } from './oracle/places.ts'
import { agrees, type Reply } from './oracle/reply.ts'
import { richWorld } from './oracle/rich.ts'
import { putRounds } from './oracle/rounds.ts'
import {
  clinic,
  give,
  move,
  openStage,
  proveAgain,
  record,
  refer,
  refuse,
  type Stage,
  shelter,
  unit,
  withdraw,
} from './oracle/stage.ts'
import { putTasks } from './oracle/tasks.ts'

// Every person, every operation, every object, through HTTP, against the oracle.
let stage: Stage
let named: ReadonlyMap<string, string>
const keys = people.map(one => one.key)
before(async () => {
  stage = await openStage()
  named = await richWorld(stage)
  await putElsewhere(stage)
  await putAttachments(stage)
  await putConflicts(stage)
  for (const put of [putCare, putHealth, putGlass, putJustice, putRounds, putTasks, putEscalations]) await put(stage)
})
after(() => stage.close())

const titleOf = (id: string) => [...named].find(([, one]) => one === id)?.[0] ?? id
const referralTitle = (id: string) => {
  const { case: of, kind, status } = stage.world.referrals.get(id)!
  return `${kind} referral, ${status}, of "${titleOf(of)}"`
}
/** No differences; otherwise all of them, one a line. */
const zero = (wrong: readonly string[]) =>
  assert.ok(wrong.length === 0, `${wrong.length} differences\n${wrong.join('\n')}`)
const say = ({ by, operation, about }: Attempt, expected: string, reply: Reply | string) => {
  const got = typeof reply === 'string' ? reply : `${reply.status} ${reply.text.slice(0, 160)}`
  return `${by} ${operation} [${about}]: expected ${expected}, got ${got}`
}
const expectedOf = (one: Attempt) => verdict(stage.world, stage.person(one.by), one.operation, one.target)

const attemptsOf = (by: PersonKey, spare: ReadonlyMap<string, string>): Attempt[] => [
  ...listsOf(by),
  ...[...stage.world.cases.keys()].flatMap(id => onCase(stage, by, titleOf(id), id, spare.get(id) ?? uuidv7())),
  ...[...stage.world.referrals.keys()].flatMap(id => onReferral(by, referralTitle(id), id)),
  ...elsewhereOf(by),
]

// People whose role has to do with cases are tried on every object. The others may nothing with any of them, so some are
// enough; SAMAAN_FULL=1 tries all, SAMAAN_SEED=<number> the ones of an earlier run again.
const full = process.env.SAMAAN_FULL === '1'
const seed = Number(process.env.SAMAAN_SEED ?? Date.now() % 2_147_483_647)
const works = new Set(['officer', 'intake', 'coordinator', 'decision-maker', 'provider', 'shelter-manager'])
const objects = 5
function sampled(by: PersonKey, attempts: readonly Attempt[]): readonly Attempt[] {
  if (full || works.has(stage.person(by).role)) return attempts
  const place = (one: Attempt, at: number) =>
    createHash('sha256').update(`${seed} ${by} ${one.operation} ${at}`).digest('hex')
  const taken = new Map<string, number>()
  return attempts
    .map((one, at) => ({ one, place: place(one, at) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .filter(({ one: { operation } }) => {
      taken.set(operation, (taken.get(operation) ?? 0) + 1)
      return taken.get(operation)! <= objects
    })
    .map(({ one }) => one)
}

/** Everything that a refused command must leave as it was. */
async function contents(): Promise<string> {
  const tables = await stage.truth.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('cases','care','health','consent','screening','referrals','directory','justice','situation','tasks','policy','visits') order by 1`,
  )
  const sums: string[] = []
  for (const { name } of tables.rows) {
    const sum = await stage.truth.query(
      `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from ${name} t`,
    )
    sums.push(`${name} ${sum.rows[0].sum}`)
  }
  return sums.join('\n')
}

test('the attempts cover every operation that the oracle judges', async () => {
  const spare = await spares(stage)
  const covered = new Set(attemptsOf('marisol', spare).map(one => one.operation))
  assert.deepEqual(
    [...operations.keys()].filter(one => !covered.has(one)),
    [],
  )
})

test('without a session everything is 401', async () => {
  const wrong: string[] = []
  for (const one of attemptsOf('marisol', new Map())) {
    const reply = await stage.send(undefined, one.operation, one.parts)
    if (reply.status !== 401) wrong.push(say(one, '401', reply))
  }
  zero(wrong)
})

test('who may not is refused as if the record were missing, and nothing changes', async t => {
  const spare = await spares(stage)
  const before = await contents()
  const wrong: string[] = []
  let sent = 0
  for (const by of keys) {
    await proveAgain(stage)
    const missing = new Map<string, Reply>()
    for (const one of sampled(by, attemptsOf(by, spare))) {
      const expected = expectedOf(one)
      if (expected === 'allow') continue
      const reply = await stage.send(by, one.operation, one.parts)
      sent += 1
      if (!agrees(expected, reply)) wrong.push(say(one, expected, reply))
      else if (one.missing && expected === 'deny') {
        const nothing = missing.get(one.operation) ?? (await stage.send(by, one.operation, one.missing))
        missing.set(one.operation, nothing)
        if (nothing.text !== reply.text || nothing.headers !== reply.headers || nothing.status !== reply.status)
          wrong.push(say(one, `the bytes of a missing record: ${nothing.status} ${nothing.text}`, reply))
      }
    }
  }
  t.diagnostic(`${sent} requests that must be refused, seed ${seed}`)
  assert.ok(sent > 3000, `${sent} requests`)
  zero(wrong)
  assert.equal(await contents(), before)
})

test('a refusal of a list has the bytes of a missing record', async () => {
  const wrong: string[] = []
  for (const by of keys)
    for (const one of listsOf(by)) {
      if (expectedOf(one) !== 'deny') continue
      const nothing = await stage.send(by, 'cases.read', { params: { case: uuidv7() } })
      const reply = await stage.send(by, one.operation, one.parts)
      if (reply.text !== nothing.text || reply.headers !== nothing.headers) wrong.push(say(one, nothing.text, reply))
    }
  zero(wrong)
})

test('who may is not refused', async t => {
  const wrong: string[] = []
  let sent = 0
  for (const by of keys) {
    await proveAgain(stage)
    // A consent can be withdrawn once, so each person is given fresh ones.
    const spare = await spares(stage)
    for (const one of attemptsOf(by, spare)) {
      if (expectedOf(one) !== 'allow') continue
      const reply = await stage.send(by, one.operation, one.parts)
      sent += 1
      if (reply.status < 300) one.apply?.(stage.world, stage.person(by))
      if (!agrees('allow', reply)) wrong.push(say(one, 'allow', reply))
      await putBack(stage, one)
    }
  }
  t.diagnostic(`${sent} requests that must not be refused`)
  assert.ok(sent > 500, `${sent} requests`)
  zero(wrong)
})

const caseOfScreening = (id: string) =>
  [...stage.world.cases.values()].find(one => one.screenings.some(each => each.id === id))?.id ?? id
const heldByPeople = new Set(['cases.list', 'cases.search', 'cases.myConflicts', 'screening.list', 'referrals.list'])
test('lists hold what the oracle says, no more and no less', async () => {
  // Cases came since.
  await putConflicts(stage)
  const wrong: string[] = []
  for (const by of keys)
    for (const one of listsOf(by)) {
      if (!heldByPeople.has(one.operation) || expectedOf(one) !== 'allow') continue
      const reply = await stage.send(by, one.operation, one.parts)
      if (reply.status !== 200) continue
      // A conflict is of a case that the reader may change, and the one that was put into it.
      const idOf = (item: { id: string; case?: string }) =>
        one.operation === 'cases.myConflicts' && conflictOf.get(item.case!) === item.id ? item.case! : item.id
      const got = new Set(reply.json<{ items: { id: string }[] }>().items.map(idOf))
      const should = listed(stage.world, stage.person(by), one.operation, one.about as 'inbox' | 'sent')
      const name = (id: string) =>
        stage.world.referrals.has(id) ? referralTitle(id) : `"${titleOf(caseOfScreening(id))}"`
      for (const id of got) if (!should.has(id)) wrong.push(say(one, `without ${name(id)}`, 'it'))
      for (const id of should) if (!got.has(id)) wrong.push(say(one, `with ${name(id)}`, 'none'))
    }
  zero(wrong)
})

test('what is read shows the compartments of the reader and no others', async () => {
  const wrong: string[] = []
  const check = (one: Attempt, what: string, shown: boolean, expected: boolean) => {
    if (shown !== expected) wrong.push(say(one, `${what} ${expected ? 'shown' : 'hidden'}`, shown ? 'shown' : 'hidden'))
  }
  interface Shown {
    identity?: unknown
    locationVersion?: unknown
    notes?: unknown[]
    decisions?: unknown[]
    story?: string
    case?: Shown
  }
  for (const by of keys) {
    const person = stage.person(by)
    for (const one of attemptsOf(by, new Map())) {
      if (expectedOf(one) !== 'allow') continue
      if (one.operation === 'cases.read' || one.operation === 'referrals.caseFile') {
        const reply = await stage.send(by, one.operation, one.parts)
        if (reply.status !== 200) continue
        const shown = one.operation === 'cases.read' ? reply.json<Shown>() : reply.json<Shown>().case!
        const seen = sight(stage.world, person, one.target.case!)
        check(one, 'identity', shown.identity !== undefined, seen.has('ID'))
        check(one, 'notes', shown.notes !== undefined, seen.has('SVC'))
        check(one, 'whether there is a place', shown.locationVersion !== undefined, seen.has('LOC'))
      }
      if (one.operation === 'screening.read') {
        const reply = await stage.send(by, one.operation, one.parts)
        if (reply.status !== 200) continue
        const story = [...stage.world.cases.values()].some(each =>
          each.screenings.some(screening => screening.id === one.target.screening && screening.story),
        )
        const should = story && storySeen(stage.world, person, one.target.screening!)
        check(one, 'story', reply.json<Shown>().story !== undefined, should)
      }
      if (one.operation === 'referrals.read') {
        const reply = await stage.send(by, one.operation, one.parts)
        if (reply.status !== 200) continue
        const referral = stage.world.referrals.get(one.target.referral!)!
        check(one, 'identity', reply.json<Shown>().identity !== undefined, namedBy(stage.world, person, referral))
      }
      if (one.operation === 'consent.list' && (person.role === 'provider' || person.role === 'shelter-manager')) {
        const reply = await stage.send(by, one.operation, one.parts)
        const items =
          reply.json<{ items?: { recipients: string[]; withhold: { recipient: string }[] }[] }>().items ?? []
        const others = items
          .flatMap(each => [...each.recipients, ...each.withhold.map(({ recipient }) => recipient)])
          .filter(each => each !== person.organisation)
        check(one, 'other recipients', others.length > 0, false)
      }
    }
  }
  zero(wrong)
})

test('nobody joins a case by recording a screening under its id', async () => {
  const id = named.get('screened')!
  const before = await contents()
  for (const by of ['kofi', 'tobias'] as const) {
    const reply = await stage.send(by, 'screening.record', record(by, id).parts)
    assert.ok([404, 409].includes(reply.status), `${by}: ${reply.status} ${reply.text}`)
  }
  assert.equal(await contents(), before)
})

test('who accepted a referral may write down that the person withdraws, and it ends everybody’s sight; who has not answered may not', async () => {
  const wrong: string[] = []
  const organisations = [unit, shelter, clinic]
  for (const first of [0, 1, 2]) {
    const recipients = [0, 1, 2].map(at => organisations[(first + at) % 3]!)
    for (const by of ['tobias', 'celeste', 'jonah'] as const) {
      const id = uuidv7()
      const agreed = uuidv7()
      const theirs = uuidv7()
      await stage.play(record('marisol', id), give('marisol', id, { id: agreed, recipients }))
      for (const to of organisations)
        await stage.play(
          refer('marisol', {
            ...(to === stage.person(by).organisation ? { id: theirs } : {}),
            case: id,
            kind: to === unit ? 'identification' : 'service',
            to,
            consent: agreed,
          }),
        )
      const place = `${by}, named ${recipients.indexOf(stage.person(by).organisation) + 1} of 3`
      const before = await contents()
      for (const step of [withdraw(by, id, agreed), refuse(by, id), give(by, id), give(by, id, { recipients })]) {
        const { reply } = await stage.perform(step)
        if (reply.status !== 404) wrong.push(`${place}, ${step.operation} before an answer: ${reply.status}`)
      }
      if ((await contents()) !== before) wrong.push(`${place}: something changed before an answer`)
      await stage.play(move(by, 'accept', theirs))
      const { reply } = await stage.perform(withdraw(by, id, agreed))
      if (reply.status !== 200) wrong.push(`${place} withdraws: ${reply.status}`)
      // The unit that took the case keeps what it was told; who gives a service does not.
      for (const other of ['tobias', 'celeste', 'jonah'] as const) {
        const seen = await stage.send(other, 'consent.list', { params: { case: id } })
        const keeps = other === 'tobias' && by === 'tobias'
        if (seen.status !== (keeps ? 200 : 404))
          wrong.push(`${other} reads what ${by} wrote as withdrawn: ${seen.status}`)
      }
    }
  }
  zero(wrong)
})

test('who gives a service names others as recipients, and is told when they name themselves', async () => {
  const id = uuidv7()
  const agreed = uuidv7()
  const bed = uuidv7()
  await stage.play(
    record('marisol', id),
    give('marisol', id, { id: agreed }),
    refer('marisol', { id: bed, case: id, kind: 'service', to: shelter, consent: agreed }),
    move('celeste', 'accept', bed),
    give('celeste', id, { recipients: [unit, clinic] }),
  )
  const { reply } = await stage.perform(give('celeste', id, { recipients: [unit, shelter] }))
  assert.equal(reply.status, 400)
  assert.equal(reply.json<{ errors: { field: string }[] }>().errors[0]?.field, 'recipients.1')
})

test('a share that ran out is over, as if it were withdrawn, and nothing else is', async () => {
  const id = uuidv7()
  const agreed = uuidv7()
  const [over, lives] = [uuidv7(), uuidv7()]
  await stage.play(record('marisol', id), give('marisol', id, { id: agreed }))
  const sending = { case: id, kind: 'service', consent: agreed } as const
  await stage.play(
    refer('marisol', { ...sending, id: over, to: shelter }),
    refer('marisol', { ...sending, id: lives, to: clinic }),
  )
  await stage.truth.query(`update policy.case_access set until = now() - interval '1 second' where basis_id = $1`, [
    over,
  ])
  const statusOf = async (by: PersonKey, operation: string, params: Record<string, string>, more = {}) =>
    (await stage.send(by, operation, { params, ...more })).status
  for (const [by, referral, stands] of [
    ['celeste', over, false],
    ['jonah', lives, true],
  ] as const) {
    const reply = await stage.send(by, 'referrals.read', { params: { referral } })
    assert.equal(reply.status, 200)
    assert.equal(reply.json<{ identity?: unknown }>().identity !== undefined, stands)
    assert.equal(await statusOf(by, 'consent.list', { case: id }), stands ? 200 : 404)
    for (const [verb, body] of [
      ['acknowledge', {}],
      ['accept', {}],
      ['decline', { reason: 'no-place' }],
    ] as const)
      assert.equal(
        await statusOf(by, `referrals.${verb}`, { referral }, { body, version: 999_999 }),
        stands ? 412 : 404,
      )
  }
  assert.equal(await statusOf('marisol', 'consent.list', { case: id }), 200)
})

test('what is in order is done: a referral is taken back by who sent it, also when in charge no more, and by the unit', async () => {
  const wrong: string[] = []
  const ofCase = (name: string) =>
    [...stage.world.referrals.values()].find(one => one.case === named.get(name) && one.kind === 'service')!.id
  const theirs = [...stage.world.referrals.values()].find(
    one => one.case === named.get('of Dalia') && one.to === clinic,
  )!
  for (const [by, referral] of [
    ['dalia', ofCase('passed on')],
    ['tobias', theirs.id],
    ['tobias', ofCase('of the unit, helped')],
  ] as const) {
    const title = referralTitle(referral)
    const { reply } = await stage.perform(move(by, 'revoke', referral))
    if (reply.status >= 300)
      wrong.push(`${by} referrals.revoke [${title}]: expected done, got ${reply.status} ${reply.text}`)
  }
  zero(wrong)
})

test('a safe place stands in no answer but those of compartment LOC', () => assertPlacesKept(stage))

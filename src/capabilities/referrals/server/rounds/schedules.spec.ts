import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { consentBody, explained, keptCase } from '../../../../../tests/harness/make.ts'
import { organisationId } from '../../../../../tools/demonstration/people.ts'
import { referrals } from '../../contract.ts'
import { rounds } from '../../contract-rounds.ts'
import { overdue } from '../overdue.ts'
import { nextTurnJob } from './next-turn.ts'

// Whatever is said by whom, in whatever order, at once, twice or too late, and whatever breaks off midway: no referral is
// nobody's, and no place is given twice. SAMAAN_FULL=1 tries more, SAMAAN_SEED=<number> an earlier run again.

const full = process.env.SAMAAN_FULL === '1'
const seed = Number(process.env.SAMAAN_SEED ?? Date.now() % 2_147_483_647)
const houses = ['samaan-house', 'claro-clinic', 'legal-aid'].map(organisationId)
const open = `('sent', 'acknowledged')`
const live = `('sent', 'acknowledged', 'accepted', 'partly-accepted', 'in-service')`

let harness: Harness
let truth: pg.Pool
let jobs: pg.Pool
let dalia: Persona
let answering: readonly Persona[]
let offers: readonly string[]
let of: string
before(async () => {
  harness = await startHarness()
  truth = new pg.Pool({ connectionString: harness.database.url('super'), max: 3 })
  jobs = pool(harness.database.url('jobs'), 1, 'test')
  dalia = await harness.as('dalia')
  answering = await Promise.all([harness.as('celeste'), harness.as('jonah')])
  offers = await Promise.all(answering.map((by, at) => offered(by, houses[at]!)))
  of = (await keptCase(harness)).id
})
after(async () => {
  await Promise.all([truth.end(), jobs.end()])
  await harness.stop()
})
/** One house has one place, the other two. */
async function offered(by: Persona, organisation: string): Promise<string> {
  const [id, params] = [uuidv7(), { organisation }]
  const total = organisation === houses[0] ? 1 : 2
  await by.call(directory.offer, { params, body: { id, kind: 'safe-accommodation', languages: ['en'] } })
  const places = [{ kind: 'woman' as const, total, free: total }]
  await by.call(directory.setPlaces, { params: { ...params, service: id }, version: 1, body: { places } })
  return id
}

const verbs = [
  'acknowledge',
  'accept',
  'accept',
  'part',
  'decline',
  'decline',
  'begin',
  'finish',
  'end',
  'revoke',
] as const
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      way: fc.constantFrom('at-once', 'in-turn'),
      first: fc.nat(2),
      how: fc.nat(1),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      verb: fc.constantFrom(...verbs),
      which: fc.nat(),
      // By who was asked, by another house, or by who asked.
      by: fc.constantFrom('right', 'right', 'right', 'wrong', 'asker'),
      stale: fc.boolean(),
      twice: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      hours: fc.constantFrom(0, 5, 400),
      breaks: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

let given: string
async function consented(): Promise<void> {
  const body = consentBody(houses)
  await dalia.call(consent.give, { params: { case: of }, body })
  given = body.id
}
const ids = async (text: string): Promise<{ id: string; to: string; version: number }[]> =>
  (await truth.query(text, [of])).rows

/** What came of a request: anything that a person can be told, and never a failure of ours. */
async function tried(work: Promise<unknown>): Promise<void> {
  const code = await work.then(
    () => 'done',
    error => error.code as string,
  )
  assert.ok(code !== 'broken' && code !== undefined, code)
}

async function run(one: Step): Promise<void> {
  if (one.kind === 'ask') {
    const order = [0, 1, 2].map(n => (n + one.first) % 3)
    const to = order.map(n => ({
      ...{ id: uuidv7(), organisation: houses[n]! },
      ...(offers[n] ? { offer: offers[n], place: 'woman' as const } : {}),
    }))
    const body = {
      ...{
        case: of,
        service: 'safe-accommodation' as const,
        urgency: 'urgent' as const,
        consent: given,
        share: ['ID' as const],
      },
      ...{ id: uuidv7(), way: one.way as 'at-once', to: one.how === 0 ? to : to.slice(0, 2) },
    }
    return tried(dalia.call(rounds.askSeveral, { body }))
  }
  if (one.kind === 'say') {
    const all = await ids(
      'select id, to_organisation as to, version from referrals.referral where case_id = $1 and round_id is not null order by id',
    )
    const referral = all[one.which % Math.max(1, all.length)]
    if (!referral) return
    const right = houses.indexOf(referral.to)
    const by = one.by === 'asker' ? dalia : answering[one.by === 'right' ? right : 1 - right]
    if (!by) return
    const body = {
      ...(one.verb === 'part' ? { part: true, answer: 'Nights only.' } : {}),
      ...(one.verb === 'decline' ? { reason: 'no-place' } : {}),
      ...(one.verb === 'finish' ? { outcome: 'helped' } : {}),
      ...(one.verb === 'end' ? { reason: 'moved' } : {}),
    }
    const verb = one.verb === 'part' ? 'accept' : one.verb
    const version = referral.version - (one.stale ? 1 : 0)
    const ask = () =>
      tried(by.call(referrals[verb] as typeof referrals.accept, { params: { referral: referral.id }, version, body }))
    await Promise.all(one.twice ? [ask(), ask()] : [ask()])
    return
  }
  if (one.kind === 'clock') {
    const now = new Date(Date.now() + one.hours * 3_600_000)
    const broken = new Error('the power went')
    for (const job of [overdue, nextTurnJob(harness.services)])
      await inTransaction(jobs, undefined, async tx => {
        await job.run(tx, now)
        if (one.breaks) throw broken
      }).catch(error => assert.equal(error, broken))
    return
  }
  if (one.kind === 'stop') {
    const all = await ids('select id from referrals.round where case_id = $1 order by id')
    const round = all[one.which % Math.max(1, all.length)]
    if (round) await tried(dalia.call(rounds.stop, { params: { round: round.id }, body: {} }))
    return
  }
  const body = { id: uuidv7(), ...explained('withdrawing-1' as const) }
  await tried(dalia.call(consent.withdraw, { params: { case: of, consent: given }, body }))
  await consented()
}

const wrong: readonly (readonly [string, string])[] = [
  [
    'a place that is given twice, or taken by nobody',
    `select p.service_id from directory.place p where p.kind = 'woman' and (p.free < 0 or p.total - p.free <>
     (select count(*) from referrals.referral r where r.offer_id = p.service_id and r.place_taken = 'woman'))`,
  ],
  [
    'two who say yes to one question',
    `select round_id from referrals.referral where round_id is not null and status = 'accepted' group by 1 having count(*) > 1`,
  ],
  [
    'two who are asked in turn at once',
    `select r.round_id from referrals.referral r join referrals.round o on o.id = r.round_id
     where o.way = 'in-turn' and r.status in ${live} group by 1 having count(*) > 1`,
  ],
  [
    'somebody still asked in a round that is over',
    `select r.id from referrals.referral r join referrals.round o on o.id = r.round_id where o.state <> 'asking' and r.status in ${open}`,
  ],
  [
    'somebody in line of a round that is over',
    `select t.id from referrals.turn t join referrals.round o on o.id = t.round_id where o.state <> 'asking'`,
  ],
  [
    'an answer by nobody',
    `select id from referrals.referral where (status in ('accepted', 'partly-accepted', 'in-service', 'done', 'declined')) <> (answered_by is not null) and status <> 'ended'`,
  ],
  [
    'what is shared with whom nobody asks any more',
    `select a.basis_id from policy.case_access a join referrals.referral r on r.id = a.basis_id where a.basis = 'share' and r.status not in ${live}`,
  ],
  [
    'what is asked of somebody who is shown nothing',
    `select r.id from referrals.referral r where r.status in ${open} and not exists (select 1 from policy.case_access a where a.basis = 'share' and a.basis_id = r.id)`,
  ],
]
async function holds(): Promise<void> {
  for (const [what, text] of wrong) assert.deepEqual((await truth.query(text)).rows, [], what)
}
/** After the jobs have run once whole, every round that still asks is in somebody's hand. */
async function settled(): Promise<void> {
  // Twice: whoever may not be asked any more costs a turn of the clock.
  for (let n = 0; n < 4; n += 1) await run({ kind: 'clock', hours: 0, breaks: false })
  const { rows } = await truth.query(
    `select o.id from referrals.round o where o.state = 'asking'
       and not exists (select 1 from referrals.referral r where r.round_id = o.id and r.status in ${open})`,
  )
  assert.deepEqual(rows, [], 'a question that nobody has in hand')
}
/** As if nothing had been asked yet; both houses empty. */
async function cleared(): Promise<void> {
  await truth.query(
    `delete from policy.case_access a using referrals.referral r where r.id = a.basis_id and r.round_id is not null`,
  )
  await truth.query('delete from referrals.referral where round_id is not null')
  await truth.query('delete from referrals.round')
  await truth.query('update directory.place set free = total')
  await consented()
}

test('no schedule of messages, crashes and clocks leaves a question without an owner, or a place given twice', async t => {
  let steps = 0
  const became = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 14 }),
      async turns => {
        await cleared()
        await run({ kind: 'ask', way: 'at-once', first: 0, how: 0 })
        await run({ kind: 'ask', way: 'in-turn', first: 1, how: 0 })
        for (const together of turns) {
          // What stands in one turn happens at once.
          await Promise.all(together.map(run))
          steps += together.length
          await holds()
        }
        await settled()
        await holds()
        const { rows } = await truth.query(
          `select status as was, count(*)::int from referrals.referral where round_id is not null group by 1
           union all select 'rounds ' || state, count(*)::int from referrals.round group by 1`,
        )
        for (const { was, count } of rows) became.set(was, (became.get(was) ?? 0) + count)
      },
    ),
    { seed, numRuns: full ? 200 : 20, endOnFailure: true },
  )
  t.diagnostic(`seed ${seed}, ${steps} steps: ${[...became].map(([was, count]) => `${count} ${was}`).join(', ')}`)
})

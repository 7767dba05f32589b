import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { careWaiting } from '#capabilities/care/server/index.ts'
import { casesWaiting } from '#capabilities/cases/server/index.ts'
import { referralsWaiting } from '#capabilities/referrals/server/index.ts'
import { openText, Read } from '#platform/db/context.ts'
import { fenceOf } from '#platform/http/fence.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { purposesOf } from '#platform/policy/roles.ts'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { accountId, organisationId, type PersonKey, people } from '../../../../tools/demonstration/people.ts'
import { horizonOf } from './waiting.ts'

// The parts of the day's list that stop early, beside plain statements that look at every row: the same things in the same
// order, whatever the world and however few are asked for.

const unit = organisationId('counter-trafficking-unit')
const other = organisationId('labour-inspectorate')
const bodies = [unit, organisationId('samaan-house'), organisationId('claro-clinic')]
const cast = ['dalia', 'tobias', 'rufus', 'celeste', 'jonah', 'marisol'] as const
const senders = (['dalia', 'tobias', 'marisol'] as const).map(accountId)

let harness: Harness
let truth: pg.Client
/** As a planner likes it, and with every index that there is. */
let sights: pg.Client[]
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  sights = ['on', 'off'].map(
    scan =>
      new pg.Client({
        connectionString: harness.database.url('app'),
        pipeline: true,
        options: `-c plan_cache_mode=force_generic_plan -c enable_seqscan=${scan}`,
      }),
  )
  await Promise.all([truth, ...sights].map(one => one.connect()))
})
after(async () => {
  await Promise.all([truth, ...sights].map(one => one.end()))
  await harness.stop()
})

interface Part {
  readonly holder: number
  readonly status: 'sent' | 'acknowledged' | 'accepted' | 'declined' | 'revoked'
  readonly from: number
  readonly to: number
  readonly due: number
  readonly ended: boolean
  readonly hidden: 'nobody' | 'tobias' | 'celeste' | 'all'
  readonly state: 'open' | 'done'
  readonly stopped: boolean
}
const part = fc.record<Part>({
  holder: fc.nat(2),
  status: fc.constantFrom('sent', 'acknowledged', 'accepted', 'declined', 'revoked'),
  from: fc.nat(2),
  to: fc.nat(2),
  // Hours from now: over, today, and after that.
  due: fc.integer({ min: -120, max: 60 }),
  ended: fc.boolean(),
  hidden: fc.constantFrom('nobody', 'nobody', 'nobody', 'tobias', 'celeste', 'all'),
  state: fc.constantFrom('open', 'open', 'done'),
  stopped: fc.boolean(),
})

const run = (text: string, values: unknown[] = []) => truth.query(text, values)
/** A case of each part, with one referral, one action, one clock. */
async function make(parts: readonly Part[]): Promise<void> {
  await run('set session_replication_role = replica')
  for (const table of ['referrals.referral', 'care.action', 'cases.clock', 'policy.case_access', 'policy.case_hidden'])
    await run(`delete from ${table}`)
  await run('delete from cases.folder')
  for (const [i, one] of parts.entries()) {
    const { rows } = await run(
      `insert into cases.folder (id, country, reference, status, identification, holder, agency, key_slot, made_by)
       values (gen_random_uuid(), 'XSA', $1, 'opened', 'pending', $2, $3, $4, $5) returning id`,
      [`W${i}`, [unit, unit, other][one.holder], other, i, senders[one.from]],
    )
    const id = rows[0].id
    const referral = (await run('select gen_random_uuid() as id')).rows[0].id
    const access = `insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, accepted, until)
      values ($1, $2, $3, $4, $5, 65, $6, now() + $7 * interval '1 hour')`
    await run(access, [[unit, unit, other][one.holder], id, 'holder', id, 65, false, 9999])
    if (one.status !== 'revoked')
      await run(access, [bodies[one.to], id, 'share', referral, 65, one.status === 'accepted', one.ended ? -1 : 9999])
    const due = new Date(Date.now() + one.due * 3_600_000 + i)
    await run(
      `insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation,
         urgency, status, consent_id, shared, due_at, warn_at, answered_at)
       values ($1, $2, 'XSA', 'service', 'food', $3, $4, $5, 'urgent', $6, gen_random_uuid(), 65, $7, now(),
         case when $6 in ('accepted', 'declined') then $7::timestamptz end)`,
      [referral, id, one.from === 2 ? other : unit, senders[one.from], bodies[one.to], one.status, due],
    )
    await run(
      `insert into care.action (id, case_id, plan_id, service, owner, organisation_id, due_on, state, sealed, by_account)
       values (gen_random_uuid(), $1, gen_random_uuid(), 'food', 'provider', $2, current_date - 40 + $3::int, $4, '\\x00', $5)`,
      [id, bodies[one.to], i, one.state, accountId('dalia')],
    )
    await run(
      `insert into cases.clock (id, case_id, kind, starts_at, warn_at, due_at, stopped_at)
       values (gen_random_uuid(), $1, 'reasonable-grounds', now() - interval '9 days', $2::timestamptz - interval '20 hours', $2,
         case when $3 then now() end)`,
      [id, due, one.stopped],
    )
    if (one.hidden === 'nobody') continue
    await run('set session_replication_role = origin')
    await run(
      `insert into policy.case_hidden (case_id, basis, basis_id, account_id) values ($1, $2, gen_random_uuid(), $3)`,
      one.hidden === 'all' ? [id, 'sealed', null] : [id, 'conflict', accountId(one.hidden)],
    )
    await run('set session_replication_role = replica')
  }
  await run('set session_replication_role = origin')
}

const actorOf = (key: PersonKey): Actor => {
  const { role, body } = people.find(one => one.key === key)!
  const user = accountId(key)
  return {
    ...{ user, role, organisation: organisationId(body), country: 'XSA', assignment: user, session: user },
    ...{ purpose: purposesOf[role][0], strength: 2, provenAt: new Date() },
  }
}

const waits = `status = any ('{sent,acknowledged}'::text[])`
/** What each statement would say that goes through every row of its table: ids in their order. */
async function plainly(
  seen: pg.Client,
  { role, user, organisation }: Actor,
  now: Date,
  end: Date,
  until: string,
  limit: number,
) {
  const ids = async (from: pg.Client, text: string, values: unknown[]) =>
    (await from.query<{ id: string }>(text, values)).rows.map(row => row.id)
  /** Of what was found without the fence, what it shows. */
  const shown = async (table: string, found: readonly string[], more: string) => {
    const visible = new Set(
      await ids(
        seen,
        `select t.id from ${table} t join cases.folder f on f.id = t.case_id where t.id = any ($1::uuid[]) ${more}`,
        [found],
      ),
    )
    return found.filter(one => visible.has(one))
  }
  const answers = ['intake', 'provider', 'shelter-manager'].includes(role)
  const by = role === 'intake' ? ['from_organisation', organisation] : ['from_account', user]
  const asked = await ids(
    seen,
    `select id from referrals.referral where to_organisation = $1 and ${waits} order by due_at, id limit $2`,
    [organisation, limit],
  )
  const standing = new Set(
    await ids(
      seen,
      `select a.basis_id as id from policy.case_access a join cases.folder f on f.id = a.case_id
       where a.basis = 'share' and a.until > now()`,
      [],
    ),
  )
  return {
    referral: answers ? asked.filter(one => standing.has(one)) : [],
    unanswered: ['officer', 'intake', 'coordinator'].includes(role)
      ? await ids(
          seen,
          `select id from referrals.referral where ${by[0]} = $1 and ${waits} and due_at < $2 order by due_at, id limit $3`,
          [by[1], now, limit],
        )
      : [],
    answer: [
      ...(['officer', 'coordinator'].includes(role)
        ? await ids(
            seen,
            `select id from referrals.referral where ${by[0]} = $1 and status = 'accepted'
               and answered_at >= $2 order by id desc limit $3`,
            [by[1], new Date(now.getTime() - 3 * 86_400_000), limit],
          )
        : []),
      // Nobody else is asked in these worlds, and none of the cases is closed: every no still waits for somebody to go on.
      ...(['officer', 'intake', 'coordinator'].includes(role)
        ? await ids(
            seen,
            `select id from referrals.referral where ${by[0]} = $1 and status = 'declined' order by answered_at desc limit $2`,
            [by[1], limit],
          )
        : []),
    ],
    asked: ['provider', 'shelter-manager'].includes(role)
      ? await shown(
          'care.action',
          await ids(
            truth,
            `select id from care.action where organisation_id = $1 and state = 'open' and due_on <= $2
             order by due_on limit $3`,
            [organisation, until, limit],
          ),
          `and f.status = 'opened'`,
        )
      : [],
    clock: ['intake', 'decision-maker'].includes(role)
      ? await shown(
          'cases.clock',
          await ids(
            truth,
            `select c.id from cases.clock c join cases.folder f on f.id = c.case_id where f.holder = $1
               and c.stopped_at is null and c.paused_at is null and c.due_at < $2 and c.warn_at <= $3
             order by c.due_at limit $4`,
            [organisation, end, now, limit],
          ),
          '',
        )
      : [],
  }
}

/** Compares what everybody is told with the plain statements; answers how much there was. */
async function compare(limit: number): Promise<number> {
  let found = 0
  for (const seen of sights)
    for (const key of cast) {
      const actor = actorOf(key)
      const now = new Date()
      const horizon = { ...horizonOf(harness.services, 'XSA', now, 0), limit }
      await seen.query(openText(fenceOf(actor), false))
      try {
        const read = new Read(seen)
        const all = [
          ...(await referralsWaiting(read, actor, horizon)),
          ...(await careWaiting(read, actor, horizon)),
          ...(await casesWaiting(read, actor, horizon)),
        ]
        const plain = await plainly(seen, actor, now, horizon.end, horizon.until, limit)
        for (const [kind, ids] of Object.entries(plain)) {
          // The clocks of a coordinator are of their own cases, and found as they were.
          const told = all.filter(one => one.kind === kind && (kind !== 'clock' || actor.role !== 'coordinator'))
          assert.deepEqual(
            told.map(one => one.id),
            ids,
            `${key}: ${kind}`,
          )
          found += ids.length
        }
      } finally {
        await seen.query('rollback')
      }
    }
  return found
}

test('the day’s list of random worlds says what plain statements say that look at every row', async () => {
  let found = 0
  const worlds = fc.array(part, { minLength: 10, maxLength: 40, size: 'max' })
  await fc.assert(
    fc.asyncProperty(worlds, fc.constantFrom(2, 5, 201), async (parts, limit) => {
      await make(parts)
      found += await compare(limit)
    }),
    { numRuns: 15 },
  )
  // How many there are is chance; that there are many is not.
  assert.ok(found > 100, `${found}`)
})

test('and of a unit with too many cases to go through them', async () => {
  const parts = fc.sample(part, { numRuns: 60, seed: 7 }).map(one => ({ ...one, holder: 0, stopped: false }))
  await make(parts)
  await run('set session_replication_role = replica')
  await run(
    `insert into cases.folder (id, country, reference, status, identification, holder, agency, key_slot, made_by)
     select gen_random_uuid(), 'XSA', 'M' || i, 'opened', 'pending', $1, $1, 1000 + i, $2 from generate_series(1, 7001) i`,
    [unit, senders[0]],
  )
  await run('set session_replication_role = origin')
  for (const limit of [3, 201]) assert.ok((await compare(limit)) > 0)
})

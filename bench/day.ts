import pg from 'pg'
import { tasks } from '#capabilities/tasks/contract.ts'
import { openText, Read } from '#platform/db/context.ts'
import { fenceOf } from '#platform/http/fence.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { purposesOf } from '#platform/policy/roles.ts'
import { allWaiting, horizonOf } from '../src/capabilities/tasks/server/waiting.ts'
import { startHarness } from '../tests/harness/harness.ts'
import { openedCase, putInCharge } from '../tests/harness/make.ts'
import { accountId, organisationId, type PersonKey, people } from '../tools/demonstration/people.ts'

// The day's list of people of several roles, whole requests in one process, where everything of every case is due: 200,000
// open cases of one unit, 500 of one coordinator, a quarter referred to one shelter, half of that unanswered. Beside it the
// statements of the same list behind the policies, and as a role that no policy binds (the floor), turn by turn on a
// connection each. `--cases=20000` for a shorter look.
const option = process.argv.find(one => one.startsWith('--cases='))?.split('=')[1]
const count = Number(option ?? 200_000)
const unit = organisationId('counter-trafficking-unit')
const shelter = organisationId('samaan-house')
const [dalia, bastien, ines, marisol] = (['dalia', 'bastien', 'ines', 'marisol'] as const).map(accountId)

const harness = await startHarness()
// As the pools of the server do, on both sides.
const asPools = { options: '-c plan_cache_mode=force_generic_plan', pipeline: true }
const client = new pg.Client({ ...asPools, connectionString: harness.database.url('super') })
const fenced = new pg.Client({ ...asPools, connectionString: harness.database.url('app') })
try {
  await Promise.all([client.connect(), fenced.connect()])
  await putInCharge(harness, await openedCase(harness))
  process.stderr.write(`Filling ${count} cases …\n`)
  await fill()
  const lines = []
  for (const who of ['dalia', 'tobias', 'rufus', 'celeste', 'marisol', 'wren', 'petra'] as const)
    for (const what of ['today', 'a week', 'count'] as const) lines.push(await timed(who, what))
  process.stdout.write(`The day's list at ${count} open cases\n`)
  console.table(lines)
} finally {
  await Promise.all([client.end(), fenced.end()])
  await harness.stop()
}

async function timed(who: PersonKey, what: 'today' | 'a week' | 'count') {
  const { call } = await harness.as(who)
  const ask = async () =>
    what === 'count'
      ? (await call(tasks.count, {})).due
      : (await call(tasks.today, { query: { ahead: what === 'today' ? '0' : '7' } })).items.length
  const took: number[] = []
  let items = 0
  for (let round = 0; round < 45; round++) {
    const from = performance.now()
    items = await ask()
    if (round >= 5) took.push(performance.now() - from)
  }
  took.sort((a, b) => a - b)
  // The least is what a machine that does nothing else would answer in.
  const line = {
    who,
    what,
    items,
    'least ms': digits(took[0]!),
    'p50 ms': digits(took[took.length >> 1]!),
    'p95 ms': digits(took[took.length - 2]!),
  }
  return what === 'count' ? line : { ...line, ...(await statementsOf(who, what === 'today' ? 0 : 7)) }
}
function digits(ms: number): number {
  return Number(ms.toFixed(1))
}

async function statementsOf(who: PersonKey, ahead: number) {
  const { role, body } = people.find(one => one.key === who)!
  const user = accountId(who)
  const actor: Actor = {
    ...{ user, role, organisation: organisationId(body), country: 'XSA', assignment: user, session: user },
    ...{ purpose: purposesOf[role][0], strength: 2, provenAt: new Date() },
  }
  const horizon = horizonOf(harness.services, 'XSA', new Date(), ahead)
  const sides = { floor: client, fenced }
  const took = { floor: [] as number[], fenced: [] as number[] }
  for (const side of ['floor', 'fenced'] as const) await sides[side].query(openText(fenceOf(actor), false))
  for (let round = 0; round < 25; round++)
    for (const side of ['floor', 'fenced'] as const) {
      const from = performance.now()
      await allWaiting(new Read(sides[side]), actor, horizon)
      if (round >= 5) took[side].push(performance.now() - from)
    }
  for (const side of ['floor', 'fenced'] as const) await sides[side].query('rollback')
  const [ours, floor] = [took.fenced, took.floor].map(all => all.sort((a, b) => a - b)[all.length >> 1]!)
  return { 'fenced ms': digits(ours!), 'floor ms': digits(floor!), ratio: digits(ours! / floor!) }
}

/** Rows as the work would have left them; what is sealed is never opened here. */
async function fill(): Promise<void> {
  const run = (text: string, values: unknown[] = []) => client.query(text, values)
  const lasting = `current_date + (i % 60 - 20)`
  await run('set session_replication_role = replica')
  await run(
    `create temporary table fill as select i, encode(set_byte(set_byte(decode(md5('x' || i), 'hex'), 6, 112), 8, 128), 'hex')::uuid as id
     from generate_series(1, ${count}) i`,
  )
  const charge = `case when i % 400 = 0 then $1::uuid else md5('c' || (i % 400))::uuid end`
  await run(
    `insert into cases.folder (id, country, reference, status, identification, urgency, sector, agency, holder, coordinator,
       due_at, key_slot, made_by, opened_at)
     select id, 'XSA', 'F' || i, 'opened', 'pending', case when i % 10 = 0 then 'urgent' else 'routine' end, 'agriculture', $2, $2,
       ${charge}, now() + (i % 90 - 30) * interval '1 day', 0, $3, now() from fill`,
    [dalia, unit, marisol],
  )
  const access = 'insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, accepted)'
  await run(`${access} select $1, id, 'holder', id, 65, 65, false from fill`, [unit])
  await run(`${access} select ${charge}, id, 'assigned', id, 75, 65, false from fill`, [dalia])
  await run(`${access} select $1, id, 'share', md5('r' || i)::uuid, 65, 0, i % 8 = 0 from fill where i % 4 = 0`, [
    shelter,
  ])
  await run(
    `insert into cases.clock (id, case_id, kind, starts_at, warn_at, due_at)
     select md5('k' || i)::uuid, id, 'reasonable-grounds', now() - interval '9 days', now() + (i % 90 - 31) * interval '1 day',
       now() + (i % 90 - 30) * interval '1 day' from fill`,
  )
  await run(
    `insert into care.follow_up (id, case_id, kind, due_on, by_account) select md5('f' || i)::uuid, id, 'contact', ${lasting}, $1 from fill`,
    [dalia],
  )
  await run(
    `insert into care.safety_plan (case_id, level, review_on, sealed, by_account)
     select id, 'high', current_date + (i % 30 - 3), '\\x00', $1 from fill`,
    [dalia],
  )
  await run(
    `insert into care.plan (id, case_id, number, state, sealed, by_account)
     select md5('p' || i)::uuid, id, 1, 'draft', '\\x00', $1 from fill where i % 4 = 0`,
    [dalia],
  )
  await run(
    `insert into care.action (id, case_id, plan_id, service, owner, organisation_id, due_on, sealed, by_account)
     select md5('a' || i)::uuid, id, md5('p' || i)::uuid, 'food', 'provider', $2, ${lasting}, '\\x00', $1 from fill where i % 4 = 0`,
    [dalia, shelter],
  )
  const task = (mark: string, role: string, account: string, some: string, values: unknown[]) =>
    run(
      `insert into tasks.task (id, country, case_id, kind, organisation_id, role, account_id, due_on, urgency, made_by)
       select md5('${mark}' || i)::uuid, 'XSA', id, 'contact', $2, '${role}', ${account}, ${lasting}, 'urgent', $1 from fill ${some}`,
      values,
    )
  await task('t', 'coordinator', 'case when i % 400 = 0 then $1::uuid else $3::uuid end', '', [dalia, unit, bastien])
  await task('s', 'shelter-manager', 'null', 'where i % 40 = 0', [dalia, shelter])
  await task('u', 'intake', 'null', 'where i % 40 = 0', [dalia, unit])
  await run(
    `insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation,
       urgency, status, consent_id, shared, due_at, warn_at, answered_at)
     select md5('r' || i)::uuid, id, 'XSA', 'service', 'food', $2, $1, $3, 'urgent',
       case when i % 8 = 0 then 'accepted' else 'sent' end, gen_random_uuid(), 65, now() + (i % 9 - 4) * interval '1 day', now(),
       case when i % 8 = 0 then now() - (i % 900) * interval '1 day' end from fill where i % 4 = 0`,
    [dalia, unit, shelter],
  )
  await run(
    `insert into cases.decision (id, case_id, kind, outcome, elements, sealed_reasons, state, by_account, stage, organisation_id)
     select md5('d' || i)::uuid, id, 'reasonable-grounds', 'negative', '{}', '\\x00', 'proposed', $1, 'reasonable-grounds', $2
     from fill where i % 1000 = 0`,
    [ines, unit],
  )
  await run('set session_replication_role = origin')
  await run('vacuum (analyze)')
}

import pg from 'pg'
import { mostCounted } from '#platform/contract/shapes.ts'
import { nameSearchTerms } from '#platform/crypto/name-terms.ts'
import { db, sql } from '#platform/db/builder.ts'
import { type Fence, openText, Read } from '#platform/db/context.ts'
import { ceilingOf } from '#platform/policy/ceiling.ts'
import { bit } from '#platform/policy/compartments.ts'
import type { Role } from '#platform/policy/roles.ts'
import { count, list, search } from '../src/capabilities/cases/server/store.ts'
import { list as listReferrals } from '../src/capabilities/referrals/server/store.ts'
import { list as listScreenings } from '../src/capabilities/screening/server/store.ts'
import { startHarness } from '../tests/harness/harness.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { familyNames } from './invented.ts'
import { load } from './load.ts'
import { Plan } from './plan.ts'

// What row-level security adds to lists, counts and searches: every statement as the application's role behind the
// policies, beside the same statement as a role that no policy binds (the floor), turn by turn in one run.
// `--cases=20000` for a shorter look; `--plans` prints each plan.
const option = (name: string) => process.argv.find(one => one.startsWith(`--${name}`))?.split('=')
const cases = Number(option('cases')?.[1] ?? 200_000)
const users = 2000
const unit = organisationId('counter-trafficking-unit')
const shelter = organisationId('samaan-house')

// As the pools of the server do, on both sides.
const plannedOnce = '-c plan_cache_mode=force_generic_plan'
const harness = await startHarness()
const whole = new pg.Client({ connectionString: harness.database.url('super'), options: plannedOnce })
const fenced = new pg.Client({ connectionString: harness.database.url('app'), options: plannedOnce })

/** Coordinators with 500 cases each, 2,000 referrals to the shelter, and what is hidden or opened without a place. */
async function furnish(held: readonly string[]): Promise<void> {
  const dalia = accountId('dalia')
  const shared = bit.ID | bit.STA
  const every = (step: number, most: number) => held.filter((_, at) => at % step === 0).slice(0, most)
  await whole.query('set session_replication_role = replica')
  const hers = every(Math.max(1, Math.floor(held.length / 500)), 500)
  await whole.query('update cases.folder set coordinator = $1 where id = any ($2::uuid[])', [dalia, hers])
  await whole.query(
    `insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
     select $1, id, 'assigned', id, 79, 67 from unnest($2::uuid[]) id`,
    [dalia, hers],
  )
  await whole.query(
    `with given as (select id, gen_random_uuid() as referral from unnest($1::uuid[]) id),
     sent as (insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation,
       urgency, status, consent_id, shared, due_at, warn_at, sent_at)
       select referral, id, 'XSA', 'service', 'safe-accommodation', $2, $3, $4, 'routine', 'accepted', gen_random_uuid(), $5, now(), now(), now() from given)
     insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared)
     select $4, id, 'share', referral, $5, 0 from given`,
    [every(Math.max(1, Math.floor(held.length / 2000)), 2000), unit, dalia, shelter, shared],
  )
  await whole.query('set session_replication_role = origin')
  await whole.query(
    `insert into policy.case_hidden (case_id, basis, basis_id, account_id)
     select id, case when n % 2 = 0 then 'sealed' else 'conflict' end, gen_random_uuid(),
       case when n % 2 = 1 then case when n % 4 = 1 then $2::uuid else $3::uuid end end
     from unnest($1::uuid[]) with ordinality as t (id, n)`,
    [every(Math.max(1, Math.floor(held.length / 600)), 600), accountId('tobias'), accountId('celeste')],
  )
  await whole.query(
    `insert into policy.case_glimpse (principal, case_id, basis, basis_id, compartments, until)
     select $2, id, 'break-glass', gen_random_uuid(), 1, now() + interval '1 hour' from unnest($1::uuid[]) id`,
    [every(5, 40), accountId('rufus')],
  )
  await whole.query('vacuum (analyze)')
}

interface Question {
  readonly what: string
  /** An account. */
  readonly who: string
  readonly role: Role
  readonly organisation: string
  readonly ask: (read: Read) => Promise<readonly unknown[]>
}
function questions(officer: string): Question[] {
  const intake = { who: accountId('tobias'), role: 'intake', organisation: unit } as const
  const hers = { who: accountId('dalia'), role: 'coordinator', organisation: unit } as const
  const house = { who: accountId('celeste'), role: 'shelter-manager', organisation: shelter } as const
  const terms = (text: string) =>
    nameSearchTerms(text).map(group => group.map(term => harness.services.keys.blind('name').term(term)))
  const inFull = (read: Read) =>
    read.all(db.selectFrom('cases.folder').select(sql<number>`count(*)`.as('count')).where('holder', '=', unit))
  const counted = (filter: Omit<Parameters<typeof count>[1], 'holder'>) => async (read: Read) => [
    { count: await count(read, { holder: unit, ...filter }, mostCounted + 1) },
  ]
  const limit = 26
  return [
    { what: 'list: newest of the unit', ...intake, ask: read => list(read, { holder: unit, limit }) },
    {
      what: 'list: of the unit, by status',
      ...intake,
      ask: read => list(read, { holder: unit, limit, status: 'opened' }),
    },
    {
      what: 'list: of the unit, by status and urgency',
      ...intake,
      ask: read => list(read, { holder: unit, limit, status: 'opened', urgency: 'urgent' }),
    },
    {
      what: 'list: a coordinator’s own',
      ...hers,
      ask: read => list(read, { holder: unit, limit, coordinator: accountId('dalia') }),
    },
    { what: 'list: a shelter’s referrals', ...house, ask: read => listReferrals(read, { to: shelter, limit }) },
    {
      what: 'list: an officer’s screenings',
      who: officer,
      role: 'officer',
      organisation: organisationId('labour-inspectorate'),
      ask: read => listScreenings(read, { by: officer, limit }),
    },
    {
      what: 'search: a family name, the unit',
      ...intake,
      ask: read => search(read, terms(familyNames[37]!), limit, { holder: unit }),
    },
    {
      what: 'search: half a name, a coordinator’s own',
      ...hers,
      ask: read =>
        search(read, terms(familyNames[37]!.slice(0, 4)), limit, { holder: unit, coordinator: accountId('dalia') }),
    },
    { what: 'count: of the unit', ...intake, ask: counted({}) },
    { what: 'count: of the unit, by status', ...intake, ask: counted({ status: 'opened' }) },
    {
      what: 'count: by status and identification',
      ...intake,
      ask: counted({ status: 'opened', identification: 'pending' }),
    },
    { what: 'count: a coordinator’s own', ...hers, ask: counted({ coordinator: accountId('dalia') }) },
    // Nothing in the product counts to the end; for comparison.
    { what: '(count of the unit to the end)', ...intake, ask: inFull },
  ]
}

async function compare({ what, who, role, organisation, ask }: Question) {
  const settings: Fence = {
    user: who,
    principals: [who, organisation],
    organisation,
    compartments: ceilingOf[role],
    country: 'XSA',
    role,
  }
  await fenced.query(openText(settings, false))
  const sides = { fenced: new Read(fenced), floor: new Read(whole) }
  const took = { fenced: [] as number[], floor: [] as number[] }
  const rows = { fenced: 0, floor: 0 }
  for (let round = 0; round < 60; round++)
    for (const side of ['floor', 'fenced'] as const) {
      const from = performance.now()
      const answer = await ask(sides[side])
      // The first rounds plan.
      if (round >= 10) took[side].push(performance.now() - from)
      rows[side] = answer.length === 1 ? Number((answer[0] as { count?: number }).count ?? 1) : answer.length
    }
  if (option('plans')) process.stdout.write(`\n${what}\n${(await ask(new Plan(fenced))).join('\n')}\n`)
  await fenced.query('rollback')
  const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!
  const [ours, floor] = [median(took.fenced), median(took.floor)]
  const digits = (ms: number) => Number(ms.toFixed(2))
  return {
    what,
    rows: rows.fenced,
    'floor ms': digits(floor),
    'fenced ms': digits(ours),
    'added ms': digits(ours - floor),
    ratio: digits(ours / floor),
  }
}

try {
  await Promise.all([whole.connect(), fenced.connect()])
  process.stderr.write(`Filling ${cases} cases …\n`)
  const { held } = await load(
    harness.database.url('super'),
    harness.services.keys,
    { held: cases, waiting: 0, officers: users },
    async () => {},
  )
  await furnish(held)
  const { rows } = await whole.query<{ by_account: string }>('select by_account from screening.screening limit 1')
  const lines = []
  for (const one of questions(rows[0]!.by_account)) lines.push(await compare(one))
  process.stdout.write(
    `${cases} cases of one unit, ${users} users, 300 sealed, 300 closed to somebody, 40 opened in an emergency\n`,
  )
  console.table(lines)
} finally {
  await Promise.all([whole.end(), fenced.end()])
  await harness.stop()
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { getRequestListener } from '@hono/node-server'
import pg from 'pg'
import { hashToken } from '#platform/crypto/hash.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { pool } from '#platform/db/context.ts'
import { staffApp } from '#platform/http/app.ts'
import { startHarness } from '../tests/harness/harness.ts'
import { openedCase, putInCharge } from '../tests/harness/make.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import type { Lanes } from './lanes.ts'

// Figure 4 of referrals: who fits a person among 5,000 services of one kind, and a shelter's inbox of 10,000 referrals at 16
// connections, each beside a floor of the same work: a token looked up, a transaction with the settings of row-level security, the
// same statement on tables of the same shape, one audit row. Both sides answer over HTTP on loopback, in this process and on the same PostgreSQL, turn by turn; who asks is a thread of its own.
const services = 5000
const inbox = 10_000
const connections = 16
const rounds = 3
const seconds = 4
const house = organisationId('samaan-house')
/** What a list shows, with the names of who asks and who is asked. */
const floorInbox = `select r.id, r.case_id, r.kind, r.service, r.urgency, r.status, r.place, r.shared, r.version, r.from_organisation, r.to_organisation,
    r.sent_at, r.warn_at, r.due_at, r.answered_at, f.reference, a.name as from_name, b.name as to_name
  from floor.referral r left join floor.folder f on f.id = r.case_id
  join floor.organisation a on a.id = r.from_organisation join floor.organisation b on b.id = r.to_organisation
  where r.to_organisation = $1 order by r.id desc limit 51`
/** Everything that ours measures, as columns, and what they weigh together. */
const floorMatch = `select s.*, o.name, w.* from floor.service s join floor.organisation o on o.id = s.organisation_id
  cross join (select extract(isodow from now() at time zone 'America/Port_of_Spain')::int as day,
    to_char(now() at time zone 'America/Port_of_Spain', 'HH24:MI') as clock) n
  cross join (select * from floor.person limit 1) m
  left join floor.place p on p.service_id = s.id and p.kind in ($3, 'anybody')
  left join floor.pace q on q.organisation_id = s.organisation_id
  cross join lateral (select
    (s.min_age is null or m.age >= s.min_age) and (s.max_age is null or m.age <= s.max_age) as for_age,
    s.sexes = '{}' or m.sex = any (s.sexes) as for_sex,
    s.nationalities = '{}' or m.nationality = any (s.nationalities) as for_nationality,
    $2 = any (s.languages) as speaks, p.free > 0 as has_place, s.area = m.area as near, s.organisation_id = any (m.agreed) as agreed,
    s.organisation_id = any (m.asked) as asked, q.minutes <= 1440 as quick,
    s.hours is null or exists (select 1 from jsonb_array_elements(s.hours) h
      where h -> 'days' @> to_jsonb(n.day) and h ->> 'from' <= n.clock and n.clock < h ->> 'to') as open) w
  where s.kind = $1
  order by (not w.for_age)::int * -64 + (not w.for_sex)::int * -64 + (not w.for_nationality)::int * -64 + w.asked::int * -32
    + (case when w.agreed then 8 else -8 end) + coalesce(case when w.has_place then 6 else -6 end, 0) + (case when w.speaks then 3 else -2 end)
    + coalesce(case when w.near then 2 else -2 end, 0) + (case when w.open then 1 else -1 end) + coalesce(case when w.quick then 0.4 else -0.4 end, 0) desc,
    o.name limit 20`

const harness = await startHarness()
const client = new pg.Client({ connectionString: harness.database.url('super') })
await client.connect()
const floorPool = new pg.Pool({ connectionString: harness.database.url('super'), max: 12 })
// As many connections as the server has by itself.
const { poolSize } = harness.services.config
const serverPool = pool(harness.database.url('app'), poolSize, 'samaan', { pipeline: true, fenced: true })
const app = staffApp({ ...harness.services, pool: serverPool }, harness.bindings, 'no-build', 'bench')
const closing: (() => void)[] = []
try {
  const of = await openedCase(harness)
  await putInCharge(harness, of)
  await fill(of)
  const [dalia, celeste] = await Promise.all([harness.as('dalia'), harness.as('celeste')])
  const ours = await listen(app.fetch)
  const secret = token()
  await client.query('insert into floor.token values ($1, $2, $3)', [hashToken(secret), accountId('celeste'), house])
  const floor = await listen(floorAnswer)
  const body = JSON.stringify({ service: 'cash', urgency: 'urgent', language: 'es', place: 'woman' })
  const origin = harness.services.config.staffOrigin
  const asked = {
    match: {
      ours: {
        path: `/api/cases/${of}/fitting-services`,
        method: 'POST',
        headers: { cookie: dalia.cookie, origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body,
      },
      floor: { path: '/match', method: 'POST', headers: { authorization: secret }, body },
    },
    inbox: {
      ours: {
        path: '/api/referrals?box=inbox&limit=50',
        method: 'GET',
        headers: { cookie: celeste.cookie, 'sec-fetch-site': 'same-origin' },
      },
      floor: { path: '/inbox', method: 'GET', headers: { authorization: secret } },
    },
  } as const
  const lines = []
  for (const [what, at] of [
    ['match', 1],
    ['inbox', connections],
  ] as const) {
    const took = { ours: [] as number[], floor: [] as number[] }
    for (let round = 0; round < rounds; round++)
      for (const side of ['floor', 'ours'] as const)
        took[side].push(...(await drive(side === 'ours' ? ours : floor, asked[what][side], at, round === 0)))
    const line = (side: 'ours' | 'floor') => {
      const all = took[side].sort((a, b) => a - b)
      return {
        p50: all[all.length >> 1]!,
        p95: all[Math.floor(all.length * 0.95)]!,
        persecond: all.length / (rounds * seconds),
      }
    }
    const [mine, theirs] = [line('ours'), line('floor')]
    lines.push({
      ...{ what, connections: at, 'ours p50 ms': digits(mine.p50), 'ours p95 ms': digits(mine.p95) },
      ...{ 'floor p50 ms': digits(theirs.p50), 'floor p95 ms': digits(theirs.p95) },
      ...{
        'ours /s': digits(mine.persecond),
        'floor /s': digits(theirs.persecond),
        ratio: digits(mine.persecond / theirs.persecond),
      },
      load: loadavg()[0]!.toFixed(1),
    })
  }
  process.stdout.write(`${services} services of one kind, ${inbox} referrals to one house\n`)
  console.table(lines)
} finally {
  for (const close of closing) close()
  await floorPool.end()
  await serverPool.end()
  await client.end()
  await harness.stop()
}

function digits(one: number): number {
  return Number(one.toFixed(one < 10 ? 2 : 1))
}

interface Asked {
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}
/** @returns the port */
async function listen(answer: (request: Request) => Response | Promise<Response>): Promise<number> {
  const server = createServer(getRequestListener(answer))
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Milliseconds of each request of so many connections that never rest. Nobody asks for a compressed answer. */
async function drive(port: number, asked: Asked, at: number, warm: boolean): Promise<number[]> {
  const { path, method, headers, body = '' } = asked
  const lines = Object.entries({
    host: 'localhost:4001',
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
  })
  const text = `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
  const lanes = (milliseconds: number) =>
    new Promise<number[]>((resolve, reject) => {
      const workerData: Lanes = { port, text, connections: at, milliseconds }
      const worker = new Worker(join(import.meta.dirname, 'lanes.ts'), { workerData })
      worker.once('message', resolve)
      worker.once('error', reject)
    })
  if (warm) await lanes(2000)
  return lanes(seconds * 1000)
}

async function floorAnswer(request: Request): Promise<Response> {
  const { pathname: path } = new URL(request.url)
  const body = request.method === 'POST' ? await request.json() : undefined
  const one = await floorPool.connect()
  try {
    const found = await one.query({
      name: 'token',
      text: 'select account, agency from floor.token where hash = $1',
      values: [hashToken(request.headers.get('authorization') ?? '')],
    })
    const { account, agency } = found.rows[0]
    await one.query(
      `begin; set local role floor_app; select set_config('floor.agency', '${agency}', true), set_config('floor.country', 'XSA', true)`,
    )
    const { rows } =
      path === '/inbox'
        ? await one.query({ name: 'inbox', text: floorInbox, values: [agency] })
        : await one.query({ name: 'match', text: floorMatch, values: [body.service, body.language, body.place] })
    await one.query({
      name: 'audit',
      text: 'insert into floor.audit (id, account, operation, body) values ($1, $2, $3, $4)',
      values: [uuidv7(), account, path, JSON.stringify({ count: rows.length })],
    })
    await one.query('commit')
    return Response.json({ items: rows })
  } finally {
    one.release()
  }
}

/** Rows as the work would have left them, and the floor's own of the same numbers. */
async function fill(of: string): Promise<void> {
  const run = (text: string, values: unknown[] = []) => client.query(text, values)
  const id = (of: string) => `encode(set_byte(set_byte(decode(md5('${of}' || i), 'hex'), 6, 112), 8, 128), 'hex')::uuid`
  await run('set session_replication_role = replica')
  await run(
    `insert into directory.organisation (id, country, kind, name, competent, languages)
     select ${id('o')}, 'XSA', 'ngo', 'Organisation ' || i, false, '{en}' from generate_series(1, 1000) i`,
  )
  const hours = `'[{"days": [1,2,3,4,5], "from": "08:00", "to": "16:00"}]'::jsonb`
  const languages = `case when i % 3 = 0 then '{es,en}' else '{en}' end::text[]`
  await run(
    `insert into directory.service (id, organisation_id, kind, languages, area, sexes, min_age, max_age, hours)
     select ${id('s')}, encode(set_byte(set_byte(decode(md5('o' || (i % 1000 + 1)), 'hex'), 6, 112), 8, 128), 'hex')::uuid, 'cash',
       ${languages}, case when i % 4 = 0 then 'claro' end, case when i % 5 = 0 then '{female}' else '{}' end::text[],
       case when i % 6 = 0 then 18 end, case when i % 7 = 0 then 60 end, case when i % 2 = 0 then ${hours} end
     from generate_series(1, ${services}) i`,
  )
  await run(
    `insert into directory.place (service_id, kind, total, free) select ${id('s')}, 'anybody', 5, i % 3 from generate_series(1, ${services}) i where i % 2 = 0`,
  )
  await run(
    `insert into cases.folder (id, country, reference, status, identification, urgency, agency, key_slot, made_by)
     select ${id('c')}, 'XSA', 'B' || i, 'opened', 'pending', 'routine', $1, 0, $2 from generate_series(1, ${inbox}) i`,
    [organisationId('labour-inspectorate'), accountId('marisol')],
  )
  await run(
    `insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation, urgency, status,
       consent_id, shared, due_at, warn_at, sent_at, answered_at)
     select ${id('r')}, ${id('c')}, 'XSA', 'service', 'cash', $1, $2, $3, 'routine',
       case when i % 4 = 0 then 'sent' else 'accepted' end, c.id, 65, now(), now(), now() - (i % 200) * interval '1 day',
       case when i % 4 > 0 then now() - (i % 200) * interval '1 day' + interval '3 hours' end
     from generate_series(1, ${inbox}) i, (select id from consent.record where case_id = $4 limit 1) c`,
    [organisationId('labour-inspectorate'), accountId('marisol'), house, of],
  )
  await run(
    `insert into policy.case_access (principal, case_id, basis, basis_id, compartments, shared, accepted)
     select $1, ${id('c')}, 'share', ${id('r')}, 65, 0, i % 4 > 0 from generate_series(1, ${inbox}) i`,
    [house],
  )
  await run('set session_replication_role = origin')
  await run(`
    create schema floor;
    do $$ begin create role floor_app; exception when duplicate_object then null; end $$;
    create table floor.token (hash bytea primary key, account uuid, agency uuid);
    create table floor.audit (id uuid primary key, at timestamptz default now(), account uuid, operation text, body jsonb);
    create table floor.organisation as select id, country, name from directory.organisation;
    create table floor.folder as select id, country, reference from cases.folder;
    create table floor.referral as select * from referrals.referral;
    create table floor.service as select s.*, 'XSA' as country from directory.service s;
    create table floor.place as select * from directory.place;
    create table floor.pace as select to_organisation as organisation_id, 180 as minutes from referrals.referral group by 1;
    create table floor.person as select 30 as age, 'female' as sex, 'VEN' as nationality, 'claro' as area, '{}'::uuid[] as agreed, '{}'::uuid[] as asked;
    create index on floor.referral (to_organisation, id desc);
    create unique index on floor.folder (id); create unique index on floor.organisation (id);
    create index on floor.service (kind); create index on floor.place (service_id); create index on floor.pace (organisation_id);
    do $$ declare one text; begin foreach one in array array['organisation', 'folder', 'service'] loop
      execute format('alter table floor.%I enable row level security', one);
      execute format('create policy country on floor.%I to floor_app using (country = (select current_setting(''floor.country'', true)))', one);
    end loop; end $$;
    alter table floor.referral enable row level security; alter table floor.audit enable row level security;
    create policy agency on floor.referral to floor_app using (to_organisation = (select current_setting('floor.agency', true))::uuid);
    create policy everybody on floor.audit to floor_app with check (true);
    grant usage on schema floor to floor_app; grant select on all tables in schema floor to floor_app; grant insert on floor.audit to floor_app;
    grant floor_app to current_user`)
  await run('vacuum (analyze)')
}

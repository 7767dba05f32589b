import pg from 'pg'
import { hashToken } from '#platform/crypto/hash.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { type Columns, insertAll } from './fill.ts'
import { type InventedCase, story } from './invented.ts'

const tables = `
create extension pg_trgm;
create table token (
  hash bytea primary key, account uuid not null, agency uuid not null, role text not null, ends_at timestamptz not null
);
create table record (
  id uuid primary key, country text not null, reference text not null, status text not null, identification text not null,
  urgency text not null, child boolean not null, sector text, agency uuid not null, name text not null, phone text,
  made_by uuid not null, made_at timestamptz not null default now(), form jsonb not null
);
create index record_list on record (agency, status, urgency, id desc);
create index record_name on record using gin (name gin_trgm_ops);
create table history (
  id uuid primary key, case_id uuid not null references record (id), agency uuid not null,
  at timestamptz not null default now(), event text not null, account uuid not null
);
create index history_case on history (case_id, at);
create table referral (
  id uuid primary key, case_id uuid not null references record (id), agency uuid not null, to_agency uuid not null,
  kind text not null, service text, urgency text not null, status text not null, message text,
  sent_at timestamptz not null default now(), due_at timestamptz not null, made_by uuid not null
);
create index referral_case on referral (case_id, id desc);
create table audit (
  id uuid primary key, at timestamptz not null default now(), account uuid not null, agency uuid not null,
  operation text not null, case_id uuid, body jsonb not null
);
create index audit_case on audit (case_id, at);
do $$ declare one text; begin
  foreach one in array array['record', 'history', 'referral', 'audit'] loop
    execute format('alter table %I enable row level security', one);
    execute format('alter table %I force row level security', one);
    execute format('create policy agency on %I to floor_app using (agency = (select current_setting(''floor.agency'', true))::uuid) with check (agency = (select current_setting(''floor.agency'', true))::uuid)', one);
  end loop;
end $$;
grant select on token to floor_app;
grant select, insert on record, history, referral, audit to floor_app;`

const recordColumns: Columns = {
  ...{ id: 'uuid', country: 'text', reference: 'text', status: 'text', identification: 'text', urgency: 'text' },
  ...{ child: 'boolean', sector: 'text', agency: 'uuid', name: 'text', phone: 'text', made_by: 'uuid' },
  ...{ made_at: 'timestamptz', form: 'jsonb' },
}
const historyColumns: Columns = {
  id: 'uuid',
  case_id: 'uuid',
  agency: 'uuid',
  at: 'timestamptz',
  event: 'text',
  account: 'uuid',
}
const referralColumns: Columns = {
  ...{ id: 'uuid', case_id: 'uuid', agency: 'uuid', to_agency: 'uuid', kind: 'text', service: 'text', urgency: 'text' },
  ...{ status: 'text', message: 'text', sent_at: 'timestamptz', due_at: 'timestamptz', made_by: 'uuid' },
}

/** The form of about one kilobyte that stands in a case's row. */
export const formOf = (one: InventedCase) => ({
  ...{ language: 'es', interpreter: 'none', placeSafe: true, danger: false, childSaid: one.child ? 'yes' : 'no' },
  ...{
    signs: ['papers-with-other', 'watched', 'owes-money'],
    answers: { papers: 'yes', freedom: 'no', debt: 'unknown' },
  },
  ...{ worried: true, givenName: one.givenName, familyName: one.familyName, phone: one.phone, age: 24, sex: 'male' },
  story,
})

export interface FloorDatabase {
  readonly url: string
  readonly token: string
  readonly agency: string
  readonly fill: (cases: readonly InventedCase[]) => Promise<void>
  readonly ready: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A database of the floor's own beside ours, in the same PostgreSQL, with a login that owns nothing. */
export async function floorDatabase(superUrl: string): Promise<FloorDatabase> {
  const password = token(24)
  const address = (name: string) => Object.assign(new URL(superUrl), { pathname: `/${name}` })
  const first = new pg.Client({ connectionString: superUrl })
  await first.connect()
  await first.query(`create role floor_app login password '${password}'`)
  await first.query('create database floor')
  await first.end()
  const client = new pg.Client({ connectionString: address('floor').href })
  // Our server ends PostgreSQL when it stops; that is no failure then.
  client.on('error', () => {})
  await client.connect()
  await client.query(tables)
  const secret = token()
  const account = uuidv7()
  const agency = uuidv7()
  const other = uuidv7()
  await client.query(`insert into token values ($1, $2, $3, 'intake', now() + interval '12 hours')`, [
    hashToken(secret),
    account,
    agency,
  ])
  await client.query('set session_replication_role = replica; set synchronous_commit = off')
  const fill = async (cases: readonly InventedCase[]) => {
    const records = cases.map(one => [
      ...[one.id, 'XSA', one.reference, one.status, 'pending', one.urgency, one.child, one.sector, agency],
      ...[`${one.givenName} ${one.familyName}`, one.phone, account, one.madeAt, JSON.stringify(formOf(one))],
    ])
    await insertAll(client, 'record', recordColumns, records)
    const events = cases.flatMap(one =>
      ['recorded', 'referred', 'accepted', 'opened'].map(event => [
        uuidv7(),
        one.id,
        agency,
        one.madeAt,
        event,
        account,
      ]),
    )
    await insertAll(client, 'history', historyColumns, events)
    const referrals = cases
      .filter(one => one.referred)
      .map(one => [
        ...[
          uuidv7(),
          one.id,
          agency,
          other,
          'service',
          'safe-accommodation',
          one.urgency,
          'sent',
          'A bed for tonight.',
        ],
        ...[one.madeAt, one.madeAt, account],
      ])
    await insertAll(client, 'referral', referralColumns, referrals)
  }
  const url = Object.assign(address('floor'), { username: 'floor_app', password }).href
  const ready = async () => {
    await client.query('vacuum (analyze)')
  }
  return { url, token: secret, agency: other, fill, ready, close: () => client.end() }
}

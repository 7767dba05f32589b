import assert from 'node:assert/strict'
import pg from 'pg'
import { sequence } from '#platform/audit/sequencer.ts'
import { auditVerdict } from '#platform/audit/verify.ts'
import { client } from '#platform/contract/client.ts'
import { hashToken } from '#platform/crypto/hash.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { cookieName } from '#platform/http/session.ts'
import { auditLog } from '#platform/jobs/jobs.ts'
import { purposesOf, type Role } from '#platform/policy/roles.ts'
import { organisationId } from '../../tools/demonstration/people.ts'
import { type Harness, startHarness } from '../harness/harness.ts'
import type { World } from './network.ts'

/** Somebody of a schedule, with a session on a desk or on their phones. */
export interface Person {
  readonly account: string
  readonly assignment: string
  readonly organisation: string
  readonly body: string
  readonly role: Role
  readonly cookie: string
}
export type Ask = (path: string, init: RequestInit) => Promise<Response>

/** A whole server with a database of its own, on which one schedule after the other is played. */
export interface Lane {
  readonly harness: Harness
  /** As superuser: sees and does everything. */
  readonly all: <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>
  readonly person: (role: Role, body: string) => Promise<Person>
  /** By the clock of a schedule. */
  readonly ask: (world: World) => Ask
  /** The same, going down over a parcel: what it did is done, and what became of it is not written. */
  readonly dying: (world: World) => Ask
  /** Commands and queries over a network that is good. */
  readonly callAs: (world: World, person: Person) => ReturnType<typeof client>
  readonly stop: () => Promise<void>
}

/** The database is gone when a parcel of these devices would be noted. */
const dies = `create table public.dying (device uuid);
  create function public.die() returns trigger language plpgsql security definer as $$ begin
    if exists (select 1 from public.dying where device = new.device_id) then
      raise exception using errcode = '57P01', message = 'away';
    end if;
    return new;
  end $$;
  create trigger die before insert or update on sync.parcel for each row execute function public.die()`

export async function startLane(): Promise<Lane> {
  const harness = await startHarness()
  const admin = new pg.Client({ connectionString: harness.database.url('super') })
  await admin.connect()
  const all = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await admin.query(text, [...values])).rows as Row[]
  const ask =
    (world: World): Ask =>
    (path, init) => {
      harness.setNow(new Date(world.now))
      return harness.fetch(path, init)
    }
  await admin.query(dies)
  return {
    harness,
    all,
    ask,
    dying: world => async (path, init) => {
      const device = /^Device (\S+)\./.exec(new Headers(init.headers).get('authorization') ?? '')?.[1]
      if (!device) return ask(world)(path, init)
      await all('insert into public.dying values ($1)', [device])
      const answer = await ask(world)(path, init)
      await all('delete from public.dying where device = $1', [device])
      return answer
    },
    async person(role, body) {
      const [account, assignment, secret] = [uuidv7(), uuidv7(), token()]
      const organisation = organisationId(body)
      await all(`insert into auth.account (id, name, email, language, status) values ($1, $2, $3, 'en', 'active')`, [
        account,
        `Somebody ${account.slice(-4)}`,
        `${account}@santa-aurelia.example`,
      ])
      await all(
        `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, $4, 'XSA')`,
        [assignment, account, organisation, role],
      )
      await all(
        `insert into auth.session (id, token_hash, account_id, assignment_id, purpose, strength, ends_at, device)
         values ($1, $2, $3, $4, $5, 2, now() + interval '12 hours', 'test')`,
        [uuidv7(), hashToken(secret), account, assignment, purposesOf[role][0]],
      )
      return { account, assignment, organisation, body, role, cookie: `${cookieName}=${secret}` }
    },
    callAs: (world, person) => client(asPerson(ask(world), person) as typeof fetch, () => 'en'),
    async stop() {
      await admin.end()
      await harness.stop()
    },
  }
}

/** The same requests with a person's session. */
export const asPerson =
  (ask: Ask, { cookie }: Person): Ask =>
  (path, init) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookie)
    return ask(path, { ...init, headers })
  }

/** Numbers, signs and verifies every event of the lane. @returns a note of how many @throws AssertionError */
export async function auditOf({ harness: { services, database } }: Lane): Promise<string> {
  const jobs = new pg.Client({ connectionString: database.url('jobs') })
  await jobs.connect()
  try {
    const { origin, folder } = auditLog(services.config)
    while ((await sequence(jobs, services.keys, { origin, folder })) > 0);
    const { publicKey } = services.keys.auditKey()
    const verdict = await auditVerdict(jobs, { checkpointFolder: folder, publicKey, origin })
    assert.deepEqual([verdict.ok, verdict.firstBad, verdict.unsequenced], [true, undefined, 0])
    return `${verdict.size} audit events verified`
  } finally {
    await jobs.end()
  }
}

import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { sequence } from '#platform/audit/sequencer.ts'
import { auditVerdict } from '#platform/audit/verify.ts'
import type { Config } from '#platform/config/config.ts'
import { client } from '#platform/contract/client.ts'
import { hashToken } from '#platform/crypto/hash.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { Tx } from '#platform/db/context.ts'
import { uploadPath } from '#platform/files/contract.ts'
import { filed } from '#platform/files/server/claims.ts'
import { sweepFiles } from '#platform/files/server/sweep.ts'
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
  /** How often it went down over the filing of a file. */
  readonly died: () => number
  /** Ids of files that its disk lost. */
  readonly lost: Set<string>
  /** The job that removes what ran out, and offers again what was not filed. */
  readonly sweep: () => Promise<void>
  /** Commands and queries over a network that is good. */
  readonly callAs: (world: World, person: Person) => ReturnType<typeof client>
  readonly stop: () => Promise<void>
}

const gone = '57P01'
/** The database is gone when a parcel of these devices would be noted, or how far a file is, or what became of it. */
const dies = `create table public.dying (device uuid, filing boolean);
  create function public.die() returns trigger language plpgsql security definer as $$ begin
    if exists (select 1 from public.dying where device = new.device_id and filing = (tg_argv[0] = 'filing')) then
      raise exception using errcode = '${gone}', message = 'away';
    end if;
    return new;
  end $$;
  create trigger die before insert or update on sync.parcel for each row execute function public.die('');
  create trigger die before update on files.upload for each row
    when (old.received <> new.received) execute function public.die('');
  create trigger die_filing before update on files.upload for each row
    when (old.state <> new.state and old.received = new.received) execute function public.die('filing')`

export async function startLane(): Promise<Lane> {
  // What was broken on purpose is nobody's news.
  const log: Config['log'] = ({ error, ...line }) => {
    if (error && (error as { code?: string }).code !== gone) console.error(line, error)
  }
  const harness = await startHarness({ log })
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
  const jobs = new pg.Client({ connectionString: harness.database.url('jobs') })
  await jobs.connect()
  let [over, died] = [0, 0]
  return {
    harness,
    all,
    ask,
    dying: world => async (path, init) => {
      const device = /^Device (\S+)\./.exec(new Headers(init.headers).get('authorization') ?? '')?.[1]
      if (!device) return ask(world)(path, init)
      // Every other time it goes on until a file is about to be filed.
      const filing = path.startsWith(uploadPath) && over++ % 2 === 0
      if (filing) died++
      await all('insert into public.dying values ($1, $2)', [device, filing])
      const answer = await ask(world)(path, init)
      await all('delete from public.dying where device = $1', [device])
      // Whoever wrote when the server went down has been forgotten by the time that it is up again.
      await all(
        `update files.upload set writer_until = now() - interval '1 second' where device_id = $1 and writer is not null`,
        [device],
      )
      return answer
    },
    died: () => died,
    lost: new Set(),
    async sweep() {
      await jobs.query('begin')
      await sweepFiles(harness.services, new Tx(jobs as unknown as pg.PoolClient), new Date())
      await jobs.query('commit')
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
      await jobs.end()
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

/**
 * Every copy of every attachment lies on the disk, and no other but what the server left there when it went down; what is
 * on its way lies there as far as it counts.
 * @returns a note of how many @throws AssertionError
 */
export async function disksOf({ all, died, lost, harness: { services } }: Lane): Promise<string> {
  await pause(200)
  await filed(services)
  const namesIn = async (folder: string) =>
    (await readdir(join(services.config.dataFolder, folder), { recursive: true }).catch(() => [])).map(one =>
      basename(one),
    )
  const copies = (await namesIn('attachments')).filter(one => one.includes('.'))
  const known = await all<{ name: string | null }>(
    `select unnest(array[original_file, clean_file]) || '.age' as name from cases.attachment where state = 'ready'`,
  )
  const kept = new Set(known.flatMap(one => one.name ?? []))
  for (const name of kept) assert.ok(copies.includes(name), `the copy ${name} is not on the disk`)
  const strays = copies.filter(one => !kept.has(one))
  assert.ok(strays.length <= died(), `${strays.length} copies that nobody keeps, and the server died ${died()} times`)
  const uploads = new Set(await namesIn('uploads'))
  const rows = await all<{ id: string; state: string; received: number }>(
    'select id, state, received from files.upload',
  )
  for (const { id, state, received } of rows) {
    if (lost.has(id)) for (const ending of ['part', 'age']) uploads.delete(`${id}.${ending}`)
    else if (state === 'whole') assert.ok(uploads.delete(`${id}.age`), `${id} is whole and not on the disk`)
    else if (state === 'receiving' && received > 0) uploads.delete(`${id}.part`) || uploads.delete(`${id}.age`)
    else uploads.delete(`${id}.part`)
  }
  assert.ok(uploads.size <= died(), `bytes of ${[...uploads]} that nobody waits for`)
  return `${kept.size} copies on the disk, ${strays.length} left by a server that went down`
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

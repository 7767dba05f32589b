import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '#platform/config/config.ts'
import { type Answer, type Call, client } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { loadPacks } from '#platform/country/load.ts'
import { hashToken } from '#platform/crypto/hash.ts'
import { Keys } from '#platform/crypto/keys.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { pool } from '#platform/db/context.ts'
import { staffApp } from '#platform/http/app.ts'
import type { Binding } from '#platform/http/handle.ts'
import type { Services } from '#platform/http/services.ts'
import { cookieName } from '#platform/http/session.ts'
import { purposesOf } from '#platform/policy/roles.ts'
import { loadWords } from '#platform/words/load.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import { allBindings } from '../../src/bindings.ts'
import { accountId, assignmentId, type PersonKey, people } from '../../tools/demonstration/people.ts'
import { countriesFolder, type TestDatabase, testDatabase } from './cluster.ts'

export type Fetch = (path: string, init?: RequestInit) => Promise<Response>
export type Caller = <O extends Operation>(operation: O, parts: Call<O>) => Promise<Answer<O>>

export interface Persona {
  readonly key: PersonKey
  readonly account: string
  readonly organisation: string
  readonly cookie: string
  /** Calls an operation as this person; commands get a fresh key unless one is given. */
  readonly call: Caller
  /** A raw request as this person. */
  readonly fetch: Fetch
}

export interface Harness {
  readonly database: TestDatabase
  readonly services: Services
  readonly bindings: readonly Binding[]
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** A named person of the demonstration country, signed in. */
  readonly as: (key: PersonKey) => Promise<Persona>
  /** Moves the server's clock; the database keeps its own. */
  readonly setNow: (now: Date | undefined) => void
  readonly stop: () => Promise<void>
}

/** A whole staff server in this process on a database of its own, with the demonstration country's people. */
export async function startHarness(change: Partial<Config> = {}): Promise<Harness> {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'samaan-harness-'))
  const config: Config = {
    ...readConfig({ SAMAAN_DATA: folder }, 'demonstration'),
    log: line => {
      if (line.error) console.error(line)
    },
    ...change,
  }
  let now: Date | undefined
  const words = loadWords()
  const services: Services = {
    config,
    pool: pool(database.url('app'), 6, 'samaan-test', { pipeline: true, fenced: true }),
    exportPool: pool(database.url('app'), 2, 'samaan-test-export', { fenced: true }),
    keys: await Keys.open(config.keysFolder, { create: true }),
    packs: await loadPacks(countriesFolder),
    words: language => words[language as LanguageCode] ?? words.en,
    now: () => now ?? new Date(),
  }
  const bindings = allBindings(config)
  const app = staffApp(services, bindings, join(folder, 'no-build'), 'test')
  const request = async (path: string, init: RequestInit = {}) =>
    app.request(`http://localhost:4001${path}`, withHost(init))
  return {
    database,
    services,
    bindings,
    fetch: request,
    as: key => persona(key, services, request),
    setNow: moved => {
      now = moved
    },
    stop: async () => {
      await services.pool.end()
      await services.exportPool.end()
      services.keys.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const withHost = (init: RequestInit): RequestInit => {
  const headers = new Headers(init.headers)
  headers.set('host', 'localhost:4001')
  return { ...init, headers }
}

/** Opens a session the way sign-in does at its end; how people prove themselves is the auth slice's own test. */
async function persona(key: PersonKey, services: Services, request: Harness['fetch']): Promise<Persona> {
  const person = people.find(one => one.key === key)!
  const account = accountId(key)
  const secret = token()
  const session = await services.pool.connect()
  let organisation: string
  try {
    await session.query(`begin; select set_config('samaan.role', 'sign-in', true), set_config('samaan.user', '', true)`)
    await session.query(
      `insert into auth.session (id, token_hash, account_id, assignment_id, purpose, strength, ends_at, device)
       values ($1, $2, $3, $4, $5, 2, now() + interval '12 hours', 'test')`,
      [uuidv7(), hashToken(secret), account, assignmentId(key), purposesOf[person.role][0]],
    )
    const found = await session.query('select organisation_id from auth.assignment where id = $1', [assignmentId(key)])
    organisation = found.rows[0].organisation_id
    await session.query('commit')
  } finally {
    session.release()
  }
  const cookie = `${cookieName}=${secret}`
  const fetchAs: Persona['fetch'] = (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookie)
    return request(path, { ...init, headers })
  }
  return { key, account, organisation, cookie, call: callerBy(fetchAs, person.language), fetch: fetchAs }
}

/** Calls operations by these requests; commands get a fresh key unless one is given. */
export function callerBy(fetchAs: Fetch, language: LanguageCode): Caller {
  const send = client(((path: string, init: RequestInit) => fetchAs(path, init)) as typeof fetch, () => language)
  return ((operation: Operation, parts: { key?: string }) =>
    send(operation, (operation.kind === 'command' ? { key: uuidv7(), ...parts } : parts) as never)) as Caller
}

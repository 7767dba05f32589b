import { existsSync, readFileSync } from 'node:fs'
import { mkdir, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { withLock } from './cluster-lock.ts'
import { type Native, nativePrograms } from './cluster-native.ts'
import { type Place, placeOf, pointedAt } from './cluster-place.ts'
import { alive, endLeftovers, readPostmaster, serverProcesses } from './cluster-processes.ts'
import { ensureRoles } from './cluster-roles.ts'
import { type ClusterRole, keepSecrets, LOGIN, readSecrets, type Secrets } from './cluster-secrets.ts'
import { initialise, resetSuperPassword, startServer, stopServer } from './cluster-server.ts'

export type { ClusterRole } from './cluster-secrets.ts'

export type Cluster = {
  /** Connection URLs of the database `samaan`, one for each role. */
  urls: Record<ClusterRole, string>
  /** The connection URL of a role for any database. */
  url(role: ClusterRole, database?: string): string
  port: number
  /**
   * `created` an empty cluster, `started` one that had been stopped in order, `recovered` one that had not, `adopted`
   * one whose server was still running.
   */
  started: 'created' | 'started' | 'recovered' | 'adopted'
  /** The server's data folder, which may lie elsewhere than was wished. */
  data: string
  /** The folder around `data` with the passwords and the log. */
  home: string
  /** Stops the server in order and waits for its end; may be called more than once. */
  stop(): Promise<void>
}

export type ClusterOptions = {
  /** The wished folder. Its user may not be able to reach it when this process is root: see `Cluster.data`. */
  folder: string
  log?: (line: string) => void
  /** Other or further settings by PostgreSQL's names; an adopted server keeps those it was started with. */
  settings?: Record<string, string>
}

async function adoptable(place: Place, secrets: Secrets): Promise<number | undefined> {
  // A server that starts, recovers or stops is waited for; one that does not answer is no server.
  for (const until = Date.now() + 15_000; Date.now() < until; await pause(20)) {
    const state = readPostmaster(place.data)
    if (!state || !alive(state.pid)) return undefined
    if (process.platform !== 'win32' && !serverProcesses(place.data, place.user).includes(state.pid)) return undefined
    if (state.status !== 'ready') continue
    const client = new pg.Client({
      ...{ host: '127.0.0.1', port: state.port, user: LOGIN.super, password: secrets.super, database: 'postgres' },
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    })
    client.on('error', () => {})
    try {
      await client.connect()
      const answer = await client.query<{ folder: string }>("select current_setting('data_directory') as folder")
      if ((await realpath(answer.rows[0]!.folder)) === place.data) return state.port
    } catch (error) {
      // The password is not this server's (secrets were lost): it is ended and told the new ones.
      if ((error as { code?: string }).code === '28P01') return undefined
    } finally {
      await client.end().catch(() => {})
    }
  }
  return undefined
}

async function bring(place: Place, native: Native, options: ClusterOptions) {
  const log = options.log ?? (() => {})
  const { secrets, fresh } = await readSecrets(place.home)
  const created = !existsSync(join(place.data, 'PG_VERSION'))
  if (created) {
    log(`making a database cluster in ${place.data}`)
    // Kept first: a cluster whose passwords nobody knows would need repair.
    if (fresh) await keepSecrets(place.home, secrets)
    await initialise(place, native, secrets)
  } else if (!fresh) {
    const port = await adoptable(place, secrets)
    if (port !== undefined) return { secrets, port, started: 'adopted' as const }
  }
  refuseOtherMajor(place, native)
  const leftover = await endLeftovers(place.data, place.user)
  const dirty = !created && (leftover > 0 || existsSync(join(place.data, 'postmaster.pid')))
  if (dirty) {
    log('the database had not been stopped in order; it recovers')
    // No process works in the folder any more, so the file means nothing; the number in it may now be anybody's.
    await rm(join(place.data, 'postmaster.pid'), { force: true })
  }
  if (fresh && !created) {
    await resetSuperPassword(place, native, secrets)
    await keepSecrets(place.home, secrets)
  }
  const port = await startServer(place, native, options.settings, log)
  return {
    secrets,
    port,
    started: created ? ('created' as const) : dirty ? ('recovered' as const) : ('started' as const),
  }
}

function refuseOtherMajor(place: Place, native: Native): void {
  const has = readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim()
  if (has === native.major) return
  throw new Error(`The data in ${place.data} are of PostgreSQL ${has}, the programs of ${native.major}`)
}

/**
 * Starts the PostgreSQL that the platform's package carries, or adopts the one that already runs in this folder.
 * Errors say what the operator can do; none holds a password.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const log = options.log ?? (() => {})
  await mkdir(options.folder, { recursive: true })
  const wished = await realpath(options.folder)
  return withLock(wished, async () => {
    const place = await placeOf(wished, log)
    const native = await nativePrograms(place.user, place.shelves, log)
    const { secrets, port, started } = await bring(place, native, options)
    const url = (role: ClusterRole, database = 'samaan') =>
      `postgres://${LOGIN[role]}:${secrets[role]}@127.0.0.1:${port}/${database}`
    if (started !== 'adopted') await ensureRoles(database => url('super', database), secrets)
    const urls = { super: url('super'), owner: url('owner'), app: url('app'), jobs: url('jobs'), dump: url('dump') }
    const stop = () => withLock(wished, () => stopServer(place, native))
    return { urls, url, port, started, data: place.data, home: place.home, stop }
  })
}

/** Ends the server of a folder, if any, and deletes its cluster wherever it lies. For tests and demonstrations. */
export async function removeCluster(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const wished = await realpath(folder)
  await withLock(wished, async () => {
    const home = pointedAt(wished) ?? wished
    if (existsSync(join(home, 'data'))) {
      const place = await placeOf(wished, () => {})
      await endServer(place)
    }
    await rm(home, { recursive: true, force: true })
    await rm(wished, { recursive: true, force: true })
  })
}

async function endServer(place: Place): Promise<void> {
  await stopServer(place, await nativePrograms(place.user, place.shelves, () => {}))
  await endLeftovers(place.data, place.user)
}

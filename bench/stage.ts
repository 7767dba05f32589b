import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Keys } from '#platform/crypto/keys.ts'
import { type Cluster, removeCluster, startCluster } from '#platform/db/cluster.ts'
import { twoPorts } from '../tests/harness/ports.ts'
import type { Order } from './drive.ts'
import { floorDatabase } from './floor-tables.ts'
import { type Loaded, load, type Volume } from './load.ts'
import { ended, messageOf, type ServerProcess, startHere, startOurs } from './processes.ts'

/** Everything that runs during the measurement: one PostgreSQL, both servers, the client. */
export interface Stage {
  readonly cluster: Cluster
  /** Our data folder. */
  readonly data: string
  /** PostgreSQL's version. */
  readonly version: string
  readonly postmaster: number
  readonly ours: ServerProcess
  readonly floor: ChildProcess
  readonly loaded: Loaded
  /** Milliseconds to ready, at each start with the database up and migrated. */
  readonly ready: readonly number[]
  readonly ask: <T>(order: Order) => Promise<T>
  /** Waits until the audit's sequencer has nothing left to number, and the disk is quiet. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts and fills everything; what was started is stopped and deleted again when that fails. */
export async function setStage(root: string, volume: Volume, say: (line: string) => void): Promise<Stage> {
  const data = await mkdtemp(join(tmpdir(), 'samaan-bench-'))
  const closing: (() => Promise<unknown>)[] = [
    () => rm(data, { recursive: true, force: true }),
    () => removeCluster(join(data, 'postgres')),
  ]
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one().catch(error => say(String(error)))
  }
  try {
    const port = await twoPorts()
    const bring = () => startCluster({ folder: join(data, 'postgres') })
    say('First start: database, migrations, seed …')
    await (await startOurs(root, data, port)).stop()
    const ready: number[] = []
    for (let i = 0; i < 3; i++) {
      await bring()
      const server = await startOurs(root, data, port)
      ready.push(server.ready)
      await server.stop()
    }
    const cluster = await bring()
    say(`Filling ${volume.held + volume.waiting} cases on both sides …`)
    const floorBase = await floorDatabase(cluster.urls.super)
    closing.push(floorBase.close)
    const keys = await Keys.open(join(data, 'keys'))
    const loaded = await load(cluster.urls.super, keys, volume, floorBase.fill)
    keys.close()
    await floorBase.ready()
    const control = new pg.Client({ connectionString: cluster.urls.super })
    // Our server ends PostgreSQL when it stops; that is no failure then.
    control.on('error', () => {})
    await control.connect()
    closing.push(() => control.end())
    const ours = await startOurs(root, data, port)
    closing.push(ours.stop)
    const floor = startHere('floor.ts', { FLOOR_DATABASE_URL: floorBase.url })
    closing.push(() => ended(floor))
    const { port: floorPort } = await messageOf<{ port: number }>(floor)
    const client = startHere('drive.ts', {})
    closing.push(() => ended(client))
    const ask = async <T>(order: Order): Promise<T> => {
      client.send(order)
      const { answer, error } = await messageOf<{ answer: T; error?: string }>(client)
      if (error) throw new Error(error)
      return answer
    }
    const consents = loaded.held.map(one => loaded.consents.get(one)!)
    const { officers, intake, held, waiting } = loaded
    const floorSide = { port: floorPort, token: floorBase.token, agency: floorBase.agency }
    await ask({
      kind: 'material',
      material: { ours: { port: port + 1, officers, intake }, floor: floorSide, held, consents, waiting },
    })
    const settle = async () => {
      for (let i = 0; i < 100; i++) {
        const { rowCount } = await control.query('select 1 from audit.event where leaf_no is null limit 1')
        if (rowCount === 0) break
        await pause(50)
      }
      await control.query('checkpoint')
    }
    const postmaster = Number((await readFile(join(cluster.data, 'postmaster.pid'), 'utf8')).split('\n')[0])
    const version = (await control.query<{ server_version: string }>('show server_version')).rows[0]!.server_version
    return { cluster, data, version, postmaster, ours, floor, loaded, ready, ask, settle, close }
  } catch (error) {
    await close()
    throw error
  }
}

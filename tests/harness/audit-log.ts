import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Concern } from '#platform/audit/event.ts'
import { makeEvent } from '#platform/audit/make.ts'
import { concernsHash, notedInserts } from '#platform/audit/record.ts'
import { sequence } from '#platform/audit/sequencer.ts'
import { auditVerdict, type Bad } from '#platform/audit/verify.ts'
import { Keys } from '#platform/crypto/keys.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { removeCluster, startCluster } from '#platform/db/cluster.ts'
import { migrate } from '#platform/db/migrate.ts'

export const origin = 'audit.xy.samaan'
export const someone = uuidv7()
export const caseId = uuidv7()

/** Statements that put the tables of a log of 700 back to how they were after the first 350. */
export const atTheFirst350 = [
  'delete from audit.event where leaf_no >= 350',
  'delete from audit.checkpoint where size > 350',
  'delete from audit.tile where level = 0 and no = 2',
  'update audit.tile set hashes = substr(hashes, 1, 94 * 32) where level = 0 and no = 1',
  'update audit.tile set hashes = substr(hashes, 1, 32) where level = 1',
]

const found = (n: number): Concern[] => Array.from({ length: n }, () => ({ case: uuidv7(), how: 'found' }))

/** The audit alone, on a database of its own, with everybody who reaches it: app, sequencer, and who may do anything. */
export async function openAuditLog() {
  const base = mkdtempSync(join(tmpdir(), 'samaan-audit-'))
  await chmod(base, 0o755)
  const cluster = await startCluster({
    folder: join(base, 'postgres'),
    settings: { shared_buffers: '16MB', fsync: 'off' },
  })
  const open: pg.Client[] = []
  const connect = async (url: string) => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    // Events are written in the name of whoever the request is.
    await client.query(`select set_config('samaan.user', $1, false)`, [someone])
    open.push(client)
    return client
  }
  const keys = await Keys.open(join(base, 'keys'), { create: true })
  const owner = await connect(cluster.urls.super)
  await migrate(cluster.urls.owner)
  const app = await connect(cluster.urls.app)
  const jobs = await connect(cluster.urls.jobs)
  let count = 0
  let folder = join(base, 'kept-0')

  async function write(n: number, client: pg.Client = app): Promise<void> {
    await client.query('begin')
    for (let i = 0; i < n; i++) {
      // Each third found something by a search.
      const concerns = i % 3 === 1 ? found(1 + (i % 4)) : []
      const bound = concerns.length > 0 ? { case: null, concerns: concernsHash(concerns) } : { case: caseId }
      for (const { text, values } of notedInserts([{ event: makeEvent({ actor: someone, ...bound }), concerns }]))
        await client.query(text, values)
    }
    await client.query('commit')
  }
  const number = () => sequence(jobs, keys, { origin, folder })
  const verify = (from = folder) =>
    auditVerdict(jobs, { checkpointFolder: from, publicKey: keys.auditKey().publicKey, origin })

  return {
    base,
    cluster,
    keys,
    owner,
    app,
    jobs,
    connect,
    /** Where checkpoints are kept outside the database. */
    get folder() {
      return folder
    },
    set folder(other: string) {
      folder = other
    },
    /** Empties it. */
    async fresh(): Promise<void> {
      await owner.query('truncate audit.event, audit.concern, audit.tile, audit.checkpoint')
      folder = join(base, `kept-${++count}`)
    },
    write,
    number,
    verify,
    /** Writes and numbers a log of 20 checkpoints over 700 events: over the border of two tiles. */
    async of700(): Promise<void> {
      for (let i = 0; i < 20; i++) {
        await write(35)
        assert.equal(await number(), 35)
      }
    },
    /** Undoes a change after it was looked at, so that one log serves many changes. */
    async changed(sql: string | readonly string[], look: () => Promise<void>): Promise<void> {
      const tables = ['event', 'concern', 'tile', 'checkpoint']
      for (const table of tables)
        await owner.query(`create table if not exists public.was_${table} as table audit.${table}`)
      try {
        for (const one of [sql].flat()) await owner.query(one)
        await look()
      } finally {
        for (const table of tables) {
          await owner.query(`truncate audit.${table}; insert into audit.${table} table public.was_${table}`)
          await owner.query(`drop table public.was_${table}`)
        }
      }
    },
    async expectBad(leaf: number | undefined, why: string): Promise<Bad> {
      const { ok, firstBad } = await verify()
      assert.equal(ok, false)
      if (leaf !== undefined) assert.equal(firstBad?.leaf, leaf)
      assert.match(firstBad!.why, new RegExp(`^(?:${why})$`))
      return firstBad!
    },
    async stop(): Promise<void> {
      for (const client of open) await client.end()
      await cluster.stop()
      await removeCluster(join(base, 'postgres'))
      rmSync(base, { recursive: true, force: true })
    },
  }
}

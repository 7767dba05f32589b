import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { startCluster } from '#platform/db/cluster.ts'
import { inBuffer, indexOf, needleOf, type Scan, scanDump, scanFiles, scanRows } from './scan.ts'

/** Where one installation leaves anything behind. */
export interface Places {
  /** The superuser's address of its database. */
  readonly superUrl: string
  /** Wished folder of its cluster; its data, its write-ahead log and its own log are looked for from there. */
  readonly cluster: string
  /** Every other folder that it writes into. */
  readonly folders: readonly string[]
  /** Everything that it has logged. */
  readonly log: () => string
}
export type Scans = Record<'rows' | 'dump' | 'files' | 'log', Scan>

async function asSuper(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Looks for texts in every row of every table, in what the role that dumps the database reads, in every file, in every line that was logged. */
export async function scanEverywhere(places: Places, names: readonly string[]): Promise<Scans> {
  const index = indexOf(names.map(needleOf))
  const cluster = await startCluster({ folder: places.cluster })
  // What is still in memory goes to the files that are looked at.
  await asSuper(places.superUrl, client => client.query('checkpoint'))
  const rows = await scanRows(places.superUrl, index)
  const dump = await scanDump(cluster.url('dump', new URL(places.superUrl).pathname.slice(1)), index)
  const files = await scanFiles([...new Set([cluster.home, ...places.folders])], index)
  const log = places.log()
  const bytes = Buffer.from(log)
  return {
    rows,
    dump,
    files,
    log: {
      found: inBuffer(bytes, index).map(name => `log: ${name}`),
      looked: log.split('\n').length,
      bytes: bytes.length,
    },
  }
}

export const foundIn = ({ rows, dump, files, log }: Scans): string[] =>
  [rows, dump, files, log].flatMap(one => one.found)
export const sizeOf = ({ rows, dump, files, log }: Scans): string =>
  `${rows.looked} rows (${rows.bytes} bytes), ${dump.looked} of them in a dump, ${files.looked} files (${files.bytes >> 20} MB), ${log.looked} log lines`

/**
 * Plants a text in rows, as text and as bytes, and in a file, and asserts that the scan finds it in all of them, in the
 * data files and in the write-ahead log.
 * @param logged a text that the log is known to hold
 */
export async function assertScanFinds(places: Places, control: string, logged = control): Promise<Scans> {
  await asSuper(places.superUrl, async client => {
    await client.query('create table public.planted (words text)')
    await client.query('insert into public.planted values ($1)', [control])
    await client.query('create table public.planted_bytes (bytes bytea, wide bytea)')
    await client.query('insert into public.planted_bytes values ($1, $2)', [
      Buffer.from(control),
      Buffer.from(control, 'utf16le'),
    ])
  })
  await writeFile(join(places.folders[0]!, 'left-behind.tmp'), `x${Buffer.from(`y${control}`).toString('base64')}`)
  const scans = await scanEverywhere(places, [control, logged])
  const found = foundIn(scans)
  for (const place of [
    /^public\.planted: /,
    /^public\.planted_bytes: /,
    /^dump of public\.planted: /,
    /^dump of public\.planted_bytes: /,
    /pg_wal\/.*: /,
    /base\/\d+\/\d+: /,
    /left-behind\.tmp: /,
  ])
    assert.ok(
      found.some(one => place.test(one) && one.endsWith(control)),
      `${place} not among ${found.join(' ')}`,
    )
  assert.ok(scans.log.found.includes(`log: ${logged}`), 'the log does not hold what it is known to hold')
  return scans
}

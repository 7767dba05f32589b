import type { Dirent } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import pg from 'pg'
import { token } from '#platform/crypto/random.ts'
import { type Item, inMemory, PIECE } from './backup-tar.ts'
import type { Cluster } from './cluster.ts'

// What a server makes anew, as its own base backup leaves it out (PostgreSQL documentation, "Low-Level Base Backup").
const EMPTIED = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//
const LEFT_OUT =
  /(^|\/)(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map|current_logfiles|pg_internal\.init.*|pgsql_tmp.*|.*\.part)$/
const CONTROL = 'global/pg_control'
const STEP = 64 * 1024 * 1024

const relative = (root: string, entry: Dirent): string =>
  join(entry.parentPath, entry.name)
    .slice(root.length + 1)
    .split(sep)
    .join('/')

/** Exactly `size` bytes of a file that may shrink meanwhile: what is missing was truncated, and the log says so. */
export async function* filePieces(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; at += PIECE) {
    const piece = Buffer.alloc(Math.min(PIECE, size - at))
    for (let got = 0; got < piece.length; ) {
      const { bytesRead } = await file.read(piece, got, piece.length - got, at + got)
      if (bytesRead === 0) break
      got += bytesRead
    }
    yield piece
  }
}

/** The file as an item, given to `use` while it is open; nothing when it is gone. */
export async function* fileItem(path: string, name: string): AsyncGenerator<Item & { size: number }> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!file) return
  try {
    const { size } = await file.stat()
    yield { path: name, size, body: filePieces(file, size) }
  } finally {
    await file.close()
  }
}

async function neededLog(client: pg.Client, pgWal: string, label: string, stop: string): Promise<string[]> {
  const first = /^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/m.exec(label)?.[1]
  const last = (await client.query<{ name: string }>('select pg_walfile_name($1::pg_lsn) as name', [stop])).rows[0]
    ?.name
  if (!first || !last) throw new Error('The server did not say which parts of its log the backup needs')
  const all = (await readdir(pgWal)).filter(name => /^[0-9A-F]{24}$/.test(name)).sort()
  const needed = all.filter(name => name >= first && name <= last)
  const number = (name: string) => BigInt(`0x${name.slice(8, 16)}`) * 256n + BigInt(`0x${name.slice(16)}`)
  if (needed.length !== Number(number(last) - number(first)) + 1) {
    throw new Error('A part of the log that the backup needs is gone')
  }
  return needed
}

/**
 * A base backup of the running embedded server as files under `database/`: its own functions around a copy of its data
 * folder, then the part of the log that makes the copy consistent. Whatever was acknowledged before the last item was
 * asked for may be in it; whatever was acknowledged before the first is.
 */
export async function* baseBackup(cluster: Cluster, log: (line: string) => void): AsyncGenerator<Item> {
  const client = new pg.Client({ connectionString: cluster.url('super', 'postgres') })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('set statement_timeout = 0')
    // Temporary: it keeps the log from being recycled under us, and goes with this session whatever happens.
    const slot = `samaan_backup_${token(16)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '_')}`
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot])
    await client.query("select pg_backup_start('samaan', true)")
    const root = cluster.data
    const entries = (await readdir(root, { recursive: true, withFileTypes: true }))
      .map(entry => ({ entry, path: relative(root, entry) }))
      .filter(({ path }) => !LEFT_OUT.test(path) && !EMPTIED.test(path))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
    for (const { entry, path } of entries) if (entry.isDirectory()) yield { path: `database/${path}`, folder: true }
    let done = 0
    let told = 0
    const files = entries.filter(({ entry, path }) => entry.isFile() && path !== CONTROL).map(({ path }) => path)
    // The control file last, as the server's own tool does.
    for (const [index, path] of [...files, CONTROL].entries()) {
      for await (const item of fileItem(join(root, path), `database/${path}`)) {
        yield item
        done += item.size
      }
      if (done - told < STEP) continue
      told = done
      log(`database: ${Math.round(done / 1e6)} MB, ${index + 1} of ${files.length + 1} files`)
    }
    const stop = await client.query<{ lsn: string; labelfile: string; spcmapfile: string }>(
      'select lsn::text, labelfile, spcmapfile from pg_backup_stop(false)',
    )
    const { lsn, labelfile, spcmapfile } = stop.rows[0]!
    if (spcmapfile) throw new Error('The database uses tablespaces, which this backup does not know')
    yield inMemory('database/backup_label', labelfile)
    const pgWal = join(root, 'pg_wal')
    const needed = await neededLog(client, pgWal, labelfile, lsn)
    for (const name of needed) {
      let found = false
      for await (const item of fileItem(join(pgWal, name), `database/pg_wal/${name}`)) {
        found = true
        yield item
      }
      if (!found) throw new Error('A part of the log that the backup needs is gone')
    }
    log(`database: ${Math.round(done / 1e6)} MB and ${needed.length} parts of the log`)
  } finally {
    await client.end().catch(() => {})
  }
}

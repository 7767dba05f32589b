import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** A text to look for, in every way in which it could stand somewhere in clear. */
export interface Needle {
  readonly name: string
  readonly bytes: readonly Buffer[]
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()
/** The part of a base64 text that does not hang on what stands before or after. */
const base64 = (text: string, before: number): string => {
  const code = Buffer.from(`${'\0'.repeat(before)}${text}`)
    .toString('base64')
    .replace(/=+$/, '')
  return code.slice(before === 0 ? 0 : before + 1, -2)
}

export function needleOf(name: string): Needle {
  const spellings = new Set([
    name,
    name.toLowerCase(),
    name.toUpperCase(),
    name.normalize('NFD'),
    name.normalize('NFD').replace(/\p{M}/gu, ''),
    name.replace(/[^\p{L}\p{N}]/gu, ''),
    [...name].reverse().join(''),
    encodeURIComponent(name),
    encodeURIComponent(name).replaceAll('%20', '+'),
    JSON.stringify(name).slice(1, -1),
  ])
  const bytes: Buffer[] = []
  for (const one of spellings) {
    const plain = Buffer.from(one)
    bytes.push(plain, Buffer.from(one, 'latin1'), Buffer.from(one, 'utf16le'), swapped(one))
    for (const raw of [plain, Buffer.from(one, 'utf16le')])
      bytes.push(Buffer.from(raw.toString('hex')), Buffer.from(raw.toString('hex').toUpperCase()))
    for (const before of [0, 1, 2]) {
      const code = base64(one, before)
      bytes.push(Buffer.from(code), Buffer.from(code.replaceAll('+', '-').replaceAll('/', '_')))
    }
  }
  const unique = new Map(bytes.map(one => [one.toString('hex'), one]))
  return { name, bytes: [...unique.values()] }
}

/** All needles at once: most places are left after their first two bytes, nearly all others after four. */
interface Index {
  readonly pairs: Uint8Array
  readonly fours: ReadonlyMap<number, readonly { readonly name: string; readonly bytes: Buffer }[]>
}
export function indexOf(needles: readonly Needle[]): Index {
  const pairs = new Uint8Array(65_536)
  const fours = new Map<number, { name: string; bytes: Buffer }[]>()
  for (const { name, bytes } of needles)
    for (const one of bytes) {
      if (one.length < 6) throw new Error(`${name} is too short to be looked for`)
      pairs[one.readUInt16LE(0)] = 1
      const four = one.readUInt32LE(0)
      fours.set(four, [...(fours.get(four) ?? []), { name, bytes: one }])
    }
  return { pairs, fours }
}

/** The names of the needles that stand in a buffer. */
export function inBuffer(buffer: Buffer, { pairs, fours }: Index): string[] {
  const found = new Set<string>()
  for (let at = 0; at + 4 <= buffer.length; at += 1) {
    if (pairs[buffer[at]! | (buffer[at + 1]! << 8)] === 0) continue
    for (const { name, bytes } of fours.get(buffer.readUInt32LE(at)) ?? [])
      if (buffer.compare(bytes, 0, bytes.length, at, Math.min(buffer.length, at + bytes.length)) === 0) found.add(name)
  }
  return [...found]
}

export interface Scan {
  /** `where: what`, one for each find. */
  readonly found: string[]
  /** Rows, files or lines looked at. */
  readonly looked: number
  readonly bytes: number
}

/** Every column of every row of some relations; what a bytea holds is shown in hexadecimal, which the needles are looked for in as well. */
async function scanTexts(client: pg.Client, names: readonly string[], index: Index): Promise<Scan> {
  const found: string[] = []
  let [looked, bytes] = [0, 0]
  for (const name of names) {
    const { rows } = await client.query(`select t::text as r from ${name} t`)
    looked += rows.length
    const text = Buffer.from(rows.map(row => row.r).join('\n'))
    bytes += text.length
    for (const needle of inBuffer(text, index)) found.push(`${name}: ${needle}`)
  }
  return { found, looked, bytes }
}
async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
const tablesIn = async (client: pg.Client, where: string): Promise<string[]> =>
  (
    await client.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'm', 'p') and n.nspname <> 'information_schema' and ${where} order by 1`,
    )
  ).rows.map(one => one.name)

/** Every table, view of statistics and running query, read as superuser. */
export const scanRows = (url: string, index: Index): Promise<Scan> =>
  connected(url, async client => {
    // What the planner remembers are samples of values.
    await client.query('analyze')
    const names = [...(await tablesIn(client, 'true')), 'pg_stat_activity', 'pg_prepared_statements']
    return scanTexts(client, names, index)
  })

/** What stands in a dump: every table, as the role that makes it reads them. */
export const scanDump = (url: string, index: Index): Promise<Scan> =>
  connected(url, async client => {
    const scan = await scanTexts(client, await tablesIn(client, "n.nspname not like 'pg\\_%'"), index)
    return { ...scan, found: scan.found.map(one => `dump of ${one}`) }
  })

const overlap = 4096
async function scanFile(path: string, index: Index): Promise<{ found: string[]; bytes: number }> {
  const found = new Set<string>()
  let [rest, bytes] = [Buffer.alloc(0), 0]
  for await (const piece of createReadStream(path, { highWaterMark: 8 << 20 })) {
    const buffer = Buffer.concat([rest, piece as Buffer])
    bytes += (piece as Buffer).length
    for (const one of inBuffer(buffer, index)) found.add(one)
    rest = buffer.subarray(Math.max(0, buffer.length - overlap))
  }
  return { found: [...found].map(one => `${path}: ${one}`), bytes }
}

/** Every file under the folders, whatever it is called. */
export async function scanFiles(folders: readonly string[], index: Index): Promise<Scan> {
  const found: string[] = []
  let [looked, bytes] = [0, 0]
  for (const folder of folders)
    for (const entry of await readdir(folder, { recursive: true })) {
      const path = join(folder, entry)
      const kind = await stat(path).catch(() => undefined)
      if (!kind?.isFile()) continue
      // A file may go while it is read: a segment of the log, a temporary file.
      const one = await scanFile(path, index).catch(error => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { found: [], bytes: 0 }
        throw error
      })
      found.push(...one.found)
      looked += 1
      bytes += one.bytes
    }
  return { found, looked, bytes }
}

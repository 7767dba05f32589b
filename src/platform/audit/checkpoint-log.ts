import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { replaceFile, syncFolder, writeAll } from '#platform/crypto/durable.ts'

// A note of this log is about 300 bytes; with witnesses' signatures still far below this.
const TAIL = 64 * 1024
// The end of a record: a signature line and the empty line that parts records. Matched on bytes read as Latin-1, so that
// positions are bytes also where the tail begins inside a character; the dash of a signature line is three bytes.
const RECORD_END = /\n\xe2\x80\x94 [^\n]+\n\n/g

const logPath = (folder: string) => join(folder, 'checkpoints', 'log')

/** The end of the log: its last whole record, and where that ends. What follows was cut off by a crash. */
function tailOf(handle: number): { note: string | undefined; end: number } {
  const size = fstatSync(handle).size
  const from = Math.max(0, size - TAIL)
  const bytes = Buffer.alloc(size - from)
  readSync(handle, bytes, 0, bytes.length, from)
  const ends = [...bytes.toString('latin1').matchAll(RECORD_END)].map(found => found.index + found[0].length)
  const end = ends.at(-1)
  if (end === undefined) return { note: undefined, end: from }
  return { note: bytes.toString('utf8', ends.at(-2) ?? 0, end - 1), end: from + end }
}

/** The newest checkpoint kept in `<folder>/checkpoints/log`, as its note; undefined when there is none. */
export function latestKept(folder: string): string | undefined {
  if (!existsSync(logPath(folder))) return undefined
  const handle = openSync(logPath(folder), 'r')
  try {
    return tailOf(handle).note
  } finally {
    closeSync(handle)
  }
}

/**
 * Adds a checkpoint to `<folder>/checkpoints/log` (notes, an empty line after each) and copies it to `latest`, the file to
 * hand to a witness. On the disk when this returns. One writer at a time: the sequencer's lock.
 */
export function keepCheckpoint(folder: string, note: string): void {
  const path = logPath(folder)
  if (!existsSync(path)) {
    mkdirSync(join(folder, 'checkpoints'), { recursive: true, mode: 0o700 })
    syncFolder(folder)
    closeSync(openSync(path, 'a', 0o600))
    syncFolder(join(folder, 'checkpoints'))
  }
  const handle = openSync(path, 'r+')
  try {
    const { end } = tailOf(handle)
    ftruncateSync(handle, end)
    writeAll(handle, Buffer.from(`${note}\n`), end)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  replaceFile(join(folder, 'checkpoints', 'latest'), note)
}

/** How long the log is now, to read it later up to here. */
export function keptLength(folder: string): number {
  return existsSync(logPath(folder)) ? statSync(logPath(folder)).size : 0
}

/** The notes of the log's first `length` bytes in their order, streamed. A record cut off at the end is left out. */
export async function* keptNotes(folder: string, length: number): AsyncGenerator<string> {
  if (length === 0) return
  const input = createReadStream(logPath(folder), { end: length - 1, encoding: 'utf8' })
  let record = ''
  let inSignatures = false
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '' && inSignatures) {
      yield record
      record = ''
      inSignatures = false
      continue
    }
    record += `${line}\n`
    if (line.startsWith('— ')) inSignatures = true
  }
}

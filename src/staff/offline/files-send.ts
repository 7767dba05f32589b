import type { Bytes } from './bytes.ts'
import { type Database, type Device, StorageError } from './database.ts'
import {
  afterArrival,
  afterFailure,
  asHead,
  asPart,
  dropParts,
  type FileHead,
  headPart,
  headsIn,
  isFileDue,
  slice,
} from './files-states.ts'
import { retry, safeCode } from './outbox-states.ts'
import { hashOf } from './parcel.ts'
import type { Ports } from './ports.ts'

/** Where a file stands on the server. */
export interface Stand {
  readonly place: string
  /** The next byte that it wants. */
  readonly offset: number
  readonly state: 'receiving' | 'whole' | 'kept' | 'refused' | 'held'
  readonly code: string | null
}
/**
 * `unreachable`: no answer, or one that settles nothing. `moved`: it stands elsewhere; ask. `checksum`: what came was not
 * what was sent. `unwelcome`: this credential is not known. `full`: too many files of this person are under way.
 */
export type Setback = 'unreachable' | 'moved' | 'checksum' | 'unwelcome' | 'full'

/** What carries files, with a device's credential: it needs no key and no session. */
export interface FileTransport {
  /** Begins a file, or finds it by its hash (hexadecimal). */
  begin(device: Device, hash: string, size: number): Promise<Stand | Setback>
  /** One piece with its SHA-256 (hexadecimal). */
  piece(device: Device, place: string, offset: number, bytes: Bytes, hash: string): Promise<Stand | Setback>
}

export interface SentFiles {
  readonly outcome: 'sent' | 'busy'
  readonly done: number
  readonly refused: number
  /** Whole on the server, without their command. */
  readonly arrived: number
  /** Could not be brought further this time. */
  readonly unanswered: number
}
const nothing: SentFiles = { outcome: 'sent', done: 0, refused: 0, arrived: 0, unanswered: 0 }

/** Bytes of a piece: small to begin with, larger while that goes well, smaller where lines are thin. */
export const pieces = { first: 64 * 1024, least: 4 * 1024, most: 512 * 1024 } as const
/** Setbacks in one run before a file waits for the next. */
const mostSetbacks = 3

/**
 * Sends what is due, one file after the other, locked or not; only one tab or worker does at a time. Whatever happens to
 * one file, the next has its turn.
 */
export async function sendFiles(database: Database, transport: FileTransport, ports: Ports): Promise<SentFiles> {
  return ports.locks.request('samaan-files', { ifAvailable: true }, async lock =>
    lock ? run(database, transport, ports) : { ...nothing, outcome: 'busy' as const },
  )
}

async function run(database: Database, transport: FileTransport, ports: Ports): Promise<SentFiles> {
  const { heads, devices } = await database.transact(['files', 'meta'], 'readonly', async tx => ({
    heads: await headsIn(tx),
    devices: (await tx.meta('devices')) ?? [],
  }))
  const sent: { -readonly [K in keyof SentFiles]: SentFiles[K] } = { ...nothing }
  for (const head of heads) {
    if (!isFileDue(head, ports.now())) continue
    // Who it is is known by any phone of theirs: the one it was picked on may have been prepared anew since.
    const device = devices.find(one => one.id === head.device) ?? devices.findLast(one => one.account === head.account)
    if (!device) continue
    const end = await sendOne(database, transport, ports, device, head).catch(error => {
      // The disk is full or gone for a moment: the file stays as it was.
      if (error instanceof StorageError) return 'unanswered' as const
      throw error
    })
    if (end !== 'changed') sent[end] += 1
  }
  return sent
}

type End = 'done' | 'refused' | 'arrived' | 'unanswered' | 'changed'

async function sendOne(
  database: Database,
  transport: FileTransport,
  ports: Ports,
  device: Device,
  head: FileHead,
): Promise<End> {
  /** Writes what became of it, unless a person took it off the phone meanwhile. */
  const note = (change: Partial<FileHead>): Promise<boolean> =>
    database.transact(['files', 'rows'], 'readwrite', async tx => {
      const now = asHead(await tx.get('files', [head.id, headPart]))
      if (!now) return false
      const next = { ...now, ...change }
      await tx.put('files', asPart(next))
      if (next.state === 'done' || next.state === 'refused') await dropParts(tx, next, false)
      return true
    })
  let { tries } = head
  const fail = async (code: string | null): Promise<End> => {
    await note(afterFailure({ ...head, tries }, code, ports.now(), ports.random()))
    return 'unanswered'
  }
  const isWhole = async (bytes: Bytes, hash: string) => (await hashOf(ports.crypto.subtle, bytes)) === hash
  const read = async (part: number) =>
    (await database.transact(['files'], 'readonly', tx => tx.get('files', [head.id, part])))?.bytes

  const begin = () => transport.begin(device, head.hash, head.size).catch(() => 'unreachable' as const)
  if (!(await note({ state: 'sending' }))) return 'changed'
  let stand = await begin()
  let step: number = pieces.first
  let setbacks = 0
  for (;;) {
    if (typeof stand === 'string') {
      if (stand === 'unwelcome') return fail('not-signed-in')
      if (stand === 'full') return fail('too-many-files')
      if (stand === 'unreachable' || ++setbacks > mostSetbacks) return fail(null)
      stand = await begin()
      continue
    }
    if (stand.state !== 'receiving') return settle(stand)
    // A server that has all of it and wants more, or none of it and more than there is, is none of ours.
    if (stand.offset >= head.size) return fail(null)
    const bytes = await slice(read, isWhole, head, stand.offset, step)
    if (bytes === 'damaged') {
      // No later try can mend it: a person is told at once, and it is looked at again in case the disk was the trouble.
      await note({ state: 'stuck', tries: retry.most, code: 'damaged', nextTryAt: ports.now() + retry.stuck })
      return 'unanswered'
    }
    const hash = await hashOf(ports.crypto.subtle, bytes)
    const said = await transport
      .piece(device, stand.place, stand.offset, bytes, hash)
      .catch(() => 'unreachable' as const)
    const stays = typeof said !== 'string' && said.state === 'receiving' && said.offset <= stand.offset
    const answer: Stand | Setback = stays ? 'moved' : said
    if (typeof answer === 'string') {
      if (++setbacks > mostSetbacks) return fail(null)
      step = Math.max(pieces.least, step / 2)
      stand = answer === 'unwelcome' ? answer : await begin()
      continue
    }
    setbacks = 0
    step = Math.min(pieces.most, step * 2)
    stand = { ...answer, place: stand.place }
    // Progress: whatever went wrong before is forgotten.
    tries = 0
    if (!(await note({ sent: Math.min(stand.offset, head.size), tries: 0 }))) return 'changed'
  }

  async function settle({ state, code }: Stand): Promise<End> {
    const settledAt = ports.now()
    if (state === 'whole') {
      await note(afterArrival({ ...head, tries }, ports.now(), ports.random()))
      return 'arrived'
    }
    if (state === 'refused') {
      await note({ state: 'refused', code: safeCode(code ?? undefined) ?? 'refused', settledAt })
      return 'refused'
    }
    await note({ state: 'done', sent: head.size, code: null, settledAt })
    return 'done'
  }
}

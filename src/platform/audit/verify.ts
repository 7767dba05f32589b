import { keptLength, keptNotes } from './checkpoint-log.ts'
import type { AuditEvent, Concern } from './event.ts'
import { type Checkpoint, verifyCheckpoint } from './note.ts'
import { concernsHash } from './record.ts'
import {
  type AuditClient,
  beginView,
  countWaiting,
  endView,
  fetchCheckpoints,
  fetchEvents,
  findStray,
  type NumberedEvent,
  readConcerns,
  readTiles,
} from './store.ts'
import { GrowingTree, leafHash, TILE } from './tree.ts'

/**
 * What is wrong with the first bad leaf:
 * `missing` no event has this number; `repeated` two have; `changed` the event is not what was signed; `columns` the
 * columns beside the body say something else; `concerns` the cases that it concerns are not those it was written with, or no event
 * is theirs; `root` an event since the last good checkpoint is not what was signed and
 * the tiles were changed with it; `tile` events are right, stored hashes are not; `unsigned` numbered events that no
 * checkpoint covers; `rolled-back` a checkpoint covers events that are not there; `checkpoint` a checkpoint's note is not
 * of this key, or out of order; `no-checkpoint` none is kept outside, so nothing can be proved.
 */
export type BadReason =
  | 'missing'
  | 'repeated'
  | 'changed'
  | 'columns'
  | 'concerns'
  | 'root'
  | 'tile'
  | 'unsigned'
  | 'rolled-back'
  | 'checkpoint'
  | 'no-checkpoint'

export interface Bad {
  readonly leaf: number
  readonly id: string | null
  readonly why: BadReason
}

export interface AuditVerdict {
  readonly ok: boolean
  /** Leaves verified. */
  readonly size: number
  /** RFC 6962 root of those, hexadecimal. */
  readonly root: string
  /** The largest size that a checkpoint outside the database vouches for. */
  readonly anchored: number
  readonly firstBad?: Bad
  /** Events not numbered yet: true, but not yet under any signature. */
  readonly unsequenced: number
}

export interface VerifyOptions {
  /** The folder given to `sequence`: notes are read from `checkpoints/log` in it, or in a copy of it. */
  readonly checkpointFolder: string
  /** Raw Ed25519 key of the log, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly origin: string
}

// Whole tiles, so that each is read once.
const STEP = 20 * TILE

/**
 * Recomputes every leaf, every tile and every root from the events themselves, in one unchanging view and little memory.
 * Yields how many leaves have been checked; the verdict is what the generator returns ({@link auditVerdict}).
 * @param client one connection that may read schema audit, outside a transaction
 */
export async function* verifyAudit(
  client: AuditClient,
  { checkpointFolder, publicKey, origin }: VerifyOptions,
): AsyncGenerator<{ checked: number }, AuditVerdict> {
  // Before the view is taken: what is kept by then is in the view too.
  const length = keptLength(checkpointFolder)
  const verified = (note: string) => verifyCheckpoint(note, origin, publicKey)
  await beginView(client)
  try {
    const unsequenced = await countWaiting(client)
    const outside = new Heads(mapped(keptNotes(checkpointFolder, length), verified))
    const inside = new Heads(storedCheckpoints(client, verified))
    const check = new Check(outside, inside)
    await check.begin()
    while (check.firstBad === undefined) {
      const events = await fetchEvents(client, STEP)
      if (events.length === 0) break
      const first = Math.floor(check.tree.size / TILE)
      const places = Array.from({ length: STEP / TILE + 1 }, (_, i) => ({ level: 0, no: first + i }))
      const tiles = new Map((await readTiles(client, places)).map(tile => [tile.no, tile.hashes]))
      const concerns = await readConcerns(
        client,
        events.map(event => event.id),
      )
      for (const event of events) {
        await check.add(event, tiles, concerns.get(event.id) ?? [])
        if (check.firstBad !== undefined) break
      }
      await check.compareTiles(client)
      yield { checked: check.tree.size }
    }
    check.end(await findStray(client))
    const { tree, firstBad } = check
    const root = tree.root().toString('hex')
    const verdict = { ok: firstBad === undefined, size: tree.size, root, anchored: outside.largest, unsequenced }
    return firstBad === undefined ? verdict : { ...verdict, firstBad }
  } finally {
    await endView(client)
  }
}

/** Runs {@link verifyAudit} to its end. */
export async function auditVerdict(
  client: AuditClient,
  options: VerifyOptions,
  progress?: (checked: number) => void,
): Promise<AuditVerdict> {
  const run = verifyAudit(client, options)
  for (;;) {
    const step = await run.next()
    if (step.done) return step.value
    progress?.(step.value.checked)
  }
}

async function* mapped(notes: AsyncIterable<string>, read: (note: string) => Checkpoint | undefined) {
  for await (const note of notes) yield read(note)
}

async function* storedCheckpoints(client: AuditClient, read: (note: string) => Checkpoint | undefined) {
  for (;;) {
    const rows = await fetchCheckpoints(client, 1_000)
    if (rows.length === 0) return
    for (const row of rows) {
      const signed = read(row.note)
      yield signed?.size === row.size && signed.root.equals(row.root) ? signed : undefined
    }
  }
}

/** A stream of checkpoints with its next one in view. */
class Heads {
  next: Checkpoint | undefined
  /** A note that is not signed by the key, or smaller than the one before. */
  broken = false
  largest = 0
  readonly #source: AsyncIterator<Checkpoint | undefined>

  constructor(source: AsyncGenerator<Checkpoint | undefined>) {
    this.#source = source
  }

  async advance(): Promise<void> {
    const step = await this.#source.next()
    this.next = step.done ? undefined : step.value
    if (step.done) return
    if (step.value === undefined || step.value.size < this.largest) this.broken = true
    else this.largest = step.value.size
  }
}

class Check {
  readonly tree = new GrowingTree()
  firstBad: Bad | undefined
  readonly #sources: readonly [outside: Heads, inside: Heads]
  /** A leaf that differs from its tile: the next checkpoint tells which of the two is false. */
  #suspect: Bad | undefined
  #good = 0
  #afterGood: string | null = null

  constructor(outside: Heads, inside: Heads) {
    this.#sources = [outside, inside]
  }

  async begin(): Promise<void> {
    for (const heads of this.#sources) await heads.advance()
    await this.#meetCheckpoints()
  }

  /** What was seen at an earlier leaf goes first; a wrong root is explained by any leaf seen to differ since. */
  #fail(leaf: number, id: string | null, why: BadReason): void {
    const suspect = this.#suspect
    const explains = suspect !== undefined && (suspect.leaf <= leaf || why === 'root')
    this.firstBad ??= explains ? suspect : { leaf, id, why }
  }

  async add(event: NumberedEvent, tiles: ReadonlyMap<number, Buffer>, concerns: readonly Concern[]): Promise<void> {
    const leaf = this.tree.size
    if (event.leaf > leaf) return this.#fail(leaf, null, 'missing')
    if (event.leaf < leaf) return this.#fail(event.leaf, event.id, 'repeated')
    const hash = leafHash(event.body)
    const at = (leaf % TILE) * 32
    const stored = tiles.get(Math.floor(leaf / TILE))?.subarray(at, at + 32)
    if (leaf === this.#good) this.#afterGood = event.id
    if (stored === undefined || !stored.equals(hash)) this.#suspect ??= { leaf, id: event.id, why: 'changed' }
    const wrong = wrongBeside(event, concerns)
    if (wrong) this.#suspect ??= { leaf, id: event.id, why: wrong }
    this.tree.append(hash)
    await this.#meetCheckpoints()
  }

  /** Compares the root with every checkpoint of this size. */
  async #meetCheckpoints(): Promise<void> {
    let root: Buffer | undefined
    for (const heads of this.#sources) {
      while (heads.next?.size === this.tree.size && !heads.broken) {
        root ??= this.tree.root()
        if (!root.equals(heads.next.root)) return this.#fail(this.#good, this.#afterGood, 'root')
        await heads.advance()
      }
      if (heads.broken) return this.#fail(this.#good, this.#afterGood, 'checkpoint')
    }
    if (root === undefined) return
    this.#good = this.tree.size
    this.#afterGood = null
    // The events are what was signed, so the stored hash is what was changed.
    if (this.#suspect !== undefined) {
      const { leaf, id, why } = this.#suspect
      this.firstBad ??= { leaf, id, why: why === 'columns' || why === 'concerns' ? why : 'tile' }
    }
  }

  /** Compares the tiles that are complete by now, and the edge, with those stored. */
  async compareTiles(client: AuditClient): Promise<void> {
    const made = this.tree.takeTiles().filter(tile => tile.level > 0)
    if (made.length === 0 || this.firstBad !== undefined) return
    const stored = new Map((await readTiles(client, made)).map(tile => [`${tile.level}/${tile.no}`, tile.hashes]))
    for (const { level, no, hashes } of made) {
      const kept = stored.get(`${level}/${no}`)?.subarray(0, hashes.length)
      if (kept?.equals(hashes)) continue
      this.#suspect ??= { leaf: no * TILE ** (level + 1), id: null, why: 'tile' }
    }
  }

  /** @param stray an event that is not there, and that something is said to concern */
  end(stray: string | undefined): void {
    const size = this.tree.size
    const [outside, inside] = this.#sources
    if (this.firstBad !== undefined) return
    if (outside.next !== undefined || inside.next !== undefined) this.#fail(size, null, 'rolled-back')
    else if (size > Math.max(outside.largest, inside.largest)) this.#fail(this.#good, this.#afterGood, 'unsigned')
    else if (size > 0 && outside.largest === 0) this.#fail(0, null, 'no-checkpoint')
    else if (this.#suspect !== undefined) this.firstBad = this.#suspect
    else if (stray !== undefined) this.#fail(size, stray, 'concerns')
  }
}

/** What beside the body says something else than it: the columns, the cases that it concerns; undefined when nothing does. */
function wrongBeside(event: NumberedEvent, concerns: readonly Concern[]): 'columns' | 'concerns' | undefined {
  // Whatever somebody made of it, null and texts included.
  let body: Partial<AuditEvent> | null
  try {
    body = JSON.parse(event.body)
  } catch {
    return 'columns'
  }
  if (!matchesBody(event, body)) return 'columns'
  const hash = concerns.length === 0 ? undefined : concernsHash(concerns)
  return body?.concerns === hash ? undefined : 'concerns'
}

function matchesBody(event: NumberedEvent, body: Partial<AuditEvent> | null): boolean {
  return (
    typeof body?.at === 'string' &&
    body.id === event.id &&
    body.case === event.caseId &&
    body.actor === event.actorId &&
    body.operation === event.operation &&
    `${body.at.slice(0, -1)}000Z` === event.at
  )
}

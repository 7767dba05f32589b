import type { AuditKey } from '#platform/crypto/keys.ts'
import { AuditError } from './audit-error.ts'
import { keepCheckpoint, latestKept } from './checkpoint-log.ts'
import { signCheckpoint, verifyCheckpoint } from './note.ts'
import { rootAt } from './proof.ts'
import {
  type AuditClient,
  attempt,
  inTransaction,
  lastCheckpoint,
  numberEvents,
  readTiles,
  releaseLock,
  type StoredCheckpoint,
  takeLock,
  waitingEvents,
  writeCheckpoint,
  writeTiles,
} from './store.ts'
import { edgeTiles, emptyRoot, GrowingTree, leafHash, readerOf } from './tree.ts'

export interface SequenceOptions {
  /** `audit.<country>.samaan`. */
  readonly origin: string
  /** Checkpoints are kept in `<folder>/checkpoints/`, outside the database. */
  readonly folder: string
  /**
   * Told of every event as it is numbered, in the same transaction; ids only. What it writes is undone if it fails, and
   * nothing of the audit waits for it.
   */
  readonly heard?: (events: readonly { readonly id: string; readonly case: string | null }[]) => Promise<unknown>
  readonly failed?: (error: unknown) => void
}

const BATCH = 10_000

/**
 * Numbers waiting events, at most 10,000, signs the tree that they make and keeps the checkpoint outside.
 * @param client one connection as samaan_jobs, outside a transaction
 * @returns how many were numbered; 10,000 means there may be more
 * @throws AuditError rather than sign what contradicts an earlier checkpoint. Events go on being written meanwhile
 */
export async function sequence(
  client: AuditClient,
  keys: { auditKey(): AuditKey },
  { origin, folder, heard, failed = () => {} }: SequenceOptions,
): Promise<number> {
  const key = keys.auditKey()
  await takeLock(client)
  try {
    const done = await inTransaction(client, async () => {
      const last = await lastCheckpoint(client)
      const tree = await openTree(client, last, origin, key)
      const kept = await checkKept(client, tree.size, folder, origin, key)
      // A crash between commit and file: the database knows a checkpoint that the file does not.
      const owed = last !== undefined && kept < last.size ? [last.note] : []
      const events = await waitingEvents(client, BATCH)
      if (events.length === 0) return { count: 0, owed }
      const first = tree.size
      for (const event of events) tree.append(leafHash(event.body))
      await numberEvents(
        client,
        events.map(event => event.id),
        first,
      )
      await writeTiles(client, tree.takeTiles())
      const root = tree.root()
      const note = signCheckpoint({ origin, size: tree.size, root }, key)
      await writeCheckpoint(client, { size: tree.size, root, note })
      if (heard) await attempt(client, () => heard(events.map(({ id, case: of }) => ({ id, case: of }))), failed)
      return { count: events.length, owed: [...owed, note] }
    })
    for (const note of done.owed) keepCheckpoint(folder, note)
    return done.count
  } finally {
    await releaseLock(client).catch(() => {})
  }
}

/** The tree as the last checkpoint left it, if the tiles still say the same. */
async function openTree(
  client: AuditClient,
  last: StoredCheckpoint | undefined,
  origin: string,
  key: AuditKey,
): Promise<GrowingTree> {
  if (last === undefined) return new GrowingTree()
  const signed = verifyCheckpoint(last.note, origin, key.publicKey)
  if (signed === undefined) throw new AuditError('unsigned', 'the last checkpoint is not of this key and origin')
  let tree: GrowingTree
  try {
    tree = new GrowingTree(last.size, await readTiles(client, edgeTiles(last.size)))
  } catch (error) {
    if (error instanceof RangeError) throw new AuditError('damaged', 'tiles of the audit tree are missing')
    throw error
  }
  if (signed.size !== last.size || !signed.root.equals(last.root) || !tree.root().equals(last.root)) {
    throw new AuditError('damaged', 'tiles and last checkpoint do not agree')
  }
  return tree
}

/** The size of the newest checkpoint outside, after making sure that the database continues it. */
async function checkKept(
  client: AuditClient,
  size: number,
  folder: string,
  origin: string,
  key: AuditKey,
): Promise<number> {
  const note = latestKept(folder)
  if (note === undefined) return 0
  const kept = verifyCheckpoint(note, origin, key.publicKey)
  if (kept === undefined) throw new AuditError('unsigned', 'the kept checkpoint is not of this key and origin')
  if (kept.size > size) throw new AuditError('rolled-back', 'the database is older than the checkpoint kept outside')
  const read = readerOf(async (level, no) => (await readTiles(client, [{ level, no }]))[0]?.hashes ?? Buffer.alloc(0))
  const root = kept.size === 0 ? emptyRoot : await rootAt(kept.size, read)
  if (!root.equals(kept.root)) throw new AuditError('forked', 'the database does not continue the kept checkpoint')
  return kept.size
}

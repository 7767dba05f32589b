import type { FileAnswer } from '../../../contract/operation.ts'
import { KeyError } from '../../../crypto/key-error.ts'
import type { DataKey, Keys } from '../../../crypto/keys.ts'
import { runningHash } from '../../../crypto/running-hash.ts'
import { generateIdentity } from '../../../crypto/sealed-file.ts'
import type { Tx } from '../../../db/context.ts'
import type { Services } from '../../../http/services.ts'
import { notFound } from '../../../problem/problem.ts'
import { claimFiles, keepCopies, offer } from '../claims.ts'
import { hashOfCopy, openCopy, openSmall } from '../copies.ts'
import { findByContent } from '../store.ts'
import { fileAway, type Told } from './file-away.ts'
import {
  type About,
  hashOf,
  isProven,
  openAbout,
  openIdentityOf,
  type Shelf,
  sealAbout,
  sealIdentity,
} from './sealed.ts'
import { type AttachedRow, keptCopies } from './store.ts'

// What every slice does with files that belong to something of its own.

/** A slice files away what its table waits for, and keeps its copies; called once, when the slice is loaded. */
export function attachTo<Row extends AttachedRow>(table: string, told: Told<Row>): void {
  claimFiles(fileAway(table, told as Told<AttachedRow>))
  keepCopies((tx, ids) => keptCopies(tx, table, ids))
}

/**
 * The sealed columns of a new row. The pair of keys that its copies are sealed to is made here, while the decision stands,
 * and its secret half sealed with the case's key, so that filing the bytes away later needs no key of the case.
 */
export async function sealedColumns(shelf: Shelf, key: DataKey, id: string, about: About) {
  const { identity, recipient } = await generateIdentity()
  return {
    sealed_about: sealAbout(shelf, key, id, about),
    recipient,
    sealed_identity: sealIdentity(shelf, key, id, identity),
  }
}

/** Long enough for the request's own commit; where it was not, the file is offered again by whoever asks about it. */
const afterCommit = 100
/** Where the bytes came before their command, they are filed away as soon as that is committed. */
export async function offerSoon(tx: Tx, services: Services, account: string, sha256: Buffer): Promise<void> {
  if ((await findByContent(tx, account, sha256))?.state !== 'whole') return
  setTimeout(() => void offer(services, { account, sha256 }), afterCommit).unref()
}

/** What every list says of a file: its name, what is known of it, and a small picture of a picture. */
export async function shown(shelf: Shelf, keys: Keys, key: DataKey, row: AttachedRow) {
  const { sealed_thumbnail: sealed, proof } = row
  const thumbnail =
    sealed && proof && isProven(keys, row.id, 'thumbnail', hashOf(sealed), proof)
      ? await openSmall(sealed, openIdentityOf(shelf, key, row.id, row.sealed_identity))
      : undefined
  return {
    ...openAbout(shelf, key, row.id, row.sealed_about),
    state: row.state as 'waiting-for-file' | 'ready' | 'refused' | 'quarantined',
    code: row.code,
    kind: row.kind,
    size: row.size,
    scanned: row.scanned,
    copies: [...(row.original_file ? ['original' as const] : []), ...(row.clean_file ? ['clean' as const] : [])],
    ...(thumbnail ? { thumbnail: thumbnail.toString('base64') } : {}),
  }
}

type CopyOf = readonly [shelf: Shelf, services: Services, key: DataKey, row: AttachedRow, copy: 'original' | 'clean']
/** The bytes of a copy, piece by piece from the disk. @throws Problem not-found, KeyError `unreadable` */
async function opened(...[shelf, { config, keys }, key, row, copy]: CopyOf): Promise<AsyncGenerator<Uint8Array>> {
  const file = copy === 'original' ? row.original_file : row.clean_file
  if (row.state !== 'ready' || !file || !row.proof) throw notFound()
  const identity = openIdentityOf(shelf, key, row.id, row.sealed_identity)
  if (!isProven(keys, row.id, copy, await hashOfCopy(config.dataFolder, file), row.proof))
    throw new KeyError('unreadable', 'a copy on the disk is not the one that was filed')
  return openCopy(config.dataFolder, file, identity)
}

/**
 * One copy, to be saved.
 * @param prefix says nothing of what is in it: names lie about on desks and in download lists
 */
export async function savedCopy(prefix: string, ...of: CopyOf): Promise<FileAnswer> {
  const [, , , row, copy] = of
  const name = `${prefix}-${row.id.slice(-8)}.${copy === 'original' ? row.kind : 'jpg'}`
  return { name, bytes: await opened(...of), length: copy === 'original' ? row.size! : row.clean_size! }
}

/** The SHA-256 of a copy as whoever saves it has it. */
export async function sumOfCopy(...of: CopyOf): Promise<Buffer> {
  const hash = runningHash()
  for await (const piece of await opened(...of)) hash.add(piece)
  return hash.end()
}

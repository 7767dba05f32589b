import { KeyError } from '../../../crypto/key-error.ts'
import { parcelKeyOf } from '../../../crypto/parcel-key.ts'
import { runningHash } from '../../../crypto/running-hash.ts'
import { type Fence, inTransaction, type Tx } from '../../../db/context.ts'
import type { Services } from '../../../http/services.ts'
import { mostFileBytes, mostSealedBytes } from '../../contract.ts'
import type { Claim } from '../claims.ts'
import { scan } from '../clamd.ts'
import { removeCopy, sealSmall, writeCopy } from '../copies.ts'
import { type Folder, uploadsIn } from '../folder.ts'
import { isDrawn, type Kind, kindOf } from '../kinds.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { draw } from '../picture.ts'
import { type FileNote, noteFile } from '../sender.ts'
import {
  endHold,
  findAnswer,
  findByContent,
  type Hold,
  hold,
  removeUpload,
  settleUpload,
  type UploadRow,
} from '../store.ts'
import { hashOf, proofOf } from './sealed.ts'
import { type AttachedRow, type Filed, findOfFile, settleAttached } from './store.ts'

/** What a slice says in the audit of a file that was filed, refused or set aside: its event, and what it belongs to. */
export interface Told<Row extends AttachedRow> {
  readonly events: Readonly<Record<End['state'], string>>
  readonly of: (row: Row) => Pick<FileNote, 'case' | 'basis' | 'compartment' | 'purpose'>
}

/** May see and file what waits for its maker's own files; opens no case and no key. */
const filingFence = (account: string): Fence => ({
  user: account,
  principals: [account],
  compartments: 0,
  country: 'ZZZ',
  role: 'filing',
})

type End =
  | { readonly state: 'ready'; readonly filed: Filed }
  | { readonly state: 'refused'; readonly code: string }
  | ({ readonly state: 'quarantined' } & Pick<Hold, 'code' | 'found' | 'kind' | 'size'>)

/**
 * A whole file meets its command: opened, looked at by its bytes, drawn anew where it is a picture, and every copy sealed
 * to the attachment's own recipient. One file is in memory at a time, and no transaction is open while it is.
 */
export const fileAway =
  (table: string, told: Told<AttachedRow>): Claim =>
  (services, { account, sha256 }) =>
    oneAtATime(async () => {
      const fence = filingFence(account)
      const pair = await inTransaction(services.pool, fence, async tx => {
        const attachment = await findOfFile(tx, table, account, sha256)
        const upload = attachment && (await findByContent(tx, account, sha256))
        return upload && { attachment, upload, answer: await findAnswer(tx, upload.id) }
      })
      if (!pair) return
      const { attachment, upload, answer } = pair
      if (attachment.state === 'ready' || attachment.state === 'refused') return cameAgain(services, attachment, upload)
      // What a scanner found waits for a person, who is not asked for by looking again.
      const decided = upload.state === 'held' ? answer : undefined
      const waits = upload.state === 'held' && (decided !== undefined || upload.code === 'scanner-away')
      if (!(upload.state === 'whole' || waits)) return
      const folder = uploadsIn(services.config.dataFolder)
      const opened = decided === 'refuse' ? 'refused-by-person' : await openUpload(services, folder, upload.id, sha256)
      if (opened === 'damaged') {
        // Gone or changed on the disk: the phone, which has it still, begins anew.
        services.config.log({ event: 'files-damaged', upload: upload.id })
        await inTransaction(services.pool, fence, tx => removeUpload(tx, upload.id, account))
        await folder.remove(upload.id)
        return
      }
      const end = await look(services, attachment, opened, decided)
      const kept = await inTransaction(services.pool, fence, tx =>
        settle(tx, services, { table, told, decided }, attachment, upload, end),
      )
      if (end.state === 'ready' && !kept) await removeCopies(services, end.filed)
      if (kept && end.state !== 'quarantined') await folder.remove(upload.id)
    })

/** A phone that never heard what became of its file sends it once more, long after its upload was forgotten. */
async function cameAgain(services: Services, { state, code }: AttachedRow, upload: UploadRow): Promise<void> {
  if (upload.state !== 'whole') return
  await inTransaction(services.pool, filingFence(upload.account_id), tx =>
    settleUpload(tx, upload.id, state === 'ready' ? 'kept' : 'refused', code),
  )
  await uploadsIn(services.config.dataFolder).remove(upload.id)
}

/**
 * What a phone sealed, as far as it may be large, with the hash of the sealed bytes asked on the way.
 * @returns `damaged` when the bytes on the disk are not those that were announced
 */
async function openUpload(
  { keys }: Services,
  folder: Folder,
  id: string,
  sha256: Buffer,
): Promise<Buffer | 'damaged' | 'unreadable' | 'too-large'> {
  const sealed = await folder.read(id)
  if (!sealed) return 'damaged'
  const hash = runningHash()
  const hashed = (async function* () {
    for await (const piece of sealed) {
      hash.add(piece)
      yield piece
    }
  })()
  const plain = Buffer.allocUnsafe(mostSealedBytes)
  let length = 0
  let flaw: 'unreadable' | 'too-large' | undefined
  try {
    for await (const piece of (await parcelKeyOf(keys)).openPieces(hashed)) {
      plain.set(piece, length)
      length += piece.length
    }
  } catch (error) {
    if (!(error instanceof KeyError && error.code === 'unreadable')) throw error
    flaw = 'unreadable'
  }
  // Where opening stopped early, the rest is still part of what was announced.
  if (flaw) {
    const again = await folder.read(id)
    const whole = runningHash()
    for await (const piece of again ?? []) whole.add(piece)
    return whole.end().equals(sha256) ? flaw : 'damaged'
  }
  if (!hash.end().equals(sha256)) return 'damaged'
  return length > mostFileBytes ? 'too-large' : plain.subarray(0, length)
}

async function look(
  services: Services,
  attachment: AttachedRow,
  plain: Buffer | 'unreadable' | 'too-large' | 'refused-by-person',
  decided: string | undefined,
): Promise<End> {
  if (typeof plain === 'string') return { state: 'refused', code: plain }
  try {
    const kind = kindOf(plain)
    if (typeof kind !== 'string') return { state: 'refused', code: kind.refused }
    const { clamd } = services.config
    const said = clamd && decided !== 'release' ? await scan(clamd, plain) : undefined
    // Who asked for another look is not answered by a scanner that is no longer there.
    const found = said ?? (decided === 'scan' ? 'away' : undefined)
    const about = { kind, size: plain.length }
    if (found === 'away') return { state: 'quarantined', code: 'scanner-away', found: null, ...about }
    if (typeof found === 'object') return { state: 'quarantined', code: 'infected', found: found.infected, ...about }
    return await keep(services, attachment, kind, plain, found === 'clean')
  } finally {
    plain.fill(0)
  }
}

async function keep(
  { config, keys }: Services,
  { id, recipient }: AttachedRow,
  kind: Kind,
  plain: Buffer,
  scanned: boolean,
): Promise<End> {
  const drawn = isDrawn(kind) ? await draw(kind, plain) : undefined
  if (drawn && 'refused' in drawn) return { state: 'refused', code: drawn.refused }
  const original = await writeCopy(config.dataFolder, plain, recipient)
  const about = { kind, size: plain.length, scanned, original_file: original.id }
  if (!drawn) return { state: 'ready', filed: { ...about, proof: proofOf(keys, id, [original.sha256]) } }
  const clean = await writeCopy(config.dataFolder, drawn.clean, recipient)
  const thumbnail = await sealSmall(drawn.thumbnail, recipient)
  return {
    state: 'ready',
    filed: {
      ...about,
      clean_file: clean.id,
      clean_size: drawn.clean.length,
      sealed_thumbnail: thumbnail,
      proof: proofOf(keys, id, [original.sha256, clean.sha256, hashOf(thumbnail)]),
    },
  }
}

/** @returns whether it was this process that filed it */
async function settle(
  tx: Tx,
  services: Services,
  {
    table,
    told,
    decided,
  }: { readonly table: string; readonly told: Told<AttachedRow>; readonly decided: string | undefined },
  attachment: AttachedRow,
  upload: UploadRow,
  end: End,
): Promise<boolean> {
  const code = end.state === 'ready' ? null : end.code
  const again = attachment.state === end.state && attachment.code === code
  const done = await settleAttached(tx, table, attachment.id, end.state, code, end.state === 'ready' ? end.filed : {})
  if (done === 0) return false
  const states = { ready: 'kept', refused: 'refused', quarantined: 'held' } as const
  await settleUpload(tx, upload.id, states[end.state], code)
  const of = told.of(attachment)
  if (end.state === 'quarantined') await hold(tx, { upload: upload.id, case: of.case, lead: of.basis, decided, ...end })
  else if (upload.state === 'held') await endHold(tx, upload.id, end.state, decided)
  if (again) return true
  const sender = { account: upload.account_id, device: upload.device_id, role: 'none', organisation: null }
  await noteFile(tx, services, sender, {
    event: told.events[end.state],
    ...of,
    ...(code ? { reason: code } : {}),
  })
  return true
}

const removeCopies = async ({ config }: Services, { original_file, clean_file }: Filed): Promise<void> => {
  for (const id of [original_file, clean_file]) if (id) await removeCopy(config.dataFolder, id)
}

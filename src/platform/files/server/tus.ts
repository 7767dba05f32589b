import type { Context, Hono } from 'hono'
import { parcelKeyOf } from '../../crypto/parcel-key.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { asProblem, problemResponse } from '../../http/problems.ts'
import type { Services } from '../../http/services.ts'
import { Problem } from '../../problem/problem.ts'
import { pickLanguage } from '../../words/words.ts'
import {
  checksumStatus,
  codeHeader,
  lockedStatus,
  mostSealedBytes,
  mostUnsettled,
  mostUnsettledBytes,
  pieceType,
  recipientHeader,
  stateHeader,
  tusExtensions,
  tusVersion,
  uploadPath,
} from '../contract.ts'
import { offerBriefly } from './claims.ts'
import { type Folder, uploadsIn } from './folder.ts'
import { receive, writerSeconds } from './piece.ts'
import { asSender, noteFile } from './sender.ts'
import * as store from './store.ts'

type Row = store.UploadRow
type Step = (c: Context, services: Services, folder: Folder) => Promise<Response>

/**
 * The tus 1.0 protocol for sealed files, by hand (docs/decisions/0008-files.md): creation, any number of pieces from any
 * byte on, checksums, expiry, termination. The same file again, by its hash, is the same upload.
 */
export function mountFiles(app: Hono, services: Services): void {
  const folder = uploadsIn(services.config.dataFolder)
  const on = (method: string, path: string, step: Step) =>
    app.on(method, path, async c => {
      const request = uuidv7()
      try {
        if (method !== 'OPTIONS' && c.req.header('tus-resumable') !== tusVersion)
          return answer(412, { 'tus-version': tusVersion })
        return await step(c, services, folder)
      } catch (error) {
        const problem = asProblem(error)
        if (problem.code === 'broken') services.config.log({ event: 'broken', operation: 'files.send', request, error })
        const words = services.words(pickLanguage(c.req.header('accept-language'), undefined))
        const response = problemResponse(problem, words, request)
        response.headers.set('tus-resumable', tusVersion)
        // The rest of a refused piece is not read.
        if (method === 'PATCH') response.headers.set('connection', 'close')
        return response
      }
    })
  on('OPTIONS', uploadPath, capabilities)
  on('POST', uploadPath, create)
  // Hono asks the reading route for a head, too.
  on('GET', `${uploadPath}/:upload`, ask)
  on('PATCH', `${uploadPath}/:upload`, add)
  on('DELETE', `${uploadPath}/:upload`, end)
}

const answer = (status: number, headers: Record<string, string> = {}): Response =>
  new Response(null, { status, headers: { 'tus-resumable': tusVersion, 'cache-control': 'no-store', ...headers } })

const stands = (row: Row): Record<string, string> => ({
  'upload-offset': String(row.received),
  'upload-length': String(row.length),
  [stateHeader]: row.state,
  ...(row.code ? { [codeHeader]: row.code } : {}),
  ...(row.state === 'receiving' ? { 'upload-expires': new Date(row.expires_at).toUTCString() } : {}),
})

const capabilities: Step = async (_, services) =>
  answer(204, {
    'tus-version': tusVersion,
    'tus-extension': tusExtensions,
    'tus-max-size': String(mostSealedBytes),
    'tus-checksum-algorithm': 'sha256',
    [recipientHeader]: (await parcelKeyOf(services.keys)).recipient,
  })

const create: Step = async (c, services, folder) => {
  const length = wholeNumber(c, 'Upload-Length')
  if (length > mostSealedBytes)
    throw new Problem('too-large', [{ field: 'Upload-Length', code: 'too-large', limit: mostSealedBytes }])
  if (length < 1) throw new Problem('invalid-input', [{ field: 'Upload-Length', code: 'too-small', limit: 1 }])
  const sha256 = hashIn(c.req.header('upload-metadata'))
  const made = await asSender(c, services, async (tx, sender) => {
    const { account, device } = sender
    await store.lockUploads(tx, account)
    const known = await store.findByContent(tx, account, sha256)
    if (known) {
      if (known.length !== length) throw new Problem('conflict')
      return { row: known, fresh: false }
    }
    const { count, bytes } = await store.unsettledOf(tx, account)
    if (count >= mostUnsettled || bytes + length > mostUnsettledBytes) throw new Problem('slow-down')
    const id = uuidv7()
    await store.insertUpload(tx, { id, account, device, sha256, length })
    await noteFile(tx, services, sender, { event: 'file.upload-begun' })
    return { row: (await store.findUpload(tx, id, account))!, fresh: true }
  })
  const row = await looked(c, services, folder, made.row)
  return answer(made.fresh ? 201 : 200, { location: `${uploadPath}/${row.id}`, ...stands(row) })
}

const ask: Step = async (c, services, folder) => {
  if (c.req.method !== 'HEAD') throw new Problem('method-not-allowed')
  const row = await asSender(c, services, (tx, { account }) => found(tx, c, account))
  return answer(200, stands(await looked(c, services, folder, row)))
}

/** A file that is whole is offered again to who may wait for it, so that an answer which was lost is not lost for good. */
async function looked(c: Context, services: Services, folder: Folder, row: Row): Promise<Row> {
  if (row.state === 'whole') {
    await offerBriefly(services, { account: row.account_id, sha256: row.sha256 })
    return asSender(c, services, async (tx, { account }) => (await store.findUpload(tx, row.id, account)) ?? row)
  }
  // The disk was brought back from before: what it lacks is asked for again.
  return row.state === 'receiving' && (await lost(folder, row)) ? { ...row, received: 0 } : row
}

const add: Step = async (c, services, folder) => {
  if (c.req.header('content-encoding'))
    throw new Problem('unsupported-type', [{ field: 'Content-Encoding', code: 'wrong' }])
  if ((c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase() !== pieceType)
    throw new Problem('unsupported-type', [{ field: 'Content-Type', code: 'wrong' }])
  const offset = wholeNumber(c, 'Upload-Offset')
  const checksum = checksumIn(c.req.header('upload-checksum'))
  const writer = uuidv7()
  const taken = await asSender(c, services, async (tx, { account }) => {
    const row = await found(tx, c, account)
    const room = row.length - offset
    if (row.state !== 'receiving') return offset === row.received && claimed(c) === 0 ? row : 409
    if (offset !== row.received && offset !== 0) return 409
    if (claimed(c) > room) throw new Problem('too-large', [{ field: 'Content-Length', code: 'too-large', limit: room }])
    // A file may be begun anew; its sender may know that the disk lost it.
    if (offset !== row.received && !(await lost(folder, row))) return 409
    return (await store.takeUpload(tx, row, account, writer, writerSeconds)) === 1 ? row : lockedStatus
  })
  if (typeof taken === 'number') return answer(taken, { connection: 'close' })
  if (taken.state !== 'receiving') return answer(204, stands(taken))
  let received = offset
  let whole = false
  let status = 204
  try {
    const handle = await folder.openPart(taken.id, offset)
    if (!handle) return answer(409)
    try {
      const piece = await receive(c, handle, offset, taken.length - offset)
      // What was sent with a checksum counts as a whole or not at all; without one, as far as it came.
      const good = checksum === undefined || (piece.ended === 'whole' && piece.sha256.equals(checksum))
      if (good && piece.ended !== 'too-large') received += piece.count
      if (piece.ended === 'too-large') status = 413
      else if (!good) status = piece.ended === 'whole' ? checksumStatus : 408
    } finally {
      await handle.close()
    }
    if (received === taken.length) {
      whole = (await folder.hashOfPart(taken.id)).equals(taken.sha256)
      if (whole) await folder.finish(taken.id)
    }
  } finally {
    // Whatever happened, the next writer need not wait for this one.
    await moved(c, services, taken, writer, received, whole)
  }
  if (received === taken.length && !whole) {
    // The pieces were right and the whole is not: nothing here is worth keeping. The sender looks at its own copy first.
    await folder.remove(taken.id)
    return answer(checksumStatus, { connection: 'close' })
  }
  if (status !== 204) return answer(status, { connection: 'close' })
  const now: Row = { ...taken, received, state: whole ? 'whole' : 'receiving' }
  return answer(204, stands(await looked(c, services, folder, now)))
}

/** Notes where the file stands now. A whole that is not what was announced is forgotten. */
async function moved(c: Context, services: Services, row: Row, writer: string, received: number, whole: boolean) {
  await asSender(c, services, async (tx, sender) => {
    if (received === row.length && !whole) {
      await store.removeUpload(tx, row.id, sender.account)
      await noteFile(tx, services, sender, { event: 'file.upload-damaged' })
      return
    }
    // Whose time was over writes nothing down: another may be at it.
    if ((await store.moveUpload(tx, row.id, writer, received, whole)) === 0) throw new Problem('conflict')
    if (whole) await noteFile(tx, services, sender, { event: 'file.upload-whole' })
  })
}

const lost = async (folder: Folder, row: Row): Promise<boolean> => (await folder.size(row.id)) < row.received

const end: Step = async (c, services, folder) => {
  const row = await asSender(c, services, async (tx, sender) => {
    const known = await found(tx, c, sender.account)
    // What was filed away, or waits for a person, is no longer its sender's to take back.
    if (known.state !== 'receiving' && known.state !== 'whole') throw new Problem('not-now')
    await store.removeUpload(tx, known.id, sender.account)
    await noteFile(tx, services, sender, { event: 'file.upload-removed' })
    return known
  })
  await folder.remove(row.id)
  return answer(204)
}

async function found(tx: Parameters<typeof store.findUpload>[0], c: Context, account: string): Promise<Row> {
  const id = c.req.param('upload') ?? ''
  const row = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ? await store.findUpload(tx, id, account)
    : undefined
  if (!row || new Date(row.expires_at).getTime() < Date.now()) throw new Problem('not-found')
  return row
}

/** How much a request says it brings; what says nothing is counted as it comes. */
const claimed = (c: Context): number => Number(c.req.header('content-length') ?? 0)

function wholeNumber(c: Context, name: string): number {
  const value = c.req.header(name)
  if (value === undefined) throw new Problem('invalid-input', [{ field: name, code: 'required' }])
  if (!/^(0|[1-9][0-9]{0,14})$/.test(value)) throw new Problem('invalid-input', [{ field: name, code: 'whole' }])
  return Number(value)
}

/** `sha256 <base64 of its 32 bytes>` and nothing else: a name or a type would stand there readable. */
function hashIn(metadata: string | undefined): Buffer {
  const bytes = /^sha256 ([A-Za-z0-9+/]{43}=)$/.exec(metadata ?? '')?.[1]
  if (!bytes) throw new Problem('invalid-input', [{ field: 'Upload-Metadata', code: metadata ? 'wrong' : 'required' }])
  return Buffer.from(bytes, 'base64')
}
function checksumIn(header: string | undefined): Buffer | undefined {
  if (header === undefined) return undefined
  const bytes = /^sha256 ([A-Za-z0-9+/]{43}=)$/.exec(header)?.[1]
  if (!bytes) throw new Problem('invalid-input', [{ field: 'Upload-Checksum', code: 'wrong' }])
  return Buffer.from(bytes, 'base64')
}

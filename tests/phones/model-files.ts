import { sha256 } from '#platform/crypto/hash.ts'
import type { Bytes } from '#platform/sync/parcel-format.ts'
import { day } from '../../src/staff/offline/expiry.ts'
import type { Setback, Stand } from '../../src/staff/offline/files-send.ts'
import { hexOf, isKept } from './files.ts'
import type { Sealing } from './model-server.ts'

interface Upload {
  readonly account: string
  readonly hash: string
  readonly place: string
  readonly bytes: Bytes
  received: number
  state: Stand['state']
  code: string | null
  /** Of the last piece. */
  at: number
}
/** A file that a command named, as the judge asks for it. */
export interface Attached {
  readonly mark: string
  readonly case: string
  /** SHA-256 of what was opened, each time that it was filed. */
  readonly sums: string[]
  refused: boolean
}
/** The half of the model that takes files. */
export interface ModelFiles {
  begin(account: string, hash: string, size: number): Promise<Stand | Setback>
  piece(account: string, place: string, offset: number, bytes: Bytes, checksum: string): Promise<Stand | Setback>
  /** A command names a file. @returns false where one did before */
  attach(account: string, file: string, what: { readonly mark: string; readonly case: string }): boolean
  /** By account and hash. */
  readonly attached: ReadonlyMap<string, Attached>
  /** By account and hash: bytes that counted. */
  readonly counted: ReadonlyMap<string, number>
  /** The same: begun again, since what was there had run out. */
  readonly begunAgain: ReadonlySet<string>
}

const hashOf = (bytes: Bytes): string => sha256(bytes).toString('hex')

/** What decision 0008 asks of a server that takes files, in memory. */
export function modelFiles({ open }: Sealing, time: () => number): ModelFiles {
  const uploads = new Map<string, Upload>()
  /** Keys of uploads, also of those that are no more. */
  const places = new Map<string, string>()
  const attached = new Map<string, Attached>()
  const counted = new Map<string, number>()
  const begunAgain = new Set<string>()
  let made = 0

  const stand = ({ place, received, state, code }: Upload): Stand => ({ place, offset: received, state, code })
  const isOver = ({ state, at }: Upload): boolean =>
    time() - at > (state === 'receiving' ? 7 : state === 'whole' ? 60 : Number.POSITIVE_INFINITY) * day
  const find = (key: string): Upload | undefined => {
    const found = uploads.get(key)
    if (!found || !isOver(found)) return found
    uploads.delete(key)
    begunAgain.add(key)
    return undefined
  }
  /** A whole file meets its command. */
  async function file(upload: Upload): Promise<void> {
    const known = attached.get(`${upload.account} ${upload.hash}`)
    if (!known || upload.state !== 'whole') return
    upload.state = 'kept'
    const plain = await open(upload.bytes)
    if (isKept(plain)) known.sums.push(hashOf(plain))
    else {
      known.refused = true
      upload.state = 'refused'
      upload.code = 'type'
    }
  }

  return {
    attached,
    counted,
    begunAgain,
    async begin(account, hash, size) {
      const key = `${account} ${hash}`
      const known = find(key)
      if (known) {
        await file(known)
        return stand(known)
      }
      const place = `/api/files/${++made}`
      const bytes = new Uint8Array(size)
      const fresh = { account, hash, place, bytes, received: 0, state: 'receiving' as const, code: null, at: time() }
      uploads.set(key, fresh)
      places.set(place, key)
      return stand(fresh)
    },
    async piece(account, place, offset, bytes, checksum) {
      const key = places.get(place) ?? ''
      const known = key.startsWith(account) ? find(key) : undefined
      if (known?.place !== place || known.state !== 'receiving' || known.received !== offset) return 'moved'
      if (hashOf(bytes) !== checksum || offset + bytes.length > known.bytes.length) return 'checksum'
      known.bytes.set(bytes, offset)
      known.received += bytes.length
      known.at = time()
      counted.set(key, (counted.get(key) ?? 0) + bytes.length)
      if (known.received < known.bytes.length) return stand(known)
      if (hashOf(known.bytes) !== known.hash) {
        uploads.delete(key)
        return 'checksum'
      }
      known.state = 'whole'
      await file(known)
      return stand(known)
    },
    attach(account, named, { mark, case: of }) {
      const key = `${account} ${hexOf(named)}`
      if (attached.has(key)) return false
      attached.set(key, { mark, case: of, sums: [], refused: false })
      return true
    },
  }
}

import { canonical } from '#platform/audit/canonical.ts'

// One layout for both ends of a parcel: the phone encodes and seals, the server opens and decodes. Inside the seal:
// magic (4) | length of content (uint32, big-endian) | signature (64, P-256, r then s) | content | zeros up to a bucket.

export type Bytes = Uint8Array<ArrayBuffer>
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined }

/** One command as its maker finished it. */
export interface ParcelContent {
  readonly format: 1
  /** `<slice>.<verb>`. */
  readonly operation: string
  readonly params: Readonly<Record<string, string>>
  readonly body: Json
  /** UUID: the command's own id, its `Idempotency-Key`, and the parcel's id. */
  readonly key: string
  /** What `If-Match` would say. */
  readonly version?: number
  /** UUID of the maker's account. */
  readonly account: string
  /** UUID of the role in an organisation that the maker acted in. */
  readonly assignment: string
  readonly purpose: string
  /** ISO 8601, by the phone's clock: told, never trusted. */
  readonly madeAt: string
}

export type ParcelFlawCode = 'too-large' | 'malformed' | 'signature'
/** A parcel that is not one. The message holds nothing of what stood in it. */
export class ParcelFlaw extends Error {
  readonly code: ParcelFlawCode
  constructor(code: ParcelFlawCode) {
    super(`parcel: ${code}`)
    this.code = code
  }
}

const magic = [0x53, 0x50, 0x43, 0x01]
const head = 4 + 4 + 64
const kilobyte = 1024
/** What a parcel may hold at most before it is sealed; files travel apart. */
export const largestParcel = 512 * kilobyte

/** The size that so many bytes are padded to: 1, 2, 4, 8, … KB. */
export function bucketOf(bytes: number): number {
  if (bytes > largestParcel) throw new ParcelFlaw('too-large')
  let size = kilobyte
  while (size < bytes) size *= 2
  return size
}

const context = new TextEncoder().encode('samaan parcel 1\0')
function signedBytes(content: Bytes): Bytes {
  const all = new Uint8Array(context.length + content.length)
  all.set(context)
  all.set(content, context.length)
  return all
}

const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const

/**
 * The padded bytes of a command, ready to be sealed.
 * @param key a P-256 private key that may sign
 * @throws ParcelFlaw `too-large`; TypeError for a body that JSON has no spelling for
 */
export async function encodeParcel(subtle: SubtleCrypto, key: CryptoKey, content: ParcelContent): Promise<Bytes> {
  const bytes = new TextEncoder().encode(canonical(content as unknown as Json))
  const all = new Uint8Array(bucketOf(head + bytes.length))
  all.set(magic)
  new DataView(all.buffer).setUint32(4, bytes.length)
  all.set(new Uint8Array(await subtle.sign(algorithm, key, signedBytes(bytes))), 8)
  all.set(bytes, head)
  return all
}

/** What was taken apart, its signature not yet looked at: who signed is known only after reading the account. */
export interface DecodedParcel {
  readonly content: ParcelContent
  readonly bytes: Bytes
  readonly signature: Bytes
}

/**
 * Takes opened bytes apart. Only one spelling of a parcel is read: canonical JSON, exactly one bucket, zeros behind.
 * @throws ParcelFlaw
 */
export function decodeParcel(opened: Uint8Array): DecodedParcel {
  const all = Uint8Array.from(opened.subarray(0, largestParcel + 1))
  if (all.length > largestParcel) throw new ParcelFlaw('too-large')
  if (all.length < head || magic.some((byte, at) => all[at] !== byte)) throw new ParcelFlaw('malformed')
  const length = new DataView(all.buffer).getUint32(4)
  const end = head + length
  if (end > all.length || bucketOf(end) !== all.length) throw new ParcelFlaw('malformed')
  if (all.subarray(end).some(byte => byte !== 0)) throw new ParcelFlaw('malformed')
  const bytes = all.slice(head, end)
  return { content: contentOf(bytes), bytes, signature: all.slice(8, head) }
}

function contentOf(bytes: Bytes): ParcelContent {
  let content: unknown
  let spelled: string
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    content = JSON.parse(text)
    spelled = canonical(content as Json)
    if (spelled !== text) throw new ParcelFlaw('malformed')
  } catch {
    // Not UTF-8, not JSON, another spelling, or nested deeper than anything of ours.
    throw new ParcelFlaw('malformed')
  }
  if (!isContent(content)) throw new ParcelFlaw('malformed')
  return content
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const shape: Readonly<Record<string, (value: unknown) => boolean>> = {
  format: value => value === 1,
  operation: value => typeof value === 'string' && /^[a-z][\w-]*\.[a-zA-Z][\w-]*$/.test(value) && value.length <= 100,
  params: value =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(one => typeof one === 'string'),
  body: () => true,
  key: value => typeof value === 'string' && uuid.test(value),
  version: value => value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0),
  account: value => typeof value === 'string' && uuid.test(value),
  assignment: value => typeof value === 'string' && uuid.test(value),
  purpose: value => typeof value === 'string' && /^[a-z][a-z-]{0,59}$/.test(value),
  madeAt: value => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value),
}
function isContent(value: unknown): value is ParcelContent {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const found = value as Record<string, unknown>
  if (!Object.hasOwn(found, 'body')) return false
  return (
    Object.keys(found).every(name => Object.hasOwn(shape, name)) &&
    Object.entries(shape).every(([name, good]) => good(Object.hasOwn(found, name) ? found[name] : undefined))
  )
}

/** A phone's public key as it was enrolled: SPKI. */
export const parcelKey = (subtle: SubtleCrypto, spki: Bytes): Promise<CryptoKey> =>
  subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])

/**
 * Whether the phone whose key this is made the parcel, exactly as it stands.
 * @throws ParcelFlaw `signature`
 */
export async function verifyParcel(
  subtle: SubtleCrypto,
  key: CryptoKey,
  parcel: DecodedParcel,
): Promise<ParcelContent> {
  if (!(await subtle.verify(algorithm, key, parcel.signature, signedBytes(parcel.bytes))))
    throw new ParcelFlaw('signature')
  return parcel.content
}

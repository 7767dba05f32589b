import { encodeParcel, type ParcelContent } from '#platform/sync/parcel-format.ts'
import { type Bytes, hex } from './bytes.ts'

/** Seals bytes so that only the holder of the recipient's key opens them. */
export type Seal = (recipient: string, bytes: Bytes) => Promise<Bytes>

/** age with X25519. Loaded when the first parcel is made: a phone that only reads does without. */
export const sealToServer: Seal = async (recipient, bytes) => {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return new Uint8Array(await encrypter.encrypt(bytes))
}

export interface Parcel {
  readonly id: string
  readonly sealed: Bytes
  /** SHA-256 of the sealed bytes, hexadecimal: tells damage, and nothing of what is inside. */
  readonly hash: string
}

export const hashOf = async (subtle: SubtleCrypto, bytes: Bytes): Promise<string> =>
  hex(new Uint8Array(await subtle.digest('SHA-256', bytes)))

/**
 * Signs, pads and seals one command.
 * @throws ParcelFlaw too-large
 */
export async function makeParcel(
  subtle: SubtleCrypto,
  signing: CryptoKey,
  recipient: string,
  content: ParcelContent,
  seal: Seal = sealToServer,
): Promise<Parcel> {
  const sealed = await seal(recipient, await encodeParcel(subtle, signing, content))
  return { id: content.key, sealed, hash: await hashOf(subtle, sealed) }
}

import { hmac, sha256 } from '#platform/crypto/hash.ts'
import type { DataKey, Keys } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

/** What its maker said of an attachment: words, so sealed. */
export interface About {
  readonly name: string
  readonly reason?: string
}
type Column = 'sealed_about' | 'sealed_identity'
const place = (column: Column, row: string) =>
  ({ table: 'cases.attachment', column, compartment: 'SVC', row, version: 1 }) as const

export const sealAbout = (key: DataKey, id: string, about: About): Buffer =>
  seal(key, JSON.stringify(about), place('sealed_about', id))
export const openAbout = (key: DataKey, id: string, sealed: Uint8Array): About =>
  JSON.parse(openText(key, sealed, place('sealed_about', id))) as About

/** The secret half of the attachment's own pair, which opens its copies. */
export const sealIdentity = (key: DataKey, id: string, identity: string): Buffer =>
  seal(key, identity, place('sealed_identity', id))
export const openIdentityOf = (key: DataKey, id: string, sealed: Uint8Array): string =>
  openText(key, sealed, place('sealed_identity', id))

export const copyNames = ['original', 'clean', 'thumbnail'] as const
export type CopyName = (typeof copyNames)[number]
const proofBytes = 32

/**
 * Anybody may seal to a recipient; only this server says that a copy is the one it made. One HMAC a copy, in the order of
 * their names.
 */
export const proofOf = (keys: Keys, id: string, hashes: readonly Buffer[]): Buffer =>
  Buffer.concat(hashes.map((hash, at) => oneProof(keys, id, copyNames[at]!, hash)))
export const isProven = (keys: Keys, id: string, name: CopyName, hash: Buffer, proof: Buffer): boolean => {
  const at = copyNames.indexOf(name) * proofBytes
  return oneProof(keys, id, name, hash).equals(proof.subarray(at, at + proofBytes))
}
const oneProof = (keys: Keys, id: string, name: CopyName, hash: Buffer): Buffer =>
  hmac(keys.platformKey('attachments').secret, `${id}|${name}|${hash.toString('hex')}`)

export const hashOf = (bytes: Uint8Array): Buffer => sha256(bytes)

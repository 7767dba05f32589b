import { hmac, sha256 } from '../../../crypto/hash.ts'
import type { DataKey, Keys } from '../../../crypto/keys.ts'
import { openText, seal } from '../../../crypto/seal.ts'
import type { Compartment } from '../../../policy/compartments.ts'

/** Where a slice keeps what is attached: its table, and the compartment whose key opens it. */
export interface Shelf {
  readonly table: string
  readonly compartment: Compartment
}
/** What the maker of a file said of it: words, so sealed. */
export interface About {
  readonly name: string
  readonly reason?: string
}

type Column = 'sealed_about' | 'sealed_identity'
const place = ({ table, compartment }: Shelf, column: Column, row: string) => ({
  ...{ table, column, compartment, row, version: 1 },
})

export const sealAbout = (shelf: Shelf, key: DataKey, id: string, about: About): Buffer =>
  seal(key, JSON.stringify(about), place(shelf, 'sealed_about', id))
export const openAbout = (shelf: Shelf, key: DataKey, id: string, sealed: Uint8Array): About =>
  JSON.parse(openText(key, sealed, place(shelf, 'sealed_about', id))) as About

/** The secret half of the file's own pair, which opens its copies. */
export const sealIdentity = (shelf: Shelf, key: DataKey, id: string, identity: string): Buffer =>
  seal(key, identity, place(shelf, 'sealed_identity', id))
export const openIdentityOf = (shelf: Shelf, key: DataKey, id: string, sealed: Uint8Array): string =>
  openText(key, sealed, place(shelf, 'sealed_identity', id))

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

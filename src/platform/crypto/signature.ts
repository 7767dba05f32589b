import { createPublicKey, verify } from 'node:crypto'

// RFC 8410: what stands before a raw Ed25519 public key in SPKI.
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** Ed25519 (RFC 8032). `publicKey` is the raw 32 bytes. A key or signature of another length is simply not valid. */
export function verifySignature(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' })
  return verify(null, data, key, signature)
}

import { webcrypto } from 'node:crypto'
import { Decrypter, identityToRecipient } from 'age-encryption'
import { KeyError } from './key-error.ts'
import type { Keys } from './keys.ts'

/** WebCrypto, as the formats that phones share with the server ask for it. */
export const subtle = webcrypto.subtle as unknown as SubtleCrypto

/** What phones seal finished work to, and what opens it. */
export interface ParcelKey {
  /** An age recipient (`age1…`): may be known by anybody. */
  readonly recipient: string
  /** @throws KeyError `unreadable` when it was sealed to another key, changed or cut */
  open(sealed: Uint8Array): Promise<Uint8Array>
}

// RFC 8410: what stands before a raw X25519 private key in PKCS #8.
const PKCS8_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex')
const made = new WeakMap<Keys, Promise<ParcelKey>>()

/**
 * The installation's own age identity (X25519), derived from the root key and written down nowhere: whoever brings back
 * root.key opens what phones sealed before.
 */
export function parcelKeyOf(keys: Keys): Promise<ParcelKey> {
  const known = made.get(keys)
  if (known) return known
  const making = make(keys)
  made.set(keys, making)
  return making
}

async function make(keys: Keys): Promise<ParcelKey> {
  const scalar = keys.platformKey('parcels').secret.export()
  const pkcs8 = Buffer.concat([PKCS8_HEAD, scalar])
  const identity = await subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits'])
  scalar.fill(0)
  pkcs8.fill(0)
  return {
    recipient: await identityToRecipient(identity),
    async open(sealed) {
      const opener = new Decrypter()
      opener.addIdentity(identity)
      try {
        return await opener.decrypt(sealed)
      } catch {
        throw new KeyError('unreadable', 'a parcel does not open: another key, or it was changed')
      }
    },
  }
}

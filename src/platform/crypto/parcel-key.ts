import { webcrypto } from 'node:crypto'
import { ReadableStream } from 'node:stream/web'
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
  /**
   * As {@link open}, piece by piece, so that other work has its turn in between. What comes out before an error is true
   * but not whole.
   * @throws KeyError `unreadable`, or whatever reading the sealed bytes throws
   */
  openPieces(sealed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
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
        throw unreadable()
      }
    },
    async *openPieces(sealed) {
      const opener = new Decrypter()
      opener.addIdentity(identity)
      // A disk that does not read is no file that does not open.
      let source: unknown
      const watched = (async function* () {
        try {
          yield* sealed
        } catch (error) {
          source = error
          throw error
        }
      })()
      try {
        const plain = await opener.decrypt(ReadableStream.from(watched) as never)
        yield* plain as unknown as AsyncIterable<Uint8Array>
      } catch {
        throw source ?? unreadable()
      }
    },
  }
}

const unreadable = () => new KeyError('unreadable', 'a parcel does not open: another key, or it was changed')

import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { joined, randomBytes } from '../../src/staff/offline/bytes.ts'
import { sealToServer } from '../../src/staff/offline/parcel.ts'
import type { Sealing } from './model-server.ts'

/** The real one. */
export async function ageSealing(): Promise<Sealing> {
  const identity = await generateIdentity()
  return {
    recipient: await identityToRecipient(identity),
    seal: sealToServer,
    async open(sealed) {
      const decrypter = new Decrypter()
      decrypter.addIdentity(identity)
      return new Uint8Array(await decrypter.decrypt(sealed))
    },
  }
}

/** As unreadable, thirty times as quick: a key that phone and server share. Only for many schedules in a short time. */
export async function quickSealing(): Promise<Sealing> {
  const { subtle } = globalThis.crypto
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return {
    recipient: 'shared',
    async seal(_, bytes) {
      const iv = randomBytes(globalThis.crypto, 12)
      return joined(iv, new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes)))
    },
    open: async sealed =>
      new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, 12) }, key, sealed.slice(12))),
  }
}

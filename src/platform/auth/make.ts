import { sha256 } from '../crypto/hash.ts'
import { uuidv7 } from '../crypto/random.ts'
import { totpCode } from '../crypto/totp.ts'
import type { Assertion, Registration } from './contract.ts'

// For specs: an authenticator in software, and people to invite.

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>

/** The few forms of CBOR (RFC 8949) that an attestation without a statement needs. */
function cbor(value: Cbor): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])])
}

/** ASN.1 DER of an ECDSA signature: WebAuthn has it so, WebCrypto gives r and s side by side. */
function der(raw: Uint8Array): Buffer {
  const whole = (bytes: Uint8Array): Buffer => {
    let from = 0
    while (from < bytes.length - 1 && bytes[from] === 0) from += 1
    const short = Buffer.from(bytes.subarray(from))
    const body = short[0]! & 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short
    return Buffer.concat([Buffer.from([2, body.length]), body])
  }
  const both = Buffer.concat([whole(raw.subarray(0, 32)), whole(raw.subarray(32))])
  return Buffer.concat([Buffer.from([0x30, both.length]), both])
}

interface Bending {
  origin?: string
  /** Present but not verified: no fingerprint, no PIN. */
  unverified?: boolean
  counter?: number
  userHandle?: string
}

/** One ES256 passkey for one party. */
export async function softwareAuthenticator(origin: string) {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const credential = Buffer.from(crypto.getRandomValues(new Uint8Array(16)))
  const id = credential.toString('base64url')
  const party = sha256(new URL(origin).hostname)
  let counter = 0
  const clientData = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  const authData = (flags: number, count: number, rest: Uint8Array = new Uint8Array()) => {
    const tail = Buffer.alloc(5)
    tail[0] = flags
    tail.writeUInt32BE(count, 1)
    return Buffer.concat([party, tail, rest])
  }
  const flags = ({ unverified }: Bending) => (unverified ? 0x01 : 0x05)
  return {
    id,
    register(challenge: string, bending: Bending = {}): Registration {
      const cose = cbor(
        new Map<number, Cbor>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x!, 'base64url')],
          [-3, Buffer.from(y!, 'base64url')],
        ]),
      )
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, credential.length]), credential, cose])
      const data = authData(flags(bending) | 0x40, 0, attested)
      const attestation = new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ])
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, bending.origin ?? origin).toString('base64url'),
          attestationObject: cbor(attestation).toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    async sign(challenge: string, bending: Bending = {}): Promise<Assertion> {
      counter = bending.counter ?? counter + 1
      const data = authData(flags(bending), counter)
      const client = clientData('webauthn.get', challenge, bending.origin ?? origin)
      const signed = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        new Uint8Array(Buffer.concat([data, sha256(client)])),
      )
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: der(new Uint8Array(signed)).toString('base64url'),
          ...(bending.userHandle ? { userHandle: bending.userHandle } : {}),
        },
      }
    },
  }
}
export const invitee = (organisation: string, over: Record<string, unknown> = {}) => {
  const id = uuidv7()
  return {
    id,
    name: 'Noor Delacroix',
    email: `noor.${id.slice(-8)}@santa-aurelia.example`,
    language: 'en',
    assignment: { organisation, role: 'officer' },
    ...over,
  }
}
export const goodPassword = 'seven herons over the bay'

/** The code that an authenticator app shows at an instant. */
export const codeAt = (secret: string, at: Date): string => totpCode(secret, Math.floor(at.getTime() / 30_000))

import { type Bytes, hex, randomBytes, utf8 } from './bytes.ts'
import { spelled } from './passphrase.ts'

/** What opens the vault: words, or 32 bytes that a passkey's PRF gave. */
export type Secret = { readonly passphrase: string } | { readonly prf: Bytes }

/** Rounds of PBKDF2-SHA-256 (decision 0006). */
export const passphraseRounds = 1_000_000
const rawBytes = 32

/** On the disk: nothing in it opens anything without the secret. */
export interface VaultRecord {
  /** Random; another vault has another, so that a tab that still holds the last one's keys cannot write. */
  readonly epoch: string
  readonly kind: 'passphrase' | 'prf'
  readonly rounds: number
  readonly salt: Bytes
  readonly nonce: Bytes
  /** The cache key, AES-256-GCM. */
  readonly wrapped: Bytes
  readonly signingNonce: Bytes
  /** PKCS 8 under the cache key. */
  readonly signing: Bytes
  /** SPKI; the server has it too. */
  readonly publicKey: Bytes
  /** What the page needs to ask a passkey for the same PRF again. */
  readonly hint?: Bytes
  /** Begun since the last one that was right. */
  readonly tries: number
}

/** In memory while unlocked; none of them can be exported. */
export interface Keys {
  readonly epoch: string
  /** AES-256-GCM. */
  readonly rows: CryptoKey
  /** HMAC-SHA-256. */
  readonly names: CryptoKey
  /** ECDSA P-256. */
  readonly signing: CryptoKey
}

/** Everything that must not be changed on the disk without the unlocking failing. */
const aadOf = (vault: Pick<VaultRecord, 'epoch' | 'kind' | 'rounds'>): Bytes =>
  utf8(`samaan vault 1|${vault.epoch}|${vault.kind}|${vault.rounds}`)
const signingAad = (epoch: string): Bytes => utf8(`samaan vault signing 1|${epoch}`)
const hkdf = (info: string, salt: Bytes = new Uint8Array(32)) => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt,
  info: utf8(info),
})
const aes = { name: 'AES-GCM', length: 256 } as const

async function outerKey(subtle: SubtleCrypto, secret: Secret, salt: Bytes, rounds: number): Promise<CryptoKey> {
  if ('prf' in secret) {
    if (secret.prf.length !== rawBytes) throw new TypeError('a PRF output has 32 bytes')
    const base = await subtle.importKey('raw', secret.prf, 'HKDF', false, ['deriveKey'])
    return subtle.deriveKey(hkdf('samaan phone passkey', salt), base, aes, false, ['encrypt', 'unwrapKey'])
  }
  const base = await subtle.importKey('raw', utf8(spelled(secret.passphrase)), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return subtle.deriveKey(how, base, aes, false, ['encrypt', 'unwrapKey'])
}

const sealingKey = (subtle: SubtleCrypto, cache: CryptoKey) =>
  subtle.deriveKey(hkdf('samaan phone rows'), cache, aes, false, ['encrypt', 'decrypt'])
const namesKey = (subtle: SubtleCrypto, cache: CryptoKey) =>
  subtle.deriveKey(hkdf('samaan phone names'), cache, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign'])
const signingWrap = (subtle: SubtleCrypto, cache: CryptoKey) =>
  subtle.deriveKey(hkdf('samaan phone signing'), cache, aes, false, ['wrapKey', 'unwrapKey'])
const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** A new cache key and signing key, wrapped. Their bytes are gone when it resolves. */
export async function makeVault(crypto: Crypto, secret: Secret, rounds: number, hint?: Bytes): Promise<VaultRecord> {
  const { subtle } = crypto
  const kind = 'prf' in secret ? 'prf' : 'passphrase'
  const salt = randomBytes(crypto, 16)
  const nonce = randomBytes(crypto, 12)
  const head = { epoch: hex(randomBytes(crypto, 16)), kind, rounds: kind === 'prf' ? 0 : rounds } as const
  const raw = randomBytes(crypto, rawBytes)
  const outer = await outerKey(subtle, secret, salt, rounds)
  const wrapped = await subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aadOf(head) }, outer, raw)
  const cache = await subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey'])
  raw.fill(0)
  // Only here can the private half be exported: to be wrapped. What is unlocked later cannot.
  const pair = await subtle.generateKey(curve, true, ['sign', 'verify'])
  const signingNonce = randomBytes(crypto, 12)
  const how = { name: 'AES-GCM', iv: signingNonce, additionalData: signingAad(head.epoch) }
  const signing = await subtle.wrapKey('pkcs8', pair.privateKey, await signingWrap(subtle, cache), how)
  return {
    ...head,
    salt,
    nonce,
    wrapped: new Uint8Array(wrapped),
    signingNonce,
    signing: new Uint8Array(signing),
    publicKey: new Uint8Array(await subtle.exportKey('spki', pair.publicKey)),
    ...(hint ? { hint } : {}),
    tries: 0,
  }
}

/** The keys, or undefined where the secret is not the vault's. */
export async function openVault(crypto: Crypto, vault: VaultRecord, secret: Secret): Promise<Keys | undefined> {
  const { subtle } = crypto
  if ('prf' in secret !== (vault.kind === 'prf')) return undefined
  const outer = await outerKey(subtle, secret, vault.salt, vault.rounds)
  const how = { name: 'AES-GCM', iv: vault.nonce, additionalData: aadOf(vault) }
  let cache: CryptoKey
  try {
    // Unwrapped by the browser itself: the cache key's bytes never stand in this program's memory.
    cache = await subtle.unwrapKey('raw', vault.wrapped, outer, how, 'HKDF', false, ['deriveKey'])
  } catch (error) {
    if ((error as { name?: string }).name === 'OperationError') return undefined
    throw error
  }
  const signingHow = { name: 'AES-GCM', iv: vault.signingNonce, additionalData: signingAad(vault.epoch) }
  const wrap = await signingWrap(subtle, cache)
  return {
    epoch: vault.epoch,
    rows: await sealingKey(subtle, cache),
    names: await namesKey(subtle, cache),
    signing: await subtle.unwrapKey('pkcs8', vault.signing, wrap, signingHow, curve, false, ['sign']),
  }
}

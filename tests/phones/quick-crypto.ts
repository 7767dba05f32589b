import { createCipheriv, createDecipheriv, createHash, createHmac, KeyObject } from 'node:crypto'

/**
 * WebCrypto with the same results, where what a phone does most often does not visit another thread, and a key that was
 * derived before is not derived again: a thousand schedules in the time of a few hundred.
 */
export function quickCrypto(): Crypto {
  const real = globalThis.crypto
  const secrets = new WeakMap<CryptoKey, KeyObject>()
  const secretOf = (key: CryptoKey): KeyObject => {
    const known = secrets.get(key) ?? KeyObject.from(key as Parameters<typeof KeyObject.from>[0])
    secrets.set(key, known)
    return known
  }
  const bytesOf = (data: BufferSource): Buffer =>
    ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data)
  const own = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer
  const tag = 16
  const names = new WeakMap<object, number>()
  let named = 0
  /** A text that is the same for the same bytes, settings and keys. */
  const spelled = (value: unknown): string => {
    if (value instanceof CryptoKey) {
      const name = names.get(value) ?? ++named
      names.set(value, name)
      return `key ${name}`
    }
    if (ArrayBuffer.isView(value)) return bytesOf(value as BufferSource).toString('base64')
    if (typeof value !== 'object' || value === null) return String(value)
    return Object.entries(value)
      .map(([name, part]) => `${name}=${spelled(part)}`)
      .join('&')
  }
  const made = new Map<string, Promise<CryptoKey>>()
  const once = (what: string, args: readonly unknown[], make: () => Promise<CryptoKey>): Promise<CryptoKey> => {
    const all = `${what} ${args.map(spelled).join(' ')}`
    const found = made.get(all) ?? make()
    if (made.size > 5000) made.clear()
    made.set(all, found)
    return found
  }
  const subtle: Partial<SubtleCrypto> = {
    importKey: ((...all: Parameters<SubtleCrypto['importKey']>) =>
      once('import', all, () => real.subtle.importKey(...all))) as SubtleCrypto['importKey'],
    // Extractable, so that Node hands its bytes to the quick operations.
    deriveKey: (how, base, type, extractable, usages) =>
      once('derive', [how, base, type, extractable, usages], () =>
        real.subtle.deriveKey(how, base, type, true, usages as KeyUsage[]),
      ),
    unwrapKey: ((...all: Parameters<SubtleCrypto['unwrapKey']>) =>
      once('unwrap', all, () => real.subtle.unwrapKey(...all))) as SubtleCrypto['unwrapKey'],
    async encrypt(how, key, data) {
      const { name, iv, additionalData } = how as AesGcmParams
      if (name !== 'AES-GCM') return real.subtle.encrypt(how, key, data)
      const cipher = createCipheriv('aes-256-gcm', secretOf(key), bytesOf(iv))
      if (additionalData) cipher.setAAD(bytesOf(additionalData))
      const body = cipher.update(bytesOf(data))
      cipher.final()
      return own(Buffer.concat([body, cipher.getAuthTag()]))
    },
    async decrypt(how, key, data) {
      const { name, iv, additionalData } = how as AesGcmParams
      const all = bytesOf(data)
      if (name !== 'AES-GCM' || all.length < tag) return real.subtle.decrypt(how, key, data)
      const decipher = createDecipheriv('aes-256-gcm', secretOf(key), bytesOf(iv), { authTagLength: tag })
      if (additionalData) decipher.setAAD(bytesOf(additionalData))
      decipher.setAuthTag(all.subarray(-tag))
      const plain = decipher.update(all.subarray(0, -tag))
      decipher.final()
      return own(plain)
    },
    async sign(how, key, data) {
      if (how !== 'HMAC') return real.subtle.sign(how, key, data)
      return own(createHmac('sha256', secretOf(key)).update(bytesOf(data)).digest())
    },
    async digest(_, data) {
      return own(createHash('sha256').update(bytesOf(data)).digest())
    },
  }
  const door = new Proxy(real.subtle, {
    get: (target, name) => {
      const quick = subtle[name as keyof SubtleCrypto]
      const found = quick ?? target[name as keyof SubtleCrypto]
      return typeof found === 'function' && !quick ? found.bind(target) : found
    },
  })
  return { subtle: door, getRandomValues: real.getRandomValues.bind(real), randomUUID: real.randomUUID.bind(real) }
}

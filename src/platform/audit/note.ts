import { sha256 } from '#platform/crypto/hash.ts'
import type { AuditKey } from '#platform/crypto/keys.ts'
import { verifySignature } from '#platform/crypto/signature.ts'

/** A signed tree head: C2SP tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

const ED25519 = 1
// C2SP signed-note asks for at least sixteen signatures to be accepted, witnesses' included.
const SIGNATURES_MAX = 64

/** C2SP signed-note: the first four bytes of SHA-256(name, newline, type, public key). */
export function keyId(name: string, publicKey: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ED25519]), publicKey])).subarray(0, 4)
}

/** The verifier key as C2SP and Go's sumdb/note write it: `name+id+base64(type, public key)`. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  const key = Buffer.concat([Buffer.from([ED25519]), publicKey])
  return `${name}+${keyId(name, publicKey).toString('hex')}+${key.toString('base64')}`
}

/** Builds and signs the note of a checkpoint. The origin is also the key's name. */
export function signCheckpoint(checkpoint: Checkpoint, key: AuditKey): string {
  const { origin, size, root } = checkpoint
  if (!/^[^\s+]+$/u.test(origin)) throw new TypeError('an origin has no space and no plus')
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`
  const signature = Buffer.concat([keyId(origin, key.publicKey), key.sign(Buffer.from(text))])
  return `${text}\n— ${origin} ${signature.toString('base64')}\n`
}

function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** Reads a checkpoint's note without verifying it; undefined when it is none. Extension lines are allowed. */
export function parseCheckpoint(note: string): (Checkpoint & { text: string; signatures: string[] }) | undefined {
  const cut = note.lastIndexOf('\n\n')
  // Of the control characters only newline has a place in a note.
  if (cut < 0 || !note.endsWith('\n') || /(?!\n)\p{Cc}/u.test(note)) return undefined
  const text = note.slice(0, cut + 1)
  const signatures = note.slice(cut + 2, -1).split('\n')
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n')
  if (!origin || !size || !root || extensions.includes('')) return undefined
  const rootBytes = strictBase64(root)
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || rootBytes?.length !== 32 || signatures.length > SIGNATURES_MAX)
    return undefined
  return { origin, size: Number(size), root: rootBytes, text, signatures }
}

/**
 * The checkpoint of a note that this origin's key signed; undefined when it is malformed, of another origin, not signed
 * by the key, or when a signature that claims the key is wrong. Signatures of unknown keys are ignored.
 */
export function verifyCheckpoint(note: string, origin: string, publicKey: Uint8Array): Checkpoint | undefined {
  const parsed = parseCheckpoint(note)
  if (parsed?.origin !== origin) return undefined
  const id = keyId(origin, publicKey)
  let signed = false
  for (const line of parsed.signatures) {
    const found = /^— ([^\s+]+) (\S+)$/u.exec(line)
    const bytes = found ? strictBase64(found[2]!) : undefined
    if (!found || bytes === undefined || bytes.length < 5) return undefined
    if (found[1] !== origin || !bytes.subarray(0, 4).equals(id)) continue
    if (!verifySignature(publicKey, Buffer.from(parsed.text), bytes.subarray(4))) return undefined
    signed = true
  }
  return signed ? { origin, size: parsed.size, root: parsed.root } : undefined
}

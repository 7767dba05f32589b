import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  identityToRecipient,
  generateIdentity as newIdentity,
} from 'age-encryption'
import { KeyError } from './key-error.ts'

type WebBytes = globalThis.ReadableStream<Uint8Array>

const toWeb = (source: Readable) => Readable.toWeb(source) as unknown as WebBytes
const toNode = (source: WebBytes) => Readable.fromWeb(source as unknown as ReadableStream)

/**
 * Seals a stream as an age file (C2SP age v1), piece by piece, so that a file of any size needs little memory.
 * @param to recipients (`age1…`), each able to open it alone; or, as a string, a passphrase
 * @param work for a passphrase: the power of two of the rounds that each try costs; less than the usual 18 only for one that has
 * more bits than anybody can try
 */
export async function sealFile(source: Readable, to: readonly string[] | string, work?: number): Promise<Readable> {
  const sealer = new Encrypter()
  if (typeof to === 'string') {
    // A recipient given alone by mistake would be a passphrase that everybody may know.
    if (to.startsWith('age1') || to === '') throw new TypeError('recipients are a list; a passphrase is not empty')
    sealer.setPassphrase(to)
    if (work !== undefined) sealer.setScryptWorkFactor(work)
  } else {
    if (to.length === 0) throw new TypeError('a file is sealed to somebody')
    for (const recipient of to) sealer.addRecipient(recipient)
  }
  return toNode(await sealer.encrypt(toWeb(source)))
}

/**
 * Opens an age file. What comes out before an error is true but not whole: use it only after the stream has ended.
 * @param by identities (`AGE-SECRET-KEY-…`), or, as a string, the passphrase
 * @throws KeyError `unreadable` at once when nothing fits, or as the stream's error when the file was changed or cut
 */
export async function openFile(source: Readable, by: readonly string[] | string): Promise<Readable> {
  const opener = new Decrypter()
  if (typeof by === 'string') {
    if (by.startsWith('AGE-SECRET-KEY-')) throw new TypeError('identities are a list')
    opener.addPassphrase(by)
  } else {
    for (const identity of by) opener.addIdentity(identity)
  }
  let plain: WebBytes
  try {
    plain = await opener.decrypt(toWeb(source))
  } catch {
    source.destroy()
    throw unreadable()
  }
  return Readable.from(pieces(plain), { objectMode: false })
}

async function* pieces(plain: WebBytes): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of plain as unknown as AsyncIterable<Uint8Array>) yield piece
  } catch {
    throw unreadable()
  }
}

function unreadable(): KeyError {
  return new KeyError('unreadable', 'a sealed file does not open: another key, or it was changed')
}

/** A new pair: the identity opens what is sealed to the recipient. `hybrid` also withstands a quantum computer. */
export async function generateIdentity(kind: 'classic' | 'hybrid' = 'classic') {
  const identity = kind === 'hybrid' ? await generateHybridIdentity() : await newIdentity()
  return { identity, recipient: await identityToRecipient(identity) }
}

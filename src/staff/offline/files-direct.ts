import { mostFileBytes, recipientHeader, uploadPath } from '#platform/files/contract.ts'
import { type Bytes, hex } from './bytes.ts'
import type { Device } from './database.ts'
import { FilesError, type KeptFile } from './files.ts'
import { fileTransportBy } from './files-over-http.ts'
import { pieces } from './files-send.ts'
import { base64url } from './over-http.ts'
import { hashOf, sealToServer } from './parcel.ts'

/** Setbacks one after another before the page is told. */
const mostSetbacks = 5
const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/**
 * Seals a file in the page's memory and sends it with the session, where no phone is prepared. Nothing is written on this
 * device; whoever leaves the page before it is done picks the file again.
 * @param told how many bytes the server has, of so many
 * @returns undefined when it could not be sent now
 * @throws FilesError too-large, empty
 */
export async function sendDirectly(
  send: typeof fetch,
  bytes: Bytes,
  told: (sent: number, size: number) => void,
): Promise<Omit<KeptFile, 'id'> | undefined> {
  if (bytes.length === 0) throw new FilesError('empty')
  if (bytes.length > mostFileBytes) throw new FilesError('too-large')
  const can = await send(uploadPath, { method: 'OPTIONS', cache: 'no-store' }).catch(() => undefined)
  const recipient = can?.headers.get(recipientHeader)
  if (!recipient) return undefined
  const { subtle } = crypto
  const sealed = await sealToServer(recipient, bytes)
  const whole = new Uint8Array(await subtle.digest('SHA-256', sealed))
  const transport = fileTransportBy(send, 'session')
  // The session speaks for itself.
  const nobody = {} as Device
  let step: number = pieces.first
  let stand = await transport.begin(nobody, hex(whole), sealed.length)
  for (let setbacks = 0; setbacks < mostSetbacks; ) {
    if (typeof stand === 'string') {
      if (stand === 'unwelcome' || stand === 'full') return undefined
      await pause(400 * 2 ** setbacks)
      setbacks += 1
      step = Math.max(pieces.least, step / 2)
      stand = await transport.begin(nobody, hex(whole), sealed.length)
      continue
    }
    told(Math.min(stand.offset, sealed.length), sealed.length)
    if (stand.state !== 'receiving') return { file: base64url(whole), size: sealed.length }
    const piece = sealed.slice(stand.offset, stand.offset + step)
    const { place, offset } = stand
    const answer = await transport.piece(nobody, place, offset, piece, await hashOf(subtle, piece))
    const moved = typeof answer !== 'string' && (answer.state !== 'receiving' || answer.offset > offset)
    if (moved) {
      setbacks = 0
      step = Math.min(pieces.most, step * 2)
    }
    stand = typeof answer === 'string' || moved ? answer : 'moved'
  }
  return undefined
}

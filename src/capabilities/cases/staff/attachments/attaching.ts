import { thumbnailOf } from '../../../../staff/offline/files-thumbnail.ts'
import { phoneHere } from '../../../../staff/phone/here.ts'

/** A file that was picked, not yet sent or kept. */
export interface Chosen {
  readonly file: File
  /** Base64 of a small JPEG, where the browser can draw it. */
  readonly thumbnail: string | undefined
}
export const choose = async (file: File): Promise<Chosen> => ({ file, thumbnail: await thumbnailOf(file) })

/** A name that every system may write down: one line, not too long, in one spelling. */
export function nameOf({ name }: File): string {
  const line = name.normalize('NFC').replace(/\p{C}/gu, ' ').trim()
  return line.length <= 120 ? line || '-' : `${line.slice(0, 100)}…${line.slice(-12)}`
}

/** A file that is on its way: how its command names it. */
export interface OnItsWay {
  readonly file: string
  /** The command was done or kept: whatever is left to send goes now. */
  readonly go: () => Promise<void>
  /** The command was refused: the file is of no use without it. */
  readonly takeBack: () => Promise<void>
}

/** Whether this browser keeps files itself until there is signal. */
export const keepsFiles = (): boolean => phoneHere().state === 'unlocked'

/**
 * An unlocked phone keeps the file sealed and sends it when it can; any other browser sends it now.
 * @param told how far it is, from 0 to 1
 * @returns undefined when it could not be sent now
 * @throws FilesError, StorageError, VaultError
 */
export async function setOnItsWay(
  { file, thumbnail }: Chosen,
  caseId: string,
  told: (share: number) => void,
): Promise<OnItsWay | undefined> {
  if (!keepsFiles()) {
    const sent = await sendNow(file, told)
    return sent === undefined ? undefined : { file: sent, go: async () => undefined, takeBack: async () => undefined }
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { thisPhone } = await import('../../../../staff/phone/this-phone.ts')
  const { fileTransportBy } = await import('../../../../staff/offline/files-over-http.ts')
  const phone = await thisPhone()
  const kept = await phone.files.add({
    bytes,
    name: file.name,
    group: caseId,
    ...(thumbnail ? { thumbnail } : {}),
  })
  return {
    file: kept.file,
    go: async () => void (await phone.sendFiles(fileTransportBy(fetch))),
    takeBack: () => phone.files.discard(kept.id),
  }
}

/**
 * Sends a file now, sealed in the page's memory; nothing of it is kept on this device.
 * @param told how far it is, from 0 to 1
 * @returns how its command names it; undefined when it could not be sent now
 * @throws FilesError
 */
export async function sendNow(file: File, told: (share: number) => void): Promise<string | undefined> {
  const { sendDirectly } = await import('../../../../staff/offline/files-direct.ts')
  const bytes = new Uint8Array(await file.arrayBuffer())
  return (await sendDirectly(fetch, bytes, (done, size) => told(done / size)))?.file
}

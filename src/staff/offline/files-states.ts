import { type Bytes, textOf, utf8 } from './bytes.ts'
import type { FilePart, Transaction } from './database.ts'
import { backOff, retry, safeCode } from './outbox-states.ts'

/**
 * `arrived`: every byte is on the server, and the command that says what it is has not come yet. `stuck`: shown to a
 * person with its code, and tried once a day. `done`: the server has it, and this phone no longer does.
 */
export type FileState = 'waiting' | 'sending' | 'stuck' | 'arrived' | 'refused' | 'done'

/** Beside the sealed parts, in the clear: ids, times, hashes of sealed bytes and codes; nothing of what is in it. */
export interface FileHead {
  readonly format: 1
  readonly id: string
  /** Under whose credential it goes, and whose it is. */
  readonly device: string
  readonly account: string
  readonly madeAt: number
  /** SHA-256 of the sealed whole, hexadecimal. */
  readonly hash: string
  /** Bytes, sealed. */
  readonly size: number
  /** SHA-256 of each part, in order. */
  readonly parts: readonly string[]
  readonly state: FileState
  /** Bytes that the server has confirmed. */
  readonly sent: number
  readonly tries: number
  readonly nextTryAt: number
  readonly code: string | null
  /** Key of the row with its name and thumbnail, for the officer's own eyes. */
  readonly copy: string
  readonly settledAt: number | null
}

/** Part 0 is the head; the bytes follow from 1 on. */
export const headPart = 0
export const partBytes = 64 * 1024

export const asPart = (head: FileHead): FilePart => ({
  file: head.id,
  part: headPart,
  bytes: utf8(JSON.stringify(head)),
})
/** A head that does not read was damaged on the disk; undefined, and nothing else stops for it. */
export function asHead(part: FilePart | undefined): FileHead | undefined {
  if (!part) return undefined
  try {
    const head = JSON.parse(textOf(part.bytes)) as FileHead
    return head.format === 1 && head.id === part.file && Array.isArray(head.parts) ? head : undefined
  } catch {
    return undefined
  }
}

/** Every head, oldest first. Keys are read first: the parts themselves may be hundreds of megabytes. */
export async function headsIn(tx: Transaction): Promise<FileHead[]> {
  const heads: FileHead[] = []
  for (const [file, part] of await tx.keys('files')) {
    if (part !== headPart) continue
    const head = asHead(await tx.get('files', [file, headPart]))
    if (head) heads.push(head)
  }
  return heads.sort((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1))
}

/** Takes the bytes away, and the head with them unless it is to tell what became of the file. */
export async function dropParts(tx: Transaction, head: FileHead, withHead: boolean): Promise<void> {
  for (let part = withHead ? headPart : headPart + 1; part <= head.parts.length; part++)
    await tx.delete('files', [head.id, part])
  await tx.delete('rows', head.copy)
}

/** Whether it may go now; a time further off than any back-off was set by a clock that has been put back. */
export const isFileDue = ({ state, nextTryAt }: FileHead, now: number): boolean =>
  state !== 'done' && state !== 'refused' && (nextTryAt <= now || nextTryAt > now + retry.stuck)

/** A sending that came to nothing: later again, and in the end a person is shown it. */
export function afterFailure(head: FileHead, code: string | null, now: number, random: number): Partial<FileHead> {
  const tries = head.tries + 1
  return {
    state: tries >= retry.most ? 'stuck' : 'waiting',
    tries,
    nextTryAt: now + backOff(tries, random),
    code: safeCode(code ?? undefined),
  }
}
/** All there, and its command is not: asked about again, less and less often, and never given up. */
export const afterArrival = (head: FileHead, now: number, random: number): Partial<FileHead> => ({
  state: 'arrived',
  sent: head.size,
  tries: Math.min(head.tries + 1, retry.most - 1),
  nextTryAt: now + backOff(Math.min(head.tries + 1, retry.most - 1), random),
  code: null,
})

/** The bytes of a file from an offset on, at most so many, out of parts that are whole; `damaged` where one is not. */
export async function slice(
  read: (part: number) => Promise<Bytes | undefined>,
  isWhole: (bytes: Bytes, hash: string) => Promise<boolean>,
  head: FileHead,
  from: number,
  most: number,
): Promise<Bytes | 'damaged'> {
  const to = Math.min(from + most, head.size)
  const found = new Uint8Array(to - from)
  for (let at = from; at < to; ) {
    const index = Math.floor(at / partBytes)
    const bytes = await read(headPart + 1 + index)
    const hash = head.parts[index]
    if (!bytes || hash === undefined || !(await isWhole(bytes, hash))) return 'damaged'
    const inside = at - index * partBytes
    const taken = bytes.subarray(inside, inside + (to - at))
    if (taken.length === 0) return 'damaged'
    found.set(taken, at - from)
    at += taken.length
  }
  return found
}

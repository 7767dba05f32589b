import type { FileTransport, Setback, Stand } from '../../src/staff/offline/files-send.ts'
import type { Chance } from './chance.ts'
import { planted } from './side.ts'

/** A file that was picked on a phone, as its officer remembers it. */
export interface PickedFile {
  /** On the phone. */
  readonly id: string
  /** As its command names it. */
  readonly file: string
  /** SHA-256 of what was picked, hexadecimal. */
  readonly sum: string
  readonly case: string
  /** No server keeps what is in it. */
  readonly bad: boolean
  /** Its officer took it off the phone again, or wanted to when the power went. */
  takenBack: boolean
}

/** Opens every file that a server keeps; others are refused. */
const begins = '%PDF-1.4\n'

/** A file like no other: a few of them in one piece, most in several. */
export function someFile(chance: Chance, mark: string, most: number): { bytes: Uint8Array<ArrayBuffer>; bad: boolean } {
  const bad = chance.often(0.1)
  const length = chance.often(0.4) ? 200 + chance.below(4_000) : 60_000 + chance.below(most - 60_000)
  const words = new Uint32Array(Math.ceil(length / 4))
  let state = chance.below(2 ** 31) | 1
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[at] = state
  }
  const bytes = new Uint8Array(words.buffer, 0, length)
  bytes.set(new TextEncoder().encode(`${bad ? 'MZ' : begins}${planted} ${mark}\n`))
  return { bytes, bad }
}
export const isKept = (bytes: Uint8Array): boolean => new TextDecoder().decode(bytes.subarray(0, 9)) === begins

export const hexOf = (file: string): string => Buffer.from(file, 'base64url').toString('hex')

/** Stands beside the way of a phone's files, and sees that it sends what it was asked for and nothing else. */
export class FilesWatch {
  /** What must never happen and did. */
  readonly wrongs: string[] = []
  /** By hash: what this phone was told became of a file. */
  readonly told = new Map<string, Stand['state']>()
  /** By hash: bytes, sealed. */
  readonly sizes = new Map<string, number>()
  /** Pickings that the power ended: nobody knows whether the file was kept, or its hash. */
  unsure = 0
  private readonly files: readonly PickedFile[]
  private readonly strangers = new Set<string>()

  constructor(files: readonly PickedFile[]) {
    this.files = files
  }

  /** A way for one run. */
  around(way: FileTransport): FileTransport {
    const stands = new Map<string, { readonly hash: string; readonly size: number; readonly offset: number }>()
    const hear = (hash: string, size: number, answer: Stand | Setback): void => {
      if (typeof answer === 'string') return
      stands.set(answer.place, { hash, size, offset: answer.offset })
      if (answer.state !== 'receiving') this.told.set(hash, answer.state)
    }
    return {
      begin: async (device, hash, size) => {
        this.known(hash)
        this.sizes.set(hash, size)
        const answer = await way.begin(device, hash, size)
        hear(hash, size, answer)
        return answer
      },
      piece: async (device, place, offset, bytes, checksum) => {
        const asked = stands.get(place)
        if (!asked) this.wrongs.push(`a piece went to ${place}, where nothing was begun`)
        else this.fits(asked, offset, bytes.length)
        const answer = await way.piece(device, place, offset, bytes, checksum)
        if (asked) hear(asked.hash, asked.size, answer)
        return answer
      },
    }
  }
  private fits({ hash, size, offset }: { hash: string; size: number; offset: number }, from: number, length: number) {
    if (from !== offset) this.wrongs.push(`${hash} was asked for from ${offset} on and sent from ${from}`)
    if (length === 0 || from + length > size) this.wrongs.push(`${hash} of ${size} bytes: ${length} more at ${from}`)
    const told = this.told.get(hash)
    if (told === 'kept' || told === 'refused') this.wrongs.push(`${hash} is ${told} and was sent again`)
  }
  private known(hash: string): void {
    if (this.files.some(one => hexOf(one.file) === hash)) return
    this.strangers.add(hash)
    if (this.strangers.size > this.unsure) this.wrongs.push(`${hash} was sent and never picked`)
  }
}

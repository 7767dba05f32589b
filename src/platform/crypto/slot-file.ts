import { closeSync, constants, fdatasyncSync, fstatSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { syncFolder, writeAll } from './durable.ts'

/** nonce 12, ciphertext 32, tag 16, root version 4 (big-endian; all ones marks an erased slot). */
export const SLOT = 64
export const BLOCK = 4096
const ERASED = 0xffffffff
const ZERO = Buffer.alloc(SLOT)
const TOMBSTONE = Buffer.alloc(SLOT)
TOMBSTONE.writeUInt32BE(ERASED, SLOT - 4)

export type SlotState = 'ready' | 'erased' | 'missing'

/**
 * All zeros is a slot never made: a hole, or the end of a file that was growing when the power went. An erased slot is
 * zeros with a mark, so that filling holes can never give an erased case a new secret.
 */
export function stateOf(slot: Buffer | undefined): SlotState {
  if (slot === undefined || slot.equals(ZERO)) return 'missing'
  return slot.readUInt32BE(SLOT - 4) === ERASED ? 'erased' : 'ready'
}

/** slots.bin: one 64-byte slot per case. Reading is synchronous and needs no lock; every change needs the lock. */
export class SlotFile {
  readonly #path: string
  readonly #folder: string
  #handle: number | undefined

  constructor(folder: string) {
    this.#folder = folder
    this.#path = join(folder, 'slots.bin')
  }

  /** The open file; opened again when a rotation (perhaps another process's) has put a new file in its place. */
  #file(): number {
    if (this.#handle !== undefined && fstatSync(this.#handle).nlink === 0) this.close()
    if (this.#handle === undefined) {
      this.#handle = openSync(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600)
      if (fstatSync(this.#handle).size === 0) syncFolder(this.#folder)
    }
    return this.#handle
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle)
    this.#handle = undefined
  }

  /** The 64 bytes of a slot, or undefined beyond the end. */
  read(slot: number): Buffer | undefined {
    const bytes = Buffer.allocUnsafe(SLOT)
    return readSync(this.#file(), bytes, 0, SLOT, slot * SLOT) === SLOT ? bytes : undefined
  }

  /** Makes every missing slot of a block and waits until the whole block is on the disk, whoever wrote it. */
  fill(block: number, make: (slot: number) => Buffer): void {
    const handle = this.#file()
    const first = block * BLOCK
    const bytes = Buffer.alloc(BLOCK * SLOT)
    const whole = Math.floor(readSync(handle, bytes, 0, bytes.length, first * SLOT) / SLOT)
    let from = -1
    for (let i = 0; i <= BLOCK; i++) {
      const slot = i < BLOCK ? bytes.subarray(i * SLOT, (i + 1) * SLOT) : undefined
      if (slot !== undefined && (i >= whole || stateOf(slot) === 'missing')) {
        make(first + i).copy(slot)
        if (from < 0) from = i
      } else if (from >= 0) {
        // Only what was missing is written: a live slot is never at risk from a torn write.
        writeAll(handle, bytes.subarray(from * SLOT, i * SLOT), (first + from) * SLOT)
        from = -1
      }
    }
    fdatasyncSync(handle)
  }

  /** Overwrites a slot for good; returns when that is on the disk. */
  erase(slot: number): void {
    const handle = this.#file()
    writeSync(handle, TOMBSTONE, 0, SLOT, slot * SLOT)
    fdatasyncSync(handle)
  }

  /**
   * Writes every live slot anew into a second file, then puts it in the place of the first: a crash leaves the whole
   * old file or the whole new one. Others read on meanwhile.
   */
  async rewrite(change: (slot: number, bytes: Buffer) => Buffer): Promise<void> {
    const from = this.#file()
    const temporary = `${this.#path}.tmp`
    const to = openSync(temporary, 'w', 0o600)
    try {
      const bytes = Buffer.alloc(BLOCK * SLOT)
      for (let block = 0; ; block++) {
        const whole = Math.floor(readSync(from, bytes, 0, bytes.length, block * BLOCK * SLOT) / SLOT)
        for (let i = 0; i < whole; i++) {
          const slot = bytes.subarray(i * SLOT, (i + 1) * SLOT)
          if (stateOf(slot) === 'ready') change(block * BLOCK + i, slot).copy(slot)
        }
        writeAll(to, bytes.subarray(0, whole * SLOT), block * BLOCK * SLOT)
        if (whole < BLOCK) break
        await breathe()
      }
      fdatasyncSync(to)
    } finally {
      closeSync(to)
    }
    this.close()
    renameSync(temporary, this.#path)
    syncFolder(this.#folder)
  }
}

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a rename or a new file in this folder survive a power cut. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Replaces a file whole or not at all, also across a power cut: temporary file, fsync, rename, fsync of the folder. */
export function replaceFile(path: string, content: string | Uint8Array, mode = 0o600): void {
  const temporary = `${path}.tmp`
  // One left by a crash may have other rights.
  rmSync(temporary, { force: true })
  const handle = openSync(temporary, 'w', mode)
  try {
    writeAll(handle, typeof content === 'string' ? Buffer.from(content) : content, 0)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, path)
  syncFolder(dirname(path))
}

/** Writes every byte at this position; the operating system may take fewer at a time. */
export function writeAll(handle: number, bytes: Uint8Array, position: number): void {
  let done = 0
  while (done < bytes.length) done += writeSync(handle, bytes, done, bytes.length - done, position + done)
}

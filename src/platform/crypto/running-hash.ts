import { createHash } from 'node:crypto'

/** SHA-256 of bytes that come piece by piece. */
export interface RunningHash {
  add(piece: Uint8Array): void
  /** Once, at the end. */
  end(): Buffer
}
export function runningHash(): RunningHash {
  const hash = createHash('sha256')
  return {
    add: piece => {
      hash.update(piece)
    },
    end: () => hash.digest(),
  }
}

/**
 * Why a key or a sealed value could not be used:
 * - `mode` root.key may be read by others; `missing` no root.key, or a slot never made;
 * - `malformed` root.key or slots.bin cannot be understood; `weak` a key in root.key was not made by a generator;
 * - `not-released` the decision does not cover this case and compartment; `erased` the case's secret is gone;
 * - `unreadable` authentication failed (tampered, moved, or another key); `locked` the folder stayed locked.
 */
export type KeyErrorCode =
  | 'mode'
  | 'missing'
  | 'malformed'
  | 'weak'
  | 'not-released'
  | 'erased'
  | 'unreadable'
  | 'locked'

/** Raised by everything in this folder. The message never holds content, a key or a name. */
export class KeyError extends Error {
  readonly code: KeyErrorCode
  constructor(code: KeyErrorCode, message: string) {
    super(message)
    this.name = 'KeyError'
    this.code = code
  }
}

/** The work is refused because too much of it waits already; try again later (HTTP 503). */
export class BusyError extends Error {
  constructor(message = 'too many password checks are waiting') {
    super(message)
    this.name = 'BusyError'
  }
}

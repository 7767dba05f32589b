import { createHmac, randomBytes } from 'node:crypto'
import type { DataKey } from './data-key.ts'

/**
 * Blind terms of one field: what is stored and searched instead of a value. Use them alone only for values that
 * cannot be listed (document numbers, telephones, e-mail); names go through `nameTerms`, and sex, nationality or a date of
 * birth never, because whoever holds the key's oracle could try them all.
 * Accepted leak: somebody with the database sees which rows hold equal values.
 */
export class Blind {
  readonly field: string
  readonly version: number
  readonly #key: DataKey

  constructor(field: string, key: DataKey) {
    this.field = field
    this.version = key.version
    this.#key = key
  }

  /**
   * HMAC-SHA-256 of a normalised value, the first 16 bytes. A value of which normalising left nothing ('') gets random
   * bytes: one term for all of them would bring strangers together.
   */
  term(normalised: string): Buffer {
    if (normalised === '') return randomBytes(16)
    return createHmac('sha256', this.#key.secret).update(normalised).digest().subarray(0, 16)
  }
}

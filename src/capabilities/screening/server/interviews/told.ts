import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'
import type { AnswerTree } from '#platform/forms/definition.ts'
import type { Finding } from '../../rules-reading.ts'

/** What was told in an interview, and how each rule read it on that day, with the words it had then. */
export interface Told {
  readonly answers: AnswerTree
  /** paths of questions that the person preferred not to answer; absent where nobody could say so yet */
  readonly declined?: readonly string[]
  readonly readings: readonly Finding[]
  /** Who wrote it, where it was on paper first. */
  readonly writtenBy?: string | undefined
}

const place = (row: string) =>
  ({ table: 'screening.interview', column: 'sealed', compartment: 'SVC', row, version: 1 }) as const
export const sealTold = (key: DataKey, interview: string, told: Told): Buffer =>
  seal(key, JSON.stringify(told), place(interview))
export const openTold = (key: DataKey, interview: string, sealed: Uint8Array): Told =>
  JSON.parse(openText(key, sealed, place(interview))) as Told

const whyPlace = (row: string) =>
  ({ table: 'screening.override', column: 'sealed_why', compartment: 'SVC', row, version: 1 }) as const
export const sealWhy = (key: DataKey, override: string, why: string): Buffer => seal(key, why, whyPlace(override))
export const openWhy = (key: DataKey, override: string, sealed: Uint8Array): string =>
  openText(key, sealed, whyPlace(override))

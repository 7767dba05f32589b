import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'
import type { AnswerTree } from '#platform/forms/definition.ts'
import type { Finding } from '../rules-reading.ts'

/** What was answered with an instrument, and how each rule read it on that day, with the words it had then. */
export interface ToldWith {
  readonly answers: AnswerTree
  readonly declined: readonly string[]
  readonly readings: readonly Finding[]
}
export interface Told {
  readonly card?: ToldWith | undefined
  readonly shortScreen?: ToldWith | undefined
  /** Who wrote it, where it was on paper first. */
  readonly writtenBy?: string | undefined
}

const place = (screening: string, column: 'sealed_story' | 'sealed_told') =>
  ({ table: 'screening.screening', column, compartment: 'SVC', row: screening, version: 1 }) as const

/** What the person told, in the officer's words: sealed with the case's key for compartment SVC. */
export const sealStory = (key: DataKey, screening: string, story: string): Buffer =>
  seal(key, story, place(screening, 'sealed_story'))
export const openStory = (key: DataKey, screening: string, sealed: Uint8Array): string =>
  openText(key, sealed, place(screening, 'sealed_story'))

/** Whole answers, with what was typed in them. */
export const sealTold = (key: DataKey, screening: string, told: Told): Buffer =>
  seal(key, JSON.stringify(told), place(screening, 'sealed_told'))
export const openTold = (key: DataKey, screening: string, sealed: Uint8Array): Told =>
  JSON.parse(openText(key, sealed, place(screening, 'sealed_told'))) as Told

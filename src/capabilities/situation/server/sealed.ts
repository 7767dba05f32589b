import type { Keys } from '#platform/crypto/keys.ts'
import { open, openText, seal } from '#platform/crypto/seal.ts'
import type { Said } from '../form.ts'

// What belongs to no case is sealed with a key of this slice, which the database does not have.
const keyOf = (keys: Keys) => keys.platformKey('situation')
const place = (table: string, column: string, row: string) =>
  ({ table: `situation.${table}`, column, row, compartment: 'none', version: 1 }) as const

/** What one assessor said of one question. */
export interface Given {
  readonly said: Said
  readonly reason: string | null
}
export type Sheet = Readonly<Record<string, Given>>
/** What is kept in words of one question of an assessment. */
export interface Words {
  readonly reasons: readonly string[]
  readonly note?: string
  readonly settledBy?: string
  readonly settledAt?: string
}
export type AllWords = Readonly<Record<string, Words>>
/** Who settled the last difference, if there was any. */
export const lastSettler = (words: AllWords): string | undefined =>
  Object.values(words)
    .filter(one => one.settledAt !== undefined)
    .sort((a, b) => (a.settledAt! < b.settledAt! ? -1 : 1))
    .at(-1)?.settledBy

const rowOf = (assessment: string, account: string) => `${assessment} ${account}`
export const sealSheet = (keys: Keys, assessment: string, account: string, sheet: Sheet): Buffer =>
  seal(keyOf(keys), JSON.stringify(sheet), place('sheet', 'sealed_answers', rowOf(assessment, account)))
export const openSheet = (keys: Keys, assessment: string, account: string, sealed: Uint8Array): Sheet =>
  JSON.parse(openText(keyOf(keys), sealed, place('sheet', 'sealed_answers', rowOf(assessment, account)))) as Sheet

export const sealWords = (keys: Keys, assessment: string, words: AllWords): Buffer =>
  seal(keyOf(keys), JSON.stringify(words), place('assessment', 'sealed_words', assessment))
export const openWords = (keys: Keys, assessment: string, sealed: Uint8Array | null): AllWords =>
  sealed === null
    ? {}
    : (JSON.parse(openText(keyOf(keys), sealed, place('assessment', 'sealed_words', assessment))) as AllWords)

type ActionColumn = 'sealed_what' | 'sealed_end'
export const sealOfAction = (keys: Keys, action: string, column: ActionColumn, text: string): Buffer =>
  seal(keyOf(keys), text, place('action', column, action))
export const openOfAction = (keys: Keys, action: string, column: ActionColumn, sealed: Uint8Array): string =>
  openText(keyOf(keys), sealed, place('action', column, action))

type PictureColumn = 'sealed_identity' | 'sealed_thumbnail'
export const sealOfPicture = (keys: Keys, id: string, column: PictureColumn, plain: string | Uint8Array): Buffer =>
  seal(keyOf(keys), plain, place('picture', column, id))
export const openOfPicture = (keys: Keys, id: string, column: PictureColumn, sealed: Uint8Array): Buffer =>
  open(keyOf(keys), sealed, place('picture', column, id))

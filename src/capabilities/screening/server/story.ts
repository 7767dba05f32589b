import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

const place = (screening: string) =>
  ({ table: 'screening.screening', column: 'sealed_story', compartment: 'SVC', row: screening, version: 1 }) as const

/** What the person told, in the officer's words: sealed with the case's key for compartment SVC. */
export const sealStory = (key: DataKey, screening: string, story: string): Buffer => seal(key, story, place(screening))
export const openStory = (key: DataKey, screening: string, sealed: Uint8Array): string =>
  openText(key, sealed, place(screening))

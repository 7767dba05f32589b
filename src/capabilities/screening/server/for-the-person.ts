import type { KeyOf } from '#capabilities/cases/server/index.ts'
import type { Read } from '#platform/db/context.ts'
import * as store from './store.ts'
import { openStory } from './told.ts'

/**
 * What the person told when they were screened, the first first, for a decision that releases compartment SVC to who hands it over:
 * when, and their account. Not who wrote it, what was marked about them, nor how it was read.
 */
export async function accountOfPerson(read: Read, caseId: string, slot: number, key: KeyOf) {
  return (await store.listOfCase(read, caseId)).map(row => ({
    at: row.said_at.toISOString(),
    story: row.sealed_story ? openStory(key(caseId, slot, 'SVC'), row.id, row.sealed_story) : undefined,
  }))
}
export type AccountOfPerson = Awaited<ReturnType<typeof accountOfPerson>>

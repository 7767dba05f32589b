import type { KeyOf } from '#capabilities/cases/server/index.ts'
import type { Read } from '#platform/db/context.ts'
import { openWords } from './sealed.ts'
import * as store from './store.ts'

/** What the person asked in their own view, and what they were answered; not by whom. For a decision that releases compartment SVC. */
export async function questionsOfPerson(read: Read, caseId: string, slot: number, key: KeyOf) {
  return (await store.listQuestions(read, caseId)).map(one => ({
    at: one.asked_at.toISOString(),
    text: openWords(key(caseId, slot, 'SVC'), 'sealed', one.id, one.sealed),
    answer: one.sealed_answer
      ? openWords(key(caseId, slot, 'SVC'), 'sealed_answer', one.id, one.sealed_answer)
      : undefined,
  }))
}
export type QuestionsOfPerson = Awaited<ReturnType<typeof questionsOfPerson>>

import type { Binding } from '#platform/http/handle.ts'
import { answerQuestion } from './answer-question.ts'
import { makeCode } from './make-code.ts'
import { noteCheck } from './note-check.ts'
import { ofCase } from './of-case.ts'
import { revokeCode } from './revoke-code.ts'

export { type QuestionsOfPerson, questionsOfPerson } from './for-the-person.ts'

export const bindings: readonly Binding[] = [ofCase, makeCode, revokeCode, answerQuestion, noteCheck]

import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { situation } from '../contract.ts'
import { questionsOf } from '../form.ts'
import { formOf } from '../instruments/shipped.ts'
import { policy } from '../policy.ts'
import { lastSettler, openSheet, openWords, sealWords } from './sealed.ts'
import { assessmentFacts, finishAssessment, getAssessment, settleAssessment, sheetsOf } from './store.ts'

/** What the two say of a question on which they differed, with a note that says why; it may be settled anew until the end. */
export const settle = handle(situation.settle, policy, {
  facts: ({ read, input }) => assessmentFacts(read, input.params.assessment),
  run: async ({ tx, actor, services: { keys }, now, input: { params, body, version } }) => {
    const found = await getAssessment(tx, params.assessment)
    if (found.state !== 'comparing') throw new Problem('not-now')
    const given = (await sheetsOf(tx, found.id)).map(
      one => openSheet(keys, found.id, one.by_account, one.sealed_answers)[body.question],
    )
    // What both said alike is nobody's to change.
    if (new Set(given.map(one => one?.said)).size < 2)
      throw new Problem('invalid-input', [{ field: 'question', code: 'not-offered' }])
    const words = openWords(keys, found.id, found.sealed_words)
    const missing = body.said === 'partly' || body.said === 'no'
    const reasons = missing ? [...new Set(given.flatMap(one => one?.reason ?? []))] : []
    const all = {
      ...words,
      [body.question]: { reasons, note: body.note, settledBy: actor.user, settledAt: now.toISOString() },
    }
    const answers = { ...found.answers, [body.question]: body.said }
    if ((await settleAssessment(tx, { id: found.id, version }, answers, sealWords(keys, found.id, all))) === 0)
      throw new Problem('version-stale')
    return { version: version + 1 }
  },
})

/** The end, from where it never changes: by the one of the two who did not settle the last difference. */
export const finish = handle(situation.finish, policy, {
  facts: ({ read, input }) => assessmentFacts(read, input.params.assessment),
  run: async ({ tx, actor, services: { keys }, now, input: { params, version } }) => {
    const found = await getAssessment(tx, params.assessment)
    const all = questionsOf(formOf(found.subject, found.version_of_form))
    if (found.state !== 'comparing' || all.some(one => found.answers[one.name] === undefined))
      throw new Problem('not-now')
    if (lastSettler(openWords(keys, found.id, found.sealed_words)) === actor.user) throw new Problem('same-person')
    if ((await finishAssessment(tx, { id: found.id, version }, actor.user, now)) === 0)
      throw new Problem('version-stale')
    return { version: version + 1 }
  },
})

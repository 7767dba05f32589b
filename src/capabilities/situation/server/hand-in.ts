import { compile, type Program } from '#platform/forms/compile.ts'
import type { AnswerTree } from '#platform/forms/definition.ts'
import { judge } from '#platform/forms/judge.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { type Said, type Subject, situation } from '../contract.ts'
import { definitionOf, reasonOf } from '../definition.ts'
import { type AssessmentForm, questionsOf } from '../form.ts'
import { formOf } from '../instruments/shipped.ts'
import { policy } from '../policy.ts'
import { openSheet, type Sheet, sealSheet, sealWords, type Words } from './sealed.ts'
import { assessmentFacts, getAssessment, handedIn, insertSheet, settleAssessment, sheetsOf } from './store.ts'

const programs = new Map<string, Program>()
function programOf(subject: Subject, form: AssessmentForm): Program {
  const name = `${subject} ${form.version}`
  const known = programs.get(name) ?? compile(definitionOf(subject, form))
  programs.set(name, known)
  return known
}

/** @throws Problem invalid-input naming each answer that is missing or that the form does not take */
function sheetOf(subject: Subject, form: AssessmentForm, given: unknown, now: Date, timeZone: string): Sheet {
  const { answers, problems } = judge(programOf(subject, form), given, { now, timeZone })
  if (problems.length > 0)
    throw new Problem(
      'invalid-input',
      problems.slice(0, 20).map(({ path, code }) => ({
        field: path === '' ? 'answers' : `answers.${path.replaceAll('/', '.')}`,
        code: code === 'required' ? 'required' : code === 'name-unknown' ? 'unknown-field' : 'not-an-answer',
      })),
    )
  return Object.fromEntries(
    questionsOf(form).map(({ name, standard }) => {
      const group = answers[standard] as AnswerTree
      const reason = group[reasonOf(name)]
      return [name, { said: group[name] as Said, reason: typeof reason === 'string' ? reason.normalize('NFC') : null }]
    }),
  )
}

/** What both say is settled by that; the rest is left to be talked about. */
export function agreed(form: AssessmentForm, first: Sheet, second: Sheet) {
  const answers: Record<string, Said> = {}
  const words: Record<string, Words> = {}
  for (const { name } of questionsOf(form)) {
    const [one, other] = [first[name]!, second[name]!]
    if (one.said !== other.said) continue
    answers[name] = one.said
    const reasons = [...new Set([one.reason, other.reason].filter(each => each !== null))]
    if (reasons.length > 0) words[name] = { reasons }
  }
  return { answers, words }
}

/** Each assessor's answers, once; neither sees the other's before both are there. */
export const handIn = handle(situation.handIn, policy, {
  facts: ({ read, input }) => assessmentFacts(read, input.params.assessment),
  run: async ({ tx, actor, services, now, input: { params, body } }) => {
    const { keys, packs } = services
    const before = await getAssessment(tx, params.assessment)
    if (before.state !== 'open' || (await handedIn(tx, actor.user, [before.id])).has(before.id))
      throw new Problem('not-now')
    const form = formOf(before.subject, before.version_of_form)
    const zone = packs.get(actor.country)?.timeZone.value ?? 'UTC'
    const sheet = sheetOf(before.subject, form, body.answers, now, zone)
    await insertSheet(tx, {
      assessment_id: before.id,
      by_account: actor.user,
      country: before.country,
      at: now,
      sealed_answers: sealSheet(keys, before.id, actor.user, sheet),
    })
    // The database lays both open with the second.
    const after = await getAssessment(tx, before.id)
    if (after.state !== 'comparing') return { differences: 0 }
    const both = await sheetsOf(tx, after.id)
    const of = (account: string | null) => {
      const found = both.find(one => one.by_account === account)!
      return openSheet(keys, after.id, found.by_account, found.sealed_answers)
    }
    const { answers, words } = agreed(form, of(after.first_by), of(after.second_by))
    if ((await settleAssessment(tx, after, answers, sealWords(keys, after.id, words))) === 0) throw new Problem('busy')
    return { differences: questionsOf(form).length - Object.keys(answers).length }
  },
})

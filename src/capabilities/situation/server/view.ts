import { namesOf } from '#platform/auth/server/accounts/store.ts'
import { todayIn } from '#platform/clocks/today.ts'
import type { Read } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Actor } from '#platform/policy/decide.ts'
import type { Answered, Assessment, Difference, DropReason, Picture } from '../contract.ts'
import { questionsOf } from '../form.ts'
import { formOf } from '../instruments/shipped.ts'
import { policy } from '../policy.ts'
import { scoresOf } from '../scoring.ts'
import { actionsOf } from './actions/store.ts'
import { actionOf } from './actions/view.ts'
import { isAsked, rowOf } from './list.ts'
import { lastSettler, openSheet, openWords } from './sealed.ts'
import { type AssessmentFound, getAssessment, handedIn, sheetsOf } from './store.ts'

/** What the two say differently, as long as it is open for both. */
async function differencesOf(read: Read, { keys }: Services, row: AssessmentFound): Promise<Difference[]> {
  if (row.state !== 'comparing') return []
  const sheets = await sheetsOf(read, row.id)
  const [first, second] = [row.first_by, row.second_by].map(account => {
    const found = sheets.find(one => one.by_account === account)
    return found && openSheet(keys, row.id, found.by_account, found.sealed_answers)
  })
  if (!first || !second) return []
  return questionsOf(formOf(row.subject, row.version_of_form)).flatMap(({ name, standard }) => {
    const [one, other] = [first[name]!, second[name]!]
    if (one.said === other.said) return []
    return {
      ...{ question: name, standard, first: one.said, firstReason: one.reason },
      ...{ second: other.said, secondReason: other.reason },
    }
  })
}

async function answersOf(read: Read, { keys }: Services, row: AssessmentFound): Promise<Answered[]> {
  const words = openWords(keys, row.id, row.sealed_words)
  const settlers = [...new Set(Object.values(words).flatMap(one => one.settledBy ?? []))]
  const names = await namesOf(read, settlers)
  return questionsOf(formOf(row.subject, row.version_of_form)).flatMap(({ name, standard }) => {
    const said = row.answers[name]
    if (said === undefined) return []
    const { reasons = [], note = null, settledBy } = words[name] ?? {}
    const by = settledBy === undefined ? null : (names.get(settledBy) ?? null)
    return { question: name, standard, said, reasons: [...reasons], note, settledBy: by }
  })
}

/** One assessment as a reader has it: with parts of a score only together with the questions it is made of. */
export async function viewOf(
  read: Read,
  services: Services,
  actor: Actor,
  id: string,
  now: Date,
  pictures: readonly Picture[],
): Promise<Assessment> {
  const row = await getAssessment(read, id)
  const facts = {
    assessment: { state: row.state, organisation: row.organisation_id, first: row.first_by, second: row.second_by },
  }
  const form = formOf(row.subject, row.version_of_form)
  const done = await handedIn(read, actor.user, [id])
  const asked = isAsked(actor, row, done, now)
  const settles = row.state === 'comparing' && policy['situation.settle'](actor, facts, now).allow
  const mine = lastSettler(openWords(services.keys, id, row.sealed_words)) === actor.user
  const whole = questionsOf(form).every(one => row.answers[one.name] !== undefined)
  const plans = row.state === 'finished' && policy['situation.add-action'](actor, facts, now).allow
  const going = row.state === 'open' || row.state === 'comparing'
  const drops = row.state === 'open' && policy['situation.drop'](actor, facts, now).allow
  const shows = going && policy['situation.add-picture'](actor, facts, now).allow
  const today = todayIn(services, actor.country, now)
  const actions = row.state === 'finished' ? await actionsOf(read, id) : []
  return {
    ...rowOf(row, asked),
    form: row.version_of_form,
    moves: [
      ...(asked ? (['answer'] as const) : []),
      ...(settles ? (['settle'] as const) : []),
      ...(settles && whole && !mine ? (['finish'] as const) : []),
      ...(plans ? (['add-action'] as const) : []),
      ...(shows ? (['add-picture'] as const) : []),
      ...(drops ? (['drop'] as const) : []),
    ],
    dropped: row.drop_reason as DropReason | null,
    handedIn: row.state === 'open' || row.state === 'dropped' ? done.size : 2,
    answers: await answersOf(read, services, row),
    differences: await differencesOf(read, services, row),
    // Nobody is judged by a part of it.
    scores: row.state === 'finished' ? scoresOf(form, row.answers) : [],
    actions: actions.map(one => actionOf(one, services.keys, actor, today, now)),
    pictures: [...pictures],
    version: row.version,
  }
}

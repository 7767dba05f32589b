import type { AnswerTree } from '#platform/forms/definition.ts'
import { FormFlaw } from '#platform/forms/flaw.ts'
import { judge } from '#platform/forms/judge.ts'
import { begin, type Session } from '#platform/forms/session.ts'
import { type Problem as AnswerProblem, isShown, type ViewNode } from '#platform/forms/view.ts'
import { type FieldError, Problem } from '#platform/problem/problem.ts'
import { type Coded, codedIn } from '../../coded.ts'
import { type Finding, metCodes, readRules, rulesToUse } from '../../rules-reading.ts'
import { type Found, programOf } from './find.ts'

/** Answers given with an instrument, worked out again here. */
export interface Judged {
  readonly answers: AnswerTree
  readonly declined: readonly string[]
  readonly readings: readonly Finding[]
  readonly findings: readonly string[]
}
export interface Given {
  readonly answers: unknown
  readonly declined?: readonly string[] | undefined
}
export interface Moment {
  readonly now: Date
  readonly timeZone: string
  /** of the program that reads the rules */
  readonly production: boolean
}

const codes: Partial<Record<AnswerProblem['code'], string>> = {
  'name-unknown': 'unknown-field',
  'too-many-rows': 'too-many',
  'too-much-work': 'too-large',
}

/**
 * The answers as the form itself has them, and how the instrument's rules read them. People stop where they want, so
 * nothing that is missing refuses the rest.
 * @param at where the answers stand in the command, with its dot
 * @throws Problem invalid-input naming each answer that the form does not take
 */
export function judged(found: Found, given: Given, { production, ...options }: Moment, at = ''): Judged {
  const result = judge(programOf(found), given.answers, options)
  const wrong = result.problems
    .filter(({ code }) => code !== 'required')
    .map(({ path, code }): FieldError => {
      const field = path === '' ? `${at}answers` : `${at}answers.${path.replaceAll('/', '.')}`
      return { field, code: codes[code] ?? 'not-an-answer' }
    })
  if (wrong.length > 0) throw new Problem('invalid-input', wrong.slice(0, 20))
  const { answers } = result
  const declined = [...new Set(given.declined)]
  if (declined.length > 0) requireDeclinable(begin(programOf(found), { ...options, answers }), declined, at)
  const readings = readRules(rulesToUse(found.instrument.rules, { production }), answers, declined)
  return { answers, declined, readings, findings: metCodes(readings) }
}

/** As `judged`, for instruments of few questions whose choices are kept as codes. */
export function judgedAndCoded(found: Found, given: Given, moment: Moment, at: string): Judged & Coded {
  const one = judged(found, given, moment, at)
  const { production: _, ...options } = moment
  const view = begin(programOf(found), { ...options, answers: one.answers }).view()
  return { ...one, ...codedIn(found.instrument.form, view, one.declined) }
}

/** @throws Problem invalid-input naming the first path that is asked nothing now, or has an answer after all */
function requireDeclinable(session: Session, declined: readonly string[], at: string): void {
  for (const [place, path] of declined.entries()) {
    const refuse = (code: string) => new Problem('invalid-input', [{ field: `${at}declined.${place}`, code }])
    let view: ViewNode
    try {
      view = session.viewAt(path)
    } catch (error) {
      if (error instanceof FormFlaw) throw refuse('unknown-field')
      throw error
    }
    if (view.kind !== 'question' || !isShown(view) || view.type === 'note') throw refuse('unknown-field')
    if (view.value !== null) throw refuse('not-an-answer')
  }
}

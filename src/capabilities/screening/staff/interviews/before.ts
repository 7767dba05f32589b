import type { In } from '#platform/contract/operation.ts'
import type { AnswerTree, AnswerValue, FormDefinition } from '#platform/forms/definition.ts'
import type { screening } from '../../contract.ts'
import type { InstrumentRow } from '../../contract-instruments.ts'
import { questionsOf } from '../instruments/names.ts'

export type Body = In<(typeof screening.interview)['body']>

/** What is settled before the first question; it stays in memory. */
export interface Before {
  /** Of the interview, of the record that the limits were told, and of the command. */
  readonly ids: { readonly interview: string; readonly limits: string }
  readonly startedAt: string
  readonly danger: '' | 'yes' | 'no'
  /** Code and version, as one text. */
  readonly instrument: string
  readonly language: string
  readonly interpreter: Body['interpreter'] | ''
  readonly interviewer: Body['interviewer'] | ''
  readonly givenBy: Body['limitsTold']['givenBy'] | ''
  readonly assent: '' | 'yes' | 'no'
  readonly toldAt: string
  /** Held on paper first, and typed in now. */
  readonly paper: boolean
  /** Local time, as the browser's own field gives it. */
  readonly writtenAt: string
  readonly writtenBy: string
}

/** When it was said: on paper, when it was written down. */
export const saidAtOf = ({ paper, writtenAt }: Before, otherwise: string): string =>
  paper && writtenAt ? new Date(writtenAt).toISOString() : otherwise

export const keyOf = ({ code, version }: Pick<InstrumentRow, 'code' | 'version'>): string => `${code} ${version}`

/**
 * Instruments to talk with, what fits this case best first. A child is never asked the questions for adults; a card is
 * looked at without asking, and is nothing to talk with.
 */
export function fitting(rows: readonly InstrumentRow[], child: boolean): readonly InstrumentRow[] {
  const own = child ? 'child' : 'adult'
  const order = (row: InstrumentRow) =>
    (row.person === own ? 0 : row.person === 'any' ? 1 : 2) * 10 + (row.layer === 'interview' ? 0 : 1)
  return rows
    .filter(row => row.layer !== 'card' && (row.person !== 'adult' || !child))
    .sort((a, b) => order(a) - order(b))
}

/** Questions that were answered before the form began are not asked once more, wherever the form has them. */
export function knownIn(form: FormDefinition, before: Before): AnswerTree {
  const known: Readonly<Record<string, string>> = {
    'danger-now': before.danger,
    interpreter: before.interpreter,
    interviewer: before.interviewer,
    'limits-told': 'OK',
  }
  const tree: Record<string, AnswerValue> = {}
  for (const [path, { name }] of questionsOf(form.body)) {
    if (!Object.hasOwn(known, name) || !known[name]) continue
    const steps = path.split('/')
    let at = tree
    for (const step of steps.slice(0, -1)) {
      at[step] ??= {}
      at = at[step] as Record<string, AnswerValue>
    }
    at[name] = known[name]
  }
  return tree
}

/** How the limits of confidentiality were told to this listener. */
export const limitsOf = (before: Before): Body['limitsTold'] => ({
  id: before.ids.limits,
  textVersion: 'limits-1',
  language: before.language,
  interpreter: before.interpreter || 'none',
  givenBy: before.givenBy || 'person',
  ...(before.givenBy === 'guardian' && before.assent !== '' && { childAssent: before.assent === 'yes' }),
  form: 'oral-certified',
  saidAt: saidAtOf(before, before.toldAt),
})

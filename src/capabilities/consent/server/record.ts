import type { Out } from '#platform/contract/operation.ts'
import { type Kept, requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import type { Tx } from '#platform/db/context.ts'
import { maskOf } from '#platform/policy/compartments.ts'
import { notFound } from '#platform/problem/problem.ts'
import type { consent, TextVersion } from '../contract.ts'
import { wrongGiver } from '../givers.ts'
import { insert, isChild, type NewRow } from './store.ts'

/** How something was explained and said, as every record carries it. */
export type Explained = Omit<Out<typeof consent.refuse.body>, 'id' | 'textVersion'> & {
  readonly textVersion: TextVersion
}

/**
 * The columns that say how it was explained.
 * @throws Problem invalid-input when it was said in the future, or too long ago
 */
export function explainedRow(by: string, caseId: string, said: Explained, now: Date, on: Kept = 'phone') {
  requireNone(wrongSaid(said.saidAt, now, 'saidAt', on))
  return rowOf(by, caseId, said)
}

/**
 * The same of what must count however late it comes.
 * @throws Problem invalid-input when it was said in the future
 */
export function explainedLateRow(by: string, caseId: string, said: Explained, now: Date) {
  requireNone(wrongSaid(said.saidAt, now).filter(one => one.code === 'future'))
  return rowOf(by, caseId, said)
}

function rowOf(by: string, caseId: string, said: Explained) {
  return {
    case_id: caseId,
    text_version: said.textVersion,
    language: said.language,
    interpreter: said.interpreter,
    explained_by: by,
    given_by: said.givenBy,
    child_assent: said.childAssent ?? null,
    form: said.form,
    said_at: new Date(said.saidAt),
  } satisfies Partial<NewRow>
}

/** Records that the limits of confidentiality were told before the first question. Cited by the screening. */
export const recordLimitsTold = (
  tx: Tx,
  by: string,
  caseId: string,
  said: Explained & { id: string },
  now: Date,
  on?: Kept,
): Promise<void> => insert(tx, { ...explainedRow(by, caseId, said, now, on), id: said.id, kind: 'limits-told' })

/** When a yes of so many months ends. */
export const endOf = (now: Date, months: number): Date => new Date(now.getTime() + months * 30 * 86_400_000)

/** A yes to police or prosecution: to one body, for people of it by name, and always with an end. */
export interface ToPolice {
  readonly id: string
  readonly organisation: string
  readonly named: readonly string[]
  readonly months: number
}
/**
 * Records that the person wants a police or prosecution body to know who they are. It opens nothing by itself.
 * @throws Problem invalid-input at who said it; not-found where there is no such case
 */
export async function recordToPolice(
  tx: Tx,
  by: string,
  caseId: string,
  said: Explained & ToPolice,
  now: Date,
): Promise<void> {
  const child = await isChild(tx, caseId)
  if (child === null) throw notFound()
  requireNone(wrongGiver('given', child, said))
  await insert(tx, {
    ...explainedRow(by, caseId, said, now),
    id: said.id,
    kind: 'given',
    to_police: true,
    purposes: ['prosecution'],
    recipients: [said.organisation],
    named: [...new Set(said.named)],
    compartments: maskOf(['ID']),
    expires_at: endOf(now, said.months),
  })
}

import { ledgerOf } from '#capabilities/consent/server/index.ts'
import type { IdentificationState } from '#platform/country/procedure.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Decision, Visitor } from '#platform/policy/decide.ts'
import type { OwnFacts } from '../../policy.ts'
import { openWords } from '../sealed.ts'
import * as store from '../store.ts'
import { type HelpPage, helps, helpsOf, say } from './helps.ts'
import { kindOfHelp } from './kinds.ts'

/** The case of the visit that the transaction is of, with what the rules ask. */
export interface Own {
  readonly row: store.Standing
  readonly facts: OwnFacts
}
export async function standingOf(read: Read): Promise<Own | undefined> {
  const row = await store.standing(read)
  return row && { row, facts: { case: row.case_id, closed: row.status === 'closed', coordinated: row.coordinated } }
}
export const visitorOf = ({ row }: Own, visit: string): Visitor => ({
  purpose: 'self',
  visit,
  case: row.case_id,
  country: row.country,
})

/** One thing that the person agreed to, without a name, a place or a day. */
export interface Agreed {
  readonly id: string
  readonly purposes: readonly string[]
  /** Who may know, as kinds of help. */
  readonly kinds: readonly string[]
  readonly compartments: readonly string[]
  readonly standing: 'live' | 'withdrawn' | 'over'
}
/** What a page says; its words are the page's own business. */
export type Page =
  | {
      readonly page: 'start'
      readonly identification: IdentificationState
      readonly closed: boolean
      readonly mayAsk: boolean
      /** There is a help that something can be said of. */
      readonly helped: boolean
    }
  | HelpPage
  | { readonly page: 'agreed'; readonly agreed: readonly Agreed[] }
  | { readonly page: 'stop'; readonly agreed: Agreed }
  | { readonly page: 'stopped' }
  | { readonly page: 'checked'; readonly safe: string | null; readonly contact: boolean }
  | {
      readonly page: 'questions'
      readonly questions: readonly { readonly text: string; readonly answer: string | null }[]
      readonly mayAsk: boolean
      readonly full: boolean
      readonly asked?: true
      /** What was typed and could not be sent, with why. */
      readonly again?: { readonly text: string; readonly why: 'required' | 'too-long' | 'signs' }
    }

export interface Seeing {
  readonly tx: Tx
  readonly services: Services
  readonly own: Own
  readonly decision: Decision
  readonly now: Date
}
/** Questions that wait for an answer at the same time, at most. */
const mostWaiting = 5

/** The page after a step that only looks. */
export async function shownAfter(
  seeing: Seeing,
  step: {
    readonly do: 'start' | 'agreed' | 'questions' | 'stop' | 'helps' | 'say'
    readonly consent?: string
    readonly help?: string
  },
): Promise<Page> {
  const { own } = seeing
  if (step.do === 'questions') return questions(seeing)
  if (step.do === 'helps') return helps(seeing)
  if (step.do === 'say') return say(seeing, step.help)
  if (step.do === 'start')
    return {
      page: 'start',
      identification: own.row.identification as IdentificationState,
      closed: own.facts.closed,
      mayAsk: own.facts.coordinated && !own.facts.closed,
      helped: (await helpsOf(seeing)).length > 0,
    }
  const agreed = await agreedOf(seeing)
  if (step.do === 'agreed') return { page: 'agreed', agreed }
  const one = agreed.find(each => each.id === step.consent && each.standing === 'live')
  return one ? { page: 'stop', agreed: one } : { page: 'agreed', agreed }
}

async function agreedOf({ tx, own, now }: Seeing): Promise<Agreed[]> {
  const [ledger, kinds] = await Promise.all([ledgerOf(tx, own.row.case_id, now), store.recipientKinds(tx)])
  return ledger
    .filter(one => one.kind === 'given')
    .map(one => ({
      id: one.id,
      purposes: one.purposes,
      kinds: [...new Set(one.recipients.map(each => kindOfHelp(kinds.get(each))))],
      compartments: one.compartments,
      standing: one.live ? 'live' : ledger.some(each => each.withdraws === one.id) ? 'withdrawn' : 'over',
    }))
}

export async function questions({ tx, services, own, decision }: Seeing): Promise<Page & { page: 'questions' }> {
  const key = services.keys.release(decision, own.row.case_id, own.row.slot, 'SVC')
  const rows = await store.ownQuestions(tx, own.row.case_id)
  await store.markRead(tx)
  return {
    page: 'questions',
    mayAsk: own.facts.coordinated && !own.facts.closed,
    full: rows.filter(one => one.sealed_answer === null).length >= mostWaiting,
    questions: rows.map(one => ({
      text: openWords(key, 'sealed', one.id, one.sealed),
      answer: one.sealed_answer ? openWords(key, 'sealed_answer', one.id, one.sealed_answer) : null,
    })),
  }
}

import { type Feedback, mostFeedbackWords, noFeedback, saysNothing } from '#capabilities/referrals/contract.ts'
import { ownHelps, sayOwnFeedback, takeBackOwnFeedback } from '#capabilities/referrals/server/index.ts'
import { wrongText } from '#platform/contract/edge.ts'
import { readable } from '#platform/contract/readable.ts'
import { notFound } from '#platform/problem/problem.ts'
import { kindOfHelp } from './kinds.ts'
import type { Seeing } from './standing.ts'

/** One help as the person's own page tells it: by its kind, without a name, a place or a day. */
export interface Help {
  readonly id: string
  readonly kind: string
  /** Which of its kind, where there are several; null: there is one. */
  readonly number: number | null
  readonly said: boolean
}
export type HelpPage =
  | {
      readonly page: 'helps'
      readonly helps: readonly Help[]
      readonly done?: 'told' | 'taken-back' | 'nothing'
    }
  | {
      readonly page: 'say'
      readonly help: Help
      /** What was answered and typed and could not be sent, with why. */
      readonly said: Feedback
      readonly again?: { readonly text: string; readonly why: 'too-long' | 'signs' }
    }

export async function helpsOf({ tx }: Seeing): Promise<Help[]> {
  const found = (await ownHelps(tx)).map(one => ({ ...one, kind: kindOfHelp(one.kind) }))
  const alike = Map.groupBy(found, one => one.kind)
  return found.map(one => {
    const all = alike.get(one.kind)!
    return { ...one, number: all.length > 1 ? all.indexOf(one) + 1 : null }
  })
}
export const helps = async (seeing: Seeing): Promise<HelpPage> => ({ page: 'helps', helps: await helpsOf(seeing) })

/** What was said before is not shown again: somebody may look over a shoulder. @throws Problem not-found */
export async function say(seeing: Seeing, help: string | undefined): Promise<HelpPage & { page: 'say' }> {
  const one = (await helpsOf(seeing)).find(each => each.id === help)
  if (!one) throw notFound()
  return { page: 'say', help: one, said: noFeedback }
}

interface Told {
  readonly help: string
  readonly said: Feedback
  readonly text: string
}
/** @throws Problem not-found */
export async function told(seeing: Seeing, { help, said, text }: Told): Promise<HelpPage> {
  const { tx, own, services, decision } = seeing
  const before = await say(seeing, help)
  const why = [...text].length > mostFeedbackWords ? 'too-long' : wrongText(text) ? 'signs' : undefined
  if (why) return { ...before, said, again: { text: readable(text), why } }
  const done = saysNothing(said, text) ? 'nothing' : 'told'
  if (done === 'told') {
    const key = services.keys.release(decision, own.row.case_id, own.row.slot, 'SVC')
    if (!(await sayOwnFeedback(tx, help, said, text, key))) throw notFound()
  }
  return { page: 'helps', helps: await helpsOf(seeing), done }
}
export async function untold(seeing: Seeing, help: string): Promise<HelpPage> {
  await say(seeing, help)
  await takeBackOwnFeedback(seeing.tx, help)
  return { page: 'helps', helps: await helpsOf(seeing), done: 'taken-back' }
}

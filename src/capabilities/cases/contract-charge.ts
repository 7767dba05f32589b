import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, id } from '#platform/contract/shapes.ts'

/** What is gone through, with the person where it is about them, before somebody else is in charge. */
export const handOverItems = [
  'person-told',
  'met-together',
  'safety-plan',
  'care-plan',
  'open-referrals',
  'next-contacts',
  'code-word',
  'files',
  'guardian',
] as const
export type HandOverItem = (typeof handOverItems)[number]
/** `not-yet` is for a case whose coordinator cannot be asked any more: who comes next sees what is left to ask. */
export const handOverStates = ['done', 'not-needed', 'not-yet'] as const
export type HandOverState = (typeof handOverStates)[number]
/** A guardian is asked for where there is one to tell. */
export const itemsFor = (child: boolean): readonly HandOverItem[] =>
  handOverItems.filter(one => child || one !== 'guardian')

const Gone = z.strictObject({ item: z.enum(handOverItems), state: z.enum(handOverStates) })
const unit = ['identification', 'assistance'] as const
const ofCase = z.object({ case: id() })

/** Who is in charge of a case, and how it gets from one to the next. */
export const charge = {
  /**
   * The first coordinator, or another one instead of whoever is in charge, who loses the case by it. Whoever gives their own away has
   * gone through everything first: each item of `itemsFor`, none of them `not-yet`.
   */
  assign: command({
    id: 'cases.assign',
    path: '/cases/{case}/assign',
    params: ofCase,
    body: z.strictObject({
      coordinator: id(),
      handOver: z.optional(z.array(Gone).check(z.maxLength(handOverItems.length, 'too-many'))),
    }),
    ifMatch: true,
    reply: changed,
    access: 'case.assign',
    audit: 'case.assigned',
    purpose: unit,
  }),
  /** How the case came to who is in charge now: from whom, and what was gone through. Null where nobody had it before. */
  lastHandOver: query({
    id: 'cases.lastHandOver',
    path: '/cases/{case}/hand-over',
    params: ofCase,
    reply: z.object({
      last: z.nullable(z.object({ fromName: z.string(), at: z.string(), items: z.array(Gone) })),
    }),
    access: 'case.last-hand-over',
    audit: 'case.hand-over-read',
    purpose: unit,
  }),
  /** Somebody leaves: their whole caseload goes to a colleague at once. `left`: cases that are closed to that colleague, and stay. */
  handOver: command({
    id: 'cases.handOver',
    path: '/caseloads/{account}/hand-over',
    params: z.object({ account: id() }),
    body: z.strictObject({ to: id() }),
    reply: z.object({ moved: z.number(), left: z.number() }),
    access: 'case.hand-over',
    audit: 'case.caseload-handed-over',
    purpose: unit,
  }),
}

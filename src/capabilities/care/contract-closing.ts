import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, day, id, line, newId, text, version } from '#platform/contract/shapes.ts'

/** Why care ends (reintegration handbook 2.7 for the middle ones); `plan-completed` is the one everybody works for. */
export const closureReasons = [
  'plan-completed',
  'time-ended',
  'no-longer-eligible',
  'person-stops',
  'moved-away',
  'died',
  'sudden-exit',
  'funding',
  'security',
  'handed-to-another-service',
] as const
export const closureStates = ['proposed', 'approved', 'returned', 'reopened'] as const
export const openKinds = ['clock', 'referral', 'action', 'follow-up'] as const
const Open = z.object({ kind: z.enum(openKinds), id: z.string(), code: z.string(), dueAt: z.nullable(z.string()) })
export type Open = z.infer<typeof Open>

export const Closure = z.object({
  id: id(),
  reason: z.enum(closureReasons),
  planned: z.boolean(),
  lastContactOn: z.nullable(z.string()),
  state: z.enum(closureStates),
  reasons: z.string(),
  /** What was open and is explained in the reasons. */
  leftOpen: z.array(Open),
  by: id(),
  byName: z.string(),
  at: z.string(),
  secondName: z.nullable(z.string()),
  secondAt: z.nullable(z.string()),
  reopenedName: z.nullable(z.string()),
  reopenedAt: z.nullable(z.string()),
  reopening: z.optional(z.string()),
  version: version(),
})
export type Closure = z.infer<typeof Closure>

/** Steps in a child's life that are weighed before they are taken. */
export const interestSteps = [
  'placement',
  'interview',
  'medical',
  'school',
  'family-contact',
  'separation',
  'return',
  'durable-solution',
  'other',
] as const
/** Only a formal determination decides these. */
export const determinedSteps = ['separation', 'return', 'durable-solution'] as const
export const interestKinds = ['assessment', 'determination'] as const
export const interestOutcomes = ['in-interest', 'not-in-interest', 'more-needed'] as const
export const guardianRelations = ['parent', 'relative', 'appointed', 'state-body', 'other'] as const
export const guardianProofs = ['court-order', 'official-record', 'child-authority', 'documents-seen'] as const
export const guardianEnds = ['suspected', 'replaced', 'of-age', 'gave-up', 'died'] as const

export const Interest = z.object({
  id: id(),
  kind: z.enum(interestKinds),
  step: z.enum(interestSteps),
  outcome: z.enum(interestOutcomes),
  childSaid: z.string(),
  reasons: z.string(),
  panel: z.optional(z.string()),
  at: z.string(),
  by: z.string(),
})
export type Interest = z.infer<typeof Interest>
export const Guardian = z.object({
  id: id(),
  name: z.string(),
  phone: z.optional(z.string()),
  relation: z.enum(guardianRelations),
  verified: z.enum(guardianProofs),
  how: z.string(),
  at: z.string(),
  by: z.string(),
  endedAt: z.nullable(z.string()),
  endedWhy: z.nullable(z.enum(guardianEnds)),
  version: version(),
})
export type Guardian = z.infer<typeof Guardian>

const ofCase = z.object({ case: id() })
const unit = ['assistance', 'identification'] as const
const purpose = ['assistance'] as const

export const closingOperations = {
  /** What is still open, and every closure that was ever proposed, newest first. */
  closing: query({
    id: 'care.closing',
    path: '/cases/{case}/closing',
    params: ofCase,
    reply: z.object({ items: z.array(Closure), open: z.array(Open), moves: z.array(z.string()) }),
    access: 'care.closing',
    audit: 'care.closing-read',
    purpose: unit,
  }),
  proposeClosure: command({
    id: 'care.proposeClosure',
    path: '/cases/{case}/closing',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      reason: z.enum(closureReasons),
      planned: z.boolean(),
      lastContactOn: z.optional(day()),
      /** Read by the unit, so nothing of the care stands in it. */
      reasons: text(2000),
      /** The ids of everything that is still open: whoever proposes has looked at each and explains it. */
      explained: z.array(id()).check(z.maxLength(200, 'too-many')),
    }),
    reply: changed,
    access: 'care.propose-closure',
    audit: 'care.closure-proposed',
    purpose,
  }),
  /** By somebody of the unit who is not who proposed it. */
  secondClosure: command({
    id: 'care.secondClosure',
    path: '/cases/{case}/closing/{closure}/second',
    params: z.object({ case: id(), closure: id() }),
    body: z.strictObject({ answer: z.enum(['approved', 'returned']) }),
    ifMatch: true,
    reply: changed,
    access: 'care.second-closure',
    audit: 'care.closure-seconded',
    purpose: unit,
  }),
  reopen: command({
    id: 'care.reopen',
    path: '/cases/{case}/closing/{closure}/reopen',
    params: z.object({ case: id(), closure: id() }),
    body: z.strictObject({ reason: text(2000) }),
    ifMatch: true,
    reply: changed,
    access: 'care.reopen',
    audit: 'care.reopened',
    purpose: unit,
  }),
  child: query({
    id: 'care.child',
    path: '/cases/{case}/child',
    params: ofCase,
    reply: z.object({ child: z.boolean(), interests: z.array(Interest), guardians: z.array(Guardian) }),
    access: 'care.child',
    audit: 'care.child-read',
    purpose,
  }),
  weighInterest: command({
    id: 'care.weighInterest',
    path: '/cases/{case}/child/interests',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      kind: z.enum(interestKinds),
      step: z.enum(interestSteps),
      outcome: z.enum(interestOutcomes),
      childSaid: text(2000),
      reasons: text(4000),
      /** Who decided it together, where it is a determination. */
      panel: z.optional(line(300)),
    }),
    reply: z.object({ id: id() }),
    access: 'care.weigh-interest',
    audit: 'care.interest-weighed',
    purpose,
  }),
  nameGuardian: command({
    id: 'care.nameGuardian',
    path: '/cases/{case}/child/guardians',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      name: line(120),
      phone: z.optional(line(40)),
      relation: z.enum(guardianRelations),
      verified: z.enum(guardianProofs),
      how: line(300),
      /** Whether anybody said or saw that they had a part in it. Who is under suspicion is no guardian. */
      suspected: z.boolean(),
    }),
    reply: changed,
    access: 'care.name-guardian',
    audit: 'care.guardian-named',
    purpose,
  }),
  /** Ends a guardianship; the clock for the next one starts. */
  endGuardian: command({
    id: 'care.endGuardian',
    path: '/cases/{case}/child/guardians/{guardian}/end',
    params: z.object({ case: id(), guardian: id() }),
    body: z.strictObject({ why: z.enum(guardianEnds) }),
    ifMatch: true,
    reply: changed,
    access: 'care.end-guardian',
    audit: 'care.guardian-ended',
    purpose,
  }),
}

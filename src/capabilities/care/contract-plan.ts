import * as z from 'zod/mini'
import { serviceKinds } from '#capabilities/directory/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { changed, day, id, instant, line, newId, text, version, whole } from '#platform/contract/shapes.ts'

export const planStates = ['draft', 'agreed', 'replaced'] as const
export const actionOwners = ['person', 'coordinator', 'provider', 'other'] as const
export const actionStates = ['open', 'done', 'dropped'] as const
export const agreedWays = ['spoken', 'written', 'signed', 'through-interpreter'] as const
export const planGivers = ['person', 'guardian-and-child'] as const
export const outcomes = ['delivered', 'declined-by-person', 'unavailable'] as const
export const units = ['session', 'night', 'day', 'hour', 'item', 'trip', 'payment'] as const
export const followUpKinds = ['contact', 'plan-review', 'last-contact'] as const
export const followUpStates = ['planned', 'done', 'missed', 'moved', 'dropped'] as const

const action = {
  id: newId(),
  service: z.enum(serviceKinds),
  what: line(300),
  owner: z.enum(actionOwners),
  organisation: z.optional(id()),
  dueOn: z.optional(day()),
}
export const Plan = z.object({
  id: id(),
  number: z.number(),
  state: z.enum(planStates),
  goals: z.array(z.object({ goal: z.string(), actions: z.array(z.object(action)) })),
  ownWords: z.optional(z.string()),
  at: z.string(),
  by: z.string(),
  givenBy: z.nullable(z.enum(planGivers)),
  agreedHow: z.nullable(z.enum(agreedWays)),
  agreedAt: z.nullable(z.string()),
  version: version(),
})
export type Plan = z.infer<typeof Plan>
export const Action = z.object({
  id: id(),
  service: z.enum(serviceKinds),
  owner: z.enum(actionOwners),
  organisation: z.nullable(id()),
  dueOn: z.nullable(z.string()),
  state: z.enum(actionStates),
  /** Absent for who may not read the services' words. */
  what: z.optional(z.string()),
  version: version(),
})
export type Action = z.infer<typeof Action>
export const Delivery = z.object({
  id: id(),
  action: z.nullable(id()),
  service: z.enum(serviceKinds),
  outcome: z.enum(outcomes),
  on: z.string(),
  organisation: id(),
  quantity: z.nullable(z.number()),
  unit: z.nullable(z.enum(units)),
  /** In the smallest unit of the currency. */
  cost: z.nullable(z.number()),
  note: z.optional(z.string()),
  by: z.string(),
})
export type Delivery = z.infer<typeof Delivery>
/** What was given of one kind. What was declined or was not to be had counts apart, and against nobody. */
export const Total = z.object({
  service: z.enum(serviceKinds),
  delivered: z.number(),
  declined: z.number(),
  unavailable: z.number(),
  quantities: z.array(z.object({ unit: z.enum(units), quantity: z.number() })),
  cost: z.number(),
})
export type Total = z.infer<typeof Total>
export const FollowUp = z.object({
  id: id(),
  kind: z.enum(followUpKinds),
  dueOn: z.string(),
  state: z.enum(followUpStates),
  note: z.optional(z.string()),
  markedAt: z.nullable(z.string()),
  markedBy: z.nullable(z.string()),
  version: version(),
})
export type FollowUp = z.infer<typeof FollowUp>

const ofCase = z.object({ case: id() })
const purpose = ['assistance'] as const

export const planOperations = {
  plans: query({
    id: 'care.plans',
    path: '/cases/{case}/plans',
    params: ofCase,
    reply: z.object({ items: z.array(Plan), actions: z.array(Action) }),
    access: 'care.plans',
    audit: 'care.plans-read',
    purpose,
  }),
  /** Writes the draft, whole: on its version, 0 to begin one. What was agreed stays as it is until the draft is agreed to. */
  savePlan: command({
    id: 'care.savePlan',
    method: 'PUT',
    path: '/cases/{case}/plans/draft',
    params: ofCase,
    body: z.strictObject({
      goals: z
        .array(
          z.strictObject({
            goal: line(300),
            actions: z.array(z.strictObject(action)).check(z.maxLength(20, 'too-many')),
          }),
        )
        .check(z.minLength(1, 'required'), z.maxLength(20, 'too-many')),
      ownWords: z.optional(text(4000)),
    }),
    ifMatch: true,
    reply: changed,
    access: 'care.save-plan',
    audit: 'care.plan-saved',
    purpose,
  }),
  /** The person agrees to the draft as it stands. */
  agreePlan: command({
    id: 'care.agreePlan',
    path: '/cases/{case}/plans/draft/agree',
    params: ofCase,
    body: z.strictObject({ how: z.enum(agreedWays), givenBy: z.enum(planGivers), saidAt: instant() }),
    ifMatch: true,
    reply: changed,
    access: 'care.agree-plan',
    audit: 'care.plan-agreed',
    purpose,
  }),
  /** The plan for the person, in a language of theirs: no organisation, no place, no name of staff. */
  printPlan: query({
    id: 'care.printPlan',
    path: '/cases/{case}/plans/print',
    params: ofCase,
    query: z.object({ language: z.enum(['en', 'es']) }),
    reply: z.object({
      language: z.string(),
      title: z.string(),
      lead: z.string(),
      draft: z.optional(z.string()),
      goals: z.array(
        z.object({
          goal: z.string(),
          actions: z.array(z.object({ what: z.string(), who: z.string(), due: z.string() })),
        }),
      ),
      words: z.optional(z.object({ title: z.string(), text: z.string() })),
      rights: z.array(z.string()),
    }),
    access: 'care.print-plan',
    audit: 'care.plan-printed',
    leaves: 'paper',
    purpose,
  }),
  moveAction: command({
    id: 'care.moveAction',
    path: '/cases/{case}/actions/{action}',
    params: z.object({ case: id(), action: id() }),
    body: z.strictObject({ state: z.enum(actionStates) }),
    ifMatch: true,
    reply: changed,
    access: 'care.move-action',
    audit: 'care.action-moved',
    purpose,
    evenMerged: true,
  }),
  deliveries: query({
    id: 'care.deliveries',
    path: '/cases/{case}/services',
    params: ofCase,
    reply: z.object({ items: z.array(Delivery), totals: z.array(Total), currency: z.nullable(z.string()) }),
    access: 'care.deliveries',
    audit: 'care.services-read',
    purpose,
  }),
  /** What an organisation that took on a referral was asked to do, and what it wrote down of it. */
  asked: query({
    id: 'care.asked',
    path: '/cases/{case}/asked',
    params: ofCase,
    reply: z.object({ actions: z.array(Action), deliveries: z.array(Delivery), currency: z.nullable(z.string()) }),
    access: 'care.asked',
    audit: 'care.asked-read',
    purpose,
  }),
  deliver: command({
    id: 'care.deliver',
    path: '/cases/{case}/services',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      action: z.optional(id()),
      service: z.enum(serviceKinds),
      outcome: z.enum(outcomes),
      on: day(),
      /** Who gave it; a provider writes down only what their own organisation gave. */
      organisation: id(),
      quantity: z.optional(whole(1, 100_000)),
      unit: z.optional(z.enum(units)),
      cost: z.optional(whole(0, 2_000_000_000)),
      note: z.optional(line(500)),
    }),
    reply: z.object({ id: id() }),
    access: 'care.deliver',
    audit: 'care.service-recorded',
    purpose,
  }),
  followUps: query({
    id: 'care.followUps',
    path: '/cases/{case}/follow-ups',
    params: ofCase,
    reply: z.object({ items: z.array(FollowUp) }),
    access: 'care.follow-ups',
    audit: 'care.follow-ups-read',
    purpose,
  }),
  /** Days, or every so many days or weeks from a day on. */
  planFollowUps: command({
    id: 'care.planFollowUps',
    path: '/cases/{case}/follow-ups',
    params: ofCase,
    body: z.strictObject({
      kind: z.enum(['contact', 'plan-review']),
      dates: z.optional(z.array(day()).check(z.minLength(1, 'required'), z.maxLength(52, 'too-many'))),
      every: z.optional(
        z.strictObject({ amount: whole(1, 90), unit: z.enum(['days', 'weeks']), from: day(), times: whole(1, 52) }),
      ),
    }),
    reply: z.object({ count: z.number() }),
    access: 'care.plan-follow-ups',
    audit: 'care.follow-ups-planned',
    purpose,
  }),
  markFollowUp: command({
    id: 'care.markFollowUp',
    path: '/cases/{case}/follow-ups/{followUp}',
    params: z.object({ case: id(), followUp: id() }),
    body: z.strictObject({
      state: z.enum(['done', 'missed', 'moved', 'dropped']),
      /** The new day, where it was moved. */
      to: z.optional(day()),
      note: z.optional(line(500)),
    }),
    ifMatch: true,
    reply: changed,
    access: 'care.mark-follow-up',
    audit: 'care.follow-up-marked',
    purpose,
    evenMerged: true,
  }),
}

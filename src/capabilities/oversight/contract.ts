import * as z from 'zod/mini'
import { Identity, Note } from '#capabilities/cases/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { changed, id, line, newId, page, paging, text, version } from '#platform/contract/shapes.ts'
import { roles } from '#platform/policy/roles.ts'
import { canaryOperations } from './contract-canary.ts'
import { consoleOperations } from './contract-console.ts'
import { erasureOperations } from './contract-erasure.ts'
import { heldOperations } from './contract-held.ts'
import { sealingOperations } from './contract-sealing.ts'

export { type ConsoleEvent, eventOf, unusualKinds } from './contract-console.ts'
export { type Erasure, erasureGrounds, erasureStates, holdReasons } from './contract-erasure.ts'
export { type Sealing, sealActions, sealReasons, sealStates } from './contract-sealing.ts'

/** Why somebody has to see a case that they have no place in. */
export const glassReasons = ['danger-to-life', 'person-missing', 'child-at-risk', 'nobody-reached', 'other'] as const
export const glassReviews = ['justified', 'not-justified'] as const
/** Why a case is closed to a person, whatever they hold. */
export const barReasons = ['family', 'suspect', 'personal', 'earlier-work', 'other'] as const
export const alertKinds = [
  'glass-broken',
  'glass-reviewed',
  'canary-read',
  'seal-proposed',
  'erasure-proposed',
  'retention-due',
  'file-held',
  'file-released',
  'file-refused',
  'sealed-alone',
  'sealed-let-in',
] as const
/** Hours within which a break-glass is reviewed; after that the right of whoever broke it is suspended. */
export const reviewHours = 72
/** Break-glasses of one person in a day and a night. */
export const glassesADay = 3

/** Characters of what happened, so that it can be judged. */
export const leastSaid = 20

const Glass = z.object({
  id: id(),
  case: id(),
  /** null where the case is hidden from the reader by now */
  reference: z.nullable(z.string()),
  by: id(),
  byName: z.string(),
  role: z.enum(roles),
  organisation: z.string(),
  reason: z.enum(glassReasons),
  text: z.nullable(z.string()),
  at: z.string(),
  until: z.string(),
  reviewBy: z.string(),
  review: z.nullable(z.enum(glassReviews)),
  reviewedAt: z.nullable(z.string()),
  reviewedName: z.nullable(z.string()),
  reviewText: z.nullable(z.string()),
  toldAt: z.nullable(z.string()),
  /** Nobody looked at it in time: whoever broke it may not again. */
  overdue: z.boolean(),
  /** Whether this reader may judge it: never their own, nor of somebody they let in that day. */
  reviewable: z.boolean(),
  version: version(),
})
export type Glass = z.infer<typeof Glass>

const Alert = z.object({
  id: id(),
  kind: z.enum(alertKinds),
  about: id(),
  at: z.string(),
  seenAt: z.nullable(z.string()),
})
const Bar = z.object({
  id: id(),
  reference: z.string(),
  account: id(),
  name: z.string(),
  reason: z.enum(barReasons),
  byName: z.string(),
  at: z.string(),
  endedAt: z.nullable(z.string()),
})

const glassParams = z.object({ glass: id() })
const care = ['identification', 'assistance'] as const

export const oversight = {
  /** Opens one case for an hour, to read. A case is named by its exact reference; every refusal looks like none. */
  breakGlass: command({
    id: 'oversight.breakGlass',
    path: '/oversight/glasses',
    body: z.strictObject({ id: newId(), reference: line(20), reason: z.enum(glassReasons), text: text(2000) }),
    reply: z.object({ id: id(), until: z.string() }),
    access: 'oversight.break-glass',
    audit: 'oversight.glass-broken',
    purpose: care,
    stepUp: 120,
  }),
  /** What one's own broken glass opens, for as long as it does; of the safety plan all but the code word. */
  readGlass: query({
    id: 'oversight.readGlass',
    path: '/oversight/glasses/{glass}',
    params: glassParams,
    reply: z.object({
      id: id(),
      reference: z.string(),
      child: z.boolean(),
      until: z.string(),
      readAt: z.string(),
      identity: z.optional(Identity),
      notes: z.optional(z.array(Note)),
      safety: z.optional(
        z.object({
          level: z.nullable(z.string()),
          threats: z.array(z.object({ what: z.string(), level: z.string() })),
          measures: z.array(z.object({ what: z.string() })),
          contact: z.object({
            ways: z.array(z.string()),
            from: z.optional(z.string()),
            to: z.optional(z.string()),
            note: z.optional(z.string()),
          }),
          reviewOn: z.string(),
        }),
      ),
    }),
    access: 'oversight.read-glass',
    audit: 'case.glass-read',
    purpose: care,
  }),
  /** One's own: what was opened, what became of it, whether one may again. */
  myGlasses: query({
    id: 'oversight.myGlasses',
    path: '/oversight/my-glasses',
    reply: z.object({ items: z.array(Glass), suspended: z.boolean(), left: z.number() }),
    access: 'oversight.my-glasses',
    audit: { none: 'what the reader did themselves' },
    purpose: care,
  }),
  listGlasses: query({
    id: 'oversight.listGlasses',
    path: '/oversight/glasses',
    query: z.object({ ...paging, waiting: z.optional(z.literal('yes')) }),
    reply: page(Glass),
    access: 'oversight.list-glasses',
    audit: 'oversight.glasses-listed',
    purpose: ['oversight'],
  }),
  reviewGlass: command({
    id: 'oversight.reviewGlass',
    path: '/oversight/glasses/{glass}/review',
    params: glassParams,
    body: z.strictObject({ outcome: z.enum(glassReviews), text: text(2000) }),
    ifMatch: true,
    reply: changed,
    access: 'oversight.review-glass',
    audit: 'oversight.glass-reviewed',
    purpose: ['oversight'],
  }),
  /** Who opened this case by breaking glass, for whoever is in charge of it and has to tell the person. */
  glassesOfCase: query({
    id: 'oversight.glassesOfCase',
    path: '/cases/{case}/glasses',
    params: z.object({ case: id() }),
    reply: z.object({ items: z.array(Glass) }),
    access: 'oversight.glasses-of-case',
    audit: 'oversight.glasses-of-case-read',
    purpose: care,
  }),
  tellPerson: command({
    id: 'oversight.tellPerson',
    path: '/oversight/glasses/{glass}/told',
    params: glassParams,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'oversight.tell-person',
    audit: 'oversight.person-told',
    purpose: care,
    evenMerged: true,
  }),

  alerts: query({
    id: 'oversight.alerts',
    path: '/oversight/alerts',
    query: z.object({ ...paging, unseen: z.optional(z.literal('yes')) }),
    reply: page(Alert),
    access: 'oversight.alerts',
    audit: { none: 'what waits for the reader, by ids' },
    purpose: [...care, 'oversight'],
  }),
  seeAlert: command({
    id: 'oversight.seeAlert',
    path: '/oversight/alerts/{alert}/seen',
    params: z.object({ alert: id() }),
    body: z.strictObject({}),
    reply: z.object({ id: id() }),
    access: 'oversight.see-alert',
    audit: 'oversight.alert-seen',
    purpose: [...care, 'oversight'],
  }),

  listBars: query({
    id: 'oversight.listBars',
    path: '/oversight/bars',
    query: z.object({ ...paging }),
    reply: page(Bar),
    access: 'oversight.list-bars',
    audit: 'oversight.bars-listed',
    purpose: ['identification', 'oversight'],
  }),
  bar: command({
    id: 'oversight.bar',
    path: '/oversight/bars',
    body: z.strictObject({ id: newId(), reference: line(20), account: id(), reason: z.enum(barReasons) }),
    reply: z.object({ id: id() }),
    access: 'oversight.bar',
    audit: 'oversight.barred',
    purpose: ['identification', 'oversight'],
    evenMerged: true,
  }),
  endBar: command({
    id: 'oversight.endBar',
    method: 'DELETE',
    path: '/oversight/bars/{bar}',
    params: z.object({ bar: id() }),
    body: null,
    reply: z.object({ id: id() }),
    access: 'oversight.end-bar',
    audit: 'oversight.bar-ended',
    purpose: ['identification', 'oversight'],
    evenMerged: true,
  }),

  ...sealingOperations,
  ...erasureOperations,
  ...canaryOperations,
  ...heldOperations,
  ...consoleOperations,
} as const

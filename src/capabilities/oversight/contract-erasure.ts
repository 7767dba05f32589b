import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, day, id, line, newId, page, paging, text, version } from '#platform/contract/shapes.ts'
import { retentionKinds } from '#platform/country/vocabulary.ts'

export const erasureGrounds = ['person-asked', 'retention-over', 'no-basis', 'unlawful', 'other'] as const
export const erasureStates = ['proposed', 'confirmed', 'returned'] as const
/** Why a case must be kept for now. */
export const holdReasons = ['court', 'investigation', 'compensation', 'complaint', 'other'] as const

const Erasure = z.object({
  id: id(),
  reference: z.string(),
  ground: z.enum(erasureGrounds),
  text: z.nullable(z.string()),
  state: z.enum(erasureStates),
  byName: z.string(),
  at: z.string(),
  secondName: z.nullable(z.string()),
  secondAt: z.nullable(z.string()),
  /** `hold`: a legal hold stands; `glass`: an emergency opening waits for its review. */
  keptBy: z.nullable(z.enum(['hold', 'glass'])),
  answerable: z.boolean(),
  version: version(),
})
export type Erasure = z.infer<typeof Erasure>
const Hold = z.object({
  id: id(),
  reference: z.string(),
  reason: z.enum(holdReasons),
  until: z.nullable(z.string()),
  byName: z.string(),
  at: z.string(),
  endedAt: z.nullable(z.string()),
  /** Whoever placed it does not end it. */
  endable: z.boolean(),
})

const both = ['identification', 'assistance', 'oversight'] as const

export const erasureOperations = {
  listErasures: query({
    id: 'oversight.listErasures',
    path: '/oversight/erasures',
    query: z.object({ ...paging }),
    reply: page(Erasure),
    access: 'oversight.list-erasures',
    audit: 'oversight.erasures-listed',
    purpose: both,
  }),
  proposeErasure: command({
    id: 'oversight.proposeErasure',
    path: '/oversight/erasures',
    body: z.strictObject({ id: newId(), reference: line(20), ground: z.enum(erasureGrounds), text: text(2000) }),
    reply: z.object({ id: id() }),
    access: 'oversight.propose-erasure',
    audit: 'oversight.erasure-proposed',
    purpose: ['oversight'],
  }),
  /** Confirmed, it is done when this answers: rows, files and the key of the case are gone. */
  answerErasure: command({
    id: 'oversight.answerErasure',
    path: '/oversight/erasures/{erasure}/answer',
    params: z.object({ erasure: id() }),
    body: z.strictObject({ answer: z.enum(['confirmed', 'returned']) }),
    ifMatch: true,
    reply: changed,
    access: 'oversight.answer-erasure',
    audit: 'oversight.erasure-answered',
    purpose: ['identification', 'assistance'],
    evenMerged: true,
    stepUp: 120,
  }),
  /** Cases whose time to be kept is over by the country's rules. Nothing is erased by that. */
  listDue: query({
    id: 'oversight.listDue',
    path: '/oversight/due',
    query: z.object({ ...paging }),
    reply: page(z.object({ id: id(), reference: z.string(), kind: z.enum(retentionKinds), since: z.string() })),
    access: 'oversight.list-due',
    audit: 'oversight.retention-listed',
    purpose: ['oversight'],
  }),
  /** Everything that the person may have about themselves, as one page to be handed over, face to face. */
  exportSubject: query({
    id: 'oversight.exportSubject',
    path: '/cases/{case}/for-the-person',
    params: z.object({ case: id() }),
    reply: null,
    file: 'application/octet-stream',
    access: 'oversight.export-subject',
    audit: 'oversight.subject-exported',
    purpose: ['assistance', 'identification'],
  }),
  listHolds: query({
    id: 'oversight.listHolds',
    path: '/oversight/holds',
    query: z.object({ ...paging }),
    reply: page(Hold),
    access: 'oversight.list-holds',
    audit: 'oversight.holds-listed',
    purpose: both,
  }),
  placeHold: command({
    id: 'oversight.placeHold',
    path: '/oversight/holds',
    body: z.strictObject({ id: newId(), reference: line(20), reason: z.enum(holdReasons), until: z.optional(day()) }),
    reply: z.object({ id: id() }),
    access: 'oversight.place-hold',
    audit: 'oversight.hold-placed',
    purpose: both,
    evenMerged: true,
  }),
  endHold: command({
    id: 'oversight.endHold',
    method: 'DELETE',
    path: '/oversight/holds/{hold}',
    params: z.object({ hold: id() }),
    body: null,
    reply: z.object({ id: id() }),
    access: 'oversight.end-hold',
    audit: 'oversight.hold-ended',
    purpose: both,
    evenMerged: true,
  }),
} as const

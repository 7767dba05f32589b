import * as z from 'zod/mini'
import { clockUnits } from '#platform/clocks/clock.ts'
import { command, query } from '#platform/contract/operation.ts'
import {
  changed,
  code,
  country,
  id,
  instant,
  newId,
  page,
  paging,
  text,
  version,
  whole,
} from '#platform/contract/shapes.ts'
import {
  type IdentificationState,
  identificationStates,
  moveNeeds,
  procedureMoves,
  stageCodes,
} from '#platform/country/procedure.ts'
import { clockCodes } from '#platform/country/vocabulary.ts'
import { trackStates, tracks } from './tracks.ts'

/** Where the identification stands: the states that a country's procedure may have. */
export const identifications = identificationStates
export type Identification = IdentificationState

/** What `cases.move` does; decisions have operations of their own. */
export const steps = [
  'review-recovery',
  'end-recovery',
  'request-reconsideration',
  'withdraw',
  'transfer',
  'report-missing',
  'record-death',
  'reopen',
  'find',
] as const satisfies readonly (typeof procedureMoves)[number][]
export type Step = (typeof steps)[number]

/** Who asked for a reconsideration. */
export const askers = ['person', 'guardian', 'lawyer', 'advocate', 'other'] as const
/** What of a case can be cited in a decision. */
export const evidenceKinds = ['screening', 'interview', 'attachment', 'note'] as const
export const decisionKinds = ['reasonable-grounds', 'conclusive-grounds', 'reconsideration'] as const
export const noticeLanguages = ['en', 'es'] as const
export const clockFilters = ['running', 'warning', 'overdue', 'paused'] as const

/** A line on each element: why it is seen, or why it is not. For a child means are not needed. */
export const Grounds = z.strictObject({ act: text(2000), means: z.optional(text(2000)), purpose: text(2000) })
export const Evidence = z.strictObject({
  kind: z.enum(evidenceKinds),
  id: id(),
  why: text(500),
})

/** What the reasonable-grounds decision was made with, and what later decisions ask for beside it. */
export const decisionGrounds = {
  grounds: z.optional(Grounds),
  evidence: z.optional(z.array(Evidence).check(z.maxLength(50, 'too-many'))),
}

export const Decision = z.object({
  id: id(),
  kind: z.enum(decisionKinds),
  /** Of which stage it is the decision. */
  stage: z.enum(stageCodes),
  outcome: z.enum(['positive', 'negative']),
  elements: z.array(z.string()),
  reasons: z.string(),
  grounds: z.optional(z.object({ act: z.string(), means: z.optional(z.string()), purpose: z.string() })),
  evidence: z.array(z.object({ kind: z.enum(evidenceKinds), id: id(), why: z.string() })),
  state: z.enum(['proposed', 'confirmed', 'returned']),
  by: id(),
  byName: z.string(),
  /** The competent body; null for decisions from before it was written down. */
  body: z.nullable(z.string()),
  at: z.string(),
  secondBy: z.nullable(id()),
  secondName: z.nullable(z.string()),
  secondAt: z.nullable(z.string()),
  version: version(),
})

export const Clock = z.object({
  id: id(),
  kind: z.string(),
  startsAt: z.string(),
  warnAt: z.string(),
  /** As far as is known: while it is paused it is moved on for as long as the pause lasts. */
  dueAt: z.string(),
  stoppedAt: z.nullable(z.string()),
  /** How it counts; null where the country no longer knows this clock. */
  unit: z.nullable(z.enum(clockUnits)),
  pausedAt: z.nullable(z.string()),
  /** A code; null when it runs. */
  pauseReason: z.nullable(z.string()),
  /** For which reasons the country lets it be paused; empty: it never pauses. */
  pauseReasons: z.array(z.string()),
  extendable: z.boolean(),
})

/** What was done beside decisions. */
export const StepTaken = z.object({
  id: id(),
  move: z.enum([...procedureMoves, 'extend-clock']),
  from: z.string(),
  to: z.string(),
  happenedAt: z.string(),
  at: z.string(),
  by: z.string(),
  reasons: z.string(),
  lateReasons: z.optional(z.string()),
  about: z.record(z.string(), z.unknown()),
})

/** What goes on beside the procedure, and what may follow. */
export const TrackStanding = z.object({
  track: z.enum(tracks),
  state: z.string(),
  /** Null where nothing was written down yet. */
  at: z.nullable(z.string()),
  after: z.array(z.string()),
})

/** What the country's procedure asks of the next decision. */
export const Next = z.object({
  kind: z.enum(decisionKinds),
  stage: z.enum(stageCodes),
  /** How sure the decision maker has to be, by language. */
  thresholds: z.record(z.string(), z.string()),
  /** Of a positive and of a negative decision. */
  positive: z.array(z.enum(moveNeeds)),
  negative: z.array(z.enum(moveNeeds)),
})

export const ClockRow = z.object({
  id: id(),
  case: id(),
  reference: z.string(),
  kind: z.string(),
  state: z.enum(clockFilters),
  dueAt: z.string(),
  warnAt: z.string(),
  pausedAt: z.nullable(z.string()),
  pauseReason: z.nullable(z.string()),
  coordinator: z.nullable(z.string()),
})
export type ClockRow = z.infer<typeof ClockRow>

const ofCase = z.object({ case: id() })
const ofClock = z.object({ case: id(), clock: id() })
const unit = ['identification', 'assistance'] as const

export const procedureOperations = {
  /** Everything that moves the procedure and is no decision: by a person, with reasons. */
  move: command({
    id: 'cases.move',
    path: '/cases/{case}/moves',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      move: z.enum(steps),
      reasons: text(4000),
      /** When it happened, where that was before now; clocks count from there. */
      happenedAt: z.optional(instant()),
      /** Where somebody was transferred to; asked for by `transfer`, and only there. */
      country: z.optional(country()),
      /** Asked for by `request-reconsideration`, and only there. */
      askedBy: z.optional(z.enum(askers)),
      /** Why a request that came after its time is taken all the same. */
      lateReasons: z.optional(text(2000)),
    }),
    ifMatch: true,
    reply: changed,
    access: 'case.move',
    audit: 'case.moved',
    purpose: unit,
  }),
  /** What can be cited in a decision: which records there are, never what stands in them. */
  evidence: query({
    id: 'cases.evidence',
    path: '/cases/{case}/evidence',
    params: ofCase,
    reply: z.object({
      items: z.array(z.object({ kind: z.enum(evidenceKinds), id: id(), at: z.string(), by: z.string() })),
    }),
    access: 'case.evidence',
    audit: 'case.evidence-listed',
    purpose: ['identification'],
  }),
  pauseClock: command({
    id: 'cases.pauseClock',
    path: '/cases/{case}/clocks/{clock}/pause',
    params: ofClock,
    body: z.strictObject({ id: newId(), reason: code(), from: z.optional(instant()) }),
    ifMatch: true,
    reply: changed,
    access: 'case.pause-clock',
    audit: 'case.clock-paused',
    purpose: unit,
  }),
  resumeClock: command({
    id: 'cases.resumeClock',
    path: '/cases/{case}/clocks/{clock}/resume',
    params: ofClock,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'case.resume-clock',
    audit: 'case.clock-resumed',
    purpose: unit,
  }),
  /** More time, where the country allows it: in the clock's own unit. */
  extendClock: command({
    id: 'cases.extendClock',
    path: '/cases/{case}/clocks/{clock}/extend',
    params: ofClock,
    body: z.strictObject({ id: newId(), by: whole(1, 1000), reasons: text(4000) }),
    ifMatch: true,
    reply: changed,
    access: 'case.extend-clock',
    audit: 'case.clock-extended',
    purpose: unit,
  }),
  /** Support, immigration, compensation, return: each by itself, by whoever is in charge. */
  changeTrack: command({
    id: 'cases.changeTrack',
    path: '/cases/{case}/tracks/{track}',
    params: z.object({ case: id(), track: z.enum(tracks) }),
    body: z.strictObject({ to: z.enum(trackStates) }),
    ifMatch: true,
    reply: changed,
    access: 'case.change-track',
    audit: 'case.track-changed',
    purpose: ['assistance'],
  }),
  /** The clocks of the unit that have not stopped, the next to run out first. */
  clocks: query({
    id: 'cases.clocks',
    path: '/clocks',
    query: z.object({
      ...paging,
      state: z.optional(z.enum(clockFilters)),
      kind: z.optional(z.enum(clockCodes)),
      reference: z.optional(z.string().check(z.regex(/^[0-9-]{1,11}$/, 'code'))),
    }),
    reply: page(ClockRow),
    access: 'case.clocks',
    audit: 'case.clocks-listed',
    purpose: unit,
  }),
  /** What was decided, for the person, as an accessible PDF. */
  decisionNotice: query({
    id: 'cases.decisionNotice',
    path: '/cases/{case}/decisions/{decision}/notice/{language}',
    params: z.object({ case: id(), decision: id(), language: z.enum(noticeLanguages) }),
    reply: null,
    file: 'application/pdf',
    access: 'case.decision-notice',
    audit: 'case.decision-notice-made',
    purpose: unit,
  }),
}

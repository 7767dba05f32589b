import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, id, line, newId, page, paging, text, version } from '#platform/contract/shapes.ts'

/** By what two records could be of one person: `name` is a whole name, `name-and-year` words of one with a year of birth. */
export const matchReasons = ['document', 'phone', 'name', 'name-and-year'] as const
export const strengths = ['strong', 'fair', 'slight'] as const
export const outcomes = ['same', 'not-same', 'cannot-tell'] as const
export const matchStates = ['waiting', ...outcomes] as const
export const verdicts = ['same', 'alike', 'differ', 'unknown'] as const
/** What is laid side by side, in this order. */
export const sideFields = [
  'name',
  'birth',
  'sex',
  'nationality',
  'language',
  'phone',
  'document',
  'child',
  'sector',
] as const
export const linkKinds = [
  'family',
  'same-event',
  'same-household',
  'same-work',
  'same-place',
  'travelled-together',
  'other',
] as const
export const mergeStates = ['proposed', 'returned', 'standing', 'undone', 'ended'] as const

const matchShape = {
  id: id(),
  why: z.array(z.enum(matchReasons)),
  strength: z.enum(strengths),
  state: z.enum(matchStates),
  foundAt: z.string(),
  version: version(),
}
const MatchRow = z.object({ ...matchShape, judgedAt: z.nullable(z.string()), judgedName: z.nullable(z.string()) })
export type MatchRow = z.infer<typeof MatchRow>

/** Two records as whoever judges them sees them: not whose they are, and no more of them than judging needs. */
export const Comparison = z.object({
  ...matchShape,
  /** Of each side whether the unit holds that case; of one that it does not, no value is shown. */
  held: z.tuple([z.boolean(), z.boolean()]),
  /** The month in which each was recorded, YYYY-MM-DD of its first day. */
  months: z.tuple([z.string(), z.string()]),
  fields: z.array(
    z.object({
      field: z.enum(sideFields),
      verdict: z.enum(verdicts),
      /** null: not said, or not to be shown. */
      values: z.tuple([z.nullable(z.string()), z.nullable(z.string())]),
    }),
  ),
  judgements: z.array(
    z.object({ id: id(), outcome: z.enum(outcomes), reason: z.string(), byName: z.string(), at: z.string() }),
  ),
})
export type Comparison = z.infer<typeof Comparison>

const Named = z.object({ id: id(), reference: z.string() })
const Merge = z.object({
  id: id(),
  lead: Named,
  away: Named,
  state: z.enum(mergeStates),
  reason: z.nullable(z.string()),
  byName: z.string(),
  at: z.string(),
  secondName: z.nullable(z.string()),
  secondAt: z.nullable(z.string()),
  undoneName: z.nullable(z.string()),
  undoneAt: z.nullable(z.string()),
  undoReason: z.nullable(z.string()),
  /** Whether this reader may be the second person, or take it apart again. */
  moves: z.array(z.enum(['answer', 'undo'])),
  version: version(),
})
export type Merge = z.infer<typeof Merge>
const Link = z.object({
  id: id(),
  other: Named,
  kind: z.enum(linkKinds),
  note: z.nullable(z.string()),
  byName: z.string(),
  at: z.string(),
  version: version(),
})
export type Link = z.infer<typeof Link>

const purpose = ['identification', 'assistance'] as const
const ofCase = z.object({ case: id() })
const ofMatch = z.object({ match: id() })
const ofMerge = z.object({ merge: id() })

// Nothing here is written down in the audit under a case: whoever reads the log of one would learn of the other. Its basis is
// the match, the merge or the link, which the data-protection officer finds.
export const matching = {
  /** What waits for somebody neutral of the unit, the strongest first; or what was answered. Nobody's name is in it. */
  list: query({
    id: 'matching.list',
    path: '/matching/matches',
    query: z.object({ ...paging, judged: z.optional(z.literal('yes')) }),
    reply: page(MatchRow),
    access: 'matching.list',
    audit: 'matching.listed',
    purpose,
  }),
  compare: query({
    id: 'matching.compare',
    path: '/matching/matches/{match}',
    params: ofMatch,
    reply: Comparison,
    access: 'matching.compare',
    audit: 'matching.compared',
    purpose,
  }),
  judge: command({
    id: 'matching.judge',
    path: '/matching/matches/{match}/judgement',
    params: ofMatch,
    body: z.strictObject({ id: newId(), outcome: z.enum(outcomes), reason: text(2000) }),
    ifMatch: true,
    reply: changed,
    access: 'matching.judge',
    audit: 'matching.judged',
    purpose,
  }),
  /** What the reader may know of other records of the person of a case, and of cases that belong to it. */
  ofCase: query({
    id: 'matching.ofCase',
    path: '/cases/{case}/matching',
    params: ofCase,
    reply: z.object({
      /** There is another record of this person, of which the reader may know no more: the unit is asked. */
      another: z.boolean(),
      /** Records of the same person that the reader has a right to. */
      same: z.array(Named),
      /** The case that this one was brought together with, and leads to. */
      lead: z.nullable(Named),
      merges: z.array(Merge),
      links: z.array(Link),
    }),
    access: 'matching.of-case',
    audit: 'matching.of-case-read',
    purpose,
  }),
  /** What happened in a case and in those that were brought together with it, in time order. */
  history: query({
    id: 'matching.history',
    path: '/cases/{case}/joint-history',
    params: ofCase,
    reply: z.object({
      items: z.array(
        z.object({
          id: id(),
          at: z.string(),
          event: z.string(),
          reference: z.string(),
          name: z.nullable(z.string()),
          organisation: z.nullable(z.string()),
          about: z.record(z.string(), z.unknown()),
        }),
      ),
      /** Time limits that stood in a case when it was brought together with another, and stand still since. */
      clocks: z.array(z.object({ id: id(), reference: z.string(), kind: z.string(), dueAt: z.string() })),
    }),
    access: 'matching.history',
    audit: 'matching.history-read',
    purpose,
  }),
  proposeMerge: command({
    id: 'matching.proposeMerge',
    path: '/cases/{case}/merges',
    params: ofCase,
    body: z.strictObject({ id: newId(), other: line(20), leads: z.enum(['this', 'other']), reason: text(2000) }),
    reply: z.object({ id: id() }),
    access: 'matching.propose-merge',
    audit: 'matching.merge-proposed',
    purpose,
  }),
  answerMerge: command({
    id: 'matching.answerMerge',
    path: '/merges/{merge}/answer',
    params: ofMerge,
    body: z.strictObject({ answer: z.enum(['confirmed', 'returned']) }),
    ifMatch: true,
    reply: changed,
    access: 'matching.answer-merge',
    audit: 'matching.merge-answered',
    purpose,
  }),
  unmerge: command({
    id: 'matching.unmerge',
    path: '/merges/{merge}/undo',
    params: ofMerge,
    body: z.strictObject({ reason: text(2000) }),
    ifMatch: true,
    reply: changed,
    access: 'matching.unmerge',
    audit: 'matching.unmerged',
    purpose,
  }),
  link: command({
    id: 'matching.link',
    path: '/cases/{case}/links',
    params: ofCase,
    body: z.strictObject({ id: newId(), other: line(20), kind: z.enum(linkKinds), note: z.optional(text(1000)) }),
    reply: z.object({ id: id() }),
    access: 'matching.link',
    audit: 'matching.linked',
    purpose,
  }),
  unlink: command({
    id: 'matching.unlink',
    path: '/links/{link}/end',
    params: z.object({ link: id() }),
    body: z.strictObject({ reason: text(1000) }),
    ifMatch: true,
    reply: changed,
    access: 'matching.unlink',
    audit: 'matching.unlinked',
    purpose,
  }),
} as const

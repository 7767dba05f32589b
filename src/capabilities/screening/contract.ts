import * as z from 'zod/mini'
import { Identity, sectors, urgencies } from '#capabilities/cases/contract.ts'
import { explained, interpreters } from '#capabilities/consent/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { code, country, id, instant, newId, page, paging, text, version } from '#platform/contract/shapes.ts'
import { Filled, paper, Used } from './contract-filled.ts'
import { instrumentOperations } from './contract-instruments.ts'

/** How a question was answered before screenings named their version. Not asking and not saying are answers. */
export const asked = ['yes', 'no', 'unknown', 'not-said', 'not-asked'] as const
/** How the unit judged an indicator from what was told. */
export const judged = ['yes', 'no', 'unknown', 'not-asked'] as const
// Codes only: the lists themselves (indicators.ts) are too large for the officer's bundle.
export const indicatorProfiles = ['adult-labour', 'child-labour', 'adult-sexual', 'child-sexual'] as const
export const readingCodes = [
  'no-signs',
  'exploitation-only',
  'deception-and-exploitation',
  'forced-labour-signs',
  'forced-labour-signs-refer',
] as const

const answers = <T extends readonly [string, ...string[]]>(values: T) =>
  z.record(code(), z.enum(values)).check(z.refine(all => Object.keys(all).length <= 200, 'too-many'))

export const ScreeningRow = z.object({
  id: id(),
  case: id(),
  reference: z.string(),
  sector: z.nullable(z.enum(sectors)),
  child: z.boolean(),
  danger: z.boolean(),
  talkFurther: z.boolean(),
  referred: z.boolean(),
  saidAt: z.string(),
})
export type ScreeningRow = z.infer<typeof ScreeningRow>

/** The unit's answers and how they read. The dimensions follow from them by `readAll` in scoring.ts, on any side. */
export const IndicatorReading = z.object({
  id: id(),
  profile: z.enum(indicatorProfiles),
  answers: answers(judged),
  /** null when the profile has no weights yet and refuses to be read */
  reading: z.nullable(z.enum(readingCodes)),
  /** false: the weights await a named person's signature; production refuses them */
  weightsSignedOff: z.boolean(),
  by: z.string(),
  at: z.string(),
})
export type IndicatorReading = z.infer<typeof IndicatorReading>

export const Screening = z.object({
  ...ScreeningRow.shape,
  /** The card of signs; null where none could be shown. */
  card: z.nullable(Used),
  /** The questions; null where none were asked. */
  shortScreen: z.nullable(Used),
  language: z.string(),
  interpreter: z.enum(interpreters),
  placeSafe: z.boolean(),
  worried: z.boolean(),
  /** Choices of the card that were marked. */
  signs: z.array(z.string()),
  /** Choices in the short screen by question; `not-said` and `not-asked` are answers of their own. */
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  story: z.optional(z.string()),
  by: z.string(),
  receivedAt: z.string(),
  /** Written on paper at this time; null when it was typed as it was said. */
  writtenAt: z.nullable(z.string()),
  /** Who wrote it on paper: only where SVC is open. */
  writtenBy: z.optional(z.string()),
  indicators: z.optional(IndicatorReading),
  version: version(),
})
export type Screening = z.infer<typeof Screening>

export const screening = {
  /**
   * One command holds the whole screening, so that a phone can keep it and send it later. It makes the case folder.
   * `card` and `shortScreen` say what was used, in which version; neither is needed. A phone that made its screening
   * before there were versions names one in `instrument` (`short-screen` where questions were asked, and else its card;
   * the signs of the former are those of `labour-sign-card`) and gives `signs` and `answers` as codes. Both ways at once
   * are refused.
   */
  record: command({
    id: 'screening.record',
    path: '/screenings',
    body: z.strictObject({
      id: newId(),
      case: newId(),
      card: z.optional(Filled),
      shortScreen: z.optional(Filled),
      instrument: z.optional(code()),
      signs: z.optional(z.array(code()).check(z.maxLength(40, 'too-many'))),
      answers: z.optional(answers(asked)),
      country: country(),
      language: z.string().check(z.regex(/^[a-z]{2,3}$/, 'code')),
      interpreter: z.enum(interpreters),
      placeSafe: z.boolean(),
      danger: z.boolean(),
      child: z.enum(['yes', 'no', 'in-doubt']),
      sector: z.optional(z.enum(sectors)),
      limitsTold: z.strictObject({ id: newId(), ...explained }),
      worried: z.boolean(),
      story: z.optional(text(10_000)),
      identity: Identity,
      urgency: z.enum(urgencies),
      saidAt: instant(),
      paper: paper(),
    }),
    reply: z.object({ id: id(), case: id(), reference: z.string(), talkFurther: z.boolean() }),
    access: 'screening.record',
    audit: 'screening.recorded',
    purpose: ['identification'],
    offline: true,
  }),
  list: query({
    id: 'screening.list',
    path: '/screenings',
    query: z.object({ ...paging, referred: z.optional(z.enum(['yes', 'no'])), sector: z.optional(z.enum(sectors)) }),
    reply: page(ScreeningRow),
    access: 'screening.list',
    audit: 'screening.listed',
    purpose: ['identification', 'assistance'],
  }),
  read: query({
    id: 'screening.read',
    path: '/screenings/{screening}',
    params: z.object({ screening: id() }),
    reply: Screening,
    access: 'screening.read',
    audit: 'screening.read',
    purpose: ['identification', 'assistance'],
  }),
  ofCase: query({
    id: 'screening.ofCase',
    path: '/cases/{case}/screenings',
    params: z.object({ case: id() }),
    reply: z.object({ items: z.array(Screening) }),
    access: 'screening.of-case',
    audit: 'screening.read',
    purpose: ['identification', 'assistance'],
  }),
  /** The unit completes the indicators from what was told; nothing waits for it. */
  complete: command({
    id: 'screening.complete',
    path: '/screenings/{screening}/indicators',
    params: z.object({ screening: id() }),
    body: z.strictObject({ id: newId(), profile: z.enum(indicatorProfiles), answers: answers(judged) }),
    reply: IndicatorReading,
    access: 'screening.complete',
    audit: 'screening.indicators-completed',
    purpose: ['identification'],
  }),
  ...instrumentOperations,
}

import * as z from 'zod/mini'
import { code, instant, line } from '#platform/contract/shapes.ts'
import { type AnswerTree, limits, type Texts } from '#platform/forms/definition.ts'
import type { Finding } from './rules-reading.ts'

/** An instrument's version as its author wrote it: `2`, `2026-03`, `1.4`. */
export const instrumentVersion = () =>
  z.string().check(z.maxLength(32, 'too-long'), z.regex(/^[0-9A-Za-z][0-9A-Za-z._-]*$/, 'code'))

/** Answers as the form has them: name → answer, a group is an object, a repeat a list of objects. */
export const givenAnswers = () =>
  z.record(z.string(), z.unknown()).check(z.refine(all => Object.keys(all).length <= limits.nodes, 'too-many'))

/** Paths of questions that the person preferred not to answer: `group/name`, `repeat[2]/name`. Counts for nothing. */
export const declinedPaths = () =>
  z
    .array(z.string().check(z.minLength(1, 'required'), z.maxLength(400, 'too-long')))
    .check(z.maxLength(1000, 'too-many'))

/** An instrument in one version, and what was answered with it. */
export const Filled = z.strictObject({
  instrument: code(),
  version: instrumentVersion(),
  answers: givenAnswers(),
  declined: z.optional(declinedPaths()),
})
export type Filled = z.infer<typeof Filled>

/** Written on paper first: when, and by whom. Typed in within two years. */
export const paper = () => z.optional(z.strictObject({ writtenAt: instant(), writtenBy: line() }))

export const texts = z.custom<Texts>()

/**
 * What the codes in a record are called: of an instrument only what the record names. It comes with the record, so that
 * whoever may read it reads words, also who may not use the instrument.
 */
export const InstrumentWords = z.object({
  title: texts,
  defaultLanguage: z.string(),
  questions: z.record(z.string(), texts),
  /** by the question's name, then the choice's */
  choices: z.record(z.string(), z.record(z.string(), texts)),
  rules: z.record(z.string(), texts),
})
export type InstrumentWords = z.infer<typeof InstrumentWords>

/** An instrument that a screening used, as its reader may see it. */
export const Used = z.object({
  instrument: z.string(),
  /** null: recorded before versions were kept */
  version: z.nullable(z.string()),
  /** Codes of the findings that the rules gave. That there are none closes nothing. */
  findings: z.array(z.string()),
  words: InstrumentWords,
  /** Whole answers, those declined, and how every rule read them that day: only where SVC is open. */
  told: z.optional(
    z.object({
      answers: z.custom<AnswerTree>(),
      declined: z.array(z.string()),
      readings: z.custom<readonly Finding[]>(),
    }),
  ),
})
export type Used = z.infer<typeof Used>

import * as z from 'zod/mini'
import { explained, interpreters } from '#capabilities/consent/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { code, id, instant, text, whole } from '#platform/contract/shapes.ts'
import { type AnswerTree, type FormDefinition, limits } from '#platform/forms/definition.ts'
import { roles } from '#platform/policy/roles.ts'
import { persons, sectors, statuses, validities, verifiedMarks } from './about.ts'
import { declinedPaths, givenAnswers, InstrumentWords, instrumentVersion, paper, texts } from './contract-filled.ts'
import { type About, layers } from './instrument.ts'
import type { Rule } from './rules.ts'
import type { Finding } from './rules-reading.ts'

/** With whom the person would rather talk. */
export const interviewers = ['woman', 'man', 'either'] as const
/** Why a person reads a finding otherwise than its rule. */
export const overrideReasons = ['misunderstood', 'told-otherwise', 'seen-otherwise', 'other'] as const

const language = () => z.string().check(z.regex(/^[a-z]{2,3}$/, 'code'))

// Of our own making, and judged where they are made: a form has no shape that a schema could say shorter than its type.
const form = z.custom<FormDefinition>()
const rules = z.custom<readonly Rule[]>()
const about = z.custom<About>()

/** One version of an instrument, as a list shows it: what is known of it comes first. */
export const InstrumentRow = z.object({
  code: z.string(),
  version: z.string(),
  title: texts,
  languages: z.array(z.string()),
  layer: z.enum(layers),
  sector: z.enum(sectors),
  person: z.enum(persons),
  whoMayUse: z.array(z.enum(roles)),
  trainingNeeded: z.boolean(),
  source: z.string(),
  verified: z.enum(verifiedMarks),
  licence: z.string(),
  validity: z.object({
    status: z.enum(validities),
    statement: texts,
    source: z.string(),
    verified: z.enum(verifiedMarks),
  }),
  /** comes with the software */
  shipped: z.boolean(),
  status: z.enum(statuses),
  /** The number for If-Match; 0 for what is shipped, which nobody changes. */
  revision: whole(0, 2_147_483_647),
  /** Who made the draft; null for what is shipped. */
  madeBy: z.nullable(id()),
})
export type InstrumentRow = z.infer<typeof InstrumentRow>

/** Something wrong with a spreadsheet, as a sentence in the reader's language, and where it stands. */
export const SheetFlaw = z.object({
  code: z.string(),
  sheet: z.optional(z.string()),
  row: z.optional(z.number()),
  column: z.optional(z.string()),
  detail: z.optional(z.string()),
  sentence: z.string(),
})

export const Override = z.object({
  id: id(),
  finding: z.string(),
  /** what the person says it is */
  holds: z.boolean(),
  reason: z.enum(overrideReasons),
  /** only for whoever may open what was told */
  why: z.optional(z.string()),
  by: z.string(),
  at: z.string(),
})

export const Interview = z.object({
  id: id(),
  case: id(),
  instrument: z.string(),
  version: z.string(),
  language: z.string(),
  interpreter: z.enum(interpreters),
  interviewer: z.enum(interviewers),
  by: z.string(),
  saidAt: z.string(),
  receivedAt: z.string(),
  /** Written on paper at this time; null when it was typed as it was said. */
  writtenAt: z.nullable(z.string()),
  /** Codes of the findings that the rules gave. That there are none closes nothing. */
  findings: z.array(z.string()),
  overrides: z.array(Override),
  words: InstrumentWords,
  /** What was told and how every rule reads it, as it read on that day: only where SVC is open. */
  told: z.optional(
    z.object({
      answers: z.custom<AnswerTree>(),
      /** paths of questions that the person preferred not to answer */
      declined: z.array(z.string()),
      readings: z.custom<readonly Finding[]>(),
      writtenBy: z.optional(z.string()),
    }),
  ),
})
export type Interview = z.infer<typeof Interview>

const ofInstrument = z.object({ instrument: code() })
const ofVersion = z.object({ instrument: code(), version: instrumentVersion() })
/** The country's newest published version, or the one that is shipped, unless a version is named. */
const whichVersion = z.object({ version: z.optional(instrumentVersion()) })
/** An .xlsx of at most 5 MB in base64; every one begins with the same four bytes. */
const workbook = z.strictObject({
  sheet: z
    .string()
    .check(
      z.maxLength(Math.ceil(limits.fileBytes / 3) * 4, 'too-long'),
      z.regex(/^UEsDB[A-Za-z0-9+/]*={0,2}$/, 'workbook'),
    ),
})
const largest = 7_000_000
const reading = ['identification', 'assistance', 'investigation', 'oversight', 'administration'] as const
const editing = ['oversight', 'administration'] as const
const asking = ['identification', 'assistance'] as const

/** Instruments as data, and the interviews that are held with them. */
export const instrumentOperations = {
  /** What my role may use; for those who edit, every version with its status. */
  instruments: query({
    id: 'screening.instruments',
    path: '/instruments',
    query: z.object({ layer: z.optional(z.enum(layers)), sector: z.optional(z.enum(sectors)) }),
    reply: z.object({ items: z.array(InstrumentRow) }),
    access: 'screening.instruments',
    audit: { none: 'questions and rules that the country publishes; nothing about anybody' },
    purpose: reading,
  }),
  instrument: query({
    id: 'screening.instrument',
    path: '/instruments/{instrument}',
    params: ofInstrument,
    query: whichVersion,
    reply: z.object({ ...InstrumentRow.shape, form, rules, about }),
    access: 'screening.instrument',
    audit: { none: 'questions and rules that the country publishes; nothing about anybody' },
    purpose: reading,
  }),
  /** Reads a spreadsheet and says what is wrong with it. Keeps nothing. */
  checkSheet: command({
    id: 'screening.checkSheet',
    path: '/instruments/check',
    body: workbook,
    largest,
    idempotent: false,
    reply: z.object({
      instrument: z.nullable(z.object({ form, rules, about })),
      flaws: z.array(SheetFlaw),
      warnings: z.array(SheetFlaw),
    }),
    access: 'screening.check-sheet',
    audit: 'screening.sheet-checked',
    purpose: editing,
  }),
  /** The same, and keeps it as a draft when nothing is wrong. A draft of the same version is replaced. */
  importInstrument: command({
    id: 'screening.importInstrument',
    path: '/instruments',
    body: workbook,
    largest,
    reply: z.object({
      draft: z.nullable(z.object({ code: z.string(), version: z.string(), revision: z.number() })),
      flaws: z.array(SheetFlaw),
      warnings: z.array(SheetFlaw),
    }),
    access: 'screening.import-instrument',
    audit: 'screening.instrument-imported',
    purpose: editing,
  }),
  publishInstrument: command({
    id: 'screening.publishInstrument',
    path: '/instruments/{instrument}/versions/{version}/publish',
    params: ofVersion,
    body: z.strictObject({}),
    ifMatch: true,
    reply: z.object({ code: z.string(), revision: z.number() }),
    access: 'screening.publish-instrument',
    audit: 'screening.instrument-published',
    purpose: editing,
  }),
  withdrawInstrument: command({
    id: 'screening.withdrawInstrument',
    path: '/instruments/{instrument}/versions/{version}/withdraw',
    params: ofVersion,
    body: z.strictObject({}),
    ifMatch: true,
    reply: z.object({ code: z.string(), revision: z.number() }),
    access: 'screening.withdraw-instrument',
    audit: 'screening.instrument-withdrawn',
    purpose: editing,
  }),
  exportInstrument: query({
    id: 'screening.exportInstrument',
    path: '/instruments/{instrument}/workbook',
    params: ofInstrument,
    query: whichVersion,
    reply: null,
    file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    access: 'screening.export-instrument',
    audit: 'screening.instrument-exported',
    purpose: editing,
  }),
  /** For programs of the ODK family. */
  xform: query({
    id: 'screening.xform',
    path: '/instruments/{instrument}/xform',
    params: ofInstrument,
    query: whichVersion,
    reply: null,
    file: 'application/xml',
    access: 'screening.xform',
    audit: 'screening.instrument-exported',
    purpose: reading,
  }),
  /** One command holds the whole interview, so that a phone can keep it and send it later. It changes no status. */
  interview: command({
    id: 'screening.interview',
    path: '/cases/{case}/interviews',
    params: z.object({ case: id() }),
    body: z.strictObject({
      id: id(),
      instrument: code(),
      version: instrumentVersion(),
      language: language(),
      interpreter: z.enum(interpreters),
      interviewer: z.enum(interviewers),
      limitsTold: z.strictObject({ id: id(), ...explained }),
      answers: givenAnswers(),
      declined: z.optional(declinedPaths()),
      saidAt: instant(),
      paper: paper(),
    }),
    reply: z.object({ id: id(), findings: z.array(z.string()) }),
    access: 'screening.interview',
    audit: 'screening.interview-recorded',
    purpose: asking,
    offline: true,
  }),
  interviews: query({
    id: 'screening.interviews',
    path: '/cases/{case}/interviews',
    params: z.object({ case: id() }),
    reply: z.object({ items: z.array(Interview) }),
    access: 'screening.interviews',
    audit: 'screening.interviews-read',
    purpose: asking,
  }),
  /** A person reads a finding otherwise. What the rule said stays beside it. */
  override: command({
    id: 'screening.override',
    path: '/interviews/{interview}/overrides',
    params: z.object({ interview: id() }),
    body: z.strictObject({
      id: id(),
      finding: code(),
      holds: z.boolean(),
      reason: z.enum(overrideReasons),
      why: text(2000),
    }),
    reply: Override,
    access: 'screening.override',
    audit: 'screening.finding-overridden',
    purpose: asking,
    offline: true,
  }),
}

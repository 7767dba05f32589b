import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import {
  changed,
  choices,
  day,
  id,
  line,
  newId,
  page,
  paging,
  phone,
  text,
  version,
  whole,
} from '#platform/contract/shapes.ts'
import { type Urgency, urgencies } from '#platform/country/vocabulary.ts'

export const caseStatuses = ['new', 'opened', 'closed'] as const
export type CaseStatus = (typeof caseStatuses)[number]
export const identifications = [
  'none',
  'pending',
  'proposed-negative',
  'reasonable-grounds',
  'no-reasonable-grounds',
] as const
export type Identification = (typeof identifications)[number]
export { isChild } from './age.ts'
export { type Urgency, urgencies }
export const sectors = [
  'agriculture',
  'fishing',
  'construction',
  'domestic-work',
  'hospitality',
  'entertainment',
  'manufacturing',
  'retail',
  'begging',
  'other',
] as const
export const sexes = ['female', 'male', 'other', 'not-said'] as const

/** The elements of trafficking in persons (Palermo Protocol, article 3): alleged, with a named person's reasons. */
export const acts = ['recruitment', 'transportation', 'transfer', 'harbouring', 'receipt'] as const
export const means = [
  'force-or-threat',
  'coercion',
  'abduction',
  'fraud',
  'deception',
  'abuse-of-power',
  'abuse-of-vulnerability',
  'payments-to-controller',
] as const
export const exploitations = [
  'sexual-exploitation',
  'forced-labour',
  'slavery',
  'practices-similar-to-slavery',
  'servitude',
  'removal-of-organs',
] as const

/** Who the person is (compartment ID). Everything is optional: a person may say nothing and still be helped. */
export const identityFields = {
  givenName: z.optional(line(80)),
  familyName: z.optional(line(80)),
  knownAs: z.optional(line(80)),
  birthDate: z.optional(day()),
  age: z.optional(z.number().check(z.int('whole'), z.gte(0, 'too-small'), z.lte(120, 'too-large'))),
  sex: z.optional(z.enum(sexes)),
  nationality: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/, 'country'))),
  language: z.optional(z.string().check(z.regex(/^[a-z]{2,3}$/, 'code'))),
  phone: z.optional(phone()),
  safeToCall: z.optional(z.enum(['yes', 'no', 'text-only'])),
  document: z.optional(line(40)),
}
export const Identity = z.strictObject(identityFields)
export type Identity = z.infer<typeof Identity>

export const CaseRow = z.object({
  id: id(),
  reference: z.string(),
  status: z.enum(caseStatuses),
  identification: z.enum(identifications),
  urgency: z.enum(urgencies),
  child: z.boolean(),
  sector: z.nullable(z.enum(sectors)),
  agency: id(),
  coordinator: z.nullable(id()),
  dueAt: z.nullable(z.string()),
  madeAt: z.string(),
  version: version(),
})
export type CaseRow = z.infer<typeof CaseRow>

export const TimelineEntry = z.object({
  id: id(),
  at: z.string(),
  event: z.string(),
  account: z.nullable(id()),
  name: z.nullable(z.string()),
  organisation: z.nullable(z.string()),
  about: z.record(z.string(), z.unknown()),
})
export const Clock = z.object({
  kind: z.string(),
  startsAt: z.string(),
  warnAt: z.string(),
  dueAt: z.string(),
  stoppedAt: z.nullable(z.string()),
})
export const Note = z.object({ id: id(), at: z.string(), by: z.string(), text: z.string() })
export const Decision = z.object({
  id: id(),
  kind: z.literal('reasonable-grounds'),
  outcome: z.enum(['positive', 'negative']),
  elements: z.array(z.string()),
  reasons: z.string(),
  state: z.enum(['proposed', 'confirmed', 'returned']),
  by: id(),
  byName: z.string(),
  at: z.string(),
  secondBy: z.nullable(id()),
  secondName: z.nullable(z.string()),
  secondAt: z.nullable(z.string()),
  version: version(),
})
/** A case as the reader may see it: a compartment that the reader may not open is absent, not empty. */
export const Case = z.object({
  ...CaseRow.shape,
  agencyName: z.string(),
  coordinatorName: z.nullable(z.string()),
  openedAt: z.nullable(z.string()),
  identity: z.optional(Identity),
  identityVersion: z.optional(version()),
  location: z.optional(z.object({ text: z.string() })),
  /** The version to change it on: 0 while no place is written down. */
  locationVersion: z.optional(whole(0, 2_147_483_647)),
  notes: z.optional(z.array(Note)),
  decisions: z.optional(z.array(Decision)),
  timeline: z.array(TimelineEntry),
  clocks: z.array(Clock),
  /** What this reader may do next: the same table the server refuses by. */
  moves: z.array(z.string()),
})
export type Case = z.infer<typeof Case>

const ofCase = z.object({ case: id() })
const unit = ['identification', 'assistance'] as const

export const cases = {
  list: query({
    id: 'cases.list',
    path: '/cases',
    query: z.object({
      ...paging,
      status: z.optional(z.enum(caseStatuses)),
      identification: z.optional(z.enum(identifications)),
      urgency: z.optional(z.enum(urgencies)),
      mine: z.optional(z.literal('yes')),
    }),
    reply: page(CaseRow),
    access: 'case.list',
    audit: 'case.listed',
    purpose: unit,
  }),
  search: query({
    id: 'cases.search',
    path: '/cases/search',
    query: z.object({ words: line(80) }),
    reply: z.object({ items: z.array(z.object({ ...CaseRow.shape, name: z.string() })), more: z.boolean() }),
    access: 'case.search',
    audit: 'case.searched',
    purpose: unit,
  }),
  /** Everything the unit holds, as CSV, a row a case. */
  exportCsv: query({
    id: 'cases.exportCsv',
    path: '/cases/export.csv',
    reply: z.object({ count: z.number() }),
    stream: 'text/csv',
    access: 'case.export',
    audit: 'case.exported',
    purpose: unit,
  }),
  read: query({
    id: 'cases.read',
    path: '/cases/{case}',
    params: ofCase,
    reply: Case,
    access: 'case.read',
    audit: 'case.read',
    purpose: unit,
  }),
  open: command({
    id: 'cases.open',
    path: '/cases/{case}/open',
    params: ofCase,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'case.open',
    audit: 'case.opened',
    purpose: ['identification'],
  }),
  changeIdentity: command({
    id: 'cases.changeIdentity',
    method: 'PUT',
    path: '/cases/{case}/identity',
    params: ofCase,
    body: Identity,
    ifMatch: true,
    reply: changed,
    access: 'case.change-identity',
    audit: 'case.identity-changed',
    purpose: unit,
  }),
  changeLocation: command({
    id: 'cases.changeLocation',
    method: 'PUT',
    path: '/cases/{case}/location',
    params: ofCase,
    body: z.strictObject({ text: text(1000) }),
    ifMatch: true,
    reply: changed,
    access: 'case.change-location',
    audit: 'case.location-changed',
    purpose: ['assistance'],
  }),
  addNote: command({
    id: 'cases.addNote',
    path: '/cases/{case}/notes',
    params: ofCase,
    body: z.strictObject({ id: newId(), text: text(10_000) }),
    reply: z.object({ id: id() }),
    access: 'case.add-note',
    audit: 'case.note-added',
    purpose: ['assistance'],
  }),
  assign: command({
    id: 'cases.assign',
    path: '/cases/{case}/assign',
    params: ofCase,
    body: z.strictObject({ coordinator: id() }),
    ifMatch: true,
    reply: changed,
    access: 'case.assign',
    audit: 'case.assigned',
    purpose: unit,
  }),
  handOver: command({
    id: 'cases.handOver',
    path: '/caseloads/{account}/hand-over',
    params: z.object({ account: id() }),
    body: z.strictObject({ to: id() }),
    reply: z.object({ moved: z.number() }),
    access: 'case.hand-over',
    audit: 'case.caseload-handed-over',
    purpose: unit,
  }),
  decide: command({
    id: 'cases.decide',
    path: '/cases/{case}/decisions',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      outcome: z.enum(['positive', 'negative']),
      acts: choices(acts),
      means: choices(means),
      exploitations: choices(exploitations),
      reasons: text(10_000),
    }),
    ifMatch: true,
    reply: changed,
    access: 'case.decide',
    audit: 'case.reasonable-grounds-decided',
    purpose: ['identification'],
  }),
  confirm: command({
    id: 'cases.confirm',
    path: '/cases/{case}/decisions/{decision}/second',
    params: z.object({ case: id(), decision: id() }),
    body: z.strictObject({ answer: z.enum(['confirmed', 'returned']) }),
    ifMatch: true,
    reply: changed,
    access: 'case.confirm',
    audit: 'case.decision-seconded',
    purpose: ['identification'],
  }),
}
/** The columns of the coded list as CSV: no names, nothing sealed. */
export const exportColumns = [
  'reference',
  'status',
  'identification',
  'urgency',
  'child',
  'sector',
  'made_at',
  'opened_at',
  'due_at',
] as const

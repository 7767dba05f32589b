import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import {
  changed,
  choices,
  countedPage,
  id,
  instant,
  line,
  newId,
  page,
  paging,
  text,
  version,
  whole,
} from '#platform/contract/shapes.ts'
import { stageCodes } from '#platform/country/procedure.ts'
import { sectors, type Urgency, urgencies } from '#platform/country/vocabulary.ts'
import { escalationOperations } from './contract-escalation.ts'
import { Identity, identityOperations } from './contract-identity.ts'
import {
  Clock,
  Decision,
  decisionGrounds,
  identifications,
  Next,
  procedureOperations,
  StepTaken,
  TrackStanding,
} from './contract-procedure.ts'

export const caseStatuses = ['new', 'opened', 'closed'] as const
export type CaseStatus = (typeof caseStatuses)[number]
export { isChild } from './age.ts'
export {
  Identity,
  type IdentityConflict,
  type IdentityName,
  identityFields,
  identityNames,
  sexes,
} from './contract-identity.ts'
export {
  askers,
  Clock,
  type ClockRow,
  clockFilters,
  Decision,
  decisionKinds,
  evidenceKinds,
  type Identification,
  identifications,
  noticeLanguages,
  type Step,
  steps,
} from './contract-procedure.ts'
export { sectors, type Urgency, urgencies }

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
export const Note = z.object({ id: id(), at: z.string(), by: z.string(), text: z.string() })
/** A case as the reader may see it: a compartment that the reader may not open is absent, not empty. */
export const Case = z.object({
  ...CaseRow.shape,
  agencyName: z.string(),
  coordinatorName: z.nullable(z.string()),
  openedAt: z.nullable(z.string()),
  identity: z.optional(Identity),
  identityVersion: z.optional(version()),
  /** Of where the person is, which is asked for by itself (`contract-where.ts`): 0 while no place is written down. */
  locationVersion: z.optional(whole(0, 2_147_483_647)),
  notes: z.optional(z.array(Note)),
  decisions: z.optional(z.array(Decision)),
  steps: z.optional(z.array(StepTaken)),
  tracks: z.optional(z.array(TrackStanding)),
  /** What the procedure asks of the decision that comes next; absent where none does. */
  next: z.optional(Next),
  /** The stages of the country's procedure, in their order. */
  stages: z.array(z.enum(stageCodes)),
  timeline: z.array(TimelineEntry),
  clocks: z.array(Clock),
  /** What this reader may do next: the same table the server refuses by. */
  moves: z.array(z.string()),
})
export type Case = z.infer<typeof Case>

/** What an attachment shows. `person` needs a reason and is marked: no photographs of people by default. */
export const attachmentPurposes = [
  'identity-document',
  'document',
  'place-or-thing',
  'recording',
  'other',
  'person',
] as const
export type AttachmentPurpose = (typeof attachmentPurposes)[number]
/** Where a file belongs: to who the person is, or to the services; each is opened by its own key. */
export const attachmentCompartments = ['ID', 'SVC'] as const
export type AttachmentCompartment = (typeof attachmentCompartments)[number]
/** What shows who the person is belongs to that, and nothing else does unless its maker says so. */
export const compartmentOf = (purpose: AttachmentPurpose): AttachmentCompartment =>
  purpose === 'identity-document' ? 'ID' : 'SVC'
/**
 * `waiting-for-file`: its bytes have not all arrived. `refused`: they were read and are not kept; the code says why.
 * `quarantined`: kept sealed and closed until a scanner or a person has looked.
 */
export const attachmentStates = ['waiting-for-file', 'ready', 'refused', 'quarantined'] as const
/** `original`: untouched, as it was taken. `clean`: a picture drawn anew, without what stood beside it. */
export const attachmentCopies = ['original', 'clean'] as const
/** What every list says of a file. */
export const AttachedFile = z.object({
  id: id(),
  name: z.string(),
  state: z.enum(attachmentStates),
  code: z.nullable(z.string()),
  /** What it is by its bytes: `jpg`, `pdf`, … */
  kind: z.nullable(z.string()),
  /** Bytes of the original. */
  size: z.nullable(z.number()),
  /** Whether a scanner looked at it; null until it is ready. */
  scanned: z.nullable(z.boolean()),
  copies: z.array(z.enum(attachmentCopies)),
  /** A small JPEG in base64. */
  thumbnail: z.optional(z.string()),
})
export type AttachedFile = z.infer<typeof AttachedFile>
/** How the command of a file names it: the SHA-256 of the file as it was sealed, base64url. */
export const sealedFile = () => z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'wrong'))
export const Attachment = z.object({
  ...AttachedFile.shape,
  at: z.string(),
  by: z.string(),
  takenAt: z.nullable(z.string()),
  compartment: z.enum(attachmentCompartments),
  purpose: z.enum(attachmentPurposes),
  reason: z.optional(z.string()),
  /** Its maker says that nobody changed it before. */
  original: z.boolean(),
})
export type Attachment = z.infer<typeof Attachment>

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
    reply: countedPage(CaseRow),
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
  ...identityOperations,
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
  /**
   * Says what a file of the case is. The file itself travels apart, sealed, and is found by its hash; it may come before
   * or after.
   */
  attach: command({
    id: 'cases.attach',
    path: '/cases/{case}/attachments',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      file: sealedFile(),
      name: line(120),
      purpose: z.enum(attachmentPurposes),
      /** Asked for where the purpose is `person`, and only there. */
      reason: z.optional(text(500)),
      /** A paper that shows who the person is belongs to `ID`. */
      compartment: z.enum(attachmentCompartments),
      takenAt: z.optional(instant()),
      original: z.boolean(),
    }),
    reply: z.object({ id: id() }),
    access: 'case.attach',
    audit: 'case.attachment-added',
    purpose: unit,
    offline: true,
  }),
  listAttachments: query({
    id: 'cases.listAttachments',
    path: '/cases/{case}/attachments',
    params: ofCase,
    query: z.object({ ...paging }),
    reply: page(Attachment),
    access: 'case.list-attachments',
    audit: 'case.attachments-listed',
    purpose: unit,
  }),
  /** To be saved, never shown. */
  readAttachment: query({
    id: 'cases.readAttachment',
    path: '/cases/{case}/attachments/{attachment}/{copy}',
    params: z.object({ case: id(), attachment: id(), copy: z.enum(attachmentCopies) }),
    reply: null,
    file: 'application/octet-stream',
    access: 'case.read-attachment',
    audit: 'case.attachment-read',
    purpose: unit,
  }),
  ...procedureOperations,
  ...escalationOperations,
  /** The decision that is next in the country's procedure; what it asks for is in the case's `next`. */
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
      ...decisionGrounds,
    }),
    ifMatch: true,
    reply: changed,
    access: 'case.decide',
    audit: 'case.decided',
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

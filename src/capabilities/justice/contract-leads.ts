import * as z from 'zod/mini'
import { AttachedFile, attachmentCopies, sealedFile } from '#capabilities/cases/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { changed, choices, day, id, line, newId, page, paging, text, version } from '#platform/contract/shapes.ts'
import { proceedingStates } from './proceedings.ts'

/** What a lead may be about. */
export const leadSubjects = [
  'recruitment',
  'transport',
  'harbouring',
  'sexual-exploitation',
  'forced-labour',
  'domestic-servitude',
  'forced-crime',
  'begging',
  'organ-removal',
  'children',
  'documents',
  'money',
  'online',
  'corruption',
  'other',
] as const
/** How far the source is to be relied on: the letter of the 6 × 6 grading (A completely, E not, F cannot be judged). */
export const sourceGrades = ['A', 'B', 'C', 'D', 'E', 'F'] as const
/** How far what was said is believed: its number (1 confirmed, 5 improbable, 6 cannot be judged). */
export const informationGrades = ['1', '2', '3', '4', '5', '6'] as const
/** What may be done with it. Only `prosecution` lets it be shared, with prosecutors by name. */
export const handlings = ['body-only', 'prosecution', 'ask-first', 'no-action'] as const
export const leadStatuses = ['open', 'in-work', 'closed'] as const
export const closeReasons = ['case-built', 'passed-on', 'not-enough', 'unfounded', 'no-offence', 'duplicate'] as const
/** Why a lead is closed to one person. */
export const leadBarReasons = ['suspect', 'family', 'personal', 'other'] as const
export type LeadStatus = (typeof leadStatuses)[number]

/** A case's reference as it is said: two groups of five digits. Whether there is such a case is asked of nobody. */
export const caseReference = () => z.string().check(z.regex(/^\d{5}-\d{5}$/, 'wrong'))

export const LeadRow = z.object({
  id: id(),
  reference: z.string(),
  /** Absent for whoever may see the codes alone. */
  title: z.optional(z.string()),
  about: z.array(z.enum(leadSubjects)),
  sourceGrade: z.enum(sourceGrades),
  informationGrade: z.enum(informationGrades),
  handling: z.enum(handlings),
  status: z.enum(leadStatuses),
  closedFor: z.nullable(z.enum(closeReasons)),
  investigator: z.nullable(id()),
  investigatorName: z.nullable(z.string()),
  madeAt: z.string(),
  version: version(),
})
export type LeadRow = z.infer<typeof LeadRow>

export const LeadShare = z.object({
  id: id(),
  account: id(),
  name: z.string(),
  source: z.boolean(),
  at: z.string(),
  endedAt: z.nullable(z.string()),
})
/** Somebody to whom there is no such lead. */
export const LeadBar = z.object({
  id: id(),
  account: id(),
  name: z.string(),
  reason: z.enum(leadBarReasons),
  byName: z.string(),
  at: z.string(),
  endedAt: z.nullable(z.string()),
  /** Whether this reader may end it. */
  mayEnd: z.boolean(),
})
export type LeadBar = z.infer<typeof LeadBar>
/** Files of one lead. */
export const mostLeadFiles = 50
export const LeadFile = z.object({ ...AttachedFile.shape, at: z.string(), by: z.string() })
export type LeadFile = z.infer<typeof LeadFile>
/** How far it came on the way to a court. */
export const Proceedings = z.object({
  state: z.enum(proceedingStates),
  /** What this reader may write down next. */
  after: z.array(z.enum(proceedingStates)),
  steps: z.array(z.object({ state: z.enum(proceedingStates), on: z.string(), by: z.string(), at: z.string() })),
  /** Of the steps alone; each makes it one more. */
  version: version(),
})
/** A lead as its reader may see it: what stays closed is absent, not empty. */
export const Lead = z.object({
  ...LeadRow.shape,
  organisation: id(),
  organisationName: z.string(),
  madeName: z.string(),
  /** What was said. */
  content: z.optional(z.string()),
  source: z.optional(z.string()),
  /** Conditions of whoever gave it, in words. */
  conditions: z.optional(z.string()),
  case: z.optional(z.string()),
  notes: z.optional(z.array(z.object({ id: id(), at: z.string(), by: z.string(), text: z.string() }))),
  /** In the order in which they were added. */
  files: z.optional(z.array(LeadFile)),
  shares: z.array(LeadShare),
  /** For investigators and supervisors of the body. */
  bars: z.array(LeadBar),
  proceedings: Proceedings,
  /** What this reader may do next. */
  moves: z.array(z.enum(['change', 'note', 'attach', 'assign', 'take-up', 'close', 'reopen', 'share', 'bar'])),
})
export type Lead = z.infer<typeof Lead>

const written = {
  title: line(120),
  about: choices(leadSubjects, 1),
  sourceGrade: z.enum(sourceGrades),
  informationGrade: z.enum(informationGrades),
  handling: z.enum(handlings),
  conditions: z.optional(text(1000)),
  content: text(10_000),
  source: z.optional(text(4000)),
  case: z.optional(caseReference()),
}
const bar = { account: id(), reason: z.enum(leadBarReasons) }
const ofLead = z.object({ lead: id() })
const investigation = ['investigation'] as const

export const leadOperations = {
  listLeads: query({
    id: 'justice.listLeads',
    path: '/leads',
    query: z.object({
      ...paging,
      status: z.optional(z.enum(leadStatuses)),
      about: z.optional(z.enum(leadSubjects)),
      mine: z.optional(z.literal('yes')),
      /** Words of the title, the lead's reference, or that of a case. */
      words: z.optional(line(80)),
    }),
    reply: page(LeadRow),
    access: 'justice.list-leads',
    audit: 'justice.leads-listed',
    purpose: ['investigation', 'oversight'],
  }),
  readLead: query({
    id: 'justice.readLead',
    path: '/leads/{lead}',
    params: ofLead,
    reply: Lead,
    access: 'justice.read-lead',
    audit: 'justice.lead-read',
    purpose: ['investigation', 'oversight'],
  }),
  makeLead: command({
    id: 'justice.makeLead',
    path: '/leads',
    /** `closedTo`: from the first moment there is no such lead for these people. */
    body: z.strictObject({
      id: newId(),
      ...written,
      closedTo: z.optional(z.array(z.strictObject({ id: newId(), ...bar })).check(z.maxLength(10, 'too-many'))),
    }),
    reply: z.object({ id: id(), reference: z.string() }),
    access: 'justice.make-lead',
    audit: 'justice.lead-made',
    purpose: investigation,
  }),
  changeLead: command({
    id: 'justice.changeLead',
    method: 'PUT',
    path: '/leads/{lead}',
    params: ofLead,
    body: z.strictObject(written),
    ifMatch: true,
    reply: changed,
    access: 'justice.change-lead',
    audit: 'justice.lead-changed',
    purpose: investigation,
  }),
  addLeadNote: command({
    id: 'justice.addLeadNote',
    path: '/leads/{lead}/notes',
    params: ofLead,
    body: z.strictObject({ id: newId(), text: text(10_000) }),
    reply: z.object({ id: id() }),
    access: 'justice.change-lead',
    audit: 'justice.lead-note-added',
    purpose: investigation,
  }),
  /** Says what a file of a lead is. The file itself travels apart, sealed, and is found by its hash. */
  attachToLead: command({
    id: 'justice.attachToLead',
    path: '/leads/{lead}/files',
    params: ofLead,
    body: z.strictObject({ id: newId(), file: sealedFile(), name: line(120) }),
    reply: z.object({ id: id() }),
    access: 'justice.change-lead',
    audit: 'justice.lead-file-added',
    purpose: investigation,
  }),
  /** To be saved, never shown. */
  readLeadFile: query({
    id: 'justice.readLeadFile',
    path: '/leads/{lead}/files/{file}/{copy}',
    params: z.object({ lead: id(), file: id(), copy: z.enum(attachmentCopies) }),
    reply: null,
    file: 'application/octet-stream',
    access: 'justice.read-lead-file',
    audit: 'justice.lead-file-read',
    purpose: investigation,
  }),
  assignLead: command({
    id: 'justice.assignLead',
    path: '/leads/{lead}/assign',
    params: ofLead,
    body: z.strictObject({ account: id() }),
    ifMatch: true,
    reply: changed,
    access: 'justice.change-lead',
    audit: 'justice.lead-assigned',
    purpose: investigation,
  }),
  moveLead: command({
    id: 'justice.moveLead',
    path: '/leads/{lead}/move',
    params: ofLead,
    /** `in-work` makes the mover its investigator where there is none; `closed` asks for a reason, and only it. */
    body: z.strictObject({ to: z.enum(leadStatuses), reason: z.optional(z.enum(closeReasons)) }),
    ifMatch: true,
    reply: changed,
    access: 'justice.change-lead',
    audit: 'justice.lead-moved',
    purpose: investigation,
  }),
  moveProceedings: command({
    id: 'justice.moveProceedings',
    path: '/leads/{lead}/proceedings',
    params: ofLead,
    /** `on` is the day on which it happened, today at the latest. */
    body: z.strictObject({ to: z.enum(proceedingStates), on: day() }),
    ifMatch: true,
    reply: changed,
    access: 'justice.move-proceedings',
    audit: 'justice.proceedings-moved',
    purpose: investigation,
  }),
  shareLead: command({
    id: 'justice.shareLead',
    path: '/leads/{lead}/shares',
    params: ofLead,
    body: z.strictObject({ id: newId(), account: id(), source: z.boolean() }),
    reply: z.object({ id: id() }),
    access: 'justice.change-lead',
    audit: 'justice.lead-shared',
    purpose: investigation,
  }),
  endLeadShare: command({
    id: 'justice.endLeadShare',
    method: 'DELETE',
    path: '/leads/{lead}/shares/{share}',
    params: z.object({ lead: id(), share: id() }),
    body: null,
    reply: z.object({ id: id() }),
    access: 'justice.change-lead',
    audit: 'justice.lead-share-ended',
    purpose: investigation,
  }),
  barFromLead: command({
    id: 'justice.barFromLead',
    path: '/leads/{lead}/bars',
    params: ofLead,
    body: z.strictObject({ id: newId(), ...bar }),
    reply: z.object({ id: id() }),
    access: 'justice.bar-from-lead',
    audit: 'justice.lead-barred',
    purpose: investigation,
  }),
  /** By who closed it, or a supervisor of the body. */
  endLeadBar: command({
    id: 'justice.endLeadBar',
    method: 'DELETE',
    path: '/leads/{lead}/bars/{bar}',
    params: z.object({ lead: id(), bar: id() }),
    body: null,
    reply: z.object({ id: id() }),
    access: 'justice.end-lead-bar',
    audit: 'justice.lead-bar-ended',
    purpose: ['investigation', 'oversight'],
  }),
} as const

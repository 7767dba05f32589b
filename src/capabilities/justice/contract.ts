import * as z from 'zod/mini'
import { Identity } from '#capabilities/cases/contract.ts'
import { explainedToPolice } from '#capabilities/consent/contract.ts'
import { noteKinds } from '#capabilities/health/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import {
  changed,
  choices,
  day,
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
import { leadOperations } from './contract-leads.ts'

export {
  caseReference,
  closeReasons,
  handlings,
  informationGrades,
  type Lead,
  type LeadBar,
  type LeadRow,
  type LeadStatus,
  leadBarReasons,
  leadStatuses,
  leadSubjects,
  sourceGrades,
} from './contract-leads.ts'

/** What an order or a vital interest may open. */
export const handedCompartments = ['ID', 'SVC', 'HLT', 'LOC'] as const
export type HandedCompartment = (typeof handedCompartments)[number]
export const orderPurposes = ['investigation', 'prosecution', 'protection'] as const
export const orderStates = ['proposed', 'confirmed', 'returned', 'revoked'] as const
export const interestReasons = ['life-in-danger', 'person-missing', 'child-in-danger', 'medical', 'other'] as const
export const interestStates = ['open', 'upheld', 'not-upheld'] as const
/** Why somebody without a place in the case reads it. */
export const handedBases = ['order', 'vital-interest', 'consent'] as const
/** Months for which somebody may want police to know who they are, at most. */
export const agreedMonths = 12
/** Hours that a vital interest may open something for, and within which a second person has to uphold it. */
export const interestHours = { most: 72, review: 24 } as const

const Person = z.object({ account: id(), name: z.string() })

export const Order = z.object({
  id: id(),
  court: z.string(),
  number: z.string(),
  madeOn: z.string(),
  compartments: z.array(z.enum(handedCompartments)),
  purposes: z.array(z.enum(orderPurposes)),
  organisation: id(),
  organisationName: z.string(),
  named: z.array(Person),
  from: z.string(),
  until: z.string(),
  attachment: z.nullable(id()),
  state: z.enum(orderStates),
  /** Whether it opens anything at this moment. */
  live: z.boolean(),
  byName: z.string(),
  at: z.string(),
  secondName: z.nullable(z.string()),
  secondAt: z.nullable(z.string()),
  revokedName: z.nullable(z.string()),
  revokedAt: z.nullable(z.string()),
  /** What this reader may do with it. */
  moves: z.array(z.enum(['answer', 'revoke'])),
  version: version(),
})
export type Order = z.infer<typeof Order>

export const Interest = z.object({
  id: id(),
  reason: z.enum(interestReasons),
  words: z.string(),
  compartments: z.array(z.enum(handedCompartments)),
  organisationName: z.string(),
  account: id(),
  name: z.string(),
  until: z.string(),
  /** Until when a second person has to uphold it. */
  reviewBy: z.string(),
  state: z.enum(interestStates),
  live: z.boolean(),
  byName: z.string(),
  at: z.string(),
  secondName: z.nullable(z.string()),
  secondAt: z.nullable(z.string()),
  moves: z.array(z.enum(['review'])),
  version: version(),
})
export type Interest = z.infer<typeof Interest>

export const Receipt = z.object({
  id: id(),
  reference: z.string(),
  basis: z.enum(handedBases),
  basisId: id(),
  court: z.nullable(z.string()),
  number: z.nullable(z.string()),
  compartments: z.array(z.enum(handedCompartments)),
  /** SHA-256 of what was handed over, spelled by RFC 8785, in hexadecimal. */
  hash: z.string(),
  at: z.string(),
  name: z.string(),
  organisationName: z.string(),
})
export type Receipt = z.infer<typeof Receipt>

/** Exactly what was handed over; a compartment that was not named is absent. */
export const Handed = z.object({
  reference: z.string(),
  identity: z.optional(Identity),
  notes: z.optional(z.array(z.object({ at: z.string(), text: z.string() }))),
  /** Of notes that were corrected, too; not who wrote them. */
  health: z.optional(
    z.array(
      z.object({
        at: z.string(),
        about: z.enum(noteKinds),
        text: z.string(),
        corrected: z.boolean(),
        /** Each with the SHA-256 of what is saved of it; null where there is no copy that does not say where it was made. */
        files: z.array(z.object({ id: id(), name: z.string(), kind: z.string(), sha256: z.nullable(z.string()) })),
      }),
    ),
  ),
  location: z.optional(z.nullable(z.string())),
})
export type Handed = z.infer<typeof Handed>

const ofCase = z.object({ case: id() })
const unit = ['identification', 'assistance'] as const
const investigation = ['investigation'] as const

export const justice = {
  ...leadOperations,
  /** Who can be named: investigators and prosecutors of the country; for police, colleagues, their supervisors and prosecutors. */
  people: query({
    id: 'justice.people',
    path: '/justice/people',
    reply: z.object({
      items: z.array(
        z.object({
          ...Person.shape,
          role: z.enum(['investigator', 'prosecutor', 'supervisor']),
          organisation: id(),
          organisationName: z.string(),
        }),
      ),
    }),
    access: 'justice.people',
    audit: { none: 'names of staff, which every directory shows' },
    purpose: [...unit, ...investigation],
  }),

  /** What was given of a case to police or prosecution, to whom, on what basis. */
  ofCase: query({
    id: 'justice.ofCase',
    path: '/cases/{case}/handed',
    params: ofCase,
    reply: z.object({
      reference: z.string(),
      orders: z.array(Order),
      interests: z.array(Interest),
      receipts: z.array(Receipt),
      /** Whether this reader may write one down. */
      records: z.boolean(),
      /** Whether this reader keeps what the person agreed to. */
      agrees: z.boolean(),
    }),
    access: 'justice.of-case',
    audit: 'justice.of-case-read',
    purpose: unit,
  }),
  recordOrder: command({
    id: 'justice.recordOrder',
    path: '/cases/{case}/orders',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      court: line(200),
      number: line(80),
      madeOn: day(),
      compartments: choices(handedCompartments, 1),
      purposes: choices(orderPurposes, 1),
      organisation: id(),
      named: z.array(id()).check(z.minLength(1, 'required'), z.maxLength(10, 'too-many')),
      from: instant(),
      until: instant(),
      attachment: z.optional(id()),
    }),
    reply: z.object({ id: id() }),
    access: 'justice.record-order',
    audit: 'justice.order-recorded',
    purpose: unit,
  }),
  /** The second person of an order: confirms it, and it opens what it names; or returns it. */
  answerOrder: command({
    id: 'justice.answerOrder',
    path: '/cases/{case}/orders/{order}/answer',
    params: z.object({ case: id(), order: id() }),
    body: z.strictObject({ answer: z.enum(['confirmed', 'returned']) }),
    ifMatch: true,
    reply: changed,
    access: 'justice.answer-order',
    audit: 'justice.order-answered',
    purpose: unit,
    evenMerged: true,
  }),
  /** Ends an order at once. */
  revokeOrder: command({
    id: 'justice.revokeOrder',
    path: '/cases/{case}/orders/{order}/revoke',
    params: z.object({ case: id(), order: id() }),
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'justice.revoke-order',
    audit: 'justice.order-revoked',
    purpose: unit,
    evenMerged: true,
  }),
  /** Opens at once: a life in danger waits for nobody. */
  recordInterest: command({
    id: 'justice.recordInterest',
    path: '/cases/{case}/interests',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      reason: z.enum(interestReasons),
      words: text(2000),
      compartments: choices(handedCompartments, 1),
      organisation: id(),
      account: id(),
      until: instant(),
    }),
    reply: z.object({ id: id() }),
    access: 'justice.record-interest',
    audit: 'justice.interest-recorded',
    purpose: unit,
  }),
  reviewInterest: command({
    id: 'justice.reviewInterest',
    path: '/cases/{case}/interests/{interest}/review',
    params: z.object({ case: id(), interest: id() }),
    body: z.strictObject({ outcome: z.enum(['upheld', 'not-upheld']) }),
    ifMatch: true,
    reply: changed,
    access: 'justice.review-interest',
    audit: 'justice.interest-reviewed',
    purpose: unit,
    evenMerged: true,
  }),
  /** The person wants them to know who they are: a yes in the ledger, which opens that to whom it names, until it ends. */
  recordConsent: command({
    id: 'justice.recordConsent',
    path: '/cases/{case}/consents-to-police',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      ...explainedToPolice,
      organisation: id(),
      named: z.array(id()).check(z.minLength(1, 'required'), z.maxLength(10, 'too-many')),
      months: whole(1, agreedMonths),
    }),
    reply: z.object({ id: id() }),
    access: 'justice.record-consent',
    audit: 'justice.consent-recorded',
    purpose: ['assistance', 'identification'],
  }),

  /** What the reader was given and may read now. */
  handed: query({
    id: 'justice.handed',
    path: '/handed',
    reply: z.object({
      items: z.array(
        z.object({
          id: id(),
          basis: z.enum(handedBases),
          reference: z.string(),
          court: z.nullable(z.string()),
          number: z.nullable(z.string()),
          compartments: z.array(z.enum(handedCompartments)),
          purposes: z.array(z.enum(orderPurposes)),
          until: z.string(),
        }),
      ),
    }),
    access: 'justice.handed',
    audit: 'justice.handed-listed',
    purpose: investigation,
  }),
  /** Takes what is handed over: leaves a receipt of exactly what there is now, by which it is then read. */
  receive: command({
    id: 'justice.receive',
    path: '/handed/{handed}/receipts',
    params: z.object({ handed: id() }),
    body: z.strictObject({ id: newId() }),
    reply: z.object({ id: id(), hash: z.string() }),
    access: 'justice.read-handed',
    audit: 'justice.handed-received',
    leaves: 'paper',
    purpose: investigation,
  }),
  /** What was handed over on a receipt. Where it has changed since, it is received again first. */
  readHanded: query({
    id: 'justice.readHanded',
    path: '/handed/{handed}/receipts/{receipt}',
    params: z.object({ handed: id(), receipt: id() }),
    reply: z.object({ receipt: Receipt, content: Handed, until: z.string() }),
    access: 'justice.read-handed',
    audit: 'case.handed-read',
    purpose: investigation,
  }),
  /** A file of what was handed over on a receipt, to be saved; never shown. */
  saveHanded: query({
    id: 'justice.saveHanded',
    path: '/handed/{handed}/receipts/{receipt}/files/{file}',
    params: z.object({ handed: id(), receipt: id(), file: id() }),
    reply: null,
    file: 'application/octet-stream',
    access: 'justice.read-handed',
    audit: 'case.handed-saved',
    purpose: investigation,
  }),
  /** The reader's own receipts, also of what has ended: what was handed over is not in them. */
  receipts: query({
    id: 'justice.receipts',
    path: '/receipts',
    query: z.object({ ...paging }),
    reply: page(Receipt),
    access: 'justice.receipts',
    audit: 'justice.receipts-listed',
    purpose: investigation,
  }),
} as const

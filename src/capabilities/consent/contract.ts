import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { choices, id, instant, newId, page, paging, whole } from '#platform/contract/shapes.ts'
import { urgencies } from '#platform/country/vocabulary.ts'
import { compartments } from '#platform/policy/compartments.ts'

/** What the person can agree to, each for itself (domain standards F2). Help never depends on the others. */
export const consentPurposes = ['services', 'identification', 'prosecution', 'research', 'cross-border'] as const
/** What is agreed to with others beside it. Whether police may know who somebody is, is asked by itself. */
const sharedPurposes = ['services', 'identification', 'research', 'cross-border'] as const
export const recordKinds = ['limits-told', 'given', 'refused', 'withdrawn'] as const
export const interpreters = ['none', 'in-person', 'by-phone'] as const
export const givers = ['person', 'guardian', 'support-person'] as const
export const forms = ['oral-certified', 'written', 'recorded'] as const

const language = () => z.string().check(z.regex(/^[a-z]{2,3}$/, 'code'))
/**
 * The words that were read, by what they were read for; their text stands in this slice's words under
 * `consent.text.<version>`. Records of before may cite a version that is no longer read.
 */
export const textVersions = {
  'limits-told': ['limits-1'],
  given: ['sharing-1'],
  refused: ['sharing-1'],
  withdrawn: ['withdrawing-1'],
} as const satisfies Record<(typeof recordKinds)[number], readonly string[]>
/** What the person reads for themselves where they take a consent back without anybody: `consent.text.own-withdrawing-1`. */
export const ownTextVersion = 'own-withdrawing-1'
/** What is read to somebody who may want police or prosecution to know who they are: `consent.text.police-1`. */
export const policeTextVersion = 'police-1'
type Kind = keyof typeof textVersions
export type TextVersion = (typeof textVersions)[Kind][number] | typeof policeTextVersion

/** How it was explained and said: shared by every record; each kind has texts of its own. */
const explainedAs = <K extends Kind>(kind: K) => ({
  textVersion: z.enum<(typeof textVersions)[K]>(textVersions[kind]),
  language: language(),
  interpreter: z.enum(interpreters),
  givenBy: z.enum(givers),
  childAssent: z.optional(z.boolean()),
  form: z.enum(forms),
  saidAt: instant(),
})
/** How it was explained that police may know who somebody is, and said, as the slice that opens it carries it. */
export const explainedToPolice = { ...explainedAs('given'), textVersion: z.enum([policeTextVersion]) }
/** How the limits of confidentiality were told, as a screening and an interview carry it. */
export const explained = explainedAs('limits-told')
export const Withheld = z.strictObject({
  recipient: id(),
  compartments: choices(compartments, 1),
})

export const ConsentRecord = z.object({
  id: id(),
  case: id(),
  kind: z.enum(recordKinds),
  textVersion: z.string(),
  language: z.string(),
  interpreter: z.enum(interpreters),
  explainedBy: id(),
  givenBy: z.enum(givers),
  childAssent: z.nullable(z.boolean()),
  form: z.enum(forms),
  purposes: z.array(z.enum(consentPurposes)),
  recipients: z.array(id()),
  compartments: z.array(z.enum(compartments)),
  withhold: z.array(Withheld),
  expiresAt: z.nullable(z.string()),
  withdraws: z.nullable(id()),
  saidAt: z.string(),
  recordedAt: z.string(),
  live: z.boolean(),
  /** Of a yes to police or prosecution, and of what took it back: only who is in charge of the case has it. */
  toPolice: z.optional(z.literal(true)),
  /** Names of those who may read by it. */
  named: z.optional(z.array(z.string())),
})
export type ConsentRecord = z.infer<typeof ConsentRecord>

/** What one recipient may see under a record: agreed to, and not withheld from them. */
export function agreedWith<C extends string>(
  record: {
    readonly recipients: readonly string[]
    readonly compartments: readonly C[]
    readonly withhold: readonly { readonly recipient: string; readonly compartments: readonly C[] }[]
  },
  recipient: string,
): readonly C[] {
  if (!record.recipients.includes(recipient)) return []
  const kept = record.withhold.filter(one => one.recipient === recipient).flatMap(one => one.compartments)
  return record.compartments.filter(one => !kept.includes(one))
}

/** What the law may want known of what was seen, in the roughest words there are. */
export const exploitations = ['labour', 'sexual', 'other', 'not-known'] as const
/** Of an adult who refused, what the law of a country wants the competent body to know; nothing else of it is kept. */
export const Notification = z.object({
  /** Random: it says nothing of when or by whom. */
  id: id(),
  country: z.string(),
  /** In which the person refused, YYYY-MM. */
  month: z.string(),
  sector: z.nullable(z.string()),
  exploitation: z.nullable(z.enum(exploitations)),
  urgency: z.nullable(z.enum(urgencies)),
  /** The person has agreed since, in a month that is over. */
  converted: z.boolean(),
})
export type Notification = z.infer<typeof Notification>

const ofCase = z.object({ case: id() })
const purpose = ['identification', 'assistance'] as const

/** The consent ledger. Nothing in it is ever changed: a withdrawal is a new record that names what it ends. */
export const consent = {
  give: command({
    id: 'consent.give',
    path: '/cases/{case}/consents',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      ...explainedAs('given'),
      purposes: choices(sharedPurposes, 1),
      recipients: z.array(id()).check(z.minLength(1, 'required'), z.maxLength(20, 'too-many')),
      compartments: choices(compartments, 1),
      withhold: z.array(Withheld).check(z.maxLength(20, 'too-many')),
      months: z.optional(whole(1, 60)),
    }),
    reply: z.object({ id: id() }),
    access: 'consent.give',
    audit: 'consent.given',
    purpose,
    offline: true,
  }),
  refuse: command({
    id: 'consent.refuse',
    path: '/cases/{case}/refusals',
    params: ofCase,
    body: z.strictObject({ id: newId(), ...explainedAs('refused') }),
    reply: z.object({ id: id() }),
    access: 'consent.refuse',
    audit: 'consent.refused',
    purpose,
    offline: true,
  }),
  withdraw: command({
    id: 'consent.withdraw',
    path: '/cases/{case}/consents/{consent}/withdrawal',
    params: z.object({ case: id(), consent: id() }),
    body: z.strictObject({ id: newId(), ...explainedAs('withdrawn') }),
    reply: z.object({ id: id() }),
    access: 'consent.withdraw',
    audit: 'consent.withdrawn',
    purpose,
    evenMerged: true,
    offline: true,
  }),
  list: query({
    id: 'consent.list',
    path: '/cases/{case}/consents',
    params: ofCase,
    reply: z.object({
      items: z.array(ConsentRecord),
      /** Whether it is the case of a child; absent where nobody knows yet. */
      child: z.optional(z.boolean()),
    }),
    access: 'consent.list',
    audit: 'consent.listed',
    purpose,
  }),
  /**
   * Tells the competent body, in codes, that an adult refused: only where a verified law of the country demands it, and
   * once a case.
   */
  notify: command({
    id: 'consent.notify',
    path: '/cases/{case}/notification',
    params: ofCase,
    body: z.strictObject({
      /** The record of the no. */
      refusal: id(),
      exploitation: z.enum(exploitations),
    }),
    reply: null,
    access: 'consent.notify',
    audit: 'consent.notified',
    purpose: ['identification'],
    offline: true,
  }),
  notifications: query({
    id: 'consent.notifications',
    path: '/notifications',
    query: z.object(paging),
    reply: page(Notification),
    access: 'consent.notifications',
    audit: 'consent.notifications-listed',
    purpose,
  }),
}

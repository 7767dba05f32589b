import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { choices, id, instant, newId, whole } from '#platform/contract/shapes.ts'
import { compartments } from '#platform/policy/compartments.ts'

/** What the person can agree to, each for itself (domain standards F2). Help never depends on the others. */
export const consentPurposes = ['services', 'identification', 'prosecution', 'research', 'cross-border'] as const
export const recordKinds = ['limits-told', 'given', 'refused', 'withdrawn'] as const
export const interpreters = ['none', 'in-person', 'by-phone'] as const
export const givers = ['person', 'guardian', 'support-person'] as const
export const forms = ['oral-certified', 'written', 'recorded'] as const

const language = () => z.string().check(z.regex(/^[a-z]{2,3}$/, 'code'))
/** The words that were read: `limits-1` or `sharing-1`; their text stands in this slice's words under `consent.text.<version>`. */
export const textVersions = ['limits-1', 'sharing-1'] as const

/** How it was explained and said: shared by every record. */
export const explained = {
  textVersion: z.enum(textVersions),
  language: language(),
  interpreter: z.enum(interpreters),
  givenBy: z.enum(givers),
  childAssent: z.optional(z.boolean()),
  form: z.enum(forms),
  saidAt: instant(),
}
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
      ...explained,
      purposes: choices(consentPurposes, 1),
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
    body: z.strictObject({ id: newId(), ...explained }),
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
    body: z.strictObject({ id: newId(), ...explained }),
    reply: z.object({ id: id() }),
    access: 'consent.withdraw',
    audit: 'consent.withdrawn',
    purpose,
  }),
  list: query({
    id: 'consent.list',
    path: '/cases/{case}/consents',
    params: ofCase,
    reply: z.object({ items: z.array(ConsentRecord) }),
    access: 'consent.list',
    audit: 'consent.listed',
    purpose,
  }),
}

import * as z from 'zod/mini'
import { serviceKinds } from '#capabilities/directory/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { changed, day, id, line, newId, text, version, whole } from '#platform/contract/shapes.ts'

/** What is looked at with the person. Of health only what it means for the care: findings stay with who treats them. */
export const domains = [
  'safety',
  'health',
  'psychosocial',
  'legal-status',
  'housing',
  'income-work',
  'family-children',
  'education',
  'documents',
  'other',
] as const
/** Determinants of vulnerability, from the person outwards (IOM handbook on migrants vulnerable to violence, 2019). */
export const levels = ['individual', 'household', 'community', 'structural'] as const
export const factors = ['risk', 'protective'] as const
export const severities = ['low', 'moderate', 'high', 'critical'] as const
export const needUrgencies = ['today', 'this-week', 'this-month', 'later'] as const

const determinant = {
  level: z.enum(levels),
  factor: z.enum(factors),
  severity: z.enum(severities),
  evidence: line(300),
}
const assessed = {
  domain: z.enum(domains),
  severity: z.enum(severities),
  note: z.optional(text(2000)),
}
const need = { service: z.enum(serviceKinds), urgency: z.enum(needUrgencies), note: z.optional(line(300)) }

/** There is no total: severities of different things do not add up to a person. */
export const Assessment = z.object({
  id: id(),
  at: z.string(),
  by: z.string(),
  domains: z.array(z.object({ ...assessed, determinants: z.array(z.object(determinant)) })),
  needs: z.array(z.object(need)),
})
export type Assessment = z.infer<typeof Assessment>

/** Of a threat: where it comes from and whom it is aimed at (structure of IOM's handbook on direct assistance, chapter 1). */
export const threatTargets = ['person', 'family', 'other-survivors', 'staff', 'shelter'] as const
export const threatSources = [
  'suspect',
  'associates',
  'partner',
  'family',
  'community',
  'employer',
  'officials',
  'self',
  'other',
] as const
export const riskLevels = ['low', 'medium', 'high', 'extreme'] as const
export type RiskLevel = (typeof riskLevels)[number]
/** Who makes sure that a measure is taken. */
export const measureOwners = ['person', 'coordinator', 'unit', 'provider', 'police', 'other'] as const
export const callWays = ['call', 'text', 'voicemail'] as const

const hour = () => z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'wrong'))
const safety = {
  threats: z
    .array(
      z.strictObject({
        source: z.enum(threatSources),
        target: z.enum(threatTargets),
        what: line(300),
        likelihood: whole(1, 5),
        impact: whole(1, 5),
      }),
    )
    .check(z.maxLength(20, 'too-many')),
  measures: z
    .array(z.strictObject({ what: line(300), owner: z.enum(measureOwners) }))
    .check(z.maxLength(30, 'too-many')),
  /** How the person may be reached without putting them in danger. */
  contact: z.strictObject({
    ways: z.array(z.enum(callWays)).check(z.maxLength(3, 'too-many')),
    from: z.optional(hour()),
    to: z.optional(hour()),
    note: z.optional(line(300)),
  }),
  reviewOn: day(),
}
export const SafetyPlan = z.object({
  threats: z.array(
    z.object({
      source: z.enum(threatSources),
      target: z.enum(threatTargets),
      what: z.string(),
      likelihood: z.number(),
      impact: z.number(),
      level: z.enum(riskLevels),
    }),
  ),
  measures: z.array(z.object({ what: z.string(), owner: z.enum(measureOwners) })),
  contact: z.object({
    ways: z.array(z.enum(callWays)),
    from: z.optional(z.string()),
    to: z.optional(z.string()),
    note: z.optional(z.string()),
  }),
  /** Of the worst threat. */
  level: z.nullable(z.enum(riskLevels)),
  reviewOn: z.string(),
  at: z.string(),
  by: z.string(),
  version: version(),
})
export type SafetyPlan = z.infer<typeof SafetyPlan>

const ofCase = z.object({ case: id() })
const purpose = ['assistance'] as const

export const assessmentOperations = {
  assess: command({
    id: 'care.assess',
    path: '/cases/{case}/assessments',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      domains: z
        .array(
          z.strictObject({
            ...assessed,
            determinants: z.array(z.strictObject(determinant)).check(z.maxLength(20, 'too-many')),
          }),
        )
        .check(z.minLength(1, 'required'), z.maxLength(domains.length, 'too-many')),
      needs: z.array(z.strictObject(need)).check(z.maxLength(30, 'too-many')),
    }),
    reply: z.object({ id: id() }),
    access: 'care.assess',
    audit: 'care.assessed',
    purpose,
  }),
  /** All of them, newest first, so that two can be laid side by side. */
  assessments: query({
    id: 'care.assessments',
    path: '/cases/{case}/assessments',
    params: ofCase,
    reply: z.object({ items: z.array(Assessment) }),
    access: 'care.assessments',
    audit: 'care.assessments-read',
    purpose,
  }),
  safety: query({
    id: 'care.safety',
    path: '/cases/{case}/safety',
    params: ofCase,
    reply: z.object({ plan: z.nullable(SafetyPlan), hasCodeWord: z.boolean() }),
    access: 'care.safety',
    audit: 'care.safety-read',
    purpose,
  }),
  /** On the version that was read, 0 where there was none. */
  changeSafety: command({
    id: 'care.changeSafety',
    method: 'PUT',
    path: '/cases/{case}/safety',
    params: ofCase,
    body: z.strictObject({ ...safety, codeWord: z.optional(line(60)) }),
    ifMatch: true,
    reply: changed,
    access: 'care.change-safety',
    audit: 'care.safety-changed',
    purpose,
  }),
  /** Shown only when it is asked for; each time is written down. */
  codeWord: query({
    id: 'care.codeWord',
    path: '/cases/{case}/code-word',
    params: ofCase,
    reply: z.object({ word: z.string() }),
    access: 'care.code-word',
    audit: 'care.code-word-shown',
    purpose,
  }),
}

/**
 * How far a fact was checked. V: read in a primary or official source. V2: read in a secondary source.
 * G: general knowledge, to be checked before anybody relies on it. P: a proposal of this project.
 * none: looked for and not found; the value is then null.
 */
export const marks = ['V', 'V2', 'G', 'P', 'none'] as const
export type Mark = (typeof marks)[number]

export const bodyKinds = [
  'competent-authority',
  'task-force',
  'labour-inspectorate',
  'police',
  'immigration',
  'coast-guard',
  'child-protection',
  'school',
  'ministry',
  'court',
  'ngo',
  'shelter',
  'health',
  'legal-aid',
  'other',
] as const

/** Kinds of help, after the union of the lists that services and funds use. */
export const serviceKinds = [
  'safe-accommodation',
  'food',
  'non-food-items',
  'medical-care',
  'psychosocial',
  'sexual-reproductive-health',
  'substance-treatment',
  'disability-support',
  'interpretation',
  'legal-aid',
  'immigration-status',
  'travel-documents',
  'family-contact',
  'family-tracing',
  'family-reunification',
  'child-care-guardianship',
  'education',
  'skills-training',
  'job-placement',
  'livelihood',
  'cash',
  'transport',
  'protection-measure',
  'compensation',
  'voluntary-return',
  'reception-at-arrival',
  'reintegration',
  'resettlement-or-stay',
  'other',
] as const

/** Every clock that a pack must mention, if only to say that no limit was found. */
export const clockCodes = [
  'immediate-danger',
  'referral-acknowledgement',
  'referral-stale',
  'reasonable-grounds',
  'recovery-period',
  'recovery-review',
  'conclusive-grounds',
  'reconsideration-request',
  'child-guardian',
] as const

export const urgencies = ['emergency', 'urgent', 'routine'] as const

/** Questions of law that the software acts on; null where the answer was not found. */
export const lawFlags = [
  'notification-without-consent',
  'child-cases-to-child-authority',
  'reflection-period-in-law',
  'assistance-independent-of-cooperation',
  'shelter-voluntary',
  'non-punishment',
] as const

/** What a notification without consent may tell beside country, adult and month: of these, what the law asks for. */
export const notifiedFacts = ['sector', 'exploitation', 'urgency'] as const

/** Texts that are shown as valid in a language only after a named native reviewer has signed them. */
export const reviewedTexts = ['consent', 'danger'] as const

export type BodyKind = (typeof bodyKinds)[number]
export type ServiceKind = (typeof serviceKinds)[number]
export type ClockCode = (typeof clockCodes)[number]
export type Urgency = (typeof urgencies)[number]
export type LawFlag = (typeof lawFlags)[number]
export type NotifiedFact = (typeof notifiedFacts)[number]
export type ReviewedText = (typeof reviewedTexts)[number]

/** Kinds of case by how long they are kept. */
export const retentionKinds = ['never-opened', 'not-confirmed', 'closed', 'child'] as const

/** Kinds of work in which people are exploited. */
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

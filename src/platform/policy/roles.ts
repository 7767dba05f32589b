/** The roles a person can hold in an organisation; what each may do is the access matrix of the design, restated as rules in every slice's policy.ts. */
export const roles = [
  'officer',
  'intake',
  'coordinator',
  'decision-maker',
  'provider',
  'shelter-manager',
  'supervisor',
  'investigator',
  'prosecutor',
  'secretariat',
  'analyst',
  'trainer',
  'fund-officer',
  'donor',
  'administrator',
  'data-protection-officer',
] as const
export type Role = (typeof roles)[number]

/** Why a person reads or writes: declared with the role, named in every audit event. */
export const purposes = [
  'identification',
  'assistance',
  'investigation',
  'oversight',
  'administration',
  'statistics',
  'self',
] as const
export type Purpose = (typeof purposes)[number]

/** Purposes that each role may declare; the first is the one it starts with. */
export const purposesOf = {
  officer: ['identification'],
  intake: ['identification'],
  coordinator: ['assistance', 'identification'],
  'decision-maker': ['identification'],
  provider: ['assistance'],
  'shelter-manager': ['assistance'],
  supervisor: ['oversight'],
  investigator: ['investigation'],
  prosecutor: ['investigation'],
  secretariat: ['statistics'],
  analyst: ['statistics'],
  trainer: ['administration'],
  'fund-officer': ['assistance'],
  donor: ['statistics'],
  administrator: ['administration'],
  'data-protection-officer': ['oversight'],
} as const satisfies Record<Role, readonly [Purpose, ...Purpose[]]>

/**
 * Roles whose work is the organisation's, so that the organisation itself is one of their principals:
 * they see what was given to the organisation. Everybody else sees only what was given to them by name.
 */
export const actsForOrganisation: ReadonlySet<Role> = new Set<Role>([
  'intake',
  'decision-maker',
  'provider',
  'shelter-manager',
])

/** Roles of the competent unit: they list, in codes, what their unit holds. */
export const ofTheUnit: ReadonlySet<Role> = new Set<Role>(['intake', 'coordinator', 'decision-maker'])

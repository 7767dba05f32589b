import type { FormDefinition, Texts } from '#platform/forms/definition.ts'
import type { Role } from '#platform/policy/roles.ts'
import type { Rule } from './rules.ts'

/**
 * An instrument is data: a form, the rules by which its answers read, and what is known of both. The shipped ones stand
 * in `instruments/`; a country edits them in a spreadsheet (sheets survey, choices, settings of XLSForm, and sheets
 * `rules` and `about` of our own) and publishes its own version beside them.
 */
export interface Instrument {
  /** The form's `id` and `version` are the instrument's. */
  readonly form: FormDefinition
  readonly rules: readonly Rule[]
  readonly about: About
}

export const layers = ['card', 'short-screen', 'interview'] as const
export type Layer = (typeof layers)[number]

export interface About {
  /** `card`: signs to notice without asking; `short-screen`: a few questions; `interview`: the long talk of a specialist. */
  readonly layer: Layer
  /** Where it is used; `any` where it does not matter. */
  readonly sector: 'labour' | 'border' | 'police' | 'health' | 'school' | 'any'
  /** Whom it is about; questions for adults are never put to a child. */
  readonly person: 'any' | 'adult' | 'child'
  readonly whoMayUse: readonly Role[]
  readonly trainingNeeded: boolean
  readonly source: string
  /** Marks as in the country packs: V read in the source itself, V2 in a second source, G general knowledge. */
  readonly verified: 'V' | 'V2' | 'G'
  readonly licence: string
  /** What is known of how well it tells, shown as it is. */
  readonly validity: {
    readonly status: 'not-validated' | 'validated'
    readonly statement: Texts
    readonly source: string
    readonly verified: 'V' | 'V2' | 'G'
  }
}

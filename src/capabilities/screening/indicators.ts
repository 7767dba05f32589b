import adultLabour from './indicators/adult-labour.json' with { type: 'json' }
import adultSexual from './indicators/adult-sexual.json' with { type: 'json' }
import childLabour from './indicators/child-labour.json' with { type: 'json' }
import childSexual from './indicators/child-sexual.json' with { type: 'json' }

/**
 * The operational indicators of the ILO and the European Commission (2009) as data. The rows bear codes; their words
 * are ours, under `screening.indicator.<code>`. Which weights were verified, and how, stands in each profile.
 */

export const dimensions = [
  'deceptive-recruitment',
  'coercive-recruitment',
  'vulnerability-recruitment',
  'exploitation',
  'coercion-destination',
  'vulnerability-destination',
] as const
export type Dimension = (typeof dimensions)[number]

export const indicatorProfiles = ['adult-labour', 'child-labour', 'adult-sexual', 'child-sexual'] as const
export type IndicatorProfileCode = (typeof indicatorProfiles)[number]

export type Weight = 'strong' | 'medium' | 'weak'
export const answerCodes = ['yes', 'no', 'unknown', 'not-asked'] as const
export type Answer = (typeof answerCodes)[number]
/** Answer by indicator code. */
export type Answers = Readonly<Record<string, Answer | undefined>>

export type WeightedIndicator = { readonly code: string; readonly weight: Weight }

export type Indicator = {
  readonly code: string
  readonly dimension: Dimension
  /** null: not found; the profile then refuses to be read. */
  readonly weight: Weight | null
  readonly note?: string
}

export type IndicatorProfile = {
  readonly profile: IndicatorProfileCode
  readonly framework: string
  readonly person: 'adult' | 'child'
  readonly exploitation: 'labour' | 'sexual'
  readonly source: string
  /** Marks as in the country packs; V2: read in a secondary source, none: weights not found. */
  readonly verified: 'V' | 'V2' | 'none'
  readonly note: string
  /** Who answers for the weights; `on` is a date. */
  readonly signedOff: { readonly name: string; readonly role: string; readonly on: string } | null
  readonly dimensions: readonly Dimension[]
  readonly indicators: readonly Indicator[]
}

const profiles: Readonly<Record<IndicatorProfileCode, IndicatorProfile>> = {
  'adult-labour': adultLabour as IndicatorProfile,
  'child-labour': childLabour as IndicatorProfile,
  'adult-sexual': adultSexual as IndicatorProfile,
  'child-sexual': childSexual as IndicatorProfile,
}

export function getProfile(code: IndicatorProfileCode): IndicatorProfile {
  return profiles[code]
}

/**
 * Whether a person is treated as a child: under the country's age at any time of what happened, or age in doubt.
 * @param youngestAge years of age when it began, or null if nobody knows
 */
export function treatAsChild(youngestAge: number | null, ageInDoubt: boolean, childUnder: number): boolean {
  return ageInDoubt || youngestAge === null || youngestAge < childUnder
}

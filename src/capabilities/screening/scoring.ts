import type { Answer, Answers, IndicatorProfile, Weight, WeightedIndicator } from './indicators.ts'

/**
 * The rule of the ILO/EC operational indicators (2009): which dimensions are positive and how the whole reads.
 * It sorts what was told; it decides nothing about a person, and no referral waits for it.
 */

/** How many answers of each weight are a yes. */
export type Counts = Readonly<Record<Weight, number>>

/** What would turn a dimension round. */
export type Change = {
  /** Fewer yeses for a positive dimension, more for a negative one. */
  readonly kind: 'removals' | 'additions'
  /** Every smallest way to do it, as numbers of answers by weight; empty: it cannot be done. */
  readonly options: readonly Counts[]
  /** The answers it can be done with. */
  readonly candidates: Readonly<Record<Weight, readonly string[]>>
}

export type DimensionReading<Dimension extends string = string> = {
  readonly dimension: Dimension
  readonly positive: boolean
  readonly counts: Counts
  /** Indicators answered yes that make it positive, strongest first; empty where it is negative. */
  readonly because: readonly string[]
  /** Indicators answered yes, positive or not, strongest first. */
  readonly heard: readonly string[]
  /** Indicators without a yes or a no: unknown, not asked, or no answer at all. */
  readonly open: readonly string[]
  readonly wouldChange: Change
}

export const readingCodes = [
  'no-signs',
  'exploitation-only',
  'deception-and-exploitation',
  'forced-labour-signs',
  'forced-labour-signs-refer',
] as const
export type ReadingCode = (typeof readingCodes)[number]

export type Reading =
  | { readonly refused: 'weights-missing'; readonly dimensions: readonly []; readonly reading: null }
  | {
      readonly refused?: undefined
      readonly dimensions: readonly DimensionReading[]
      readonly reading: ReadingCode
      /** Codes with an answer that are not in this profile, and so were not counted. */
      readonly notInProfile: readonly string[]
    }

const weights: readonly Weight[] = ['strong', 'medium', 'weak']

/** Positive: two strong; or one strong and one more; or three medium; or two medium and one weak. */
export function readDimension({ strong, medium, weak }: Counts): boolean {
  return strong >= 2 || (strong >= 1 && medium + weak >= 1) || medium >= 3 || (medium >= 2 && weak >= 1)
}

/** All ways to take `size` answers out of what there is of each weight. */
function* picks(size: number, available: Counts): Generator<Counts> {
  for (let strong = Math.min(size, available.strong); strong >= 0; strong -= 1) {
    for (let medium = Math.min(size - strong, available.medium); medium >= 0; medium -= 1) {
      const weak = size - strong - medium
      if (weak <= available.weak) yield { strong, medium, weak }
    }
  }
}

function changeOf(counts: Counts, positive: boolean, candidates: Record<Weight, string[]>): Change {
  const kind = positive ? 'removals' : 'additions'
  const sign = positive ? -1 : 1
  const available = { strong: candidates.strong.length, medium: candidates.medium.length, weak: candidates.weak.length }
  const most = available.strong + available.medium + available.weak
  for (let size = 1; size <= most; size += 1) {
    const options = [...picks(size, available)].filter(({ strong, medium, weak }) => {
      const after = {
        strong: counts.strong + sign * strong,
        medium: counts.medium + sign * medium,
        weak: counts.weak + sign * weak,
      }
      return readDimension(after) !== positive
    })
    if (options.length > 0) return { kind, options, candidates }
  }
  return { kind, options: [], candidates }
}

function byWeight(indicators: readonly Pick<WeightedIndicator, 'code' | 'weight'>[]): Record<Weight, string[]> {
  const sorted: Record<Weight, string[]> = { strong: [], medium: [], weak: [] }
  for (const { weight, code } of indicators) sorted[weight].push(code)
  return sorted
}

/** One dimension over its own indicators; an indicator's weight is what makes it strong, medium or weak. */
export function readOne<Dimension extends string>(
  dimension: Dimension,
  indicators: readonly Pick<WeightedIndicator, 'code' | 'weight'>[],
  answerTo: (code: string) => Answer,
): DimensionReading<Dimension> {
  const yes = byWeight(indicators.filter(({ code }) => answerTo(code) === 'yes'))
  const others = byWeight(indicators.filter(({ code }) => answerTo(code) !== 'yes'))
  const counts = { strong: yes.strong.length, medium: yes.medium.length, weak: yes.weak.length }
  const positive = readDimension(counts)
  const heard = weights.flatMap(weight => yes[weight])
  return {
    dimension,
    positive,
    counts,
    because: positive ? heard : [],
    heard,
    open: indicators
      .map(({ code }) => code)
      .filter(code => answerTo(code) === 'unknown' || answerTo(code) === 'not-asked'),
    wouldChange: changeOf(counts, positive, positive ? yes : others),
  }
}

/** Which dimensions are positive. */
export type Positives = {
  readonly deceptiveRecruitment: boolean
  readonly coerciveRecruitment: boolean
  readonly vulnerabilityRecruitment: boolean
  readonly exploitation: boolean
  readonly coercionDestination: boolean
  readonly vulnerabilityDestination: boolean
}

/**
 * The reading of the whole. The source shows one worked case of four rows for adults: means at recruitment,
 * exploitation, coercion at destination. Abuse of vulnerability, at recruitment or at destination, stands in for the
 * means or strengthens them; so a row without means, or with deception as the only means, does not apply beside it.
 * For a child exploitation is enough. What no row covers is left to national law, and to people: refer.
 */
export function readWhole(person: 'adult' | 'child', positive: Positives): ReadingCode {
  const { deceptiveRecruitment: deceptive, coerciveRecruitment: coercive, exploitation } = positive
  const { coercionDestination: coerced } = positive
  const vulnerability = positive.vulnerabilityRecruitment || positive.vulnerabilityDestination
  const means = deceptive || coercive || vulnerability
  if (!means && !exploitation && !coerced) return 'no-signs'
  if (person === 'child') return exploitation ? 'forced-labour-signs' : 'forced-labour-signs-refer'
  if (means && exploitation && coerced) return 'forced-labour-signs'
  if (exploitation && !coerced && !means) return 'exploitation-only'
  if (exploitation && !coerced && deceptive && !coercive && !vulnerability) return 'deception-and-exploitation'
  return 'forced-labour-signs-refer'
}

/**
 * Reads the answers to a profile. Without an answer an indicator is not asked; only a yes counts.
 * Refuses a profile in which any weight is missing. That weights are signed off is checked by `mayUseWeights`.
 */
export function readAll(profile: IndicatorProfile, answers: Answers): Reading {
  const weighted: (WeightedIndicator & { dimension: string })[] = []
  for (const { code, dimension, weight } of profile.indicators) {
    if (weight === null) return { refused: 'weights-missing', dimensions: [], reading: null }
    weighted.push({ code, dimension, weight })
  }
  const answerTo = (code: string): Answer => (Object.hasOwn(answers, code) ? answers[code] : undefined) ?? 'not-asked'
  const dimensions = profile.dimensions.map(dimension =>
    readOne(
      dimension,
      weighted.filter(each => each.dimension === dimension),
      answerTo,
    ),
  )
  const positive = new Set(dimensions.filter(each => each.positive).map(({ dimension }) => dimension))
  const known = new Set(weighted.map(({ code }) => code))
  return {
    dimensions,
    reading: readWhole(profile.person, {
      deceptiveRecruitment: positive.has('deceptive-recruitment'),
      coerciveRecruitment: positive.has('coercive-recruitment'),
      vulnerabilityRecruitment: positive.has('vulnerability-recruitment'),
      exploitation: positive.has('exploitation'),
      coercionDestination: positive.has('coercion-destination'),
      vulnerabilityDestination: positive.has('vulnerability-destination'),
    }),
    notInProfile: Object.keys(answers).filter(code => !known.has(code)),
  }
}

/** Whether weights may be used: anywhere but in production at once, in production only once a named person signed. */
export function mayUseWeights({
  production,
  signedOff,
}: {
  production: boolean
  signedOff: { readonly name: string } | null
}): boolean {
  return !production || (signedOff !== null && signedOff.name.trim() !== '')
}

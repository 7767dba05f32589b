import { type AssessmentForm, type Said, type Standard, standards } from './form.ts'

/** What one standard comes to. Never shown without the questions that it is made of. */
export interface StandardScore {
  readonly standard: Standard
  /** In halves; null where nothing of it applies. */
  readonly points: number | null
  readonly of: number
}
const share: Readonly<Record<Exclude<Said, 'na'>, number>> = { yes: 1, partly: 0.5, no: 0 }

/** Points of what applies, standard by standard: a question counts by its weight, one that is partly so by half of it. */
export const scoresOf = (form: AssessmentForm, answers: Readonly<Record<string, Said>>): StandardScore[] =>
  standards.map(standard => {
    let of = 0
    let points = 0
    for (const { name, weight } of form.standards[standard]) {
      const said = answers[name]
      if (said === undefined || said === 'na') continue
      of += weight
      points += weight * share[said]
    }
    return { standard, points: of === 0 ? null : points, of }
  })

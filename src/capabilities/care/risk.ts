import type { RiskLevel } from './contract-assessment.ts'

/**
 * How bad a threat is: likelihood × impact, each 1 to 5, in a word. What may kill is never low however unlikely it is.
 * Structure: IOM's handbook on direct assistance, chapter 1.
 */
export function levelOf(likelihood: number, impact: number): RiskLevel {
  const product = likelihood * impact
  if (product >= 20) return 'extreme'
  if (product >= 10) return 'high'
  return product >= 5 || impact === 5 ? 'medium' : 'low'
}
const order: readonly RiskLevel[] = ['low', 'medium', 'high', 'extreme']
/** The worst of several; null where there is none. */
export const worstOf = (levels: readonly RiskLevel[]): RiskLevel | null =>
  levels.reduce<RiskLevel | null>(
    (worst, one) => (worst && order.indexOf(worst) >= order.indexOf(one) ? worst : one),
    null,
  )

/** Days within which a plan is looked at again: a week where it is high or worse, a quarter otherwise. */
export const reviewWithin = (level: RiskLevel | null): number => (level === 'high' || level === 'extreme' ? 7 : 92)

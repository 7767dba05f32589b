import type { Read } from '#platform/db/context.ts'
import type { SafetyPlan } from '../contract-assessment.ts'
import { levelOf } from '../risk.ts'
import { boxOf } from './sealed.ts'
import { findSafety } from './store.ts'

type Said = Pick<SafetyPlan, 'measures' | 'contact'> & { threats: Omit<SafetyPlan['threats'][number], 'level'>[] }

/**
 * How somebody stays safe, without the code word, for a decision that releases compartment SVC; also of a slice above.
 * Undefined where there is no plan, or the fence hides it.
 */
export async function openSafety(
  read: Read,
  caseId: string,
  slot: number,
  key: Parameters<typeof boxOf>[0],
): Promise<SafetyPlan | undefined> {
  const row = await findSafety(read, caseId)
  if (!row) return undefined
  const box = boxOf(key, { id: caseId, key_slot: slot })
  const { threats, measures, contact } = box.open<Said>('safety', caseId, row.sealed)
  return {
    threats: threats.map(one => ({ ...one, level: levelOf(one.likelihood, one.impact) })),
    measures,
    contact,
    level: row.level as SafetyPlan['level'],
    reviewOn: row.review_on as unknown as string,
    at: row.at.toISOString(),
    by: row.name ?? '',
    version: row.version,
  }
}

import type { Read } from '#platform/db/context.ts'
import type { Assessment } from '../contract-assessment.ts'
import type { Interest } from '../contract-closing.ts'
import type { Delivery, Plan } from '../contract-plan.ts'
import { listInterests } from './child/store.ts'
import { listDeliveries, listPlans } from './plan/store.ts'
import { deliveryOf, planOf } from './plan/view.ts'
import { boxOf } from './sealed.ts'
import { listAssessments } from './store.ts'

/** What the care keeps about a person, newest first, as far as a paper may bear it. */
export interface CareOfPerson {
  readonly assessments: readonly Pick<Assessment, 'at' | 'domains' | 'needs'>[]
  readonly plans: readonly Pick<Plan, 'number' | 'state' | 'at' | 'goals' | 'ownWords'>[]
  readonly deliveries: readonly Pick<Delivery, 'on' | 'service' | 'outcome'>[]
  readonly interests: readonly Pick<Interest, 'at' | 'step' | 'outcome' | 'childSaid' | 'reasons'>[]
}

/**
 * For a decision that releases compartment SVC, of a slice above. Without the safety plan and the code word, which on a paper
 * endanger whom they protect; without a guardian's name and telephone, who is somebody else.
 */
export async function careOfPerson(
  read: Read,
  caseId: string,
  slot: number,
  key: Parameters<typeof boxOf>[0],
): Promise<CareOfPerson> {
  const box = boxOf(key, { id: caseId, key_slot: slot })
  const [assessments, plans, deliveries, interests] = await Promise.all([
    listAssessments(read, caseId),
    listPlans(read, caseId),
    listDeliveries(read, caseId),
    listInterests(read, caseId),
  ])
  return {
    assessments: assessments.map(one => ({
      at: one.at.toISOString(),
      ...box.open<Pick<Assessment, 'domains' | 'needs'>>('assessment', one.id, one.sealed),
    })),
    plans: plans.map(one => planOf(one, box)),
    deliveries: deliveries.map(one => deliveryOf(one, undefined)),
    interests: interests.map(one => ({
      at: one.at.toISOString(),
      step: one.step as Interest['step'],
      outcome: one.outcome as Interest['outcome'],
      ...box.open<Pick<Interest, 'childSaid' | 'reasons'>>('interest', one.id, one.sealed),
    })),
  }
}

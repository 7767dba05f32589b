import { handle } from '#platform/http/handle.ts'
import { care } from '../contract.ts'
import type { Assessment } from '../contract-assessment.ts'
import { policy } from '../policy.ts'
import { loaded, ofCase } from './facts.ts'
import { boxOf } from './sealed.ts'
import * as store from './store.ts'

export const assessments = handle(care.assessments, policy, {
  ...ofCase,
  run: async ({ read, key, facts, input: { params } }) => {
    const box = boxOf(key, loaded(facts).row)
    const rows = await store.listAssessments(read, params.case)
    return {
      items: rows.map(one => ({
        id: one.id,
        at: one.at.toISOString(),
        by: one.name ?? '',
        ...box.open<Pick<Assessment, 'domains' | 'needs'>>('assessment', one.id, one.sealed),
      })),
    }
  },
})

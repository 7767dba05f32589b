import { handle } from '#platform/http/handle.ts'
import { whereabouts } from '../../contract-whereabouts.ts'
import { policy } from '../../policy.ts'
import { type Loaded, referralFacts } from '../facts.ts'
import { openWhere } from './sealed.ts'
import * as store from './store.ts'

/** Where to bring the person: for the safe place that said so, and the coordinator in charge. */
export const read = handle(whereabouts.read, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ read, facts, key }) => {
    const { row, referral } = facts as Loaded
    const found = await store.whereOf(read, referral.id)
    if (!found?.sealed || row.key_slot === null) return { text: null, at: null, by: null, version: found?.version ?? 0 }
    return {
      text: openWhere(key(referral.caseId, row.key_slot, 'LOC'), found.id, found.sealed),
      at: found.at.toISOString(),
      by: found.by_name,
      version: found.version,
    }
  },
})

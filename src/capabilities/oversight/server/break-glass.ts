import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { leastSaid, oversight } from '../contract.ts'
import { policy } from '../policy.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

/**
 * Opens one case to somebody who has no place in it. The case's own history does not say so, because whoever broke the
 * glass may write nothing into it: the alert, the audit and the queue do.
 */
export const breakGlass = handle(oversight.breakGlass, policy, {
  facts: async ({ read, input: { body } }) => {
    // Before anything is looked up: what is wrong with the words says nothing about the case.
    if (body.text.trim().length < leastSaid)
      throw new Problem('invalid-input', [{ field: 'text', code: 'too-short', limit: leastSaid }])
    const found = await store.findBreakable(read, body.reference)
    return { found: found && { id: found.case_id, slot: found.slot } }
  },
  caseOf: ({ found }) => found?.id ?? '',
  run: async ({ tx, facts: { found }, key, input: { body }, note }) => {
    const sealed = sealWords(key(found!.id, found!.slot, 'STA'), 'glass', body.id, body.text)
    const { ends } = await store.breakGlass(tx, body.id, body.reference, body.reason, sealed)
    note({ basis: body.id, reason: body.reason })
    return { id: body.id, until: ends.toISOString() }
  },
})

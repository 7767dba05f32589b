import { uuidv7 } from '#platform/crypto/random.ts'
import type { Tx } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { whereabouts } from '../../contract-whereabouts.ts'
import { policy } from '../../policy.ts'
import { type Loaded, referralFacts } from '../facts.ts'
import { sealWhere } from './sealed.ts'
import * as store from './store.ts'

/** @throws Problem not-now where the help does not stand or there is nothing to take back, version-stale where somebody was faster */
async function put(tx: Tx, referral: string, saying: Omit<store.Saying, 'event'>) {
  const done = await store.say(tx, referral, { ...saying, event: uuidv7() })
  if (done < 0) throw new Problem('not-now')
  requireFresh(done)
  return { id: saying.id, version: saying.version + 1 }
}

export const say = handle(whereabouts.say, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: ({ tx, facts, key, input: { body, version } }) => {
    const { row, referral } = facts as Loaded
    if (row.key_slot === null) throw notFound()
    const sealed = sealWhere(key(referral.caseId, row.key_slot, 'LOC'), body.id, body.text)
    return put(tx, referral.id, { id: body.id, sealed, version })
  },
})

export const takeBack = handle(whereabouts.takeBack, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: ({ tx, facts, input: { body, version } }) => put(tx, facts.referral.id, { id: body.id, sealed: null, version }),
})

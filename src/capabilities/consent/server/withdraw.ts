import { requireNone } from '#platform/contract/shapes-said.ts'
import type { Tx } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import { announce } from '#platform/jobs/news.ts'
import { endConsent, lockConsent } from '#platform/policy/access.ts'
import { notFound } from '#platform/problem/problem.ts'
import { consent } from '../contract.ts'
import { wrongGiver } from '../givers.ts'
import { policy } from '../policy.ts'
import { factsOf, requireChild } from './facts.ts'
import { explainedLateRow } from './record.ts'
import { findGiven, insert, type NewRow } from './store.ts'

/**
 * Ends a given consent of a case, and with it at once what was shared on it, or what police read by it; services go on with the organisations that
 * give them. What is over already is answered with the withdrawal that ended it.
 * @param rowOf the withdrawal's row, asked for once it is known that there is something to end
 * @throws Problem not-found
 */
export async function endGiven(
  tx: Tx,
  caseId: string,
  consentId: string,
  rowOf: () => Omit<NewRow, 'kind' | 'withdraws' | 'to_police' | 'case_id'>,
): Promise<string> {
  // What is being shared on it is done first, and then ends with the rest.
  const [, given] = await Promise.all([lockConsent(tx, consentId, 'to-end'), findGiven(tx, caseId, consentId)])
  if (!given) throw notFound()
  if (given.by) return given.by
  const row = rowOf()
  await insert(tx, { ...row, case_id: caseId, kind: 'withdrawn', withdraws: given.id, to_police: given.to_police })
  await announce(tx, 'consent.withdrawn', { consent: given.id })
  await endConsent(tx, caseId, given.id)
  return row.id
}

/** A withdrawal is done however late it comes: after the consent ran out too, and twice it is done once. */
export const withdraw = handle(consent.withdraw, policy, {
  facts: ({ read, input }) => factsOf(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body }, now, note }) => {
    requireNone(wrongGiver('withdrawn', requireChild(facts), body))
    const id = await endGiven(tx, params.case, params.consent, () => ({
      ...explainedLateRow(actor.user, params.case, body, now),
      id: body.id,
    }))
    note({ basis: params.consent })
    return { id }
  },
})

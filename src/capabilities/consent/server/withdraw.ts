import { requireNone } from '#platform/contract/shapes-said.ts'
import { handle } from '#platform/http/handle.ts'
import { announce } from '#platform/jobs/news.ts'
import { endConsent, lockConsent } from '#platform/policy/access.ts'
import { notFound } from '#platform/problem/problem.ts'
import { consent } from '../contract.ts'
import { wrongGiver } from '../givers.ts'
import { policy } from '../policy.ts'
import { factsOf, requireChild } from './facts.ts'
import { explainedLateRow } from './record.ts'
import { findGiven, insert } from './store.ts'

/** A withdrawal is done however late it comes: after the consent ran out too, and twice it is done once. */
export const withdraw = handle(consent.withdraw, policy, {
  facts: ({ read, input }) => factsOf(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body }, now, note }) => {
    requireNone(wrongGiver('withdrawn', requireChild(facts), body))
    // What is being shared on it is done first, and then ends with the rest.
    const [, given] = await Promise.all([
      lockConsent(tx, params.consent, 'to-end'),
      findGiven(tx, params.case, params.consent),
    ])
    if (!given) throw notFound()
    note({ basis: given.id })
    if (given.by) return { id: given.by }
    await insert(tx, {
      ...explainedLateRow(actor.user, params.case, body, now),
      id: body.id,
      kind: 'withdrawn',
      withdraws: given.id,
    })
    // Sharing ends at once; services go on with the organisations that give them.
    await announce(tx, 'consent.withdrawn', { consent: given.id })
    await endConsent(tx, params.case, given.id)
    return { id: body.id }
  },
})

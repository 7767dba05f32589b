import { handle } from '#platform/http/handle.ts'
import { announce } from '#platform/jobs/news.ts'
import { endConsent, findAccess, lockConsent } from '#platform/policy/access.ts'
import { notFound } from '#platform/problem/problem.ts'
import { consent } from '../contract.ts'
import { policy } from '../policy.ts'
import { explainedRow } from './record.ts'
import { findLive, insert } from './store.ts'

export const withdraw = handle(consent.withdraw, policy, {
  facts: async ({ read, input }) => ({ access: await findAccess(read, input.params.case) }),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, input: { params, body }, now, note }) => {
    // What is being shared on it is done first, and then ends with the rest.
    const [, given] = await Promise.all([
      lockConsent(tx, params.consent, 'to-end'),
      findLive(tx, params.case, params.consent),
    ])
    if (!given) throw notFound()
    await insert(tx, {
      ...explainedRow(actor.user, params.case, body, now),
      id: body.id,
      kind: 'withdrawn',
      withdraws: given.id,
    })
    // Sharing ends at once; services go on with the organisations that give them.
    await announce(tx, 'consent.withdrawn', { consent: given.id })
    await endConsent(tx, params.case, given.id)
    note({ basis: given.id })
    return { id: body.id }
  },
})

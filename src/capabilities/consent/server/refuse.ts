import { requireNone } from '#platform/contract/shapes-said.ts'
import { handle } from '#platform/http/handle.ts'
import { consent } from '../contract.ts'
import { wrongGiver } from '../givers.ts'
import { policy } from '../policy.ts'
import { factsOf, requireChild } from './facts.ts'
import { explainedRow } from './record.ts'
import { insert } from './store.ts'

export const refuse = handle(consent.refuse, policy, {
  facts: ({ read, input }) => factsOf(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body }, now, note }) => {
    requireNone(wrongGiver('refused', requireChild(facts), body))
    await insert(tx, { ...explainedRow(actor.user, params.case, body, now), id: body.id, kind: 'refused' })
    note({ basis: body.id })
    return { id: body.id }
  },
})

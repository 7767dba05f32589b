import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { consent } from '../contract.ts'
import { policy } from '../policy.ts'
import { explainedRow } from './record.ts'
import { insert } from './store.ts'

export const refuse = handle(consent.refuse, policy, {
  facts: async ({ read, input }) => ({ access: await findAccess(read, input.params.case) }),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, input: { params, body }, now, note }) => {
    await insert(tx, { ...explainedRow(actor.user, params.case, body, now), id: body.id, kind: 'refused' })
    note({ basis: body.id })
    return { id: body.id }
  },
})

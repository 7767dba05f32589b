import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { maskOf } from '#platform/policy/compartments.ts'
import { Problem } from '#platform/problem/problem.ts'
import { consent } from '../contract.ts'
import { mayName, policy } from '../policy.ts'
import { explainedRow } from './record.ts'
import { insert, withheldJson } from './store.ts'

export const give = handle(consent.give, policy, {
  facts: async ({ read, input }) => ({ access: await findAccess(read, input.params.case) }),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, input: { params, body }, now, note }) => {
    const own = body.recipients.findIndex(one => !mayName(actor, one))
    if (own >= 0) throw new Problem('invalid-input', [{ field: `recipients.${own}`, code: 'not-offered' }])
    const expires = body.months === undefined ? null : new Date(now.getTime() + body.months * 30 * 86_400_000)
    await insert(tx, {
      ...explainedRow(actor.user, params.case, body, now),
      id: body.id,
      kind: 'given',
      purposes: body.purposes,
      recipients: body.recipients,
      // Coded data always travel with a share: without them the recipient could not even see that there is one.
      compartments: maskOf([...body.compartments, 'STA']),
      withhold: withheldJson(body.withhold),
      expires_at: expires,
    })
    note({ basis: body.id })
    return { id: body.id }
  },
})

import { requireNone } from '#platform/contract/shapes-said.ts'
import { handle } from '#platform/http/handle.ts'
import { maskOf } from '#platform/policy/compartments.ts'
import { Problem } from '#platform/problem/problem.ts'
import { consent } from '../contract.ts'
import { wrongGiver } from '../givers.ts'
import { mayName, policy } from '../policy.ts'
import { factsOf, requireChild } from './facts.ts'
import { endOf, explainedRow } from './record.ts'
import { convert, insert, withheldJson } from './store.ts'

export const give = handle(consent.give, policy, {
  facts: ({ read, input }) => factsOf(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body }, now, note }) => {
    const own = body.recipients.findIndex(one => !mayName(actor, one))
    if (own >= 0) throw new Problem('invalid-input', [{ field: `recipients.${own}`, code: 'not-offered' }])
    requireNone(wrongGiver('given', requireChild(facts), body))
    await insert(tx, {
      ...explainedRow(actor.user, params.case, body, now),
      id: body.id,
      kind: 'given',
      purposes: body.purposes,
      recipients: body.recipients,
      // Coded data always travel with a share: without them the recipient could not even see that there is one.
      compartments: maskOf([...body.compartments, 'STA']),
      withhold: withheldJson(body.withhold),
      expires_at: body.months === undefined ? null : endOf(now, body.months),
    })
    await convert(tx, params.case)
    note({ basis: body.id })
    return { id: body.id }
  },
})

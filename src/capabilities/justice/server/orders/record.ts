import { addToTimeline, caseFacts } from '#capabilities/cases/server/index.ts'
import { recordToPolice } from '#capabilities/consent/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import { maskOf } from '#platform/policy/compartments.ts'
import { Problem } from '#platform/problem/problem.ts'
import { interestHours, justice } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { sealAt } from '../sealed.ts'
import * as store from '../store.ts'

type Facts = Awaited<ReturnType<typeof caseFacts>>

/** @throws Problem invalid-input at that field, where one of them may not be named */
async function requireNamed(read: Read, field: string, body: string, accounts: readonly string[]): Promise<void> {
  if (!(await store.mayName(read, body, accounts))) throw new Problem('invalid-input', [{ field, code: 'not-offered' }])
}

/** An order of a court, written down. It opens nothing before a second person has confirmed it. */
export const recordOrder = handle(justice.recordOrder, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, key, input: { params, body }, now, note, services }) => {
    const { row } = facts as Facts
    if (body.until <= body.from || new Date(body.until) <= now)
      throw new Problem('invalid-input', [{ field: 'until', code: 'past' }])
    if (body.madeOn > todayIn(services, actor.country, now))
      throw new Problem('invalid-input', [{ field: 'madeOn', code: 'future' }])
    await requireNamed(tx, 'named', body.organisation, body.named)
    await store.recordOrder(tx, {
      id: body.id,
      caseId: params.case,
      sealed: sealAt(
        key(params.case, row.key_slot, 'STA'),
        'order',
        body.id,
        JSON.stringify({ court: body.court, number: body.number }),
      ),
      madeOn: body.madeOn,
      compartments: maskOf(body.compartments),
      purposes: body.purposes,
      organisation: body.organisation,
      named: [...new Set(body.named)],
      from: body.from,
      until: body.until,
      attachment: body.attachment,
    })
    await addToTimeline(tx, actor, params.case, 'justice.order-recorded', { compartments: body.compartments })
    note({ basis: body.id })
    return { id: body.id }
  },
})

/** A vital interest opens at once, and for a day only unless a second person upholds it. */
export const recordInterest = handle(justice.recordInterest, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, key, input: { params, body }, now, note }) => {
    const { row } = facts as Facts
    const hours = (new Date(body.until).getTime() - now.getTime()) / 3_600_000
    if (hours <= 0) throw new Problem('invalid-input', [{ field: 'until', code: 'past' }])
    if (hours > interestHours.most)
      throw new Problem('invalid-input', [{ field: 'until', code: 'too-far', limit: interestHours.most / 24 }])
    await requireNamed(tx, 'account', body.organisation, [body.account])
    // Nobody goes on by themselves with what a second person has not upheld.
    const before = await store.listInterests(tx, params.case)
    if (before.some(one => one.by_account === actor.user && one.account_id === body.account && one.state !== 'upheld'))
      throw new Problem('same-person')
    await store.recordInterest(tx, {
      id: body.id,
      caseId: params.case,
      reason: body.reason,
      sealed: sealAt(key(params.case, row.key_slot, 'STA'), 'interest', body.id, body.words),
      compartments: maskOf(body.compartments),
      organisation: body.organisation,
      account: body.account,
      until: body.until,
    })
    await addToTimeline(tx, actor, params.case, 'justice.interest-recorded', { compartments: body.compartments })
    note({ basis: body.id, reason: body.reason })
    return { id: body.id }
  },
})

/**
 * The person wants a police or prosecution body to know who they are. It stands in the ledger and in the audit, and not in the
 * history of the case: of the unit only who is in charge knows of it.
 */
export const recordConsent = handle(justice.recordConsent, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, input: { params, body }, now, note }) => {
    await requireNamed(tx, 'named', body.organisation, body.named)
    await recordToPolice(tx, actor.user, params.case, body, now)
    await store.openByConsent(tx, body.id)
    note({ basis: body.id })
    return { id: body.id }
  },
})

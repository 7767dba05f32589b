import { caseFacts } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { type Round, rounds } from '../../contract-rounds.ts'
import { mayStop, policy } from '../../policy.ts'
import * as store from './store.ts'

export const ofCase = handle(rounds.ofCase, policy, {
  facts: async ({ read, input }) => ({ ...(await caseFacts(read, input.params.case)), kind: 'service' as const }),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, actor, input: { params }, note }) => {
    const [found, asked, turns] = await Promise.all([
      store.listRounds(read, params.case),
      store.listAsked(read, params.case),
      store.listTurns(read, params.case),
    ])
    note({ count: found.length, ids: found.map(one => one.id) })
    const items = found.map(row => ({
      id: row.id,
      service: row.service,
      way: row.way,
      urgency: row.urgency,
      state: row.state,
      by: row.by ?? '',
      madeAt: row.made_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      asked: asked
        .filter(one => one.round_id === row.id)
        .map(one => ({ referral: one.id, organisation: one.name, status: one.status })),
      next: turns.filter(one => one.round_id === row.id).map(one => one.name),
      moves: row.state === 'asking' && mayStop(actor, row.from_account, row.from_organisation) ? ['stop'] : [],
    }))
    return { items: items as Round[] }
  },
})

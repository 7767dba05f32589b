import { handle } from '#platform/http/handle.ts'
import { care } from '../../contract.ts'
import type { Guardian, Interest } from '../../contract-closing.ts'
import { policy } from '../../policy.ts'
import { loaded, ofCase } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import * as store from './store.ts'

export type InterestText = Pick<Interest, 'childSaid' | 'reasons' | 'panel'>
export type GuardianText = Pick<Guardian, 'name' | 'phone' | 'how'>

export const child = handle(care.child, policy, {
  ...ofCase,
  run: async ({ read, key, input: { params }, ...context }) => {
    const { row } = loaded(context.facts)
    const box = boxOf(key, row)
    const [interests, guardians] = await Promise.all([
      store.listInterests(read, params.case),
      store.listGuardians(read, params.case),
    ])
    return {
      child: row.child,
      interests: interests.map(one => ({
        id: one.id,
        kind: one.kind as Interest['kind'],
        step: one.step as Interest['step'],
        outcome: one.outcome as Interest['outcome'],
        ...box.open<InterestText>('interest', one.id, one.sealed),
        at: one.at.toISOString(),
        by: one.name ?? '',
      })),
      guardians: guardians.map(one => ({
        id: one.id,
        relation: one.relation as Guardian['relation'],
        verified: one.verified as Guardian['verified'],
        ...box.open<GuardianText>('guardian', one.id, one.sealed),
        at: one.at.toISOString(),
        by: one.name ?? '',
        endedAt: one.ended_at?.toISOString() ?? null,
        endedWhy: one.ended_why as Guardian['endedWhy'],
        version: one.version,
      })),
    }
  },
})

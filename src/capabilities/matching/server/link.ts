import { handle } from '#platform/http/handle.ts'
import { matching } from '../contract.ts'
import { policy } from '../policy.ts'
import { bothCases, pairOf } from './both.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

/** Sets two cases of different people beside each other. Whoever has a right to one of them alone sees nothing of it. */
export const link = handle(matching.link, policy, {
  facts: async ({ read, input: { params } }) => ({ holds: await store.holds(read, params.case) }),
  run: async ({ tx, actor, key, input: { params, body }, note }) => {
    const [own, other] = await bothCases(tx, params.case, body.other)
    const [a, b] = own.id < other.id ? [own, other] : [other, own]
    await store.insertLink(tx, {
      id: body.id,
      country: actor.country,
      case_a: a.id,
      case_b: b.id,
      kind: body.kind,
      sealed: body.note ? sealWords(key(a.id, a.slot, 'STA'), 'link', body.id, body.note) : null,
      by_account: actor.user,
    })
    note({ basis: body.id, reason: body.kind, concerns: pairOf('joined', a.id, b.id) })
    return { id: body.id }
  },
})

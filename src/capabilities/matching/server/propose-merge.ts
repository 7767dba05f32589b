import { handle } from '#platform/http/handle.ts'
import { matching } from '../contract.ts'
import { policy } from '../policy.ts'
import { bothCases, pairOf } from './both.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

/** Says that two cases are of one person, and which leads. Nothing changes until somebody else has said so too. */
export const proposeMerge = handle(matching.proposeMerge, policy, {
  facts: async ({ read, input: { params } }) => ({ holds: await store.holds(read, params.case) }),
  run: async ({ tx, key, input: { params, body }, note }) => {
    const [own, other] = await bothCases(tx, params.case, body.other)
    const [lead, away] = body.leads === 'this' ? [own, other] : [other, own]
    const sealed = sealWords(key(lead.id, lead.slot, 'STA'), 'merge', body.id, body.reason)
    await store.proposeMerge(tx, body.id, lead.id, away.id, sealed)
    note({ basis: body.id, concerns: pairOf('joined', lead.id, away.id) })
    return { id: body.id }
  },
})

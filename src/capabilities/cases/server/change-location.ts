import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, caseFacts, requireMove } from './folder.ts'
import { sealAt } from './sealed.ts'
import * as store from './store.ts'

export const changeLocation = handle(cases.changeLocation, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, key, input: { params, body, version } }) => {
    requireMove(facts, 'changeLocation')
    const { key_slot } = await store.getFolder(tx, params.case)
    const sealed = sealAt(key(params.case, key_slot, 'LOC'), 'location', params.case, body.text)
    requireFresh(await store.putLocation(tx, params.case, version, sealed))
    await addToTimeline(tx, actor, params.case, 'case.location-changed', {})
    return { id: params.case, version: version + 1 }
  },
})

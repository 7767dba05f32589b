import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, callingCodeOf, caseFacts, requireFresh, requireMove, termsOf } from './folder.ts'
import { sealAt } from './sealed.ts'
import * as store from './store.ts'

export const changeIdentity = handle(cases.changeIdentity, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, key, input: { params, body, version } }) => {
    requireMove(facts, 'changeIdentity')
    const { key_slot } = await store.getFolder(tx, params.case)
    const sealed = sealAt(key(params.case, key_slot, 'ID'), 'identity', params.case, JSON.stringify(body))
    requireFresh(await store.changeIdentity(tx, params.case, version, sealed))
    await store.replaceTerms(
      tx,
      params.case,
      termsOf(services.keys, body, callingCodeOf(services, actor.country)),
      false,
    )
    await addToTimeline(tx, actor, params.case, 'case.identity-changed', {})
    return { id: params.case, version: version + 1 }
  },
})

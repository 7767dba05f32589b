import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { cases, type Identity } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, allTermsOf, callingCodeOf, caseFacts, requireFresh, requireMove, termsOf } from './folder.ts'
import { openAt, sealAt } from './sealed.ts'
import * as store from './store.ts'

export const changeIdentity = handle(cases.changeIdentity, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, key, input: { params, body, version } }) => {
    requireMove(facts, 'changeIdentity')
    const { case: id } = params
    const { key_slot } = await store.getFolder(tx, id)
    const before = await store.findIdentity(tx, id)
    if (!before) throw notFound()
    const secret = key(id, key_slot, 'ID')
    const old: Identity = JSON.parse(openAt(secret, 'identity', id, before.sealed))
    requireFresh(await store.changeIdentity(tx, id, version, sealAt(secret, 'identity', id, JSON.stringify(body))))
    const calling = callingCodeOf(services, actor.country)
    await store.removeTerms(tx, id, allTermsOf(services.keys, old, calling))
    await store.addTerms(tx, id, termsOf(services.keys, body, calling))
    await addToTimeline(tx, actor, id, 'case.identity-changed', {})
    return { id, version: version + 1 }
  },
})

import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { cases, type Identity } from '../contract.ts'
import { policy } from '../policy.ts'
import { identityOfChild } from './child.ts'
import { addToTimeline, allTermsOf, callingCodeOf, caseFacts, requireFresh, requireMove, termsOf } from './folder.ts'
import { openAt, sealAt } from './sealed.ts'
import * as store from './store.ts'

/**
 * Changes who the person is. Somebody who turns out to be a child is treated as one from now on; nothing that is typed
 * here makes a child an adult.
 */
export const changeIdentity = handle(cases.changeIdentity, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, key, input: { params, body, version }, now }) => {
    requireMove(facts, 'changeIdentity')
    const child = identityOfChild(services, actor.country, body, now)
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
    if (child && (await store.raiseChild(tx, id)) > 0) await addToTimeline(tx, actor, id, 'case.child-found', {})
    return { id, version: version + 1 }
  },
})

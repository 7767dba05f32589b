import { caseFacts } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { rounds } from '../../contract-rounds.ts'
import { policy } from '../../policy.ts'
import {
  type Asking,
  ask,
  type CaseFactsLoaded,
  requireAgreed,
  requireOffer,
  requireReached,
  requireRecipient,
  type Whom,
} from '../asking.ts'
import { sealWords } from '../sealed.ts'
import * as store from './store.ts'

/** No organisation is asked twice for the same. @throws Problem invalid-input at the second */
function requireEachOnce(to: readonly Whom[]): void {
  const said = new Set<string>()
  for (const [at, { id, organisation }] of to.entries())
    for (const [field, value] of [
      ['id', id],
      ['organisation', organisation],
    ] as const) {
      if (said.has(value)) throw new Problem('invalid-input', [{ field: `to.${at}.${field}`, code: 'twice' }])
      said.add(value)
    }
}

/** Asks several for one help. Everybody who is or would be asked is named by the consent, now and when their turn comes. */
export const askSeveral = handle(rounds.askSeveral, policy, {
  facts: async ({ read, input: { body } }) => ({ ...(await caseFacts(read, body.case)), kind: 'service' as const }),
  caseOf: (_, { body }) => body.case,
  run: async ({ tx, actor, services, input: { body }, key, now, note, ...context }) => {
    const facts = context.facts as unknown as CaseFactsLoaded
    const asking: Asking = { ...body, kind: 'service' }
    requireEachOnce(body.to)
    const offers = []
    for (const [at, whom] of body.to.entries()) {
      const [offer] = await Promise.all([
        requireOffer(tx, whom, body.service, `to.${at}.offer`),
        requireRecipient(tx, whom.organisation, 'service', actor.organisation, `to.${at}.organisation`),
      ])
      const pack = services.packs.get(actor.country)!
      await requireReached(
        tx,
        { ...whom, service: body.service, offer },
        { urgency: body.urgency, now, pack },
        { offer: `to.${at}.offer`, organisation: `to.${at}.organisation` },
      )
      offers.push(offer)
    }
    const agreed = await requireAgreed(
      tx,
      facts,
      asking,
      body.to.map(one => one.organisation),
    )
    await store.insertRound(tx, {
      id: body.id,
      case_id: body.case,
      country: actor.country,
      service: body.service,
      way: body.way,
      urgency: body.urgency,
      from_organisation: actor.organisation,
      from_account: actor.user,
      consent_id: agreed.consent.id,
      shared: agreed.shared,
      made_at: now,
    })
    const sealed = (id: string) =>
      body.message ? sealWords(key(body.case, facts.row.key_slot, 'STA'), 'sealed_message', id, body.message) : null
    const first = body.way === 'at-once' ? body.to.length : 1
    for (const [at, whom] of body.to.entries()) {
      const message = sealed(whom.id)
      if (at < first)
        await ask({ tx, actor, services, now }, asking, whom, agreed, { offer: offers[at], message, round: body.id })
      else
        await store.insertTurn(tx, {
          id: whom.id,
          round_id: body.id,
          case_id: body.case,
          number: at,
          to_organisation: whom.organisation,
          offer_id: whom.offer ?? null,
          place: whom.place ?? null,
          sealed_message: message,
        })
    }
    note({ basis: agreed.consent.id, count: body.to.length })
    return { id: body.id, version: 1 }
  },
})

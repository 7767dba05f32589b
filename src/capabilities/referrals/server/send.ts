import { caseFacts, markPending } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { ask, type CaseFactsLoaded, requireAgreed, requireOffer, requireReached, requireRecipient } from './asking.ts'
import { sealWords } from './sealed.ts'

const wrong = (field: string, code: string) => new Problem('invalid-input', [{ field, code }])

/** Sends a referral to an organisation, sharing what a live consent agreed to and nothing more. */
export const send = handle(referrals.send, policy, {
  facts: async ({ read, input: { body } }) => ({ ...(await caseFacts(read, body.case)), kind: body.kind }),
  caseOf: (_, { body }) => body.case,
  run: async ({ tx, actor, services, input: { body }, key, now, note, ...context }) => {
    const facts = context.facts as unknown as CaseFactsLoaded
    if (body.kind === 'service' && !body.service) throw wrong('service', 'required')
    if (body.kind === 'identification' && (body.offer || body.place)) throw wrong('offer', 'not-offered')
    const whom = { id: body.id, organisation: body.to, offer: body.offer, place: body.place }
    const offer = await requireOffer(tx, whom, body.service)
    if (body.kind === 'service' && body.service)
      await requireReached(
        tx,
        { organisation: body.to, service: body.service, offer },
        { urgency: body.urgency, now, pack: services.packs.get(actor.country)! },
        { offer: 'offer', organisation: 'to' },
      )
    const [, agreed] = await Promise.all([
      requireRecipient(tx, body.to, body.kind, actor.organisation),
      requireAgreed(tx, facts, body, [body.to]),
    ])
    const message = body.message
      ? sealWords(key(body.case, facts.row.key_slot, 'STA'), 'sealed_message', body.id, body.message)
      : null
    await ask({ tx, actor, services, now }, body, whom, agreed, { offer, message }, dueAt =>
      body.kind === 'identification' ? markPending(tx, facts, body.urgency, dueAt) : undefined,
    )
    note({ basis: agreed.consent.id })
    return { id: body.id, version: 1 }
  },
})

import { addToTimeline, caseFacts } from '#capabilities/cases/server/index.ts'
import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import { handle } from '#platform/http/handle.ts'
import { care } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { daysAfter, loaded, requireOpen, wrong } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import * as store from './store.ts'

/** What was given, or would have been. Whoever gave it names no more than their own part. */
export const deliver = handle(care.deliver, policy, {
  facts: async ({ read, input }) => ({
    ...(await caseFacts(read, input.params.case)),
    organisation: input.body.organisation,
  }),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, decision, key, input: { params, body }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireOpen(facts)
    const today = todayIn(services, actor.country, now)
    if (body.on > today) throw wrong('on', 'future')
    if (body.on < daysAfter(today, -3660)) throw wrong('on', 'too-old')
    if ((body.quantity === undefined) !== (body.unit === undefined))
      throw wrong(body.unit === undefined ? 'unit' : 'quantity', 'required')
    // Only what was given has a quantity and a cost.
    if (body.outcome !== 'delivered' && body.quantity !== undefined) throw wrong('quantity', 'not-offered')
    if (body.outcome !== 'delivered' && body.cost !== undefined) throw wrong('cost', 'not-offered')
    const currency = services.packs.get(actor.country)?.currency.value?.code
    if (body.cost !== undefined && currency === undefined) throw wrong('cost', 'not-offered')
    // A provider's own words about the person stay with the provider.
    const words = actor.role === 'coordinator' && decision.permits(params.case, 'SVC')
    if (body.note !== undefined && !words) throw wrong('note', 'not-offered')
    if (!(await findOrganisation(tx, body.organisation))) throw wrong('organisation', 'not-offered')
    if (body.action !== undefined) {
      const action = await store.findAction(tx, params.case, body.action)
      if (!action || action.service !== body.service) throw wrong('action', 'not-offered')
    }
    await store.insertDelivery(tx, {
      id: body.id,
      case_id: params.case,
      action_id: body.action ?? null,
      service: body.service,
      outcome: body.outcome,
      given_on: body.on,
      organisation_id: body.organisation,
      quantity: body.quantity ?? null,
      unit: body.unit ?? null,
      cost: body.cost ?? null,
      currency: body.cost === undefined ? null : currency!,
      sealed_note: body.note === undefined ? null : boxOf(key, facts.row).seal('delivery', body.id, body.note),
      by_account: actor.user,
      at: now,
    })
    await addToTimeline(tx, actor, params.case, 'care.service-recorded', {
      service: body.service,
      outcome: body.outcome,
    })
    return { id: body.id }
  },
})

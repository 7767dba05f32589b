import { caseFacts, openIdentity } from '#capabilities/cases/server/index.ts'
import { agreedLast } from '#capabilities/consent/server/index.ts'
import { listOffered, listOnCallNow } from '#capabilities/directory/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import { type CountryPack, findResponse } from '#platform/country/pack.ts'
import type { Urgency } from '#platform/country/vocabulary.ts'
import { handle } from '#platform/http/handle.ts'
import { leftOpen, match, weighed } from '../../contract-match.ts'
import { policy } from '../../policy.ts'
import type { Need } from '../../rank.ts'
import { agesOf } from './ages.ts'
import { findBest } from './best.ts'
import * as store from './store.ts'

/** So many are answered with. */
const best = 20

/** Who could help the person, measured by what the asker may see of them anyway. */
export const services = handle(match.services, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, decision, key, now, note, input: { body }, ...context }) => {
    const { row } = context.facts as Awaited<ReturnType<typeof caseFacts>>
    const pack = services.packs.get(actor.country)!
    const at = { now, pack }
    const [identity, onCall, agreed, asked, paces] = await Promise.all([
      decision.permits(row.id, 'ID') ? openIdentity(tx, row.id, row.key_slot, key) : undefined,
      listOnCallNow(tx, now),
      agreedLast(tx, row.id),
      store.listAskedBefore(tx, row.id, body.service),
      store.listPaces(tx),
    ])
    const measured = {
      age: agesOf(identity, row.child, todayIn(services, actor.country, now), pack.childUnder.value ?? 18),
      sex: identity?.sex === 'not-said' ? undefined : identity?.sex,
      nationality: identity?.nationality,
      language: body.language ?? identity?.language,
      area: body.area,
      place: body.place,
    }
    const { age: ages, ...rest } = measured
    const need: Need = { ...rest, ages, urgent: body.urgency === 'emergency', agreed: new Set(agreed), asked }
    const pace = { usual: paces, inTime: minutesToAnswer(pack, body.urgency), onCall }
    const { first, ...found } = await findBest(tx, body.service, need, pace, best, at)
    const whole = await listOffered(
      tx,
      first.map(one => one.service.id),
      at,
    )
    const why = new Map(first.map(one => [one.service.id, one.why]))
    note({ count: whole.length, ids: whole.map(one => one.id) })
    const known = weighed.filter(one => measured[one] !== undefined)
    return {
      items: whole.map(service => ({
        service,
        why: [...why.get(service.id)!],
        answersIn: hoursOf(paces.get(service.organisation.id)),
      })),
      ...found,
      counted: whole.some(one => one.places.length > 0),
      languages: [...found.languages],
      known,
      unknown: weighed.filter(one => !known.includes(one)),
      leftOpen: [...leftOpen],
    }
  },
})

const hoursOf = (minutes: number | undefined): number | null =>
  minutes === undefined ? null : Math.max(1, Math.round(minutes / 60))

/** By the clock on the wall, as the medians are: a day without work is a day of waiting all the same. */
function minutesToAnswer(pack: CountryPack, urgency: Urgency): number {
  const { amount, unit } = findResponse(pack, urgency) ?? { amount: 24, unit: 'hours' }
  return amount * (unit === 'hours' ? 60 : 1440)
}

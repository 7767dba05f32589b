import { hashToken } from '#platform/crypto/hash.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { carry } from '#platform/http/carried.ts'
import { asNobody } from '#platform/http/nobody.ts'
import type { Services } from '#platform/http/services.ts'
import { countsOf, delayOf, slowDown } from '#platform/http/slow.ts'
import { decide } from '#platform/policy/decide.ts'
import { readDigits } from '../../digits.ts'
import { ownPolicy } from '../../policy.ts'
import { lookupOf } from '../lookup.ts'
import * as store from '../store.ts'
import { shownAfter, standingOf, visitorOf } from './standing.ts'
import type { Shown } from './step.ts'
import { writeDown } from './within.ts'

/**
 * Opens a visit by the digits of a code, once. Whatever does not open one (wrong, used, run out, taken back, of a case that
 * is hidden or gone) goes the same way and answers the same: undefined.
 * @param place the neighbourhood of the address; undefined where it is everybody's
 */
export async function enter(
  services: Services,
  typed: string,
  place: string | undefined,
  wait: (milliseconds: number) => Promise<void> = slowDown,
): Promise<Shown | undefined> {
  const { keys } = services
  const now = services.now()
  const digits = readDigits(typed)
  const lookup = lookupOf(keys, digits ?? `not a number: ${typed.slice(0, 200)}`)
  const counts = countsOf(keys, 'visits', place, now)
  const buckets = counts.map(one => one.key)
  await wait(delayOf(counts, await asNobody(services, tx => store.failuresOf(tx, buckets))))
  const secret = token()
  const hash = hashToken(secret)
  return asNobody(services, async tx => {
    const id = uuidv7()
    const opened = await store.open(tx, lookup, id, hash)
    if (opened === undefined) {
      await store.countFailure(tx, buckets)
      return undefined
    }
    await store.enterAs(tx, hash)
    const own = await standingOf(tx)
    if (!own) return undefined
    const decision = decide(ownPolicy.read, ['self'], visitorOf(own, id), own.facts, own.row.case_id, now)
    const shown = await shownAfter({ tx, services, own, decision, now }, { do: 'start' })
    await writeDown(tx, { verb: 'open', event: 'visit.opened', case: own.row.case_id, decision }, now)
    return { shown, field: carry(keys, 'visits', { token: secret, step: 1 }) }
  })
}

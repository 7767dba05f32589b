import { hashToken } from '#platform/crypto/hash.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { carry } from '#platform/http/carried.ts'
import { asNobody } from '#platform/http/nobody.ts'
import type { Services } from '#platform/http/services.ts'
import { countsOf, delayOf, slowDown } from '#platform/http/slow.ts'
import { codeOf, lookupOf, readKey } from './secrets.ts'
import { opening, type Shown, standingOf } from './standing.ts'
import * as store from './store.ts'
import { writeDown } from './within.ts'

export const slice = 'referrals'

/**
 * Opens the page of a referral by its link and the code that was told. Whatever does not open one (no such link, a wrong code,
 * taken back, of a referral that is over, whose consent was withdrawn, of a case that is hidden) goes the same way, takes
 * the same pains and answers the same: undefined.
 * @param place the neighbourhood of the address; undefined where it is everybody's
 */
export async function enter(
  services: Services,
  typed: { readonly key: string; readonly code: string },
  place: string | undefined,
  wait: (milliseconds: number) => Promise<void> = slowDown,
): Promise<Shown | undefined> {
  const { keys } = services
  const now = services.now()
  const key = readKey(typed.key)
  const lookup = lookupOf(keys, key)
  const counts = countsOf(keys, 'referrals.link', place, now, key)
  const buckets = counts.map(one => one.key)
  await wait(delayOf(counts, await asNobody(services, tx => store.failuresOf(tx, buckets))))
  const secret = token()
  const hash = hashToken(secret)
  return asNobody(services, async tx => {
    const made = { visit: uuidv7(), token: hash, event: uuidv7() }
    const tried = await store.open(tx, lookup, codeOf(keys, key, typed.code), made)
    if (!tried?.opened) {
      await store.countFailure(tx, buckets)
      if (tried) await writeDown(tx, { ...tried, verb: 'read', event: 'referral.link-closed', outcome: 'refused' }, now)
      return undefined
    }
    await store.enterAs(tx, hash)
    const own = await standingOf(tx)
    if (!own) return undefined
    const { page, decision } = opening({ tx, services, own, visit: made.visit, now })
    await writeDown(tx, { ...tried, verb: 'read', event: 'referral.link-read', decision }, now)
    return { page, field: carry(keys, slice, { token: secret, step: 1 }) }
  })
}

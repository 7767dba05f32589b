import { type Horizon, type Waits, waits } from '#platform/clocks/waiting.ts'
import type { Read } from '#platform/db/context.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { listNobody } from './rounds/store.ts'
import * as store from './store.ts'

/** For so long news stands in somebody's list; and what nobody went on from, in that of who asked. */
const [freshMs, openMs] = [3 * 86_400_000, 14 * 86_400_000]

/** What of referrals waits for somebody: to be answered by them, answered to them, or not answered in time. */
export async function referralsWaiting(
  read: Read,
  actor: Actor,
  { now, limit }: Horizon,
): Promise<Waits<'referral' | 'unanswered' | 'answer'>[]> {
  const answers = ['intake', 'provider', 'shelter-manager'].includes(actor.role)
  const sends = ['officer', 'intake', 'coordinator'].includes(actor.role)
  const sender = actor.role === 'intake' ? { organisation: actor.organisation } : { account: actor.user }
  const fresh = new Date(now.getTime() - freshMs)
  const since = { fresh, open: new Date(now.getTime() - openMs) }
  const [inbox, ended, silent, unreached, answered, unmet, nobody] = await Promise.all([
    answers ? store.listUnanswered(read, actor.organisation, limit) : [],
    answers ? store.listEndedByAsker(read, actor.organisation, fresh, limit) : [],
    sends ? store.listSilent(read, sender, now, limit) : [],
    sends ? store.listUnreached(read, sender, now, limit) : [],
    // Whoever met the person hears what became of it.
    actor.role === 'officer' || actor.role === 'coordinator' ? store.listAnswers(read, sender, fresh, limit) : [],
    // Whoever asked has it in hand again.
    sends ? store.listUnmet(read, sender, since, limit) : [],
    sends ? listNobody(read, sender, since, limit) : [],
  ])
  return [
    ...inbox.map(row => waits('referral', row)),
    ...[...silent, ...unreached].map(row => waits('unanswered', row)),
    ...[...ended, ...answered, ...unmet, ...nobody].map(row => waits('answer', row)),
  ]
}

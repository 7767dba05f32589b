import { derivedId } from '#platform/crypto/hash.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, type Tx } from '#platform/db/context.ts'
import { fenceOf } from '#platform/http/fence.ts'
import type { Services } from '#platform/http/services.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { type Addressee, enqueue, listPeople, tell } from '#platform/notify/server/index.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { purposesOf } from '#platform/policy/roles.ts'
import type { Waiting } from '../contract-today.ts'
import { allWaiting, horizonOf } from './waiting.ts'

const never = new Date(0)
/** Somebody in one of their roles, without a session: sees what they would see, and opens nothing. */
const actorOf = ({ account, assignment, role, organisation, country }: Addressee): Actor => ({
  user: account,
  assignment,
  role,
  organisation,
  country,
  purpose: purposesOf[role][0],
  strength: 2,
  provenAt: never,
  session: assignment,
})

/** Every five minutes: who wants mail and has something new that waits for today gets a message, which says just that. */
export const noticeJob = (services: Services): Job => ({
  name: 'tasks.notice',
  cron: '*/5 * * * *',
  run: (tx, now) => noticeAll(tx, services, now),
})

/** Looks at what waits for each of them under their own fence. Ids alone come of it. */
export async function noticeAll(tx: Tx, services: Services, now: Date): Promise<void> {
  if (!services.config.mail) return
  for (const [account, roles] of Map.groupBy(await listPeople(tx), one => one.account)) {
    const found = (await Promise.all(roles.map(one => waitingFor(services, actorOf(one), now)))).flat()
    const fresh = new Set(await tell(tx, account, [...new Set(found.map(newsOf))]))
    if (fresh.size === 0) continue
    const urgent = found.some(one => fresh.has(newsOf(one)) && one.urgency === 'emergency')
    await enqueue(tx, uuidv7(), account, urgent, now)
  }
}

/** What somebody is told of once. A question of which they were reminded is news again. */
const newsOf = ({ kind, id, code }: Waiting): string =>
  kind === 'referral' && code.startsWith('reminded') ? derivedId(`${code} ${id}`) : id

const waitingFor = (services: Services, actor: Actor, now: Date): Promise<Waiting[]> =>
  inTransaction(services.pool, fenceOf(actor), read =>
    allWaiting(read, actor, horizonOf(services, actor.country, now, 0)),
  )

import type { Tx } from '../../db/context.ts'
import type { Services } from '../../http/services.ts'
import type { Job } from '../../jobs/jobs.ts'
import { mailer } from './message.ts'
import { quietUntil } from './quiet.ts'
import * as store from './store.ts'

const minuteMs = 60_000
/** Minutes until the next try; the last for as long as it takes. Nothing is given up because a server is away. */
const pauses = [1, 5, 15, 60] as const
export const nextTry = (tries: number, now: Date): Date =>
  new Date(now.getTime() + pauses[Math.min(tries, pauses.length - 1)]! * minuteMs)
/** Messages of one round. */
const most = 50
const keptMs = 30 * 24 * 60 * minuteMs

type Needs = Pick<Services, 'config' | 'packs' | 'words'>

/** Every minute: what waits in the outbox leaves. */
export const mailJob = (services: Needs): Job => ({
  name: 'platform.mail',
  cron: '* * * * *',
  run: (tx, now) => sendWaiting(tx, services, now),
})

/** Sends what may leave now: at most one in the hours that each person chose, and at night only what is urgent. */
export async function sendWaiting(tx: Tx, { config, packs, words }: Needs, now: Date): Promise<void> {
  if (!config.mail) return
  await store.forget(tx, new Date(now.getTime() - keptMs))
  const post = mailer(config.mail)
  try {
    for (const message of await store.claim(tx, now, most)) {
      const address = await store.findAddress(tx, message.account)
      if (!address) {
        await store.end(tx, message.id, 'dropped', now, null)
        continue
      }
      const zone = packs.get(address.country ?? config.country)?.timeZone.value ?? 'UTC'
      const wait = notBefore(message, address, zone, now)
      if (wait) {
        await store.postpone(tx, message.id, wait)
        continue
      }
      const outcome = await post.send({
        id: message.id,
        to: address.email,
        words: words(address.language),
        origin: config.staffOrigin,
      })
      if (outcome.kind === 'sent') await store.end(tx, message.id, 'sent', now, null)
      else if (outcome.kind === 'refused') await store.end(tx, message.id, 'bounced', now, outcome.code)
      else {
        await store.retry(tx, message.id, message.tries + 1, nextTry(message.tries, now), outcome.code)
        // Whoever comes after would only wait for the same server.
        break
      }
    }
  } finally {
    post.close()
  }
}

/** Until when a message has to wait; undefined when it may leave now. */
function notBefore(
  { urgent, before }: store.Message,
  { every_hours }: store.Address,
  zone: string,
  now: Date,
): Date | undefined {
  const next = before && new Date(before.getTime() + every_hours * 60 * minuteMs)
  if (next && next > now) return next
  return urgent ? undefined : quietUntil(zone, now)
}

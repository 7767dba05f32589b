import type { Keys } from '#platform/crypto/keys.ts'
import { openText, seal, sealedVersion } from '#platform/crypto/seal.ts'
import type { Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { mailer } from '#platform/notify/server/message.ts'
import { quietUntil } from '#platform/notify/server/quiet.ts'
import { nextTry } from '#platform/notify/server/send.ts'
import * as store from './store.ts'

/** The address is the one that whoever made the link saw, whatever the directory says later. */
interface LinkMail {
  readonly to: string
  readonly lang: string
  /** Until it has left; nobody here knows it after that. */
  readonly link?: string
}
const place = (id: string) =>
  ({ table: 'referrals.link', row: id, column: 'sealed_mail', compartment: 'ID', version: 1 }) as const
const key = 'referrals.link-mail'
export const sealMail = (keys: Keys, id: string, mail: LinkMail): Buffer =>
  seal(keys.platformKey(key), JSON.stringify(mail), place(id))
export const openMail = (keys: Keys, id: string, sealed: Buffer): LinkMail =>
  JSON.parse(openText(keys.platformKey(key, sealedVersion(sealed)), sealed, place(id)))

type Needs = Pick<Services, 'config' | 'keys' | 'packs' | 'words'>

/**
 * Every minute: the mail with a link leaves, once. It says that something waits, and where; never what, nor the code. Whoever has not
 * answered when their organisation is reminded is told that it still waits, without the link, by day unless it is an emergency.
 */
export const linkMailJob = (services: Needs): Job => ({
  name: 'referrals.link-mail',
  cron: '* * * * *',
  run: (tx, now) => sendLinks(tx, services, now),
})

async function sendLinks(tx: Tx, { config, keys, packs, words }: Needs, now: Date): Promise<void> {
  // Also where no mail is sent any more: what is answered or over is forgotten.
  const due = await store.mailDue(tx, now)
  if (!config.mail || due.length === 0) return
  const post = mailer(config.mail)
  try {
    for (const { id, country, urgency, sealed_mail: rest, tries, reminded: told } of due) {
      const mail = openMail(keys, id, rest)
      const zone = packs.get(country)?.timeZone.value ?? 'UTC'
      const morning = mail.link || urgency === 'emergency' ? undefined : quietUntil(zone, now)
      if (morning) {
        await store.mailed(tx, id, { became: 'waiting', rest, tries, told, next: morning })
        continue
      }
      const { to, lang, link } = mail
      // The same id each time it is tried, so that a server that has it already can tell.
      const letter = { id: link ? id : `${id}.${told}`, to, words: words(lang), origin: config.siteOrigin }
      const { kind } = await post.send(link ? { ...letter, door: link } : { ...letter, again: true })
      if (kind === 'later') {
        await store.mailed(tx, id, { became: 'waiting', rest, tries: tries + 1, told, next: nextTry(tries, now) })
        // Whoever comes after would only wait for the same server.
        break
      }
      const kept = kind === 'sent' ? sealMail(keys, id, { to, lang }) : null
      await store.mailed(tx, id, { became: kind, rest: kept, tries: 0, told, next: null })
    }
  } finally {
    post.close()
  }
}

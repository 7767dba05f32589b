import type { Services } from '#platform/http/services.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { mailer } from '#platform/notify/server/message.ts'
import { mailLanguage } from './mail-language.ts'
import * as store from './store.ts'

/**
 * Every minute: who was mailed a link and has not answered is told once for each reminder of the referral that something still waits. The
 * mail leads nowhere: the link is in the one before, and nobody here knows it any more. A server that is away is tried again as long
 * as the question stands.
 */
export const remindLinks = ({ config, words }: Pick<Services, 'config' | 'words'>): Job => ({
  name: 'referrals.remind-links',
  cron: '* * * * *',
  run: async (tx, now) => {
    if (!config.mail) return
    const due = await store.linksToRemind(tx, now)
    if (due.length === 0) return
    const post = mailer(config.mail)
    try {
      for (const { id, email, languages, reminder } of due) {
        // The same id each time it is tried, so that a server that has it already can tell.
        const letter = {
          id: `${id}.${reminder}`,
          to: email,
          words: words(mailLanguage(languages)),
          origin: config.siteOrigin,
        }
        const { kind } = await post.send({ ...letter, again: true })
        // Whoever comes after would only wait for the same server.
        if (kind === 'later') break
        await store.markReminded(tx, id, reminder)
      }
    } finally {
      post.close()
    }
  },
})

import { renderSVG } from 'uqr'
import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { handle } from '#platform/http/handle.ts'
import type { Services } from '#platform/http/services.ts'
import { mailer } from '#platform/notify/server/message.ts'
import { Problem } from '#platform/problem/problem.ts'
import { withoutAccount } from '../../contract-link.ts'
import { policy } from '../../policy.ts'
import { linkRoute } from '../../route.ts'
import { referralFacts } from '../facts.ts'
import { mailLanguage } from './mail-language.ts'
import { codeOf, lookupOf, newCode, newKey } from './secrets.ts'
import * as store from './store.ts'

/** Makes the link of a referral, and the code that is told apart from it. Both are answered once. */
export const makeLink = handle(withoutAccount.makeLink, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, facts, services, input: { body }, note }) => {
    const { id: referral, toOrganisation } = facts.referral
    if (!(await store.doorsOf(tx, referral)).stands) throw new Problem('not-now')
    const key = newKey()
    const code = newCode()
    const { keys } = services
    const id = uuidv7()
    await store.makeLink(tx, { id, referral, lookup: lookupOf(keys, key), code: codeOf(keys, key, code) })
    const organisation = await findOrganisation(tx, toOrganisation)
    const lang = mailLanguage(organisation?.languages)
    const link = `${services.config.siteOrigin}/${lang}${linkRoute}?k=${key}`
    const mailed = body.mail ? await sendTo(services, organisation?.email, lang, link) : false
    if (mailed) await store.markMailed(tx, id)
    note({ reason: body.mail ? (mailed ? 'mailed' : 'not-mailed') : 'told' })
    const svg = renderSVG(link, { ecc: 'M', border: 2, pixelSize: 4 })
    return { link, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`, code, mailed }
  },
})

/** Mail says that something waits, and where; never what, nor the code. */
async function sendTo({ config, words }: Services, to: string | null | undefined, lang: string, door: string) {
  if (!config.mail || !to) throw new Problem('invalid-input', [{ field: 'mail', code: 'not-offered' }])
  const post = mailer(config.mail)
  try {
    const outcome = await post.send({ id: uuidv7(), to, words: words(lang), origin: config.siteOrigin, door })
    return outcome.kind === 'sent'
  } finally {
    post.close()
  }
}

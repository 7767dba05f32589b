import { renderSVG } from 'uqr'
import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { withoutAccount } from '../../contract-link.ts'
import { policy } from '../../policy.ts'
import { linkRoute } from '../../route.ts'
import { referralFacts } from '../facts.ts'
import { sealMail } from './mail.ts'
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
    const organisation = await findOrganisation(tx, toOrganisation)
    const lang = mailLanguage(organisation?.languages)
    const link = `${services.config.siteOrigin}/${lang}${linkRoute}?k=${key}`
    const to = body.mail && services.config.mail ? organisation?.email : undefined
    if (body.mail && !to) throw new Problem('invalid-input', [{ field: 'mail', code: 'not-offered' }])
    const id = uuidv7()
    const mail = to ? sealMail(keys, id, { to, lang, link }) : null
    await store.makeLink(tx, { id, referral, lookup: lookupOf(keys, key), code: codeOf(keys, key, code), mail })
    note({ reason: to ? 'mailed' : 'told' })
    const svg = renderSVG(link, { ecc: 'M', border: 2, pixelSize: 4 })
    return { link, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`, code }
  },
})

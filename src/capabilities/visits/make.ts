import type { Hono } from 'hono'
import { referrals } from '#capabilities/referrals/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import type { Harness } from '../../../tests/harness/harness.ts'
import { consentBody, type People } from '../../../tests/harness/make.ts'
import { organisationId } from '../../../tools/demonstration/people.ts'
import { siteApp } from '../../site/app.ts'
import { consent } from '../consent/contract.ts'
import { type Lasting, visits } from './contract.ts'
import { visitPart } from './site/part.ts'

/** Delays that were asked for, none of them waited. */
export interface Slowed {
  readonly app: Hono
  readonly delays: number[]
}
/** The public site of a harness's country. */
export function siteOf({ services }: Harness, siteOrigin = 'http://localhost:4000'): Slowed {
  const delays: number[] = []
  const wait = async (milliseconds: number) => {
    delays.push(milliseconds)
  }
  const words = { en: services.words('en'), es: services.words('es') }
  const pack = services.packs.get('XSA')!
  return {
    app: siteApp({ pack, words, siteOrigin, parts: [visitPart(services, wait)], log: services.config.log }),
    delays,
  }
}

/** A page as a browser without script has it: what it says, and what its forms would send. */
export interface Seen {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** The hidden field that the next step needs. */
  readonly field: string
}
/** Posts a form of the page. */
export async function post(
  app: Hono,
  form: Record<string, string>,
  lang: LanguageCode = 'en',
  headers: Record<string, string> = {},
): Promise<Seen> {
  const answer = await app.request(`http://localhost:4000/${lang}/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost:4000', ...headers },
    body: new URLSearchParams(form).toString(),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    text,
    headers: answer.headers,
    field: /name="v" value="([^"]*)"/.exec(text)?.[1] ?? '',
  }
}
/** What the main part says, without its markup. */
export const said = ({ text }: Seen): string =>
  (/<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** A code for a case that Dalia is in charge of. @returns its digits */
export async function codeFor(by: People, id: string, lasts: Lasting = 'week', who: 'dalia' | 'tobias' = 'dalia') {
  const { call } = await by.as(who)
  return call(visits.makeCode, { params: { case: id }, body: { watched: 'no', lasts } })
}

/** The person agrees to help by the shelter, which accepts and reads. @returns the consent and the referral */
export async function sharedWithShelter(by: People, id: string): Promise<{ consent: string; referral: string }> {
  const [dalia, celeste] = await Promise.all([by.as('dalia'), by.as('celeste')])
  const shelter = organisationId('samaan-house')
  const given = consentBody([shelter], { purposes: ['services'], compartments: ['ID', 'STA'] })
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const referral = uuidv7()
  await dalia.call(referrals.send, {
    body: {
      id: referral,
      case: id,
      kind: 'service',
      service: 'safe-accommodation',
      to: shelter,
      urgency: 'urgent',
      consent: given.id,
      share: ['ID', 'STA'],
    },
  })
  await celeste.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  await celeste.call(referrals.read, { params: { referral } })
  return { consent: given.id, referral }
}

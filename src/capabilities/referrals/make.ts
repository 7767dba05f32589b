import type { Hono } from 'hono'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import type { Urgency } from '#platform/country/vocabulary.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import type { Harness } from '../../../tests/harness/harness.ts'
import { consentBody, type People, screeningBody } from '../../../tests/harness/make.ts'
import { organisationId } from '../../../tools/demonstration/people.ts'
import { siteApp } from '../../site/app.ts'
import { referrals } from './contract.ts'
import { withoutAccount } from './contract-link.ts'
import { linkPart } from './site/part.ts'

/** Delays that were asked for, none of them waited. */
export interface Slowed {
  readonly app: Hono
  readonly delays: number[]
}
/** The public site of a harness's country, with the page of links. */
export function boxOf({ services }: Harness): Slowed {
  const delays: number[] = []
  const wait = async (milliseconds: number) => {
    delays.push(milliseconds)
  }
  const words = { en: services.words('en'), es: services.words('es') }
  const pack = services.packs.get('XSA')!
  const siteOrigin = 'http://localhost:4000'
  const parts = [linkPart(services, wait)]
  return { app: siteApp({ pack, words, siteOrigin, parts, log: services.config.log }), delays }
}

/** A page as a browser without script has it: what it says, and what its forms would send. */
export interface Seen {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** The hidden field that the next step needs. */
  readonly field: string
}
export async function post(
  app: Hono,
  form: Record<string, string>,
  lang: LanguageCode = 'en',
  headers: Record<string, string> = {},
): Promise<Seen> {
  const answer = await app.request(`http://localhost:4000/${lang}/box`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost:4000', ...headers },
    body: new URLSearchParams(form).toString(),
  })
  const text = await answer.text()
  const field = /name="v" value="([^"]*)"/.exec(text)?.[1] ?? ''
  return { status: answer.status, text, headers: answer.headers, field }
}
/** What the main part says, without its markup. */
export const said = ({ text }: Pick<Seen, 'text'>): string =>
  (/<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
export const keyIn = (link: string): string => new URL(link).searchParams.get('k')!

export interface Clinic {
  readonly id: string
  /** Its service. */
  readonly offer: string
}
/** An organisation in which nobody has an account. */
export async function unregistered(by: People, email?: string): Promise<Clinic> {
  const [id, offer] = [uuidv7(), uuidv7()]
  const { call } = await by.as('odette')
  const listed = { kind: 'health' as const, name: 'Hilltop Clinic', languages: ['en'], ...(email ? { email } : {}) }
  await call(directory.create, { body: { id, ...listed } })
  const params = { organisation: id }
  await call(directory.offer, { params, body: { id: offer, kind: 'medical-care', languages: ['en'] } })
  return { id, offer }
}

/** What Marisol asks of a clinic for a person who agreed to it. */
export async function askedOf(
  by: People,
  clinic: Pick<Clinic, 'id'> & Partial<Clinic>,
  {
    share = ['ID'],
    place,
    abroad,
    urgency = 'urgent',
  }: { share?: ('ID' | 'STA')[]; place?: 'woman'; abroad?: boolean; urgency?: Urgency } = {},
) {
  const { call } = await by.as('marisol')
  const body = screeningBody()
  await call(screening.record, { body })
  const given = consentBody([clinic.id], abroad ? { purposes: ['services', 'cross-border'] } : {})
  await call(consent.give, { params: { case: body.case }, body: given })
  const referral = uuidv7()
  await call(referrals.send, {
    body: {
      ...{ id: referral, case: body.case, kind: 'service', service: 'medical-care', to: clinic.id, urgency },
      ...{ consent: given.id, share, ...(clinic.offer ? { offer: clinic.offer } : {}), ...(place ? { place } : {}) },
      message: 'She would like to see a woman.',
    },
  })
  return { referral, case: body.case, consent: given.id }
}

/** A link and its code, as its maker tells them. */
export async function linkTo(by: People, referral: string, mail = false) {
  const { call } = await by.as('marisol')
  const made = await call(withoutAccount.makeLink, { params: { referral }, body: { mail } })
  return { ...made, typed: { k: keyIn(made.link), n: made.code } }
}

/** The shelter helps somebody of a case that Dalia is in charge of, as far as this. @returns the referral */
export async function helpGiven(
  by: People,
  id: string,
  until: 'accepted' | 'in-service' | 'done' | 'ended' = 'done',
  who: 'celeste' | 'jonah' = 'celeste',
): Promise<{ referral: string; consent: string }> {
  const [dalia, helper] = await Promise.all([by.as('dalia'), by.as(who)])
  const to = organisationId(who === 'celeste' ? 'samaan-house' : 'claro-clinic')
  const given = consentBody([to], { purposes: ['services'], compartments: ['ID', 'STA'] })
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const referral = uuidv7()
  const params = { referral }
  const asked = { ...{ case: id, kind: 'service' as const, service: 'psychosocial' as const }, to }
  const body = { id: referral, ...asked, urgency: 'urgent' as const, consent: given.id, share: ['ID' as const] }
  await dalia.call(referrals.send, { body })
  await helper.call(referrals.accept, { params, version: 1, body: {} })
  if (until !== 'accepted') await helper.call(referrals.begin, { params, version: 2, body: {} })
  if (until === 'done') await helper.call(referrals.finish, { params, version: 3, body: { outcome: 'helped' } })
  if (until === 'ended') await helper.call(referrals.end, { params, version: 3, body: { reason: 'other' } })
  return { referral, consent: given.id }
}

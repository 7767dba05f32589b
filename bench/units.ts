import { uuidv7 } from '#platform/crypto/random.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { familyNames, givenNames, story } from './invented.ts'
import type { Waiting } from './load.ts'

/** What the requests are made of; sent once to the client's process. */
export interface Material {
  readonly ours: { readonly port: number; readonly officers: readonly string[]; readonly intake: string }
  readonly floor: { readonly port: number; readonly token: string; readonly agency: string }
  readonly held: readonly string[]
  readonly consents: readonly string[]
  readonly waiting: readonly Waiting[]
}
export const sides = ['ours', 'floor'] as const
export type Side = (typeof sides)[number]
export const unitNames = ['create', 'list', 'read', 'referral', 'service', 'search'] as const
export type UnitName = (typeof unitNames)[number]
/** The n-th request of a unit, as the bytes that go over the wire. */
export type Make = (n: number) => string

const unit = organisationId('counter-trafficking-unit')
const shelter = organisationId('samaan-house')
const urgencies = ['urgent', 'routine', 'emergency']

function request(port: number, credential: string, method: string, path: string, body?: unknown, key?: string): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const about =
    body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`
  const once = key ? `Idempotency-Key: ${key}\r\n` : ''
  return `${method} ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${credential}\r\n${about}${once}\r\n${text}`
}
/** A part of somebody's name as it would be typed. */
const typed = (n: number): string => familyNames[(n * 37) % familyNames.length]!.slice(0, 5)
const spread = (n: number, length: number): number => (n * 7919) % length

/** Every unit of work on our server. */
export function oursUnits({ ours, held, consents, waiting }: Material): Record<UnitName, Make> {
  const { port } = ours
  const cookie = (token: string) => `Cookie: __Host-samaan=${token}`
  const officer = (n: number) => cookie(ours.officers[n % ours.officers.length]!)
  const intake = cookie(ours.intake)
  const send = (credential: string, one: { case: string; consent: string }, more: object) =>
    request(port, credential, 'POST', '/api/referrals', { id: uuidv7(), ...one, ...more }, uuidv7())
  return {
    create: n => request(port, officer(n), 'POST', '/api/screenings', screening(n), uuidv7()),
    list: n => request(port, intake, 'GET', `/api/cases?status=opened&urgency=${urgencies[n % 3]}`),
    read: n => request(port, intake, 'GET', `/api/cases/${held[spread(n, held.length)]}/file`),
    referral: n => {
      const one = waiting[n]
      if (!one) throw new Error('no case is left to refer')
      const more = {
        kind: 'identification',
        to: unit,
        urgency: 'urgent',
        share: ['ID', 'SVC', 'STA'],
        message: 'He waits until five.',
      }
      return send(officer(one.officer), { case: one.case, consent: one.consent }, more)
    },
    service: n => {
      const at = spread(n, held.length)
      const more = {
        kind: 'service',
        service: 'safe-accommodation',
        to: shelter,
        urgency: 'urgent',
        share: ['ID', 'STA'],
        message: 'A bed for tonight.',
      }
      return send(intake, { case: held[at]!, consent: consents[at]! }, more)
    },
    search: n => request(port, intake, 'GET', `/api/cases/search?words=${typed(n)}`),
  }
}

function screening(n: number): object {
  const now = new Date().toISOString()
  const how = { language: 'es', interpreter: 'none' }
  return {
    ...{ id: uuidv7(), case: uuidv7(), instrument: 'labour-sign-card', country: 'XSA', ...how, placeSafe: true },
    ...{ danger: false, child: 'no', sector: 'agriculture', urgency: 'urgent', worried: true, saidAt: now, story },
    limitsTold: {
      id: uuidv7(),
      textVersion: 'limits-1',
      ...how,
      givenBy: 'person',
      form: 'oral-certified',
      saidAt: now,
    },
    signs: ['papers-with-other', 'kept-in', 'long-hours'],
    answers: { papers: 'yes' },
    identity: {
      ...{
        givenName: givenNames[n % givenNames.length],
        familyName: familyNames[spread(n, familyNames.length)],
        age: 24,
      },
      ...{ sex: 'male', phone: '+999 555 0142' },
    },
  }
}

/** The same work on the floor. */
export function floorUnits({ floor, held }: Material): Record<UnitName, Make> {
  const { port } = floor
  const bearer = `Authorization: Bearer ${floor.token}`
  const refer: Make = n =>
    request(port, bearer, 'POST', '/referrals', {
      ...{ id: uuidv7(), case: held[spread(n, held.length)], to: floor.agency, kind: 'service' },
      ...{ service: 'safe-accommodation', urgency: 'urgent', message: 'A bed for tonight.' },
    })
  return {
    create: n => request(port, bearer, 'POST', '/cases', record(n)),
    list: n => request(port, bearer, 'GET', `/cases?status=opened&urgency=${urgencies[n % 3]}`),
    read: n => request(port, bearer, 'GET', `/cases/${held[spread(n, held.length)]}`),
    referral: refer,
    service: refer,
    search: n => request(port, bearer, 'GET', `/search?words=${typed(n)}`),
  }
}

function record(n: number): object {
  const { id, limitsTold, identity, ...form } = screening(n) as {
    id: string
    limitsTold: object
    identity: Record<string, string>
  }
  return {
    ...{ id, country: 'XSA', reference: `n-${n}`, urgency: 'urgent', child: false, sector: 'agriculture' },
    ...{ name: `${identity.givenName} ${identity.familyName}`, phone: identity.phone, form: { ...form, ...identity } },
  }
}

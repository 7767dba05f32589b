/**
 * What stands in the database for one question: the people, the case, and every row that somebody has of it. Only rows
 * that the product's own functions write (policy.make, hold, assign, share, accept, end_consent; oversight.break_glass;
 * an order that was confirmed, a yes that names police), as large as they can be; what a reader sees of them is the fence's part.
 */

import { readFileSync } from 'node:fs'
import type { BodyKind } from '#platform/country/vocabulary.ts'
import { bit, type Compartment, maskOf } from '#platform/policy/compartments.ts'
import type { Role } from '#platform/policy/roles.ts'
import type { Consent, Relation, Tuple } from './vocabulary.ts'

const id = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
/** Who asks, somebody else, and the organisations: the asker's own, the competent unit elsewhere, a third. */
export const ME = id(1)
export const OTHER = id(2)
export const BODY = id(11)
export const UNIT = id(12)
export const THIRD = id(13)
/** Records, each by its one id. */
export const CASE = id(21)
export const REFERRAL = id(22)
export const CONSENT = id(23)
export const GLASS = id(24)
export const ORDER = id(25)
export const LEAD = id(26)
export const RECORD = id(27)

export const NOW = new Date('2026-11-22T12:00:00Z')
const hours = (count: number): Date => new Date(NOW.getTime() + count * 3_600_000)
const LATER = hours(24)
export const BEFORE = hours(-1)

export interface AccessRow {
  readonly principal: string
  readonly case_id: string
  readonly basis: 'own' | 'assigned' | 'holder' | 'share'
  readonly basis_id: string
  readonly compartments: number
  readonly shared: number
  readonly accepted: boolean
  readonly until: Date
}
export interface GlimpseRow {
  readonly principal: string
  readonly case_id: string
  readonly basis: 'break-glass' | 'order' | 'consent'
  readonly basis_id: string
  readonly compartments: number
  readonly until: Date
}
/** One way in which a relation can stand in the database. */
export interface Standing {
  readonly access: readonly AccessRow[]
  readonly folder: { status: string; holder: string | null; coordinator: string | null; made_by: string }
  readonly referral: {
    from_account: string
    from_organisation: string
    to_organisation: string
    kind: string
    status: string
  }
  /** Whose lead it is, and whether it was shared with the asker by name. */
  readonly lead: { organisation_id: string; named: boolean }
  /** Where the account that an act of administration is about works. */
  readonly account: string
}

const schema = readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8')
const listIn = (pattern: RegExp): ReadonlySet<string> => {
  const found = pattern.exec(schema)?.[1]
  if (!found) throw new Error(`db/schema.sql no longer says ${pattern}`)
  return new Set([...found.matchAll(/'([a-z-]+)'/g)].map(one => one[1]!))
}
/** Roles that see what was shared with their organisation; those that see an order; those for whom glass opens SVC. */
export const SEES_SHARES = listIn(/create policy own on policy\.case_access[^;]*ARRAY\[([^\]]*)\]/)
export const SEES_ORDERS = listIn(/create policy by_duty on policy\.case_glimpse[^;]*ARRAY\[([^\]]*)\]/)
export const SEES_SCREENINGS = listIn(/create policy seen on screening\.screening[^;]*ARRAY\[([^\]]*)\]/)
const BREAKS_SVC = listIn(/opens := case when mine in \(([^)]*)\) then 3 else 1 end/)

/** What the first screening gives its maker (makeFolder), and the most that a consent lets travel for identification. */
const ASKED = maskOf(['ID', 'SVC', 'STA'])
const CODED = bit.STA
const rowOf = (row: Pick<AccessRow, 'principal' | 'basis'> & Partial<AccessRow>): AccessRow => ({
  case_id: CASE,
  basis_id: CASE,
  compartments: CODED,
  shared: 0,
  accepted: false,
  until: LATER,
  ...row,
})
const own = rowOf({ principal: ME, basis: 'own', compartments: ASKED, shared: ASKED })
const holder = rowOf({ principal: BODY, basis: 'holder', compartments: bit.ID | CODED, shared: ASKED })
const assigned = rowOf({
  principal: ME,
  basis: 'assigned',
  compartments: maskOf(['ID', 'SVC', 'LOC', 'STA']),
  shared: ASKED,
})
/** A share ends with its consent: the row's time is the consent's, and a withdrawal takes the row away. */
const shareOf = (consent: Consent, row: Partial<AccessRow>): AccessRow[] =>
  consent === 'live' || consent === 'expired'
    ? [
        rowOf({
          principal: BODY,
          basis: 'share',
          basis_id: REFERRAL,
          until: consent === 'live' ? LATER : BEFORE,
          ...row,
        }),
      ]
    : []
const forService = { compartments: bit.ID | CODED, shared: 0 }
const forIdentification = { compartments: ASKED, shared: ASKED }

const nothing: Standing = {
  access: [],
  folder: { status: 'opened', holder: UNIT, coordinator: OTHER, made_by: OTHER },
  referral: { from_account: OTHER, from_organisation: UNIT, to_organisation: THIRD, kind: 'service', status: 'sent' },
  lead: { organisation_id: UNIT, named: false },
  account: THIRD,
}
const toBody = { ...nothing.referral, to_organisation: BODY }
const takenOn = { ...toBody, status: 'accepted' }
const sentByMe = { from_account: ME, from_organisation: BODY, to_organisation: THIRD, kind: 'service', status: 'sent' }
const sentByBody = { ...sentByMe, from_account: OTHER }
const bodys = { lead: { organisation_id: BODY, named: false }, account: BODY }

const sharedWith = (consent: Consent): Standing[] => [
  { ...nothing, access: shareOf(consent, forService), referral: toBody },
  {
    ...nothing,
    access: shareOf(consent, forIdentification),
    folder: { status: 'new', holder: null, coordinator: null, made_by: OTHER },
    referral: { ...toBody, kind: 'identification' },
  },
]
const ofBody = (consent: Consent): Standing[] => [
  { ...nothing, ...bodys, access: [holder], folder: { ...nothing.folder, holder: BODY }, referral: sentByBody },
  { ...nothing, ...bodys, access: shareOf(consent, { ...forService, accepted: true }), referral: takenOn },
]
const ofMine = (): Standing[] => {
  const made = { status: 'new', holder: null, coordinator: null, made_by: ME }
  const mine = { ...nothing, ...bodys, referral: sentByMe, lead: { organisation_id: BODY, named: true } }
  const charge = { status: 'opened', holder: BODY, coordinator: ME, made_by: OTHER }
  return [
    { ...mine, access: [own], folder: made },
    { ...mine, access: [own], folder: { ...made, status: 'opened', holder: UNIT, coordinator: OTHER } },
    { ...mine, access: [own, holder], folder: { ...made, status: 'opened', holder: BODY, coordinator: OTHER } },
    { ...mine, access: [assigned, holder], folder: charge },
    { ...mine, access: [assigned], folder: { ...charge, holder: UNIT } },
    // A prosecutor's lead is another body's, shared with them by name.
    { ...mine, access: [], folder: nothing.folder, lead: { organisation_id: THIRD, named: true } },
  ]
}
/** Every way in which a relation can stand; the strongest footing may rest on the weaker ones beside it. */
export function standingsOf(relation: Relation, consent: Consent): Standing[] {
  switch (relation) {
    case 'none':
      return [nothing]
    case 'shared':
      return sharedWith(consent)
    case 'own-agency':
      return ofBody(consent)
    case 'assigned':
      return [...ofMine(), ...ofBody(consent)]
  }
}

/** Glass that this person broke; only who may break it has any. */
export const glassOf = ({ breakGlass }: Tuple, role: Role): GlimpseRow[] =>
  breakGlass === 'none'
    ? []
    : [
        {
          principal: ME,
          case_id: CASE,
          basis: 'break-glass',
          basis_id: GLASS,
          compartments: BREAKS_SVC.has(role) ? bit.ID | bit.SVC : bit.ID,
          until: breakGlass === 'live' ? LATER : BEFORE,
        },
      ]
/** An order names people, never bodies: whom it names, the case is theirs to read of; to a colleague it says nothing. */
export const orderOf = ({ order, relation, resource }: Tuple, handed: readonly Compartment[]): GlimpseRow[] =>
  order && handed.includes(resource as Compartment)
    ? [
        {
          principal: relation === 'assigned' ? ME : OTHER,
          case_id: CASE,
          basis: 'order',
          basis_id: ORDER,
          compartments: bit[resource as Compartment],
          until: LATER,
        },
      ]
    : []

/**
 * The person wants police to know who they are: a yes names people too, it opens ID alone whatever is asked about
 * (policy.case_glimpse case_glimpse_consent), and only police and prosecution are named. A withdrawal takes the row away.
 */
export const agreedOf = ({ consent, relation }: Tuple, role: Role): GlimpseRow[] =>
  SEES_ORDERS.has(role) && (consent === 'live' || consent === 'expired')
    ? [
        {
          principal: relation === 'assigned' ? ME : OTHER,
          case_id: CASE,
          basis: 'consent',
          basis_id: CONSENT,
          compartments: bit.ID,
          until: consent === 'live' ? LATER : BEFORE,
        },
      ]
    : []

/** The kind of body in which somebody works as this; a supervisor's is asked by the tuple. */
export const kindOf = ({ role, agency, clinician }: Tuple): BodyKind => {
  if (role === 'investigator' || role === 'prosecutor' || agency === 'police') return 'police'
  // A clinician works in a clinic.
  if (role === 'provider' && clinician) return 'health'
  if (role === 'provider' || role === 'shelter-manager' || agency === 'care') return 'ngo'
  return role === 'officer' ? 'labour-inspectorate' : 'competent-authority'
}

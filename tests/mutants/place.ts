import { here, type LaidCase, laidCase } from './laid.ts'
import { laidAssignments } from './laid-people.ts'
import type { Viewer } from './viewers.ts'

/** A row as JSON, by its columns. */
export type Row = Readonly<Record<string, unknown>>
export type Judge = (viewer: Viewer, row: Row) => boolean

/**
 * What may be done to the rows of one table, as the database alone decides it. What is not named, nobody may.
 * `add` a row with these values · `reach` a row to change it · `leave` it so when it was changed · `remove` it.
 */
export interface TableRules {
  readonly see?: Judge
  readonly add?: Judge
  readonly reach?: Judge
  readonly leave?: Judge
  readonly remove?: Judge
}

export const bit = { ID: 1, SVC: 2, HLT: 4, LOC: 8, INV: 16, WIT: 32, STA: 64 } as const
export type Bit = keyof typeof bit
export type Basis = LaidCase['places'][number]['basis']

export const both =
  (...all: Judge[]): Judge =>
  (viewer, row) =>
    all.every(one => one(viewer, row))
export const either =
  (...all: Judge[]): Judge =>
  (viewer, row) =>
    all.some(one => one(viewer, row))
export const not =
  (one: Judge): Judge =>
  (viewer, row) =>
    !one(viewer, row)
/** Everybody who works here; a person on a visit does not. */
export const anybody: Judge = ({ jobs, unset, visit }) => !jobs && !unset && visit === undefined
export const jobs: Judge = viewer => viewer.jobs
export const as =
  (...roles: string[]): Judge =>
  ({ role }) =>
    roles.includes(role)
export const signingIn = as('sign-in')
/** The row names whoever asks in this column. */
export const mine =
  (column: string): Judge =>
  ({ user, jobs: job }, row) =>
    !job && row[column] === user
export const is =
  (column: string, ...values: unknown[]): Judge =>
  (_, row) =>
    values.includes(row[column] ?? null)
export const isPast = (column: string): Judge => {
  return (_, row) =>
    typeof row[column] === 'string' && row[column] !== 'infinity' && new Date(row[column]) <= new Date()
}
export const ofCountry: Judge = ({ country }, row) => row.country === country
export const ofPrincipal =
  (column: string): Judge =>
  ({ principals }, row) =>
    principals.includes(row[column] as string)

export const caseOf = (row: Row) => laidCase.get((row.case_id ?? row.id) as string)
/** Whoever answers for what an organisation was sent. */
export const receivers = as('intake', 'provider', 'shelter-manager')
export const unitRoles = as('intake', 'coordinator', 'decision-maker')
export const serviceRoles = as('provider', 'shelter-manager')
export const justiceRoles = as('investigator', 'prosecutor')

/** Off: as if nothing were hidden from anybody. */
export const hiding = { on: true }
const hides = ({ user }: Viewer, { account, named }: LaidCase['hidden'][number]): boolean =>
  hiding.on && (account === undefined ? !named.includes(user) : account === user)
export const isHidden = (viewer: Viewer, one: LaidCase): boolean => one.hidden.some(each => hides(viewer, each))
/** Hidden by something else than having been erased: what was is still named by who protects data. */
export const shut: Judge = (viewer, row) =>
  (caseOf(row)?.hidden ?? []).some(each => !each.erased && hides(viewer, each))
/** What is hidden from somebody is there for nobody else's sake. */
export const hidden: Judge = (viewer, row) => {
  const one = caseOf(row)
  return one !== undefined && isHidden(viewer, one)
}
export const open = not(hidden)

export const places = (viewer: Viewer, row: Row) => {
  const one = caseOf(row)
  if (!one || isHidden(viewer, one)) return []
  return one.places.filter(
    each =>
      each.live && viewer.principals.includes(each.principal) && (each.basis !== 'share' || receivers(viewer, row)),
  )
}
/** A reason in force, of one of these kinds, that opens this compartment where one is named. */
export const has =
  (bases: readonly Basis[], compartment?: Bit): Judge =>
  (viewer, row) =>
    places(viewer, row).some(
      each => bases.includes(each.basis) && (compartment === undefined || (each.mask & bit[compartment]) !== 0),
    )
export const every: readonly Basis[] = ['own', 'share', 'holder', 'assigned']
export const kept: readonly Basis[] = ['own', 'holder', 'assigned']
export const unit: readonly Basis[] = ['holder', 'assigned']
/** The role may see this compartment at all. */
export const may =
  (compartment: Bit): Judge =>
  ({ ceiling }) =>
    (ceiling & bit[compartment]) !== 0
/** They took on what was asked of them. */
export const accepted: Judge = (viewer, row) => places(viewer, row).some(one => one.basis === 'share' && one.accepted)
/** A reason of their own, or told for identification: screenings are not for who only gives a service. */
export const told: Judge = (viewer, row) =>
  places(viewer, row).some(one => (one.mask & bit.STA) !== 0 && (one.basis !== 'share' || one.shared !== 0))
/** Holds it for the unit, or is in charge of it, as the role is. */
export const byRole: Judge = (viewer, row) =>
  unitRoles(viewer, row) && has([viewer.role === 'coordinator' ? 'assigned' : 'holder'])(viewer, row)

export const glimpses = (viewer: Viewer, row: Row) => {
  const one = caseOf(row)
  if (!one || isHidden(viewer, one)) return []
  return one.glimpses.filter(
    each =>
      each.live &&
      viewer.principals.includes(each.principal) &&
      (each.basis === 'break-glass' ||
        (justiceRoles(viewer, row) && worksAt('organisation_id')(viewer, { organisation_id: each.body }))),
  )
}
/** Glass that is broken opens no more than the role may see; an order opens exactly what it names. */
export const glimpsed =
  (compartment?: Bit): Judge =>
  (viewer, row) =>
    glimpses(viewer, row).some(
      one =>
        compartment === undefined ||
        ((one.mask & bit[compartment]) !== 0 &&
          (one.basis !== 'break-glass' || (viewer.ceiling & bit[compartment]) !== 0)),
    )

/** The person whose case it is: their visit stands, by the token that only its page knows. */
export const visits: Judge = (viewer, row) => {
  const one = caseOf(row)
  if (!one || viewer.visit === undefined || isHidden(viewer, one)) return false
  return one.visits.some(each => each.live && each.token === viewer.visit)
}
/**
 * In charge of the person: the coordinator whom the folder names; before there is one who made the case, or intake of the
 * unit that holds it.
 */
export const leads: Judge = (viewer, row) => {
  const one = caseOf(row)
  if (!one) return false
  if (one.coordinator !== undefined)
    return viewer.role === 'coordinator' && one.coordinator === viewer.user && has(['assigned'])(viewer, row)
  const made = one.madeBy === viewer.user && has(['own'])(viewer, row)
  return (viewer.role === 'officer' && made) || (viewer.role === 'intake' && (made || has(['holder'])(viewer, row)))
}
/** It leads to another case, for whoever may know of it: the people of the unit that holds both, and the jobs. */
export const ledAway: Judge = (viewer, row) => {
  const one = caseOf(row)
  const lead = laidCase.get(one?.leads?.to ?? '')
  if (!one?.leads || !lead) return false
  if (viewer.jobs) return true
  const known = unitRoles(viewer, row) && viewer.organisation === one.leads.by
  return known && !isHidden(viewer, one) && !isHidden(viewer, lead)
}

/** Works there in the role that the request runs in; a role that waits for its second person is none yet. */
export const worksAt =
  (column: string): Judge =>
  (viewer, row) =>
    laidAssignments.some(
      one =>
        one.account === viewer.user &&
        one.role === viewer.role &&
        one.organisation === row[column] &&
        one.country === viewer.country &&
        one.confirmed &&
        one.live,
    )
/** Works somewhere in this country in that role, and the request runs in it. */
export const worksAs =
  (role: string): Judge =>
  viewer =>
    viewer.role === role &&
    laidAssignments.some(
      one =>
        one.account === viewer.user && one.role === role && one.country === viewer.country && one.confirmed && one.live,
    )
/** Has, or had, or will have a role in the reader's country. */
export const known =
  (column: string): Judge =>
  (viewer, row) =>
    laidAssignments.some(
      one =>
        one.account === row[column] &&
        one.country === viewer.country &&
        (one.confirmed || ['sign-in', 'administrator', 'supervisor'].includes(viewer.role)),
    )
export const isHere = (organisation: unknown, countries: ReadonlyMap<string, string>, viewer: Viewer) =>
  (countries.get(organisation as string) ?? here) === viewer.country
/** A yes to police, and what takes it back: who is in charge, and the person on a visit. */
export const keptClose = (column: string): Judge =>
  either(not(is(column, true)), both(as('coordinator'), has(['assigned'])), visits)

import type { CountryPack } from '#platform/country/pack.ts'
import type { FieldError } from '#platform/problem/problem.ts'
import type { Opening, OrganisationKind, ServiceKind } from '../../contract.ts'
import type { Doc } from '../hsds/fields.ts'
import { areaOf, costOf, hoursOf, languagesOf, phoneOf, simpleOf } from '../hsds/said.ts'

/** An organisation as the directory would keep it. */
export interface OrganisationRow {
  readonly id: string
  readonly kind: OrganisationKind
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
  readonly hsds: Doc
}
/** A service as the directory would keep it. */
export interface ServiceRow {
  readonly id: string
  readonly organisation_id: string
  readonly kind: ServiceKind
  readonly name: string
  readonly description: string | null
  readonly area: string | null
  readonly languages: string[]
  readonly min_age: number | null
  readonly max_age: number | null
  readonly cost: string | null
  readonly hours: Opening[] | null
  readonly active: boolean
  readonly changed_at: Date
  readonly hsds: Doc
}
const without = (doc: Doc, ...names: readonly string[]): Doc =>
  Object.fromEntries(Object.entries(doc).filter(([name]) => !names.includes(name)))
const lineFlaw = (name: unknown): string | undefined =>
  typeof name !== 'string' || !/^[^\n\r]*\S[^\n\r]*$/u.test(name)
    ? 'required'
    : name.length > 120
      ? 'too-long'
      : undefined

/** What has no column of its own stays as it came. */
export function organisationRow(doc: Doc, kind: OrganisationKind, errors: FieldError[]): OrganisationRow {
  const flaw = lineFlaw(doc.name)
  if (flaw) errors.push({ field: 'name', code: flaw, limit: 120 })
  return {
    id: doc.id as string,
    kind,
    name: doc.name as string,
    phone: phoneOf(doc.phones),
    email: (doc.email as string | undefined) ?? null,
    hsds: without(doc, 'id', 'name', 'email'),
  }
}

export function serviceRow(
  doc: Doc,
  organisation: string,
  kind: ServiceKind,
  { pack, now }: { pack: CountryPack; now: Date },
  errors: FieldError[],
): ServiceRow {
  const wrong = (field: string, code: string, limit?: number) =>
    errors.push({ field, code, ...(limit ? { limit } : {}) })
  const flaw = lineFlaw(doc.name)
  if (flaw) wrong('name', flaw, 120)
  const description = (doc.description as string | undefined) ?? null
  if (description !== null && description.length > 2000) wrong('description', 'too-long', 2000)
  if (description !== null && !/\S/u.test(description)) wrong('description', 'required')
  const [from, to] = [doc.minimum_age ?? null, doc.maximum_age ?? null] as (number | null)[]
  for (const [field, age] of [
    ['minimum_age', from],
    ['maximum_age', to],
  ] as const)
    if (age && !Number.isInteger(age)) wrong(field, 'whole')
  if (from != null && to != null && from > to) wrong('maximum_age', 'ages-order')
  for (const at of overlapping(simpleOf(doc.schedules, pack, now))) wrong(`schedules.${at}`, 'hours-overlap')
  const modified = doc.last_modified === undefined ? now : new Date(String(doc.last_modified))
  if (modified.getTime() > now.getTime()) wrong('last_modified', 'future')
  // As of every date that comes in; the database knows no year 0.
  if (modified.getTime() < Date.UTC(1900, 0)) wrong('last_modified', 'instant')
  return {
    id: doc.id as string,
    organisation_id: organisation,
    kind,
    name: doc.name as string,
    description,
    area: areaOf(doc.service_areas, pack),
    languages: languagesOf(doc.languages),
    min_age: from ?? null,
    max_age: to ?? null,
    cost: costOf(doc.cost_options),
    hours: hoursOf(doc.schedules, pack, now),
    active: doc.status === 'active',
    changed_at: modified,
    hsds: without(doc, 'id', 'organization_id', 'name', 'description', 'minimum_age', 'maximum_age', 'organization'),
  }
}
/** The lines that begin before an earlier one ends: what the directory's own form refuses. */
const overlapping = (lines: readonly (Opening | undefined)[]): number[] =>
  lines.flatMap((one, at) =>
    one &&
    lines
      .slice(0, at)
      .some(
        before =>
          before && one.days.some(day => before.days.includes(day)) && one.from < before.to && before.from < one.to,
      )
      ? at
      : [],
  )

import { isDeepStrictEqual } from 'node:util'
import { type CountryPack, textIn } from '#platform/country/pack.ts'
import type { Words } from '#platform/words/words.ts'
import type { Opening } from '../../contract.ts'
import type { Doc } from './fields.ts'
import { areaOf, costOf, dayCodes, hoursFromUtc, hoursOf, languagesOf, phoneOf } from './said.ts'
import { derivedId, kindAttribute, saidKind } from './terms.ts'

/** An organisation as everybody may read it. */
export interface ListedOrganisation {
  readonly organisation: string
  readonly organisation_kind: string
  readonly organisation_name: string
  readonly organisation_phone: string | null
  readonly organisation_email: string | null
  readonly organisation_hsds: unknown
}
/** A service as everybody may read it, with who offers it. */
export interface ListedService extends ListedOrganisation {
  readonly id: string
  readonly kind: string
  readonly name: string | null
  readonly description: string | null
  readonly area: string | null
  readonly languages: readonly string[]
  readonly sexes: readonly string[]
  readonly min_age: number | null
  readonly max_age: number | null
  readonly with_children: boolean | null
  readonly nationalities: readonly string[]
  readonly residence: readonly string[]
  readonly exploitation: readonly string[]
  readonly access_needs: readonly string[]
  readonly cost: string | null
  readonly how_to_ask: readonly string[]
  readonly hours: unknown
  readonly open_on_holidays: boolean
  readonly changed_at: Date
  readonly hsds: unknown
}
/** In which country, when, and in which language what has no text of its own is called. */
export interface Saying {
  readonly pack: CountryPack
  readonly now: Date
  readonly words: Words
}

const docOf = (value: unknown): Doc => (value ?? {}) as Doc
const bare = (doc: Record<string, unknown>): Doc =>
  Object.fromEntries(Object.entries(doc).filter(([, value]) => value !== undefined && value !== null))
const listOr = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined)

/** An organisation in the way of the specification, whole. */
export function organizationOf(row: ListedOrganisation, { words }: Saying): Doc {
  const doc = docOf(row.organisation_hsds)
  const { organisation: id, organisation_kind: kind, organisation_phone: phone } = row
  const phones =
    phoneOf(doc.phones) === phone
      ? doc.phones
      : phone && [{ id: derivedId('phone', id), organization_id: id, number: phone }]
  return bare({
    ...doc,
    id,
    name: row.organisation_name,
    description: doc.description ?? words.t(`organisation.kind.${kind}`),
    email: row.organisation_email,
    phones,
    attributes: withKind(doc.attributes, 'organisation', id, kind, words),
  })
}
const withKind = (attributes: unknown, of: 'service' | 'organisation', id: string, kind: string, words: Words) => {
  const all = (attributes ?? []) as readonly Doc[]
  return saidKind(of, all) === kind ? all : [...all, kindAttribute(of, id, kind, words)]
}

/** A service in the way of the specification, whole, without who offers it. */
export function serviceOf(row: ListedService, saying: Saying): Doc {
  const doc = docOf(row.hsds)
  const { words } = saying
  const changed = row.changed_at.toISOString()
  return bare({
    ...doc,
    id: row.id,
    organization_id: row.organisation,
    name: row.name ?? words.t(`service.kind.${row.kind}`),
    description: row.description,
    status: 'active',
    application_process: askText(row, words) ?? doc.application_process,
    fees_description:
      row.cost && row.cost !== costOf(doc.cost_options) ? words.t(`service.cost.${row.cost}`) : doc.fees_description,
    eligibility_description: whomText(row, words) ?? doc.eligibility_description,
    minimum_age: row.min_age,
    maximum_age: row.max_age,
    last_modified: Date.parse(String(doc.last_modified)) === row.changed_at.getTime() ? doc.last_modified : changed,
    languages: languages(row, doc),
    schedules: schedules(row, doc, saying),
    service_areas: areas(row, doc, saying),
    service_at_locations: atLocations(row, saying),
    attributes: withKind(doc.attributes, 'service', row.id, row.kind, words),
  })
}
/** A service with who offers it. */
export const fullServiceOf = (row: ListedService, saying: Saying): Doc => ({
  ...serviceOf(row, saying),
  organization: organizationOf(row, saying),
})

const languages = ({ id, languages: codes }: ListedService, doc: Doc) =>
  isDeepStrictEqual(languagesOf(doc.languages), [...codes].sort())
    ? doc.languages
    : listOr(codes.map(code => ({ id: derivedId('language', id, code), service_id: id, code })))

function schedules({ id, hours }: ListedService, doc: Doc, { pack, now }: Saying) {
  if (isDeepStrictEqual(hoursOf(doc.schedules, pack, now), hours)) return doc.schedules
  const timezone = hoursFromUtc(pack, now)
  return listOr(
    ((hours ?? []) as Opening[]).map((one, at) => ({
      id: derivedId('schedule', id, String(at)),
      service_id: id,
      timezone,
      freq: 'WEEKLY',
      interval: 1,
      byday: dayCodes(one.days),
      opens_at: one.from,
      closes_at: one.to,
    })),
  )
}
/** A place by its name, the country where it is everywhere. */
export function areaName(area: string | null, { pack, words }: Saying): string {
  const place = pack.places.find(one => one.code === area)
  return textIn((place ?? pack).names, words.lang)
}
function areas(row: ListedService, doc: Doc, saying: Saying) {
  if (doc.service_areas && areaOf(doc.service_areas, saying.pack) === row.area) return doc.service_areas
  return [{ id: derivedId('area', row.id), service_id: row.id, name: areaName(row.area, saying) }]
}
/** Where a service is: as somebody else wrote it, else its area and nothing closer. Then its id is the service's own. */
export function atLocations(row: ListedService, saying: Saying): readonly Doc[] | undefined {
  const doc = docOf(row.hsds)
  if (doc.service_at_locations) return doc.service_at_locations as Doc[]
  if (!row.area) return undefined
  const location = {
    id: row.id,
    location_type: 'physical',
    organization_id: row.organisation,
    name: areaName(row.area, saying),
  }
  return [{ id: row.id, service_id: row.id, location_id: row.id, location }]
}

/** How to ask for it, for who works with no account of ours. */
function askText({ how_to_ask: ways }: ListedService, { t }: Words): string | undefined {
  const open = ways.filter(one => one !== 'in-samaan')
  return open.length > 0 ? open.map(one => t(`service.ask.${one}`)).join('; ') : undefined
}
/** For whom it is, besides the ages, which have fields of their own. */
function whomText(row: ListedService, { t }: Words): string | undefined {
  const said = [
    ...row.sexes.map(one => t(`service.served.${one}`)),
    ...row.residence.map(one => t(`service.residence.${one}`)),
    ...row.exploitation.map(one => t(`service.exploitation.${one}`)),
    ...(row.nationalities.length > 0 ? [`${t('services.nationalities')}: ${row.nationalities.join(', ')}`] : []),
    ...(row.with_children === null
      ? []
      : [t(row.with_children ? 'services.for.with-children' : 'services.for.without-children')]),
  ]
  return said.length > 0 ? said.join('; ') : undefined
}

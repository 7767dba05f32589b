import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, email, id, instant, line, newId, page, paging, phone, version } from '#platform/contract/shapes.ts'
import {
  type BodyKind,
  bodyKinds,
  notifiedFacts,
  type ServiceKind,
  serviceKinds,
} from '#platform/country/vocabulary.ts'
import { purposes } from '#platform/policy/roles.ts'
import { Service, serviceOperations } from './contract-services.ts'

export { type PlaceKind, placeKinds } from './choices.ts'
export { OfferedService, type Opening, type Place, type Service } from './contract-services.ts'

/** The kinds of body a country pack knows. */
export const organisationKinds = bodyKinds
export type OrganisationKind = BodyKind
export { type ServiceKind, serviceKinds }

const language = () => z.string().check(z.regex(/^[a-z]{2,3}$/, 'code'))
export const OrganisationRow = z.object({
  id: id(),
  kind: z.enum(organisationKinds),
  name: z.string(),
  competent: z.boolean(),
  active: z.boolean(),
  phone: z.nullable(z.string()),
  services: z.array(z.enum(serviceKinds)),
})
export type OrganisationRow = z.infer<typeof OrganisationRow>

export const Organisation = z.object({
  ...OrganisationRow.shape,
  services: z.array(Service),
  country: z.string(),
  languages: z.array(z.string()),
  email: z.nullable(z.string()),
  members: z.array(z.object({ account: id(), name: z.string(), role: z.string() })),
  onCall: z.array(z.object({ id: id(), account: id(), name: z.string(), from: z.string(), to: z.string() })),
  version: version(),
})
export type Organisation = z.infer<typeof Organisation>

const fields = {
  kind: z.enum(organisationKinds),
  name: line(120),
  languages: z.array(language()).check(z.maxLength(20, 'too-many')),
  phone: z.optional(phone()),
  email: z.optional(email()),
}
/** On an island a district is an address: no area is kept for what shelters people. */
export const isSheltered = (organisation: OrganisationKind, service: ServiceKind): boolean =>
  organisation === 'shelter' || service === 'safe-accommodation'

/** A text by language code; the screen picks the one it speaks. */
const texts = () => z.record(z.string(), z.string())
/** Whether a text may be shown in a language: as signed, as part of a demonstration with its mark, or not at all. */
export const standings = ['signed', 'demonstration', 'withheld'] as const
const standing = () => z.record(z.string(), z.enum(standings))

export const Hotline = z.object({
  code: z.string(),
  kind: z.string(),
  names: texts(),
  number: z.string(),
  /** null: day and night */
  hours: z.nullable(z.object({ days: z.array(z.number()), from: z.string(), to: z.string() })),
  free: z.nullable(z.boolean()),
})
export type Hotline = z.infer<typeof Hotline>

/** What staff need of the country pack in the field; nothing here is about a person. */
export const Country = z.object({
  code: z.string(),
  names: texts(),
  demonstration: z.boolean(),
  languages: z.array(z.string()),
  timeZone: z.string(),
  /** A person younger than this, in years, is a child. */
  childUnder: z.number(),
  places: z.array(z.object({ code: z.string(), kind: z.string(), within: z.nullable(z.string()), names: texts() })),
  hotlines: z.array(Hotline),
  dangerSteps: z.array(z.object({ code: z.string(), texts: texts() })),
  /** By language, how far the texts that can hurt if they are wrong were checked. */
  standing: z.object({ consent: standing(), danger: standing() }),
  /** What a verified law wants the competent body told of an adult who refuses; null: nothing is told. */
  notification: z.nullable(z.array(z.enum(notifiedFacts))),
})
export type Country = z.infer<typeof Country>

/** Organisations, what they offer, who is on call. No operation here tells where a shelter is. */
export const directory = {
  list: query({
    id: 'directory.list',
    path: '/organisations',
    query: z.object({
      ...paging,
      search: z.optional(line(80)),
      kind: z.optional(z.enum(organisationKinds)),
      service: z.optional(z.enum(serviceKinds)),
    }),
    reply: page(OrganisationRow),
    access: 'organisation.list',
    audit: { none: 'the directory of organisations names no person' },
    purpose: purposes,
  }),
  get: query({
    id: 'directory.get',
    path: '/organisations/{organisation}',
    params: z.object({ organisation: id() }),
    reply: Organisation,
    access: 'organisation.read',
    audit: { none: 'the directory of organisations names no person in a case' },
    purpose: purposes,
  }),
  create: command({
    id: 'directory.create',
    path: '/organisations',
    body: z.strictObject({ id: newId(), ...fields }),
    reply: changed,
    access: 'organisation.create',
    audit: 'organisation.created',
    purpose: ['administration'],
  }),
  change: command({
    id: 'directory.change',
    method: 'PUT',
    path: '/organisations/{organisation}',
    params: z.object({ organisation: id() }),
    body: z.strictObject({ ...fields, active: z.boolean() }),
    ifMatch: true,
    reply: changed,
    access: 'organisation.change',
    audit: 'organisation.changed',
    purpose: ['administration'],
  }),
  ...serviceOperations,
  putOnCall: command({
    id: 'directory.putOnCall',
    path: '/organisations/{organisation}/on-call',
    params: z.object({ organisation: id() }),
    body: z.strictObject({ id: newId(), account: id(), from: instant(), to: instant() }),
    reply: z.object({ id: id() }),
    access: 'organisation.on-call',
    audit: 'organisation.on-call-changed',
    purpose: ['administration', 'assistance', 'identification', 'oversight'],
  }),
  endOnCall: command({
    id: 'directory.endOnCall',
    method: 'DELETE',
    path: '/organisations/{organisation}/on-call/{duty}',
    params: z.object({ organisation: id(), duty: id() }),
    body: null,
    reply: null,
    access: 'organisation.on-call',
    audit: 'organisation.on-call-ended',
    purpose: ['administration', 'assistance', 'identification', 'oversight'],
  }),
  country: query({
    id: 'directory.country',
    path: '/country',
    reply: Country,
    access: 'signed-in',
    audit: { none: 'what the country pack says is about nobody' },
    purpose: purposes,
  }),
}

import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import {
  changed,
  choices,
  code,
  id,
  line,
  newId,
  page,
  paging,
  text,
  version,
  whole,
} from '#platform/contract/shapes.ts'
import { bodyKinds, serviceKinds } from '#platform/country/vocabulary.ts'
import { purposes } from '#platform/policy/roles.ts'
import { accessNeeds, costs, placeKinds, residences, servedExploitation, servedSexes, waysToAsk } from './choices.ts'

const language = () => z.string().check(z.regex(/^[a-z]{2,3}$/, 'code'))
const languages = () => z.array(language()).check(z.maxLength(20, 'too-many'))
const time = () => z.string().check(z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'time'))
/** On these days of the week (1 is Monday) from one local time to another; what goes on after midnight is a second one. */
const Opening = z
  .strictObject({
    days: z.array(whole(1, 7)).check(z.minLength(1, 'required'), z.maxLength(7, 'too-many')),
    from: time(),
    to: time(),
  })
  .check(z.refine(({ from, to }) => from < to, { error: 'hours-order', path: ['to'] }))
export type Opening = z.infer<typeof Opening>
const overlaps = (one: Opening, other: Opening) =>
  one.days.some(day => other.days.includes(day)) && one.from < other.to && other.from < one.to
export const hours = () =>
  z.array(Opening).check(
    z.maxLength(28, 'too-many'),
    z.refine(all => !all.some((one, at) => all.slice(at + 1).some(other => overlaps(one, other))), 'hours-overlap'),
    z.refine(all => all.every(({ days }) => new Set(days).size === days.length), 'hours-overlap'),
  )

const age = () => whole(0, 130)
/** What an organisation says of one service. */
const said = {
  area: z.optional(code()),
  languages: languages(),
  name: z.optional(line(120)),
  description: z.optional(text(2000)),
  sexes: z.optional(choices(servedSexes)),
  minAge: z.optional(age()),
  maxAge: z.optional(age()),
  /** Whether people may bring their children. */
  withChildren: z.optional(z.boolean()),
  nationalities: z.optional(
    z.array(z.string().check(z.regex(/^[A-Z]{3}$/, 'country'))).check(z.maxLength(250, 'too-many')),
  ),
  residence: z.optional(choices(residences)),
  exploitation: z.optional(choices(servedExploitation)),
  accessNeeds: z.optional(choices(accessNeeds)),
  cost: z.optional(z.enum(costs)),
  howToAsk: z.optional(choices(waysToAsk)),
  hours: z.optional(hours()),
  openOnHolidays: z.optional(z.boolean()),
  interpreterSexes: z.optional(choices(servedSexes)),
  vouchedBy: z.optional(line(120)),
  public: z.optional(z.boolean()),
}
const ages = z.refine<{ minAge?: number | undefined; maxAge?: number | undefined }>(
  given => given.minAge === undefined || given.maxAge === undefined || given.minAge <= given.maxAge,
  { error: 'ages-order', path: ['maxAge'] },
)

export const Place = z.object({
  kind: z.enum(placeKinds),
  total: z.number(),
  free: z.number(),
  /** When the people of the service last said so. */
  toldAt: z.string(),
  version: version(),
})
export type Place = z.infer<typeof Place>

export const Service = z.object({
  id: id(),
  kind: z.enum(serviceKinds),
  name: z.nullable(z.string()),
  description: z.nullable(z.string()),
  area: z.nullable(z.string()),
  languages: z.array(z.string()),
  sexes: z.array(z.enum(servedSexes)),
  minAge: z.nullable(z.number()),
  maxAge: z.nullable(z.number()),
  withChildren: z.nullable(z.boolean()),
  nationalities: z.array(z.string()),
  residence: z.array(z.enum(residences)),
  exploitation: z.array(z.enum(servedExploitation)),
  accessNeeds: z.array(z.enum(accessNeeds)),
  cost: z.nullable(z.enum(costs)),
  howToAsk: z.array(z.enum(waysToAsk)),
  hours: z.nullable(z.array(z.object({ days: z.array(z.number()), from: z.string(), to: z.string() }))),
  openOnHolidays: z.boolean(),
  interpreterSexes: z.array(z.enum(servedSexes)),
  vouchedBy: z.nullable(z.string()),
  public: z.boolean(),
  active: z.boolean(),
  /** Whether it is open at this moment; null: nobody said when it is. */
  open: z.nullable(z.boolean()),
  /** Empty for who asks for no places. */
  places: z.array(Place),
  version: version(),
})
export type Service = z.infer<typeof Service>

/** A service with who offers it. */
export const OfferedService = z.object({
  ...Service.shape,
  organisation: z.object({
    id: id(),
    name: z.string(),
    kind: z.enum(bodyKinds),
    phone: z.nullable(z.string()),
  }),
})
export type OfferedService = z.infer<typeof OfferedService>

const keeping = ['administration', 'assistance', 'identification', 'oversight'] as const
const one = z.object({ organisation: id(), service: id() })

export const serviceOperations = {
  services: query({
    id: 'directory.services',
    path: '/services',
    query: z.object({
      ...paging,
      kind: z.optional(z.enum(serviceKinds)),
      language: z.optional(language()),
      /** In this place, or in the whole country. */
      area: z.optional(code()),
      open: z.optional(z.literal('now')),
      /** With a place free for such a person. */
      free: z.optional(z.enum(placeKinds)),
      search: z.optional(line(80)),
    }),
    reply: page(OfferedService),
    access: 'organisation.list',
    audit: { none: 'the directory of services names no person' },
    purpose: purposes,
  }),
  offer: command({
    id: 'directory.offer',
    path: '/organisations/{organisation}/services',
    params: z.object({ organisation: id() }),
    body: z.strictObject({ id: newId(), kind: z.enum(serviceKinds), ...said }).check(ages),
    reply: changed,
    access: 'organisation.offer',
    audit: 'organisation.service-offered',
    purpose: keeping,
  }),
  changeService: command({
    id: 'directory.changeService',
    method: 'PUT',
    path: '/organisations/{organisation}/services/{service}',
    params: one,
    body: z.strictObject(said).check(ages),
    ifMatch: true,
    reply: changed,
    access: 'organisation.offer',
    audit: 'organisation.service-changed',
    purpose: keeping,
  }),
  withdraw: command({
    id: 'directory.withdraw',
    method: 'DELETE',
    path: '/organisations/{organisation}/services/{service}',
    params: one,
    body: null,
    reply: changed,
    access: 'organisation.offer',
    audit: 'organisation.service-withdrawn',
    purpose: keeping,
  }),
  /** Which kinds of place there are, and how many of each, on the counts that were seen: a place may be taken at any moment. */
  setPlaces: command({
    id: 'directory.setPlaces',
    method: 'PUT',
    path: '/organisations/{organisation}/services/{service}/places',
    params: one,
    body: z.strictObject({
      places: z
        .array(
          z
            .strictObject({
              kind: z.enum(placeKinds),
              total: whole(0, 1000),
              free: whole(0, 1000),
              /** The version of the count that was seen; absent: there was none of this kind. */
              seen: z.optional(version()),
            })
            .check(z.refine(({ total, free }) => free <= total, { error: 'more-than-total', path: ['free'] })),
        )
        .check(
          z.maxLength(placeKinds.length, 'too-many'),
          z.refine(all => new Set(all.map(one => one.kind)).size === all.length, 'twice'),
        ),
    }),
    ifMatch: true,
    reply: changed,
    access: 'organisation.places',
    audit: 'organisation.places-set',
    purpose: keeping,
  }),
  /** How many are free now, on the count that was seen. */
  countPlaces: command({
    id: 'directory.countPlaces',
    path: '/organisations/{organisation}/services/{service}/places/{kind}',
    params: z.object({ organisation: id(), service: id(), kind: z.enum(placeKinds) }),
    body: z.strictObject({ free: whole(0, 1000) }),
    ifMatch: true,
    reply: z.object({ version: version() }),
    access: 'organisation.places',
    audit: 'organisation.places-counted',
    purpose: keeping,
  }),
}

import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { id, line, page, paging, version } from '#platform/contract/shapes.ts'
import { serviceKinds } from '#platform/country/vocabulary.ts'

/** Bytes of the largest file that is read, before it is sent as text. */
export const mostFileBytes = 20_000_000
/** Refusals, and changes of how somebody is reached, that are named one by one; all of them are counted. */
export const mostRefusals = 500
/** Services that are made public at once. */
export const mostPublished = 100

const given = {
  /** The file's bytes in base64: in which encoding they are is for the server to see. */
  file: z
    .string()
    .check(
      z.minLength(4, 'required'),
      z.maxLength(Math.ceil(mostFileBytes / 3) * 4, 'too-long'),
      z.regex(/^[A-Za-z0-9+/]+={0,2}$/, 'wrong'),
    ),
  /** The kind of what does not say its own in our terms. */
  kind: z.optional(z.enum(serviceKinds)),
}
/** By what people find an organisation, and where links and calls to it go. */
export const rewritable = ['name', 'phone', 'email'] as const
const counts = z.object({ new: z.number(), changed: z.number(), same: z.number() })
export const Findings = z.object({
  organisations: counts,
  services: counts,
  /** Services in the public list now that would leave it until somebody says so again. */
  hidden: z.number(),
  /** Names, numbers and addresses of organisations here that would be others. */
  rewritten: z.number(),
  rewrites: z.array(
    z.object({
      row: z.string(),
      /** As it is called here. */
      name: z.string(),
      field: z.enum(rewritable),
      before: z.nullable(z.string()),
      after: z.nullable(z.string()),
    }),
  ),
  refused: z.number(),
  refusals: z.array(
    z.object({
      /** Where in the file, such as `contents.12`. */
      row: z.string(),
      name: z.nullable(z.string()),
      field: z.string(),
      code: z.string(),
      limit: z.optional(z.number()),
    }),
  ),
})
export type Findings = z.infer<typeof Findings>

/** What everybody would read of a service that came in by a file, and of who offers it: a line each, as it was written. */
export const Brought = z.object({
  /** Addresses, names of places, and where they are on a map. */
  where: z.array(z.string()),
  /** Telephone numbers, e-mail and web addresses. */
  reach: z.array(z.string()),
  /** Who is named. */
  people: z.array(z.string()),
})
export type Brought = z.infer<typeof Brought>
/** Why a service is made public by itself alone: it is called like a place that shelters people, or says more than a list shows. */
export const aloneReasons = ['sounds-sheltered', 'much'] as const

const Unlisted = z.object({
  id: id(),
  version: version(),
  name: z.nullable(z.string()),
  kind: z.enum(serviceKinds),
  description: z.nullable(z.string()),
  organisation: z.object({ id: id(), name: z.string(), version: version() }),
  brought: Brought,
  alone: z.nullable(z.enum(aloneReasons)),
})
export type Unlisted = z.infer<typeof Unlisted>

const largest = 27_000_000

/** The directory to and from others, by the Human Services Data Specification 3.0. Phones in the field have none of it. */
export const exchange = {
  /** Reads a file and says what of it is new, changed or refused. Keeps nothing. */
  checkHsds: command({
    id: 'directory.checkHsds',
    path: '/directory/hsds/check',
    body: z.strictObject(given),
    largest,
    idempotent: false,
    reply: z.object({ ...Findings.shape, checked: z.string() }),
    access: 'organisation.exchange',
    audit: 'organisation.hsds-checked',
    purpose: ['administration'],
  }),
  /** Brings in exactly what was checked, all of it or nothing. None of it is public. */
  bringHsds: command({
    id: 'directory.bringHsds',
    path: '/directory/hsds',
    body: z.strictObject({ ...given, checked: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'wrong')) }),
    largest,
    reply: Findings,
    access: 'organisation.exchange',
    audit: 'organisation.hsds-brought-in',
    purpose: ['administration'],
  }),
  exportHsds: query({
    id: 'directory.exportHsds',
    path: '/directory/hsds/file',
    reply: null,
    file: 'application/octet-stream',
    access: 'organisation.exchange',
    audit: 'organisation.hsds-exported',
    purpose: ['administration'],
  }),
  /** Services that came in by a file and are in no public list; none that shelters people. */
  unlisted: query({
    id: 'directory.unlisted',
    path: '/directory/hsds/unlisted',
    query: z.object({ ...paging, search: z.optional(line(80)) }),
    reply: page(Unlisted),
    access: 'organisation.exchange',
    audit: { none: 'the directory of services names no person in a case' },
    purpose: ['administration'],
  }),
  /** Puts services into the public list as they were seen, all of them or none. */
  publish: command({
    id: 'directory.publish',
    path: '/directory/hsds/publish',
    body: z.strictObject({
      services: z
        .array(
          z.strictObject({
            id: id(),
            version: version(),
            /** Of who offers it. */
            organisationVersion: version(),
          }),
        )
        .check(
          z.minLength(1, 'required'),
          z.maxLength(mostPublished, 'too-many'),
          z.refine(all => new Set(all.map(one => one.id)).size === all.length, 'twice'),
        ),
    }),
    reply: z.object({ published: z.number() }),
    access: 'organisation.exchange',
    audit: 'organisation.made-public',
    purpose: ['administration'],
  }),
  /**
   * What everybody would read of an organisation, and of a service of it, because it came in by a file; null: nothing of it did.
   */
  brought: query({
    id: 'directory.brought',
    path: '/organisations/{organisation}/brought',
    params: z.object({ organisation: id() }),
    query: z.object({ service: z.optional(id()) }),
    reply: z.object({ brought: z.nullable(Brought) }),
    access: 'organisation.offer',
    audit: { none: 'the directory of services names no person in a case' },
    purpose: ['administration', 'assistance', 'identification', 'oversight'],
  }),
}

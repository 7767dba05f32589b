import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { serviceKinds } from '#platform/country/vocabulary.ts'

/** Bytes of the largest file that is read, before it is sent as text. */
export const mostFileBytes = 20_000_000
/** Refusals that are named one by one; all of them are counted. */
export const mostRefusals = 500

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
const counts = z.object({ new: z.number(), changed: z.number(), same: z.number() })
export const Findings = z.object({
  organisations: counts,
  services: counts,
  /** Services in the public list now that would leave it until somebody says so again. */
  hidden: z.number(),
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
    body: z.strictObject({ ...given, checked: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'wrong')) }),
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
}

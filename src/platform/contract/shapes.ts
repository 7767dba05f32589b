import * as z from 'zod/mini'
import { nowMs } from '../clocks/ahead.ts'

// Building blocks of every contract. A text always has a longest length, a time always a range.

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const newIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const dayMs = 86_400_000

/** A UUID in lower case, as ids are read. */
export const id = () => z.string().check(z.regex(idPattern, 'id'))

/**
 * The id of a new thing, made by the client: a UUIDv7 whose time is not more than a day ahead. Lists are ordered by id,
 * so a later one would stand at the head of a list for good.
 */
export const newId = () =>
  z.string().check(
    z.regex(newIdPattern, 'id'),
    z.refine(value => !newIdPattern.test(value) || timeOf(value) <= nowMs() + dayMs, 'future'),
  )
/** The 48 bits of milliseconds that a UUIDv7 begins with. */
export const timeOf = (uuid: string): number => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)

/** One line of text, 1 to `max` characters, no line breaks. */
export const line = (max = 200) =>
  z
    .string()
    .check(z.minLength(1, 'required'), z.maxLength(max, 'too-long'), z.regex(/^[^\n\r]*\S[^\n\r]*$/u, 'required'))

/** Free text of 1 to `max` characters. */
export const text = (max = 4000) =>
  z.string().check(z.minLength(1, 'required'), z.maxLength(max, 'too-long'), z.regex(/\S/u, 'required'))

/** A code out of a country pack or directory: small letters, digits, hyphens. */
export const code = () => z.string().check(z.maxLength(64, 'too-long'), z.regex(/^[a-z0-9][a-z0-9.-]*$/, 'code'))

/** ISO 3166 alpha-3 or the demonstration country's code. */
export const country = () => z.string().check(z.regex(/^[A-Z]{3}$/, 'country'))

/** A telephone number as typed: digits with the usual marks, 4 to 24 of them. */
export const phone = () => z.string().check(z.maxLength(32, 'too-long'), z.regex(/^\+?[0-9][0-9 ().-]{3,30}$/, 'phone'))

/**
 * An e-mail address as the HTML standard takes one, with a dot in its domain and without what has a meaning of its own in
 * a mailto address: `?`, `&`, `#` and `%`.
 */
export const email = () =>
  z
    .string()
    .check(
      z.maxLength(254, 'too-long'),
      z.regex(
        /^[A-Za-z0-9.!$'*+/=^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/,
        'email',
      ),
    )

const inRange = (value: string): boolean => {
  const year = Number(value.slice(0, 4))
  return year >= 1900 && year <= 2200
}
/** Whether the calendar has this day: a date that JavaScript would move to the next month has none. */
const exists = (day: string): boolean => {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}
const dayPattern = /^\d{4}-\d{2}-\d{2}$/
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/
// zod asks every check, also after one has failed: each has to stand by itself.
const realDay = (value: string): boolean => dayPattern.test(value) && inRange(value) && exists(value)
const realInstant = (value: string): boolean =>
  instantPattern.test(value) &&
  inRange(value) &&
  exists(value.slice(0, 10)) &&
  /T([01]\d|2[0-3]):[0-5]\d:[0-5]\d/.test(value)

/** A calendar day `YYYY-MM-DD` that exists, 1900 to 2200. */
export const day = () => z.string().check(z.regex(dayPattern, 'day'), z.refine(realDay, 'day'))

/** An instant in UTC, `YYYY-MM-DDTHH:MM:SS(.mmm)Z`, 1900 to 2200. */
export const instant = () => z.string().check(z.regex(instantPattern, 'instant'), z.refine(realInstant, 'instant'))

/** A whole number from `min` to `max`. */
export const whole = (min: number, max: number) =>
  z.number().check(z.int('whole'), z.gte(min, 'too-small'), z.lte(max, 'too-large'))

/** Several of a closed list: at least `least`, at most as many as there are. */
export const choices = <const T extends readonly [string, ...string[]]>(values: T, least = 0) =>
  z.array(z.enum(values)).check(z.minLength(least, 'required'), z.maxLength(values.length, 'too-many'))

/** The number that grows with each change of a record; its ETag is `"<version>"`. */
export const version = () => whole(1, 2_147_483_647)

/** One page of a list; `next` is an opaque cursor, absent on the last page. */
export const page = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.optional(z.string()) })

/** Nobody reads a list of more than so many to its end, so nothing is counted further. */
export const mostCounted = 1000
/**
 * A page of a list that says how many there are: on its first page, where there is more than that page. One more than
 * `mostCounted` means "more than that".
 */
export const countedPage = <T extends z.ZodMiniType>(item: T) =>
  z.object({ ...page(item).shape, total: z.optional(z.number()) })

/**
 * The query of every list: a cursor, which is the id of the last thing shown, and how many. Forms and links send text, so
 * the number is read from digits.
 */
export const paging = {
  after: z.optional(z.string().check(z.regex(idPattern, 'cursor'))),
  limit: z.optional(z.string().check(z.regex(/^([1-9]|[1-9][0-9]|100)$/, 'whole'))),
}

/** What a command that changed one record answers. */
export const changed = z.object({ id: id(), version: version() })

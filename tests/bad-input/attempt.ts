import type { Operation } from '#platform/contract/operation.ts'
import type { Bad } from './values.ts'
import type { Place } from './walk.ts'

/** One request that must be refused. */
export interface Attempt {
  readonly operation: Operation
  readonly what: string
  /** The field that the answer has to name: a dotted path, or a header. */
  readonly field: string
  /** No other field may be named, nor what holds it or stands in it. */
  readonly exact?: true
  readonly path?: string
  readonly headers?: Record<string, string | undefined>
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** Statuses that need not name a field: the address, or the whole body, is refused. */
  readonly unnamed?: readonly number[]
}

/** A dotted path names a place when it is that place, something in it, or what holds it; the whole, when anything is named. */
const names = (named: string, field: string): boolean =>
  named === field || field === 'body' || named.startsWith(`${field}.`) || field.startsWith(`${named}.`)

/** What is wrong with an answer to something that must be refused; undefined when it is as it should be. */
export async function faultIn(response: Response, attempt: Attempt): Promise<string | undefined> {
  const at = `${attempt.operation.id} ${attempt.field}: ${attempt.what}`
  const { status } = response
  const text = await response.text()
  if (status < 400 || status >= 500) return `${at} → ${status}`
  if (response.headers.get('content-type') !== 'application/problem+json') return `${at} → ${status} is no problem+json`
  const problem = JSON.parse(text) as { status: number; code: string; errors?: { field: string; detail: string }[] }
  if (problem.status !== status) return `${at} → ${status} says ${problem.status}`
  if (attempt.unnamed?.includes(status)) return undefined
  if (![400, 413, 415, 428].includes(status)) return `${at} → ${status} ${problem.code}`
  if (!problem.errors?.some(one => names(one.field, attempt.field)))
    return `${at} → ${status} names ${JSON.stringify(problem.errors?.map(one => one.field) ?? [])}`
  if (attempt.exact && (problem.errors.length > 1 || problem.errors[0]!.field !== attempt.field))
    return `${at} → names ${problem.errors.map(one => one.field)}`
  if (problem.errors.some(one => !one.detail || /problem\.field/.test(one.detail)))
    return `${at} → an error without words`
  return undefined
}

/** A copy with another value at one place; undefined takes the place away. */
export function withValue(root: unknown, path: readonly string[], value: unknown): unknown {
  if (path.length === 0) return value
  const [key, ...rest] = path as [string, ...string[]]
  const copy = (Array.isArray(root) ? [...root] : { ...(root as object) }) as Record<string, unknown>
  if (rest.length === 0 && value === undefined) delete copy[key]
  else copy[key] = withValue(copy[key], rest, value)
  return copy
}
const hole = '@@hole@@'
/** The JSON text of a good body with one bad value in it. */
export const textWith = (good: unknown, { path }: Place, { value, raw }: Bad): string =>
  raw === undefined
    ? JSON.stringify(withValue(good, path, value))
    : JSON.stringify(withValue(good, path, hole)).replace(`"${hole}"`, () => raw)

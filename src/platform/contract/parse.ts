import * as z from 'zod/mini'
import type * as core from 'zod/v4/core'
import { type FieldError, Problem } from '../problem/problem.ts'
import type { Out, Schema } from './operation.ts'

/**
 * Parses one part of a request (params, query, body) by its schema.
 * @param part named before the field where the value as a whole is wrong
 * @throws Problem invalid-input with every field that is wrong
 */
export function parse<S extends Schema>(schema: S, value: unknown, part: string): Out<S> {
  const result = z.safeParse(schema as unknown as core.$ZodType, value)
  if (result.success) return result.data as Out<S>
  const errors = result.error.issues.slice(0, 20).flatMap(issue => fieldsOf(issue, value, part))
  // Two checks of one shape may say the same about one field.
  const same = (one: FieldError, other: FieldError) => one.field === other.field && one.code === other.code
  throw new Problem(
    'invalid-input',
    errors.filter((one, i) => errors.findIndex(other => same(one, other)) === i),
  )
}

/** Whether a value fits a schema; for replies, where a misfit is our own fault. */
export const fits = (schema: Schema, value: unknown): { data: unknown } | undefined => {
  const result = z.safeParse(schema as unknown as core.$ZodType, value)
  return result.success ? { data: result.data } : undefined
}

/** The names that an object's schema has. */
export const namesOf = (schema: Schema): string[] =>
  Object.keys((schema as unknown as { _zod: { def: { shape?: object } } })._zod.def.shape ?? {})

function fieldsOf(issue: core.$ZodIssue, root: unknown, part: string): FieldError[] {
  const field = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({ field: field ? `${field}.${key}` : key, code: 'unknown-field' }))
  return [{ field: field || part, ...codeOf(issue, root) }]
}

function codeOf(issue: core.$ZodIssue, root: unknown): { code: string; limit?: number } {
  const missing = valueAt(root, issue.path) === undefined
  if (missing) return { code: 'required' }
  if (issue.code === 'too_big') return { code: own(issue) ?? 'too-large', limit: Number(issue.maximum) }
  if (issue.code === 'too_small') return { code: own(issue) ?? 'too-small', limit: Number(issue.minimum) }
  if (issue.code === 'invalid_type') return { code: own(issue) ?? 'wrong-type' }
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') return { code: own(issue) ?? 'choice' }
  return { code: own(issue) ?? 'wrong' }
}

/** Our shapes put a code where zod puts a message. */
const own = (issue: core.$ZodIssue): string | undefined =>
  /^[a-z][a-z-]*$/.test(issue.message) ? issue.message : undefined

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

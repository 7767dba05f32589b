import type * as core from 'zod/v4/core'
import type { Operation } from '#platform/contract/operation.ts'
import { type Attempt, textWith } from './attempt.ts'
import { type Place, placesOf } from './walk.ts'

/** Every key of one object of a good body given twice: nobody knows which of the two was meant. */
export function twiceInJson(operation: Operation, good: unknown, place: Place): Attempt[] {
  const at = place.path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], good)
  if (place.kind !== 'object' && place.kind !== 'record') return []
  return Object.entries(at as object).flatMap(([key, value]) => {
    const { [key]: _, ...rest } = at as Record<string, unknown>
    const others = Object.entries(rest).map(([name, other]) => `${JSON.stringify(name)}:${JSON.stringify(other)}`)
    const once = `${JSON.stringify(key)}:${JSON.stringify(value)}`
    const escaped = `\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}`
    const pairs: [what: string, first: string, second: string][] = [
      ['the same twice', once, once],
      ['twice, the first of another kind', `${JSON.stringify(key)}:[[]]`, once],
      ['twice, once with an escape', `"${escaped}" : 1`, once],
    ]
    return pairs.map(([what, first, second]) => ({
      operation,
      field: [...place.path, key].join('.'),
      exact: true as const,
      what,
      body: textWith(good, place, { name: '', raw: `{${[first, ...others, second].join()}}` }),
    }))
  })
}

/** Every field of a form given twice, but for the lists, which a form writes so. */
export const twiceInForm = (operation: Operation & { readonly body?: unknown }): Attempt[] =>
  placesOf(operation.body as core.$ZodTypes)
    .filter(({ kind, path }) => !['object', 'record', 'list'].includes(kind) && !path.includes('0'))
    .map(({ path }) => ({
      operation,
      field: path.join('.'),
      exact: true,
      what: 'a form field twice',
      body: `${path.join('.')}=x&${path.join('.')}=x`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }))

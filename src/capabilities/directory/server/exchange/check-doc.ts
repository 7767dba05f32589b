import { wrongText } from '#platform/contract/edge.ts'
import type { FieldError } from '#platform/problem/problem.ts'
import { type Doc, type Entity, type Holds, known } from '../hsds/fields.ts'
import { isClock } from '../hsds/said.ts'

const mostInList = 200
const mostText = 4000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const email =
  /^[A-Za-z0-9.!$'*+/=^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
// What a browser would run is no address.
const address = /^(?!javascript:|data:|vbscript:)[a-z][a-z0-9+.-]*:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]+$/i
const signed = new Set(['latitude', 'longitude', 'timezone'])
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  latitude: [-90, 90],
  longitude: [-180, 180],
  timezone: [-12, 14],
  minimum_age: [0, 130],
  maximum_age: [0, 130],
}
const times = new Set(['opens_at', 'closes_at'])

/**
 * A thing as the specification knows it: fields that it does not know are left out, nothing else is changed but ends of lines.
 * What is wrong is added to `errors`, by the dotted path of its field.
 */
export function checkDoc(entity: Entity, given: Doc, path: string, errors: FieldError[]): Doc {
  const { fields, required } = known[entity]
  const taken: Record<string, unknown> = {}
  for (const [name, holds] of Object.entries(fields)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    if (value === undefined || value === null) continue
    const field = path ? `${path}.${name}` : name
    const found = checkValue(name, holds, value, field, errors)
    if (found !== undefined) taken[name] = found
  }
  for (const name of required)
    if (given[name] === undefined || given[name] === null)
      errors.push({ field: path ? `${path}.${name}` : name, code: 'required' })
  return taken
}

/**
 * Later versions of the specification say how many places a service has. The directory keeps none from a file: the people of
 * the service count them. But a row that says what cannot be is no row to trust.
 */
export function checkCapacity(given: Doc, errors: FieldError[]): void {
  const all = Array.isArray(given.service_capacity) ? given.service_capacity.filter(isDoc) : []
  for (const [at, { available, maximum }] of all.entries()) {
    for (const [name, count] of Object.entries({ available, maximum }))
      if (count !== undefined && count !== null && !(typeof count === 'number' && count >= 0))
        errors.push({
          field: `service_capacity.${at}.${name}`,
          ...(typeof count === 'number' ? { code: 'too-small', limit: 0 } : { code: 'number' }),
        })
    if (typeof available === 'number' && typeof maximum === 'number' && available > maximum)
      errors.push({ field: `service_capacity.${at}.available`, code: 'more-than-total' })
  }
}

function checkValue(name: string, holds: Holds, value: unknown, field: string, errors: FieldError[]): unknown {
  const wrong = (code: string, limit?: number): undefined => {
    errors.push({ field, code, ...(limit === undefined ? {} : { limit }) })
  }
  if (typeof holds === 'object' && 'many' in holds) {
    if (!Array.isArray(value)) return wrong('wrong')
    if (value.length > mostInList) return wrong('too-many', mostInList)
    return value.map((one, at) => (isDoc(one) ? checkDoc(holds.many, one, `${field}.${at}`, errors) : wrong('wrong')))
  }
  if (typeof holds === 'object' && 'one' in holds)
    return isDoc(value) ? checkDoc(holds.one, value, field, errors) : wrong('wrong')
  if (holds === 'number') {
    if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('number')
    const [least, most] = ranges[name] ?? [signed.has(name) ? -Infinity : 0, Infinity]
    if (value < least) return wrong('too-small', least)
    return value > most ? wrong('too-large', most) : value
  }
  if (typeof value !== 'string') return wrong('wrong')
  return checkText(name, holds, value.replaceAll('\r\n', '\n'), wrong)
}
const isDoc = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value)

function checkText(
  name: string,
  holds: Holds,
  text: string,
  wrong: (code: string, limit?: number) => undefined,
): string | undefined {
  const flaw = wrongText(text)
  if (flaw) return wrong(flaw)
  if (text.length > mostText) return wrong('too-long', mostText)
  if (times.has(name) && !isClock(text)) return wrong('time')
  if (typeof holds === 'object') return 'oneOf' in holds && holds.oneOf.includes(text) ? text : wrong('not-offered')
  switch (holds) {
    case 'id':
      return uuid.test(text) ? text.toLowerCase() : wrong('id')
    case 'email':
      return text.length <= 254 && email.test(text) ? text : wrong('email')
    case 'uri':
      return address.test(text) && URL.canParse(text) && !/%(?![0-9a-f]{2})/i.test(text) ? text : wrong('uri')
    case 'instant':
      return instant.test(text) && !Number.isNaN(Date.parse(text)) ? text : wrong('instant')
    default:
      return text
  }
}

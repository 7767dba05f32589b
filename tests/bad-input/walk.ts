import * as z from 'zod/mini'
import type * as core from 'zod/v4/core'
import { uuidv7 } from '#platform/crypto/random.ts'

/** One place in a body, query or path where a value stands. */
export interface Place {
  readonly path: readonly string[]
  readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'record' | 'object' | 'any'
  readonly optional: boolean
  readonly nullable: boolean
  /** A text that only holds dates, or only times. */
  readonly time: 'day' | 'instant' | undefined
  /** Refuses keys it does not know. */
  readonly strict: boolean
}

type Any = core.$ZodTypes
const fits = (schema: Any, value: unknown): boolean => z.safeParse(schema as core.$ZodType, value).success

const inside = (schema: Any): { schema: Any; optional: boolean; nullable: boolean } => {
  let [at, optional, nullable] = [schema, false, false]
  for (;;) {
    const { type } = at._zod.def
    if (type === 'optional') optional = true
    else if (type === 'nullable') nullable = true
    else return { schema: at, optional, nullable }
    at = (at._zod.def as unknown as { innerType: Any }).innerType
  }
}

const day = '2024-02-03'
const instant = '2024-02-03T10:20:30Z'
/** Texts that a field may ask for; the first that fits is a good value. */
const texts = () => [
  uuidv7(),
  instant,
  day,
  'XSA',
  'es',
  '50',
  'x@example.org',
  '+999 555 0142',
  // As cases are referred to.
  '12345-67890',
  'A'.repeat(43),
  'yes',
  'papers',
  'Good words',
  '18:00',
  // A quarter of a year.
  '2024-Q3',
  // How every workbook begins, in base64.
  'UEsDBA==',
  // And every JPEG.
  '/9j/AAAA',
]

/** As many parts as the schema takes together: where one stands instead of another, the later optional one is left out. */
function goodParts(at: Any, shape: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const parts = Object.fromEntries(Object.entries(shape).map(([key, child]) => [key, goodValue(child as Any)]))
  if (fits(at, parts)) return parts
  // Where one time has to come before another.
  for (const key of Object.keys(shape)) {
    const earlier = { ...parts, [key]: '06:00' }
    if (parts[key] === '18:00' && fits(at, earlier)) return earlier
  }
  const spare = Object.keys(shape).filter(key => inside(shape[key] as Any).optional)
  for (const left of spare.reverse()) {
    const { [left]: _, ...others } = parts
    if (fits(at, others)) return others
  }
  return parts
}

/** A value that the schema takes, with every optional part that may be there, so that every field can be walked. */
export function goodValue(schema: Any): unknown {
  const at = inside(schema).schema
  const { def } = at._zod
  switch (def.type) {
    case 'object':
      return goodParts(at, def.shape)
    case 'array':
      return [1, 2]
        .map(many => Array.from({ length: many }, () => goodValue(def.element as Any)))
        .find(one => fits(at, one))
    case 'record':
      return { papers: goodValue(def.valueType as Any) }
    case 'enum':
      return Object.values(def.entries)[0]
    case 'literal':
      return def.values[0]
    case 'boolean':
      return true
    case 'number':
      return [1, 10, 100].find(one => fits(at, one))
    case 'string':
      return texts().find(one => fits(at, one))
    case 'unknown':
      return 'yes'
    case 'union':
      return goodValue(def.options[0] as Any)
    default:
      throw new Error(`no good value for a ${def.type}`)
  }
}

/** Every place of a schema, the whole itself first. */
export function placesOf(schema: Any, path: readonly string[] = []): Place[] {
  const { schema: at, optional, nullable } = inside(schema)
  const { def } = at._zod
  const place = (kind: Place['kind'], more: Partial<Place> = {}): Place => ({
    path,
    kind,
    optional,
    nullable,
    time: undefined,
    strict: false,
    ...more,
  })
  switch (def.type) {
    case 'object': {
      const strict = (def.catchall as Any | undefined)?._zod.def.type === 'never'
      const children = Object.entries(def.shape).flatMap(([key, child]) => placesOf(child as Any, [...path, key]))
      return [place('object', { strict }), ...children]
    }
    case 'array':
      return [place('list'), ...placesOf(def.element as Any, [...path, '0']).map(one => ({ ...one, optional: true }))]
    case 'record':
      return [
        place('record'),
        ...placesOf(def.valueType as Any, [...path, 'papers']).map(one => ({ ...one, optional: true })),
      ]
    case 'enum':
    case 'literal':
      return [place('choice')]
    case 'boolean':
      return [place('boolean')]
    case 'number':
      return [place('number')]
    case 'string': {
      const isDay = fits(at, day) && !fits(at, 'x') && !fits(at, '2024-02')
      return [place('text', { time: fits(at, instant) && !fits(at, 'x y') ? 'instant' : isDay ? 'day' : undefined })]
    }
    case 'unknown':
      return [place('any')]
    case 'union':
      return placesOf(def.options[0] as Any, path)
    default:
      throw new Error(`a field of a kind that this test does not know: ${def.type}`)
  }
}

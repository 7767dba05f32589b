import { dateFunctions } from './functions-date.ts'
import { numberFunctions } from './functions-number.ts'
import { textFunctions } from './functions-text.ts'
import type { At, Evaluate, Value } from './values.ts'

export interface FunctionShape {
  readonly min: number
  readonly max: number
  /** Arguments that must be nodes: places from 0, `all` of them. */
  readonly nodes?: readonly number[]
  /** Gives another value each time it is asked. */
  readonly volatile?: true
  readonly run: (args: readonly Evaluate[], at: At) => Value
}

/** Functions by the name a form uses; those that need more than values are in bind.ts. */
export const functions: ReadonlyMap<string, FunctionShape> = new Map([
  ...Object.entries(textFunctions),
  ...Object.entries(numberFunctions),
  ...Object.entries(dateFunctions),
])

/** Known to XLSForm or XPath and refused here, each with a sentence of its own (`function-refused`). */
export const refused: ReadonlySet<string> = new Set([
  'area',
  'base64-decode',
  'digest',
  'distance',
  'enclosed-area',
  'extract-signed',
  'geofence',
  'id',
  'intersects',
  'jr:itext',
  'lang',
  'local-name',
  'name',
  'namespace-uri',
  'property',
  'randomize',
  'version',
])

import type { Place } from './walk.ts'

/** A value that no field of this kind may take. `raw` is JSON text that no JavaScript value stands for. */
export interface Bad {
  readonly name: string
  readonly value?: unknown
  readonly raw?: string
  /** The whole body is refused before its fields are looked at. */
  readonly whole?: true
}

const accent = 'e\u0301'
export const badTexts: readonly Bad[] = [
  { name: 'lone high surrogate', value: 'a\ud800b' },
  { name: 'lone low surrogate', value: '\udc00' },
  { name: 'surrogates the wrong way round', value: '\udc00\ud800' },
  { name: 'NUL', value: 'a\u0000b' },
  { name: 'bell', value: 'a\u0007b' },
  { name: 'delete', value: 'a\u007fb' },
  { name: 'byte-order non-character', value: 'a\ufffeb' },
  { name: 'not NFC', value: `caf${accent}` },
  { name: 'not NFC, Hangul', value: '\u1112\u1161\u11ab' },
  { name: '900 KB', value: 'x'.repeat(900_000) },
  { name: '1 MB', value: 'x'.repeat(1_048_576), whole: true },
  { name: 'nothing in it', value: '' },
]
const badDays = [
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '1899-12-31',
  '2201-01-01',
  '2023-02-29',
  '2024-02-30',
  '2024-13-01',
  '2024-00-10',
  '+012024-01-01',
  '2024-1-1',
  '24-01-01',
]
const badClock = [
  '24:00:01Z',
  '25:00:00Z',
  '10:60:00Z',
  '10:00:60Z',
  '10:00:00',
  '10:00:00+04:00',
  '10:00Z',
  '10:00:00.1234567Z',
]
const badTimes: Readonly<Record<'day' | 'instant', readonly Bad[]>> = {
  day: badDays.map(value => ({ name: `the day ${value}`, value })),
  instant: [...badDays.map(one => `${one}T10:00:00Z`), ...badClock.map(one => `2024-02-03T${one}`)].map(value => ({
    name: `the time ${value}`,
    value,
  })),
}
const badNumbers: readonly Bad[] = [
  { name: '1e400', raw: '1e400' },
  { name: '-1e400', raw: '-1e400' },
  { name: '1e308', raw: '1e308' },
  { name: 'a fraction', raw: '1.000000001' },
  { name: 'an unsafe whole number', raw: '9007199254740993' },
  { name: 'a number of 1,000 digits', raw: '9'.repeat(1000) },
  { name: 'far below', value: -2_147_483_649 },
  { name: 'far above', value: 2_147_483_648 },
]
const deep: readonly Bad[] = [
  { name: '10,000 lists deep', raw: '['.repeat(10_000) + ']'.repeat(10_000) },
  { name: '10,000 objects deep', raw: `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}` },
]
const many: readonly Bad[] = [
  { name: '20,000 entries', raw: `[${'1,'.repeat(19_999)}1]` },
  { name: '20,000 keys', raw: `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join()}}` },
]
const prototypes: readonly Bad[] = [
  { name: '__proto__', raw: '{"__proto__":{"polluted":true}}' },
  { name: 'constructor', raw: '{"constructor":{"prototype":{"polluted":true}}}' },
]

const types: readonly [kind: Place['kind'] | 'null', value: unknown][] = [
  ['text', 'words that are no choice'],
  ['number', 7],
  ['boolean', true],
  ['list', []],
  ['list', [['x']]],
  ['object', {}],
  ['object', { toString: 'x' }],
  ['null', null],
]
function ofOtherTypes({ kind, nullable }: Place): Bad[] {
  // What a schema leaves open is judged by the form that it answers.
  if (kind === 'any') return []
  // A choice is a text that is not any text; a record is an object with entries of its own.
  const own: readonly string[] = kind === 'object' || kind === 'record' ? ['object'] : kind === 'choice' ? [] : [kind]
  return types
    .filter(([type]) => !own.includes(type) && !(type === 'null' && nullable))
    .map(([type, value]) => ({ name: `${type} ${JSON.stringify(value)}`, value }))
}

/** Every bad value for one place; `good` is what stands there in a good body. */
export function badValues(place: Place, good: unknown): Bad[] {
  const { kind, time } = place
  const found: Bad[] = [...ofOtherTypes(place), ...deep, ...many, ...prototypes, { name: '1e400', raw: '1e400' }]
  if (kind === 'text' || kind === 'choice') found.push(...badTexts)
  if (time) found.push(...badTimes[time])
  if (kind === 'number') found.push(...badNumbers)
  if (kind === 'list' && Array.isArray(good))
    found.push({ name: '9,000 good entries, or what a body holds', value: Array(fitting(good[0])).fill(good[0]) })
  if (kind === 'record')
    found.push({
      name: '9,000 good entries',
      value: Object.fromEntries(
        Array.from({ length: 9000 }, (_, index) => [`k${index}`, Object.values(good as object)[0]]),
      ),
    })
  return found
}

/** What may stand in an address, already percent-encoded, and what no field may take of it. */
export const badAddressTexts: readonly Bad[] = [
  { name: 'lone surrogate', raw: 'a%ED%A0%80' },
  { name: 'broken UTF-8', raw: 'a%FF' },
  { name: 'overlong slash', raw: 'a%C0%AF' },
  { name: 'half an escape', raw: 'a%4' },
  { name: 'NUL', raw: 'a%00' },
  { name: 'line break', raw: 'a%0D%0Ab' },
  { name: 'not NFC', raw: `caf${encodeURIComponent(accent)}` },
  { name: '100 KB', raw: 'x'.repeat(100_000) },
  { name: '__proto__', raw: '__proto__%00' },
]

/** So many that they are read, and refused for being too many. */
const fitting = (entry: unknown): number => Math.min(9000, Math.floor(900_000 / (JSON.stringify(entry).length + 1)))

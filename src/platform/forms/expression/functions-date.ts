import type { FunctionShape } from './functions.ts'
import { dayLength, formatMoment, Moment, parseMoment, parseTime } from './moments.ts'
import { type At, toText, type Value } from './values.ts'

/** What a value says as a moment; days since 1970 where it is a number. */
function moment(value: Value, at: At): Moment | null {
  if (value instanceof Moment) return value
  if (typeof value === 'number')
    return Number.isNaN(value) ? null : new Moment(Math.round(value * dayLength), at.world.zone)
  if (typeof value === 'boolean') return null
  return parseMoment(padded(toText(value)), at.world.zone)
}

/** People write 2026-5-3. */
function padded(text: string): string {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?$/.exec(text)
  return match ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}${match[4] ?? ''}` : text
}

const date: FunctionShape = {
  min: 1,
  max: 1,
  run: (args, at) => {
    const value = args[0]!(at)
    if (typeof value === 'boolean') return ''
    if (typeof value !== 'number' && toText(value) === '') return ''
    return moment(value, at) ?? new Moment(Number.NaN, at.world.zone)
  },
}

const format = (withTime: boolean): FunctionShape => ({
  min: 2,
  max: 2,
  run: (args, at) => {
    const value = args[0]!(at)
    // A number formats as the text it would be, which is no date.
    const found = value instanceof Moment ? value : parseMoment(toText(value), at.world.zone)
    return found && !Number.isNaN(found.ms) ? formatMoment(found, toText(args[1]!(at)), withTime) : ''
  },
})

export const dateFunctions: Readonly<Record<string, FunctionShape>> = {
  today: { min: 0, max: 0, volatile: true, run: (_, at) => at.world.now().midnight },
  now: { min: 0, max: 0, volatile: true, run: (_, at) => at.world.now() },
  date,
  'date-time': date,
  'format-date': format(false),
  'format-date-time': format(true),
  'decimal-date-time': {
    min: 1,
    max: 1,
    run: (args, at) => moment(args[0]!(at), at)?.days ?? Number.NaN,
  },
  'decimal-time': {
    min: 1,
    max: 1,
    run: (args, at) => parseTime(toText(args[0]!(at)), at.world.zone) / dayLength,
  },
}

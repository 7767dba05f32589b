import { offsetAt } from '#platform/clocks/zone.ts'
import { type CountryPack, calendarOf } from '#platform/country/pack.ts'
import type { Opening } from '../../contract.ts'
import type { Doc } from './fields.ts'

// What a text of the specification says in the directory's own words. The same is asked when it comes in and when it goes out:
// while the answer is what the directory keeps, what came in goes out as it was; once somebody said it anew, theirs does.

const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
export const dayCodes = (numbers: readonly number[]): string => numbers.map(day => days[day - 1]).join(',')
const clock = /^(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))(?::[0-5]\d)?(Z|[+-]\d\d:?\d\d)?$/
export const isClock = (text: unknown): boolean => typeof text === 'string' && clock.test(text)

const list = (value: unknown): Doc[] => (Array.isArray(value) ? (value as Doc[]) : [])
/** Hours of the country from UTC. */
export const hoursFromUtc = (pack: CountryPack, now: Date): number =>
  offsetAt(calendarOf(pack).timeZone, now.getTime()) / 3_600_000

function timeOf(text: unknown, offset: number): string | undefined {
  const found = typeof text === 'string' ? clock.exec(text) : null
  if (!found) return undefined
  const [, hour = '24', minute = '00', , , zone] = found
  if (zone) {
    const said =
      zone === 'Z' ? 0 : Number(zone.slice(0, 3)) + (Math.sign(Number(`${zone[0]}1`)) * Number(zone.slice(-2))) / 60
    if (said !== offset) return undefined
  }
  return `${hour}:${minute}`
}

/** The one line of hours that a schedule says, where it is that simple: the same days each week, in local time. */
function openingOf(schedule: Doc, offset: number): Opening | undefined {
  const { freq, byday, interval } = schedule
  const special = ['valid_from', 'valid_to', 'until', 'count', 'byweekno', 'bymonthday', 'byyearday']
  if (freq !== 'WEEKLY' || typeof byday !== 'string' || (interval ?? 1) !== 1) return undefined
  if (special.some(name => schedule[name] !== undefined)) return undefined
  if (schedule.timezone !== undefined && schedule.timezone !== offset) return undefined
  const on = byday.split(',').map(day => days.indexOf(day.trim()) + 1)
  const [from, to] = [timeOf(schedule.opens_at, offset), timeOf(schedule.closes_at, offset)]
  if (on.includes(0) || new Set(on).size < on.length || !from || !to || from >= to) return undefined
  return { days: on.sort(), from, to }
}
/** The line of hours that each schedule says; undefined where it is not that simple. */
export function simpleOf(schedules: unknown, pack: CountryPack, now: Date): (Opening | undefined)[] {
  const offset = hoursFromUtc(pack, now)
  return list(schedules).map(one => openingOf(one, offset))
}
/** null: they do not say it as simply as the directory does. */
export function hoursOf(schedules: unknown, pack: CountryPack, now: Date): Opening[] | null {
  const lines = simpleOf(schedules, pack, now)
  return lines.length > 0 && lines.length <= 28 && lines.every(one => one !== undefined) ? (lines as Opening[]) : null
}

/** The languages that are named by a code, each once. */
export const languagesOf = (languages: unknown): string[] =>
  [
    ...new Set(
      list(languages).flatMap(({ code }) => (typeof code === 'string' && /^[a-z]{2,3}$/.test(code) ? [code] : [])),
    ),
  ]
    .sort()
    .slice(0, 20)

/** The place of the country that an area is called after. */
export function areaOf(areas: unknown, pack: CountryPack): string | null {
  const [only, ...more] = list(areas)
  if (!only || more.length > 0) return null
  return (
    pack.places.find(one => only.name === one.code || Object.values(one.names).includes(String(only.name)))?.code ??
    null
  )
}

/** `free`, where all that it may cost is nothing. */
export function costOf(options: unknown): 'free' | null {
  const all = list(options)
  return all.length > 0 && all.every(one => one.amount === 0) ? 'free' : null
}

const number = /^\+?[0-9][0-9 ().-]{3,30}$/
/** The first telephone number that can be called. */
export const phoneOf = (phones: unknown): string | null =>
  (list(phones).find(one => typeof one.number === 'string' && number.test(one.number))?.number as string | undefined) ??
  null

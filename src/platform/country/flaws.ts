import type { CountryPack } from './pack.ts'
import { procedureFlaws } from './procedure-flaws.ts'
import { clockCodes, lawFlags, type Mark } from './vocabulary.ts'

/** Something wrong in a pack. `path` is written as `clocks[3].unit`. */
export type Flaw = { path: string; problem: string }

type Provenance = { source: string | null; verified: Mark }

/** Writes a path the way the JSON would be addressed. */
export function writePath(path: readonly PropertyKey[]): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`)).join('')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every object in the pack with its path, so that a rule for all facts cannot miss a new one. */
function* objects(
  value: unknown,
  path: readonly PropertyKey[] = [],
): Generator<[Record<string, unknown>, PropertyKey[]]> {
  if (Array.isArray(value)) for (const [at, each] of value.entries()) yield* objects(each, [...path, at])
  if (!isObject(value)) return
  yield [value, [...path]]
  for (const [key, each] of Object.entries(value)) yield* objects(each, [...path, key])
}

function* provenanceFlaws(pack: CountryPack): Generator<Flaw> {
  for (const [each, path] of objects(pack)) {
    const at = (key: string) => writePath([...path, key])
    if ((each.unit === 'working-days' || each.unit === 'calendar-days') && !Number.isInteger(each.amount))
      yield { path: at('amount'), problem: 'must be a whole number of days' }
    if (!('source' in each && 'verified' in each)) continue
    const { source, verified } = each as Provenance
    if ((verified === 'V' || verified === 'V2') && !source)
      yield { path: at('source'), problem: `is required for what is marked ${verified}` }
    for (const key of ['value', 'amount']) {
      if (!(key in each)) continue
      if (each[key] === null && verified !== 'none')
        yield { path: at('verified'), problem: 'must be none: nothing was found' }
      if (each[key] !== null && verified === 'none') yield { path: at(key), problem: 'must be null: it is marked none' }
    }
    if ('amount' in each && (each.amount === null) !== (each.unit === null))
      yield { path: at('unit'), problem: 'and amount are given together or not at all' }
  }
}

function* languageFlaws(pack: CountryPack): Generator<Flaw> {
  for (const [each, path] of objects(pack)) {
    for (const key of ['names', 'texts', 'thresholds']) {
      const texts = each[key]
      if (!isObject(texts)) continue
      for (const language of pack.languages)
        if (!texts[language]) yield { path: writePath([...path, key, language]), problem: 'is missing' }
    }
  }
}

function* repeated(values: readonly string[], path: (at: number) => string): Generator<Flaw> {
  for (const [at, value] of values.entries())
    if (values.indexOf(value) !== at) yield { path: path(at), problem: `repeats ${value}` }
}

function* referenceFlaws(pack: CountryPack): Generator<Flaw> {
  const places = new Set(pack.places.map(({ code }) => code))
  for (const [at, { within }] of pack.places.entries())
    if (within !== null && !places.has(within))
      yield { path: `places[${at}].within`, problem: `is no place: ${within}` }
  for (const [at, body] of pack.bodies.entries()) {
    for (const [nth, place] of body.places.entries())
      if (!places.has(place)) yield { path: `bodies[${at}].places[${nth}]`, problem: `is no place: ${place}` }
    if (body.kind === 'shelter' && body.public)
      yield { path: `bodies[${at}].public`, problem: 'must be false for a shelter' }
  }
  for (const list of ['places', 'bodies', 'clocks', 'facts', 'notFound', 'dangerSteps'] as const)
    yield* repeated(
      pack[list].map(({ code }) => code),
      at => `${list}[${at}].code`,
    )
  yield* repeated(
    pack.hotlines.items.map(({ code }) => code),
    at => `hotlines.items[${at}].code`,
  )
  yield* repeated(
    pack.law.flags.map(({ code }) => code),
    at => `law.flags[${at}].code`,
  )
  yield* repeated(
    pack.holidays.items.map(({ date }) => date),
    at => `holidays.items[${at}].date`,
  )
  const { value: notification } = pack.law.notification
  if (notification && !pack.law.acts.some(({ code }) => code === notification.act))
    yield { path: 'law.notification.value.act', problem: `is no act: ${notification.act}` }
  const duty = pack.law.flags.find(({ code }) => code === 'notification-without-consent')
  if (notification && duty?.value !== true)
    yield { path: 'law.notification.value', problem: 'must be null: no duty to notify without consent is known' }
  yield* repeated(notification?.facts ?? [], at => `law.notification.value.facts[${at}]`)
  for (const code of clockCodes)
    if (!pack.clocks.some(each => each.code === code)) yield { path: 'clocks', problem: `must mention ${code}` }
  for (const code of lawFlags)
    if (!pack.law.flags.some(each => each.code === code)) yield { path: 'law.flags', problem: `must mention ${code}` }
  for (const who of ['adults', 'children'] as const)
    if (!pack.bodies.some(({ competentFor }) => competentFor.includes(who)))
      yield { path: 'bodies', problem: `must have one that is competent for ${who}` }
}

function* timeFlaws(pack: CountryPack): Generator<Flaw> {
  for (const [at, { date }] of pack.holidays.items.entries())
    if (!pack.holidays.years.includes(Number(date.slice(0, 4))))
      yield { path: `holidays.items[${at}].date`, problem: 'is in none of the years of the list' }
  const hours = pack.work.hours.value ?? []
  for (const [at, { from, to }] of hours.entries())
    if (from >= to || from < (hours[at - 1]?.to ?? '00:00'))
      yield { path: `work.hours.value[${at}]`, problem: 'must end after it begins, and begin after the one before' }
}

function* reminderFlaws({ referralReminders }: CountryPack): Generator<Flaw> {
  const shares = referralReminders?.value ?? []
  for (const [at, share] of shares.entries())
    if (share <= (shares[at - 1] ?? 0))
      yield { path: `referralReminders.value[${at}]`, problem: 'must come after the one before' }
}

/** What is wrong in a pack whose shape is right: missing sources and languages, loose references, impossible times. */
export function flawsOf(pack: CountryPack): Flaw[] {
  return [
    ...provenanceFlaws(pack),
    ...languageFlaws(pack),
    ...referenceFlaws(pack),
    ...timeFlaws(pack),
    ...reminderFlaws(pack),
    ...(pack.procedure ? procedureFlaws(pack.procedure) : []),
  ]
}

/** Paths that a country must fill in before an installation can run on its pack; empty: ready. */
export function gapsOf(pack: CountryPack): string[] {
  const gaps: string[] = []
  if (pack.timeZone.value === null) gaps.push('timeZone.value')
  if (pack.childUnder.value === null) gaps.push('childUnder.value')
  if (pack.work.days.value === null) gaps.push('work.days.value')
  if (pack.work.hours.value === null) gaps.push('work.hours.value')
  if (!pack.holidays.complete) gaps.push('holidays.complete')
  for (const [at, { amount }] of pack.clocks.entries()) if (amount === null) gaps.push(`clocks[${at}].amount`)
  for (const [urgency, { amount }] of Object.entries(pack.referralResponse))
    if (amount === null) gaps.push(`referralResponse.${urgency}.amount`)
  if (pack.dangerSteps.length === 0) gaps.push('dangerSteps')
  if (pack.hotlines.items.length === 0) gaps.push('hotlines.items')
  if (!pack.demonstration && pack.signedOff === null) gaps.push('signedOff')
  return gaps
}

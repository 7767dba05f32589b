import type { Read } from '#platform/db/context.ts'
import { compile, type Program } from '#platform/forms/compile.ts'
import type { FormDefinition } from '#platform/forms/definition.ts'
import { pattern } from '#platform/forms/pattern.ts'
import { notFound } from '#platform/problem/problem.ts'
import type { InstrumentRow } from '../../contract-instruments.ts'
import type { About, Instrument } from '../../instrument.ts'
import { shippedInstruments } from '../../instruments/shipped.ts'
import type { Rule } from '../../rules.ts'
import type { Worded } from '../../words-of.ts'
import * as store from './store.ts'

/** An instrument as it stands: with its status in the country, and whose it is. */
export interface Found {
  readonly instrument: Instrument
  readonly row: InstrumentRow
  /** undefined for what is shipped */
  readonly record: store.InstrumentRecord | undefined
}

const rowOf = (instrument: Instrument, record?: store.InstrumentRecord): InstrumentRow => {
  const { form, about } = instrument
  return {
    code: form.id,
    version: form.version,
    title: form.title,
    languages: [...form.languages],
    ...about,
    whoMayUse: [...about.whoMayUse],
    shipped: record === undefined,
    status: (record?.status ?? 'published') as InstrumentRow['status'],
    revision: record?.revision ?? 0,
    madeBy: record?.made_by ?? null,
  }
}

const ofRecord = (record: store.InstrumentRecord): Found => {
  const instrument: Instrument = {
    form: record.definition as FormDefinition,
    rules: record.rules as readonly Rule[],
    about: record.about as About,
  }
  return { instrument, row: rowOf(instrument, record), record }
}
const shipped: readonly Found[] = shippedInstruments.map(instrument => ({
  instrument,
  row: rowOf(instrument),
  record: undefined,
}))
export const findShipped = (code: string): Found | undefined => shipped.find(one => one.row.code === code)

/** A version of an instrument; without one, what people use now: the country's newest published, else the shipped. */
export async function findInstrument(
  read: Read,
  country: string,
  code: string,
  version: string | undefined,
): Promise<Found | undefined> {
  const own = findShipped(code)
  if (version !== undefined && own?.row.version === version) return own
  const record =
    version === undefined
      ? await store.findPublished(read, country, code)
      : await store.find(read, country, code, version)
  if (record) return ofRecord(record)
  return version === undefined ? own : undefined
}

/**
 * A version that people were given to use; also one that was withdrawn since: the talk took place. A draft was never
 * anybody's to use.
 */
export async function findUsed(read: Read, country: string, code: string, version: string): Promise<Found | undefined> {
  const found = await findInstrument(read, country, code, version)
  return found?.record && found.record.published_at === null ? undefined : found
}

/** @throws Problem not-found */
export async function getInstrument(...asked: Parameters<typeof findInstrument>): Promise<Found> {
  return (await findInstrument(...asked)) ?? Promise.reject(notFound())
}

/** A version of the country's own. @throws Problem not-found */
export async function getRecord(read: Read, country: string, code: string, version: string) {
  return (await store.find(read, country, code, version)) ?? Promise.reject(notFound())
}

/** Everything that was ever published under a code, the shipped one among it. */
export async function everPublished(read: Read, country: string, code: string): Promise<readonly Found[]> {
  const own = findShipped(code)
  return [...(await store.listPublished(read, country, code)).map(ofRecord), ...(own ? [own] : [])]
}

/**
 * Where the words of a record stand: in the very version that it names. Where that is not here any more, or none was
 * named, in all that were ever published: a name keeps its meaning from version to version. Without any, only codes.
 */
export async function versionsFor(
  read: Read,
  country: string,
  code: string,
  version: string | null,
): Promise<readonly [Worded, ...Worded[]]> {
  const found = version === null ? undefined : await findUsed(read, country, code, version)
  const [first, ...others] = found ? [found] : await everPublished(read, country, code)
  if (first) return [first.instrument, ...others.map(one => one.instrument)]
  const form = { id: code, version: '', title: {}, languages: ['en'], defaultLanguage: 'en', lists: [], body: [] }
  return [{ form, rules: [] }]
}

/** Every version that there is, for those who edit. */
export const listAll = async (read: Read, country: string): Promise<readonly Found[]> => [
  ...(await store.list(read, country)).map(ofRecord),
  ...shipped,
]

/** What people use now: of each code the country's newest published, else the shipped. */
export async function listInUse(read: Read, country: string): Promise<readonly Found[]> {
  const inUse = new Map<string, Found>()
  for (const one of await listAll(read, country))
    if (one.row.status === 'published' && !inUse.has(one.row.code)) inUse.set(one.row.code, one)
  return [...inUse.values()]
}

// A published version never changes, so that its program may be kept; what was used longest ago goes first.
const programs = new Map<string, Program>()
const most = 40

/** The form of an instrument, ready to judge answers. */
export function programOf({ instrument: { form }, record }: Found): Program {
  const made = () => compile(form, { pattern })
  if (record && record.published_at === null) return made()
  const key = `${record?.country ?? ''} ${form.id} ${form.version}`
  const program = programs.get(key) ?? made()
  programs.delete(key)
  programs.set(key, program)
  if (programs.size > most) programs.delete(programs.keys().next().value!)
  return program
}

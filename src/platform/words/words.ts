import { parse } from './parse.ts'

/** A part of a parsed message; the numbers are those of the ICU parser (`TYPE` in its documentation). */
export type Piece =
  | { readonly type: 0; readonly value: string }
  | { readonly type: 1; readonly value: string }
  | { readonly type: 2 | 3 | 4; readonly value: string; readonly style?: string | object | null }
  | { readonly type: 5; readonly value: string; readonly options: Cases }
  | {
      readonly type: 6
      readonly value: string
      readonly options: Cases
      readonly offset: number
      readonly pluralType?: Intl.PluralRuleType | undefined
    }
  | { readonly type: 7 }
type Cases = Readonly<Record<string, { readonly value: readonly Piece[] }>>

/** A message as an ICU text, or as the parsed form that the browser's build carries so that it needs no parser. */
export type Message = string | readonly Piece[]

/** Key → message of one language. Keys are dotted by slice: `screening.sign.title`. */
export type Messages = Readonly<Record<string, Message>>

export type Values = Readonly<Record<string, string | number | boolean | Date | null | undefined>>

export type LanguageCode = 'en' | 'es'

export interface Language {
  readonly code: LanguageCode
  /** In the language itself, for the switch. */
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
  /** How dates and numbers are written: plain `en` would put the month first, plain `es` is Spain's. */
  readonly locale: string
}

export const languages: readonly Language[] = [
  { code: 'en', name: 'English', dir: 'ltr', locale: 'en-001' },
  { code: 'es', name: 'Español', dir: 'ltr', locale: 'es-419' },
]

/** Shapes a date can be shown in. A text of ten characters (`2026-03-14`) is a day without a place on the clock. */
export type DateShape = 'short' | 'long' | 'day-and-month' | 'month' | 'weekday'

export interface Words {
  readonly lang: LanguageCode
  readonly dir: 'ltr' | 'rtl'
  readonly timeZone: string
  /** The text of a key. Throws on an unknown key or a missing value, except in production, which shows the key. */
  t(key: string, values?: Values): string
  has(key: string): boolean
  date(when: Date | string, shape?: DateShape): string
  time(when: Date | string): string
  dateTime(when: Date | string): string
  /** "in 3 hours", "2 days ago"; the unit is the largest that gives at least one. */
  relative(when: Date | string, now?: Date): string
  number(value: number, options?: Intl.NumberFormatOptions): string
  list(items: readonly string[], type?: 'conjunction' | 'disjunction'): string
}

export interface WordsOptions {
  /** IANA name of the country's time zone; what people see never depends on the machine's. */
  readonly timeZone?: string | undefined
  /** Throw on a missing key. Default: everywhere but in production. */
  readonly strict?: boolean | undefined
  /** Told of each missing key when not strict, also in the middle of a rendering. */
  readonly missing?: ((key: string) => void) | undefined
}

const dateShapes: Record<DateShape, Intl.DateTimeFormatOptions> = {
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  'day-and-month': { day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

// Reads "2026-03-14" as a day, not as midnight in Greenwich, which is still the 13th in the Caribbean.
const isDay = (when: Date | string): when is string => typeof when === 'string' && when.length === 10

const cached = <Key, Made>(make: (key: Key) => Made): ((key: Key) => Made) => {
  const made = new Map<Key, Made>()
  return key => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}

export const languageOf = (code: string): Language | undefined => languages.find(language => language.code === code)

/** The text and the formats of one language in one country. Each key is compiled once, when first used. */
export function createWords(lang: LanguageCode, messages: Messages, options: WordsOptions = {}): Words {
  const language = languageOf(lang) ?? languages[0]!
  const { locale } = language
  const timeZone = options.timeZone ?? 'UTC'
  const strict = options.strict ?? process.env.NODE_ENV !== 'production'

  const dateFormat = cached(
    (shape: string) =>
      new Intl.DateTimeFormat(locale, { timeZone, ...(JSON.parse(shape) as Intl.DateTimeFormatOptions) }),
  )
  const numberFormat = cached((shape: string) => new Intl.NumberFormat(locale, JSON.parse(shape)))
  const pluralRules = cached((type: Intl.PluralRuleType) => new Intl.PluralRules(locale, { type }))
  const relativeFormat = cached((numeric: 'auto' | 'always') => new Intl.RelativeTimeFormat(locale, { numeric }))
  const listFormat = cached((type: 'conjunction' | 'disjunction') => new Intl.ListFormat(locale, { type }))
  const formatDate = (when: Date | string, shape: Intl.DateTimeFormatOptions): string =>
    dateFormat(JSON.stringify(isDay(when) ? { ...shape, timeZone: 'UTC' } : shape)).format(new Date(when))

  const pieces = cached((key: string) => {
    const message = messages[key]!
    return typeof message === 'string' ? parse(message) : message
  })
  const number = (value: unknown): string => numberFormat('{}').format(value as number)

  /** @param counted what `#` stands for, inside a plural */
  const write = (all: readonly Piece[], values: Values, counted?: number): string => {
    let text = ''
    for (const piece of all) text += writeOne(piece, values, counted)
    return text
  }
  function writeOne(piece: Piece, values: Values, counted?: number): string {
    if (piece.type === 0) return piece.value
    if (piece.type === 7) return number(counted)
    if (!Object.hasOwn(values, piece.value)) throw new Error(`no value for "${piece.value}"`)
    const value = values[piece.value]
    switch (piece.type) {
      case 1:
        return String(value ?? '')
      case 2:
        if (piece.style) throw new Error('a number has no style in words: give its text')
        return number(value)
      case 3: {
        const shape = dateShapes[piece.style as DateShape]
        if (!shape) throw new Error('a date is short, long, day-and-month, month or weekday')
        return formatDate(value as Date, shape)
      }
      case 4:
        throw new Error('a time has no form in words: give its text')
      case 5:
        return write((piece.options[String(value)] ?? piece.options.other)!.value, values, counted)
      case 6: {
        const count = Number(value) - piece.offset
        const { options, pluralType } = piece
        const one =
          options[`=${value}`] ?? options[pluralRules(pluralType ?? 'cardinal').select(count)] ?? options.other
        return write(one!.value, values, count)
      }
    }
  }

  const has = (key: string): boolean => Object.hasOwn(messages, key)

  return {
    lang: language.code,
    dir: language.dir,
    timeZone,
    has,
    t(key, values) {
      if (!has(key)) {
        if (strict) throw new Error(`No words for "${key}" in ${lang}`)
        options.missing?.(key)
        return key
      }
      const message = messages[key]!
      if (typeof message === 'string' && !/[{'#]/.test(message)) return message
      try {
        return write(pieces(key), values ?? {})
      } catch (cause) {
        if (strict) throw new Error(`Words "${key}" in ${lang}: ${(cause as Error).message}`, { cause })
        return key
      }
    },
    date: (when, shape = 'short') => formatDate(when, dateShapes[shape]),
    time: when => formatDate(when, { hour: 'numeric', minute: '2-digit' }),
    dateTime: when => formatDate(when, { ...dateShapes.short, hour: 'numeric', minute: '2-digit' }),
    relative(when, now = new Date()) {
      const distance = new Date(when).getTime() - now.getTime()
      if (Math.abs(distance) < 60_000) return relativeFormat('auto').format(0, 'second')
      const [unit, size] = units.find(([, length]) => Math.abs(distance) >= length) ?? units.at(-1)!
      return relativeFormat(unit === 'minute' ? 'always' : 'auto').format(Math.trunc(distance / size), unit)
    },
    number: (value, shape) => numberFormat(JSON.stringify(shape ?? {})).format(value),
    list: (items, type = 'conjunction') => listFormat(type).format(items),
  }
}

/**
 * The language to answer in: the one asked for if we speak it, else the best of an Accept-Language header,
 * else English. `wanted` may be anything a query string or a cookie held.
 */
export function pickLanguage(acceptLanguage: string | null | undefined, wanted?: string | null): LanguageCode {
  const asked = wanted && languageOf(wanted.toLowerCase())
  if (asked) return asked.code
  // A header can be as long as its sender likes; nobody reads more than a few languages.
  const offers = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',', 20)
    .map((offer, place) => {
      const [tag = '', ...parameters] = offer.trim().toLowerCase().split(';')
      const quality = parameters.map(parameter => /^\s*q=([\d.]{1,5})\s*$/.exec(parameter)?.[1]).find(Boolean)
      return { code: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality), place }
    })
  return (
    offers
      .filter(offer => offer.quality > 0)
      .sort((a, b) => b.quality - a.quality || a.place - b.place)
      .map(offer => languageOf(offer.code))
      .find(language => language !== undefined)?.code ?? 'en'
  )
}

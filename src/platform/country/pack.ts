import * as z from 'zod/mini'
import { clockUnits, type WorkCalendar } from '#platform/clocks/clock.ts'
import { dayNumber, isTimeZone } from '#platform/clocks/zone.ts'
import { Procedure } from './procedure.ts'
import {
  bodyKinds,
  type ClockCode,
  clockCodes,
  type LawFlag,
  lawFlags,
  marks,
  type NotifiedFact,
  notifiedFacts,
  type ReviewedText,
  retentionKinds,
  reviewedTexts,
  serviceKinds,
  type Urgency,
} from './vocabulary.ts'

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(2000))
const code = z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens'))
const language = z.string().check(z.regex(/^[a-z]{2,3}$/, 'must be a language code such as en'))
const time = z.string().check(z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 08:00'))
const weekdayNumber = z.int().check(z.minimum(1), z.maximum(7))
const phone = z.string().check(z.regex(/^\+?[0-9][0-9 ]{2,24}$/, 'must be a phone number of digits and spaces'))
const date = z.string().check(
  z.refine(value => {
    try {
      return Number.isInteger(dayNumber(value))
    } catch {
      return false
    }
  }, 'must be a date that exists, written YYYY-MM-DD'),
)

/** Text by language code. */
const localText = z.record(language, text)

const provenance = {
  /** Where it was read; required for V and V2. */
  source: z.nullable(text),
  verified: z.enum(marks),
  note: z.optional(text),
}

/** A single value with where it comes from. */
const fact = <T extends z.ZodMiniType>(value: T) => z.strictObject({ value: z.nullable(value), ...provenance })

const person = z.strictObject({ name: text, role: text, on: date })

const amount = {
  /** null: no limit was found. */
  amount: z.nullable(z.number().check(z.positive(), z.maximum(10_000))),
  unit: z.nullable(z.enum(clockUnits)),
}

const clock = z.strictObject({
  code: z.enum(clockCodes),
  ...amount,
  /** Share of the time from which it warns. */
  warnAt: z.number().check(z.positive(), z.maximum(1)),
  /** Set by law, and so not to be changed by those who run the software. */
  statutory: z.boolean(),
  extendable: z.boolean(),
  /** Codes of reasons for which it may be paused; empty: it never pauses. */
  pauseReasons: z.array(code),
  /**
   * The further time after which the supervisors of the body are told once more that it is overdue; null: they are told nothing of it.
   * Without, as in `escalation.ts`.
   */
  escalates: z.optional(
    z.nullable(z.strictObject({ amount: z.number().check(z.positive(), z.maximum(10_000)), unit: z.enum(clockUnits) })),
  ),
  ...provenance,
})

const place = z.strictObject({
  code,
  kind: z.enum(['island', 'district', 'town']),
  /** Code of the place it lies in. */
  within: z.nullable(code),
  names: localText,
  ...provenance,
})

const body = z.strictObject({
  code,
  kind: z.enum(bodyKinds),
  names: localText,
  /** Receives referrals of these people and decides their status; empty: decides nothing. */
  competentFor: z.array(z.enum(['adults', 'children'])),
  services: z.array(z.enum(serviceKinds)),
  languages: z.array(language),
  /** Codes of the places it serves; empty: the whole country, or not known. */
  places: z.array(code),
  phone: z.nullable(phone),
  email: z.nullable(z.email()),
  /** False: in no public directory, feed or map. Always false for a shelter. */
  public: z.boolean(),
  ...provenance,
})

const hotline = z.strictObject({
  code,
  kind: z.enum(['emergency', 'trafficking', 'children', 'labour']),
  names: localText,
  number: phone,
  hours: z.union([
    z.literal('always'),
    z.strictObject({ days: z.array(weekdayNumber).check(z.minLength(1)), from: time, to: time }),
  ]),
  languages: z.array(language).check(z.minLength(1)),
  /** Whether the call costs the caller nothing; null: not known. */
  free: z.nullable(z.boolean()),
  ...provenance,
})

/** The shape of `countries/<code>/pack.json`. What a shape cannot say is checked by `flawsOf`. */
export const CountryPack = z.strictObject({
  /** ISO 3166-1 alpha-3; XAA to XZZ are free for invented countries. */
  code: z.string().check(z.regex(/^[A-Z]{3}$/, 'must be three capital letters')),
  /** An invented country: everything it shows bears a demonstration mark. */
  demonstration: z.boolean(),
  /** The national lawyer who signed this pack. */
  signedOff: z.nullable(person),
  names: localText,
  languages: z.array(language).check(z.minLength(1)),
  timeZone: fact(z.string().check(z.refine(isTimeZone, 'must be an IANA time zone'))),
  currency: fact(z.strictObject({ code: z.string().check(z.regex(/^[A-Z]{3}$/)), names: localText })),
  callingCode: fact(z.string().check(z.regex(/^\+[1-9]\d{0,5}$/, 'must be a calling code such as +999'))),
  /** A person younger than this, in years, is a child. */
  childUnder: fact(z.int().check(z.minimum(15), z.maximum(25))),
  work: z.strictObject({
    /** ISO weekdays, 1 is Monday. */
    days: fact(z.array(weekdayNumber).check(z.minLength(1))),
    hours: fact(z.array(z.strictObject({ from: time, to: time })).check(z.minLength(1))),
  }),
  holidays: z.strictObject({
    /** Years the list speaks for. */
    years: z.array(z.int().check(z.minimum(2000), z.maximum(2200))).check(z.minLength(1)),
    /** False: some holidays of these years are missing, as the note says. */
    complete: z.boolean(),
    items: z.array(z.strictObject({ date, names: localText, verified: z.enum(marks) })),
    ...provenance,
  }),
  clocks: z.array(clock),
  /** How people are identified; null: the two stages of `default-procedure.ts`. */
  procedure: z.nullable(Procedure),
  /**
   * Years after which a case is due to be erased, by kind; from its closing, for one that was never opened from its making.
   * null: nothing was found, so nothing is ever due.
   */
  retention: z.array(
    z.strictObject({
      kind: z.enum(retentionKinds),
      years: z.nullable(z.int().check(z.minimum(1), z.maximum(100))),
      ...provenance,
    }),
  ),
  /** Time within which an organisation answers a referral. */
  referralResponse: z.strictObject({
    emergency: z.strictObject({ ...amount, ...provenance }),
    urgent: z.strictObject({ ...amount, ...provenance }),
    routine: z.strictObject({ ...amount, ...provenance }),
  }),
  /** Shares of that time at which whoever was asked is reminded, the first first; without, nobody is. */
  referralReminders: z.optional(
    fact(z.array(z.number().check(z.gt(0), z.lt(1))).check(z.minLength(1), z.maxLength(3))),
  ),
  places: z.array(place),
  bodies: z.array(body),
  hotlines: z.strictObject({ items: z.array(hotline), ...provenance }),
  /** What to do at once when somebody is in danger, in this order. */
  dangerSteps: z.array(z.strictObject({ code, texts: localText, ...provenance })),
  law: z.strictObject({
    acts: z.array(z.strictObject({ code, title: text, citation: text, ...provenance })),
    flags: z.array(z.strictObject({ code: z.enum(lawFlags), value: z.nullable(z.boolean()), ...provenance })),
    /** Where the law wants the competent body told of an adult who refuses: which law, and the most it asks for. */
    notification: fact(
      z.strictObject({
        /** Code of one of the acts. */
        act: code,
        section: text,
        facts: z.array(z.enum(notifiedFacts)),
      }),
    ),
  }),
  /** Anything else worth knowing, one statement each, in English. */
  facts: z.array(z.strictObject({ code, statement: text, ...provenance })),
  /** What was looked for and not found, so that nobody takes silence for an answer. */
  notFound: z.array(z.strictObject({ code, statement: text })),
  reviewers: z.array(z.strictObject({ language, texts: z.array(z.enum(reviewedTexts)), ...person.shape })),
})
export type CountryPack = z.infer<typeof CountryPack>
export type Clock = CountryPack['clocks'][number]
export type Body = CountryPack['bodies'][number]
export type Place = CountryPack['places'][number]
export type Hotline = CountryPack['hotlines']['items'][number]
export type Allowed = { amount: number; unit: (typeof clockUnits)[number] }

const calendars = new WeakMap<CountryPack, WorkCalendar>()

/** The pack's working calendar. Throws if the pack leaves a part of it open; `gapsOf` tells beforehand. */
export function calendarOf(pack: CountryPack): WorkCalendar {
  let calendar = calendars.get(pack)
  if (!calendar) {
    const { timeZone, work, holidays } = pack
    if (timeZone.value === null || work.days.value === null || work.hours.value === null)
      throw new Error(`the country pack ${pack.code} leaves its working time open`)
    calendar = {
      timeZone: timeZone.value,
      workingDays: work.days.value,
      hours: work.hours.value,
      holidays: holidays.items.map(({ date }) => date),
    }
    calendars.set(pack, calendar)
  }
  return calendar
}

/** The last day for which the holidays are known, YYYY-MM-DD; a due date after it may come too early. */
export function holidaysKnownUntil(pack: CountryPack): string {
  return `${Math.max(...pack.holidays.years)}-12-31`
}

/** The clock of this code, or undefined where the country has set no limit. */
export function findClock(pack: CountryPack, code: ClockCode): (Clock & Allowed) | undefined {
  const clock = pack.clocks.find(each => each.code === code)
  return clock && clock.amount !== null && clock.unit !== null ? (clock as Clock & Allowed) : undefined
}

/** The time to answer a referral of this urgency, or undefined where the country has set none. */
export function findResponse(pack: CountryPack, urgency: Urgency): Allowed | undefined {
  const { amount, unit } = pack.referralResponse[urgency]
  return amount !== null && unit !== null ? { amount, unit } : undefined
}

/**
 * Whether the law is known to demand this: the flag is true, was read in the law itself, and a national lawyer has
 * signed the pack. Everything less is a no, so that nobody's data leave on a guess.
 */
export function lawDemands(pack: CountryPack, code: LawFlag): boolean {
  const flag = pack.law.flags.find(each => each.code === code)
  return flag?.value === true && flag.verified === 'V' && pack.signedOff !== null && !pack.demonstration
}

/**
 * What the law wants told of an adult who refuses, beside country, adult and month; undefined where nothing may be told.
 * Both the duty and what it asks for must have been read in the law itself, and a national lawyer has signed.
 */
export function notificationDemanded(pack: CountryPack): readonly NotifiedFact[] | undefined {
  const { value, verified } = pack.law.notification
  return lawDemands(pack, 'notification-without-consent') && verified === 'V' ? value?.facts : undefined
}

/** Whether a reviewed text may be shown: as signed, as part of a demonstration with its mark, or not at all. */
export function textStanding(
  pack: CountryPack,
  language: string,
  text: ReviewedText,
): 'signed' | 'demonstration' | 'withheld' {
  if (pack.reviewers.some(each => each.language === language && each.texts.includes(text))) return 'signed'
  return pack.demonstration ? 'demonstration' : 'withheld'
}

/** A text in the wanted language, else in English, else in whichever there is. */
export function textIn(texts: Record<string, string>, language: string): string {
  return texts[language] ?? texts.en ?? Object.values(texts)[0] ?? ''
}

import { situation } from '#capabilities/situation/contract.ts'
import { reasonOf } from '#capabilities/situation/definition.ts'
import { type Said, standards } from '#capabilities/situation/form.ts'
import { currentForm } from '#capabilities/situation/instruments/shipped.ts'
import { organisationId, type PersonKey, stableId } from './people.ts'
import type { Caller } from './samples.ts'

// One finished assessment of an invented clinic and one of an area, so that somebody who looks around finds both.

type Found = Readonly<Record<string, readonly [Exclude<Said, 'yes'>, string?]>>
const samples = [
  {
    code: 'clinic',
    about: { subject: 'provider', organisation: organisationId('claro-clinic') },
    found: {
      acc_bed: ['na'],
      acc_lock: ['na'],
      acc_apart: ['na'],
      acc_meals: ['na'],
      hea_private: ['partly', 'There is a room, but every word is heard in the corridor.'],
      int_signed: ['no', 'Nobody has asked the interpreters for a promise in writing.'],
      day_answer: ['partly', 'From 8 to 8; at night a recorded message says to come in the morning.'],
      day_admit: ['no', 'The clinic is closed at night and on holidays.'],
    },
    action: { question: 'int_signed', what: 'Give every interpreter the promise to read and to sign.', days: 30 },
  },
  {
    code: 'area',
    about: { subject: 'area', area: 'windward' },
    found: {
      acc_tonight: ['no', 'The nearest safe place is more than two hours away.'],
      acc_kinds: ['no', 'There is none for anybody.'],
      leg_week: ['partly', 'A legal adviser comes once a month.'],
      int_spoken: ['partly', 'Spanish and French; none for the languages of the fishing crews.'],
      day_come: ['no', 'Nobody comes before morning.'],
    },
    action: {
      question: 'int_spoken',
      what: 'Agree with the interpreters of the capital on a telephone line.',
      days: 45,
    },
  },
] as const satisfies readonly {
  readonly code: string
  readonly about:
    | { readonly subject: 'provider'; readonly organisation: string }
    | { readonly subject: 'area'; readonly area: string }
  readonly found: Found
  readonly action: { readonly question: string; readonly what: string; readonly days: number }
}[]

/** The whole sheet: yes to all that is not named. */
function sheetOf(subject: 'provider' | 'area', found: Found) {
  const form = currentForm(subject)
  return Object.fromEntries(
    standards.map(standard => [
      standard,
      Object.fromEntries(
        form.standards[standard].flatMap(({ name }) => {
          const [said, reason] = found[name] ?? ['yes']
          return [[name, said], ...(reason ? [[reasonOf(name), reason]] : [])]
        }),
      ),
    ]),
  )
}

/** @param since when the samples are told from, in ms: every command says the same whenever it is sent */
export async function playAssessments(since: number, as: (key: PersonKey) => Promise<Caller>): Promise<void> {
  const [selma, teo] = [await as('selma'), await as('teo')]
  for (const [place, { code, about, found, action }] of samples.entries()) {
    const key = (verb: string) => stableId(`sample assessment ${code} ${verb}`)
    const id = (what: string) => {
      const time = (since + place).toString(16).padStart(12, '0')
      const rest = key(what)
      return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(15, 18)}-${rest.slice(19)}`
    }
    const params = { assessment: id('one') }
    const body = { answers: sheetOf(about.subject, found) }
    await selma(situation.make, { body: { id: id('one'), ...about }, key: key('make') })
    await selma(situation.handIn, { params, body, key: key('first') })
    await teo(situation.handIn, { params, body, key: key('second') })
    // Laid open by the second sheet, and what both said settled with it: its third version.
    await selma(situation.finish, { params, body: {}, version: 3, key: key('finish') })
    await selma(situation.addAction, {
      params,
      body: {
        ...{ id: id('action'), question: action.question, what: action.what },
        ...{
          owner: organisationId('claro-clinic'),
          dueOn: new Date(since + action.days * 86_400_000).toISOString().slice(0, 10),
        },
      },
      key: key('action'),
    })
  }
}

import type { Read } from '#platform/db/context.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { type FieldError, Problem } from '#platform/problem/problem.ts'
import type { asked } from '../contract.ts'
import { readRules } from '../rules-reading.ts'
import { questionsIn } from '../words-of.ts'
import { everPublished, type Found, findShipped } from './instruments/find.ts'

// Screenings of phones that do not yet say which version of a card they showed: their codes are those of every version.

/** The instruments that every phone had before a screening named its own. */
export const firstCard = 'labour-sign-card'
export const firstShortScreen = 'short-screen'

/** Where questions were asked too, the screening was named by them; its signs are still those of the card. */
export const cardOf = (instrument: string): string => (instrument === firstShortScreen ? firstCard : instrument)

interface Coded {
  readonly instrument?: string | undefined
  readonly signs?: readonly string[] | undefined
  readonly answers?: Readonly<Record<string, (typeof asked)[number]>> | undefined
}

/** @throws Problem invalid-input naming a part that a screening with versions does not have */
export function requireOneWay(body: Coded): void {
  const twice = (['instrument', 'signs', 'answers'] as const).filter(field => body[field] !== undefined)
  if (twice.length > 0)
    throw new Problem(
      'invalid-input',
      twice.map((field): FieldError => ({ field, code: 'unknown-field' })),
    )
}

/**
 * Codes without a version, as a row keeps them.
 * @throws Problem invalid-input naming the card, or the first sign or question that it does not have
 */
export async function codedOf(read: Read, actor: Actor, { instrument, signs = [], answers = {} }: Coded) {
  if (instrument === undefined) {
    if (signs.length > 0 || Object.keys(answers).length > 0)
      throw new Problem('invalid-input', [{ field: 'instrument', code: 'required' }])
    return { instrument: null, signs: [], answers: {}, talkFurther: false }
  }
  const { form, rules } = findShipped(firstShortScreen)!.instrument
  const questions = new Set([...questionsIn(form.body)].filter(one => one.choices).map(one => one.name))
  const unknown = Object.keys(answers).find(one => !questions.has(one))
  if (unknown) throw new Problem('invalid-input', [{ field: `answers.${unknown}`, code: 'unknown-field' }])
  await requireKnownSigns(read, actor, cardOf(instrument), signs)
  return { instrument, signs: [...signs], answers, talkFurther: readRules(rules, answers).some(one => one.met) }
}

const signsOf = ({ instrument: { form, about } }: Found): readonly string[] =>
  about.layer === 'card' ? form.lists.flatMap(list => list.choices.map(({ name }) => name)) : []

/** The card is any that people of this role may use, and its signs those of any version that was ever published. */
async function requireKnownSigns(read: Read, actor: Actor, card: string, signs: readonly string[]): Promise<void> {
  const usable = (one: Found) => one.row.layer === 'card' && one.row.whoMayUse.includes(actor.role)
  const missing = (cards: readonly Found[]) => {
    const known = new Set(cards.flatMap(signsOf))
    return signs.findIndex(sign => !known.has(sign))
  }
  const shipped = findShipped(card)
  if (shipped && usable(shipped) && missing([shipped]) < 0) return
  const cards = (await everPublished(read, actor.country, card)).filter(usable)
  if (cards.length === 0) throw new Problem('invalid-input', [{ field: 'instrument', code: 'not-offered' }])
  const sign = missing(cards)
  if (sign >= 0) throw new Problem('invalid-input', [{ field: `signs.${sign}`, code: 'choice' }])
}

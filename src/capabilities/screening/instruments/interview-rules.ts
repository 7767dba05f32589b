import { type Dimension, dimensions, getProfile, type Weight } from '../indicators.ts'
import type { Condition, Rule } from '../rules.ts'
import { dimensionTexts, type ElementCode, elementTexts, helpTexts } from './interview-rule-texts.ts'
import { purposesByThemselves } from './interview-work.ts'
import type { Person } from './parts.ts'

const profileOf = (person: Person) => getProfile(`${person}-labour`)

const codes = (person: Person, wanted: readonly Dimension[]): readonly string[] =>
  profileOf(person)
    .indicators.filter(({ dimension }) => wanted.includes(dimension))
    .map(({ code }) => code)

/** Lists and weights are those of `indicators/`; an indicator's question bears its code. */
function dimensionRule(person: Person, dimension: Dimension): Rule {
  const { indicators, source, verified } = profileOf(person)
  const rows = indicators.filter(each => each.dimension === dimension)
  const weighing = (weight: Weight) => rows.filter(each => each.weight === weight).map(({ code }) => code)
  return {
    code: dimension,
    ...dimensionTexts[dimension],
    when: {
      kind: 'dimension',
      answers: ['yes'],
      strong: weighing('strong'),
      medium: weighing('medium'),
      weak: weighing('weak'),
    },
    source,
    verified: verified === 'none' ? 'G' : verified,
    signedOff: null,
  }
}

const yesTo = (questions: readonly string[]): Condition => ({
  kind: 'at-least',
  count: 1,
  questions,
  answers: ['yes'],
})

/** An element is alleged as soon as one answer speaks for it; whether it is met is for the competent body. */
const elements = (person: Person): Partial<Record<ElementCode, Condition>> => ({
  act: {
    kind: 'chosen',
    count: 1,
    question: 'acts',
    choices: ['recruited', 'transported', 'transferred', 'harboured', 'received'],
  },
  'means-deception': yesTo(codes(person, ['deceptive-recruitment'])),
  'means-force': yesTo(codes(person, ['coercive-recruitment', 'coercion-destination'])),
  'means-weak-position': yesTo(codes(person, ['vulnerability-recruitment', 'vulnerability-destination'])),
  'means-payment': yesTo(['paid-for-consent']),
  means: { kind: 'any', rules: ['means-deception', 'means-force', 'means-weak-position', 'means-payment'] },
  'purpose-told': { kind: 'chosen', count: 1, question: 'purposes', choices: purposesByThemselves },
  purpose: { kind: 'any', rules: ['purpose-told', 'exploitation'] },
  ...(person === 'adult'
    ? {
        'elements-adult': { kind: 'all', rules: ['act', 'means', 'purpose'] },
        'child-then': {
          kind: 'at-least',
          count: 1,
          questions: ['adult-then'],
          answers: ['no', 'unknown', 'not-said'],
        },
        'elements-child': { kind: 'all', rules: ['child-then', 'act', 'purpose'] },
      }
    : { 'elements-child': { kind: 'all', rules: ['act', 'purpose'] } }),
})

const help: Record<keyof typeof helpTexts, Condition> = {
  'danger-now': yesTo(['danger-now']),
  'place-not-safe': { kind: 'at-least', count: 1, questions: ['place-safe'], answers: ['no', 'unsure'] },
  'interpreter-not-free': { kind: 'at-least', count: 1, questions: ['interpreter-free'], answers: ['no', 'unsure'] },
  'still-there': yesTo(['still-there']),
  'no-safe-night': { kind: 'at-least', count: 1, questions: ['safe-tonight'], answers: ['no', 'unknown'] },
  'fear-now': yesTo(['afraid-now', 'others-there']),
  'care-needed': yesTo(['care-needed', 'listening-wanted']),
  'others-not-safe': { kind: 'at-least', count: 1, questions: ['depended-on-safe'], answers: ['no', 'unknown'] },
}

/** What helps comes first; then the six dimensions; then the elements. There is no total. */
export const rulesOf = (person: Person): readonly Rule[] => [
  ...Object.entries(help).map(
    ([code, when]): Rule => ({
      code,
      ...helpTexts[code as keyof typeof helpTexts],
      when,
      source: 'Good practice of interviewing, in our own words',
      verified: 'G',
      signedOff: null,
    }),
  ),
  ...dimensions.map(dimension => dimensionRule(person, dimension)),
  ...Object.entries(elements(person)).map(
    ([code, when]): Rule => ({
      code,
      ...elementTexts[code as ElementCode],
      when,
      source: 'Palermo Protocol, article 3, as quoted on the SDG 16.2.2 metadata page; the questions are ours',
      verified: 'V2',
      signedOff: null,
    }),
  ),
]

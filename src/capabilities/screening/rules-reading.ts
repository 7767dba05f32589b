import type { AnswerTree, AnswerValue, Texts } from '#platform/forms/definition.ts'
import type { Weight } from './indicators.ts'
import type { Condition, Rule } from './rules.ts'
import { type Change, mayUseWeights, readOne } from './scoring.ts'

/** How one rule reads the answers. That it is not met closes nothing. */
export interface Finding {
  readonly code: string
  readonly label: Texts
  readonly advice: Texts
  readonly met: boolean
  /** The answers that speak for it, whether it is met or not. */
  readonly heard: readonly Heard[]
  /** Questions that it looks at and that nobody answered with a yes or a no. They never count. */
  readonly open: readonly string[]
  /** The rules that it rests on, where it is made of others. */
  readonly rests: readonly { readonly rule: string; readonly met: boolean }[]
  readonly wouldChange: WouldChange
}
export interface Heard {
  readonly question: string
  readonly answers: readonly (string | number)[]
}

/** The smallest change that would turn a finding round. */
export type WouldChange =
  /** So many more, or fewer, of these questions answered so, or of these choices chosen. */
  | {
      readonly kind: 'answers' | 'choices'
      readonly give: 'more' | 'fewer'
      readonly number: number
      readonly of: readonly string[]
    }
  /** By weights, as scoring.ts says it. */
  | { readonly kind: 'weights'; readonly change: Change }
  /** Another number. */
  | { readonly kind: 'number'; readonly question: string }
  /** One, or all, of these rules read the other way. */
  | { readonly kind: 'rules'; readonly turn: 'one' | 'all'; readonly rules: readonly string[] }
  | { readonly kind: 'nothing' }

/** Answers that tell nothing either way. They count only where a rule names them itself. */
export const openAnswers: ReadonlySet<string> = new Set(['unknown', 'not-said', 'not-asked'])

type Given = ReadonlyMap<string, ReadonlySet<string | number>>

/** The name of the question that a path leads to. */
const nameAt = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The answers by the question's name, wherever it stands; of a repeat, those of all rows. */
function givenIn(answers: AnswerTree, declined: readonly string[]): Given {
  const found = new Map<string, Set<string | number>>()
  const put = (name: string, value: string | number) => {
    const all = found.get(name) ?? new Set()
    found.set(name, all.add(value))
  }
  const walk = (tree: AnswerTree): void => {
    for (const [name, value] of Object.entries(tree)) take(name, value)
  }
  const take = (name: string, value: AnswerValue): void => {
    if (value === null || value === '') return
    if (typeof value === 'string' || typeof value === 'number') put(name, value)
    else if (!Array.isArray(value)) walk(value as AnswerTree)
    else
      for (const one of value as readonly (string | AnswerTree)[])
        if (typeof one === 'string') put(name, one)
        else walk(one)
  }
  walk(answers)
  for (const path of declined) put(nameAt(path), 'not-said')
  return found
}

type Reading = Omit<Finding, 'code' | 'label' | 'advice'>
const nothing: WouldChange = { kind: 'nothing' }
const none: ReadonlySet<string | number> = new Set()

/**
 * Reads the answers by every rule, in the order of the rules. Pure, and the same on the server and in the browser.
 * An answer that was not given, or that says "does not know" or "prefers not to say", is never taken for a yes.
 * Rules that rest on each other in a circle, which checkInstrument refuses, are read as not met.
 * @param declined paths of questions that the person preferred not to answer: to a rule, the answer `not-said`
 */
export function readRules(
  rules: readonly Rule[],
  answers: AnswerTree,
  declined: readonly string[] = [],
): readonly Finding[] {
  const given = givenIn(answers, declined)
  const byCode = new Map(rules.map(rule => [rule.code, rule]))
  const known = new Map<string, Reading>()
  const under = new Set<string>()
  const readingOf = (rule: Rule): Reading => {
    const before = known.get(rule.code)
    if (before) return before
    under.add(rule.code)
    const reading = read(rule.when, given, code => {
      const other = byCode.get(code)
      return other !== undefined && !under.has(code) && readingOf(other).met
    })
    under.delete(rule.code)
    known.set(rule.code, reading)
    return reading
  }
  return rules.map(rule => ({ code: rule.code, label: rule.label, advice: rule.advice, ...readingOf(rule) }))
}

function read(when: Condition, given: Given, isMet: (rule: string) => boolean): Reading {
  switch (when.kind) {
    case 'at-least':
      return atLeast(when, given)
    case 'chosen':
      return chosen(when, given)
    case 'number':
      return number(when, given)
    case 'dimension':
      return dimension(when, given)
    default:
      return together(when, isMet)
  }
}

/** Those of the wanted answers that a question was given. */
const heardIn = (given: Given, question: string, wanted: readonly string[]): readonly string[] =>
  wanted.filter(answer => given.get(question)?.has(answer))
const isOpen = (given: Given, question: string): boolean =>
  [...(given.get(question) ?? none)].every(answer => typeof answer === 'string' && openAnswers.has(answer))

/** What counting says: met from `count` on. */
const counted = (
  kind: 'answers' | 'choices',
  count: number,
  those: readonly string[],
  others: readonly string[],
): { met: boolean; wouldChange: WouldChange } => {
  const met = those.length >= count
  const wouldChange: WouldChange = met
    ? { kind, give: 'fewer', number: those.length - count + 1, of: those }
    : count - those.length <= others.length
      ? { kind, give: 'more', number: count - those.length, of: others }
      : nothing
  return { met, wouldChange }
}

function atLeast(when: Extract<Condition, { kind: 'at-least' }>, given: Given): Reading {
  const questions = [...new Set(when.questions)]
  const heard = questions
    .map(question => ({ question, answers: heardIn(given, question, when.answers) }))
    .filter(({ answers }) => answers.length > 0)
  const those = heard.map(({ question }) => question)
  const others = questions.filter(question => !those.includes(question))
  const open = others.filter(question => isOpen(given, question))
  return { ...counted('answers', when.count, those, others), heard, open, rests: [] }
}

function chosen(when: Extract<Condition, { kind: 'chosen' }>, given: Given): Reading {
  const choices = [...new Set(when.choices)]
  const those = heardIn(given, when.question, choices)
  const others = choices.filter(choice => !those.includes(choice))
  return {
    ...counted('choices', when.count, those, others),
    heard: those.length > 0 ? [{ question: when.question, answers: those }] : [],
    open: isOpen(given, when.question) ? [when.question] : [],
    rests: [],
  }
}

function number(when: Extract<Condition, { kind: 'number' }>, given: Given): Reading {
  const { question, atLeast: least = Number.NEGATIVE_INFINITY, atMost: most = Number.POSITIVE_INFINITY } = when
  const numbers = [...(given.get(question) ?? none)].filter(one => typeof one === 'number')
  const those = numbers.filter(one => one >= least && one <= most)
  return {
    met: those.length > 0,
    heard: those.length > 0 ? [{ question, answers: those }] : [],
    open: numbers.length === 0 ? [question] : [],
    rests: [],
    wouldChange: { kind: 'number', question },
  }
}

/** The published rule, read by scoring.ts itself. */
function dimension(when: Extract<Condition, { kind: 'dimension' }>, given: Given): Reading {
  const indicators = (['strong', 'medium', 'weak'] as const).flatMap((weight: Weight) =>
    when[weight].map(code => ({ code, weight })),
  )
  const reading = readOne('', indicators, question => {
    if (heardIn(given, question, when.answers).length > 0) return 'yes'
    return isOpen(given, question) ? 'not-asked' : 'no'
  })
  return {
    met: reading.positive,
    heard: reading.heard.map(question => ({ question, answers: heardIn(given, question, when.answers) })),
    open: reading.open,
    rests: [],
    wouldChange: reading.wouldChange.options.length > 0 ? { kind: 'weights', change: reading.wouldChange } : nothing,
  }
}

function together(
  { kind, rules }: Extract<Condition, { kind: 'all' | 'any' | 'none' }>,
  isMet: (rule: string) => boolean,
): Reading {
  const rests = [...new Set(rules)].map(rule => ({ rule, met: isMet(rule) }))
  const those = rests.filter(({ met }) => met).map(({ rule }) => rule)
  const others = rests.filter(({ met }) => !met).map(({ rule }) => rule)
  const turn = (how: 'one' | 'all', of: readonly string[]): WouldChange =>
    of.length > 0 ? { kind: 'rules', turn: how, rules: of } : nothing
  const base = { heard: [], open: [], rests }
  if (kind === 'all') {
    const met = rests.length > 0 && others.length === 0
    return { ...base, met, wouldChange: met ? turn('one', those) : turn('all', others) }
  }
  const some = those.length > 0
  const met = kind === 'any' ? some : rests.length > 0 && !some
  return { ...base, met, wouldChange: some ? turn('all', those) : turn('one', others) }
}

/**
 * The rules that may be read. In production nobody's unsigned word weighs answers or puts findings together; a rule
 * that only repeats what was answered, and says how to help, may be read anywhere.
 */
export const rulesToUse = (rules: readonly Rule[], { production }: { production: boolean }): readonly Rule[] =>
  rules.filter(({ when, signedOff }) => {
    const concludes = when.kind === 'dimension' || 'rules' in when
    return !concludes || mayUseWeights({ production, signedOff })
  })

/** Codes of the findings that are given. */
export const metCodes = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ met }) => met).map(({ code }) => code)

/** The finding of a short screen that means: talk further and offer help. */
const further = 'talk-further'

/**
 * Whether a short screen says to talk further: by its rule of that name where it has one, else by any finding. It is no
 * finding about anybody, tells nobody, and closes nothing when it is not met.
 */
export function talksFurther(findings: readonly Finding[]): boolean {
  const named = findings.filter(({ code }) => code === further)
  return (named.length > 0 ? named : findings).some(({ met }) => met)
}

import type { ChoiceList, Flaw, FormDefinition, FormNode, Question, Texts } from '#platform/forms/definition.ts'
import { type Role, roles } from '#platform/policy/roles.ts'
import { persons, sectors, validities, verifiedMarks } from './about.ts'
import { type About, type Instrument, layers } from './instrument.ts'
import type { Condition, Rule } from './rules.ts'
import { openAnswers } from './rules-reading.ts'

/** As many rules as anybody reads, and what one may cite: what a reading costs grows with both. */
export const ruleLimits = { rules: 200, cited: 100, textLength: 4000 } as const

/** Where things stand in the spreadsheet, for telling: the row of a rule by its place in the list. */
export interface Origin {
  readonly ruleRows?: readonly number[]
}

type Refuse = (code: string, column: string, detail: string) => void

/**
 * What is wrong with an instrument beyond its form, which `compile` checks. Flaws carry sheet and column as in the
 * workbook; words are under `forms.flaw.<code>`. At most 100.
 */
export function checkInstrument(instrument: Instrument, origin: Origin = {}): readonly Flaw[] {
  const flaws: Flaw[] = []
  const told =
    (sheet: string, row: number | undefined): Refuse =>
    (code, column, detail) => {
      if (flaws.length < 100)
        flaws.push({ code, sheet, ...(row === undefined ? {} : { row }), column, detail: detail.slice(0, 200) })
    }
  const { form, rules, about } = instrument
  checkName(form, told('settings', 2))
  checkAbout(about, form.languages, told('about', 2))
  if (about.layer === 'short-screen' && about.person !== 'adult')
    told('about', 2)('instrument-child-asked', 'person', about.person)
  const questions = questionsOf(form.body)
  const lists = new Map(form.lists.map(list => [list.name, list]))
  if (rules.length > ruleLimits.rules) told('rules', undefined)('too-many-rules', 'code', String(ruleLimits.rules))
  const seen = new Set<string>()
  for (const [index, rule] of rules.slice(0, ruleLimits.rules).entries()) {
    const refuse = told('rules', origin.ruleRows?.[index])
    if (!/^[a-z0-9][a-z0-9.-]{0,63}$/.test(rule.code)) refuse('rule-code', 'code', rule.code)
    if (seen.has(rule.code)) refuse('rule-twice', 'code', rule.code)
    seen.add(rule.code)
    inEveryLanguage(rule.label, form.languages, 'label', refuse)
    inEveryLanguage(rule.advice, form.languages, 'advice', refuse)
    if (rule.source.trim() === '') refuse('instrument-needed', 'source', rule.code)
    checkCondition(rule.when, { questions, lists, codes: new Set(rules.map(({ code }) => code)) }, refuse)
  }
  for (const index of circles(rules.slice(0, ruleLimits.rules)))
    told('rules', origin.ruleRows?.[index])('rule-circle', 'rules', rules[index]!.code)
  return flaws
}

/** An instrument is cited by its code and version in addresses and on paper, so both are plain. */
function checkName(form: FormDefinition, refuse: Refuse): void {
  if (!/^[a-z0-9][a-z0-9.-]{0,63}$/.test(form.id)) refuse('instrument-code', 'form_id', form.id)
  if (!/^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/.test(form.version)) refuse('instrument-version', 'version', form.version)
  inEveryLanguage(form.title, form.languages, 'form_title', refuse)
}

function checkAbout(about: About, languages: readonly string[], refuse: Refuse): void {
  const oneOf = (list: readonly string[], value: string, column: string) => {
    if (!list.includes(value)) refuse('instrument-choice', column, value)
  }
  oneOf(layers, about.layer, 'layer')
  oneOf(sectors, about.sector, 'sector')
  oneOf(persons, about.person, 'person')
  oneOf(verifiedMarks, about.verified, 'verified')
  oneOf(validities, about.validity.status, 'validity')
  oneOf(verifiedMarks, about.validity.verified, 'validity_verified')
  if (about.whoMayUse.length === 0) refuse('instrument-needed', 'who_may_use', '')
  for (const role of about.whoMayUse) if (!roles.includes(role as Role)) refuse('instrument-role', 'who_may_use', role)
  if (about.source.trim() === '') refuse('instrument-needed', 'source', '')
  if (about.licence.trim() === '') refuse('instrument-needed', 'licence', '')
  if (about.validity.source.trim() === '') refuse('instrument-needed', 'validity_source', '')
  inEveryLanguage(about.validity.statement, languages, 'validity_statement', refuse)
}

function inEveryLanguage(texts: Texts, languages: readonly string[], column: string, refuse: Refuse): void {
  for (const language of languages) {
    const text = Object.hasOwn(texts, language) ? texts[language]! : ''
    if (text.trim() === '') refuse('instrument-language', `${column}::${language}`, language)
    else if (text.length > ruleLimits.textLength)
      refuse('text-too-long', `${column}::${language}`, String(ruleLimits.textLength))
  }
}

interface Known {
  readonly questions: ReadonlyMap<string, readonly Question[]>
  readonly lists: ReadonlyMap<string, ChoiceList>
  readonly codes: ReadonlySet<string>
}

function checkCondition(when: Condition, { questions, lists, codes }: Known, refuse: Refuse): void {
  const named = (name: string, column: string): Question | undefined => {
    const found = questions.get(name) ?? []
    if (found.length === 0) refuse('name-unknown', column, name)
    if (found.length > 1) refuse('name-ambiguous', column, name)
    return found.length === 1 ? found[0] : undefined
  }
  const some = (list: readonly string[], column: string) => {
    if (list.length === 0) refuse('instrument-needed', column, '')
    if (list.length > ruleLimits.cited) refuse('rule-too-long', column, String(ruleLimits.cited))
  }
  const offers = (question: Question | undefined, answers: readonly string[], column: string) => {
    if (!question) return
    // What is offered beside a field to write in is an answer that a rule may name.
    if (!question.choices && question.appearance?.split(/\s+/).includes('not-said'))
      for (const answer of answers) {
        if (answer !== 'not-said') refuse('rule-answer', column, `${question.name} ${answer}`)
      }
    else if (!question.choices) return refuse('rule-no-choices', column, question.name)
    if (!question.choices) return
    const offered = lists.get(question.choices.list)?.choices.map(({ name }) => name) ?? []
    for (const answer of answers)
      if (!offered.includes(answer) && !(answer === 'other' && question.choices.orOther))
        refuse('rule-answer', column, `${question.name} ${answer}`)
  }
  const count = (given: number, most: number) => {
    if (!Number.isInteger(given) || given < 1 || given > most) refuse('rule-count', 'count', String(given))
  }
  switch (when.kind) {
    case 'at-least':
      some(when.questions, 'questions')
      some(when.answers, 'answers')
      for (const name of when.questions.slice(0, ruleLimits.cited))
        offers(named(name, 'questions'), when.answers, 'answers')
      count(when.count, new Set(when.questions).size)
      break
    case 'chosen': {
      some(when.choices, 'choices')
      const question = named(when.question, 'question')
      offers(question, when.choices, 'choices')
      count(when.count, new Set(when.choices).size)
      break
    }
    case 'number': {
      const question = named(when.question, 'question')
      if (question && !['integer', 'decimal', 'range'].includes(question.type))
        refuse('rule-no-number', 'question', question.name)
      const { atLeast, atMost } = when
      if (atLeast === undefined && atMost === undefined) refuse('instrument-needed', 'at_least', '')
      if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
        refuse('rule-count', 'at_most', String(atMost))
      break
    }
    case 'dimension': {
      const cited = [...when.strong, ...when.medium, ...when.weak]
      some(cited, 'strong')
      some(when.answers, 'answers')
      for (const answer of when.answers) if (openAnswers.has(answer)) refuse('rule-open-answer', 'answers', answer)
      if (new Set(cited).size < cited.length)
        refuse('rule-twice', 'strong', cited.find((one, at) => cited.indexOf(one) < at)!)
      for (const weight of ['strong', 'medium', 'weak'] as const)
        for (const name of when[weight].slice(0, ruleLimits.cited)) offers(named(name, weight), when.answers, 'answers')
      break
    }
    default:
      some(when.rules, 'rules')
      for (const rule of when.rules) if (!codes.has(rule)) refuse('rule-unknown', 'rules', rule)
  }
}

/** Places of the rules that rest on themselves, by whatever way. */
function circles(rules: readonly Rule[]): readonly number[] {
  const rests = new Map(rules.map(({ code, when }) => [code, 'rules' in when ? when.rules : []]))
  // Whatever rests only on what is settled is settled; what remains stands in a circle or on one.
  const settled = new Set<string>()
  for (let before = -1; before < settled.size; ) {
    before = settled.size
    for (const [code, others] of rests) if (others.every(one => settled.has(one) || !rests.has(one))) settled.add(code)
  }
  return rules.flatMap(({ code }, index) => (settled.has(code) ? [] : [index]))
}

function questionsOf(body: readonly FormNode[]): ReadonlyMap<string, readonly Question[]> {
  const found = new Map<string, Question[]>()
  const walk = (nodes: readonly FormNode[]): void => {
    for (const node of nodes)
      if (node.kind === 'question') found.set(node.name, [...(found.get(node.name) ?? []), node])
      else walk(node.children)
  }
  walk(body)
  return found
}

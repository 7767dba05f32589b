import type { ChoiceList, FormNode, Question, Texts } from '#platform/forms/definition.ts'
import type { InstrumentWords } from './contract-filled.ts'
import type { Instrument } from './instrument.ts'

/** Every text and every name in it, however deep. */
function* namesIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    yield value
    // A path names each of its steps.
    if (value.includes('/')) yield* value.split('/').map(step => step.replace(/\[\d+\]$/, ''))
  } else if (Array.isArray(value)) for (const one of value) yield* namesIn(one)
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) {
      yield name
      yield* namesIn(one)
    }
}

/** Every question of a form, however deep. */
export function* questionsIn(nodes: readonly FormNode[]): Generator<Question> {
  for (const node of nodes) {
    if (node.kind === 'question') yield node
    else yield* questionsIn(node.children)
  }
}

const choicesIn = (lists: readonly ChoiceList[], { choices }: Question) =>
  (choices && lists.find(list => list.name === choices.list)?.choices) ?? []

/** As much of an instrument as has words. */
export type Worded = Pick<Instrument, 'form' | 'rules'>

/**
 * The words for whatever of an instrument a record names: its questions, choices and rules, and nothing else.
 * @param versions of one instrument; what the first does not have is taken from the next. Never empty.
 * @param record anything in which the names stand, as texts or as names of parts
 */
export function wordsOf(versions: readonly [Worded, ...Worded[]], ...record: readonly unknown[]): InstrumentWords {
  const named = new Set(namesIn(record))
  const questions = new Map<string, Texts>()
  const choices = new Map<string, Map<string, Texts>>()
  const rules = new Map<string, Texts>()
  for (const { form, rules: of } of versions) {
    for (const question of questionsIn(form.body)) {
      if (!named.has(question.name)) continue
      const chosen = choicesIn(form.lists, question).filter(({ name }) => named.has(name))
      if (question.label && !questions.has(question.name)) questions.set(question.name, question.label)
      const known = choices.get(question.name) ?? new Map<string, Texts>()
      for (const { name, label } of chosen) if (!known.has(name)) known.set(name, label)
      if (known.size > 0) choices.set(question.name, known)
    }
    for (const { code, label } of of) if (named.has(code) && !rules.has(code)) rules.set(code, label)
  }
  const [{ form }] = versions
  return {
    title: form.title,
    defaultLanguage: form.defaultLanguage,
    questions: Object.fromEntries(questions),
    choices: Object.fromEntries([...choices].map(([name, known]) => [name, Object.fromEntries(known)])),
    rules: Object.fromEntries(rules),
  }
}

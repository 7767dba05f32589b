import type { AnswerTree, AnswerValue, FormDefinition, FormNode, Question, Texts } from '#platform/forms/definition.ts'
import { inLanguage } from '#platform/forms/texts.ts'
import type { InstrumentWords } from '../../contract-filled.ts'

/** What a form calls things, in the reader's language where the form has it. */
export interface Names {
  /** A text as one plain line; answers that it would show are left open. */
  readonly say: (texts: Texts | undefined) => string
  readonly question: (name: string) => string
  readonly answer: (question: string, value: string | number) => string
}

/** Every question of a form in its order, with its path: `group/name`. */
export function* questionsOf(nodes: readonly FormNode[], at = ''): Generator<readonly [string, Question]> {
  for (const node of nodes) {
    if (node.kind === 'question') yield [at + node.name, node]
    else yield* questionsOf(node.children, `${at}${node.name}/`)
  }
}

const sayer = (lang: string, fallback: string) => (texts: Texts | undefined) =>
  (inLanguage(texts, lang, fallback) ?? '').replaceAll(/\$\{[^}]*\}/g, '…')

/** What came with a record, for whoever may read it. */
export function namesIn({ defaultLanguage, questions, choices }: InstrumentWords, lang: string): Names {
  const say = sayer(lang, defaultLanguage)
  return {
    say,
    question: name => say(questions[name]) || name,
    answer: (question, value) => say(choices[question]?.[value]) || String(value),
  }
}

export function namesOf(form: FormDefinition, lang: string): Names {
  const questions = new Map([...questionsOf(form.body)].map(([, question]) => [question.name, question]))
  const lists = new Map(form.lists.map(list => [list.name, list.choices]))
  const say = sayer(lang, form.defaultLanguage)
  return {
    say,
    question: name => say(questions.get(name)?.label) || name,
    answer: (question, value) => {
      const list = questions.get(question)?.choices?.list
      const choice = (list === undefined ? [] : (lists.get(list) ?? [])).find(one => one.name === value)
      return say(choice?.label) || String(value)
    },
  }
}

/** Answers one under the other, by the name of their question; of a repeat, row after row. */
export function answersIn(tree: AnswerTree): (readonly [string, readonly (string | number)[]])[] {
  return Object.entries(tree).flatMap(([name, value]: [string, AnswerValue]) => {
    if (value === null || value === '') return []
    if (typeof value === 'string' || typeof value === 'number') return [[name, [value]] as const]
    if (!Array.isArray(value)) return answersIn(value as AnswerTree)
    const rows = value as readonly (string | AnswerTree)[]
    const told = rows.filter(one => typeof one === 'string')
    return told.length > 0 ? [[name, told] as const] : rows.flatMap(one => answersIn(one as AnswerTree))
  })
}

/** The questions that were declined, by name. */
export const declinedIn = (paths: readonly string[]): string[] => [
  ...new Set(paths.map(path => path.slice(path.lastIndexOf('/') + 1))),
]

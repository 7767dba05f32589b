import type { FormDefinition } from '#platform/forms/definition.ts'
import { type GroupView, isShown, type ViewNode } from '#platform/forms/view.ts'
import { questionsIn } from './words-of.ts'

/** What of the answers may stand outside the seal: choices, and never what was written. */
export interface Coded {
  /** By question. `not-said` and `not-asked` are answers of their own. */
  readonly choices: Readonly<Record<string, string | readonly string[]>>
  /** Of questions of several choices all that were marked, as on a card of signs. */
  readonly marked: readonly string[]
}

/**
 * The codes in a set of answers, of what is asked now. Repeats are left out: their rows have no names of their own.
 * @param declined paths of questions that the person preferred not to answer
 */
export function codedIn(form: FormDefinition, view: GroupView, declined: readonly string[]): Coded {
  const choices = Object.fromEntries(choicesIn(view, new Set(declined)))
  const several = [...questionsIn(form.body)].filter(({ type }) => type === 'select-multiple')
  const marked = several.flatMap(({ name }) => (Array.isArray(choices[name]) ? (choices[name] as string[]) : []))
  return { choices, marked: [...new Set(marked)] }
}

function* choicesIn(
  node: ViewNode,
  declined: ReadonlySet<string>,
): Generator<readonly [string, string | readonly string[]]> {
  if (!isShown(node) || node.kind === 'repeat') return
  if (node.kind !== 'question') for (const child of node.children) yield* choicesIn(child, declined)
  else if (declined.has(node.path)) yield [node.name, 'not-said']
  else if (node.choices) yield [node.name, (node.value as string | readonly string[] | null) ?? 'not-asked']
}

import type { Choice, FormNode, Group, Texts } from '../definition.ts'
import type { Cells } from './cells.ts'
import { isName, isReserved } from './names.ts'
import type { Context } from './question.ts'

/**
 * `begin loop over <list>`: a group for each choice of the list with a copy of what stands in the loop, in which
 * `%(name)s` and `%(label)s` are the choice's own.
 */
export function loopBody(children: readonly FormNode[], list: string, cells: Cells, context: Context): FormNode[] {
  const choices = context.lists.get(list)?.choices
  if (!choices) {
    context.findings.refuse('list-unknown', cells.spot('type'), list)
    return []
  }
  const bad = choices.find(choice => !isName(choice.name) || isReserved(choice.name))
  if (bad) context.findings.refuse('name-invalid', cells.spot('type'), bad.name)
  return choices.map(
    choice =>
      ({
        kind: 'group',
        name: choice.name,
        ...(Object.keys(choice.label).length > 0 ? { label: choice.label } : {}),
        at: context.place(cells),
        children: children.map(child => filled(child, choice)),
      }) satisfies Group,
  )
}

/** A deep copy with the choice's words put in. */
function filled<T>(value: T, choice: Choice, language?: string): T {
  if (typeof value === 'string') return insert(value, choice, language) as T
  if (Array.isArray(value)) return value.map(item => filled(item, choice)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, filled(inner, choice, key in choice.label ? key : undefined)]),
  ) as T
}

function insert(text: string, { name, label }: Choice, language: string | undefined): string {
  const shown = language === undefined ? first(label) : label[language]
  return text.replaceAll('%(name)s', name).replaceAll('%(label)s', shown ?? name)
}

const first = (texts: Texts): string | undefined => Object.values(texts)[0]

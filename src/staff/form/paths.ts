import type { FormDefinition, FormNode } from '#platform/forms/definition.ts'
import type { GroupView, QuestionView, ViewNode } from '#platform/forms/view.ts'

/** Whether a path is a place or lies in it: `r[1]/x` in `r[1]` and in `r`. */
export const inside = (path: string, place: string): boolean =>
  place === '' || path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}[`)

/** A path once a row of a repeat is gone: null in that row, one row up behind it. */
export function afterRemoval(path: string, repeat: string, index: number): string | null {
  if (!path.startsWith(`${repeat}[`)) return path
  const end = path.indexOf(']', repeat.length)
  const row = Number(path.slice(repeat.length + 1, end))
  if (row === index) return null
  return row > index ? `${repeat}[${row - 1}${path.slice(end)}` : path
}

/** The node of the form that a path leads to. */
export function nodeAt(definition: FormDefinition, path: string): FormNode | undefined {
  let found: FormNode | undefined
  let among = definition.body
  for (const piece of path.split('/')) {
    const name = piece.replace(/\[\d+\]$/, '')
    found = among.find(node => node.name === name)
    if (!found) return undefined
    among = found.kind === 'question' ? [] : found.children
  }
  return found
}

/** Every question in it, in the order of the form. */
export function* questionsIn(nodes: readonly ViewNode[]): Generator<QuestionView> {
  for (const node of nodes) {
    if (node.kind === 'question') yield node
    else yield* questionsIn(node.kind === 'repeat' ? node.rows : node.children)
  }
}

/** The question that `${name}` means, seen from a path: the nearest of that name. */
export function questionNamed(root: GroupView, name: string, from: string): QuestionView | undefined {
  const shared = (path: string) => {
    let length = 0
    while (length < path.length && path[length] === from[length]) length++
    return length
  }
  let best: QuestionView | undefined
  for (const one of questionsIn([root])) {
    if (one.name === name && (!best || shared(one.path) > shared(best.path))) best = one
  }
  return best
}

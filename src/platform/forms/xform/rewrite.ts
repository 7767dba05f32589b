import { parseExpression } from '../expression/parse.ts'
import type { Expression, Literal, Path } from '../expression/tree.ts'
import { template } from '../texts.ts'
import { type Located, type Paths, root } from './paths.ts'

interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Arguments of indexed-repeat that name a node or a repeat wherever it stands; the rest are numbers of rows. */
const nodesOfIndexedRepeat: ReadonlySet<number> = new Set([0, 1, 3, 5])

/** An expression in XPath alone: every `${name}` becomes a path, seen from `here`. @throws FormFlaw */
export function toXPath(text: string, here: Located | undefined, paths: Paths, inPredicate = false): string {
  const changes: Change[] = []
  const visit = (node: Expression, how: { absolute: boolean; current: boolean }): void => {
    switch (node.kind) {
      case 'literal':
        return
      case 'reference':
        changes.push({ start: node.start, end: node.end, text: paths.to(node.name, here, how) })
        return
      case 'negation':
        visit(node.of, how)
        return
      case 'binary':
        visit(node.left, how)
        visit(node.right, how)
        return
      case 'call':
        for (const [index, argument] of node.args.entries()) {
          if (node.name === 'jr:choice-name' && index === 1 && argument.kind === 'literal') {
            quoted(argument)
            continue
          }
          const absolute = node.name === 'indexed-repeat' && nodesOfIndexedRepeat.has(index)
          visit(argument, { absolute, current: how.current })
        }
        return
      case 'path':
        path(node, how)
        return
    }
  }
  // jr:choice-name takes the path of its question as a text.
  const quoted = ({ start, end, value }: Literal): void => {
    changes.push({ start: start + 1, end: end - 1, text: toXPath(String(value), here, paths) })
  }
  const path = (node: Path, how: { absolute: boolean; current: boolean }): void => {
    if (typeof node.from !== 'string') visit(node.from, how)
    const [first] = node.steps
    if (node.from === 'root' && first && first.name !== root) {
      changes.push({ start: first.start, end: first.start + first.name.length, text: root })
    }
    const inside = { absolute: false, current: true }
    for (const filter of node.filters) visit(filter, inside)
    for (const step of node.steps) for (const filter of step.filters) visit(filter, inside)
  }
  visit(parseExpression(text), { absolute: false, current: inPredicate })
  return changed(text, changes)
}

function changed(text: string, changes: Change[]): string {
  let result = ''
  let at = 0
  for (const change of changes.sort((a, b) => a.start - b.start)) {
    result += text.slice(at, change.start) + change.text
    at = change.end
  }
  return result + text.slice(at)
}

/** A text in pieces: what stands in it, and the path of each answer that it shows. @throws FormFlaw name-unknown */
export const pieces = (text: string, here: Located | undefined, paths: Paths): (string | { readonly path: string })[] =>
  (template(text) ?? [text]).map(piece => (typeof piece === 'string' ? piece : { path: paths.to(piece.name, here) }))

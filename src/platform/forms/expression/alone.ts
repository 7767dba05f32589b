import { type Outline, type Spot, sharedRepeats } from '../outline.ts'
import { functions } from './functions.ts'
import type { Expression } from './tree.ts'

/** Functions that look at where they stand when they are given nothing else to look at. */
const looking = new Set(['position', 'last', 'string', 'number', 'string-length', 'normalize-space'])

/**
 * Whether an expression gives the same in every row, so that one working out serves all: a total that each of 500 rows
 * is compared with.
 * @param inside within a predicate, where `.` and `position()` are about what the predicate filters
 */
export function standsAlone(tree: Expression, outline: Outline, from: Spot, inside = false): boolean {
  const all = (trees: readonly Expression[], deeper = inside) =>
    trees.every(each => standsAlone(each, outline, from, deeper))
  switch (tree.kind) {
    case 'literal':
      return true
    case 'reference': {
      const [target] = outline.named(tree.name)
      return target !== undefined && sharedRepeats(from, target).length === 0
    }
    case 'negation':
      return all([tree.of])
    case 'binary':
      return all([tree.left, tree.right])
    case 'call':
      if (tree.name === 'current' || tree.name === 'once' || functions.get(tree.name)?.volatile) return false
      if (tree.args.length === 0 && looking.has(tree.name)) return inside
      // The label of a choice hangs on the language too, and its name is a text to be read.
      return tree.name !== 'jr:choice-name' && all(tree.args)
    case 'path': {
      const start = tree.from === 'root' || (tree.from === 'here' ? inside : all([tree.from]))
      return start && all([...tree.filters, ...tree.steps.flatMap(step => step.filters)], true)
    }
  }
}

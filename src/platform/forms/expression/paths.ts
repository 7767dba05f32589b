import { flaw } from '../flaw.ts'
import type { Item, ListTable } from '../lists.ts'
import { between, type Outline, type Spot, sharedRepeats } from '../outline.ts'
import type { Binder, Bound, Where } from './bind.ts'
import { type Expression, type Path, type Reference, type Step, walk } from './tree.ts'
import { type At, isNodes, type Nodes, toBoolean, type Value, type XNode } from './values.ts'

/** Whether an expression is an answer's name and nothing else. */
export const isReference = (text: string): boolean => /^\s*\$\{[^{}]+\}\s*$/.test(text)

/** The one node of a name. @throws FormFlaw name-unknown, name-ambiguous */
export function resolveReference(outline: Outline, name: string): Spot {
  const [spot, another] = outline.named(name)
  if (!spot) flaw('name-unknown', name)
  if (another) flaw('name-ambiguous', name)
  return spot
}

type Found = NonNullable<Bound['nodes']> & { readonly cost: number }

export function bindPath(binder: Binder, tree: Path | Reference, here: Where): Bound {
  const found = tree.kind === 'reference' ? reference(binder, tree) : path(binder, tree, here)
  const { where } = found
  // `.` alone, or one's own name: the answer itself and not what hangs on it.
  const itself = where.kind === 'spots' && where.spots[0] === binder.around.from && isSelf(tree)
  if (itself) binder.readsItself = true
  else if (where.kind === 'spots') for (const spot of where.spots) binder.reads.add(spot)
  return { run: found.run, cost: found.cost, nodes: found }
}

const isSelf = (tree: Path | Reference) =>
  tree.kind === 'reference' || (tree.from === 'here' && tree.steps.every(step => step.axis === 'self'))

function reference(binder: Binder, tree: Reference): Found {
  const { outline, from } = binder.around
  const target = resolveReference(outline, tree.name)
  const shared = sharedRepeats(from, target)
  const base = shared.at(-1)
  const ups = base ? from.depth - base.depth : -1
  const chain = between(base ?? outline.root, target)
  const names = chain.map(spot => spot.name)
  let most = 1
  for (const spot of chain) {
    if (spot.node?.kind !== 'repeat') continue
    binder.reads.add(spot)
    most = spot.most / (base ? Math.max(1, base.most) : 1)
  }
  most = Math.max(1, Math.ceil(most))
  // Outside all rows a name means the same node for the whole life of a set of answers.
  const steady = !base && chain.every(spot => spot.node?.kind !== 'repeat')
  let known: { readonly root: XNode; readonly nodes: readonly XNode[] } | undefined
  const run: Nodes = at => {
    let top: XNode | null = at.world.root
    if (steady && known?.root === top) return known.nodes
    if (ups >= 0) {
      top = at.current
      for (let up = 0; up < ups; up++) top = top ? top.up() : null
    }
    if (!top) return []
    let nodes: readonly XNode[] = [top]
    for (const name of names) nodes = nodes.length === 1 ? nodes[0]!.kids(name) : nodes.flatMap(node => node.kids(name))
    if (nodes.length > 1) at.world.spend(nodes.length)
    if (steady) known = { root: at.world.root, nodes }
    return nodes
  }
  return { run, where: { kind: 'spots', spots: [target] }, most, cost: most }
}

function path(binder: Binder, tree: Path, here: Where): Found {
  let steps = tree.steps
  let found: Found
  if (tree.from === 'root') {
    const { root } = binder.around.outline
    const [first] = steps
    // The first step names the form itself, by whatever name the author knows it.
    if (first?.axis !== 'child' || first.filters.length > 0) flaw('name-unknown', '/')
    steps = steps.slice(1)
    found = { run: at => [at.world.root], where: { kind: 'spots', spots: [root] }, most: 1, cost: 1 }
  } else if (tree.from === 'here') {
    found = { run: at => [at.node], where: here, most: 1, cost: 1 }
  } else {
    found = binder.nodes(tree.from, here)
  }
  for (const filter of tree.filters) found = filtered(binder, found, filter, false)
  for (const step of steps) {
    found = stepped(binder, found, step)
    for (const filter of step.filters) found = filtered(binder, found, filter, true)
  }
  return found
}

function stepped(binder: Binder, found: Found, step: Step): Found {
  const { axis, name } = step
  if (axis === 'self') {
    if (name !== '*') flaw('expression-axis', `self::${name}`)
    return found
  }
  if (axis === 'parent') {
    if (name !== '*') flaw('expression-axis', `parent::${name}`)
    return { ...found, run: parents(found.run), where: above(found.where), cost: found.cost + found.most }
  }
  const where = below(binder, found.where, name)
  let { most } = found
  if (where.kind === 'list') most = where.level === 'item' ? Math.max(1, where.list.items.length) : most
  else {
    const width = where.spots.reduce((sum, spot) => sum + (spot.node?.kind === 'repeat' ? spot.most : 1), 0)
    for (const spot of where.spots) if (spot.node?.kind === 'repeat') binder.reads.add(spot)
    most = Math.max(most, Math.ceil((most * width) / (found.where.kind === 'spots' ? roomy(found.where.spots) : 1)))
  }
  const { run: before } = found
  const run: Nodes = at => {
    const nodes = before(at)
    const kids = nodes.length === 1 ? nodes[0]!.kids(name) : nodes.flatMap(node => node.kids(name))
    if (kids.length > 1) at.world.spend(kids.length)
    return kids
  }
  return { run, where, most, cost: found.cost + most }
}

/** What `most` of kids already counts of the rows around them. */
const roomy = (spots: readonly Spot[]) => Math.max(1, ...spots.map(spot => spot.most))

const parents =
  (before: Nodes): Nodes =>
  at => {
    const nodes = before(at)
    const ups = nodes.map(node => node.up()).filter(node => node !== null)
    return ups.length > 1 ? [...new Set(ups)] : ups
  }

function above(where: Where): Where {
  if (where.kind === 'list') {
    const level = { document: undefined, root: 'document', item: 'root', column: 'item' } as const
    const up = level[where.level]
    if (!up) flaw('name-unknown', '..')
    return { ...where, level: up }
  }
  const spots = [...new Set(where.spots.map(spot => spot.parent))].filter(spot => spot !== null)
  if (spots.length === 0) flaw('name-unknown', '..')
  return { kind: 'spots', spots }
}

function below(binder: Binder, where: Where, name: string): Where {
  if (where.kind === 'spots') {
    const spots = where.spots.flatMap(spot => (name === '*' ? spot.kids : (spot.byName.get(name) ?? [])))
    if (spots.length === 0) flaw('name-unknown', name)
    return { kind: 'spots', spots }
  }
  switch (where.level) {
    case 'document':
      if (name === 'root' || name === '*') return { ...where, level: 'root' }
      return flaw('name-unknown', name)
    case 'root':
      if (name === 'item' || name === '*') return { ...where, level: 'item' }
      return flaw('name-unknown', name)
    case 'item':
      // XLSForm lets it be, and it holds nothing; more often than not quotes are missing around a text.
      if (!where.list.columns.has(name)) binder.warnings.push({ code: 'column-unknown', detail: name })
      return { ...where, level: 'column' }
    case 'column':
      return flaw('name-unknown', name)
  }
}

/** @param perParent positions count anew under each parent, as they do for a step and do not for a whole set */
function filtered(binder: Binder, found: Found, tree: Expression, perParent: boolean): Found {
  const test = binder.bind(tree, found.where)
  const quick = found.where.kind === 'list' && found.where.level === 'item' ? lookup(binder, tree, found) : undefined
  const pick = (nodes: readonly XNode[], at: At): readonly XNode[] => {
    const kept = nodes.filter((node, index) => {
      at.world.spend(1)
      const value: Value = test.run({ ...at, node, position: index + 1, size: nodes.length })
      return typeof value === 'number' ? value === index + 1 : isNodes(value) ? value.length > 0 : toBoolean(value)
    })
    return kept
  }
  const run: Nodes = at => {
    const nodes = quick?.(at) ?? found.run(at)
    if (!perParent || nodes.length < 2 || quick) return pick(nodes, at)
    const families = new Map<XNode | null, XNode[]>()
    for (const node of nodes) {
      const family = families.get(node.up())
      if (family) family.push(node)
      else families.set(node.up(), [node])
    }
    return [...families.values()].flatMap(family => pick(family, at))
  }
  const tried = quick ? Math.ceil(found.most / 20) : found.most
  return { run, where: found.where, most: found.most, cost: found.cost + tried * (1 + test.cost) }
}

/**
 * `column = something that is the same for all choices`, alone or among others joined by `and`: the choices that can
 * hold come from an index, so that a list of thousands is not walked on every answer.
 */
function lookup(binder: Binder, tree: Expression, found: Found): ((at: At) => readonly Item[] | undefined) | undefined {
  if (found.where.kind !== 'list') return undefined
  const { list } = found.where
  for (const part of conjuncts(tree)) {
    if (part.kind !== 'binary' || part.operator !== '=') continue
    for (const [column, other] of [
      [part.left, part.right],
      [part.right, part.left],
    ] as const) {
      const name = columnOf(column, list)
      if (name === undefined || !independent(tree, other)) continue
      const value = binder.bind(other, { kind: 'spots', spots: [binder.around.from] })
      return at => {
        const wanted = value.run(at)
        if (typeof wanted === 'string') return list.where(name, wanted)
        return isNodes(wanted) && wanted.length === 1 ? list.where(name, wanted[0]!.text()) : undefined
      }
    }
  }
  return undefined
}

const conjuncts = (tree: Expression): readonly Expression[] =>
  tree.kind === 'binary' && tree.operator === 'and' ? [...conjuncts(tree.left), ...conjuncts(tree.right)] : [tree]

const columnOf = (tree: Expression, list: ListTable): string | undefined =>
  tree.kind === 'path' && tree.from === 'here' && tree.steps.length === 1 && tree.steps[0]!.filters.length === 0
    ? [...list.columns].find(column => column === tree.steps[0]!.name)
    : undefined

/** Whether a side does not look at the choice, and the whole not at its place. */
const independent = (whole: Expression, side: Expression): boolean =>
  ![...walk(whole)].some(part => part.kind === 'call' && ['position', 'last'].includes(part.name)) &&
  ![...walk(side)].some(part => part.kind === 'path' && part.from === 'here')

import { flaw } from '../flaw.ts'
import { between, type Spot } from '../outline.ts'
import { arity, type Binder, type Bound, quoted, type Where } from './bind.ts'
import { parseExpression } from './parse.ts'
import { resolveReference } from './paths.ts'
import type { Call, Expression, Path } from './tree.ts'
import { type Nodes, toNumber, toText, type XNode } from './values.ts'

/** Functions that need to know names, lists or where they stand. */
export const special: ReadonlyMap<string, (binder: Binder, tree: Call, here: Where) => Bound> = new Map([
  ['current', current],
  ['instance', instance],
  ['position', position],
  ['last', last],
  ['regex', regex],
  ['jr:choice-name', choiceName],
  ['indexed-repeat', indexedRepeat],
  ['pulldata', pulldata],
])

function current(binder: Binder, tree: Call): Bound {
  arity(tree, { min: 0, max: 0 })
  const run: Nodes = at => [at.current]
  return { run, cost: 1, nodes: { run, where: { kind: 'spots', spots: [binder.around.from] }, most: 1 } }
}

function instance(binder: Binder, tree: Call): Bound {
  const name = literal(tree, 0)
  const list = binder.around.lists.get(name) ?? binder.around.lists.get(name.replace(/\.(csv|xml|geojson)$/, ''))
  if (!list) flaw('list-unknown', name)
  const nodes = [list.document]
  const run: Nodes = () => nodes
  return { run, cost: 1, nodes: { run, where: { kind: 'list', list, level: 'document' }, most: 1 } }
}

function position(binder: Binder, tree: Call, here: Where): Bound {
  arity(tree, { min: 0, max: 1 })
  const of = tree.args[0]
  if (!of) return { run: at => at.position, cost: 1 }
  const nodes = binder.nodes(of, here)
  if (nodes.where.kind === 'spots') for (const spot of nodes.where.spots) binder.reads.add(spot)
  return { run: at => nodes.run(at)[0]?.place() ?? Number.NaN, cost: nodes.cost + 1 }
}

function last(_: Binder, tree: Call): Bound {
  arity(tree, { min: 0, max: 0 })
  return { run: at => at.size, cost: 1 }
}

function regex(binder: Binder, tree: Call, here: Where): Bound {
  arity(tree, { min: 2, max: 2 })
  const source = literal(tree, 1)
  const { pattern } = binder.around
  if (!pattern) throw new Error('compile() needs { pattern } for a form that uses regex()')
  let matches: (text: string) => boolean
  try {
    matches = pattern(source)
  } catch {
    flaw('pattern', source)
  }
  const text = binder.bind(tree.args[0]!, here)
  return {
    cost: text.cost + 20,
    run: at => {
      const subject = toText(text.run(at))
      at.world.spend(subject.length)
      return matches(subject)
    },
  }
}

function choiceName(binder: Binder, tree: Call, here: Where): Bound {
  arity(tree, { min: 2, max: 2 })
  const value = binder.bind(tree.args[0]!, here)
  const named = tree.args[1]!
  // XLSForm quotes the name of the question: jr:choice-name(${x}, '${x}').
  const inner = named.kind === 'literal' && typeof named.value === 'string' ? parseExpression(named.value) : named
  const select = binder.nodes(inner, here)
  const spots = select.where.kind === 'spots' ? select.where.spots : []
  const selects = spots.length > 0 && spots.every(spot => spot.node?.kind === 'question' && spot.node.choices)
  if (!selects) flaw('select-expected', quoted(inner))
  return {
    cost: value.cost + select.cost + 5,
    run: at => {
      const node = select.run(at)[0]
      return node ? at.world.choiceLabel(node, toText(value.run(at))) : ''
    },
  }
}

/** Goes down from the form to a target, taking the row with the given number at each repeat that has one. */
function indexedRepeat(binder: Binder, tree: Call, here: Where): Bound {
  arity(tree, { min: 3, max: 21 })
  if (tree.args.length % 2 === 0) flaw('function-arguments', tree.name)
  const target = spotOf(binder, tree.args[0]!)
  const rows = new Map<Spot, Bound>()
  for (let place = 1; place < tree.args.length; place += 2) {
    const repeat = spotOf(binder, tree.args[place]!)
    if (!target.repeats.includes(repeat)) flaw('indexed-repeat', repeat.name)
    binder.reads.add(repeat)
    rows.set(repeat, binder.bind(tree.args[place + 1]!, here))
  }
  binder.reads.add(target)
  const chain = between(binder.around.outline.root, target)
  let most = 1
  let cost = 1
  for (const spot of chain) {
    const row = rows.get(spot)
    if (row) cost += row.cost
    if (spot.node?.kind === 'repeat' && !row) most = spot.most
    cost += most
  }
  const run: Nodes = at => {
    let nodes: readonly XNode[] = [at.world.root]
    for (const spot of chain) {
      nodes = nodes.length === 1 ? nodes[0]!.kids(spot.name) : nodes.flatMap(node => node.kids(spot.name))
      const row = rows.get(spot)
      if (row) {
        const found = nodes[toNumber(row.run(at), at.world.zone) - 1]
        nodes = found ? [found] : []
      }
    }
    at.world.spend(nodes.length)
    return nodes
  }
  return { run, cost, nodes: { run, where: { kind: 'spots', spots: [target] }, most } }
}

function pulldata(binder: Binder, tree: Call, here: Where): Bound {
  arity(tree, { min: 4, max: 4 })
  const { start, end } = tree
  const column = (name: string): Path => ({
    kind: 'path',
    from: 'here',
    filters: [],
    steps: [{ axis: 'child', name, filters: [], start, end }],
    start,
    end,
  })
  const same: Expression = {
    kind: 'binary',
    operator: '=',
    left: column(literal(tree, 2)),
    right: tree.args[3]!,
    start,
    end,
  }
  const path: Path = {
    kind: 'path',
    from: { kind: 'call', name: 'instance', args: [tree.args[0]!], start, end },
    filters: [],
    steps: [
      { axis: 'child', name: 'root', filters: [], start, end },
      { axis: 'child', name: 'item', filters: [same], start, end },
      { axis: 'child', name: literal(tree, 1), filters: [], start, end },
    ],
    start,
    end,
  }
  return binder.bind(path, here)
}

function literal(tree: Call, place: number): string {
  const arg = tree.args[place]
  if (arg?.kind !== 'literal') flaw('literal-expected', tree.name)
  return String(arg.value)
}

function spotOf(binder: Binder, tree: Expression): Spot {
  if (tree.kind === 'reference') return resolveReference(binder.around.outline, tree.name)
  const bound = binder.nodes(tree, { kind: 'spots', spots: [binder.around.from] })
  const [spot, more] = bound.where.kind === 'spots' ? bound.where.spots : []
  if (!spot || more) flaw('indexed-repeat', quoted(tree))
  return spot
}

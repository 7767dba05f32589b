import { type Flaw, limits } from '../definition.ts'
import { flaw } from '../flaw.ts'
import type { Item, ListTable } from '../lists.ts'
import type { Outline, Spot } from '../outline.ts'
import { standsAlone } from './alone.ts'
import { type FunctionShape, functions, refused } from './functions.ts'
import { parseExpression } from './parse.ts'
import { bindPath } from './paths.ts'
import { special } from './special.ts'
import type { Binary, Call, Expression, Path } from './tree.ts'
import {
  type At,
  type Comparison,
  compare,
  type Evaluate,
  type Nodes,
  toBoolean,
  toNumber,
  type XNode,
} from './values.ts'

/** Makes the pattern of `regex()`; throws where it cannot. */
export type PatternMaker = (source: string) => (text: string) => boolean

export interface Surroundings {
  readonly outline: Outline
  /** Where the expression stands. */
  readonly from: Spot
  readonly lists: ReadonlyMap<string, ListTable>
  readonly pattern: PatternMaker | undefined
}

/** What nodes an expression can give: spots of the form, or a level of a list of choices. */
export type Where =
  | { readonly kind: 'spots'; readonly spots: readonly Spot[] }
  | { readonly kind: 'list'; readonly list: ListTable; readonly level: 'document' | 'root' | 'item' | 'column' }

export interface Bound {
  readonly run: Evaluate
  /** Steps that one evaluation takes at the worst. */
  readonly cost: number
  /** Present where it gives nodes. */
  readonly nodes?: { readonly run: Nodes; readonly where: Where; readonly most: number }
}

/** Turns a tree into a closure, looking every name up; throws FormFlaw for the first that does not resolve. */
export class Binder {
  readonly around: Surroundings
  /** Spots whose answers or rows it reads. */
  readonly reads = new Set<Spot>()
  /** Reads the answer that it is itself about, by `.`, `once` or its own name. */
  readsItself = false
  volatile = false
  /** What is most likely not meant, and yet no reason to refuse. */
  readonly warnings: Flaw[] = []

  constructor(around: Surroundings) {
    this.around = around
  }

  /** @param here what `.` means; the place of the expression, or a choice of a list that it filters */
  bind(tree: Expression, here: Where): Bound {
    switch (tree.kind) {
      case 'literal': {
        const { value } = tree
        return { run: () => value, cost: 0 }
      }
      case 'reference':
      case 'path':
        return bindPath(this, tree, here)
      case 'call':
        return this.#call(tree, here)
      case 'negation': {
        const of = this.bind(tree.of, here)
        return { run: at => -toNumber(of.run(at), at.world.zone), cost: of.cost + 1 }
      }
      case 'binary':
        return tree.operator === '|' ? this.#union(tree, here) : this.#binary(tree, here)
    }
  }

  /** For arguments that must be nodes. */
  nodes(tree: Expression, here: Where): NonNullable<Bound['nodes']> & { cost: number } {
    const bound = this.bind(tree, here)
    if (!bound.nodes) flaw('nodes-expected', quoted(tree))
    return { ...bound.nodes, cost: bound.cost }
  }

  #binary(tree: Binary, here: Where): Bound {
    const left = this.bind(tree.left, here)
    const right = this.bind(tree.right, here)
    const pairs = (left.nodes?.most ?? 1) * (right.nodes?.most ?? 1)
    const cost = left.cost + right.cost + 1
    const { operator } = tree
    switch (operator) {
      case 'or':
        return { cost, run: at => toBoolean(left.run(at)) || toBoolean(right.run(at)) }
      case 'and':
        return { cost, run: at => toBoolean(left.run(at)) && toBoolean(right.run(at)) }
      case '=':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const run = (at: At) => compare(operator as Comparison, left.run(at), right.run(at), at.world)
        return { cost: cost + pairs, run }
      }
      default: {
        const work = arithmetic[operator as keyof typeof arithmetic]
        return { cost, run: at => work(toNumber(left.run(at), at.world.zone), toNumber(right.run(at), at.world.zone)) }
      }
    }
  }

  #union(tree: Binary, here: Where): Bound {
    const left = this.nodes(tree.left, here)
    const right = this.nodes(tree.right, here)
    if (left.where.kind !== 'spots' || right.where.kind !== 'spots') flaw('nodes-expected', quoted(tree))
    const run: Nodes = at => [...new Set<XNode>([...left.run(at), ...right.run(at)])]
    const most = left.most + right.most
    const where: Where = { kind: 'spots', spots: [...new Set([...left.where.spots, ...right.where.spots])] }
    return { run, cost: left.cost + right.cost + most, nodes: { run, where, most } }
  }

  #call(tree: Call, here: Where): Bound {
    const own = special.get(tree.name)
    if (own) return own(this, tree, here)
    const shape = functions.get(tree.name)
    if (!shape) flaw(refused.has(tree.name) ? 'function-refused' : 'function-unknown', tree.name)
    arity(tree, shape)
    if (shape.volatile) this.volatile = true
    if (tree.name === 'once') this.readsItself = true
    const args = tree.args.map(arg => this.bind(arg, here))
    for (const place of shape.nodes ?? []) if (!args[place]!.nodes) flaw('nodes-expected', quoted(tree))
    const runs = args.map(arg => arg.run)
    const { run } = shape
    const cost = args.reduce((sum, arg) => sum + arg.cost + (arg.nodes?.most ?? 0), 1)
    const whole: Evaluate = at => run(runs, at)
    const { from, outline } = this.around
    const shared = from.repeats.length > 0 && cost > 20 && standsAlone(tree, outline, from)
    return { run: shared ? at => at.world.shared(whole, at) : whole, cost }
  }
}

const arithmetic = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  mod: (a: number, b: number) => a % b,
}

export function arity(tree: Call, { min, max }: Pick<FunctionShape, 'min' | 'max'>): void {
  if (tree.args.length < min || tree.args.length > max) flaw('function-arguments', tree.name)
}

export const quoted = (tree: Expression): string => {
  switch (tree.kind) {
    case 'reference':
      return `\${${tree.name}}`
    case 'call':
      return tree.name
    case 'path':
      return tree.steps.map(step => step.name).join('/')
    default:
      return tree.kind === 'literal' ? String(tree.value) : ''
  }
}

export interface Compiled {
  readonly run: Evaluate
  readonly reads: ReadonlySet<Spot>
  readonly readsItself: boolean
  readonly volatile: boolean
  readonly cost: number
  readonly warnings: readonly Flaw[]
}

/** An expression that stands at a spot. @throws FormFlaw */
export function compileExpression(text: string, around: Surroundings): Compiled {
  const binder = new Binder(around)
  const bound = binder.bind(parseExpression(text), { kind: 'spots', spots: [around.from] })
  return finished(binder, bound.run, bound.cost)
}

/** A `choice_filter`: the choices of a list that hold. @throws FormFlaw */
export function compileFilter(
  text: string,
  list: ListTable,
  around: Surroundings,
): Omit<Compiled, 'run'> & { readonly run: (at: At) => readonly Item[] } {
  const binder = new Binder(around)
  const filter = parseExpression(text)
  const item: Path = {
    kind: 'path',
    from: {
      kind: 'call',
      name: 'instance',
      args: [{ kind: 'literal', value: list.list.name, start: 0, end: 0 }],
      start: 0,
      end: 0,
    },
    filters: [],
    steps: ['root', 'item'].map((name, level) => ({
      axis: 'child',
      name,
      filters: level === 1 ? [filter] : [],
      start: 0,
      end: 0,
    })),
    start: 0,
    end: 0,
  }
  const bound = binder.nodes(item, { kind: 'spots', spots: [around.from] })
  return finished(binder, bound.run as (at: At) => readonly Item[], bound.cost)
}

function finished<R>(binder: Binder, run: R, cost: number) {
  if (cost > limits.work) flaw('too-much-work')
  const { reads, readsItself, volatile, warnings } = binder
  return { run, reads, readsItself, volatile, cost, warnings }
}

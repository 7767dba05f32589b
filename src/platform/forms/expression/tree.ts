/**
 * An expression as a tree. Every node knows where it stands in its text (`start` inclusive, `end` exclusive, UTF-16
 * units), so that a piece may be quoted in an error or replaced, as when `${name}` becomes a path of an XForm.
 */
export type Expression = Literal | Reference | Path | Call | Binary | Negation

interface Placed {
  readonly start: number
  readonly end: number
}

export interface Literal extends Placed {
  readonly kind: 'literal'
  readonly value: string | number
}

/** `${name}`, by XLSForm's rules of scope; the braces belong to its place, filters and further steps do not. */
export interface Reference extends Placed {
  readonly kind: 'reference'
  readonly name: string
}

/**
 * A location path. `from`: `root` for `/data/…` (whose first step names the form itself), `here` for what starts at
 * the context node (`.`, `../x`, `x`), else an expression giving nodes: `${x}`, `instance('list')`, `current()`.
 * A `${x}` without filters and steps is a Reference, never a Path.
 */
export interface Path extends Placed {
  readonly kind: 'path'
  readonly from: 'root' | 'here' | Expression
  /** Predicates on `from` itself, as in `${row}[position() = 1]`. */
  readonly filters: readonly Expression[]
  readonly steps: readonly Step[]
}

export interface Step extends Placed {
  readonly axis: 'self' | 'parent' | 'child'
  /** A node's name or `*`; `*` too for `.` and `..`. */
  readonly name: string
  readonly filters: readonly Expression[]
}

export interface Call extends Placed {
  readonly kind: 'call'
  /** As written, `jr:choice-name` included. */
  readonly name: string
  readonly args: readonly Expression[]
}

export const operators = ['or', 'and', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', 'div', 'mod', '|'] as const
export type Operator = (typeof operators)[number]

export interface Binary extends Placed {
  readonly kind: 'binary'
  readonly operator: Operator
  readonly left: Expression
  readonly right: Expression
}

export interface Negation extends Placed {
  readonly kind: 'negation'
  readonly of: Expression
}

/** The parts of a node, in the order of the text. */
export function parts(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'literal':
    case 'reference':
      return []
    case 'call':
      return node.args
    case 'binary':
      return [node.left, node.right]
    case 'negation':
      return [node.of]
    case 'path':
      return [
        ...(typeof node.from === 'string' ? [] : [node.from]),
        ...node.filters,
        ...node.steps.flatMap(step => step.filters),
      ]
  }
}

/** The node and everything in it, outermost first. */
export function* walk(node: Expression): Generator<Expression> {
  yield node
  for (const part of parts(node)) yield* walk(part)
}

/** Every `${name}` in the order of the text, repeated names included. */
export function references(node: Expression): Reference[] {
  return [...walk(node)].filter(part => part.kind === 'reference').sort((a, b) => a.start - b.start)
}

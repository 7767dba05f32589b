import { limits } from '../definition.ts'
import { flaw } from '../flaw.ts'
import { type Token, tokens } from './tokens.ts'
import type { Expression, Operator, Path, Step } from './tree.ts'

/** Loosest first; those of one row bind from the left. */
const levels: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
]
const axes = new Set(['self', 'parent', 'child'])

/**
 * The tree of an XLSForm expression; names and functions are not looked up here.
 * @throws FormFlaw with one flaw: expression-empty, expression-too-long, expression-too-deep, expression-too-large,
 * expression-text-open, expression-reference (`${…}` that holds no name, `$variable`, `${last-saved#…}`),
 * expression-character, expression-unexpected, expression-unfinished, expression-axis, expression-attribute,
 * expression-descendant (`//`); `detail` quotes the piece.
 */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text)
  return parser.whole()
}

class Parser {
  readonly #text: string
  readonly #tokens: readonly Token[]
  #at = 0
  #nodes = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokens(text)
  }

  whole(): Expression {
    if (this.#ended()) flaw('expression-empty')
    const tree = this.#expression()
    if (!this.#ended()) this.#unexpected()
    return tree
  }

  get #token(): Token {
    return this.#tokens[this.#at]!
  }

  #ended(): boolean {
    return this.#token.kind === 'end'
  }

  #is(kind: Token['kind'], value: string): boolean {
    return this.#token.kind === kind && this.#token.value === value
  }

  #take(): Token {
    const token = this.#token
    if (token.kind !== 'end') this.#at++
    return token
  }

  #mark(value: string): boolean {
    if (!this.#is('mark', value)) return false
    this.#at++
    return true
  }

  #expect(value: string): Token {
    if (!this.#is('mark', value)) this.#unexpected()
    return this.#take()
  }

  #unexpected(): never {
    if (this.#ended()) flaw('expression-unfinished', this.#text)
    flaw('expression-unexpected', this.#text.slice(this.#token.start))
  }

  #node<T extends Expression>(node: T): T {
    if (++this.#nodes > limits.expressionNodes) flaw('expression-too-large', this.#text)
    return node
  }

  #expression(): Expression {
    if (++this.#depth > limits.expressionDepth) flaw('expression-too-deep', this.#text)
    const tree = this.#level(0)
    this.#depth--
    return tree
  }

  #level(level: number): Expression {
    const here = levels[level]
    if (!here) return this.#negation()
    let left = this.#level(level + 1)
    // A chain leans to the left, so that its tree is as deep as it is long: bounded like any other nesting.
    let chain = 0
    while (this.#token.kind === 'operator' && here.includes(this.#token.value as Operator)) {
      const operator = this.#take().value as Operator
      const right = this.#level(level + 1)
      if (++chain > limits.expressionNodes / 4) flaw('expression-too-large', this.#text)
      left = this.#node({ kind: 'binary', operator, left, right, start: left.start, end: right.end })
    }
    return left
  }

  #negation(): Expression {
    if (!this.#is('operator', '-')) return this.#union()
    if (++this.#depth > limits.expressionDepth) flaw('expression-too-deep', this.#text)
    const { start } = this.#take()
    const of = this.#negation()
    this.#depth--
    return this.#node({ kind: 'negation', of, start, end: of.end })
  }

  #union(): Expression {
    let left = this.#path()
    while (this.#is('operator', '|')) {
      this.#take()
      const right = this.#path()
      left = this.#node({ kind: 'binary', operator: '|', left, right, start: left.start, end: right.end })
    }
    return left
  }

  #path(): Expression {
    const { start } = this.#token
    if (this.#is('mark', '//')) flaw('expression-descendant', this.#text.slice(start))
    if (this.#mark('/')) return this.#steps('root', [], start, true)
    const primary = this.#primary()
    if (!primary) return this.#steps('here', [], start, true)
    const filters = this.#filters()
    if (this.#is('mark', '//')) flaw('expression-descendant', this.#text.slice(start))
    if (this.#mark('/')) return this.#steps(primary, filters, start, true)
    return filters.length > 0 ? this.#steps(primary, filters, start, false) : primary
  }

  #steps(from: Path['from'], filters: readonly Expression[], start: number, more: boolean): Path {
    const steps: Step[] = []
    for (let going = more; going; going = this.#mark('/')) steps.push(this.#step())
    if (this.#is('mark', '//')) flaw('expression-descendant', this.#text.slice(start))
    const end = this.#tokens[this.#at - 1]!.end
    if (steps.length > limits.expressionDepth) flaw('expression-too-deep', this.#text)
    return this.#node({ kind: 'path', from, filters, steps, start, end })
  }

  #step(): Step {
    const { start } = this.#token
    const close = (axis: Step['axis'], name: string): Step => {
      const filters = this.#filters()
      return { axis, name, filters, start, end: this.#tokens[this.#at - 1]!.end }
    }
    if (this.#mark('.')) return close('self', '*')
    if (this.#mark('..')) return close('parent', '*')
    if (this.#is('mark', '@')) flaw('expression-attribute', this.#text.slice(start))
    let axis: Step['axis'] = 'child'
    const following = this.#tokens[this.#at + 1]
    if (this.#token.kind === 'name' && following?.kind === 'mark' && following.value === '::') {
      if (!axes.has(this.#token.value)) flaw('expression-axis', this.#token.value)
      axis = this.#take().value as Step['axis']
      this.#take()
    }
    if (this.#mark('*')) return close(axis, '*')
    if (this.#token.kind !== 'name') this.#unexpected()
    const name = this.#take().value
    if (this.#is('mark', '(')) {
      if (name !== 'node') flaw('expression-unexpected', this.#text.slice(start))
      this.#take()
      this.#expect(')')
      return close(axis, '*')
    }
    return close(axis, name)
  }

  #filters(): Expression[] {
    const filters: Expression[] = []
    while (this.#mark('[')) {
      filters.push(this.#expression())
      this.#expect(']')
    }
    return filters
  }

  /** What a path may start from other than a step; undefined where a step stands. */
  #primary(): Expression | undefined {
    const token = this.#token
    const { start, end } = token
    switch (token.kind) {
      case 'number':
        this.#take()
        return this.#node({ kind: 'literal', value: Number(token.value), start, end })
      case 'text':
        this.#take()
        return this.#node({ kind: 'literal', value: token.value, start, end })
      case 'reference':
        this.#take()
        return this.#node({ kind: 'reference', name: token.value, start, end })
      case 'name': {
        const following = this.#tokens[this.#at + 1]
        if (following?.kind !== 'mark' || following.value !== '(' || token.value === 'node') return undefined
        return this.#call()
      }
      case 'mark': {
        if (!this.#mark('(')) return undefined
        const inside = this.#expression()
        const close = this.#expect(')')
        return { ...inside, start, end: close.end }
      }
      default:
        return this.#unexpected()
    }
  }

  #call(): Expression {
    const { value: name, start } = this.#take()
    this.#expect('(')
    const args: Expression[] = []
    if (!this.#is('mark', ')')) {
      do args.push(this.#expression())
      while (this.#mark(','))
    }
    const { end } = this.#expect(')')
    return this.#node({ kind: 'call', name, args, start, end })
  }
}

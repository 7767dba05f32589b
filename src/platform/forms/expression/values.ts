import { Moment, parseMoment, type Zone } from './moments.ts'

/** What an expression may stand on: a question, group or row of the answers, or a choice and its columns. */
export interface XNode {
  /** Its answer as text; blank where it is not relevant. */
  text(): string
  up(): XNode | null
  /** Children of a name, `*` for all. */
  kids(name: string): readonly XNode[]
  /** From 1, among rows of one repeat or choices of one list. */
  place(): number
}

/** Values of XPath 1.0; a node-set is a list in document order, a Moment counts as a number. */
export type Value = string | number | boolean | Moment | readonly XNode[]

/** What an expression may ask of its surroundings. */
export interface World {
  readonly zone: Zone
  readonly root: XNode
  now(): Moment
  /** In [0, 1). */
  random(): number
  uuid(): string
  /** Label of a choice of the select that a node answers, in the language in use; blank if it is not offered. */
  choiceLabel(select: XNode, choice: string): string
  /** The answer as it is stored, which `once` keeps. */
  stored(node: XNode): string
  /** What an expression gives that gives the same everywhere, worked out once. */
  shared(run: Evaluate, at: At): Value
  /** Counts work; throws once it is too much. */
  spend(steps: number): void
}

export interface At {
  readonly world: World
  readonly node: XNode
  /** Where the whole expression stands. */
  readonly current: XNode
  readonly position: number
  readonly size: number
}

export type Evaluate = (at: At) => Value
export type Nodes = (at: At) => readonly XNode[]

export const isNodes = (value: Value): value is readonly XNode[] => Array.isArray(value)

export function toText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return numberText(value)
    case 'boolean':
      return String(value)
    default:
      if (value instanceof Moment) return value.text
      return value.length > 0 ? value[0]!.text() : ''
  }
}

/** NaN is blank, as a calculation without an answer is. */
export const numberText = (value: number): string => (Number.isNaN(value) ? '' : String(value))

export function textNumber(text: string, zone: Zone): number {
  if (text.trim() === '') return Number.NaN
  const moment = parseMoment(text, zone)
  return moment ? moment.days : Number(text)
}

export function toNumber(value: Value, zone: Zone): number {
  switch (typeof value) {
    case 'number':
      return value
    case 'string':
      return textNumber(value, zone)
    case 'boolean':
      return value ? 1 : 0
    default:
      if (value instanceof Moment) return value.days
      return value.length > 0 ? textNumber(value[0]!.text(), zone) : Number.NaN
  }
}

/** A node-set is true when it holds a node at all, blank or not (XPath 1.0 §4.3). */
export function toBoolean(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'string':
      return value !== ''
    case 'number':
      return value !== 0 && !Number.isNaN(value)
    default:
      if (value instanceof Moment) return value.ms !== 0 && !Number.isNaN(value.ms)
      return value.length > 0
  }
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/** XPath 1.0 §3.4: a node-set compares as "some node does". */
export function compare(operator: Comparison, left: Value, right: Value, world: World): boolean {
  const equality = operator === '=' || operator === '!='
  if (equality && (typeof left === 'boolean' || typeof right === 'boolean')) {
    return (toBoolean(left) === toBoolean(right)) === (operator === '=')
  }
  const lefts = isNodes(left) ? left : undefined
  const rights = isNodes(right) ? right : undefined
  if (!lefts && !rights) return compareOne(operator, left, right, world.zone)
  if (lefts?.length === 1 && !rights) return compareOne(operator, lefts[0]!.text(), right, world.zone)
  if (lefts && rights) world.spend(lefts.length * rights.length)
  for (const one of lefts ?? [left]) {
    const text = lefts ? (one as XNode).text() : (one as Value)
    for (const other of rights ?? [right]) {
      if (compareOne(operator, text, rights ? (other as XNode).text() : (other as Value), world.zone)) return true
    }
  }
  return false
}

function compareOne(operator: Comparison, left: Value, right: Value, zone: Zone): boolean {
  if (operator === '=' || operator === '!=') {
    const same =
      typeof left === 'string' && typeof right === 'string'
        ? left === right
        : toNumber(left, zone) === toNumber(right, zone)
    return same === (operator === '=')
  }
  const [a, b] = [toNumber(left, zone), toNumber(right, zone)]
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

/** Values one by one, as functions over many arguments take them; each node stands for its text. */
export const each = (value: Value): readonly Value[] => (isNodes(value) ? value.map(node => node.text()) : [value])

/** The choices of a select-multiple. */
export function words(text: string): string[] {
  const trimmed = text.trim()
  return trimmed === '' ? [] : trimmed.split(/[ \t\r\n]+/)
}

import { limits } from '../definition.ts'
import { flaw } from '../flaw.ts'

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'reference' | 'operator' | 'mark' | 'end'
  /** Value of a text without its quotes; name of a reference without `${}`; otherwise as written. */
  readonly value: string
  readonly start: number
  readonly end: number
}

const space = /[ \t\r\n]+/y
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const letter = '\\p{L}\\p{Nl}_'
const word = `[${letter}][${letter}\\p{M}\\p{Nd}.\\-·]*`
const name = new RegExp(`${word}(?::(?!:)${word})?`, 'uy')
/** Names inside `${}`: people write spaces around them. */
const reference = new RegExp(`\\$\\{\\s*(${word}(?::${word})?)\\s*\\}`, 'uy')
const marks = ['::', '..', '//', '!=', '<=', '>=', ...'()[]@,./=<>+-*|'] as const
const operators = new Set(['!=', '<=', '>=', '=', '<', '>', '+', '-', '*', '|'])
const wordOperators = new Set(['and', 'or', 'div', 'mod'])
/** After one of these a `*` is a wildcard and `and` is a name (XPath 1.0 §3.7). */
const opens = new Set(['::', '@', '(', '[', ',', '/', '//'])

/**
 * @throws FormFlaw expression-too-long, expression-text-open, expression-reference, expression-character
 */
export function tokens(text: string): Token[] {
  if (text.length > limits.expressionLength) flaw('expression-too-long', text)
  const found: Token[] = []
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  while (at < text.length) {
    const gap = take(space)
    if (gap) {
      at += gap[0].length
      continue
    }
    const token = next(text, at, take, found.at(-1))
    found.push(token)
    at = token.end
  }
  found.push({ kind: 'end', value: '', start: text.length, end: text.length })
  return found
}

function next(text: string, at: number, take: (p: RegExp) => RegExpExecArray | null, before: Token | undefined): Token {
  const char = text[at]!
  if (char === '"' || char === "'") {
    const close = text.indexOf(char, at + 1)
    if (close < 0) flaw('expression-text-open', text.slice(at))
    return { kind: 'text', value: text.slice(at + 1, close), start: at, end: close + 1 }
  }
  if (char === '$') {
    const match = take(reference)
    if (!match) flaw('expression-reference', text.slice(at, at + 60))
    return { kind: 'reference', value: match[1]!, start: at, end: at + match[0].length }
  }
  const digits = take(number)
  if (digits) return { kind: 'number', value: digits[0], start: at, end: at + digits[0].length }
  const afterOperand = before !== undefined && before.kind !== 'operator' && !opens.has(before.value)
  const written = take(name)
  if (written) {
    const value = written[0]
    const operator = afterOperand && wordOperators.has(value)
    return { kind: operator ? 'operator' : 'name', value, start: at, end: at + value.length }
  }
  const mark = marks.find(each => text.startsWith(each, at))
  if (!mark) flaw('expression-character', text.slice(at, at + 20))
  const operator = operators.has(mark) && (mark !== '*' || afterOperand)
  return { kind: operator ? 'operator' : 'mark', value: mark, start: at, end: at + mark.length }
}

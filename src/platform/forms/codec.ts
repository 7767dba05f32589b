import { type AnswerValue, limits, type Question } from './definition.ts'
import { words } from './expression/values.ts'
import { placeText } from './places.ts'

/**
 * Answers live as text, the way expressions see them; `''` is no answer. Same shapes as an ODK instance: a decimal has
 * a fraction (`3.0`), a select-multiple is a list of names between spaces, an acknowledged note is `OK`.
 */
export type Stored = string

/** Why a value cannot be an answer; each has words under `forms.problem.<code>`. */
export type ValueProblem =
  | 'not-integer'
  | 'not-number'
  | 'not-date'
  | 'not-time'
  | 'not-datetime'
  | 'not-choice'
  | 'not-place'
  | 'out-of-range'
  | 'too-long'
  | 'wrong-type'

const date = /^\d{4}-\d{2}-\d{2}$/
const time = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[-+]\d{2}:\d{2})?$/
const zoned = /Z|[-+]\d{2}:\d{2}$/
const offset = /^(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/

export const isDate = (text: string): boolean => {
  if (!date.test(text)) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}

export const isTime = (text: string): boolean => {
  const match = time.exec(text)
  if (!match) return false
  const inRange = Number(match[1]) < 24 && Number(match[2]) < 60 && Number(match[3]) < 60
  return inRange && (match[4] === undefined || offset.test(match[4]))
}

/** As an author or a person writes it; seconds and a zone may be missing from what people type. */
export const isDateTime = (text: string): boolean => {
  const [day, rest, more] = text.split('T')
  return more === undefined && rest !== undefined && isDate(day!) && isTime(rest)
}

const fixed = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 20,
  useGrouping: false,
})

function decimalText(value: number): Stored {
  if (!Number.isFinite(value)) return ''
  const text = String(value)
  return text.includes('e') ? fixed.format(value) : text.includes('.') ? text : `${text}.0`
}

function integerText(value: number): Stored {
  if (!Number.isFinite(value)) return ''
  const whole = Math.trunc(value)
  return whole < -2_147_483_648 || whole > 2_147_483_647 ? '' : String(whole === 0 ? 0 : whole)
}

const parsed = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))

export const isWhole = (range: NonNullable<Question['range']>): boolean =>
  [range.start, range.end, range.step].every(Number.isInteger)

/** What a calculation, a default or a stored text becomes in a question: what does not fit is no answer. */
export function fit(question: Question, text: string): Stored {
  switch (question.type) {
    case 'integer':
      return integerText(parsed(text))
    case 'decimal':
      return decimalText(parsed(text))
    case 'range': {
      const value = parsed(text)
      const { range } = question
      if (range && !(value >= Math.min(range.start, range.end) && value <= Math.max(range.start, range.end))) return ''
      return range && isWhole(range) ? integerText(value) : decimalText(value)
    }
    case 'date': {
      // As in ODK: a moment in a zone may be another day elsewhere, and is no day.
      const [day, rest] = text.split('T')
      return isDate(day!) && (rest === undefined || (isTime(rest) && !zoned.test(rest))) ? day! : ''
    }
    case 'time':
      return isTime(text) ? text : ''
    case 'datetime':
      return isDateTime(text) ? text : ''
    case 'select-multiple':
    case 'rank':
      return words(text).join(' ')
    case 'acknowledge':
      return text.toLowerCase() === 'ok' ? 'OK' : ''
    case 'geopoint':
    case 'geotrace':
    case 'geoshape':
      return placeText(question.type, text)
    case 'meta':
      if (question.meta === 'today') return isDate(text.split('T')[0]!) ? text.split('T')[0]! : ''
      return text.slice(0, limits.answerLength)
    default:
      return text.slice(0, limits.answerLength)
  }
}

/** What somebody answered, typed text included, as it is stored; or what is wrong with it. */
export function take(question: Question, value: unknown): Stored | { readonly problem: ValueProblem } {
  if (value === null || value === undefined || value === '') return ''
  const many = question.type === 'select-multiple' || question.type === 'rank'
  if (Array.isArray(value)) {
    if (!many || !value.every(item => typeof item === 'string')) return { problem: 'wrong-type' }
    if (value.length > limits.choices || value.some(item => item === '' || /\s/.test(item))) {
      return { problem: 'not-choice' }
    }
    return [...new Set(value)].join(' ')
  }
  const numeric = question.type === 'integer' || question.type === 'decimal' || question.type === 'range'
  if (typeof value === 'number' && !numeric) return { problem: 'wrong-type' }
  if (typeof value === 'boolean' && question.type === 'acknowledge') return value ? 'OK' : ''
  if (typeof value !== 'string' && typeof value !== 'number') return { problem: 'wrong-type' }
  if (typeof value === 'string' && value.length > limits.answerLength) return { problem: 'too-long' }
  if (numeric) return number(question, typeof value === 'number' ? value : typedNumber(value))
  const text = whole(question, String(value))
  const kept = fit(question, text)
  if (kept !== '' || text.trim() === '') return kept
  const problems: Partial<Record<Question['type'], ValueProblem>> = {
    date: 'not-date',
    time: 'not-time',
    datetime: 'not-datetime',
    geopoint: 'not-place',
    geotrace: 'not-place',
    geoshape: 'not-place',
    meta: 'not-date',
  }
  return { problem: problems[question.type] ?? 'wrong-type' }
}

const typedNumber = (text: string) =>
  /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN

function number(question: Question, value: number): Stored | { problem: ValueProblem } {
  const whole = question.type === 'integer' || (question.range !== undefined && isWhole(question.range))
  if (!Number.isFinite(value)) return { problem: whole ? 'not-integer' : 'not-number' }
  if (whole && !Number.isInteger(value)) return { problem: 'not-integer' }
  const kept = fit(question, String(value))
  return kept === '' ? { problem: 'out-of-range' } : kept
}

/** Browsers' fields give times without seconds. */
function whole(question: Question, text: string): string {
  const short = /^(?:\d{4}-\d{2}-\d{2}T)?\d{2}:\d{2}$/
  return (question.type === 'time' || question.type === 'datetime') && short.test(text) ? `${text}:00` : text
}

/** What is handed out; null for no answer. */
export function give(question: Question, stored: Stored): AnswerValue {
  if (stored === '') return null
  switch (question.type) {
    case 'integer':
    case 'decimal':
    case 'range':
      return Number(stored)
    case 'select-multiple':
    case 'rank':
      return words(stored)
    default:
      return stored
  }
}

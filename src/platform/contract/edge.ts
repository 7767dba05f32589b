import { type FieldError, Problem } from '../problem/problem.ts'

const maxDepth = 32
const maxKeys = 10_000
// Controls but tab and line feed, line and paragraph separators, marks that turn the direction of what follows (a text
// that shows as another), and the two byte-order non-characters that some clients smuggle in.
const control =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/
// Below this every text is composed already.
const accented = /[\u0300-\u{10ffff}]/u
// Composing takes time by the square of a run of marks: UAX #15 (stream-safe text) allows thirty, and no language needs more.
const heaped = /\p{M}{31}/u

/**
 * The edge validator: every text and number that comes in passes here before any schema sees it.
 * Refuses ill-formed Unicode, control characters, more than 30 marks on one letter, text that is not NFC, non-finite or unsafe numbers, depth over 32,
 * more than 10,000 keys, and keys that reach a prototype. Never changes a value.
 * @returns how many keys its objects have in all; the places of a list are none
 * @throws Problem invalid-input naming the first fields that are wrong
 */
export function checkEdge(root: unknown): number {
  const errors: FieldError[] = []
  const stack: { value: unknown; field: string; depth: number }[] = [{ value: root, field: '', depth: 0 }]
  let [keys, named] = [0, 0]
  while (stack.length > 0 && errors.length < 20) {
    const { value, field, depth } = stack.pop()!
    const at = (code: string) => errors.push({ field: field || 'body', code })
    if (typeof value === 'string') {
      const wrong = wrongText(value)
      if (wrong) at(wrong)
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) at('number')
      else if (Number.isInteger(value) && !Number.isSafeInteger(value)) at('number')
    } else if (value !== null && typeof value === 'object') {
      if (depth >= maxDepth) {
        at('too-deep')
        continue
      }
      const list = Array.isArray(value)
      for (const [key, child] of Object.entries(value)) {
        keys += 1
        if (!list) named += 1
        const name = field ? `${field}.${key}` : key
        if (keys > maxKeys) throw new Problem('invalid-input', [{ field: field || 'body', code: 'too-many' }])
        if (key === '__proto__' || key === 'constructor' || key === 'prototype' || key.length > 200 || wrongText(key))
          errors.push({ field: field || 'body', code: 'unknown-field' })
        else stack.push({ value: child, field: name, depth: depth + 1 })
      }
    }
  }
  if (errors.length > 0) throw new Problem('invalid-input', errors)
  return named
}

/** The code of what is wrong with a text, if anything. */
export function wrongText(value: string): string | undefined {
  if (!value.isWellFormed()) return 'ill-formed'
  if (control.test(value)) return 'control-character'
  if (!accented.test(value)) return undefined
  if (heaped.test(value)) return 'ill-formed'
  if (value.normalize('NFC') !== value) return 'not-nfc'
  return undefined
}

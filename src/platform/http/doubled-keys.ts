import { wrongText } from '../contract/edge.ts'
import type { FieldError } from '../problem/problem.ts'

const quote = '"'
const backslash = 92
const colon = 58

/** The place of the quote that ends the text whose opening quote stands at `open`. */
function closing(json: string, open: number): number {
  for (let at = json.indexOf(quote, open + 1); ; at = json.indexOf(quote, at + 1)) {
    let before = at - 1
    while (json.charCodeAt(before) === backslash) before -= 1
    if ((at - before) % 2 === 1) return at
  }
}

/** Whether what ends before `at` is a key: only a colon follows one. */
function isKey(json: string, at: number): boolean {
  let next = json.charCodeAt(at)
  while (next <= 32) next = json.charCodeAt(++at)
  return next === colon
}

/**
 * How many keys stand in a JSON text, each as often as it stands there. JSON.parse keeps the last of two keys that are
 * the same and says nothing; where it has kept fewer than this, something was lost.
 * @param json what JSON.parse has taken
 */
export function countKeys(json: string): number {
  let keys = 0
  for (let open = json.indexOf(quote); open >= 0; ) {
    const after = closing(json, open) + 1
    if (isKey(json, after)) keys += 1
    open = json.indexOf(quote, after)
  }
  return keys
}

/** An object (`keys`) or a list (`index`) that is still open. */
interface Open {
  readonly field: string
  readonly keys: Set<string> | undefined
  index: number
}
const maxPath = 500
const named = (field: string, part: string | number): string => (field ? `${field}.${part}` : String(part))

/**
 * The fields that stand more than once in one object, as dotted paths, at most 20. A key that could not be shown, or a
 * path that nobody could read, is named by what holds it.
 * @param json what JSON.parse has taken
 */
export function doubledKeys(json: string): FieldError[] {
  const found = new Set<string>()
  const open: Open[] = []
  /** What the next value is called. */
  let field = ''
  for (let at = 0; at < json.length && found.size < 20; at += 1) {
    const top = open.at(-1)
    switch (json[at]) {
      case '{':
      case '[': {
        const list = json[at] === '['
        open.push({ field, keys: list ? undefined : new Set(), index: 0 })
        if (list) field = shown(field, 0)
        break
      }
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (top && !top.keys) field = shown(top.field, ++top.index)
        break
      case quote: {
        const end = closing(json, at)
        if (top?.keys && isKey(json, end + 1)) {
          const key = JSON.parse(json.slice(at, end + 1)) as string
          field = shown(top.field, key)
          if (top.keys.has(key)) found.add(field || 'body')
          top.keys.add(key)
        }
        at = end
      }
    }
  }
  return [...found].map(one => ({ field: one, code: 'twice' }))
}

function shown(field: string, part: string | number): string {
  const path = named(field, part)
  return path.length > maxPath || (typeof part === 'string' && wrongText(part)) ? field : path
}

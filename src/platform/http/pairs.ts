import { type FieldError, Problem } from '../problem/problem.ts'

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** Looking a name up costs as much as there are pairs. */
const maxPairs = 1000

/**
 * Reads `a=1&b=2` (a query, a form post) to the letter. URLSearchParams puts a replacement character where an escape is
 * no UTF-8; that would be a silent change of what somebody wrote.
 * @param part named where a name itself cannot be read
 * @throws Problem invalid-input naming the fields that are broken, or the part where it has more than 1,000 pairs
 */
export function readPairs(text: string, part: string): [name: string, value: string][] {
  const pairs: [string, string][] = []
  const errors: FieldError[] = []
  const pieces = text.split('&')
  if (pieces.length > maxPairs) throw new Problem('invalid-input', [{ field: part, code: 'too-many' }])
  for (const piece of pieces) {
    if (piece === '') continue
    const at = piece.indexOf('=')
    let field = part
    try {
      const name = decode(at < 0 ? piece : piece.slice(0, at))
      field = name
      pairs.push([name, at < 0 ? '' : decode(piece.slice(at + 1))])
    } catch {
      errors.push({ field, code: 'ill-formed' })
    }
    if (errors.length >= 20) break
  }
  if (errors.length > 0) throw new Problem('invalid-input', errors)
  return pairs
}

/**
 * A query as one value for each name. Nothing is left out unseen: a misspelt filter would show more than was asked for.
 * @param known the names that the operation has
 * @throws Problem invalid-input naming what stands twice or is not known
 */
export function readQuery(text: string, known: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {}
  const errors: FieldError[] = []
  for (const [name, value] of readPairs(text, 'query')) {
    const field = name.isWellFormed() && name.length <= 200 ? name : 'query'
    if (!known.includes(name)) errors.push({ field, code: 'unknown-field' })
    else if (Object.hasOwn(values, name)) errors.push({ field, code: 'twice' })
    else values[name] = value
  }
  if (errors.length > 0) throw new Problem('invalid-input', errors.slice(0, 20))
  return values
}

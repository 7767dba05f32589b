type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json }

/**
 * RFC 8785: the one spelling of a JSON value that is hashed and signed. Names sorted by UTF-16 units, no white space,
 * numbers and texts as ECMAScript writes them, which is what the standard asks. Undefined members are left out.
 * @throws TypeError for numbers that JSON has not and for texts that are not well-formed Unicode
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('no such number in JSON')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('not well-formed Unicode')
    return JSON.stringify(value)
  }
  if (value === undefined) throw new TypeError('no such value in JSON')
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.keys(value)
    .filter(name => value[name] !== undefined)
    .sort()
    .map(name => `${canonical(name)}:${canonical(value[name])}`)
  return `{${members.join(',')}}`
}

// Array.isArray does not narrow a readonly array.
function isList(value: readonly Json[] | { readonly [name: string]: Json }): value is readonly Json[] {
  return Array.isArray(value)
}

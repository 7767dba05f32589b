/** One import of a file: what it names, and whether the compiler erases it. */
export interface Import {
  readonly name: string
  readonly typeOnly: boolean
  readonly line: number
  /** What stands between `import` and `from`; empty for a side effect and for `import()`. */
  readonly what: string
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length

/** Comments become blanks of the same length, so that what they show is not taken for code. Strings are kept. */
export function withoutComments(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, ' ')
  return text.replace(
    // A string or template is matched first and kept as it is; an address in one is no comment.
    /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    found => (found.startsWith('//') || found.startsWith('/*') ? blank(found) : found),
  )
}

/** Every module that a TypeScript file names: import, export from, side effect, import(), require(), require.resolve. */
export function importsOf(source: string): Import[] {
  const text = withoutComments(source)
  const found: Import[] = []
  const add = (at: number, name: string, typeOnly: boolean, what = '') =>
    found.push({ name, typeOnly, line: lineOf(text, at), what: what.trim() })
  for (const one of text.matchAll(
    /(?:^|[;}\s])(?:import|export)\s+(type\s+)?([\w$\s{},*]+?)\s*from\s*(['"])(.*?)\3/g,
  )) {
    const what = one[2]!
    const named = /^\{([\s\S]*)\}$/.exec(what.trim())?.[1]
    const parts = named
      ?.split(',')
      .map(part => part.trim())
      .filter(Boolean)
    // `import { type A, type B }` still runs the module unless every part is a type and the whole says so.
    add(one.index, one[4]!, one[1] !== undefined, parts ? `{ ${parts.join(', ')} }` : what)
  }
  for (const one of text.matchAll(/(?:^|[;}\n])\s*import\s*(['"])(.*?)\1/g)) add(one.index, one[2]!, false)
  for (const one of text.matchAll(/\b(import|require|require\.resolve)\s*\(\s*(?:(['"`])([^'"`]*)\2|([^)]*))/g)) {
    // A type query, `typeof import('x')`, is erased.
    const typeOnly = /typeof\s+$/.test(text.slice(0, one.index))
    if (one[3] !== undefined && !one[3].includes('${')) add(one.index, one[3], typeOnly)
    else add(one.index, '(computed)', false)
  }
  return found.sort((a, b) => a.line - b.line)
}

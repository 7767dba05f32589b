import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { offences } from './architecture/check.ts'
import { importsOf } from './architecture/imports.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const patterns = ['{src,tests,tools,bench,e2e,bin,db,countries,docs}/**/*.*', '*.{ts,json,md}']

function wholeTree(): Map<string, string> {
  const tree = new Map<string, string>()
  for (const path of globSync(patterns, { cwd: root, exclude: ['**/node_modules/**'] }))
    tree.set(
      path.replaceAll('\\', '/'),
      /\.(png|jpg|webp|woff2)$/.test(path) ? '' : readFileSync(join(root, path), 'utf8'),
    )
  return tree
}

test('the house is built as the plan says', () => {
  const tree = wholeTree()
  assert.ok(tree.size > 250, `only ${tree.size} files were looked at`)
  const imports = [...tree].filter(([path]) => /\.tsx?$/.test(path)).flatMap(([, text]) => importsOf(text))
  assert.ok(imports.length > 1000, `only ${imports.length} imports were found`)
  const found = offences(tree)
  assert.deepEqual(found, [], `\n${found.join('\n')}\n`)
})

// A checker that cannot find anything would pass as well: each rule meets one offence of its kind, planted in a tree
// that is otherwise clean.
const slice = (name: string): [string, string][] =>
  ['README.md', 'contract.ts', 'policy.ts', 'server/index.ts', 'server/store.ts', 'words/en.json', 'words/es.json'].map(
    file => [`src/capabilities/${name}/${file}`, ''],
  )
const clean = (): Map<string, string> =>
  new Map([
    ...slice('directory'),
    ...slice('cases'),
    ...slice('referrals'),
    ['src/platform/contract/shapes.ts', `import * as z from 'zod/mini'\n`],
    ['src/platform/policy/access.ts', `import { db, sql } from '../db/builder.ts'\n`],
    ['src/platform/db/builder.ts', `import { Kysely } from 'kysely'\n`],
    ['src/platform/http/handle.ts', ''],
    ['src/platform/crypto/hash.ts', `import { createHash } from 'node:crypto'\n`],
    ['src/platform/db/cluster.ts', `import { spawn } from 'node:child_process'\n`],
    ['src/ui/Button.tsx', `import 'react'\nimport './kit.css'\n`],
    ['src/ui/kit.css', ''],
    ['src/staff/all-screens.ts', `import { screens } from '#capabilities/cases/staff/screens.ts'\n`],
    ['src/staff/App.tsx', `import { cases } from '#capabilities/cases/contract.ts'\n`],
    ['src/capabilities/cases/staff/screens.ts', `export const load = () => import('./Case.tsx')\n`],
    ['src/capabilities/cases/staff/Case.tsx', `import '../../../ui/Button.tsx'\n`],
    ['src/bindings.ts', `import { bindings } from '#capabilities/cases/server/index.ts'\n`],
    ['src/capabilities/cases/server/store.ts', `import { db } from '#platform/db/builder.ts'\n`],
    ['src/capabilities/cases/contract.ts', `import { shape } from '#platform/contract/shapes.ts'\n`],
  ])

test('a clean tree has no offence', () => {
  assert.deepEqual(offences(clean()), [])
})

const planted: readonly [what: string, path: string, text: string][] = [
  ['contract that reaches its server', 'src/capabilities/cases/contract.ts', `import { x } from './server/store.ts'`],
  ['contract that needs Node', 'src/capabilities/cases/contract.ts', `import { join } from 'node:path'`],
  [
    'policy that asks the database',
    'src/capabilities/cases/policy.ts',
    `import { f } from '#platform/policy/access.ts'`,
  ],
  ['server that draws', 'src/capabilities/cases/server/index.ts', `import { B } from '#ui/Button.tsx'`],
  ['server that imports react', 'src/capabilities/cases/server/index.ts', `import 'react-dom/server'`],
  ['screen that reaches a server', 'src/capabilities/cases/staff/Case.tsx', `import('../server/store.ts')`],
  ['shell that reaches a server by a re-export', 'src/staff/App.tsx', `export { x } from '#platform/http/handle.ts'`],
  ['shell that enters a slice by its screens', 'src/staff/App.tsx', `import '#capabilities/cases/staff/Case.tsx'`],
  ['kit that knows the shell', 'src/ui/Button.tsx', `import { a } from '../staff/App.tsx'`],
  [
    'slice entered by the window',
    'src/capabilities/referrals/server/index.ts',
    `import { s } from '#capabilities/cases/server/store.ts'`,
  ],
  [
    'slice that imports upwards',
    'src/capabilities/cases/server/index.ts',
    `import { r } from '#capabilities/referrals/contract.ts'`,
  ],
  [
    'type imported upwards',
    'src/capabilities/directory/contract.ts',
    `import type { C } from '#capabilities/cases/contract.ts'`,
  ],
  ['slice nobody planned', 'src/capabilities/gossip/contract.ts', ''],
  [
    'platform that knows a capability',
    'src/platform/http/handle.ts',
    `import type { C } from '#capabilities/cases/contract.ts'`,
  ],
  ['verb that writes SQL', 'src/capabilities/cases/server/list.ts', 'const q = `select id from cases.folder`'],
  [
    'verb with the query builder',
    'src/capabilities/cases/server/list.ts',
    `import { db } from '#platform/db/builder.ts'`,
  ],
  ['verb with kysely', 'src/capabilities/cases/server/list.ts', `import { sql } from 'kysely'`],
  ['verb with a pg pool', 'src/capabilities/cases/server/list.ts', `import type pg from 'pg'`],
  ['hash outside platform/crypto', 'src/platform/http/handle.ts', `import { createHash } from 'node:crypto'`],
  ['hash by the bare name', 'src/platform/http/handle.ts', `const c = await import("crypto")`],
  ['process outside its place', 'src/platform/http/handle.ts', `import { exec } from 'node:child_process'`],
  ['whole zod', 'src/capabilities/cases/contract.ts', `import { z } from 'zod'`],
  ['picked zod/mini', 'src/capabilities/cases/contract.ts', `import { string } from 'zod/mini'`],
  ['eval', 'src/platform/http/handle.ts', `eval('1')`],
  ['new Function', 'src/platform/http/handle.ts', `new Function('return 1')`],
  ['dangerouslySetInnerHTML', 'src/ui/Button.tsx', `<b dangerouslySetInnerHTML={x} />`],
  ['Math.random', 'src/platform/http/handle.ts', `Math.random()`],
  ['console.log', 'src/platform/http/handle.ts', `console.log(1)`],
  ['computed import', 'src/platform/http/handle.ts', 'await import(`../$' + '{name}.ts`)'],
  ['import of nothing', 'src/platform/http/handle.ts', `import './gone.ts'`],
  ['import of a spec', 'src/platform/http/handle.ts', `import './handle.spec.ts'`],
  ['import of a test folder', 'src/platform/http/handle.ts', `import '../../../tests/harness/harness.ts'`],
  ['drawer', 'src/platform/http/utils.ts', ''],
  ['drawer folder', 'src/platform/helpers/hash.ts', ''],
  ['drawer by its ending', 'src/platform/http/date-utils.ts', ''],
  ['camelCase file', 'src/platform/http/onceMore.ts', ''],
  ['long file', 'src/platform/http/handle.ts', 'x\n'.repeat(401)],
]
for (const [what, path, text] of planted)
  test(`the checker finds a planted offence: ${what}`, () => {
    const tree = clean()
    tree.set(path, text)
    const found = offences(tree)
    assert.ok(found.length > 0)
    assert.ok(
      found.every(one => one.includes(path) || one.includes('gossip')),
      found.join('\n'),
    )
  })

test('a slice without one of its files is found', () => {
  for (const [path] of slice('directory')) {
    const tree = clean()
    tree.delete(path)
    assert.ok(offences(tree).includes(`${path} is missing`), path)
  }
})

test('imports are found in every form, and not in comments', () => {
  const source = `import a, { b } from './a.ts'
import type { T } from './t.ts'
import './side.css'
export * from "./star.ts"
export {
  c,
  type D,
} from './many.ts'
const lazy = () => import('./lazy.ts')
const old = require('./old.cjs')
type Q = typeof import('./query.ts')
// import './comment.ts'
/* import './block.ts' */
const address = 'https://example.org' // import './after.ts'
`
  assert.deepEqual(
    importsOf(source).map(one => [one.name, one.typeOnly]),
    [
      ['./a.ts', false],
      ['./t.ts', true],
      ['./side.css', false],
      ['./star.ts', false],
      ['./many.ts', false],
      ['./lazy.ts', false],
      ['./old.cjs', false],
      ['./query.ts', true],
    ],
  )
})

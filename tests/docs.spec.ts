import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { factsOf, wrongClaims } from './docs/claims.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const facts = factsOf(root)
const pages = globSync(['*.md', '{src,docs,countries,db,bench,tests,tools,e2e}/**/*.md'], { cwd: root }).sort()

test('every path, script, command, variable and version that a page names is there', t => {
  assert.ok(pages.length >= 7, `only ${pages.length} pages`)
  assert.ok(facts.commands.includes('audit verify') && facts.commands.includes('backup'))
  t.diagnostic(`${pages.length} pages`)
  assert.deepEqual(
    pages.flatMap(page => wrongClaims(page, readFileSync(join(root, page), 'utf8'), facts)),
    [],
  )
})

test('no page names the place it was written in', () => {
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8')
    assert.doesNotMatch(text, /(^|[\s`'"(])\/(work|root|home)\/|\blocalhost:(?!400[01]\b)\d{4}/m, page)
  }
})

const wrong: readonly [string, string][] = [
  ['a file that is gone', 'See `src/platform/gone.ts`.'],
  ['a file beside the page that is gone', 'The rules are in `house-rules.ts`.'],
  ['a folder that is gone', 'In `docs/nowhere/` it stands.'],
  ['a link to nothing', 'See [the guide](docs/guide/nothing.md).'],
  ['a script that is gone', 'Run `npm run deploy`.'],
  ['a script in a block', '```\nnpm run deploy\n```'],
  ['a command that is gone', 'Run `samaan fly away`.'],
  ['a command through npm', 'Run `npm run samaan -- fly away`.'],
  ['an option that is gone', 'Run `samaan backup --telepathically`.'],
  ['a variable that nothing reads', 'Set `SAMAAN_MOOD`.'],
  ['an older Node', 'It needs Node 18.'],
  ['another PostgreSQL', 'It needs PostgreSQL 12.'],
  ['a version that is not installed', 'It uses pg 7.1.'],
  ['an exact version that is nowhere', 'Since 97.98.99 it works.'],
]
for (const [what, text] of wrong)
  test(`the reader finds ${what}`, () => {
    assert.equal(wrongClaims('PLANTED.md', text, facts).length, 1)
  })

test('the reader lets true claims pass', () => {
  const text = [
    'Run `npm start` or `npm run samaan -- audit verify`; Node 24, PostgreSQL 15 or newer, zod 4.',
    'See `src/platform/crypto`, `db/migrations/0001-foundation.sql`, [package](package.json), `countries/<code>/pack.json`.',
    '```',
    'SAMAAN_PORT=4000 npm start',
    '```',
  ].join('\n')
  assert.deepEqual(wrongClaims('PLANTED.md', text, facts), [])
})

import assert from 'node:assert/strict'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { build, parseAst, type Rolldown } from 'vite'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import * as journey from '#capabilities/screening/journey.ts'
import { root } from '#platform/config/root.ts'
import { browserContracts, contractForBrowser } from '../tools/browser-contracts.ts'
import { importedBy, keysNamed } from '../tools/first-words.ts'

const slices = { cases, consent, directory, referrals, screening }
let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'samaan-bundle-'))
})
after(() => rmSync(folder, { recursive: true }))

/** One file made of `code`, with contracts as browsers get them. */
async function bundled(name: string, code: string): Promise<string> {
  writeFileSync(join(folder, `${name}-entry.js`), code)
  const made = (await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [browserContracts()],
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: join(folder, `${name}-entry.js`), formats: ['es'], fileName: name },
    },
  })) as Rolldown.RolldownOutput[]
  return made[0]!.output[0].code
}
const contractOf = (slice: string) => JSON.stringify(join(root, `src/capabilities/${slice}/contract.ts`))

describe('contracts in a browser', () => {
  test('an operation keeps all but what only the server asks of it, and zod is left out', async () => {
    const names = Object.keys(slices)
    const code = await bundled(
      'operations',
      `${names.map(name => `import { ${name} } from ${contractOf(name)}\n`).join('')}export { ${names.join(', ')} }`,
    )
    assert.doesNotMatch(code, /zod|z\.(string|object|strictObject)/i)
    writeFileSync(join(folder, 'operations.mjs'), code)
    const inBrowser = await import(pathToFileURL(join(folder, 'operations.mjs')).href)
    for (const [name, operations] of Object.entries(slices))
      for (const [verb, whole] of Object.entries(operations)) {
        const expected: Record<string, unknown> = { ...whole }
        for (const part of ['params', 'query', 'body', 'reply', 'audit', 'access', 'stepUp', 'largest'])
          delete expected[part]
        assert.deepEqual({ ...inBrowser[name][verb] }, expected, `${name}.${verb}`)
      }
  })

  test('who judges what was written gets its contracts whole', async () => {
    const code = await bundled(
      'journey',
      `export { wrongOn } from ${JSON.stringify(join(root, 'src/capabilities/screening/journey.ts'))}`,
    )
    assert.match(code, /ZodMini/)
    writeFileSync(join(folder, 'journey.mjs'), code)
    const { wrongOn } = (await import(pathToFileURL(join(folder, 'journey.mjs')).href)) as typeof journey
    const uuid = '0195a1b2-0000-7000-8000-000000000001'
    const at = '2026-03-14T12:00:00.000Z'
    const made = { id: uuid, case: uuid, limitsTold: uuid, country: 'ZZA', startedAt: at, toldAt: at }
    const page = journey.pages.find(one => one.id === 'reach')!
    for (const phone of ['12', '+999 555 0142'])
      assert.deepEqual(
        wrongOn(page, { 'identity.phone': phone }, made),
        journey.wrongOn(page, { 'identity.phone': phone }, made),
      )
    assert.notDeepEqual(wrongOn(page, { 'identity.phone': '12' }, made), [])
  })

  test('words that only look like an operation’s parts stay', () => {
    const code = `const body = ['head', 'hands'].map(one => one)
      export const x = { a: query({ id: 'x.a', path: '/a', query: z.object({ reply: z.string() }), purpose: [body] }) }`
    const made = contractForBrowser(code, parseAst(code, { lang: 'ts' }))
    assert.match(made, /\['head', 'hands'\]\.map/)
    assert.match(made, /query\(\{ id: 'x\.a', path: '\/a', {2}purpose: \[body\] \}\)/)
  })
})

test('no page reads what browsers do not have of an operation without judging by it', () => {
  const found: string[] = []
  for (const file of globSync('{staff,ui,platform/contract,capabilities}/**/*.{ts,tsx}', { cwd: join(root, 'src') })) {
    if (/[\\/]server[\\/]|\.spec\./.test(file)) continue
    const code = readFileSync(join(root, 'src', file), 'utf8')
    if (code.includes('/contract/parse.ts')) continue
    const tables = [...code.matchAll(/import \{([^}]+)\} from '[^']*contract\.ts'/g)]
      .flatMap(([, names]) => names!.split(','))
      .map(name => name.replace('type ', '').trim())
    if (tables.length === 0) continue
    const reads = new RegExp(
      `(?<!typeof )\\b(${tables.join('|')})(?:\\.\\w+|\\[\\w+\\])\\.(params|query|body|reply|audit|access|stepUp|largest)\\b`,
    )
    for (const line of code.split('\n')) if (reads.test(line)) found.push(`${file}: ${line.trim()}`)
  }
  assert.deepEqual(found, [])
})

describe('words of the first pages', () => {
  test('they are read from what a page imports, not from what it fetches later', () => {
    writeFileSync(
      join(folder, 'page.tsx'),
      `import type { T } from './types.ts'\nimport {\n  a,\n} from './near.tsx'\nlazy(() => import('./far.tsx'))\n`,
    )
    for (const name of ['near.tsx', 'far.tsx', 'types.ts']) writeFileSync(join(folder, name), '')
    assert.deepEqual(importedBy([join(folder, 'page.tsx')], folder), [
      join(folder, 'page.tsx'),
      join(folder, 'near.tsx'),
    ])
  })

  test('quoted keys and the keys a template can become are found, others are not', () => {
    const hole = '$' + '{role}'
    const codes = [`t(open ? 'x.open' : "x.shut")`, `{ words: 'x.nav' }; t(\`role.${hole}\`); look(\`y.${hole}\`)`]
    const keys = ['x.open', 'x.shut', 'x.nav', 'x.other', 'role.officer', 'role.donor', 'y.one']
    assert.deepEqual([...keysNamed(codes, keys)], ['x.open', 'x.shut', 'x.nav', 'role.officer', 'role.donor'])
  })
})

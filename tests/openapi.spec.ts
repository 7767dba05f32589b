import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { type Harness, startHarness } from './harness/harness.ts'

let harness: Harness
let text: string
before(async () => {
  harness = await startHarness()
  text = await (await harness.fetch('/openapi.json')).text()
})
after(() => harness.stop())

/** Redocly's own findings of one severity, as lines. */
async function lint(source: string): Promise<{ errors: string[]; warnings: string[] }> {
  const config = await createConfig({ extends: ['spec', 'recommended'] })
  const found = await lintFromString({ source, absoluteRef: '/openapi.json', config })
  const lines = (severity: string) =>
    found
      .filter(one => one.severity === severity)
      .map(one => `${one.ruleId} ${one.location[0]?.pointer ?? ''} ${one.message}`)
  return { errors: lines('error'), warnings: lines('warn') }
}

test('the description is valid OpenAPI 3.1 under Redocly', async t => {
  const { errors, warnings } = await lint(text)
  t.diagnostic(`${errors.length} errors, ${warnings.length} warnings`)
  for (const one of new Set(warnings.map(line => line.split(' ')[0]))) t.diagnostic(`warning: ${one}`)
  assert.deepEqual(errors, [])
})

test('the linter finds a planted mistake', async () => {
  const broken = JSON.parse(text)
  const path = Object.keys(broken.paths).find(one => one.includes('{'))!
  const method = Object.keys(broken.paths[path])[0]!
  broken.paths[path][method].parameters = []
  assert.ok((await lint(JSON.stringify(broken))).errors.length > 0)
  const typo = JSON.parse(text)
  typo.paths[path][method].responces = {}
  assert.ok((await lint(JSON.stringify(typo))).errors.length > 0)
})

test('every operation stands in it, with access, audit and purpose', () => {
  const { paths, openapi } = JSON.parse(text)
  assert.match(openapi, /^3\.1\./)
  for (const { operation } of harness.bindings) {
    const entry = paths[`/api${operation.path}`]?.[operation.method.toLowerCase()]
    assert.equal(entry?.operationId, operation.id)
    assert.equal(entry['x-access'], operation.access)
    assert.ok(entry['x-audit'])
    assert.deepEqual(entry['x-purpose'], operation.purpose)
    assert.deepEqual(entry.security, operation.access === 'public' ? [] : [{ session: [] }])
  }
})

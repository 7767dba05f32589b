import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { readConfig } from '#platform/config/config.ts'
import { loadPacks } from '#platform/country/load.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { staffApp } from '#platform/http/app.ts'
import { sessionCookie } from '#platform/http/session.ts'
import { loadWords } from '#platform/words/load.ts'
import { siteApp } from '../src/site/app.ts'
import { accountId } from '../tools/demonstration/people.ts'
import { countriesFolder } from './harness/cluster.ts'
import { type Harness, type Persona, startHarness } from './harness/harness.ts'
import { screeningBody } from './harness/make.ts'

let harness: Harness
let marisol: Persona
let folder: string
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
  folder = await mkdtemp(join(tmpdir(), 'samaan-headers-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>x</title>')
  await writeFile(join(folder, 'assets', 'a-1.js'), 'export {}\n'.repeat(400))
})
after(async () => {
  await harness.stop()
  await rm(folder, { recursive: true, force: true })
})

const staffPage = async (path: string, headers: Record<string, string> = {}) =>
  staffApp(harness.services, harness.bindings, folder, 'test').request(`http://localhost:4001${path}`, {
    headers: { host: 'localhost:4001', ...headers },
  })
const post = (headers: Record<string, string>, body: string = JSON.stringify(screeningBody())) =>
  marisol.fetch('/api/screenings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7(), ...headers },
    body,
  })

function assertSafe(response: Response, what: string): void {
  const header = (name: string) => response.headers.get(name) ?? ''
  const policy = header('content-security-policy')
  for (const part of [
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])
    assert.ok(policy.includes(part), `${what}: ${part}`)
  assert.doesNotMatch(policy, /unsafe-|\*|https?:|strict-dynamic/, what)
  assert.equal(header('x-content-type-options'), 'nosniff', what)
  assert.equal(header('referrer-policy'), 'no-referrer', what)
  assert.equal(header('cross-origin-opener-policy'), 'same-origin', what)
  assert.equal(header('cross-origin-resource-policy'), 'same-origin', what)
  assert.match(header('permissions-policy'), /camera=\(\), microphone=\(\), geolocation=\(\)/, what)
  assert.equal(response.headers.get('access-control-allow-origin'), null, what)
  for (const telling of ['server', 'x-powered-by']) assert.equal(response.headers.get(telling), null, what)
}

test('every kind of answer of the staff origin carries the headers', async () => {
  const answers: [string, Response][] = [
    ['an answer', await marisol.fetch('/api/auth/me')],
    ['a problem: not signed in', await harness.fetch('/api/cases')],
    ['a problem: not found', await marisol.fetch(`/api/cases/${uuidv7()}`)],
    ['a problem: bad input', await post({}, '{')],
    ['no such operation', await harness.fetch('/api/nothing')],
    ['a method that is none', await harness.fetch('/api/auth/me', { method: 'PATCH' })],
    ['the health check', await harness.fetch('/healthz')],
    ['the description', await harness.fetch('/openapi.json')],
    ['the page', await staffPage('/')],
    ['a screen of the app', await staffPage('/cases/1')],
    ['a script', await staffPage('/assets/a-1.js')],
    ['a compressed script', await staffPage('/assets/a-1.js', { 'accept-encoding': 'br' })],
    ['a file that is none', await staffPage('/assets/none.js')],
    ['a path that climbs', await staffPage('/..%2f..%2fpackage.json')],
  ]
  for (const [what, answer] of answers) {
    assertSafe(answer, what)
    assert.equal(answer.headers.get('x-robots-tag'), 'noindex', what)
    assert.match(answer.headers.get('content-security-policy')!, /require-trusted-types-for 'script'/, what)
    assert.match(answer.headers.get('content-security-policy')!, /script-src 'self'(;|$)/, what)
  }
  assert.equal(answers.find(([what]) => what === 'a path that climbs')![1].status, 404)
})

test('nothing of the API stays in a cache; only named assets do', async () => {
  for (const path of ['/api/auth/me', '/api/screenings', '/api/nothing', '/api/auth/demonstration'])
    assert.equal((await marisol.fetch(path)).headers.get('cache-control'), 'no-store', path)
  assert.equal((await staffPage('/')).headers.get('cache-control'), 'no-cache')
  assert.match((await staffPage('/assets/a-1.js')).headers.get('cache-control')!, /immutable/)
  assert.equal((await staffPage('/assets/none.js')).headers.get('cache-control'), 'no-store')
})

test('an error is problem+json, in the reader’s language, with nothing of our inside', async () => {
  const english = await marisol.fetch(`/api/cases/${uuidv7()}`, { headers: { 'accept-language': 'en' } })
  const spanish = await marisol.fetch(`/api/cases/${uuidv7()}`, { headers: { 'accept-language': 'es-DO,es;q=0.9' } })
  for (const [answer, language] of [
    [english, 'en'],
    [spanish, 'es'],
  ] as const) {
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    assert.equal(answer.headers.get('content-language'), language)
    const body = await answer.text()
    assert.doesNotMatch(body, /\bat \w+ \(|\.ts\b|select |node_modules|samaan_app|stack/i)
    assert.deepEqual(Object.keys(JSON.parse(body)).sort(), ['code', 'request', 'status', 'title', 'type'])
  }
})

test('the session cookie is bound to the host, hidden from scripts and never sent from another site', async () => {
  const app = staffApp(harness.services, harness.bindings, folder, 'test')
  // A real connection: the demonstration's sign-in looks where it comes from.
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const entered = await fetch(`http://127.0.0.1:${port}/api/auth/demonstration/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ account: accountId('marisol') }),
  })
  server.close()
  assert.equal(entered.status, 200)
  const cookies = entered.headers.getSetCookie()
  assert.equal(cookies.length, 1)
  const [pair, ...attributes] = cookies[0]!.split('; ')
  assert.match(pair!, /^__Host-samaan=[A-Za-z0-9_-]{43}$/)
  const hours = harness.services.config.session.absoluteHours
  assert.deepEqual(attributes.sort(), ['HttpOnly', `Max-Age=${hours * 3600}`, 'Path=/', 'SameSite=Strict', 'Secure'])
  assert.ok(!(await entered.text()).includes(pair!.split('=')[1]!), 'the token is in the cookie and nowhere else')
  assert.match(sessionCookie(null, hours), /^__Host-samaan=; .*Max-Age=0$/)
})

test('only sign-in and its end set a cookie', async () => {
  for (const path of ['/api/auth/me', '/api/screenings', '/healthz', '/openapi.json', '/api/nothing'])
    assert.deepEqual((await marisol.fetch(path)).headers.getSetCookie(), [], path)
})

const foreign: readonly Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost:4000' },
  { origin: 'http://localhost:4001.evil.example' },
  { origin: 'http://localhost:4001', 'sec-fetch-site': 'cross-site' },
]
for (const headers of foreign)
  test(`a change from another site is refused: ${JSON.stringify(headers)}`, async () => {
    const body = screeningBody()
    const refused = await post(headers, JSON.stringify(body))
    assert.equal(refused.status, 403)
    assert.equal((await refused.json()).code, 'cross-site')
    const form = await post({ ...headers, 'content-type': 'application/x-www-form-urlencoded' }, 'a=b')
    assert.equal(form.status, 403)
    const enter = await harness.fetch('/api/auth/sign-in/begin', { method: 'POST', headers })
    assert.equal(enter.status, 403, 'nobody is signed in from elsewhere either')
    assert.equal((await marisol.fetch(`/api/screenings/${body.id}`)).status, 404)
  })

test('a change from our own page goes through', async () => {
  assert.equal((await post({ origin: 'http://localhost:4001', 'sec-fetch-site': 'same-origin' })).status, 200)
  assert.equal((await post({ 'sec-fetch-site': 'none' })).status, 200)
})

test('a change does not happen by a link', async () => {
  for (const { operation } of harness.bindings) {
    if (operation.kind !== 'command') continue
    const path = `/api${operation.path.replace(/\{\w+\}/g, uuidv7())}`
    const twin = harness.bindings.some(one => one.operation.method === 'GET' && one.operation.path === operation.path)
    const reads = harness.bindings.some(
      ({ operation: one }) =>
        one.method === 'GET' && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(operation.path),
    )
    if (!twin && !reads) assert.equal((await marisol.fetch(path)).status, 404, operation.id)
  }
})

test('the public site has the same headers, no script, no cookie and no address of anybody else', async () => {
  const pack = (await loadPacks(countriesFolder)).get('XSA')!
  const { siteOrigin } = readConfig({}, 'demonstration')
  const site = siteApp({ pack, words: loadWords({ timeZone: 'UTC' }), siteOrigin })
  for (const path of ['/', '/nothing-here', '/healthz']) {
    const answer = await site.request(`${siteOrigin}${path}`)
    assertSafe(answer, path)
    assert.doesNotMatch(answer.headers.get('content-security-policy')!, /(script|connect|worker)-src/, path)
    assert.deepEqual(answer.headers.getSetCookie(), [], path)
    const text = await answer.text()
    assert.doesNotMatch(text, /<script|javascript:|\son\w+=/i, path)
    assert.doesNotMatch(text, /(\ssrc|<link[^>]*\shref|\saction)="(https?:)?\/\/(?!localhost:400[01])/i, path)
    // Quick exit leads away on purpose; no other link does without being asked.
    const away = [...text.matchAll(/<a [^>]*href="https?:\/\/(?!localhost:400[01])[^>]*>/gi)].map(one => one[0])
    assert.deepEqual(
      away.filter(one => !/class="[^"]*exit-now/.test(one)),
      [],
      path,
    )
    assert.ok(
      away.every(one => /rel="[^"]*noreferrer/.test(one)),
      path,
    )
  }
})

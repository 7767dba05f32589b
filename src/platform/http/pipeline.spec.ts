import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { screening } from '#capabilities/screening/contract.ts'
import { hashToken } from '#platform/crypto/hash.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../tests/harness/harness.ts'
import { screeningBody } from '../../../tests/harness/make.ts'

let harness: Harness
let marisol: Persona
let odette: Persona
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
  odette = await harness.as('odette')
})
after(() => harness.stop())

/** Reads the database as its superuser: what is really there. */
async function rows(text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: harness.database.url('super') })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}
const post = (persona: Persona, path: string, body: unknown, headers: Record<string, string> = {}) =>
  persona.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7(), ...headers },
    body: JSON.stringify(body),
  })
const organisation = (change: object = {}) => ({
  id: uuidv7(),
  kind: 'ngo',
  name: 'Open Door',
  languages: ['en'],
  ...change,
})

test('the same command twice is one command and has one answer', async () => {
  const body = screeningBody()
  const key = uuidv7()
  const first = await marisol.call(screening.record, { body, key })
  const second = await marisol.call(screening.record, { body, key })
  assert.deepEqual(second, first)
  assert.equal((await rows('select 1 from cases.folder where id = $1', [body.case])).length, 1)
  assert.equal((await rows('select 1 from audit.event where case_id = $1', [body.case])).length, 1)
})

test('the same command sent twice at once is one command', async () => {
  const body = screeningBody()
  const key = uuidv7()
  const both = await Promise.all([1, 2, 3, 4].map(() => marisol.call(screening.record, { body, key })))
  for (const one of both) assert.deepEqual(one, both[0])
})

test('a key that another operation used is refused', async () => {
  const key = uuidv7()
  const made = await post(odette, '/api/organisations', organisation(), { 'idempotency-key': key })
  assert.equal(made.status, 200)
  const { id } = (await made.json()) as { id: string }
  const again = await odette.fetch(`/api/organisations/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, 'if-match': '"1"' },
    body: JSON.stringify({ kind: 'ngo', name: 'Open Door', languages: [], active: true }),
  })
  assert.equal(again.status, 400)
  assert.equal(((await again.json()) as { code: string }).code, 'bad-key')
})

test('a key that stood for another request is refused, and nothing is stored', async () => {
  const key = uuidv7()
  const first = organisation({ name: 'First Harbour' })
  assert.equal((await post(odette, '/api/organisations', first, { 'idempotency-key': key })).status, 200)
  const other = organisation({ name: 'Third Harbour' })
  const refused = await post(odette, '/api/organisations', other, { 'idempotency-key': key })
  assert.equal(refused.status, 400)
  assert.equal(((await refused.json()) as { code: string }).code, 'bad-key')
  assert.equal((await rows('select 1 from directory.organisation where id = $1', [other.id])).length, 0)
  assert.equal((await post(odette, '/api/organisations', first, { 'idempotency-key': key })).status, 200)
})

test('what was answered in one role is not answered again in another', async () => {
  const key = uuidv7()
  const body = organisation({ name: 'Fourth Harbour' })
  assert.equal((await post(odette, '/api/organisations', body, { 'idempotency-key': key })).status, 200)
  const hash = hashToken(odette.cookie.split('=')[1]!)
  const [before] = await rows('select assignment_id from auth.session where token_hash = $1', [hash])
  const other = uuidv7()
  await rows(
    `insert into auth.assignment select (jsonb_populate_record(a, jsonb_build_object('id', $2::uuid, 'role', 'trainer'))).*
     from auth.assignment a where id = $1`,
    [before.assignment_id, other],
  )
  await rows('update auth.session set assignment_id = $2 where token_hash = $1', [hash, other])
  const refused = await post(odette, '/api/organisations', body, { 'idempotency-key': key })
  await rows('update auth.session set assignment_id = $2 where token_hash = $1', [hash, before.assignment_id])
  assert.equal(refused.status, 400)
  assert.equal(((await refused.json()) as { code: string }).code, 'bad-key')
})

test('a command without its id is refused and the header is named', async () => {
  const answer = await odette.fetch('/api/organisations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(organisation()),
  })
  assert.equal(answer.status, 400)
  const problem = (await answer.json()) as { errors: { field: string }[] }
  assert.equal(problem.errors[0]?.field, 'Idempotency-Key')
})

test('a change says which version it was made on; a stale one is refused and nothing changes', async () => {
  const made = organisation({ name: 'Second Harbour' })
  await post(odette, '/api/organisations', made)
  const read = await odette.fetch(`/api/organisations/${made.id}`)
  assert.equal(read.headers.get('etag'), '"1"')
  const change = (headers: Record<string, string>, name: string) =>
    odette.fetch(`/api/organisations/${made.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7(), ...headers },
      body: JSON.stringify({ kind: 'ngo', name, languages: ['en'], active: true }),
    })
  assert.equal((await change({}, 'No version')).status, 428)
  assert.equal((await change({ 'if-match': '"1"' }, 'First')).status, 200)
  assert.equal((await change({ 'if-match': '"1"' }, 'Late')).status, 412)
  const now = (await (await odette.fetch(`/api/organisations/${made.id}`)).json()) as { name: string; version: number }
  assert.deepEqual([now.name, now.version], ['First', 2])
})

test('a plain form post does what JSON does', async () => {
  const id = uuidv7()
  const answer = await odette.fetch('/api/organisations', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': uuidv7() },
    body: new URLSearchParams({ id, kind: 'ngo', name: 'Paper House', languages: 'es' }).toString(),
  })
  assert.equal(answer.status, 200)
  assert.equal((await odette.fetch(`/api/organisations/${id}`)).status, 200)
})

test('a problem speaks the language that was asked for and names the field', async () => {
  const answer = await post(odette, '/api/organisations', organisation({ name: '', kind: 'circus' }), {
    'accept-language': 'es',
  })
  assert.equal(answer.status, 400)
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  const problem = (await answer.json()) as { title: string; errors: { field: string; detail: string }[] }
  assert.match(problem.title, /revisar/)
  assert.deepEqual(problem.errors.map(one => one.field).sort(), ['kind', 'name'])
})

test('a deny looks like a missing record, and is written down', async () => {
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const amara = await harness.as('amara')
  const denied = await amara.fetch(`/api/screenings/${body.id}`)
  const missing = await amara.fetch(`/api/screenings/${uuidv7()}`)
  const same = async (one: Response) => ({ ...((await one.json()) as object), request: '' })
  assert.equal(denied.status, 404)
  assert.deepEqual(await same(denied), await same(missing))
  const refused = await rows(`select body from audit.event where actor_id = $1 and body like '%"refused"%'`, [
    amara.account,
  ])
  assert.equal(refused.length, 2)
})

test('without a session nothing is answered', async () => {
  const answer = await harness.fetch('/api/cases')
  assert.equal(answer.status, 401)
})

test('a change that comes from another page is not carried out', async () => {
  const headers: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
  ]
  for (const header of headers) {
    const answer = await post(odette, '/api/organisations', organisation(), header)
    assert.equal(answer.status, 403)
  }
})

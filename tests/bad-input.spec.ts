import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type * as core from 'zod/v4/core'
import type { Operation } from '#platform/contract/operation.ts'
import { fits } from '#platform/contract/parse.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId, type PersonKey, people } from '../tools/demonstration/people.ts'
import { type Attempt, faultIn, textWith, withValue } from './bad-input/attempt.ts'
import { callers } from './bad-input/callers.ts'
import { everything } from './bad-input/stored.ts'
import { twiceInForm, twiceInJson } from './bad-input/twice.ts'
import { badAddressTexts, badValues } from './bad-input/values.ts'
import { goodValue, placesOf } from './bad-input/walk.ts'
import { type Harness, type Persona, startHarness } from './harness/harness.ts'

let harness: Harness
let client: pg.Client
let everybody: Map<PersonKey, Persona>
let sent = 0
before(async () => {
  harness = await startHarness()
  client = new pg.Client({ connectionString: harness.database.url('super') })
  await client.connect()
  everybody = new Map(await Promise.all(people.map(async ({ key }) => [key, await harness.as(key)] as const)))
})
after(async () => {
  await client.end()
  await harness.stop()
})

const callerOf = ({ access }: Operation): Persona =>
  everybody.get(callers.find(([pattern]) => pattern.test(access))?.[1] ?? 'tobias')!

const addressOf = (operation: Operation, params: Record<string, string> = {}) =>
  `/api${operation.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? String(goodParams(operation)[name]))}`
const goodParams = (operation: Operation) =>
  (operation.params ? goodValue(operation.params as unknown as core.$ZodTypes) : {}) as Record<string, unknown>
const goodQuery = (operation: Operation) =>
  new URLSearchParams(
    (operation.query ? goodValue(operation.query as unknown as core.$ZodTypes) : {}) as Record<string, string>,
  )

async function send(attempt: Attempt, persona = callerOf(attempt.operation)): Promise<Response> {
  sent += 1
  const { operation, headers = {}, body } = attempt
  const all: Record<string, string | undefined> = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(operation.kind === 'command' && operation.idempotent ? { 'idempotency-key': uuidv7() } : {}),
    ...(operation.kind === 'command' && operation.ifMatch ? { 'if-match': '"1"' } : {}),
    ...headers,
  }
  return persona.fetch(attempt.path ?? addressOf(operation), {
    method: operation.method,
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >,
    ...(body === undefined ? {} : { body }),
  })
}

async function refuseAll(attempts: readonly Attempt[]): Promise<void> {
  const faults: string[] = []
  const queue = [...attempts]
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const found = await faultIn(await send(next), next)
      if (found) faults.push(found)
    }
  }
  await Promise.all(Array.from({ length: 6 }, work))
  assert.deepEqual(faults.slice(0, 60), [], `${faults.length} of ${attempts.length}`)
}

/** Runs attempts and asserts that nothing at all was stored by them. */
async function storesNothing(work: () => Promise<void>): Promise<void> {
  const before = await everything(client)
  await work()
  assert.deepEqual(await everything(client), before)
}

const manyFields = Array.from({ length: 150_000 }, (_, index) => `${index.toString(36)}=`).join('&')
const withBody = () =>
  harness.bindings.flatMap(({ operation }) => (operation.kind === 'command' && operation.body ? operation : []))

test('the good body, query and path of every operation are good, so that one bad field is what is refused', () => {
  for (const { operation } of harness.bindings)
    for (const schema of [operation.params, operation.query, operation.kind === 'command' ? operation.body : undefined])
      if (schema) assert.ok(fits(schema, goodValue(schema as unknown as core.$ZodTypes)), operation.id)
})

test('every field of every body refuses what it cannot hold, and says so', async t => {
  const attempts: Attempt[] = []
  let fields = 0
  for (const operation of withBody()) {
    const schema = operation.body as unknown as core.$ZodTypes
    const good = goodValue(schema)
    for (const place of placesOf(schema)) {
      const field = place.path.join('.') || 'body'
      const at = place.path.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], good)
      fields += 1
      for (const bad of badValues(place, at)) {
        if (place.path.length === 0 && bad.name.startsWith('object')) continue
        attempts.push({
          operation,
          field: bad.whole ? 'body' : field,
          what: bad.name,
          body: textWith(good, place, bad),
        })
      }
      if (!place.optional && place.path.length > 0)
        attempts.push({
          operation,
          field,
          what: 'missing',
          body: JSON.stringify(withValue(good, place.path, undefined)),
        })
      attempts.push(...twiceInJson(operation, good, place))
      if (place.strict)
        attempts.push({
          operation,
          field: [...place.path, 'surprise'].join('.'),
          what: 'a field that is not there',
          body: JSON.stringify(withValue(good, [...place.path, 'surprise'], 1)),
        })
      if (place.kind === 'object')
        attempts.push({
          operation,
          field,
          what: '__proto__ beside good fields',
          body: textWith(good, place, {
            name: '',
            raw: `{"__proto__":{"x":1},${JSON.stringify(at).slice(1)}`.replace(',}', '}'),
          }),
        })
    }
  }
  assert.ok(fields > 150, `only ${fields} fields`)
  await storesNothing(() => refuseAll(attempts))
  t.diagnostic(`${fields} fields of ${withBody().length} bodies, ${attempts.length} inputs`)
})

test('every body refuses what is not JSON or a form, and what is not in UTF-8', async t => {
  const attempts: Attempt[] = []
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
  for (const operation of withBody()) {
    const good = JSON.stringify(goodValue(operation.body as unknown as core.$ZodTypes))
    const whole = (what: string, body: string | Uint8Array<ArrayBuffer>) =>
      attempts.push({ operation, field: 'body', what, body })
    for (const text of [
      '',
      '{',
      '{"a":}',
      good.slice(0, -1),
      `${good}${good}`,
      `${good},`,
      "{'id':1}",
      'NaN',
      '{"a":NaN}',
      'undefined',
      '{"a":01}',
      '// x\n{}',
      '[',
      ']',
    ])
      whole(`malformed: ${text.slice(0, 12)}`, text)
    for (const text of ['null', '[]', '"x"', '1', 'true', `[${good}]`])
      whole(`not an object: ${text.slice(0, 12)}`, text)
    whole('bytes that are no UTF-8', bytes(`{"id":"\xff\xfe"}`))
    whole('a surrogate in bytes', bytes(`{"id":"\xed\xa0\x80"}`))
    whole('UTF-16', new Uint8Array(Buffer.from(good, 'utf16le')))
    whole('a byte-order mark', `\ufeff${good}`)
    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/json-seq',
      'application/merge-patch+json',
      '',
    ])
      attempts.push({
        operation,
        field: 'Content-Type',
        what: `content-type ${type}`,
        body: new Uint8Array(Buffer.from(good)),
        headers: { 'content-type': type || undefined },
      })
    for (const encoding of ['gzip', 'br', 'identity, gzip'])
      attempts.push({
        operation,
        field: 'Content-Encoding',
        what: `content-encoding ${encoding}`,
        body: good,
        headers: { 'content-encoding': encoding },
      })
    whole('1 MB of spaces', ' '.repeat(1_048_576))
    whole('a declared length beyond the limit', good.padEnd((operation.largest ?? 1_000_000) + 1))
    for (const value of ['%FF', '%ED%A0%80', '%C0%AF', '%', '%4', '%00', '%0B', 'e%CC%81'])
      for (const name of Object.keys(JSON.parse(good)))
        attempts.push({
          operation,
          field: name,
          what: `form ${value}`,
          body: `${name}=a${value}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
    attempts.push(...twiceInForm(operation))
    attempts.push({
      operation,
      field: 'body',
      what: 'a form of 150,000 fields',
      body: manyFields,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    for (const name of ['__proto__', 'constructor', 'a%FF', 'surprise'])
      attempts.push({
        operation,
        field: 'body',
        what: `form field ${name}`,
        body: `${name}=1`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
  }
  await storesNothing(() => refuseAll(attempts))
  t.diagnostic(`${attempts.length} inputs`)
})

test('every field of every query refuses what it cannot hold', async t => {
  const attempts: Attempt[] = []
  for (const { operation } of harness.bindings) {
    if (!operation.query) continue
    const good = goodQuery(operation)
    const ask = (field: string, what: string, query: string) =>
      attempts.push({ operation, field, what, path: `${addressOf(operation)}?${query}` })
    for (const place of placesOf(operation.query as unknown as core.$ZodTypes).slice(1)) {
      const name = place.path[0]!
      const others = new URLSearchParams(good)
      others.delete(name)
      for (const { name: what, raw } of badAddressTexts) ask(name, what, `${others}&${name}=${raw}`)
      if (place.kind === 'choice') ask(name, 'no choice', `${others}&${name}=nonsense`)
      ask(name, 'twice', `${good}&${name}=${encodeURIComponent(good.get(name)!)}`)
      ask(`${name}[]`, 'as a list', `${others}&${name}[]=${good.get(name)}`)
      if (!place.optional) ask(name, 'missing', `${others}`)
      if (name === 'limit')
        for (const limit of ['0', '101', '-1', '1e400', '1e1', '01', '0x10', '9'.repeat(400)])
          ask(name, `limit ${limit.slice(0, 9)}`, `${others}&limit=${limit}`)
      if (name === 'after')
        for (const after of ['../..', 'a b', '*'.repeat(3), 'x'.repeat(201)])
          ask(name, 'no cursor', `${others}&after=${after}`)
    }
    for (const name of ['__proto__', 'constructor', 'surprise', '__proto__[x]', 'a%00', 'a%FF'])
      ask('query', `a parameter ${name}`, `${good}&${name}=1`)
  }
  await storesNothing(() => refuseAll(attempts.map(one => (one.field === 'query' ? { ...one, field: 'body' } : one))))
  t.diagnostic(`${attempts.length} inputs`)
})

test('every part of every path refuses what it cannot hold', async t => {
  const attempts: Attempt[] = []
  for (const { operation } of harness.bindings) {
    if (!operation.params) continue
    const body =
      operation.kind === 'command' && operation.body
        ? JSON.stringify(goodValue(operation.body as unknown as core.$ZodTypes))
        : undefined
    for (const { path } of placesOf(operation.params as unknown as core.$ZodTypes).slice(1)) {
      const name = path[0]!
      const texts = [
        ...badAddressTexts.map(one => one.raw!),
        '..%2F..',
        'null',
        'a'.repeat(36),
        uuidv7().toUpperCase(),
        `{${uuidv7()}}`,
        `${uuidv7()}%0A`,
        '0',
        '%27%20or%201%3D1',
      ]
      for (const text of texts)
        attempts.push({
          operation,
          field: name,
          what: `path ${text.slice(0, 24)}`,
          path: addressOf(operation, { [name]: text }),
          // An address that no operation has is nothing's field; a passkey's id is any base64url.
          unnamed: name === 'passkey' ? [404, 403] : [404],
          ...(body === undefined ? {} : { body }),
        })
    }
  }
  await storesNothing(() => refuseAll(attempts))
  t.diagnostic(`${attempts.length} inputs`)
})

test('every command refuses a key or a version that is none', async t => {
  const attempts: Attempt[] = []
  for (const { operation } of harness.bindings) {
    if (operation.kind !== 'command') continue
    const body = operation.body ? JSON.stringify(goodValue(operation.body as unknown as core.$ZodTypes)) : undefined
    const ask = (name: string, value: string | undefined) =>
      attempts.push({
        operation,
        field: name === 'if-match' ? 'If-Match' : 'Idempotency-Key',
        what: `${name} ${value}`,
        headers: { [name]: value },
        ...(body === undefined ? {} : { body }),
      })
    if (operation.idempotent)
      for (const key of [
        undefined,
        'x',
        '1',
        uuidv7().toUpperCase(),
        `${uuidv7()}, ${uuidv7()}`,
        'x'.repeat(5000),
        `'; drop table`,
      ])
        ask('idempotency-key', key)
    if (operation.ifMatch)
      for (const version of [
        undefined,
        '*',
        '1',
        '"x"',
        '"-1"',
        '"1.5"',
        '"1", "2"',
        '"99999999999"',
        `"${'9'.repeat(500)}"`,
      ])
        ask('if-match', version)
  }
  await storesNothing(() => refuseAll(attempts))
  t.diagnostic(`${attempts.length} inputs`)
})

// Well-formed ids of nothing, from everybody: what parses goes on into rules and statements, and must not break there.
test('well-formed ids of nothing are refused to everybody, whoever asks', async t => {
  let asked = 0
  const faults: string[] = []
  await storesNothing(async () => {
    for (const { operation } of harness.bindings) {
      // A wrong password is counted, and a queryless list is nobody's id.
      if (operation.access === 'public' || !(operation.params || /referral\.send|case\.open/.test(operation.access)))
        continue
      const body =
        operation.kind === 'command' && operation.body
          ? JSON.stringify(goodValue(operation.body as unknown as core.$ZodTypes))
          : undefined
      await Promise.all(
        people.map(async ({ key }) => {
          asked += 1
          const response = await send(
            { operation, what: '', field: '', ...(body === undefined ? {} : { body }) },
            everybody.get(key),
          )
          const empty =
            response.status === 200 && operation.kind === 'query' && /"items":\[\]/.test(await response.text())
          if ((response.status < 400 || response.status >= 500) && !empty)
            faults.push(`${operation.id} as ${key} → ${response.status}`)
        }),
      )
    }
  })
  assert.deepEqual(faults, [])
  t.diagnostic(`${asked} inputs`)
})

test('a good command goes through with the same headers, so that the refusals are not for another reason', async () => {
  const { operation } = harness.bindings.find(one => one.operation.id === 'directory.create')!
  const body = { id: uuidv7(), kind: 'ngo', name: 'Harbour Friends', languages: ['en'] }
  const schema = (operation as unknown as { body: core.$ZodTypes }).body
  const kind = (goodValue(schema) as { kind: string }).kind
  const response = await send(
    { operation, what: '', field: '', body: JSON.stringify({ ...body, kind }) },
    everybody.get('odette'),
  )
  assert.equal(response.status, 200)
  assert.ok(accountId('odette') && organisationId('samaan-house'))
})

test('how many', t => {
  t.diagnostic(`${sent} bad inputs in all, each refused and none stored`)
  assert.ok(sent > 8000)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Answer } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { refusal } from '../../../../../tests/harness/refusal.ts'
import { organisationId } from '../../../../../tools/demonstration/people.ts'
import { exchange } from '../../contract-exchange.ts'
import { openSite } from '../../make.ts'
import { termId } from '../hsds/terms.ts'
import { body, coded, type Doc, service, whole } from './make.ts'

let harness: Harness
let odette: Persona
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  odette = await harness.as('odette')
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth?.end()
  await harness?.stop()
})

const check = (value: unknown, kind: 'food' | undefined = 'food') =>
  odette.call(exchange.checkHsds, { body: { file: coded(value), ...(kind ? { kind } : {}) } })
async function bring(value: unknown): Promise<Answer<typeof exchange.bringHsds>> {
  const { checked } = await check(value)
  return odette.call(exchange.bringHsds, { body: { file: coded(value), kind: 'food', checked } })
}
const reasons = async (rows: Doc[]) =>
  (await check(rows)).refusals.map(({ row, field, code }) => `${row} ${field} ${code}`)
async function exported(): Promise<Doc[]> {
  const answer = await odette.fetch('/api/directory/hsds/file')
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-disposition') ?? '', /attachment; filename="services-hsds-3\.0\.json"/)
  return ((await answer.json()) as { contents: Doc[] }).contents
}
/** Without what the directory says of every thing in its own terms. */
const plain = (doc: Doc): Doc => {
  const attributes = (doc.attributes as Doc[]).filter(
    one =>
      !['Samaan kinds of service', 'Samaan kinds of organisation'].includes(
        String((one.taxonomy_term as Doc)?.taxonomy),
      ),
  )
  return { ...doc, attributes }
}
const tally = async () =>
  (
    await truth.query(
      'select ((select count(*) from directory.service) + (select count(*) from directory.organisation))::int as n',
    )
  ).rows[0].n

test('520 services with every known field come in, stay out of sight, and go out as they came', async t => {
  const bodies = Array.from({ length: 40 }, (_, n) => body(n))
  const services = Array.from({ length: 520 }, (_, n) =>
    service(n, bodies[n % 40]!.id, { unknown_field: { deep: [1] } }),
  )
  const wrong = [
    service(900, bodies[0]!.id, { minimum_age: -1 }),
    service(901, bodies[0]!.id, { status: 'open' }),
    service(902, uuidv7()),
  ]
  const file = { contents: [...bodies, ...services, ...wrong] }
  const found = await check(file)
  assert.deepEqual(
    [found.organisations, found.services, found.refused],
    [{ new: 40, changed: 0, same: 0 }, { new: 520, changed: 0, same: 0 }, 3],
  )
  assert.deepEqual(found.refusals.map(({ row, field, code }) => `${row} ${field} ${code}`).sort(), [
    'contents.560 minimum_age too-small',
    'contents.561 status not-offered',
    'contents.562 organization_id not-offered',
  ])
  const before = await tally()
  const started = performance.now()
  await bring(file)
  t.diagnostic(
    `checked and brought in: ${Math.round(performance.now() - started)} ms, ${Math.round(JSON.stringify(file).length / 1000)} kB`,
  )
  assert.equal(await tally(), before + 560)
  assert.deepEqual(await exported(), [], 'nothing of it is public')
  const site = openSite(harness)
  const seen = await (await site.request('http://localhost:4000/hsds/services')).json()
  assert.equal((seen as Doc).total_items, 0)

  await truth.query('update directory.service set public = true where hsds is not null')
  const out = new Map((await exported()).map(one => [one.id, one]))
  assert.equal(out.size, 520)
  const owners = new Map(bodies.map(one => [one.id, one]))
  for (const { unknown_field: _, ...sent } of services) {
    const { organization, ...got } = out.get(sent.id) as Doc
    assert.deepEqual(plain(got), sent)
    assert.deepEqual(plain(organization as Doc), owners.get(sent.organization_id))
  }
  const again = await check({ contents: [...out.values()] })
  assert.deepEqual([again.services.same, again.organisations.same, again.hidden, again.refused], [520, 40, 0, 0])
})

test('what changes leaves the public list, and nothing else does', async () => {
  const all = await exported()
  const [first, second] = all as [Doc, Doc]
  const file = [{ ...first, name: 'Another name' }, second]
  const found = await check(file)
  assert.deepEqual([found.services, found.hidden], [{ new: 0, changed: 1, same: 1 }, 1])
  await bring(file)
  const left = await exported()
  assert.equal(left.length, all.length - 1)
  assert.ok(!left.some(one => one.id === first.id))
  const organization = { ...(second.organization as Doc), description: 'Now it is said otherwise' }
  const others = left.filter(one => one.organization_id === second.organization_id).length
  assert.equal((await check([organization])).hidden, others)
  await bring([organization])
  assert.equal((await exported()).length, left.length - others)
})

test('nothing is brought in that was not checked so, and nothing by halves', async () => {
  const owner = body(1)
  const file = [owner, service(1, owner.id)]
  const { checked } = await check(file)
  const send = (value: unknown, seen: string) =>
    refusal(odette.call(exchange.bringHsds, { body: { file: coded(value), kind: 'food', checked: seen } }))
  const before = await tally()
  assert.equal(await send([owner, service(2, owner.id)], checked), 'version-stale')
  assert.equal(await send(file, 'f'.repeat(43)), 'version-stale')
  // The id of a service belongs to somebody of another country: seen by nobody here before it collides.
  await truth.query(
    `insert into directory.organisation (id, country, kind, name) values ($1, 'TTO', 'ngo', 'Across')`,
    [owner.id],
  )
  assert.equal(await send(file, checked), 'version-stale')
  assert.equal(await tally(), before + 1)
  for (const who of ['jonah', 'dalia', 'celeste'] as const)
    assert.equal(
      await refusal((await harness.as(who)).call(exchange.checkHsds, { body: { file: coded(file) } })),
      'not-found',
    )
})

test('nothing that shelters people is brought in with a place', async () => {
  const shelter = organisationId('samaan-house')
  const owner = body(5)
  const attribute = (kind: string) => ({ id: uuidv7(), taxonomy_term_id: termId('service', kind) })
  const nowhere = { service_at_locations: [], service_areas: [] }
  assert.deepEqual(
    await reasons([
      service(1, shelter),
      body(6, { attributes: [{ id: uuidv7(), taxonomy_term_id: termId('organisation', 'shelter') }] }),
      owner,
      service(2, owner.id, { attributes: [attribute('safe-accommodation')] }),
      service(3, owner.id, { attributes: [attribute('safe-accommodation')], ...nowhere }),
      service(4, owner.id, { name: 'Women’s refuge by the sea' }),
      body(7, { id: shelter }),
    ]),
    [
      '1 id sheltered-import',
      '6 id sheltered-import',
      '6 locations sheltered-import',
      '0 organization_id organisation-refused',
      '3 service_at_locations sheltered-import',
      '3 organization.locations sheltered-import',
      '4 organization.locations sheltered-import',
      '5 service_at_locations sheltered-import',
      '5 organization.locations sheltered-import',
    ],
  )
  const bare = body(8, { locations: [] })
  const house = service(9, bare.id, { attributes: [attribute('safe-accommodation')], ...nowhere })
  await bring([bare, house])
  await truth.query('update directory.service set public = true, area = $2 where id = $1', [house.id, 'claro'])
  const { rows } = await truth.query('select public, area from directory.service where id = $1', [house.id])
  assert.deepEqual(rows, [{ public: false, area: null }])
  assert.deepEqual(await reasons([{ ...bare, locations: [whole('location')] }]), ['0 locations sheltered-import'])
})

test('each row that is wrong is refused by its field, and the others come in', async () => {
  const owner = body(20)
  const [a, b, c] = [uuidv7(), uuidv7(), uuidv7()]
  const line = (more: Doc) => whole('schedule', { freq: 'WEEKLY', interval: 1, byday: 'MO,TU', ...more })
  const weekly = (more: Doc) => {
    const {
      valid_from: _,
      valid_to: __,
      until: ___,
      count: ____,
      byweekno: _____,
      bymonthday: ______,
      byyearday: _______,
      timezone: ________,
      ...rest
    } = line(more)
    return rest
  }
  const rows = [
    owner,
    service(1, owner.id, { schedules: [line({ opens_at: '25:00' })] }),
    service(2, owner.id, {
      schedules: [weekly({ opens_at: '08:00', closes_at: '12:00' }), weekly({ opens_at: '11:00', closes_at: '13:00' })],
    }),
    service(3, owner.id, { cost_options: [whole('cost_option', { amount: -5 })] }),
    service(4, owner.id, { minimum_age: 40, maximum_age: 20 }),
    service(5, owner.id, { name: 'x'.repeat(121) }),
    service(6, owner.id, { name: 'Bell\u0007' }),
    service(7, owner.id, { id: 'seven' }),
    service(8, owner.id, { url: 'javascript:alert(1)' }),
    service(9, owner.id, { phones: 'call us' }),
    service(10, owner.id, { last_modified: '2199-01-01T00:00:00Z' }),
    body(11, { id: a, parent_organization_id: b }),
    body(12, { id: b, parent_organization_id: c }),
    body(13, { id: c, parent_organization_id: a }),
    service(14, a),
    service(15, owner.id, { minimum_age: 'twelve' }),
    service(16, owner.id, { name: undefined }),
    service(17, owner.id),
    service(18, owner.id, { service_capacity: [{ id: uuidv7(), available: 4, maximum: -1 }] }),
    service(19, owner.id, { service_capacity: [{ id: uuidv7(), available: 9, maximum: 2 }] }),
    service(20, owner.id, { last_modified: '0000-01-01T00:00:00Z' }),
  ]
  const found = await check(rows)
  assert.deepEqual(
    found.refusals
      .map(({ row, field, code }) => `${row} ${field} ${code}`)
      .sort((x, y) => Number.parseInt(x, 10) - Number.parseInt(y, 10)),
    [
      '1 schedules.0.opens_at time',
      '2 schedules.1 hours-overlap',
      '3 cost_options.0.amount too-small',
      '4 maximum_age ages-order',
      '5 name too-long',
      '6 name control-character',
      '7 id id',
      '8 url uri',
      '9 phones wrong',
      '10 last_modified future',
      '11 parent_organization_id circular',
      '12 parent_organization_id circular',
      '13 parent_organization_id circular',
      '14 organization_id organisation-refused',
      '15 minimum_age number',
      '16 name required',
      '18 service_capacity.0.maximum too-small',
      '18 service_capacity.0.available more-than-total',
      '19 service_capacity.0.available more-than-total',
      '20 last_modified instant',
    ],
  )
  assert.deepEqual([found.services.new, found.refused], [1, 19])
})

test('a file that cannot be read is refused whole and by name', async () => {
  const owner = body(30)
  const text = JSON.stringify([owner, service(1, owner.id)])
  const raw = (bytes: Buffer) =>
    refusal(odette.call(exchange.checkHsds, { body: { file: bytes.toString('base64'), kind: 'food' } }))
  assert.equal(await raw(Buffer.from(`\ufeff${text}`)), 'done', 'the mark of UTF-8 is none of it')
  assert.equal(await raw(Buffer.from(`\ufeff${text}`, 'utf16le')), 'file utf-8')
  assert.equal(await raw(Buffer.from(text, 'utf16le')), 'file utf-8')
  assert.equal(await raw(Buffer.from(text, 'latin1')), 'file utf-8')
  assert.equal(await raw(Buffer.from(text.slice(0, -5))), 'file json')
  assert.equal(await raw(Buffer.from('"services"')), 'file hsds')
  assert.equal(await raw(Buffer.from('[]')), 'file hsds')
  assert.equal(await raw(Buffer.from('[1, null]')), 'file hsds')
  assert.equal(await raw(Buffer.from('id,name\n1,x\n')), 'file json')
  assert.deepEqual(await reasons([{}, { constructor: 1, __proto__: { name: 'x' } }]), [
    '0 id required',
    '0 name required',
    '0 description required',
    '1 id required',
    '1 name required',
    '1 description required',
  ])
  const answer = await odette.fetch('/api/directory/hsds/check', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:4001' },
    body: JSON.stringify({ file: 'A'.repeat(66_000_000) }),
  })
  assert.equal(answer.status, 413)
})

test('a file that sends links and calls to somebody else says so before anything is kept, each by itself', async () => {
  const clinic = organisationId('claro-clinic')
  const { rows } = await truth.query('select name, phone, email from directory.organisation where id = $1', [clinic])
  const here = rows[0] as { name: string; phone: string | null; email: string | null }
  const hostile = { id: clinic, name: here.name, description: 'As ever.', email: 'clinic@elsewhere.example' }
  const phones = [{ id: uuidv7(), number: '+999 555 0199' }]
  const found = await check([{ ...hostile, phones }])
  assert.deepEqual(found.rewrites, [
    { row: '0', name: here.name, field: 'phone', before: here.phone, after: '+999 555 0199' },
    { row: '0', name: here.name, field: 'email', before: here.email, after: 'clinic@elsewhere.example' },
  ])
  const renamed = await check([{ ...hostile, name: 'Samaan House', email: here.email ?? undefined }])
  assert.deepEqual(
    renamed.rewrites.map(({ field, before, after }) => [field, before, after]),
    [['name', here.name, 'Samaan House'], ...(here.phone === null ? [] : [['phone', here.phone, null]])],
  )
  // What is new here sends nobody elsewhere.
  const own = { id: uuidv7(), name: 'New Friends', description: 'Neighbours.', email: 'new@example.org' }
  assert.deepEqual([(await check([own])).rewritten, found.rewritten], [0, 2])
})

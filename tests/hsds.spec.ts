import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Hono } from 'hono'
import pg from 'pg'
import { directory } from '#capabilities/directory/contract.ts'
import { openSite } from '#capabilities/directory/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { corpus, withoutCorpora } from './corpora.ts'
import { type Harness, startHarness } from './harness/harness.ts'

// What everybody may read of the directory, by the Human Services Data Specification 3.0: valid by its own schemas, and only what is public.

type Doc = Record<string, unknown>
let harness: Harness
let site: Hono
let truth: pg.Client
const clinic = organisationId('claro-clinic')
const casa = organisationId('casa-puente')
const shelter = organisationId('samaan-house')
const offered: Record<string, string> = {}

const fixture = (path: string): Doc => JSON.parse(readFileSync(corpus(`hsds/examples/${path}`), 'utf8'))
async function offer(by: 'jonah' | 'odette', organisation: string, more: Doc): Promise<string> {
  const id = uuidv7()
  const { call } = await harness.as(by)
  await call(directory.offer, {
    params: { organisation },
    body: { id, kind: 'psychosocial', languages: ['en', 'es'], public: true, ...more } as never,
  })
  return id
}
before(async () => {
  harness = await startHarness()
  site = openSite(harness)
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  offered.talk = await offer('jonah', clinic, {
    name: 'Talking together',
    description: 'An hour with somebody who listens.',
    area: 'claro',
    sexes: ['female'],
    minAge: 16,
    maxAge: 80,
    withChildren: true,
    residence: ['irregular'],
    exploitation: ['labour'],
    nationalities: ['VEN'],
    cost: 'free',
    howToAsk: ['in-samaan', 'call'],
    hours: [{ days: [1, 2, 5], from: '08:00', to: '12:30' }],
  })
  offered.plain = await offer('odette', casa, { kind: 'food', languages: [] })
  offered.hidden = await offer('odette', casa, { kind: 'cash', name: 'Quiet money', public: false })
  offered.interpreter = await offer('odette', casa, {
    kind: 'interpretation',
    name: 'Voices',
    vouchedBy: 'Zebedee Voucher',
    interpreterSexes: ['female'],
  })
})
after(async () => {
  await truth?.end()
  await harness?.stop()
})

async function get(path: string): Promise<{ status: number; body: Doc; headers: Headers }> {
  const answer = await site.request(`http://localhost:4000/hsds${path}`)
  return { status: answer.status, body: (await answer.json()) as Doc, headers: answer.headers }
}
const contents = async (path: string): Promise<Doc[]> => (await get(path)).body.contents as Doc[]
const ids = async (path: string) => (await contents(path)).map(one => one.id)

describe('valid by the schemas of the specification', { skip: withoutCorpora }, () => {
  const compiled = new Map<string, ValidateFunction>()
  function validator(name: string): ValidateFunction {
    const known = compiled.get(name)
    if (known) return known
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    formats.default(ajv)
    const schema = JSON.parse(gunzipSync(readFileSync(corpus(`hsds/compiled/${name}.json.gz`))).toString('utf8'))
    const made = ajv.compile(schema)
    compiled.set(name, made)
    return made
  }
  const valid = (name: string, body: unknown, what: string): void => {
    const validate = validator(name)
    assert.ok(validate(body), `${what}: ${JSON.stringify(validate.errors?.slice(0, 3))}`)
  }
  const openapi = withoutCorpora ? undefined : JSON.parse(readFileSync(corpus('hsds/schema/openapi.json'), 'utf8'))
  function validPage(body: Doc, item: string, what: string): void {
    const page = new Ajv2020({ strict: false }).compile(openapi.components.schemas.Page)
    assert.ok(page(body), `${what}: ${JSON.stringify(page.errors)}`)
    for (const name of Object.keys(openapi.components.schemas.Page.properties))
      assert.ok(name in body, `${what}: ${name}`)
    const { contents: all } = body as { contents: Doc[] }
    assert.equal(body.size, all.length)
    assert.ok(all.length > 0, `${what} is empty`)
    for (const one of all) valid(item, one, what)
  }

  before(async () => {
    // As one of the specification's own examples: every list and field there is.
    const full = fixture('service_full.json')
    const { id, name, description, minimum_age, maximum_age, organization, organization_id, ...rest } = full
    const { id: _, name: __, email: ___, ...body } = organization as Doc
    await truth.query('update directory.organisation set hsds = $2 where id = $1', [casa, JSON.stringify(body)])
    await truth.query(
      `insert into directory.service (id, organisation_id, kind, name, description, min_age, max_age, languages, public, hsds)
       values ($1, $2, 'psychosocial', $3, $4, $5, $6, '{ur}', true, $7)`,
      [id, casa, name, description, minimum_age, maximum_age, JSON.stringify(rest)],
    )
    offered.example = id as string
    offered.parent = organization_id as string
  })

  test('the first address says which version of the specification it follows', async () => {
    const { body } = await get('')
    const path = openapi.paths['/'].get.responses['200'].content['application/json'].schema
    const ajv = new Ajv2020({ strict: false })
    formats.default(ajv)
    assert.ok(ajv.validate(path, body), ajv.errorsText())
    assert.equal(body.version, '3.0')
  })

  test('every list, plain and full', async () => {
    for (const [path, item] of [
      ['/services', 'service_list'],
      ['/services?full=true', 'service'],
      ['/organizations', 'organization_list'],
      ['/organizations?full=true', 'organization'],
      ['/organizations?full_service=true', 'organization'],
      ['/service_at_locations', 'service_at_location_list'],
      ['/service_at_locations?full=true', 'service_at_location'],
    ] as const)
      validPage((await get(path)).body, item, path)
  })

  test('every single thing; a service at a location by both schemas that the specification names for it', async () => {
    let seen = 0
    for (const [list, item] of [
      ['/services', 'service'],
      ['/organizations', 'organization'],
      ['/service_at_locations', 'service_at_location'],
    ] as const)
      for (const id of await ids(`${list}?per_page=100`)) {
        const { status, body } = await get(`${list}/${id}`)
        assert.equal(status, 200)
        assert.equal(body.id, id)
        valid(item, body, `${list}/${id}`)
        if (list === '/service_at_locations') valid('service', body, `${list}/${id} as a service`)
        seen += 1
      }
    assert.ok(seen >= 8, `only ${seen}`)
  })

  test('the file that an administrator takes out is a page of whole services', async () => {
    const answer = await (await harness.as('odette')).fetch('/api/directory/hsds/file')
    const body = (await answer.json()) as Doc
    validPage(body, 'service', 'the file')
    assert.deepEqual(
      (body.contents as Doc[]).map(one => one.id),
      await ids('/services?per_page=100'),
    )
  })

  test('a validator that takes everything would be noticed', () => {
    assert.equal(validator('service')({ id: 'no uuid', name: 'x', status: 'active' }), false)
    assert.equal(validator('organization_list')({ id: uuidv7(), name: 'x' }), false)
  })

  test('the example of the specification comes back field by field', async () => {
    const { body } = await get(`/services/${offered.example}`)
    const expected = fixture('service_full.json')
    for (const [name, value] of Object.entries(expected))
      if (!['organization', 'organization_id', 'last_modified', 'attributes'].includes(name))
        assert.deepEqual(body[name], value, name)
  })
})

test('what is public and nothing else', async () => {
  const all = await ids('/services?per_page=100')
  assert.ok(all.includes(offered.talk) && all.includes(offered.plain) && !all.includes(offered.hidden))
  assert.equal((await get(`/services/${offered.hidden}`)).status, 404)
  assert.equal((await get(`/organizations/${shelter}`)).status, 404)
  assert.equal((await get(`/service_at_locations/${offered.hidden}`)).status, 404)
  const { rows } = await truth.query('select name from directory.organisation where not listed')
  const everything = JSON.stringify(
    await Promise.all(
      ['/services?full=true', '/organizations?full_service=true', '/service_at_locations?full=true'].map(path =>
        contents(`${path}&per_page=100`),
      ),
    ),
  )
  assert.ok(rows.length > 5)
  for (const { name } of rows) assert.ok(!everything.includes(name), name)
  for (const word of ['Quiet money', 'Zebedee', shelter]) assert.ok(!everything.includes(word), word)
})

test('a service says its hours, ages, cost and ways to ask, and no way that needs an account', async () => {
  const { body } = await get(`/services/${offered.talk}`)
  const [hours] = body.schedules as Doc[]
  assert.deepEqual([hours!.byday, hours!.opens_at, hours!.closes_at], ['MO,TU,FR', '08:00', '12:30'])
  assert.deepEqual([body.minimum_age, body.maximum_age, body.fees_description], [16, 80, 'Free of charge'])
  assert.equal(body.application_process, 'Call')
  assert.deepEqual(
    (body.languages as Doc[]).map(one => one.code),
    ['en', 'es'],
  )
  assert.equal(((body.service_at_locations as Doc[])[0]!.location as Doc).name, 'Claro')
})

test('lists are narrowed as the specification says', async () => {
  const has = async (path: string) => (await ids(path)).includes(offered.talk)
  const term = ((await get(`/services/${offered.talk}`)).body.attributes as Doc[])[0]!.taxonomy_term_id
  for (const yes of [
    `organization_id=${clinic}`,
    'search=together',
    'search=claro%20clinic',
    'modified_after=2020-01-01',
    `taxonomy_term_id=${term}`,
  ])
    assert.ok(await has(`/services?${yes}`), yes)
  for (const no of [
    `organization_id=${casa}`,
    'search=100%25',
    'modified_after=2199-01-01T00:00:00Z',
    `taxonomy_term_id=${uuidv7()}`,
    `taxonomy_id=${uuidv7()}`,
  ])
    assert.ok(!(await has(`/services?${no}`)), no)
  const { body } = await get('/services?per_page=1&page=2')
  const { total_items, total_pages, page_number, size, first_page, last_page } = body
  assert.deepEqual(
    [total_pages, page_number, size, first_page, last_page],
    [total_items, 2, 1, false, total_items === 2],
  )
  assert.deepEqual((await get('/services?page=900')).body.contents, [])
})

test('what no list can mean is refused by its name', async () => {
  for (const [query, field] of [
    ['page=0', 'page'],
    ['page=x', 'page'],
    ['per_page=-1', 'per_page'],
    ['organization_id=1', 'organization_id'],
    ['modified_after=yesterday', 'modified_after'],
    ['modified_after=2024-02-31T00:00:00Zx', 'modified_after'],
    ['page=1&page=2', 'page'],
    ['full=maybe', 'full'],
    ['search=%00', 'search'],
    [`search=${'x'.repeat(81)}`, 'search'],
  ] as const) {
    const { status, body } = await get(`/services?${query}`)
    assert.equal(status, 400, query)
    assert.equal((body.errors as Doc[])[0]!.field, field, query)
  }
  assert.equal((await get('/services?page=1000000&per_page=1000')).status, 200)
  for (const path of ['/services/x', `/services/${uuidv7()}`, '/nothing', '/organizations/%00'])
    assert.equal((await get(path)).status, 404, path)
})

test('an organisation that closes, or becomes a shelter, leaves every list with all that it offers', async () => {
  const { rows } = await truth.query(`select kind from directory.organisation where id = $1`, [clinic])
  for (const [away, back] of [
    ['active = false', 'active = true'],
    [`kind = 'shelter'`, `kind = '${rows[0].kind}'`],
  ] as const) {
    await truth.query(`update directory.organisation set ${away} where id = $1`, [clinic])
    assert.equal((await get(`/organizations/${clinic}`)).status, 404, away)
    assert.equal((await get(`/services/${offered.talk}`)).status, 404, away)
    assert.ok(!JSON.stringify(await contents('/services?full=true')).includes('Claro Clinic'))
    await truth.query(`update directory.organisation set ${back} where id = $1`, [clinic])
  }
  assert.equal(
    (await get(`/services/${offered.talk}`)).status,
    404,
    'what was a shelter is shown when somebody says so again',
  )
})

test('whoever reads the public list reads those rows and no other of any table', async () => {
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  try {
    const { rows: tables } = await truth.query(
      `select n.nspname || '.' || c.relname as name,
         (select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            and has_column_privilege('samaan_app', c.oid, a.attnum, 'select') order by a.attnum limit 1) as one
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v') and n.nspname !~ '^(pg_|information_schema$|pgboss$)'
         and has_any_column_privilege('samaan_app', c.oid, 'select')`,
    )
    const seen: Record<string, number> = {}
    for (const { name, one } of tables) {
      await app.query(`begin; select set_config('samaan.listing', 'XSA', true)`)
      const found = await app.query(`select ${one} from ${name}`).catch(() => ({ rowCount: 0 }))
      await app.query('rollback')
      if (found.rowCount) seen[name] = found.rowCount
    }
    const count = async (text: string) => Number((await truth.query(`select count(*) from ${text}`)).rows[0].count)
    assert.ok(tables.length > 75)
    assert.deepEqual(seen, {
      'directory.organisation': await count(`directory.organisation o where o.country = 'XSA' and o.active and exists (
        select 1 from directory.service s where s.organisation_id = o.id and s.public and s.active)`),
      'directory.service': await count(`directory.service s where s.public and s.active`),
    })
    await app.query(`begin; select set_config('samaan.listing', 'TTO', true)`)
    assert.equal((await app.query('select 1 from directory.service')).rowCount, 0)
    await app.query('rollback')
  } finally {
    await app.end()
  }
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { refusal } from '../../../../../tests/harness/refusal.ts'
import { organisationId } from '../../../../../tools/demonstration/people.ts'
import { directory } from '../../contract.ts'
import { exchange, type Unlisted } from '../../contract-exchange.ts'
import { openSite } from '../../make.ts'
import { termId } from '../hsds/terms.ts'
import { body, coded, type Doc, service } from './make.ts'

let harness: Harness
let odette: Persona
let truth: pg.Client
const nowhere = { service_at_locations: [], service_areas: [] }
const kindOf = (kind: string) => ({ attributes: [{ id: uuidv7(), taxonomy_term_id: termId('service', kind) }] })
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

async function bring(rows: Doc[]): Promise<void> {
  const given = { file: coded(rows), kind: 'food' as const }
  const { checked, refusals } = await odette.call(exchange.checkHsds, { body: given })
  assert.deepEqual(refusals, [])
  await odette.call(exchange.bringHsds, { body: { ...given, checked } })
}
async function unlisted(query: { search?: string; limit?: string } = {}): Promise<Unlisted[]> {
  const all: Unlisted[] = []
  for (let after: string | undefined; ; ) {
    const page = await odette.call(exchange.unlisted, { query: { ...query, ...(after ? { after } : {}) } })
    all.push(...page.items)
    after = page.next
    if (!after) return all
  }
}
const publish = (seen: readonly Unlisted[]) =>
  odette.call(exchange.publish, {
    body: {
      services: seen.map(({ id, version, organisation }) => ({
        id,
        version,
        organisationVersion: organisation.version,
      })),
    },
  })
const publicNow = async (): Promise<string[]> =>
  (await truth.query('select id from directory.service where public order by id')).rows.map(row => row.id)

const clinic = body(1)
const address = { id: uuidv7(), address_1: '7 Quay Lane', city: 'Claro', state_province: 'Claro', postal_code: '1' }
const location = {
  id: uuidv7(),
  location_type: 'physical',
  name: 'The yellow house',
  latitude: 10.5,
  longitude: -61.25,
  addresses: [{ ...address, country: 'XS', address_type: 'physical', attention: 'Ada Lovelace' }],
  phones: [{ id: uuidv7(), number: '+999 555 0199' }],
}
const kitchen = service(1, clinic.id, {
  name: 'Kitchen',
  service_at_locations: [{ id: uuidv7(), location }],
  contacts: [{ id: uuidv7(), name: 'Grace Hopper', title: 'Cook', email: 'grace@example.org' }],
})

test('an administrator sees every address, number and name that came in, and makes what was seen public at once', async () => {
  const rest = Array.from({ length: 6 }, (_, n) => service(10 + n, clinic.id))
  await bring([clinic, kitchen, ...rest])
  const seen = await unlisted({ limit: '3' })
  assert.deepEqual(seen.map(one => one.id).sort(), [kitchen, ...rest].map(one => one.id).sort())
  assert.ok(seen.every(one => one.alone === null && one.organisation.name === clinic.name))
  const { brought } = seen.find(one => one.id === kitchen.id)!
  for (const line of ['The yellow house', '10.5, -61.25', 'Ada Lovelace, 7 Quay Lane, Claro, Claro, 1, XS'])
    assert.ok(brought.where.includes(line), line)
  for (const line of ['+999 555 0199', 'grace@example.org', clinic.email as string])
    assert.ok(brought.reach.includes(line), line)
  assert.ok(brought.people.includes('Grace Hopper, Cook'))
  assert.deepEqual(
    (await unlisted({ search: 'kitch' })).map(one => one.id),
    [kitchen.id],
  )
  assert.deepEqual(await publicNow(), [])

  assert.deepEqual(await publish(seen), { published: 7 })
  assert.deepEqual(await unlisted(), [])
  assert.deepEqual(await publicNow(), seen.map(one => one.id).sort())
  const site = openSite(harness)
  const listed = (await (await site.request('http://localhost:4000/hsds/services')).json()) as Doc
  assert.equal(listed.total_items, 7)
  // Named as formulas and as HTML: text, to whoever reads the page.
  const page = await (await site.request('http://localhost:4000/en/find')).text()
  assert.doesNotMatch(page, /<script>alert/)
  assert.match(page, /=HYPERLINK\([^<]*&lt;script&gt;alert/)
})

test('every text of an address, a way to be reached or a name that is given out was shown before', async () => {
  const owner = body(2)
  const full = service(0, owner.id)
  await bring([owner, full])
  const { brought } = await odette.call(exchange.brought, {
    params: { organisation: owner.id as string },
    query: { service: full.id as string },
  })
  const shown = [...brought!.where, ...brought!.reach, ...brought!.people].join('\n')
  let texts = 0
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, key)
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value))
        walk(one, /^(addresses|phones|contacts)$/.test(key) ? `${key}.${name}` : name)
    else if (
      /^(email|website|number|latitude|updated_by)$|^addresses\.(address_[12]|city|postal_code)$|^phones\.number$|^contacts\.(name|email)$/.test(
        key,
      )
    ) {
      texts += 1
      assert.ok(shown.includes(String(value)), `${key}: ${String(value)}`)
    }
  }
  walk({ ...full, organization: owner }, '')
  assert.ok(texts > 30, `only ${texts}`)
})

test('nothing that shelters people is made public among others', async () => {
  const owner = body(3, { locations: [] })
  const plain = service(30, owner.id)
  const refuge = service(31, owner.id, { name: 'Women’s refuge', ...kindOf('psychosocial'), ...nowhere })
  const house = service(32, owner.id, { ...kindOf('safe-accommodation'), ...nowhere })
  await bring([owner, plain, refuge, house])
  const before = await publicNow()
  const seen = (await unlisted()).filter(one => one.organisation.id === owner.id)
  assert.deepEqual(
    seen.map(one => [one.id, one.alone]).sort(),
    [
      [plain.id, null],
      [refuge.id, 'sounds-sheltered'],
    ].sort(),
  )
  const asIf = (id: unknown): Unlisted => ({ ...seen[0]!, id: id as string, version: 1 })
  const sheltering = (
    await truth.query('select id from directory.service where organisation_id = $1', [organisationId('samaan-house')])
  ).rows[0].id
  const own = (
    await truth.query(
      `select s.id from directory.service s join directory.organisation o on o.id = s.organisation_id
       where s.hsds is null and s.kind <> 'safe-accommodation' and o.kind <> 'shelter' limit 1`,
    )
  ).rows[0].id
  for (const [id, code] of [
    [refuge.id, 'public-alone'],
    [house.id, 'not-offered'],
    [sheltering, 'not-offered'],
    [own, 'not-offered'],
    [uuidv7(), 'not-offered'],
  ])
    assert.equal(await refusal(publish([asIf(plain.id), asIf(id)])), `services.1.id ${code}`)
  assert.deepEqual(await publicNow(), before, 'nor anything beside it')
  await truth.query(`update directory.organisation set kind = 'shelter' where id = $1`, [owner.id])
  assert.deepEqual(
    (await unlisted()).filter(one => one.organisation.id === owner.id),
    [],
  )
})

test('what another file changed since it was seen is not made public, whoever it says it of', async () => {
  const owner = body(4)
  const [one, other] = [service(41, owner.id), service(42, owner.id)]
  await bring([owner, one, other])
  const mine = async () => (await unlisted()).filter(row => row.organisation.id === owner.id)
  const before = await publicNow()
  const first = await mine()
  await bring([{ ...one, description: 'Said otherwise' }])
  assert.equal(await refusal(publish(first)), 'version-stale')
  const second = await mine()
  await bring([{ ...owner, phones: [{ id: uuidv7(), number: '+999 555 0111' }] }])
  assert.equal(await refusal(publish(second)), 'version-stale')
  assert.deepEqual(await publicNow(), before)
  assert.equal(await refusal(publish(await mine())), 'done')
})

test('who keeps a service sees what came with it; nobody else does', async () => {
  const own = organisationId('claro-clinic')
  const jonah = await harness.as('jonah')
  const [{ id }] = (await truth.query('select id from directory.service where organisation_id = $1 limit 1', [own]))
    .rows
  const asked = { params: { organisation: own }, query: { service: id } }
  assert.deepEqual(await jonah.call(exchange.brought, asked), { brought: null })
  await truth.query('update directory.service set hsds = $2 where id = $1', [
    id,
    JSON.stringify({ contacts: kitchen.contacts }),
  ])
  const { brought } = await jonah.call(exchange.brought, asked)
  assert.ok(brought?.people.includes('Grace Hopper, Cook'))
  for (const who of ['celeste', 'dalia', 'marisol'] as const)
    assert.equal(await refusal((await harness.as(who)).call(exchange.brought, asked)), 'not-found')
  assert.equal(
    await refusal(
      jonah.call(exchange.brought, { params: { organisation: organisationId('casa-puente') }, query: { service: id } }),
    ),
    'not-found',
  )
  // Of who offers it, for a service that is not there yet.
  assert.deepEqual(await jonah.call(exchange.brought, { params: { organisation: own } }), { brought: null })
  await truth.query('update directory.organisation set hsds = $2 where id = $1', [
    own,
    JSON.stringify({ contacts: kitchen.contacts }),
  ])
  assert.deepEqual((await jonah.call(exchange.brought, { params: { organisation: own } })).brought?.people, [
    'Grace Hopper, Cook',
  ])
  // The form on which it is said to be public is sent on the version that was read with it.
  const seen = await jonah.call(directory.get, { params: { organisation: own } })
  assert.ok(seen.services.find(one => one.id === id)?.version)
})

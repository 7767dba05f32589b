import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { organisationId } from '../../../../../tools/demonstration/people.ts'
import { directory, type ServiceKind } from '../../contract.ts'

let harness: Harness
let truth: pg.Client
let odette: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  odette = await harness.as('odette')
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const [shelter, ngo, clinic] = [
  organisationId('samaan-house'),
  organisationId('casa-puente'),
  organisationId('claro-clinic'),
]
const offer = (organisation: string, kind: ServiceKind, area?: string) => {
  const body = { id: uuidv7(), kind, languages: ['en'], ...(area ? { area } : {}) }
  return odette.call(directory.offer, { params: { organisation }, body }).then(
    () => 'done',
    (refusal: Refusal) => refusal.fields.map(one => `${one.field} ${one.code}`).join() || refusal.code,
  )
}
const areas = async (organisation: string) => {
  const { services } = await odette.call(directory.get, { params: { organisation } })
  return services.filter(one => one.area !== null).map(one => `${one.kind} ${one.area}`)
}

test('nothing that shelters people has an area', async () => {
  assert.equal(await offer(shelter, 'safe-accommodation', 'claro'), 'area sheltered')
  assert.equal(await offer(shelter, 'food', 'claro'), 'area sheltered')
  assert.equal(await offer(ngo, 'safe-accommodation', 'north-bay.house-12'), 'area sheltered')
  assert.equal(await offer(ngo, 'safe-accommodation'), 'done')
})

test('any other service is offered in a place of the country, or in all of it', async () => {
  assert.equal(await offer(ngo, 'legal-aid', 'north-bay.house-12'), 'area not-offered')
  assert.equal(await offer(ngo, 'legal-aid', 'north-coast'), 'done')
  assert.equal(await offer(ngo, 'education'), 'done')
  assert.ok((await areas(ngo)).includes('legal-aid north-coast'))
  assert.equal(await offer(uuidv7(), 'food'), 'not-found')
})

test('the database keeps no area of what shelters people, whoever writes it', async () => {
  await truth.query(
    `insert into directory.service (id, organisation_id, kind, area) values ($1, $2, 'transport', 'claro'), ($3, $4, 'safe-accommodation', 'claro')`,
    [uuidv7(), shelter, uuidv7(), ngo],
  )
  await truth.query(`update directory.service set area = 'claro' where organisation_id = $1`, [shelter])
  const { rows } = await truth.query(
    `select s.id from directory.service s join directory.organisation o on o.id = s.organisation_id
     where s.area is not null and (o.kind = 'shelter' or s.kind = 'safe-accommodation')`,
  )
  assert.deepEqual(rows, [])
  assert.deepEqual(await areas(shelter), [])
})

test('an area that is stored in spite of all is answered to nobody', async () => {
  const client = await truth.query('alter table directory.service disable trigger without_address').then(() => truth)
  await client.query(`update directory.service set area = 'claro' where organisation_id = $1`, [shelter])
  await client.query('alter table directory.service enable trigger without_address')
  assert.deepEqual(await areas(shelter), [])
})

test('an organisation that becomes a shelter loses its areas', async () => {
  assert.equal(await offer(clinic, 'medical-care', 'claro'), 'done')
  assert.ok((await areas(clinic)).length > 0)
  const { name, languages, version } = await odette.call(directory.get, { params: { organisation: clinic } })
  const body = { kind: 'shelter' as const, name, languages, active: true }
  await odette.call(directory.change, { params: { organisation: clinic }, version, body })
  const { rows } = await truth.query(
    'select area from directory.service where organisation_id = $1 and area is not null',
    [clinic],
  )
  assert.deepEqual(rows, [])
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import sharp from 'sharp'
import { address, type Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { situation } from '../contract.ts'
import { answersFor } from '../make.ts'

let harness: Harness
let truth: pg.Client
let selma: Persona
let teo: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  ;[selma, teo] = [await harness.as('selma'), await harness.as('teo')]
})
after(async () => {
  await truth.end()
  await harness.stop()
})

/** A photograph as a telephone makes it: with where it was taken. */
const photograph = () =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: { r: 40, g: 120, b: 200 } } })
    .withExif({ IFD0: { Make: 'Zarzuela' }, IFD3: { GPSLatitude: '10/1 39/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer()
const begun = async (by = selma) =>
  (
    await by.call(situation.make, {
      body: { id: uuidv7(), subject: 'provider', organisation: organisationId('samaan-house') },
    })
  ).id
const add = (by: Persona, assessment: string, picture: Buffer | string, question?: string) =>
  by.call(situation.addPicture, {
    params: { assessment },
    body: {
      id: uuidv7(),
      picture: typeof picture === 'string' ? picture : picture.toString('base64'),
      ...(question ? { question } : {}),
    },
  })
const pictures = async (by: Persona, assessment: string) =>
  (await by.call(situation.read, { params: { assessment } })).pictures
const refused = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (refusal: Refusal) => refusal.fields.map(one => `${one.field} ${one.code}`).join() || refusal.code,
  )
const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(one => join(folder, one))
    .filter(one => statSync(one).isFile())

test('what is kept of a picture says nothing of where it was taken, and lies sealed on the disk and in the database', async () => {
  const id = await begun()
  const original = await photograph()
  assert.ok(original.includes('Zarzuela') && (await sharp(original).metadata()).exif)
  await add(selma, id, original, 'saf_fire')
  const [shown] = await pictures(selma, id)
  const small = Buffer.from(shown!.thumbnail, 'base64')
  const saved = await selma.fetch(address(situation.picture, { params: { assessment: id, picture: shown!.id } }))
  const whole = Buffer.from(await saved.arrayBuffer())
  for (const copy of [small, whole]) {
    const { format, exif } = await sharp(copy).metadata()
    assert.deepEqual([format, exif], ['jpeg', undefined])
    assert.ok(!copy.includes('Zarzuela'))
  }
  assert.match(saved.headers.get('content-disposition') ?? '', /picture-[0-9a-f]{8}\.jpg/)
  for (const path of files(harness.services.config.dataFolder)) {
    const bytes = readFileSync(path)
    assert.ok(!bytes.includes(whole) && !bytes.includes(small) && !bytes.includes('Zarzuela'), path)
  }
  const { rows } = await truth.query('select sealed_thumbnail, sealed_identity from situation.picture')
  for (const row of rows) {
    assert.ok(!row.sealed_thumbnail.includes(small.subarray(0, 64)))
    assert.ok(!row.sealed_identity.includes('AGE-SECRET-KEY'))
  }
})

test('the other assessor sees a picture once both have handed in, and nobody outside the office ever', async () => {
  const id = await begun()
  await add(selma, id, await photograph())
  const [mine] = await pictures(selma, id)
  assert.deepEqual(await pictures(teo, id), [])
  const save = async (by: Persona) =>
    (await by.fetch(address(situation.picture, { params: { assessment: id, picture: mine!.id } }))).status
  assert.equal(await save(teo), 404)
  for (const by of [selma, teo])
    await by.call(situation.handIn, { params: { assessment: id }, body: { answers: answersFor('provider') } })
  assert.equal((await pictures(teo, id)).length, 1)
  assert.equal(await save(teo), 200)
  await add(teo, id, await photograph())
  assert.equal((await pictures(selma, id)).length, 2)
  const { version } = await selma.call(situation.read, { params: { assessment: id } })
  await selma.call(situation.finish, { params: { assessment: id }, version, body: {} })
  for (const key of ['tobias', 'celeste'] as const) {
    const reader = await harness.as(key)
    assert.deepEqual(await pictures(reader, id), [])
    assert.equal(await save(reader), 404)
  }
  assert.equal(await refused(add(selma, id, await photograph())), 'not-now')
})

test('what is no picture is refused and leaves nothing behind', async () => {
  const id = await begun()
  const folder = join(harness.services.config.dataFolder, 'attachments')
  const before = files(folder).length
  const wrong = 'picture no-picture'
  assert.equal(await refused(add(selma, id, Buffer.from('%PDF-1.7'))), wrong)
  assert.equal(await refused(add(selma, id, Buffer.from('<svg/>'))), wrong)
  assert.equal(await refused(add(selma, id, '/9j/AAAA')), wrong)
  const cut = (await photograph()).subarray(0, 200)
  assert.equal(await refused(add(selma, id, cut)), wrong)
  assert.equal(await refused(add(selma, id, await photograph(), 'no_such')), 'question not-offered')
  assert.equal(files(folder).length, before)
  assert.deepEqual(await pictures(selma, id), [])
})

import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { uuidv7 } from '#platform/crypto/random.ts'
import { asDevice, asSealed, pngOf, sealedFor, sendAll, stateOf, tus } from '#platform/files/make.ts'
import { docx, mp4Of, pdf, photograph } from '#platform/files/server/make.ts'
import { sync } from '#platform/sync/contract.ts'
import { deliver, newPhone } from '#platform/sync/make.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import { cases } from '../../contract.ts'
import { type Body, bodyOf, openStage } from './make.ts'

const stage = await openStage()
const { harness, truth, marisol, tobias, dalia, phone, caseId, itemOf, attach, download, settled, copiesOnDisk } = stage
after(stage.stop)
const codeOf = (error: { code: string }) => error.code

test('file before command and command before file end the same: ready, with a clean copy and a thumbnail', async () => {
  const ids: string[] = []
  for (const fileFirst of [true, false]) {
    const file = await sealedFor(harness, await photograph('x'))
    const send = () => sendAll(asDevice(harness, phone), file)
    if (fileFirst) assert.equal(stateOf(await send()), 'whole')
    const { id } = await attach(marisol, file)
    ids.push(id)
    if (!fileFirst) {
      assert.equal((await itemOf(id)).state, 'waiting-for-file')
      assert.equal(stateOf(await send()), 'kept')
    } else await settled(file)
    const found = await itemOf(id)
    assert.equal(found.state, 'ready')
    assert.equal(found.kind, 'jpg')
    assert.deepEqual(found.copies, ['original', 'clean'])
    assert.equal(found.scanned, false, 'nobody looked, and it says so')
    assert.equal(found.name, 'Her contract.jpg')
    assert.ok((await sharp(Buffer.from(found.thumbnail!, 'base64')).metadata()).width <= 240)
    // Whoever asks again is told that it is kept, and sends nothing.
    assert.equal(stateOf(await tus(asDevice(harness, phone)).create(file)), 'kept')
  }
  assert.equal(new Set(ids).size, 2)
  assert.deepEqual(await readdir(join(harness.services.config.dataFolder, 'uploads')), [])
})

test('a file that comes once more after its upload was forgotten is told what became of it, and is kept once', async () => {
  for (const [bytes, state] of [
    [await photograph('again'), 'kept'],
    [Buffer.from('no kind that is kept'), 'refused'],
  ] as const) {
    const file = await sealedFor(harness, bytes)
    await attach(marisol, file)
    assert.equal(stateOf(await sendAll(asDevice(harness, phone), file)), state)
    const before = await copiesOnDisk()
    await truth.query('delete from files.upload')
    assert.equal(stateOf(await sendAll(asDevice(harness, phone), file)), state)
    assert.deepEqual(await copiesOnDisk(), before)
  }
  assert.deepEqual(await readdir(join(harness.services.config.dataFolder, 'uploads')), [])
})

test('as a parcel from a locked phone, the same; the parcel twice is one attachment', async () => {
  const file = await sealedFor(harness, pdf('as a parcel'))
  const body = bodyOf(file, { name: 'paper.pdf' })
  const content = phone.content(cases.attach.id, body as unknown as Json, { params: { case: caseId } })
  const parcel = await phone.seal(content)
  assert.equal((await deliver(harness, phone, parcel)).body.state, 'done')
  assert.equal((await deliver(harness, phone, parcel)).body.state, 'done')
  assert.equal(stateOf(await sendAll(asDevice(harness, phone), file)), 'kept')
  const found = await itemOf(body.id)
  assert.equal(found.state, 'ready')
  assert.deepEqual(found.copies, ['original'])
})

test('what a revoked phone sent waits with its command, and is filed when a person releases it', async () => {
  const lost = await newPhone(marisol, 'lost')
  const file = await sealedFor(harness, pdf('from a lost phone'))
  const body = bodyOf(file)
  const parcel = await lost.seal(lost.content(cases.attach.id, body as unknown as Json, { params: { case: caseId } }))
  await truth.query('update sync.device set revoked_at = now(), revoked_by = account_id where id = $1', [lost.id])
  assert.equal((await deliver(harness, lost, parcel)).body.state, 'quarantined')
  assert.equal(stateOf(await sendAll(asDevice(harness, lost), file)), 'whole')
  assert.equal(await itemOf(body.id), undefined)
  const silas = await harness.as('silas')
  const { state } = await silas.call(sync.release, { params: { device: lost.id, parcel: parcel.id } })
  assert.equal(state, 'done')
  await settled(file)
  assert.equal((await itemOf(body.id)).state, 'ready')
})

test('the original is saved byte for byte, the clean copy without what stood beside it; neither is ever shown', async () => {
  const canary = 'PlantedInThePicture'
  const taken = await photograph(canary)
  const file = await sealedFor(harness, taken)
  const { id } = await attach(marisol, file, { purpose: 'place-or-thing' })
  await sendAll(asDevice(harness, phone), file)
  const original = await download(dalia, id, 'original')
  assert.ok(Buffer.from(await original.arrayBuffer()).equals(taken))
  const clean = await download(dalia, id, 'clean')
  const drawn = Buffer.from(await clean.arrayBuffer())
  assert.ok(!drawn.includes(canary) && !drawn.includes('Exif'))
  assert.equal((await sharp(drawn).metadata()).exif, undefined)
  for (const response of [original, clean]) {
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-disposition')!, /^attachment; filename="attachment-[0-9a-f]{8}\.jpg"$/)
    assert.match(response.headers.get('content-security-policy')!, /(^|; )sandbox$/)
    assert.equal(response.headers.get('content-type'), 'application/octet-stream')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(response.headers.get('content-encoding'), null)
  }
  assert.equal(Number(original.headers.get('content-length')), taken.length)
  assert.equal(Number(clean.headers.get('content-length')), drawn.length)
  const read = await truth.query(
    `select body::jsonb->>'reason' as copy, body::jsonb->>'actor' as actor from audit.event where body::jsonb->>'event' = 'case.attachment-read'
     and case_id = $1`,
    [caseId],
  )
  assert.deepEqual(read.rows.map(one => one.copy).sort(), ['clean', 'original'])
  assert.ok(read.rows.every(one => one.actor === dalia.account))
  // The head alone is a reading too, and opens no file.
  assert.equal((await dalia.fetch(`/api/cases/${caseId}/attachments/${id}/original`, { method: 'HEAD' })).status, 200)
})

test('who is not in charge of the care opens nothing, not even who brought it; and nobody learns that it is there', async () => {
  const file = await sealedFor(harness, pdf('closed'))
  const { id } = await attach(marisol, file)
  await sendAll(asDevice(harness, phone), file)
  for (const other of [
    marisol,
    tobias,
    await harness.as('ines'),
    await harness.as('celeste'),
    await harness.as('bastien'),
  ]) {
    const there = await download(other, id, 'original', 'identity')
    const nowhere = await download(other, uuidv7(), 'original', 'identity')
    assert.equal(there.status, 404)
    const blank = (text: string) => text.replace(/"request":"[^"]*"/, '')
    assert.equal(blank(await there.text()), blank(await nowhere.text()))
    const listed = await other.fetch(`/api/cases/${caseId}/attachments`)
    // Of the unit, who reads who the person is lists the papers that show it: there are none.
    if (listed.status === 200) assert.deepEqual(await listed.json(), { items: [] })
    else assert.equal(listed.status, 404)
  }
  const celeste = await harness.as('celeste')
  await assert.rejects(
    attach(celeste, await sealedFor(harness, pdf('z'))),
    error => codeOf(error as never) === 'not-found',
  )
})

test('row by row the database says the same: an officer’s own fence shows no attachment', async () => {
  const seen = async (role: string, user: string, compartments: number) => {
    const client = await harness.services.pool.connect()
    try {
      await client.query('begin')
      await client.query(
        `select set_config('samaan.role', '${role}', true), set_config('samaan.user', '${user}', true),
         set_config('samaan.principals', '{${user}}', true), set_config('samaan.compartments', '${compartments}', true),
         set_config('samaan.country', 'XSA', true)`,
      )
      return (await client.query('select id from cases.attachment')).rowCount
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  assert.equal(await seen('officer', marisol.account, 65), 0)
  assert.ok((await seen('coordinator', dalia.account, 79))! > 0)
  assert.equal(await seen('coordinator', (await harness.as('bastien')).account, 79), 0)
  assert.equal(await seen('sign-in', '', 0), 0)
})

test('what may not be kept is refused with a code, and its bytes are gone', async () => {
  const refused = [
    ['type', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['video', mp4Of('isom', 'soun', 'vide')],
    ['macros', docx({ 'word/vbaProject.bin': 'x' })],
    ['too-many-pixels', pngOf(30_000, 30_000, 8)],
    ['broken-image', (await photograph('x')).subarray(0, 900)],
    ['empty', Buffer.alloc(0)],
  ] as const
  const before = (await copiesOnDisk()).length
  for (const [code, plain] of refused) {
    const file = await sealedFor(harness, plain)
    // The wrong ending of a name says nothing.
    const { id } = await attach(marisol, file, { name: 'harmless.jpg' })
    const last = await sendAll(asDevice(harness, phone), file)
    assert.equal(stateOf(last), 'refused', code)
    assert.equal(last.headers.get('upload-code'), code)
    const found = await itemOf(id)
    assert.equal(found.state, 'refused')
    assert.equal(found.code, code)
    assert.equal((await download(dalia, id, 'original')).status, 404)
  }
  const unsealed = asSealed(Buffer.from('not sealed to anybody'))
  const { id } = await attach(marisol, unsealed)
  await sendAll(asDevice(harness, phone), unsealed)
  assert.equal((await itemOf(id)).code, 'unreadable')
  assert.equal((await copiesOnDisk()).length, before)
  assert.ok(!(await readdir(join(harness.services.config.dataFolder, 'uploads'))).some(one => one.endsWith('.part')))
})

test('a photograph of a person needs a reason, which is sealed; nothing else takes one', async () => {
  const file = await sealedFor(harness, pdf('a'))
  const refusal = (change: Partial<Body>) => attach(marisol, file, change).then(() => 'done', codeOf)
  assert.equal(await refusal({ purpose: 'person' }), 'invalid-input')
  assert.equal(await refusal({ purpose: 'document', reason: 'because' }), 'invalid-input')
  assert.equal(await refusal({ takenAt: new Date(Date.now() + 3_600_000).toISOString() }), 'invalid-input')
  const { id } = await attach(marisol, file, {
    purpose: 'person',
    reason: 'she asked for her bruises to be kept',
    takenAt: '2019-03-04T05:06:07Z',
  })
  const found = await itemOf(id)
  assert.equal(found.reason, 'she asked for her bruises to be kept')
  assert.equal(found.purpose, 'person')
  // One file is one attachment.
  assert.equal(await refusal({}), 'conflict')
})

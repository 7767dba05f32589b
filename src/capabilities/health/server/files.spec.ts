import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { consent } from '#capabilities/consent/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { confirmedOrder } from '#capabilities/justice/make.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { sha256 } from '#platform/crypto/hash.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction } from '#platform/db/context.ts'
import { asSealed, sealedFor, sendAll, stateOf } from '#platform/files/make.ts'
import { filed, offer } from '#platform/files/server/claims.ts'
import { heic, pdf, photograph } from '#platform/files/server/make.ts'
import { sweepFiles } from '#platform/files/server/sweep.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { explained, keptCase } from '../../../../tests/harness/make.ts'
import { organisationId, type PersonKey, people } from '../../../../tools/demonstration/people.ts'
import { health, mostFiles } from '../contract.ts'
import { agreedToHealth, attachedTo, noteBody, treatedByClinic } from '../make.ts'

const unit = organisationId('counter-trafficking-unit')
let harness: Harness
let truth: pg.Client
const personas = new Map<PersonKey, Persona>()
const who = (key: PersonKey) => personas.get(key)!
const scanner: { address: string | undefined } = { address: undefined }
before(async () => {
  harness = await startHarness()
  Object.defineProperty(harness.services.config, 'clamd', { get: () => scanner.address })
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  for (const { key } of people) personas.set(key, await harness.as(key))
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const missing = { code: 'not-found' }
/** A person whom the clinic treats, with a note. */
async function treated(): Promise<{ id: string; reference: string; note: string }> {
  const { id, reference } = await keptCase(harness)
  await treatedByClinic(harness, id)
  const body = noteBody()
  await who('jonah').call(health.write, { params: { case: id }, body })
  return { id, reference, note: body.id }
}
const add = (of: { id: string; note: string }, plain: Uint8Array, name = 'Scan of the left wrist.jpg') =>
  attachedTo(harness, who('jonah'), { case: of.id, note: of.note }, plain, name)
const filesOf = async (key: PersonKey, of: string) =>
  (await who(key).call(health.notes, { params: { case: of } })).items.flatMap(one => one.files)
const save = (key: PersonKey, of: string, file: string, copy: string) =>
  who(key).fetch(`/api/cases/${of}/health/files/${file}/${copy}`)
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())
const copies = async () =>
  (await readdir(join(harness.services.config.dataFolder, 'attachments'), { recursive: true })).filter(one =>
    one.endsWith('.age'),
  )

test('who treats the person adds a picture to a note: sealed under health, kept as it came, drawn anew, never shown', async () => {
  const of = await treated()
  const taken = await photograph('PlantedInTheScan')
  const file = await add(of, taken)
  const [shown, ...rest] = await filesOf('jonah', of.id)
  assert.deepEqual(
    [shown?.id, shown?.name, shown?.state, shown?.kind, shown?.scanned, rest.length],
    [...[file, 'Scan of the left wrist.jpg', 'ready', 'jpg', false, 0]],
  )
  assert.deepEqual(shown?.copies, ['original', 'clean'])
  assert.ok(shown?.thumbnail)
  const original = await save('jonah', of.id, file, 'original')
  assert.match(original.headers.get('content-disposition') ?? '', /^attachment; filename="health-[0-9a-f]{8}\.jpg"$/)
  assert.equal(original.headers.get('content-type'), 'application/octet-stream')
  assert.ok((await bytesOf(original)).equals(taken))
  const clean = await bytesOf(await save('jonah', of.id, file, 'clean'))
  assert.ok(clean.length > 100 && !clean.includes('PlantedInTheScan'))
  const { rows } = await truth.query('select * from health.file where id = $1', [file])
  assert.ok(!JSON.stringify(rows).includes('wrist'))
  assert.ok(!Buffer.concat([rows[0].sealed_about, rows[0].sealed_identity]).includes('wrist'))
  const { rows: told } = await truth.query(
    `select body::jsonb ->> 'event' as event, body::jsonb -> 'compartments' as compartments, body::jsonb ->> 'purpose' as purpose
     from audit.event where case_id = $1 and body::jsonb ->> 'event' like 'health.file%'`,
    [of.id],
  )
  const events = told.map(one => one.event).sort()
  assert.deepEqual(events, ['health.file-added', 'health.file-kept', 'health.file-read', 'health.file-read'])
  for (const one of told) assert.deepEqual([one.compartments, one.purpose], [['HLT'], 'assistance'], one.event)
})

test('everybody else gets what missing gives, for adding, the list and each copy, also by the raw address', async () => {
  const of = await treated()
  const file = await add(of, pdf('report of the laboratory'))
  const none = await (await save('jonah', of.id, uuidv7(), 'original')).text()
  for (const { key } of people) {
    if (key === 'jonah') continue
    await assert.rejects(filesOf(key, of.id), missing, key)
    for (const copy of ['original', 'clean']) {
      const answer = await save(key, of.id, file, copy)
      assert.equal(answer.status, 404, key)
      const { code, title } = (await answer.json()) as { code: string; title: string }
      assert.equal(code, 'not-found', key)
      assert.ok(none.includes(code) && title)
    }
    const body = { id: uuidv7(), file: asSealed(Buffer.from(key)).name, name: 'x' }
    const params = { case: of.id, note: of.note }
    await assert.rejects(who(key).call(health.attach, { params, body }), missing, key)
  }
  // Of another person, of another note, of no note.
  const other = await treated()
  assert.equal((await save('jonah', other.id, file, 'original')).status, 404)
  for (const note of [other.note, uuidv7()]) {
    const body = { id: uuidv7(), file: asSealed(Buffer.from(note)).name, name: 'x' }
    await assert.rejects(who('jonah').call(health.attach, { params: { case: of.id, note }, body }), missing)
  }
})

test('while the person agrees the coordinator saves the clean copy; where it was taken stays with the clinic', async () => {
  const of = await treated()
  const picture = await add(of, await photograph('PlantedForNobody'))
  const report = await add(of, pdf('report'), 'report.pdf')
  const phone = await add(of, heic(), 'from a phone.heic')
  const given = await agreedToHealth(harness, of.id, [unit])
  assert.deepEqual(
    (await filesOf('dalia', of.id)).map(one => [one.id, one.copies]),
    [
      [picture, ['clean']],
      [report, ['original']],
      [phone, []],
    ],
  )
  assert.deepEqual((await filesOf('jonah', of.id)).at(-1)?.copies, ['original'])
  assert.ok(!(await bytesOf(await save('dalia', of.id, picture, 'clean'))).includes('PlantedForNobody'))
  assert.ok((await bytesOf(await save('dalia', of.id, report, 'original'))).includes('report'))
  for (const file of [picture, phone]) assert.equal((await save('dalia', of.id, file, 'original')).status, 404)
  await who('dalia').call(consent.withdraw, {
    params: { case: of.id, consent: given },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  for (const file of [picture, report]) assert.equal((await save('dalia', of.id, file, 'clean')).status, 404)
})

test('what is no kind that is kept is refused and says so; a scanner that is away holds it closed until it is back', async () => {
  const of = await treated()
  await add(of, Buffer.from('a program of some kind'), 'letter.exe')
  scanner.address = '127.0.0.1:1'
  const file = await sealedFor(harness, pdf('held'))
  const id = await attachedTo(harness, who('jonah'), { case: of.id, note: of.note }, file, 'held.pdf')
  assert.deepEqual(
    (await filesOf('jonah', of.id)).map(one => [one.state, one.code, one.copies]),
    [
      ['refused', 'type', []],
      ['quarantined', 'scanner-away', []],
    ],
  )
  assert.equal((await save('jonah', of.id, id, 'original')).status, 404)
  scanner.address = undefined
  await offer(harness.services, { account: who('jonah').account, sha256: file.sha256 })
  await filed(harness.services)
  assert.equal((await filesOf('jonah', of.id)).at(-1)?.state, 'ready')
})

test('a note has so many files and no more, and a closed case none', async () => {
  const of = await treated()
  const params = { case: of.id, note: of.note }
  const one = () => {
    const id = uuidv7()
    return { id, file: asSealed(Buffer.from(id)).name, name: 'one.pdf' }
  }
  for (let at = 0; at < mostFiles; at++) await who('jonah').call(health.attach, { params, body: one() })
  await assert.rejects(who('jonah').call(health.attach, { params, body: one() }), { code: 'invalid-input' })
  await truth.query(`update cases.folder set status = 'closed' where id = $1`, [of.id])
  await assert.rejects(who('jonah').call(health.attach, { params, body: one() }), { code: 'not-now' })
})

test('an order that names health hands files over by its receipt, pictures drawn anew; another order, nothing', async () => {
  const of = await treated()
  const picture = await add(of, await photograph('PlantedForNoCourt'))
  const phone = await add(of, heic(), 'from a phone.heic')
  const take = async (handed: string) => {
    const receipt = uuidv7()
    await who('petra').call(justice.receive, { params: { handed }, body: { id: receipt } })
    const { content } = await who('petra').call(justice.readHanded, { params: { handed, receipt } })
    const saved = (key: PersonKey, file: string) =>
      who(key).fetch(`/api/handed/${handed}/receipts/${receipt}/files/${file}`)
    return { content, saved }
  }
  const without = await confirmedOrder(harness, of.id, who('petra'), { compartments: ['ID', 'SVC', 'LOC'] })
  assert.equal((await (await take(without)).saved('petra', picture)).status, 404)
  await who('dalia').call(justice.revokeOrder, { params: { case: of.id, order: without }, version: 2, body: {} })
  const order = await confirmedOrder(harness, of.id, who('petra'), { compartments: ['HLT'] })
  const { content, saved } = await take(order)
  const bytes = await bytesOf(await saved('petra', picture))
  assert.deepEqual(content.health?.[0]?.files, [
    { id: picture, name: 'Scan of the left wrist.jpg', kind: 'jpg', sha256: sha256(bytes).toString('hex') },
    { id: phone, name: 'from a phone.heic', kind: 'heic', sha256: null },
  ])
  assert.ok(bytes.length > 100 && !bytes.includes('PlantedForNoCourt'))
  assert.equal((await saved('petra', phone)).status, 404)
  for (const key of ['dalia', 'jonah', 'wren', 'bastien'] as const)
    assert.equal((await saved(key, picture)).status, 404, key)
  // What came since is another handing over.
  await add(of, pdf('later'), 'later.pdf')
  assert.equal((await saved('petra', picture)).status, 409)
  const again = await take(order)
  assert.equal((await again.saved('petra', picture)).status, 200)
  const { rows } = await truth.query(
    `select body::jsonb ->> 'purpose' as purpose from audit.event
     where case_id = $1 and body::jsonb ->> 'event' = 'case.handed-saved' and body::jsonb ->> 'outcome' = 'done'`,
    [of.id],
  )
  assert.deepEqual(rows, [{ purpose: 'investigation' }, { purpose: 'investigation' }])
})

test('what the sweep finds on the disk is kept while a note has it; an erased case takes it along, and what is on its way', async () => {
  const of = await treated()
  const before = (await copies()).length
  const file = await add(of, await photograph('gone'))
  const half = await sealedFor(harness, pdf('whole, and never filed'))
  await who('jonah').call(health.attach, {
    params: { case: of.id, note: of.note },
    body: { id: uuidv7(), file: half.name, name: 'half.pdf' },
  })
  scanner.address = '127.0.0.1:1'
  assert.equal(stateOf(await sendAll(who('jonah').fetch, half)), 'held')
  assert.equal((await copies()).length, before + 2)
  const jobs = new pg.Pool({ connectionString: harness.database.url('jobs'), max: 1 })
  const later = new Date(Date.now() + 2 * 86_400_000)
  await inTransaction(jobs, undefined, tx => sweepFiles(harness.services, tx, later)).finally(() => jobs.end())
  await filed(harness.services)
  assert.equal((await copies()).length, before + 2)
  const erasure = uuidv7()
  await who('wren').call(oversight.proposeErasure, {
    body: { id: erasure, reference: of.reference, ground: 'person-asked', text: 'She asked in person.' },
  })
  await who('dalia').call(oversight.answerErasure, { params: { erasure }, version: 1, body: { answer: 'confirmed' } })
  scanner.address = undefined
  assert.equal((await copies()).length, before)
  const { rows } = await truth.query(
    'select (select count(*) from health.file where case_id = $1)::int as files, (select count(*) from files.upload where sha256 = $2)::int as uploads',
    [of.id, half.sha256],
  )
  assert.deepEqual(rows, [{ files: 0, uploads: 0 }])
  assert.equal((await save('jonah', of.id, file, 'original')).status, 404)
})

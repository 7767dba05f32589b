import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { attachedToLead, leadBody } from '#capabilities/justice/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction } from '#platform/db/context.ts'
import { type SealedFile, sealedFor, sendAll, stateOf } from '#platform/files/make.ts'
import { filed, offer } from '#platform/files/server/claims.ts'
import { pdf } from '#platform/files/server/make.ts'
import { sweepFiles } from '#platform/files/server/sweep.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import { type PersonKey, people } from '../../../../tools/demonstration/people.ts'
import { oversight } from '../contract.ts'

// What a scanner holds has a way out: by somebody who protects data, never by who sent it.

let harness: Harness
let truth: pg.Client
let server: Server
let said = 'stream: Eicar-Test-Signature FOUND\0'
const personas = new Map<PersonKey, Persona>()
const who = (key: PersonKey) => personas.get(key)!
before(async () => {
  harness = await startHarness()
  server = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', piece => {
      if (piece.subarray(-4).equals(Buffer.alloc(4))) socket.end(said)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const clamd = `127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.defineProperty(harness.services.config, 'clamd', { get: () => clamd })
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  for (const { key } of people) personas.set(key, await harness.as(key))
})
after(async () => {
  server.close()
  await truth.end()
  await harness.stop()
})

const held = async (key: PersonKey = 'wren') => (await who(key).call(oversight.listHeld, { query: {} })).items
const answer = (file: string, body: object, key: PersonKey = 'wren') =>
  who(key).call(oversight.answerHeld, { params: { file }, body: body as never })
const uploadOf = async ({ sha256 }: SealedFile): Promise<string> =>
  (await truth.query('select id from files.upload where sha256 = $1', [sha256])).rows[0].id
const uploads = async () => readdir(join(harness.services.config.dataFolder, 'uploads'))
const missing = { code: 'not-found' }

/** A file of a case in which the scanner found something. */
async function caught(text: string, by: PersonKey = 'dalia') {
  said = 'stream: Eicar-Test-Signature FOUND\0'
  const { id: caseId, reference } = await keptCase(harness)
  const file = await sealedFor(harness, pdf(text))
  const id = uuidv7()
  const body = {
    id,
    file: file.name,
    name: 'letter.pdf',
    purpose: 'document',
    compartment: 'SVC',
    original: true,
  } as const
  await who(by).call(cases.attach, { params: { case: caseId }, body })
  assert.equal(stateOf(await sendAll(who(by).fetch, file)), 'held')
  return { file, id, caseId, reference, upload: await uploadOf(file) }
}
const itemOf = async (caseId: string, id: string) =>
  (await who('dalia').call(cases.listAttachments, { params: { case: caseId }, query: {} })).items.find(
    one => one.id === id,
  )!
/** What was decided is done a moment after the answer. */
async function became(caseId: string, id: string, state: string): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    if ((await itemOf(caseId, id)).state === state) return
    await pause(50)
  }
  assert.equal((await itemOf(caseId, id)).state, state)
}
const alertsOf = async (key: PersonKey, about: string) =>
  (await who(key).call(oversight.alerts, { query: {} })).items.filter(one => one.about === about).map(one => one.kind)

test('who protects data sees what kind of thing was set aside and what the scanner said; nobody else, and nothing of whom it is about', async () => {
  const { upload, caseId, reference } = await caught('one')
  const [one] = (await held()).filter(each => each.id === upload)
  const { at, size, ...rest } = one!
  assert.ok(Date.parse(at) > Date.now() - 60_000 && size > 0)
  assert.deepEqual(rest, { id: upload, code: 'infected', found: 'Eicar-Test-Signature', kind: 'pdf', answer: null })
  assert.ok(!JSON.stringify(one).includes(caseId) && !JSON.stringify(one).includes(reference))
  assert.deepEqual(await alertsOf('wren', upload), ['file-held'])
  for (const { key } of people)
    if (key !== 'wren') {
      await assert.rejects(held(key), missing, key)
      await assert.rejects(answer(upload, { answer: 'release', reason: 'other' }, key), missing, key)
    }
  await assert.rejects(answer(uuidv7(), { answer: 'release', reason: 'other' }), missing)
})

test('released with a reason it is filed, marked as not checked, and who sent it is told', async () => {
  const { upload, caseId, id } = await caught('two')
  for (const body of [
    { answer: 'release' },
    { answer: 'release', reason: 'harmful' },
    { answer: 'scan', reason: 'other' },
  ])
    await assert.rejects(answer(upload, body), { code: 'invalid-input' })
  await answer(upload, { answer: 'release', reason: 'false-alarm' })
  await became(caseId, id, 'ready')
  assert.equal((await itemOf(caseId, id)).scanned, false)
  const saved = await who('dalia').fetch(`/api/cases/${caseId}/attachments/${id}/original`)
  assert.ok(Buffer.from(await saved.arrayBuffer()).includes('two'))
  assert.deepEqual(await alertsOf('dalia', upload), ['file-released'])
  assert.ok(!(await held()).some(one => one.id === upload))
  await assert.rejects(answer(upload, { answer: 'refuse', reason: 'other' }), missing)
  const { rows } = await truth.query(
    `select body::jsonb->>'reason' as reason, case_id from audit.event where body::jsonb->>'event' = 'oversight.held-answered'
     and body::jsonb->>'outcome' = 'done'`,
  )
  assert.deepEqual(rows, [{ reason: 'release-false-alarm', case_id: null }])
})

test('refused with a reason its bytes are gone, the row says so, and who sent it is told', async () => {
  const { upload, caseId, id } = await caught('three')
  assert.ok((await uploads()).some(one => one.startsWith(upload)))
  await answer(upload, { answer: 'refuse', reason: 'harmful' })
  await became(caseId, id, 'refused')
  await filed(harness.services)
  const after = await itemOf(caseId, id)
  assert.deepEqual([after.code, after.copies, after.name], ['refused-by-person', [], 'letter.pdf'])
  assert.ok(!(await uploads()).some(one => one.startsWith(upload)))
  assert.equal((await who('dalia').fetch(`/api/cases/${caseId}/attachments/${id}/original`)).status, 404)
  assert.deepEqual(await alertsOf('dalia', upload), ['file-refused'])
  const { rows } = await truth.query('select answer, reason, ended from files.held where upload_id = $1', [upload])
  assert.deepEqual(rows, [{ answer: 'refuse', reason: 'harmful', ended: 'refused' }])
})

test('looked at again it stays while the scanner finds something, and is filed once it does not', async () => {
  const { upload, caseId, id } = await caught('four')
  said = 'stream: Another.Name FOUND\0'
  await answer(upload, { answer: 'scan' })
  for (let left = 100; left > 0 && (await held()).find(one => one.id === upload)?.found !== 'Another.Name'; left -= 1)
    await pause(50)
  const [one] = (await held()).filter(each => each.id === upload)
  assert.deepEqual([one?.found, one?.answer], ['Another.Name', null])
  said = 'stream: OK\0'
  await answer(upload, { answer: 'scan' })
  await became(caseId, id, 'ready')
  assert.equal((await itemOf(caseId, id)).scanned, true)
})

test('what a scanner found does not stand in the way of what only waits for it, nor of what was decided', async () => {
  const { upload, caseId, id, file } = await caught('five')
  // Twelve more that were found, older than what waits.
  await truth.query(
    `insert into files.upload (id, account_id, sha256, length, received, state, code, made_at, expires_at)
     select gen_random_uuid(), account_id, sha256(n::text::bytea), 1, 1, 'held', 'infected', now() - interval '1 day', 'infinity'
     from files.upload, generate_series(1, 12) n where id = $1`,
    [upload],
  )
  // As if the server went down over the answer.
  await truth.query(
    `update files.held set answer = 'release', reason = 'other', answered_by = $2, answered_at = now() where upload_id = $1`,
    [upload, who('wren').account],
  )
  const jobs = new pg.Pool({ connectionString: harness.database.url('jobs'), max: 1 })
  await inTransaction(jobs, undefined, tx => sweepFiles(harness.services, tx, new Date())).finally(() => jobs.end())
  await filed(harness.services)
  assert.equal((await itemOf(caseId, id)).state, 'ready')
  await offer(harness.services, { account: who('dalia').account, sha256: file.sha256 })
})

test('what was decided meanwhile stands: a look that was under way changes nothing of it', async () => {
  const { upload } = await caught('six')
  const asFiling = async (text: string, values: unknown[]) => {
    await truth.query('begin')
    await truth.query(`select set_config('samaan.role', 'filing', true), set_config('samaan.user', $1, true)`, [
      who('dalia').account,
    ])
    try {
      await truth.query(text, values)
    } finally {
      await truth.query('rollback')
    }
  }
  await truth.query(
    `update files.held set answer = 'refuse', reason = 'harmful', answered_by = $2, answered_at = now() where upload_id = $1`,
    [upload, who('wren').account],
  )
  await assert.rejects(asFiling(`select files.end_hold($1, 'ready', null)`, [upload]), /meanwhile/)
  const { rows } = await truth.query('select case_id from files.held where upload_id = $1', [upload])
  await assert.rejects(
    asFiling(`select files.hold($1, $2, null, 'infected', null, 'pdf', 5, null)`, [upload, rows[0].case_id]),
    /meanwhile/,
  )
})

test('from whom a case is hidden, or a lead closed, its files are too; an investigator sees at the lead what became of theirs', async () => {
  const { upload, reference } = await caught('seven')
  const bar = { id: uuidv7(), reference, account: who('wren').account, reason: 'family' } as const
  await who('tobias').call(oversight.bar, { body: bar })
  assert.ok(!(await held()).some(one => one.id === upload))
  await assert.rejects(answer(upload, { answer: 'release', reason: 'other' }), missing)
  const lead = leadBody()
  await who('petra').call(justice.makeLead, { body: lead })
  const sealed = await sealedFor(harness, pdf('eight'))
  const id = await attachedToLead(harness, who('petra'), lead.id, sealed)
  const ofLead = await uploadOf(sealed)
  assert.ok((await held()).some(one => one.id === ofLead))
  const files = async () => (await who('petra').call(justice.readLead, { params: { lead: lead.id } })).files!
  assert.deepEqual(
    (await files()).map(one => [one.id, one.state, one.code]),
    [[id, 'quarantined', 'infected']],
  )
  await truth.query('insert into justice.lead_closed (lead_id, account_id) values ($1, $2)', [
    lead.id,
    who('wren').account,
  ])
  assert.ok(!(await held()).some(one => one.id === ofLead))
  await assert.rejects(answer(ofLead, { answer: 'release', reason: 'other' }), missing)
  await truth.query('delete from justice.lead_closed where account_id = $1', [who('wren').account])
  await answer(ofLead, { answer: 'refuse', reason: 'not-needed' })
  for (let left = 100; left > 0 && (await files())[0]!.state !== 'refused'; left -= 1) await pause(50)
  assert.equal((await files())[0]!.code, 'refused-by-person')
})

test('nobody decides about what they sent themselves, whatever they hold', async () => {
  const { upload } = await caught('nine')
  await truth.query('update files.held set by_account = $2 where upload_id = $1', [upload, who('wren').account])
  assert.ok(!(await held()).some(one => one.id === upload))
  await assert.rejects(answer(upload, { answer: 'release', reason: 'other' }), missing)
})

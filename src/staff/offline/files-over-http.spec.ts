import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sync } from '#platform/sync/contract.ts'
import { type Harness, type Persona, startHarness } from '../../../tests/harness/harness.ts'
import { openedCase } from '../../../tests/harness/make.ts'
import { fileTransportBy } from './files-over-http.ts'
import { makeClock, makePorts, phrase, start } from './make.ts'
import { transportBy } from './over-http.ts'
import { openPhone, type Phone } from './phone.ts'

// The phone's own code against the server's own code, sealing included.
let harness: Harness
let truth: pg.Client
let marisol: Persona
let dalia: Persona
let caseId: string
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  ;[marisol, dalia] = await Promise.all([harness.as('marisol'), harness.as('dalia')])
  caseId = await openedCase(harness)
  const tobias = await harness.as('tobias')
  const { version } = await tobias.call(cases.read, { params: { case: caseId } })
  await tobias.call(charge.assign, { params: { case: caseId }, version, body: { coordinator: dalia.account } })
})
after(async () => {
  await truth.end()
  await harness.stop()
})
// A person has three phones at most; each test has its own.
beforeEach(async () => {
  await truth.query('update sync.device set revoked_at = now(), revoked_by = account_id where revoked_at is null')
})

const send = ((path: string, init: RequestInit) => harness.fetch(path, init)) as typeof fetch
async function preparedPhone(): Promise<{
  phone: Phone
  assignment: string
  device: string
  pass: (ms: number) => void
}> {
  const clock = makeClock()
  const phone = await openPhone(makePorts(clock), { rounds: 10 })
  const publicKey = Buffer.from(await phone.vault.create({ passphrase: phrase }, start)).toString('base64url')
  const id = uuidv7()
  const made = await marisol.call(sync.register, { body: { id, label: 'phone', publicKey } })
  await phone.enrol({ id, credential: made.credential, recipient: made.recipient, account: made.account })
  return { phone, assignment: made.assignment, device: id, pass: clock.pass }
}
const bodyOf = (file: string) => ({
  id: uuidv7(),
  file,
  name: 'contract.pdf',
  purpose: 'document' as const,
  compartment: 'SVC' as const,
  original: true,
})
const content = (length: number) => {
  const bytes = new Uint8Array(length).map((_, at) => (at * 17) % 255)
  bytes.set(new TextEncoder().encode('%PDF-1.4\n'))
  return bytes
}
const original = async (id: string) =>
  Buffer.from(await (await dalia.fetch(`/api/cases/${caseId}/attachments/${id}/original`)).arrayBuffer())

for (const first of ['file', 'command'] as const)
  test(`picked and described without signal, sent by a locked phone, ${first} first: it is in the case as it was`, async () => {
    const { phone, assignment, pass } = await preparedPhone()
    const bytes = content(700_000)
    const kept = await phone.files.add({ bytes, name: 'contract.pdf', group: caseId })
    const body = bodyOf(kept.file)
    await phone.outbox.add({
      operation: cases.attach.id,
      params: { case: caseId },
      body,
      assignment,
      purpose: 'identification',
      group: caseId,
    })
    phone.vault.lock()
    if (first === 'command') assert.equal((await phone.send(transportBy(send))).done, 1)
    const sent = await phone.sendFiles(fileTransportBy(send))
    if (first === 'command') assert.equal(sent.done, 1)
    else {
      assert.equal(sent.arrived, 1)
      assert.equal((await phone.send(transportBy(send))).done, 1)
      pass(60_000)
      assert.equal((await phone.sendFiles(fileTransportBy(send))).done, 1)
    }
    assert.ok((await original(body.id)).equals(bytes))
    phone.close()
  })

test('from a page without a phone, the session carries it in the same way', async () => {
  const { phone } = await preparedPhone()
  const bytes = content(90_000)
  const kept = await phone.files.add({ bytes, name: 'x', group: caseId })
  const body = bodyOf(kept.file)
  await marisol.call(cases.attach, { params: { case: caseId }, body })
  const bySession = ((path: string, init: RequestInit) => marisol.fetch(path, init)) as typeof fetch
  assert.equal((await phone.sendFiles(fileTransportBy(bySession, 'session'))).done, 1)
  assert.ok((await original(body.id)).equals(bytes))
  phone.close()
})

test('a network that loses requests, answers and bytes only makes it slower', async () => {
  const { phone, pass } = await preparedPhone()
  const bytes = content(400_000)
  const kept = await phone.files.add({ bytes, name: 'x', group: caseId })
  const body = bodyOf(kept.file)
  await marisol.call(cases.attach, { params: { case: caseId }, body })
  let calls = 0
  const bad = (async (path: string, init: RequestInit) => {
    calls += 1
    if (calls % 5 === 1) throw new TypeError('no signal')
    if (calls % 5 === 2 && init.body) {
      const changed = Uint8Array.from(init.body as Uint8Array)
      changed[7]! ^= 1
      return harness.fetch(path, { ...init, body: changed })
    }
    const answer = await harness.fetch(path, init)
    if (calls % 5 === 3) return new Response('<html>a portal of a café</html>', { status: 200 })
    return answer
  }) as typeof fetch
  for (let round = 0; round < 60; round++) {
    await phone.sendFiles(fileTransportBy(bad))
    if ((await phone.files.list())[0]!.state === 'done') break
    pass(24 * 3_600_000)
  }
  assert.equal((await phone.files.list())[0]!.state, 'done')
  assert.ok((await original(body.id)).equals(bytes))
  phone.close()
})

test('a phone that was revoked hands its file in, and a credential that is none is told so', async () => {
  const { phone, device } = await preparedPhone()
  await truth.query('update sync.device set revoked_at = now(), revoked_by = account_id where id = $1', [device])
  await phone.files.add({ bytes: content(10_000), name: 'x', group: caseId })
  assert.equal((await phone.sendFiles(fileTransportBy(send))).arrived, 1)
  const stranger = await preparedPhone()
  await stranger.phone.files.add({ bytes: content(10_001), name: 'x', group: caseId })
  await truth.query(`update sync.device set credential_hash = sha256('x') where id = $1`, [stranger.device])
  assert.equal((await stranger.phone.sendFiles(fileTransportBy(send))).unanswered, 1)
  assert.equal((await stranger.phone.files.list())[0]!.code, 'not-signed-in')
  phone.close()
  stranger.phone.close()
})

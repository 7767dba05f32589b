import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { health } from '#capabilities/health/contract.ts'
import { agreedToHealth, attachedTo, noteBody, treatedByClinic } from '#capabilities/health/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sealedFor, sendAll } from '#platform/files/make.ts'
import { filed } from '#platform/files/server/claims.ts'
import { pdf } from '#platform/files/server/make.ts'
import { staffApp } from '#platform/http/app.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { explained, keptCase } from '../../../../tests/harness/make.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { oversight } from '../contract.ts'

// F8: what is being saved or exported is cut by withdrawal, by a case that is closed to who saves, by a session that ends. Over
// a real connection, whose reader stops after the first bytes and goes on once it was withdrawn.

const size = 20 << 20
let harness: Harness
let truth: pg.Client
let server: Server
let dalia: Persona
let jonah: Persona
let tobias: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  const listener = getRequestListener(staffApp(harness.services, harness.bindings, 'no-build', 'test').fetch)
  server = createServer((request, reply) => void listener(request, reply))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  dalia = await harness.as('dalia')
  jonah = await harness.as('jonah')
  tobias = await harness.as('tobias')
})
after(async () => {
  server.closeAllConnections()
  server.close()
  await truth.end()
  await harness.stop()
})

const large = (text: string) => Buffer.concat([pdf(text), randomBytes(size)])
/** Begins to save something, stops reading, does what is said, and reads on. @returns how many bytes came, and whether all did */
async function savedWhile(by: Persona, path: string, done: () => Promise<unknown>) {
  const { port } = server.address() as AddressInfo
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: { cookie: by.cookie, host: 'localhost:4001' } }, resolve).on(
      'error',
      reject,
    )
  })
  assert.equal(answer.statusCode, 200)
  let count = 0
  await new Promise<void>(resolve => {
    answer.once('data', piece => {
      count += (piece as Buffer).length
      answer.pause()
      resolve()
    })
  })
  await done()
  await pause(700)
  const whole = await new Promise<boolean>(resolve => {
    answer.on('data', piece => {
      count += (piece as Buffer).length
    })
    answer.on('end', () => resolve(answer.complete))
    answer.on('error', () => resolve(false))
    answer.resume()
  })
  return { count, whole }
}
/** A large paper of a case that Dalia is in charge of. */
async function paperOf() {
  const { id, reference } = await keptCase(harness)
  const file = await sealedFor(harness, large(id))
  const attachment = uuidv7()
  await dalia.call(cases.attach, {
    params: { case: id },
    body: {
      ...{ id: attachment, file: file.name, name: 'statement.pdf', purpose: 'document', compartment: 'SVC' },
      original: true,
    } as const,
  })
  await sendAll(dalia.fetch, file, 4 << 20)
  await filed(harness.services)
  return { id, reference, path: `/api/cases/${id}/attachments/${attachment}/original` }
}

test('left alone, a file that is read slowly arrives whole', async () => {
  const { path } = await paperOf()
  const { count, whole } = await savedWhile(dalia, path, () => pause(600))
  assert.ok(whole)
  assert.ok(count > size)
})

test('a consent that is taken back cuts the file of health that is being saved by it', async () => {
  const { id } = await keptCase(harness)
  await treatedByClinic(harness, id)
  const note = noteBody()
  await jonah.call(health.write, { params: { case: id }, body: note })
  const file = await attachedTo(
    harness,
    jonah,
    { case: id, note: note.id },
    await sealedFor(harness, large(id)),
    'scan.pdf',
  )
  await filed(harness.services)
  const given = await agreedToHealth(harness, id, [organisationId('counter-trafficking-unit')])
  const { count, whole } = await savedWhile(dalia, `/api/cases/${id}/health/files/${file}/original`, () =>
    dalia.call(consent.withdraw, {
      params: { case: id, consent: given },
      body: { id: uuidv7(), ...explained('withdrawing-1') },
    }),
  )
  assert.ok(!whole && count < size, `${count} bytes came`)
})

test('a case that is closed to somebody cuts what they are saving of it; a session that ends cuts everything', async () => {
  const session = await paperOf()
  const one = await harness.as('dalia')
  const ended = await savedWhile(one, session.path, () =>
    truth.query(
      `update auth.session set ended_at = now() where id = (select id from auth.session order by id desc limit 1)`,
    ),
  )
  assert.ok(!ended.whole && ended.count < size, `${ended.count} bytes came`)
  const closed = await paperOf()
  const cut = await savedWhile(dalia, closed.path, () =>
    tobias.call(oversight.bar, {
      body: { id: uuidv7(), reference: closed.reference, account: dalia.account, reason: 'family' },
    }),
  )
  assert.ok(!cut.whole && cut.count < size, `${cut.count} bytes came`)
})

test('an export that runs goes on without what was hidden since, and ends with the session', async () => {
  const unit = organisationId('counter-trafficking-unit')
  const { reference } = await keptCase(harness)
  // So many that it stands behind them all.
  await truth.query(
    `insert into cases.folder (id, country, reference, key_slot, status, identification, holder, agency, made_by, urgency, made_at, opened_at, child)
     select gen_random_uuid(), f.country, 'f' || n, 0, f.status, f.identification, $2, f.agency, f.made_by, f.urgency, now(), now(), f.child
     from cases.folder f, generate_series(1, 4000) n where f.reference = $1`,
    [reference, unit],
  )
  await truth.query(`update cases.folder set id = 'ffffffff-ffff-7fff-bfff-ffffffffffff' where reference = 'f4000'`)
  const reader = async (by: Persona) => {
    const answer = await by.fetch('/api/cases/export.csv')
    return answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  }
  const rest = async (from: ReadableStreamDefaultReader<string>) => {
    let text = ''
    for (;;) {
      const next = await from.read()
      if (next.done) return text
      text += next.value
    }
  }
  const whole = await reader(dalia)
  assert.match(await rest(whole), /\nf4000,/)
  const running = await reader(dalia)
  await running.read()
  await truth.query(
    `insert into policy.case_hidden (case_id, basis, basis_id, account_id)
     values ('ffffffff-ffff-7fff-bfff-ffffffffffff', 'conflict', gen_random_uuid(), $1)`,
    [dalia.account],
  )
  const left = await rest(running)
  assert.ok(left.includes('\nf3'), 'it goes on')
  assert.ok(!left.includes('f4000,'), 'and says nothing of what was hidden since')
  const another = await harness.as('dalia')
  const ends = await reader(another)
  await ends.read()
  await truth.query(
    `update auth.session set ended_at = now() where id = (select id from auth.session order by id desc limit 1)`,
  )
  await pause(700)
  await assert.rejects(rest(ends))
})

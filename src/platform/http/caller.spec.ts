import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { screening } from '#capabilities/screening/contract.ts'
import { hashToken } from '#platform/crypto/hash.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../tests/harness/harness.ts'
import { screeningBody } from '../../../tests/harness/make.ts'

let harness: Harness
let admin: pg.Client
before(async () => {
  harness = await startHarness()
  admin = new pg.Client({ connectionString: harness.database.url('super') })
  await admin.connect()
})
after(async () => {
  await admin.end()
  await harness.stop()
})
const change = (persona: Persona, set: string, values: unknown[] = []) =>
  admin.query(`update auth.session set ${set} where token_hash = $1`, [
    hashToken(persona.cookie.split('=')[1]!),
    ...values,
  ])
const made = async (persona: Persona) => {
  const body = screeningBody()
  await persona.call(screening.record, { body })
  return body
}

test('a session that ended since the last request is refused, and does not tell what there is', async () => {
  const marisol = await harness.as('marisol')
  const { id } = await made(marisol)
  assert.equal((await marisol.fetch(`/api/screenings/${id}`)).status, 200)
  await change(marisol, 'ended_at = now()')
  for (const one of [id, uuidv7()]) assert.equal((await marisol.fetch(`/api/screenings/${one}`)).status, 401)
  const refused = await marisol.fetch('/api/screenings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() },
    body: JSON.stringify(screeningBody()),
  })
  assert.equal(refused.status, 401)
})

test('a command that was done is not told again to a session that ended', async () => {
  const marisol = await harness.as('marisol')
  const body = screeningBody()
  const key = uuidv7()
  await marisol.call(screening.record, { body, key })
  await change(marisol, 'ended_at = now()')
  const again = await marisol.fetch('/api/screenings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  })
  assert.equal(again.status, 401)
})

test('who became somebody else since the last request is answered as who they are now', async () => {
  const marisol = await harness.as('marisol')
  const tobias = await harness.as('tobias')
  const { id, case: caseId } = await made(marisol)
  assert.equal((await marisol.fetch(`/api/screenings/${id}`)).status, 200)
  const { rows } = await admin.query('select account_id, assignment_id from auth.session where token_hash = $1', [
    hashToken(tobias.cookie.split('=')[1]!),
  ])
  await change(marisol, 'account_id = $2, assignment_id = $3', [rows[0].account_id, rows[0].assignment_id])
  assert.equal((await marisol.fetch(`/api/screenings/${id}`)).status, 404)
  const { rows: events } = await admin.query(
    `select actor_id from audit.event where operation = 'screening.read' and actor_id = $1`,
    [rows[0].account_id],
  )
  assert.equal(events.length, 1)
  assert.equal((await admin.query('select 1 from cases.folder where id = $1', [caseId])).rowCount, 1)
})

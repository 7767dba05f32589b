import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { openedCase, putInCharge } from '../../../../../tests/harness/make.ts'
import { refusal } from '../../../../../tests/harness/refusal.ts'
import { oversight } from '../../contract.ts'
import { glassBody } from '../../make.ts'

let harness: Harness
let truth: pg.Client
let dalia: Persona
let bastien: Persona
let wren: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  ;[dalia, bastien, wren] = (await Promise.all((['dalia', 'bastien', 'wren'] as const).map(harness.as))) as [
    Persona,
    Persona,
    Persona,
  ]
})
after(async () => {
  await truth.end()
  await harness.stop()
})

/** A case whose erasure waits for its coordinator. */
async function waiting() {
  const id = await openedCase(harness)
  await putInCharge(harness, id)
  const { reference } = await dalia.call(cases.read, { params: { case: id } })
  const erasure = uuidv7()
  const body = { id: erasure, reference, ground: 'person-asked' as const, text: 'She asked in person.' }
  await wren.call(oversight.proposeErasure, { body })
  const erase = () =>
    dalia.call(oversight.answerErasure, { params: { erasure }, version: 1, body: { answer: 'confirmed' } })
  return { id, reference, erase }
}
const hold = (reference: string) =>
  wren.call(oversight.placeHold, { body: { id: uuidv7(), reference, reason: 'investigation' } })

test('a hold that is being placed while a case is erased is waited for, and keeps it', async () => {
  const { id, erase } = await waiting()
  await truth.query('begin')
  await truth.query(
    `insert into oversight.hold (id, country, case_id, reason, by_account) values ($1, 'XSA', $2, 'investigation', $3)`,
    [uuidv7(), id, wren.account],
  )
  const erasing = refusal(erase())
  assert.equal(await Promise.race([erasing, pause(500).then(() => 'waits')]), 'waits')
  await truth.query('commit')
  assert.equal(await erasing, 'busy')
  assert.equal(await refusal(erase()), 'not-now')
  assert.ok((await dalia.call(cases.read, { params: { case: id } })).identity)
})

test('of a hold, broken glass and an erasure at once one order is true: nothing is kept that is gone', async () => {
  for (let round = 0; round < 12; round++) {
    const { id, reference, erase } = await waiting()
    const glass = () => bastien.call(oversight.breakGlass, { body: glassBody(reference) })
    await truth.query('delete from oversight.break_glass')
    const against = round % 2 === 0 ? () => hold(reference) : glass
    const [erased, kept] = await Promise.all([refusal(erase()), refusal(against())])
    const { rows } = await truth.query(`select basis from policy.case_hidden where case_id = $1 and basis = 'erased'`, [
      id,
    ])
    assert.equal(rows.length === 1, erased === 'done', `${erased} ${kept}`)
    assert.equal([erased, kept].filter(one => one === 'done').length, 1, `${erased} ${kept}`)
  }
})

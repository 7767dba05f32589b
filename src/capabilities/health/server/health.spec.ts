import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { confirmedOrder } from '#capabilities/justice/make.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, explained, keptCase } from '../../../../tests/harness/make.ts'
import { organisationId, type PersonKey, people } from '../../../../tools/demonstration/people.ts'
import { health } from '../contract.ts'
import { agreedToHealth, noteBody, treatedByClinic } from '../make.ts'

const unit = organisationId('counter-trafficking-unit')
const shelter = organisationId('samaan-house')
let harness: Harness
let truth: pg.Client
const personas = new Map<PersonKey, Persona>()
const who = (key: PersonKey) => personas.get(key)!
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  for (const { key } of people) personas.set(key, await harness.as(key))
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const missing = { code: 'not-found' }
const write = async (of: string, change = {}) => {
  const body = noteBody(change)
  await who('jonah').call(health.write, { params: { case: of }, body })
  return body
}
const words = async (key: PersonKey, of: string) =>
  (await who(key).call(health.notes, { params: { case: of } })).items.map(one => one.text)
const closed = (key: PersonKey, of: string) => assert.rejects(words(key, of), missing, key)
const withdraw = (of: string, given: string) =>
  who('dalia').call(consent.withdraw, {
    params: { case: of, consent: given },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
/** The shelter took on a referral too. @returns the consent it stands on */
async function sheltered(of: string): Promise<string> {
  const given = consentBody([shelter])
  await who('dalia').call(consent.give, { params: { case: of }, body: given })
  const referral = uuidv7()
  await who('dalia').call(referrals.send, {
    body: {
      id: referral,
      case: of,
      kind: 'service',
      service: 'safe-accommodation',
      to: shelter,
      urgency: 'urgent',
      consent: given.id,
      share: ['ID', 'STA'],
    },
  })
  await who('celeste').call(referrals.accept, { params: { referral }, version: 1, body: {} })
  return given.id
}

test('findings stay with who treats the person: nobody else writes any, or learns that there are some', async () => {
  const { id } = await keptCase(harness)
  const params = { case: id }
  await assert.rejects(who('jonah').call(health.write, { params, body: noteBody() }), missing)
  await treatedByClinic(harness, id)
  await sheltered(id)
  const { text } = await write(id)
  assert.deepEqual(await words('jonah', id), [text])
  for (const { key } of people) {
    if (key === 'jonah') continue
    await closed(key, id)
    await assert.rejects(who(key).call(health.write, { params, body: noteBody() }), missing, key)
  }
  for (const key of ['tobias', 'dalia', 'ines'] as const) {
    const { timeline } = await who(key).call(cases.read, { params })
    assert.ok(!timeline.some(one => one.event.startsWith('health.')), key)
  }
  await treatedByClinic(harness, (await keptCase(harness)).id)
  const { rows } = await truth.query('select * from health.note where case_id = $1', [id])
  assert.ok(!JSON.stringify(rows).includes('scar') && !Buffer.from(rows[0].sealed).toString('latin1').includes('scar'))
})

test('a note is never changed: a correction stands beside it, once, by the same organisation, of the same person', async () => {
  const { id } = await keptCase(harness)
  await treatedByClinic(harness, id)
  const first = await write(id, { about: 'medicine' })
  const right = await write(id, { about: 'medicine', text: 'Half of that.', corrects: first.id })
  const { items } = await who('jonah').call(health.notes, { params: { case: id } })
  assert.deepEqual(
    items.map(one => [one.id, one.corrects, one.by]),
    [
      [right.id, first.id, 'Jonah Pickering'],
      [first.id, null, 'Jonah Pickering'],
    ],
  )
  await assert.rejects(write(id, { corrects: first.id }), { code: 'conflict' })
  await assert.rejects(write(id, { corrects: uuidv7() }), { code: 'invalid-input' })
  const other = (await keptCase(harness)).id
  await treatedByClinic(harness, other)
  await assert.rejects(write(other, { corrects: right.id }), { code: 'invalid-input' })
})

test('the coordinator in charge reads while the person agrees that the unit does, and not a request longer', async () => {
  const { id } = await keptCase(harness)
  await treatedByClinic(harness, id)
  const { text } = await write(id)
  const given = await agreedToHealth(harness, id, [unit])
  assert.deepEqual(await words('dalia', id), [text])
  const read = await who('dalia').call(health.notes, { params: { case: id } })
  assert.deepEqual([read.mayWrite, read.items[0]?.by, read.items[0]?.organisation], [false, undefined, 'Claro Clinic'])
  const { timeline } = await who('dalia').call(cases.read, { params: { case: id } })
  assert.ok(timeline.some(one => one.event === 'health.noted'))
  for (const key of ['tobias', 'ines', 'bastien', 'celeste', 'wren', 'petra'] as const) await closed(key, id)
  // In the file for the person there is nothing of it, whatever they agreed to.
  const file = await who('dalia').fetch(`/api/cases/${id}/for-the-person`)
  assert.equal(file.status, 200)
  assert.ok(!(await file.text()).includes('scar'))
  await withdraw(id, given)
  await closed('dalia', id)
  assert.deepEqual(await words('jonah', id), [text])
})

test('a consent opens nothing that it does not say: another purpose, another compartment, withheld, another reader, run out', async () => {
  const { id } = await keptCase(harness)
  await treatedByClinic(harness, id)
  await write(id)
  await sheltered(id)
  await agreedToHealth(harness, id, [unit], { purposes: ['identification'] })
  await agreedToHealth(harness, id, [unit], { compartments: ['ID', 'SVC', 'STA'] })
  await agreedToHealth(harness, id, [unit, shelter], {
    withhold: [
      { recipient: unit, compartments: ['HLT'] },
      { recipient: shelter, compartments: ['ID'] },
    ],
  })
  await closed('dalia', id)
  // Withheld from the unit by name; the shelter reads.
  assert.equal((await words('celeste', id)).length, 1)
  const short = await agreedToHealth(harness, id, [unit], { months: 1 })
  assert.equal((await words('dalia', id)).length, 1)
  await truth.query(`update consent.record set expires_at = now() where id = $1`, [short])
  await closed('dalia', id)
})

test('a shelter reads by a consent only while it helps; the clinic, while it treats the person', async () => {
  const { id } = await keptCase(harness)
  const treated = await treatedByClinic(harness, id)
  await write(id)
  await agreedToHealth(harness, id, [shelter])
  await closed('celeste', id)
  const helped = await sheltered(id)
  assert.equal((await words('celeste', id)).length, 1)
  await withdraw(id, helped)
  await closed('celeste', id)
  await withdraw(id, treated.consent)
  await closed('jonah', id)
  await assert.rejects(write(id), missing)
})

test('nobody lets their own organisation read by writing down a consent', async () => {
  const { id } = await keptCase(harness)
  await treatedByClinic(harness, id)
  await sheltered(id)
  await assert.rejects(
    who('celeste').call(consent.give, {
      params: { case: id },
      body: consentBody([shelter], { purposes: ['services'], compartments: ['HLT'] }),
    }),
    { code: 'invalid-input' },
  )
})

test('an order that names health hands over times and words, with a receipt; without it, and by broken glass, nothing', async () => {
  const { id, reference } = await keptCase(harness)
  await treatedByClinic(harness, id)
  const wrong = await write(id)
  const right = await write(id, { text: 'One wrist.', corrects: wrong.id })
  const take = async (handed: string) => {
    const receipt = uuidv7()
    await who('petra').call(justice.receive, { params: { handed }, body: { id: receipt } })
    return who('petra').call(justice.readHanded, { params: { handed, receipt } })
  }
  const without = await confirmedOrder(harness, id, who('petra'), { compartments: ['ID', 'SVC', 'LOC'] })
  assert.ok(!('health' in (await take(without)).content))
  await who('dalia').call(justice.revokeOrder, { params: { case: id, order: without }, version: 2, body: {} })
  const order = await confirmedOrder(harness, id, who('petra'), { compartments: ['HLT'] })
  const { content, receipt } = await take(order)
  assert.deepEqual(
    content.health?.map(one => [one.text, one.corrected]),
    [
      [wrong.text, true],
      [right.text, false],
    ],
  )
  assert.ok(!JSON.stringify(content).includes('Jonah') && !JSON.stringify(content).includes('Claro'))
  assert.match(receipt.hash, /^[0-9a-f]{64}$/)
  await who('celeste').call(oversight.breakGlass, {
    body: { id: uuidv7(), reference, reason: 'danger-to-life', text: 'She does not answer the door tonight.' },
  })
  await closed('celeste', id)
})

test('an erased case takes what was written of health with it', async () => {
  const { id, reference } = await keptCase(harness)
  await treatedByClinic(harness, id)
  const { id: first } = await write(id)
  await write(id, { corrects: first })
  const erasure = uuidv7()
  await who('wren').call(oversight.proposeErasure, {
    body: { id: erasure, reference, ground: 'person-asked', text: 'She asked in person.' },
  })
  await who('dalia').call(oversight.answerErasure, { params: { erasure }, version: 1, body: { answer: 'confirmed' } })
  const { rows } = await truth.query('select count(*)::int as n from health.note where case_id = $1', [id])
  assert.equal(rows[0].n, 0)
})

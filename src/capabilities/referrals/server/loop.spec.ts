import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, screeningBody } from '../../../../tests/harness/make.ts'
import { refusal } from '../../../../tests/harness/refusal.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { referrals } from '../contract.ts'
import { overdue } from './overdue.ts'

// What becomes of a referral after its answer, and of the place that was taken for the person.

let harness: Harness
let marisol: Persona
let celeste: Persona
const shelter = organisationId('samaan-house')
before(async () => {
  harness = await startHarness()
  ;[marisol, celeste] = await Promise.all([harness.as('marisol'), harness.as('celeste')])
})
after(() => harness.stop())

/** A house with so many places for women, all of them free. */
async function house(total: number): Promise<string> {
  const id = uuidv7()
  const params = { organisation: shelter }
  await celeste.call(directory.offer, { params, body: { id, kind: 'safe-accommodation', languages: ['en'] } })
  const body = { places: total === 0 ? [] : [{ kind: 'woman' as const, total, free: total }] }
  await celeste.call(directory.setPlaces, { params: { ...params, service: id }, version: 1, body })
  return id
}
const free = async (offer: string): Promise<number | undefined> =>
  (await celeste.call(directory.get, { params: { organisation: shelter } })).services.find(one => one.id === offer)
    ?.places[0]?.free
async function asked(offer?: string, place?: 'woman' | 'man', urgency: 'urgent' | 'emergency' = 'urgent') {
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const given = consentBody([shelter])
  await marisol.call(consent.give, { params: { case: body.case }, body: given })
  const referral = uuidv7()
  await marisol.call(referrals.send, {
    body: {
      ...{ id: referral, case: body.case, kind: 'service', service: 'safe-accommodation', to: shelter, urgency },
      ...{ consent: given.id, share: ['ID'], ...(offer ? { offer } : {}), ...(place ? { place } : {}) },
    },
  })
  return referral
}
const read = (by: Persona, referral: string) => by.call(referrals.read, { params: { referral } })
type Verb = 'accept' | 'begin' | 'finish' | 'end' | 'decline'
const move = (by: Persona, verb: Verb, referral: string, version: number, body: Record<string, unknown> = {}) =>
  refusal(by.call(referrals[verb] as typeof referrals.accept, { params: { referral }, version, body }))

test('a service begins and is done: who asked sees it, the place is free again, and what was shared closes', async () => {
  const offer = await house(2)
  const referral = await asked(offer, 'woman')
  assert.deepEqual((await read(marisol, referral)).place, 'woman')
  assert.equal(await move(celeste, 'begin', referral, 1), 'already-answered')
  assert.equal(await move(celeste, 'accept', referral, 1), 'done')
  assert.equal(await free(offer), 1)
  assert.equal((await read(celeste, referral)).placeTaken, 'woman')
  assert.ok((await read(celeste, referral)).identity)
  assert.equal(await move(marisol, 'begin', referral, 2), 'not-found')
  assert.equal(await move(celeste, 'begin', referral, 2), 'done')
  assert.equal(await move(celeste, 'begin', referral, 3), 'already-answered')
  assert.equal(await move(celeste, 'finish', referral, 3, { outcome: 'perhaps' }), 'outcome choice')
  assert.equal(await move(celeste, 'finish', referral, 3, { outcome: 'helped-in-part' }), 'done')
  assert.equal(await free(offer), 2)
  const seen = await read(marisol, referral)
  assert.deepEqual([seen.status, seen.outcome, seen.moves], ['done', 'helped-in-part', []])
  assert.ok(seen.beganAt && seen.finishedAt)
  assert.equal((await read(celeste, referral)).identity, undefined)
  assert.equal(await move(celeste, 'end', referral, 4, { reason: 'other' }), 'not-found')
})

test('a part is taken on in words, and nobody says which part for them', async () => {
  const referral = await asked()
  assert.equal(await move(celeste, 'accept', referral, 1, { part: true }), 'answer required')
  assert.equal(await move(celeste, 'accept', referral, 1, { part: true, answer: 'Meals, no bed.' }), 'done')
  const seen = await read(marisol, referral)
  assert.deepEqual([seen.status, seen.answer], ['partly-accepted', 'Meals, no bed.'])
  assert.equal(await move(celeste, 'finish', referral, 2, { outcome: 'helped' }), 'done')
})

test('who asked may end it; the house says itself when its bed is free', async () => {
  const offer = await house(1)
  const referral = await asked(offer, 'woman')
  assert.equal(await move(celeste, 'accept', referral, 1), 'done')
  assert.equal(await move(marisol, 'end', referral, 2, { reason: 'person-declined' }), 'done')
  assert.equal(await free(offer), 0)
  const seen = await read(celeste, referral)
  assert.deepEqual([seen.status, seen.endReason, seen.identity], ['ended', 'person-declined', undefined])
  const other = await asked(await house(1), 'woman')
  await move(celeste, 'accept', other, 1)
  assert.equal(await move(celeste, 'end', other, 2, { reason: 'person-left' }), 'done')
  assert.equal((await read(marisol, other)).endReason, 'person-left')
})

test('an offer that is not theirs, or not this service, is refused by name; a house that counts no places takes none', async () => {
  const clinic = await harness.as('jonah')
  const foreign = uuidv7()
  await clinic.call(directory.offer, {
    params: { organisation: clinic.organisation },
    body: { id: foreign, kind: 'safe-accommodation', languages: [] },
  })
  assert.equal(await refusal(asked(foreign)), 'offer not-offered')
  assert.equal(await refusal(asked(uuidv7())), 'offer not-offered')
  const uncounted = await house(0)
  const referral = await asked(uncounted, 'woman')
  assert.equal(await move(celeste, 'accept', referral, 1), 'done')
  assert.equal((await read(celeste, referral)).placeTaken, null)
})

test('of fifty who are accepted at once into three places three are, and no place is below nothing', async () => {
  const offer = await house(3)
  const waiting = await Promise.all(Array.from({ length: 50 }, () => asked(offer, 'woman')))
  const ends = await Promise.all(waiting.map(one => move(celeste, 'accept', one, 1)))
  assert.deepEqual(
    [...new Set(ends)].sort().map(end => [end, ends.filter(one => one === end).length]),
    [
      ['done', 3],
      ['place no-free-place', 47],
    ],
  )
  assert.equal(await free(offer), 0)
  const statuses = await Promise.all(waiting.map(async one => (await read(celeste, one)).status))
  assert.equal(statuses.filter(one => one === 'accepted').length, 3)
  assert.equal(statuses.filter(one => one === 'sent').length, 47)
})

test('a question for a service that nobody answers in twice its time is over, and what it shared closes', async () => {
  const referral = await asked(undefined, undefined, 'emergency')
  const connections = pool(harness.database.url('jobs'), 1, 'test-jobs')
  const run = (hours: number) =>
    inTransaction(connections, undefined, tx => overdue.run(tx, new Date(Date.now() + hours * 3_600_000)))
  try {
    await run(1.9)
    assert.equal((await read(marisol, referral)).status, 'sent')
    await run(2.1)
    await run(2.1)
  } finally {
    await connections.end()
  }
  assert.equal((await read(marisol, referral)).status, 'expired')
  assert.equal((await read(celeste, referral)).identity, undefined)
  assert.equal(await move(celeste, 'accept', referral, 2), 'not-found')
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type Harness, startHarness } from './harness/harness.ts'
import { decisionBody, explained, screenedBody } from './harness/make.ts'

let harness: Harness
before(async () => {
  harness = await startHarness()
})
after(() => harness.stop())

test('an officer screens and refers, the unit opens and decides, a shelter accepts', async () => {
  const marisol = await harness.as('marisol')
  const tobias = await harness.as('tobias')
  const dalia = await harness.as('dalia')
  const ines = await harness.as('ines')
  const celeste = await harness.as('celeste')
  const unit = organisationId('counter-trafficking-unit')
  const shelter = organisationId('samaan-house')

  const made = screenedBody({ story: 'He said the boat left without him.' })
  const recorded = await marisol.call(screening.record, { body: made })
  assert.equal(recorded.talkFurther, true)
  const consentId = uuidv7()
  await marisol.call(consent.give, {
    params: { case: made.case },
    body: {
      id: consentId,
      ...explained('sharing-1'),
      purposes: ['identification', 'services'],
      recipients: [unit, shelter],
      compartments: ['ID', 'SVC', 'STA'],
      withhold: [{ recipient: shelter, compartments: ['SVC'] }],
    },
  })
  const referral = uuidv7()
  await marisol.call(referrals.send, {
    body: {
      id: referral,
      case: made.case,
      kind: 'identification',
      to: unit,
      urgency: 'urgent',
      consent: consentId,
      share: ['ID', 'SVC', 'STA'],
      message: 'He waits at the office until five.',
    },
  })

  const inbox = await tobias.call(referrals.list, { query: { box: 'inbox' } })
  assert.equal(inbox.items[0]?.id, referral)
  const seen = await tobias.call(referrals.read, { params: { referral } })
  assert.equal(seen.message, 'He waits at the office until five.')
  assert.equal(seen.identity?.givenName, 'Yeferson')
  assert.deepEqual(seen.moves, ['acknowledge', 'accept', 'decline'])
  await tobias.call(referrals.acknowledge, { params: { referral }, body: {}, version: 1 })
  await tobias.call(referrals.accept, { params: { referral }, body: {}, version: 2 })
  const opened = await tobias.call(referrals.caseFile, { params: { case: made.case } })
  assert.equal(opened.case.status, 'opened')
  assert.equal(opened.case.clocks.length, 1)
  await tobias.call(charge.assign, {
    params: { case: made.case },
    body: { coordinator: dalia.account },
    version: opened.case.version,
  })
  const told = await ines.call(screening.ofCase, { params: { case: made.case } })
  assert.equal(told.items[0]?.story, 'He said the boat left without him.')

  const before = await ines.call(cases.read, { params: { case: made.case } })
  await ines.call(cases.decide, {
    params: { case: made.case },
    body: await decisionBody(ines, made.case, 'positive'),
    version: before.version,
  })
  const decided = await ines.call(cases.read, { params: { case: made.case } })
  assert.equal(decided.identification, 'reasonable-grounds')

  const bed = uuidv7()
  await dalia.call(referrals.send, {
    body: {
      id: bed,
      case: made.case,
      kind: 'service',
      service: 'safe-accommodation',
      to: shelter,
      urgency: 'emergency',
      consent: consentId,
      share: ['ID', 'STA'],
    },
  })
  const atShelter = await celeste.call(referrals.read, { params: { referral: bed } })
  assert.equal(atShelter.identity?.givenName, 'Yeferson')
  await celeste.call(referrals.accept, { params: { referral: bed }, body: { answer: 'A room is ready.' }, version: 1 })
  const answered = await dalia.call(referrals.read, { params: { referral: bed } })
  assert.equal(answered.status, 'accepted')
  assert.equal(answered.answer, 'A room is ready.')
  const found = await tobias.call(cases.search, { query: { words: 'Yefer' } })
  assert.equal(found.items[0]?.id, made.case)
})

test('the coded list leaves as CSV, whole and without a name', async () => {
  const tobias = await harness.as('tobias')
  const response = await tobias.fetch('/api/cases/export.csv')
  assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8')
  const lines = (await response.text()).trim().split('\r\n')
  assert.match(lines[0]!, /^reference,status,/)
  assert.equal(lines.length, 2)
  assert.doesNotMatch(lines.join(), /Yeferson/)
  const marisol = await harness.as('marisol')
  assert.equal((await marisol.fetch('/api/cases/export.csv')).status, 404)
})

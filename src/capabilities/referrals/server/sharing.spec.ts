import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, explained, screeningBody } from '../../../../tests/harness/make.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { referrals } from '../contract.ts'

let harness: Harness
let marisol: Persona
let celeste: Persona
const shelter = organisationId('samaan-house')
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
  celeste = await harness.as('celeste')
})
after(() => harness.stop())

const codeOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
async function screened(give: Parameters<typeof consentBody>[1] = {}) {
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const given = consentBody([shelter], give)
  await marisol.call(consent.give, { params: { case: body.case }, body: given })
  const referral = uuidv7()
  const send = (share: ('ID' | 'SVC' | 'LOC')[], to = shelter) =>
    marisol.call(referrals.send, {
      body: {
        id: referral,
        case: body.case,
        kind: 'service',
        service: 'safe-accommodation',
        to,
        urgency: 'urgent',
        consent: given.id,
        share,
      },
    })
  return { caseId: body.case, consentId: given.id, referral, send }
}

test('nothing is shared that the person did not agree to, or withheld from that recipient', async () => {
  const narrow = await screened({ compartments: ['STA'] })
  assert.equal(await codeOf(narrow.send(['ID'])), 'invalid-input')
  const withheld = await screened({ withhold: [{ recipient: shelter, compartments: ['ID'] }] })
  assert.equal(await codeOf(withheld.send(['ID'])), 'invalid-input')
  const other = await screened()
  assert.equal(await codeOf(other.send(['ID'], organisationId('claro-clinic'))), 'invalid-input')
})

test('what the person keeps from the unit stays from it also when it opens the case, and goes to another', async () => {
  const unit = organisationId('counter-trafficking-unit')
  const body = screeningBody({ story: 'He was told to wait by the quay.' })
  await marisol.call(screening.record, { body })
  const given = consentBody([unit, shelter], {
    withhold: [
      { recipient: unit, compartments: ['SVC'] },
      { recipient: organisationId('claro-clinic'), compartments: ['ID', 'SVC', 'STA'] },
    ],
  })
  await marisol.call(consent.give, { params: { case: body.case }, body: given })
  const referral = uuidv7()
  const send = (to: string, share: ('ID' | 'SVC')[], kind: 'identification' | 'service' = 'identification') =>
    marisol.call(referrals.send, {
      body: {
        id: referral,
        case: body.case,
        kind,
        ...(kind === 'service' ? { service: 'medical-care' as const } : {}),
        to,
        urgency: 'urgent',
        consent: given.id,
        share,
      },
    })
  const refused = await send(unit, ['ID', 'SVC']).catch(error => error)
  assert.deepEqual(
    refused.fields.map((one: { field: string; code: string }) => [one.field, one.code]),
    [['share', 'not-agreed']],
  )
  // Who is not to know at all is asked for nothing, not even with coded data only.
  assert.equal(await codeOf(send(organisationId('claro-clinic'), [], 'service')), 'invalid-input')
  await send(unit, ['ID'])
  const tobias = await harness.as('tobias')
  const told = async () => (await tobias.call(screening.read, { params: { screening: body.id } })).story
  assert.equal(await told(), undefined)
  await tobias.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  assert.equal(await told(), undefined)
  assert.equal((await tobias.call(referrals.read, { params: { referral } })).identity?.givenName, 'Yeferson')
  // The same story, where nothing is kept from the unit.
  const open = screeningBody({ story: 'He was told to wait by the quay.' })
  await marisol.call(screening.record, { body: open })
  const all = consentBody([unit])
  await marisol.call(consent.give, { params: { case: open.case }, body: all })
  await marisol.call(referrals.send, {
    body: {
      id: uuidv7(),
      case: open.case,
      kind: 'identification',
      to: unit,
      urgency: 'urgent',
      consent: all.id,
      share: ['ID', 'SVC'],
    },
  })
  assert.equal((await tobias.call(screening.read, { params: { screening: open.id } })).story, open.story)
})

test('what the sender does not hold is refused by its name, also where the person agreed to it', async () => {
  const { send } = await screened({ compartments: ['ID', 'LOC', 'STA'] })
  for (const [share, field] of [
    [['LOC'], 'share.0'],
    [['ID', 'LOC'], 'share.1'],
  ] as const) {
    const refused = await send([...share]).catch(error => error)
    assert.equal(refused.status, 400)
    assert.deepEqual(
      refused.fields.map((one: { field: string }) => one.field),
      [field],
    )
  }
})

test('a shelter writes down that the person withdraws once it has accepted, and is offered it only then', async () => {
  const { caseId, consentId, referral, send } = await screened()
  await send(['ID'])
  const offered = async () => (await celeste.call(referrals.read, { params: { referral } })).moves
  const withdrawing = () =>
    celeste.call(consent.withdraw, {
      params: { case: caseId, consent: consentId },
      body: { id: uuidv7(), ...explained('withdrawing-1') },
    })
  assert.ok(!(await offered()).includes('withdrawConsent'))
  assert.equal(await codeOf(withdrawing()), 'not-found')
  await celeste.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  assert.deepEqual(await offered(), ['begin', 'finish', 'end', 'withdrawConsent', 'readWhere', 'sayWhere'])
  assert.equal(await codeOf(withdrawing()), 'done')
  assert.deepEqual(await offered(), [])
})

test('the unit that opened the case keeps what it was told after a withdrawal, a service does not', async () => {
  const unit = organisationId('counter-trafficking-unit')
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const given = consentBody([unit, shelter])
  await marisol.call(consent.give, { params: { case: body.case }, body: given })
  const to = async (kind: 'identification' | 'service', organisation: string) => {
    const id = uuidv7()
    await marisol.call(referrals.send, {
      body: {
        id,
        case: body.case,
        kind,
        ...(kind === 'service' ? { service: 'safe-accommodation' as const } : {}),
        to: organisation,
        urgency: 'urgent',
        consent: given.id,
        share: ['ID'],
      },
    })
    return id
  }
  const [forUnit, forShelter] = [await to('identification', unit), await to('service', shelter)]
  const tobias = await harness.as('tobias')
  await tobias.call(referrals.accept, { params: { referral: forUnit }, version: 1, body: {} })
  await celeste.call(referrals.accept, { params: { referral: forShelter }, version: 1, body: {} })
  await marisol.call(consent.withdraw, {
    params: { case: body.case, consent: given.id },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  const named = async (by: Persona, referral: string) =>
    (await by.call(referrals.read, { params: { referral } })).identity?.givenName
  assert.equal(await named(tobias, forUnit), 'Yeferson')
  assert.equal(await named(celeste, forShelter), undefined)
  // Nothing new on a consent that ended.
  assert.equal(await codeOf(to('identification', unit)), 'invalid-input')
})

test('the recipient sees the person while the share lives: declining closes it', async () => {
  const { referral, send } = await screened()
  await send(['ID'])
  assert.equal((await celeste.call(referrals.read, { params: { referral } })).identity?.givenName, 'Yeferson')
  await celeste.call(referrals.decline, { params: { referral }, version: 1, body: { reason: 'no-place' } })
  assert.equal((await celeste.call(referrals.read, { params: { referral } })).identity, undefined)
})

test('a withdrawal closes the share at the next read', async () => {
  const { caseId, consentId, referral, send } = await screened()
  await send(['ID'])
  await marisol.call(consent.withdraw, {
    params: { case: caseId, consent: consentId },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  assert.equal((await celeste.call(referrals.read, { params: { referral } })).identity, undefined)
  const again = await screened()
  assert.equal(await codeOf(again.send(['ID'])), 'done')
})

test('a consent withdrawn twice is withdrawn once, and a withdrawn one carries no share', async () => {
  const { caseId, consentId, send } = await screened()
  const withdrawal = () =>
    marisol.call(consent.withdraw, {
      params: { case: caseId, consent: consentId },
      body: { id: uuidv7(), ...explained('withdrawing-1') },
    })
  const first = await withdrawal()
  assert.deepEqual(await withdrawal(), first)
  assert.equal(await codeOf(send(['ID'])), 'invalid-input')
})

test('a referral is answered once', async () => {
  const { referral, send } = await screened()
  await send(['ID'])
  await celeste.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  const late = celeste.call(referrals.decline, { params: { referral }, version: 2, body: { reason: 'no-place' } })
  assert.equal(await codeOf(late), 'already-answered')
})

test('sending needs no score: a screening without an answer can be referred', async () => {
  const body = screeningBody({ signs: [], answers: {}, identity: {} })
  await marisol.call(screening.record, { body })
  const given = consentBody([organisationId('counter-trafficking-unit')])
  await marisol.call(consent.give, { params: { case: body.case }, body: given })
  const sent = marisol.call(referrals.send, {
    body: {
      id: uuidv7(),
      case: body.case,
      kind: 'identification',
      to: organisationId('counter-trafficking-unit'),
      urgency: 'routine',
      consent: given.id,
      share: ['ID'],
    },
  })
  assert.equal(await codeOf(sent), 'done')
})

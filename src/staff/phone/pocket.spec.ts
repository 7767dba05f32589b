import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { auth } from '#platform/auth/contract.ts'
import { newId } from '../api.ts'
import { device, makeClock, makePorts, makeTransport, noSeal, prfOf, start } from '../offline/make.ts'
import { openPhone } from '../offline/phone.ts'
import type { Me } from '../session.ts'
import { copyOf } from './copy.ts'
import { findDraftOf, keepDraftOf } from './drafts.ts'
import { type Online, phoneHere, tellPhone } from './here.ts'
import { pocketOf } from './pocket.ts'
import { holdCopy, keepAnswers, refresh } from './sender.ts'

const unit = newId()
const me = {
  account: device.account,
  name: 'Marisol Prentice',
  current: { assignment: newId(), purpose: 'identification' },
  assignments: [],
} as unknown as Me

/** A server by what it answers; a number is a refusal with that status, nothing is silence. */
function makeServer() {
  const answers = new Map<string, unknown>()
  const asked: { id: string; key: string | undefined }[] = []
  const online: Online = async (operation, parts) => {
    asked.push({ id: operation.id, key: parts.key })
    if (!answers.has(operation.id)) throw new TypeError('no signal')
    const answer = answers.get(operation.id)
    if (typeof answer === 'number') throw Object.assign(new Error('refused'), { status: answer })
    return answer as never
  }
  return { answers, asked, online }
}

async function makeStage() {
  const clock = makeClock()
  const phone = await openPhone(makePorts(clock), { seal: noSeal })
  await phone.vault.create({ prf: prfOf(1) }, start)
  await phone.enrol(device)
  const copy = copyOf(phone, me)
  holdCopy(copy)
  tellPhone({ state: 'unlocked', waiting: [], reach: 'unknown', signedOut: false })
  const pocket = pocketOf(phone, copy)
  tellPhone({ pocket })
  const server = makeServer()
  const arrive = async () => {
    await phone.send(makeTransport())
    copy.forget()
    await refresh(phone)
  }
  return { phone, copy, pocket, arrive, ...server }
}
type Stage = Awaited<ReturnType<typeof makeStage>>

const said = () => ({
  textVersion: 'sharing-1' as const,
  language: 'es',
  interpreter: 'none' as const,
  givenBy: 'person' as const,
  form: 'oral-certified' as const,
  saidAt: new Date(start).toISOString(),
})
const screeningOf = (id = newId(), caseId = newId()) => ({
  id,
  case: caseId,
  country: 'XSA',
  language: 'es',
  interpreter: 'none' as const,
  placeSafe: true,
  danger: false,
  child: 'no' as const,
  limitsTold: { id: newId(), ...said(), textVersion: 'limits-1' as const },
  worried: true,
  story: 'The pay never came.',
  identity: { givenName: 'Yeferson' },
  urgency: 'urgent' as const,
  saidAt: new Date(start).toISOString(),
})
const record = (stage: Stage, body = screeningOf()) =>
  stage.pocket.command(screening.record, { body, key: newId() }, stage.online).then(() => body)
const give = (stage: Stage, caseId: string, id = newId()) =>
  stage.pocket.command(
    consent.give,
    {
      params: { case: caseId },
      body: {
        id,
        ...said(),
        purposes: ['identification'],
        recipients: [unit],
        compartments: ['ID', 'STA'],
        withhold: [],
      },
      key: newId(),
    },
    stage.online,
  )
const send = (stage: Stage, caseId: string, consentId: string, id = newId()) =>
  stage.pocket.command(
    referrals.send,
    {
      body: {
        id,
        case: caseId,
        kind: 'identification',
        to: unit,
        urgency: 'urgent',
        consent: consentId,
        share: ['ID', 'STA'],
      },
      key: newId(),
    },
    stage.online,
  )
const operationsIn = async ({ phone }: Stage) =>
  Promise.all((await phone.outbox.list()).map(async ({ id }) => (await phone.outbox.read(id))!.operation))

describe('a phone without signal', () => {
  test('keeps a screening, a consent and a referral, and shows them as the pages read them', async () => {
    const stage = await makeStage()
    const { pocket, online } = stage
    const body = await record(stage)
    const agreed = newId()
    await give(stage, body.case, agreed)
    const letter = newId()
    await send(stage, body.case, agreed, letter)
    assert.deepEqual(await operationsIn(stage), ['screening.record', 'consent.give', 'referrals.send'])
    const [first, second, third] = await stage.phone.outbox.list()
    assert.deepEqual([second!.needs, third!.needs], [[first!.id], [first!.id, second!.id]])

    const list = await pocket.read(screening.list, {}, online)
    assert.deepEqual(
      list.items.map(row => [row.id, row.case, row.referred]),
      [[body.id, body.case, true]],
    )
    const found = await pocket.read(screening.read, { params: { screening: body.id } }, online)
    assert.equal(found.story, 'The pay never came.')
    const ledger = await pocket.read(consent.list, { params: { case: body.case } }, online)
    assert.deepEqual(
      ledger.items.map(one => [one.kind, one.live]),
      [
        ['limits-told', false],
        ['given', true],
      ],
    )
    const sent = await pocket.read(referrals.list, { query: { box: 'sent' } }, online)
    assert.deepEqual(
      sent.items.map(row => [row.id, row.reference]),
      [[letter, found.reference]],
    )
    assert.equal((await pocket.read(referrals.read, { params: { referral: letter } }, online)).to.organisation, unit)
    assert.deepEqual(
      phoneHere().waiting.map(one => one.record),
      [body.id, agreed, letter],
    )
  })

  test('what arrived is shown once, by what the server says of it', async () => {
    const stage = await makeStage()
    const { pocket, online, answers, phone } = stage
    const body = await record(stage)
    await stage.arrive()
    assert.deepEqual(phoneHere().waiting, [])
    assert.equal((await pocket.read(screening.list, {}, online)).items.length, 1)
    const { items } = await pocket.read(screening.list, {}, online)
    const row = { ...items[0]!, reference: 'XSA-26-0001' }
    await phone.rows.put({ kind: 'screening', id: body.id, value: row, pulled: true, group: body.case })
    stage.copy.forget()
    const after = await pocket.read(screening.list, {}, online)
    assert.deepEqual(
      after.items.map(one => one.reference),
      ['XSA-26-0001'],
    )
    answers.set(screening.list.id, { items: [{ ...row, reference: 'XSA-26-0002' }] })
    const fresh = makeServer()
    fresh.answers.set(screening.list.id, { items: [{ ...row, reference: 'XSA-26-0002' }] })
    const told = await pocketOf(phone, stage.copy).read(screening.list, {}, fresh.online)
    assert.deepEqual(
      told.items.map(one => one.reference),
      ['XSA-26-0002'],
    )
  })

  test('a withdrawal finished here ends a consent at once for the pages', async () => {
    const stage = await makeStage()
    const body = await record(stage)
    const agreed = newId()
    await give(stage, body.case, agreed)
    const parts = { params: { case: body.case, consent: agreed }, body: { id: newId(), ...said() }, key: newId() }
    await stage.pocket.command(consent.withdraw, parts as never, stage.online)
    const ledger = await stage.pocket.read(consent.list, { params: { case: body.case } }, stage.online)
    assert.deepEqual(
      ledger.items.filter(one => one.live),
      [],
    )
  })

  test('answers what was kept of the country and the directory, and nothing that was not', async () => {
    const stage = await makeStage()
    const { answers, pocket, online, copy } = stage
    const country = { code: 'XSA', names: { en: 'Samaan' } }
    await copy.keepAnswer(directory.country, {}, country as never)
    const body = { kind: 'ngo', competent: false, active: true, phone: null, services: [] } as const
    const clinic = { ...body, id: newId(), name: 'Samaan House', services: ['medical-care' as const] }
    const police = { ...body, id: newId(), name: 'The Unit', kind: 'police' as const, services: [] }
    const looked = (query: object) => pocket.read(directory.list, { query }, online)
    await assert.rejects(looked({}), TypeError)
    await copy.keepAnswer(directory.list, { query: { limit: '100' } }, { items: [clinic, police] })
    assert.deepEqual(await pocket.read(directory.country, {}, online), country)
    assert.deepEqual(await looked({ limit: '100' }), { items: [clinic, police] })
    // As the server would find them.
    assert.deepEqual(await looked({ search: 'house' }), { items: [clinic] })
    assert.deepEqual(await looked({ service: 'medical-care' }), { items: [clinic] })
    assert.deepEqual(await looked({ kind: 'police', service: 'medical-care' }), { items: [] })
    // A country with more than a page of them.
    const last = { ...police, id: newId(), name: 'Zone Unit' }
    await copy.keepAnswer(directory.list, { query: { limit: '100' } }, { items: [clinic, police], next: police.id })
    await copy.keepAnswer(directory.list, { query: { limit: '100', after: police.id } }, { items: [last] })
    assert.deepEqual(await looked({ limit: '100' }), { items: [clinic, police, last] })
    await assert.rejects(pocket.read(directory.get, { params: { organisation: unit } }, online), TypeError)
    answers.set(auth.me.id, 401)
    assert.equal((await pocketOf(stage.phone, copy).read(auth.me, {}, online)).name, 'Marisol Prentice')
    assert.equal(phoneHere().signedOut, true)
  })
})

describe('a phone with signal', () => {
  test('asks the server first, keeps nothing that it took, and shows its errors', async () => {
    const stage = await makeStage()
    stage.answers.set(screening.record.id, { id: newId() })
    await record(stage)
    assert.deepEqual(await stage.phone.outbox.list(), [])
    stage.answers.set(screening.record.id, 400)
    await assert.rejects(record(stage), { status: 400 })
    assert.deepEqual(await stage.phone.outbox.list(), [])
  })

  test('a session that is over, or a server in trouble, makes a command wait', async () => {
    for (const status of [401, 500, 503]) {
      const stage = await makeStage()
      stage.answers.set(screening.record.id, status)
      await record(stage)
      assert.deepEqual(await operationsIn(stage), ['screening.record'], String(status))
      assert.equal(phoneHere().signedOut, status === 401)
    }
  })

  test('a lost answer is sent again under the same id, so that it is one deed', async () => {
    const stage = await makeStage()
    const body = screeningOf()
    const key = newId()
    await stage.pocket.command(screening.record, { body, key }, stage.online)
    assert.deepEqual(stage.asked, [{ id: 'screening.record', key }])
    const [item] = await stage.phone.outbox.list()
    assert.equal(item!.id, key)
    // Pressed once more, it is still one.
    await stage.pocket.command(screening.record, { body, key }, stage.online)
    assert.equal((await stage.phone.outbox.list()).length, 1)
  })

  test('what needs something that still waits, waits behind it', async () => {
    const stage = await makeStage()
    const body = await record(stage)
    const pocket = pocketOf(stage.phone, stage.copy)
    stage.answers.set(consent.give.id, { id: newId() })
    await give({ ...stage, pocket }, body.case)
    assert.equal(
      stage.asked.some(one => one.id === consent.give.id),
      false,
    )
    await give({ ...stage, pocket }, newId())
    assert.equal(
      stage.asked.some(one => one.id === consent.give.id),
      true,
    )
  })

  test('what was refused holds up only what needs it', async () => {
    const stage = await makeStage()
    const { phone } = stage
    const body = await record(stage)
    const agreed = newId()
    await give(stage, body.case, agreed)
    const refusing = makeTransport({
      deliver: async id =>
        (await phone.outbox.read(id))?.operation === 'consent.give'
          ? { state: 'refused', code: 'invalid-input' }
          : { state: 'done' },
    })
    await phone.send(refusing)
    await refresh(phone)
    await give(stage, body.case)
    await send(stage, body.case, agreed)
    const [, refused, again, letter] = await phone.outbox.list()
    assert.deepEqual([refused!.state, again!.needs, letter!.needs.includes(refused!.id)], ['refused', [], true])
  })

  test('a withdrawal waits for the yes it ends and for nothing else that is held up', async () => {
    const stage = await makeStage()
    const body = await record(stage)
    const agreed = newId()
    await give(stage, body.case, agreed)
    await send(stage, body.case, agreed)
    const [, given] = await stage.phone.outbox.list()
    const parts = { params: { case: body.case, consent: agreed }, body: { id: newId(), ...said() }, key: newId() }
    await stage.pocket.command(consent.withdraw, parts as never, stage.online)
    assert.deepEqual((await stage.phone.outbox.list()).at(-1)!.needs, [given!.id])
    const other = { ...parts, params: { case: body.case, consent: newId() }, key: newId() }
    await pocketOf(stage.phone, stage.copy).command(consent.withdraw, other as never, stage.online)
    assert.deepEqual((await stage.phone.outbox.list()).at(-1)!.needs, [])
  })

  test('what may no longer be read is not shown from the copy', async () => {
    const stage = await makeStage()
    const id = newId()
    await stage.phone.rows.put({ kind: 'screening', id, value: { id, case: newId() }, pulled: true })
    assert.equal((await stage.pocket.read(screening.read, { params: { screening: id } }, stage.online)).id, id)
    stage.answers.set(screening.read.id, 404)
    const pocket = pocketOf(stage.phone, stage.copy)
    await assert.rejects(pocket.read(screening.read, { params: { screening: id } }, stage.online), { status: 404 })
  })

  test('what is asked about the country is kept; what never changes is asked once', async () => {
    const stage = await makeStage()
    const { answers, copy, asked } = stage
    tellPhone({ pocket: { ...stage.pocket, read: (operation, parts) => stage.online(operation, parts) } })
    answers.set(directory.country.id, { code: 'XSA' })
    answers.set(directory.list.id, { items: [] })
    answers.set(screening.instruments.id, { items: [{ code: 'card-labour', version: '1' }] })
    answers.set(screening.instrument.id, { form: { id: 'card-labour' } })
    await keepAnswers(copy)
    await keepAnswers(copy)
    const times = (id: string) => asked.filter(one => one.id === id).length
    assert.deepEqual([times(directory.country.id), times(screening.instrument.id)], [2, 1])
    const parts = { params: { instrument: 'card-labour' }, query: { version: '1' } }
    assert.deepEqual(await copy.answer(screening.instrument, parts), { form: { id: 'card-labour' } })
  })
})

describe('unfinished work', () => {
  test('is sealed on the phone, and gone from memory when it locks', async () => {
    const stage = await makeStage()
    keepDraftOf('screening', { story: 'half' })
    for (let tries = 0; tries < 50 && !(await stage.phone.rows.get('draft', 'screening')); tries++)
      await new Promise(resolve => setTimeout(resolve, 5))
    assert.deepEqual((await stage.phone.rows.get('draft', 'screening'))?.value, { story: 'half' })
    tellPhone({ state: 'locked', pocket: undefined })
    assert.equal(findDraftOf('screening'), undefined)
  })

  test('a refused screening is put right from its own draft and keeps its id', async () => {
    const stage = await makeStage()
    const { phone, pocket } = stage
    const body = screeningOf()
    keepDraftOf('screening', { made: body.id })
    await record(stage, body)
    const [item] = await phone.outbox.list()
    const refused = {
      state: 'refused',
      code: 'invalid-input',
      fields: [{ field: 'identity.phone', code: 'phone' }],
    } as const
    await phone.send(makeTransport({ deliver: async () => refused }))
    await refresh(phone)
    const draft = (await phone.outbox.read(item!.id))!.draft as object
    keepDraftOf('screening', { ...draft, replaces: item!.id })
    const better = { ...body, story: 'Put right.' }
    await pocket.command(screening.record, { body: better, key: newId() }, stage.online)
    keepDraftOf('screening', undefined)
    const items = await phone.outbox.list()
    assert.deepEqual(
      items.map(one => [one.id, one.state]),
      [[item!.id, 'waiting']],
    )
    assert.equal(((await phone.outbox.read(item!.id))!.body as { story: string }).story, 'Put right.')
  })
})

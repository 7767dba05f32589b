import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, openedCase, screenedBody, screeningBody } from '../../../../tests/harness/make.ts'
import { organisationId, type PersonKey } from '../../../../tools/demonstration/people.ts'
import { screening } from '../contract.ts'
import type { Instrument } from '../instrument.ts'
import { labourCard } from '../instruments/card-labour.ts'
import { shortScreen } from '../instruments/short-screen.ts'
import { instrumentWorkbook } from './sheets/instrument-workbook.ts'

let harness: Harness
let client: pg.Client
const personas = new Map<PersonKey, Persona>()
before(async () => {
  harness = await startHarness()
  client = new pg.Client({ connectionString: harness.database.url('super') })
  await client.connect()
  for (const key of ['silas', 'odette', 'marisol', 'tobias', 'ines'] as const) personas.set(key, await harness.as(key))
})
after(async () => {
  await client.end()
  await harness.stop()
})
const as = (key: PersonKey) => personas.get(key)!

type Body = ReturnType<typeof screenedBody>
const record = (body: Body) => as('marisol').call(screening.record, { body })
const read = (body: Body) => as('marisol').call(screening.read, { params: { screening: body.id } })
/** The fields that a screening was refused for, each with its code. */
const wrong = (change: Partial<Body>): Promise<string[]> =>
  record(screenedBody(change)).then(
    () => [],
    (refusal: Refusal) => refusal.fields.map(one => `${one.field} ${one.code}`),
  )
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
const card = (answers: Record<string, unknown>, more: Partial<NonNullable<Body['card']>> = {}) => ({
  instrument: 'labour-sign-card',
  version: labourCard.form.version,
  answers,
  ...more,
})
const asked = (answers: Record<string, unknown>, more: Partial<NonNullable<Body['shortScreen']>> = {}) => ({
  instrument: 'short-screen',
  version: shortScreen.form.version,
  answers,
  ...more,
})

test('a screening says which card and which questions, in which version, and reads by their own rules', async () => {
  const body = screenedBody({
    card: card({ signs: ['kept-in', 'long-hours'], noticed: 'Bars on every window of the shed.' }),
    shortScreen: asked({ papers: 'yes', debt: 'not-said', contact: 'unknown' }),
  })
  assert.equal((await record(body)).talkFurther, true)
  const seen = await read(body)
  assert.deepEqual(
    [seen.card?.instrument, seen.card?.version, seen.shortScreen?.instrument, seen.shortScreen?.version],
    ['labour-sign-card', labourCard.form.version, 'short-screen', shortScreen.form.version],
  )
  assert.deepEqual(seen.signs, ['kept-in', 'long-hours'])
  // Not saying, not knowing and not being asked are answers of their own.
  assert.deepEqual(
    [seen.answers.papers, seen.answers.debt, seen.answers.contact, seen.answers.promises],
    ['yes', 'not-said', 'unknown', 'not-asked'],
  )
  assert.equal(Object.keys(seen.answers).length, 8)
  assert.deepEqual([seen.card?.findings, seen.shortScreen?.findings], [['notice'], ['talk-further']])
  const [reading] = seen.shortScreen!.told!.readings
  assert.deepEqual(reading!.heard, [{ question: 'papers', answers: ['yes'] }])
  assert.deepEqual(reading!.wouldChange, { kind: 'answers', give: 'fewer', number: 1, of: ['papers'] })
  assert.equal(seen.card!.told!.answers.noticed, 'Bars on every window of the shed.')

  // What was written is sealed, and stands nowhere else.
  const { rows } = await client.query('select s::text as all from screening.screening s where id = $1', [body.id])
  for (const kept of ['Bars on every window', Buffer.from('Bars on every window').toString('hex')])
    assert.equal(rows[0].all.includes(kept), false)
})

test('no yes means that nothing was heard, which closes nothing', async () => {
  const body = screenedBody({ card: card({}), shortScreen: asked({ papers: 'no', debt: 'not-said' }) })
  assert.equal((await record(body)).talkFurther, false)
  const seen = await read(body)
  assert.deepEqual([seen.card?.findings, seen.shortScreen?.findings], [[], []])
  assert.equal(seen.shortScreen!.told!.readings[0]!.wouldChange.kind, 'answers')
  const { rows } = await client.query('select status from cases.folder where id = $1', [body.case])
  assert.deepEqual(rows, [{ status: 'new' }])
})

test('answers are the form’s own, or they are refused by their place', async () => {
  for (const [change, field] of [
    [{ card: card({ signs: ['no-such-sign'] }) }, 'card.answers.signs not-an-answer'],
    [{ card: card({ verdict: 'guilty' }) }, 'card.answers.verdict unknown-field'],
    [{ card: card({}, { version: '77' }) }, 'card.instrument not-offered'],
    [{ card: asked({}) }, 'card.instrument not-offered'],
    [{ shortScreen: card({}) }, 'shortScreen.instrument not-offered'],
    [{ shortScreen: asked({}, { instrument: 'interview-adult', version: '1' }) }, 'shortScreen.instrument not-offered'],
    [{ shortScreen: asked({ papers: 'perhaps' }) }, 'shortScreen.answers.papers not-an-answer'],
    [{ shortScreen: asked({}, { declined: ['passport'] }) }, 'shortScreen.declined.0 unknown-field'],
    [{ shortScreen: asked({ debt: 'no' }, { declined: ['debt'] }) }, 'shortScreen.declined.0 not-an-answer'],
    [{ shortScreen: asked({}, { declined: ['before'] }) }, 'shortScreen.declined.0 unknown-field'],
    [{ signs: ['kept-in'] }, 'signs unknown-field'],
    [{ instrument: 'labour-sign-card', answers: {} }, 'instrument unknown-field, answers unknown-field'],
  ] as const)
    assert.equal((await wrong(change as Partial<Body>)).join(', '), field)
})

test('what a person preferred not to answer is kept, is shown, and counts for nothing', async () => {
  const body = screenedBody({ shortScreen: asked({ papers: 'no' }, { declined: ['debt', 'debt'] }) })
  assert.equal((await record(body)).talkFurther, false)
  const seen = await read(body)
  assert.equal(seen.answers.debt, 'not-said')
  assert.deepEqual(seen.shortScreen!.told!.declined, ['debt'])
  assert.ok(seen.shortScreen!.told!.readings[0]!.open.includes('debt'))
  assert.equal(
    seen.shortScreen!.words.questions.debt!.es,
    shortScreen.form.body.find(one => one.name === 'debt')!.label!.es,
  )
})

test('neither card nor questions are needed for a screening', async () => {
  const body = screenedBody({ card: undefined, shortScreen: undefined })
  await record(body)
  const seen = await read(body)
  assert.deepEqual(
    [seen.card, seen.shortScreen, seen.signs, seen.answers, seen.talkFurther],
    [null, null, [], {}, false],
  )
})

test('whoever may read a record reads words, also who may not use the instrument', async () => {
  const id = await openedCase(harness, screenedBody({ card: card({ signs: ['kept-in'], noticed: 'A locked gate.' }) }))
  const [seen] = (await as('ines').call(screening.ofCase, { params: { case: id } })).items
  await assert.rejects(as('ines').call(screening.instrument, { params: { instrument: 'labour-sign-card' } }))
  assert.match(seen!.card!.words.choices.signs!['kept-in']!.es!, /candados/)
  assert.deepEqual(Object.keys(seen!.card!.words.choices.signs!), ['kept-in'], 'and of nothing else in it')
  assert.equal(seen!.card!.words.rules.notice!.en, 'Something was noticed')
  assert.equal(seen!.card!.told!.answers.noticed, 'A locked gate.')
})

test('where what was told is not shared, codes have their words and nothing that was written is there', async () => {
  const body = screenedBody({
    card: card({ signs: ['kept-in'], noticed: 'A locked gate.' }),
    shortScreen: asked({ papers: 'yes' }),
  })
  const unit = organisationId('counter-trafficking-unit')
  const share = ['ID', 'STA'] as const
  const given = consentBody([unit], { compartments: [...share] })
  const referral = uuidv7()
  const sent = { id: referral, case: body.case, kind: 'identification', to: unit, urgency: 'urgent' } as const
  await record(body)
  await as('marisol').call(consent.give, { params: { case: body.case }, body: given })
  await as('marisol').call(referrals.send, { body: { ...sent, consent: given.id, share: [...share] } })
  await as('tobias').call(referrals.accept, { params: { referral }, version: 1, body: {} })
  const [seen] = (await as('ines').call(screening.ofCase, { params: { case: body.case } })).items
  assert.deepEqual([seen!.card!.told, seen!.shortScreen!.told, seen!.story], [undefined, undefined, undefined])
  assert.doesNotMatch(JSON.stringify(seen), /locked gate/)
  assert.deepEqual(seen!.shortScreen!.findings, ['talk-further'])
  assert.match(seen!.card!.words.choices.signs!['kept-in']!.en!, /Locks/)
  assert.match(seen!.shortScreen!.words.questions.papers!.en!, /passport/)
})

test('a phone that names no versions is still heard, and its codes have words', async () => {
  const body = screeningBody({
    instrument: 'short-screen',
    signs: ['kept-in'],
    answers: { papers: 'yes', debt: 'not-asked' },
  })
  assert.equal((await record(body)).talkFurther, true)
  const seen = await read(body)
  assert.deepEqual([seen.card?.version, seen.card?.instrument], [null, 'labour-sign-card'])
  assert.deepEqual(seen.card?.findings, ['notice'])
  assert.equal(seen.card!.words.choices.signs!['kept-in']!.en, labourCard.form.lists[0]!.choices[5]!.label.en)
  assert.deepEqual(seen.shortScreen?.findings, ['talk-further'])
  assert.match(seen.shortScreen!.words.questions.papers!.en!, /passport/)
  assert.equal(seen.shortScreen!.words.choices.papers!.yes!.es, 'Sí')
  const none = screeningBody({ answers: { papers: 'not-asked' } })
  await record(none)
  assert.equal((await read(none)).shortScreen, null)
})

/** Every code that screenings were given before they named a version. */
const firstCodes = {
  signs: [
    ...['lives-at-work', 'unfit-housing', 'papers-with-other', 'others-speak', 'escorted', 'kept-in', 'long-hours'],
    ...['no-pay-in-hand', 'fines-debt', 'no-contract', 'unsafe-work', 'depends-on-employer'],
  ],
  questions: ['promises', 'debt', 'for-others', 'papers', 'contact', 'housing', 'told-to-lie', 'made-to-earn'],
}
test('no code of an earlier screening has lost its words', () => {
  const signs = labourCard.form.lists.flatMap(list => list.choices.map(({ name }) => name))
  for (const sign of firstCodes.signs) assert.ok(signs.includes(sign), sign)
  const questions = shortScreen.form.body.map(({ name }) => name)
  for (const question of firstCodes.questions) assert.ok(questions.includes(question), question)
})

test('a country’s own questions read by the country’s own rule, also once they are withdrawn', async () => {
  const own: Instrument = {
    ...shortScreen,
    form: { ...shortScreen.form, version: '7' },
    rules: [
      {
        ...shortScreen.rules[0]!,
        code: 'two-of-them',
        when: { kind: 'at-least', count: 2, questions: ['papers', 'debt', 'contact'], answers: ['yes', 'not-said'] },
      },
    ],
  }
  const sheet = Buffer.from(await instrumentWorkbook(own)).toString('base64')
  const { draft, flaws } = await as('silas').call(screening.importInstrument, { body: { sheet } })
  assert.deepEqual(flaws, [])
  const params = { instrument: 'short-screen', version: '7' }
  const own7 = (answers: Record<string, unknown>, declined?: string[]) =>
    screenedBody({ shortScreen: asked(answers, { version: '7', ...(declined && { declined }) }) })
  assert.deepEqual(await wrong({ shortScreen: asked({}, { version: '7' }) }), ['shortScreen.instrument not-offered'])
  const { revision } = await as('odette').call(screening.publishInstrument, {
    params,
    version: draft!.revision,
    body: {},
  })
  assert.equal((await record(own7({ papers: 'yes' }))).talkFurther, false)
  assert.equal((await record(own7({ papers: 'yes', debt: 'yes' }))).talkFurther, true)
  // The rule names not saying; so it counts, chosen or declined.
  const declined = own7({ papers: 'yes' }, ['contact'])
  assert.equal((await record(declined)).talkFurther, true)
  const [reading] = (await read(declined)).shortScreen!.told!.readings
  assert.deepEqual(reading!.heard.at(-1), { question: 'contact', answers: ['not-said'] })
  await as('odette').call(screening.withdrawInstrument, { params, version: revision, body: {} })
  assert.equal((await record(own7({ papers: 'yes', debt: 'yes' }))).talkFurther, true)
  assert.equal((await read(declined)).shortScreen!.words.rules['two-of-them']!.en, 'Talk further and offer help')
})

test('what was on paper is typed in up to two years later, with its own date and author', async () => {
  const on = (days: number, change: Partial<Body> = {}): Partial<Body> => {
    const at = daysAgo(days)
    const limitsTold = { ...screenedBody().limitsTold, id: uuidv7(), saidAt: at }
    return { saidAt: at, limitsTold, paper: { writtenAt: at, writtenBy: 'Sister Amparo' }, ...change }
  }
  assert.deepEqual(await wrong(on(61, { paper: undefined })), ['saidAt too-old', 'limitsTold.saidAt too-old'])
  assert.deepEqual(await wrong(on(740)), ['saidAt too-old', 'limitsTold.saidAt too-old', 'paper.writtenAt too-old'])
  assert.deepEqual(await wrong(on(-2)), ['saidAt future', 'limitsTold.saidAt future', 'paper.writtenAt future'])
  const body = screenedBody(on(700))
  await record(body)
  const seen = await read(body)
  assert.deepEqual([seen.writtenAt, seen.writtenBy, seen.by], [body.saidAt, 'Sister Amparo', 'Marisol Prentice'])
  const { rows } = await client.query('select s::text as all from screening.screening s where id = $1', [body.id])
  assert.doesNotMatch(rows[0].all, /Amparo/)
  assert.doesNotMatch(rows[0].all, new RegExp(Buffer.from('Amparo').toString('hex')))
})

test('a screening and an interview each leave an entry in the history of the case', async () => {
  const id = await openedCase(harness, screenedBody())
  await as('tobias').call(screening.interview, {
    params: { case: id },
    body: {
      id: uuidv7(),
      instrument: 'short-screen',
      version: shortScreen.form.version,
      language: 'es',
      interpreter: 'none',
      interviewer: 'either',
      limitsTold: { ...screenedBody().limitsTold, id: uuidv7() },
      answers: { papers: 'no' },
      declined: ['debt'],
      saidAt: new Date().toISOString(),
    },
  })
  const { timeline } = await as('ines').call(cases.read, { params: { case: id } })
  const events = timeline.map(({ event }) => event)
  assert.ok(events.includes('screening.recorded'))
  const entry = timeline.find(one => one.event === 'screening.interview-recorded')!
  assert.deepEqual([entry.name, entry.about], ['Tobias Fenwick', { instrument: 'short-screen' }])
  const [held] = (await as('ines').call(screening.interviews, { params: { case: id } })).items
  assert.deepEqual(held!.told!.declined, ['debt'])
  assert.match(held!.words.questions.debt!.es!, /devolver dinero/)
})

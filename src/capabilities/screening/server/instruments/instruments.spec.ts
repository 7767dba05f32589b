import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { address, type Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { importInWorker } from '#platform/forms/import-in-worker.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { screeningBody } from '../../../../../tests/harness/make.ts'
import { archive, inlineRow, spreadsheet, surveyParts } from '../../../../../tests/harness/sheets.ts'
import type { PersonKey } from '../../../../../tools/demonstration/people.ts'
import { screening } from '../../contract.ts'
import type { Instrument } from '../../instrument.ts'
import { labourCard } from '../../instruments/card-labour.ts'
import { adultInterview } from '../../instruments/interview.ts'
import { shippedInstruments } from '../../instruments/shipped.ts'
import { instrumentFrom, instrumentWorkbook, ownSheets } from '../sheets/instrument-workbook.ts'

let harness: Harness
let client: pg.Client
const personas = new Map<PersonKey, Persona>()
before(async () => {
  harness = await startHarness()
  client = new pg.Client({ connectionString: harness.database.url('super') })
  await client.connect()
  for (const key of ['silas', 'odette', 'hollis', 'marisol', 'tobias', 'celeste', 'amara', 'ines'] as const)
    personas.set(key, await harness.as(key))
})
after(async () => {
  await client.end()
  await harness.stop()
})
const as = (key: PersonKey) => personas.get(key)!
const codeOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Refusal) => error.code,
  )
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const sheetOf = async (instrument: Instrument) => base64(await instrumentWorkbook(instrument))

/** The labour card with another version, and a sign of the country's own. */
const cardOf = (version: string, sign = 'sleeps-in-boat', change: Partial<Instrument['about']> = {}): Instrument => {
  const own = { name: sign, label: { en: 'Sleeps on the boat', es: 'Duerme en el barco' }, columns: {} }
  return {
    ...labourCard,
    form: {
      ...labourCard.form,
      version,
      lists: labourCard.form.lists.map(list => ({ ...list, choices: [...list.choices, own] })),
    },
    about: { ...labourCard.about, ...change },
  }
}
const keep = async (by: PersonKey, instrument: Instrument) => {
  const reply = await as(by).call(screening.importInstrument, { body: { sheet: await sheetOf(instrument) } })
  assert.deepEqual(reply.flaws, [])
  return reply.draft!
}
const publish = (by: PersonKey, code: string, version: string, revision: number) =>
  as(by).call(screening.publishInstrument, { params: { instrument: code, version }, version: revision, body: {} })

describe('the instruments of a country', () => {
  test('people see those that name their role, and nobody else may open one', async () => {
    const names = async (key: PersonKey) =>
      (await as(key).call(screening.instruments, {})).items.map(({ code }) => code).sort()
    const officers = shippedInstruments.filter(one => one.about.whoMayUse.includes('officer'))
    assert.deepEqual(await names('marisol'), officers.map(one => one.form.id).sort())
    assert.deepEqual(await names('celeste'), [])
    assert.ok((await names('odette')).includes('interview-adult'))
    assert.equal(await codeOf(as('amara').call(screening.instruments, {})), 'not-found')
    const cards = await as('marisol').call(screening.instruments, { query: { layer: 'card', sector: 'police' } })
    assert.deepEqual(
      cards.items.map(({ code }) => code),
      ['police-sign-card'],
    )
    const open = (key: PersonKey) =>
      codeOf(as(key).call(screening.instrument, { params: { instrument: 'interview-adult' } }))
    assert.equal(await open('ines'), 'done')
    assert.equal(await open('marisol'), 'not-found')
    assert.equal(await open('celeste'), 'not-found')
  })

  test('one is read whole, with what is known of how well it tells', async () => {
    const read = await as('tobias').call(screening.instrument, { params: { instrument: 'short-screen' } })
    assert.equal(read.validity.status, 'not-validated')
    assert.match(read.validity.statement.en!, /talk further and offer help/)
    assert.equal(read.rules.length, 1)
    assert.equal(read.form.body.length, 9)
  })

  test('a draft is used only after a second person has published it, and the shipped one stands again after it', async () => {
    const draft = await keep('silas', cardOf('3'))
    assert.deepEqual(draft, { code: 'labour-sign-card', version: '3', revision: 1 })
    const inUse = async () =>
      (await as('marisol').call(screening.instrument, { params: { instrument: draft.code } })).version
    assert.equal(await inUse(), '2')
    const ofDraft = { params: { instrument: draft.code }, query: { version: '3' } }
    assert.equal(await codeOf(as('marisol').call(screening.instrument, ofDraft)), 'not-found')
    assert.equal((await as('odette').call(screening.instrument, ofDraft)).status, 'draft')
    assert.equal(await codeOf(publish('silas', draft.code, '3', 1)), 'same-person')
    assert.equal(await codeOf(publish('marisol', draft.code, '3', 1)), 'not-found')
    assert.equal(await codeOf(publish('odette', draft.code, '3', 7)), 'version-stale')
    assert.equal(await inUse(), '2')
    assert.equal((await publish('odette', draft.code, '3', 1)).revision, 2)
    assert.equal(await inUse(), '3')
    assert.equal(await codeOf(publish('hollis', draft.code, '3', 2)), 'not-now')
    const over = await codeOf(
      as('silas').call(screening.importInstrument, { body: { sheet: await sheetOf(cardOf('3')) } }),
    )
    assert.equal(over, 'already-exists')
    const end = { params: { instrument: draft.code, version: '3' }, version: 2, body: {} }
    assert.equal(await codeOf(as('tobias').call(screening.withdrawInstrument, end)), 'not-found')
    await as('silas').call(screening.withdrawInstrument, end)
    assert.equal(await inUse(), '2')
    const versions = (await as('hollis').call(screening.instruments, {})).items.filter(one => one.code === draft.code)
    assert.deepEqual(
      versions.map(({ version, status, shipped }) => [version, status, shipped]),
      [
        ['3', 'withdrawn', false],
        ['2', 'published', true],
      ],
    )
  })

  test('a draft that changed after it was read is not published; whoever changed it is its maker', async () => {
    await keep('odette', cardOf('4'))
    assert.equal((await keep('hollis', cardOf('4', 'sleeps-in-shed'))).revision, 2)
    assert.equal(await codeOf(publish('silas', 'labour-sign-card', '4', 1)), 'version-stale')
    assert.equal(await codeOf(publish('hollis', 'labour-sign-card', '4', 2)), 'same-person')
    assert.equal((await publish('odette', 'labour-sign-card', '4', 2)).revision, 3)
  })

  test('the version that is shipped is not written over', async () => {
    const sheet = await sheetOf(labourCard)
    assert.equal(await codeOf(as('silas').call(screening.importInstrument, { body: { sheet } })), 'already-exists')
  })

  test('a screening may cite any published card, and its signs are that card’s', async () => {
    const boat = cardOf('5', 'sleeps-in-hold')
    const own = { ...boat, form: { ...boat.form, id: 'boat-card' } }
    const { code, version, revision } = await keep('silas', own)
    const record = (instrument: string, signs: string[]) =>
      codeOf(as('marisol').call(screening.record, { body: screeningBody({ instrument, signs }) }))
    assert.equal(await record(code, ['sleeps-in-hold']), 'invalid-input')
    await publish('odette', code, version, revision)
    assert.equal(await record(code, ['sleeps-in-hold', 'kept-in']), 'done')
    assert.equal(await record(code, ['sleeps-under-water']), 'invalid-input')
    assert.equal(await record('labour-sign-card', ['sleeps-in-hold']), 'invalid-input')
    assert.equal(await record('police-sign-card', []), 'done')
    // A screening in which questions were asked is named by them; its signs are the labour card's.
    assert.equal(await record('short-screen', ['kept-in']), 'done')
    assert.equal(await record('short-screen', ['sleeps-in-hold']), 'invalid-input')
    assert.equal(await record('interview-adult', []), 'invalid-input')
  })
})

describe('a spreadsheet', () => {
  test('is told what is wrong with it, with sheet, row and column, in the reader’s language; nothing is kept', async () => {
    const { rules } = labourCard
    const broken: Instrument = {
      ...cardOf('9'),
      rules: [{ ...rules[0]!, when: { kind: 'chosen', count: 1, question: 'signs', choices: ['no-such-sign'] } }],
      about: { ...labourCard.about, whoMayUse: ['officer', 'captain' as 'officer'] },
    }
    const body = { sheet: await sheetOf(broken) }
    const counted = async () => (await client.query('select count(*)::int as n from screening.instrument')).rows[0].n
    const before = await counted()
    const told = await as('silas').call(screening.checkSheet, { body })
    assert.equal(told.instrument, null)
    assert.deepEqual(
      told.flaws.map(({ code, sheet, row, column }) => ({ code, sheet, row, column })),
      [
        { code: 'instrument-role', sheet: 'about', row: 2, column: 'who_may_use' },
        { code: 'rule-answer', sheet: 'rules', row: 2, column: 'choices' },
      ],
    )
    assert.equal(told.flaws[0]!.sentence, 'Sheet “about”, row 2, column “who_may_use”: There is no role “captain”.')
    const response = await as('silas').fetch(address(screening.importInstrument, {}), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'es', 'idempotency-key': uuidv7() },
      body: JSON.stringify(body),
    })
    const imported = (await response.json()) as typeof told & { draft: unknown }
    assert.equal(imported.draft, null)
    assert.equal(
      imported.flaws[0]!.sentence,
      'Hoja «about», fila 2, columna «who_may_use»: Ninguna función de trabajo se llama «captain».',
    )
    assert.equal(await counted(), before)
    const good = await as('silas').call(screening.checkSheet, { body: { sheet: await sheetOf(adultInterview) } })
    assert.deepEqual(good.instrument, JSON.parse(JSON.stringify(adultInterview)))
    assert.equal(await counted(), before)
  })

  test('of any public form is told that it does not say what it is', async () => {
    const bytes = await spreadsheet({
      survey: [
        ['type', 'name', 'label'],
        ['text', 'a', 'A'],
      ],
    })
    const { flaws } = await as('odette').call(screening.checkSheet, { body: { sheet: base64(bytes) } })
    assert.deepEqual(
      flaws.map(({ sentence }) => sentence),
      ['There is no sheet named “about”.'],
    )
  })

  test('is for supervisors and administrators; for others there is no such thing', async () => {
    const sheet = await sheetOf(labourCard)
    for (const key of ['marisol', 'tobias', 'ines', 'celeste', 'amara'] as const) {
      assert.equal(await codeOf(as(key).call(screening.checkSheet, { body: { sheet } })), 'not-found')
      assert.equal(await codeOf(as(key).call(screening.importInstrument, { body: { sheet } })), 'not-found')
    }
  })

  test('may be several megabytes, unlike any other body', async () => {
    const noise = Buffer.alloc(3_000_000, 'UEsDB').toString('latin1')
    const sheet = `UEsDB${noise}`
    const { flaws } = await as('silas').call(screening.checkSheet, { body: { sheet } })
    assert.deepEqual(
      flaws.map(({ code }) => code),
      ['file-not-xlsx'],
    )
    const long = as('silas').call(screening.checkSheet, { body: { sheet: `UEsDB${'A'.repeat(7_000_000)}` } })
    assert.equal(await codeOf(long), 'too-large')
    const other = as('silas').call(screening.publishInstrument, {
      params: { instrument: 'x', version: '1' },
      version: 1,
      body: { surplus: 'A'.repeat(1_000_000) } as never,
    })
    assert.equal(await codeOf(other), 'too-large')
  })

  test('that unpacks to 49 MB is refused while other people are answered', async t => {
    const row = inlineRow('text', 'q', 'A question that stands there once more')
    const bomb = base64(archive(surveyParts(row.repeat(Math.floor(49_000_000 / row.length)))))
    let done = false
    const refusal = as('silas')
      .call(screening.checkSheet, { body: { sheet: bomb } })
      .finally(() => {
        done = true
      })
    let answered = 0
    let slowest = 0
    const before = process.memoryUsage.rss()
    let most = before
    // The bomb is on its way before the others ask.
    await new Promise(resolve => setImmediate(resolve))
    while (!done) {
      const from = performance.now()
      const { items } = await as('marisol').call(screening.instruments, {})
      assert.ok(items.length > 0)
      slowest = Math.max(slowest, performance.now() - from)
      most = Math.max(most, process.memoryUsage.rss())
      answered += 1
    }
    const { instrument, flaws } = await refusal
    assert.equal(instrument, null)
    assert.ok(flaws.length > 0)
    assert.ok(answered >= 5, `${answered} answered meanwhile`)
    const grew = Math.round((most - before) / 1_000_000)
    assert.ok(grew < 600, `${grew} MB`)
    t.diagnostic(`${answered} answered meanwhile, the slowest in ${slowest.toFixed(0)} ms; memory grew by ${grew} MB`)
  })

  test('that takes too much time or memory ends its thread and nothing else', async () => {
    // As many cells as a sheet may hold, each with words of its own.
    const cells = (row: number) => inlineRow(...Array.from({ length: 110 }, (_, column) => `words ${row} ${column}`))
    const bytes = archive(surveyParts(Array.from({ length: 4_000 }, (_, row) => cells(row)).join('')))
    for (const bounds of [
      { seconds: 0.05, megabytes: 400 },
      { seconds: 8, megabytes: 24 },
    ]) {
      const answer = await importInWorker({ bytes, further: ownSheets }, bounds)
      assert.deepEqual(
        answer.flaws.map(({ code }) => code),
        ['file-too-large-unpacked'],
      )
    }
  })

  test('one at a time for a person', async () => {
    const sheet = await sheetOf(adultInterview)
    const outcomes = await Promise.all(
      [0, 1, 2].map(() => codeOf(as('hollis').call(screening.checkSheet, { body: { sheet } }))),
    )
    assert.deepEqual(outcomes.sort(), ['done', 'slow-down', 'slow-down'])
    assert.equal(await codeOf(as('hollis').call(screening.checkSheet, { body: { sheet } })), 'done')
  })
})

describe('a file', () => {
  const events = async (event: string) =>
    Number((await client.query(`select count(*) as n from audit.event where body like $1`, [`%"${event}"%`])).rows[0].n)

  test('is saved under a safe name, never shown, and written down before its first byte', async () => {
    const before = await events('screening.instrument-exported')
    const response = await as('silas').fetch('/api/instruments/interview-child/workbook')
    assert.equal(await events('screening.instrument-exported'), before + 1)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-disposition'), 'attachment; filename="interview-child-1.xlsx"')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(response.headers.get('content-type'), screening.exportInstrument.file)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    const bytes = new Uint8Array(await response.arrayBuffer())
    const { instrument } = instrumentFrom(await importInWorker({ bytes, further: ownSheets }))
    assert.equal(instrument?.form.id, 'interview-child')
    const xml = await as('marisol').fetch('/api/instruments/short-screen/xform')
    assert.equal(xml.headers.get('content-disposition'), 'attachment; filename="short-screen-2.xml"')
    assert.match(await xml.text(), /^<\?xml version="1.0"[\s\S]*<h:title>Eight questions<\/h:title>/)
    assert.equal(await events('screening.instrument-exported'), before + 2)
  })

  test('that may not be had looks like one that is not there', async () => {
    const ask = async (key: PersonKey, path: string) => {
      const response = await as(key).fetch(path)
      return [response.status, (await response.text()).replace(/"request":"[^"]*"/, '')]
    }
    for (const [key, path] of [
      ['marisol', '/api/instruments/interview-adult/xform'],
      ['marisol', '/api/instruments/labour-sign-card/workbook'],
      ['celeste', '/api/instruments/labour-sign-card'],
    ] as const)
      assert.deepEqual(
        await ask(key, path),
        await ask(key, path.replace(/instruments\/[a-z-]+/, 'instruments/nothing')),
      )
  })
})

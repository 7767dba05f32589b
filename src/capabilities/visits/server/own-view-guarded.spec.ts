import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase, openedCase } from '../../../../tests/harness/make.ts'
import { people } from '../../../../tools/demonstration/people.ts'
import { visits } from '../contract.ts'
import { codeFor, post, type Slowed, said, sharedWithShelter, siteOf } from '../make.ts'

let harness: Harness
let dalia: Persona
let site: Slowed
let truth: pg.Client
const logged: unknown[] = []
before(async () => {
  harness = await startHarness({ log: line => logged.push(line) })
  dalia = await harness.as('dalia')
  site = siteOf(harness)
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const step = (form: Record<string, string>) => post(site.app, form)
async function kept() {
  const { id } = await keptCase(harness)
  return { id, ...(await sharedWithShelter(harness, id)) }
}
const enter = async (id: string) => step({ n: (await codeFor(harness, id)).digits })
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

describe('what is typed', () => {
  test('a hostile text is shown back exactly, or refused with what is wrong', async () => {
    const { id } = await kept()
    let page = await enter(id)
    const good = [
      '👩‍👧‍👦 ¿puede? ñandú',
      '<script>alert(1)</script>',
      '‏עברית‏ and English',
      "'; drop table visits.code; --",
      'a\n\n\tb',
    ]
    for (const text of good) {
      page = await step({ v: page.field, do: 'ask', text })
      assert.match(said(page), /It is sent/, text)
      assert.doesNotMatch(page.text, /<script/)
    }
    const { questions } = await dalia.call(visits.ofCase, { params: { case: id } })
    assert.deepEqual(
      questions!.map(one => one.text),
      good,
    )
    for (const one of questions!)
      await dalia.call(visits.answerQuestion, {
        params: { case: id, question: one.id },
        version: 1,
        body: { text: 'ok' },
      })
    for (const [text, back] of [
      ['   ', '   '],
      ['x'.repeat(100_000), 'x'.repeat(100_000)],
      ['evil\u202etxt.exe', 'eviltxt.exe'],
      ['a\u0000b', 'ab'],
    ] as const) {
      page = await step({ v: page.field, do: 'ask', text })
      assert.doesNotMatch(said(page), /It is sent/)
      assert.match(page.text, /role="alert"/)
      assert.equal(/<textarea[^>]*>\n([\s\S]*?)<\/textarea>/.exec(page.text)?.[1], back)
    }
    assert.equal((await step({ v: page.field, do: 'ask', text: 'x'.repeat(500_000) })).status, 413)
    assert.equal((await dalia.call(visits.ofCase, { params: { case: id } })).questions!.length, good.length)
  })

  test('at most five questions wait', async () => {
    const { id } = await kept()
    let page = await enter(id)
    for (let at = 0; at < 5; at++) page = await step({ v: page.field, do: 'ask', text: `Question ${at}` })
    assert.doesNotMatch(page.text, /<textarea/)
    page = await step({ v: page.field, do: 'ask', text: 'One more' })
    assert.equal((await dalia.call(visits.ofCase, { params: { case: id } })).questions!.length, 5)
  })

  test('neither digits nor words stand in the clear in the database, in replies that are kept, or in the log', async () => {
    const { id } = await kept()
    const { digits } = await codeFor(harness, id)
    const page = await step({ n: digits })
    const planted = 'Quillenwhisk at the third bell'
    await step({ v: page.field, do: 'ask', text: planted })
    const [question] = (await dalia.call(visits.ofCase, { params: { case: id } })).questions!
    const answered = 'Brindlemoor says hello'
    await dalia.call(visits.answerQuestion, {
      params: { case: id, question: question!.id },
      version: 1,
      body: { text: answered },
    })
    const tables = await truth.query(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const texts = [planted, answered, digits, digits.replace(/(.{4})(?=.)/g, '$1 ')]
    for (const { name } of tables.rows)
      for (const text of texts) {
        const found = await truth.query(
          `select 1 from ${name} t where position($1 in t::text) > 0 or position(encode(convert_to($1, 'UTF8'), 'hex') in t::text) > 0`,
          [text],
        )
        assert.equal(found.rowCount, 0, `${text} in ${name}`)
      }
    for (const text of texts) assert.ok(!JSON.stringify(logged).includes(text))
  })
})

test('erasing a case takes its numbers, visits, questions and words with it', async () => {
  const { id, reference } = await keptCase(harness)
  const unused = await enter(id)
  await step({ v: unused.field, do: 'ask', text: 'Will it go?' })
  const open = await enter(id)
  const { digits } = await codeFor(harness, id)
  const erasure = uuidv7()
  const wren = await harness.as('wren')
  await wren.call(oversight.proposeErasure, {
    body: { id: erasure, reference, ground: 'person-asked', text: 'She asked in person.' },
  })
  await dalia.call(oversight.answerErasure, { params: { erasure }, version: 1, body: { answer: 'confirmed' } })
  for (const table of ['visits.code', 'visits.visit', 'visits.question', 'visits.safety_check', 'policy.visit']) {
    const { rowCount } = await truth.query(`select 1 from ${table} where case_id = $1`, [id])
    assert.equal(rowCount, 0, table)
  }
  assert.match(said(await step({ v: open.field, do: 'start' })), /This has ended/)
  assert.match(said(await step({ n: digits })), /does not open anything/)
})

describe('who makes a number', () => {
  test('the coordinator in charge; before there is one, who made the case or intake of the unit; nobody else', async () => {
    const body = { watched: 'no', lasts: 'week' } as const
    const by = async (id: string) => {
      const may: string[] = []
      for (const { key } of people) {
        const { call } = await harness.as(key)
        if ((await codeOf(call(visits.makeCode, { params: { case: id }, body }))) === 'done') may.push(key)
        else assert.equal(await codeOf(call(visits.ofCase, { params: { case: id } })), 'not-found', key)
      }
      return may.sort()
    }
    assert.deepEqual(await by(await openedCase(harness)), ['marisol', 'tobias'])
    assert.deepEqual(await by((await keptCase(harness)).id), ['dalia'])
  })

  test('a code, a question and a word that are there look missing to everybody else', async () => {
    const { id } = await kept()
    const page = await enter(id)
    const asked = await step({ v: page.field, do: 'ask', text: 'Who?' })
    await step({ v: asked.field, do: 'check', safe: 'no' })
    const { code, questions, checks } = await dalia.call(visits.ofCase, { params: { case: id } })
    const tries = [
      [visits.revokeCode, { params: { case: id, code: code!.id } }],
      [visits.answerQuestion, { params: { case: id, question: questions![0]!.id }, version: 1, body: { text: 'Me.' } }],
      [visits.noteCheck, { params: { case: id, check: checks[0]!.id } }],
    ] as const
    for (const { key } of people) {
      const { call } = await harness.as(key)
      for (const [operation, parts] of tries)
        if (key !== 'dalia') assert.equal(await codeOf(call(operation, parts as never)), 'not-found', key)
    }
    const { id: other } = await kept()
    const elsewhere = { case: other }
    assert.equal(
      await codeOf(dalia.call(visits.revokeCode, { params: { ...elsewhere, code: code!.id } })),
      'not-found',
      'nor through another case',
    )
    const question = { ...elsewhere, question: questions![0]!.id }
    assert.equal(
      await codeOf(dalia.call(visits.answerQuestion, { params: question, version: 1, body: { text: 'Me.' } })),
      'not-found',
    )
    for (const [operation, parts] of tries) assert.equal(await codeOf(dalia.call(operation, parts as never)), 'done')
  })

  test('what lies around for days is not for a phone that somebody looks at', async () => {
    const { id } = await kept()
    const make = (watched: 'yes' | 'unsure', lasts: 'week' | 'half-day') =>
      codeOf(dalia.call(visits.makeCode, { params: { case: id }, body: { watched, lasts } }))
    assert.deepEqual(
      [await make('yes', 'week'), await make('unsure', 'week'), await make('yes', 'half-day')],
      ['invalid-input', 'invalid-input', 'done'],
    )
  })

  test('the app’s role by itself sees no visit, makes no code and opens no question', async () => {
    const { id } = await kept()
    await enter(id)
    const app = new pg.Client({ connectionString: harness.database.url('app') })
    await app.connect()
    try {
      for (const statement of [
        `select * from visits.visit`,
        `select lookup from visits.code`,
        `select * from visits.question`,
        `select * from consent.record`,
        `select visits.make_code(gen_random_uuid(), '${id}', '\\x00', 'no', 'week', now())`,
        `insert into consent.record (id, case_id, kind, text_version, language, interpreter, explained_by, given_by, form, withdraws, said_at)
         select gen_random_uuid(), '${id}', 'withdrawn', 'x', 'en', 'none', '${dalia.account}', 'person', 'written', gen_random_uuid(), now()`,
      ]) {
        await app.query('begin')
        await app.query(`select set_config('samaan.role', 'person', true), set_config('samaan.user', '00000000-0000-0000-0000-000000000000', true),
          set_config('samaan.principals', '{}', true), set_config('samaan.compartments', '0', true), set_config('samaan.visit', '${'ab'.repeat(32)}', true)`)
        const rows = await app.query(statement).then(
          found => found.rowCount,
          error => (error as { code: string }).code,
        )
        assert.ok(rows === 0 || rows === '42501', `${statement}: ${rows}`)
        await app.query('rollback')
      }
    } finally {
      await app.end()
    }
  })

  test('the case’s history holds codes, and its key stays shut to whoever may not ask', async () => {
    const { id } = await kept()
    await codeFor(harness, id)
    const { timeline } = await dalia.call(cases.read, { params: { case: id } })
    assert.deepEqual(timeline.at(-1)!.about, { lasts: 'week' })
  })
})

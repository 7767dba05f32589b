import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { people } from '../../../../tools/demonstration/people.ts'
import { care } from '../contract.ts'
import { assessmentBody, caseInCare, codeOf, helpedByShelter, safetyBody } from '../make.ts'
import { levelOf } from '../risk.ts'

let harness: Harness
let dalia: Persona
let id: string
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  dalia = await harness.as('dalia')
  id = await caseInCare(harness)
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth?.end()
  await harness.stop()
})
const params = () => ({ case: id })

test('assessments are added and stay as they were, newest first, without any total', async () => {
  const first = assessmentBody()
  await dalia.call(care.assess, { params: params(), body: first })
  const second = { ...assessmentBody(), domains: [{ ...first.domains[0]!, severity: 'low' as const }] }
  await dalia.call(care.assess, { params: params(), body: second })
  const { items } = await dalia.call(care.assessments, { params: params() })
  assert.deepEqual(
    items.map(one => [one.id, one.domains[0]!.severity]),
    [
      [second.id, 'low'],
      [first.id, 'high'],
    ],
  )
  assert.deepEqual(items[1]!.domains, first.domains)
  assert.deepEqual(items[1]!.needs, first.needs)
  assert.deepEqual(Object.keys(items[0]!).sort(), ['at', 'by', 'domains', 'id', 'needs'])
})

test('a domain is assessed once in each assessment', async () => {
  const body = assessmentBody()
  const again = { ...body, domains: [...body.domains, body.domains[0]!] }
  assert.equal(
    await codeOf(dalia.call(care.assess, { params: params(), body: again })),
    'invalid-input domains.2.domain:twice',
  )
})

test('a threat’s level is a word, and what may kill is never low', () => {
  assert.equal(levelOf(1, 1), 'low')
  assert.equal(levelOf(1, 5), 'medium')
  assert.equal(levelOf(2, 5), 'high')
  assert.equal(levelOf(4, 5), 'extreme')
  assert.equal(levelOf(5, 5), 'extreme')
  assert.equal(levelOf(2, 2), 'low')
})

test('where a threat is high the plan is looked at again within a week, and two people’s changes do not meet unseen', async () => {
  const put = (version: number, body = safetyBody()) =>
    codeOf(dalia.call(care.changeSafety, { params: params(), version, body }))
  assert.equal(await put(0, safetyBody({ reviewOn: inDays(12) })), 'invalid-input reviewOn:too-far')
  assert.equal(await put(0, safetyBody({ reviewOn: inDays(-3) })), 'invalid-input reviewOn:past')
  assert.equal(await put(0), 'done')
  assert.equal(await put(0), 'version-stale')
  const mild = [{ ...safetyBody().threats[0]!, likelihood: 1, impact: 2 }]
  assert.equal(await put(1, safetyBody({ threats: mild, reviewOn: inDays(60) })), 'done')
  assert.equal(await put(1), 'version-stale')
  const { plan, hasCodeWord } = await dalia.call(care.safety, { params: params() })
  assert.deepEqual([plan?.level, plan?.version, plan?.threats[0]?.level, hasCodeWord], ['low', 2, 'low', true])
  assert.equal(JSON.stringify(plan).includes('tamarind'), false)
})

test('the code word is shown only when it is asked for, and each showing is in the audit', async () => {
  const shown = async () =>
    Number(
      (await truth.query(`select count(*) from audit.event where body like '%care.code-word-shown%'`)).rows[0].count,
    )
  const before = await shown()
  assert.deepEqual(await dalia.call(care.codeWord, { params: params() }), { word: 'tamarind soup' })
  await dalia.call(care.codeWord, { params: params() })
  assert.equal(await shown(), before + 2)
})

test('hours to call in come in pairs', async () => {
  const body = safetyBody({ contact: { ways: ['call'], from: '09:00' } })
  assert.equal(
    await codeOf(dalia.call(care.changeSafety, { params: params(), version: 2, body })),
    'invalid-input contact.to:required',
  )
})

test('nobody but the coordinator in charge reads or writes any of it, also not who shelters the person', async () => {
  await helpedByShelter(harness, id)
  const read = [care.assessments, care.safety, care.codeWord, care.plans, care.followUps, care.child, care.deliveries]
  for (const { key } of people) {
    if (key === 'dalia') continue
    const persona = await harness.as(key)
    for (const one of read) assert.equal(await codeOf(persona.call(one, { params: params() })), 'not-found', key)
    const assessed = persona.call(care.assess, { params: params(), body: assessmentBody() })
    assert.equal(await codeOf(assessed), 'not-found', key)
    const changed = persona.call(care.changeSafety, { params: params(), version: 2, body: safetyBody() })
    assert.equal(await codeOf(changed), 'not-found', key)
  }
  assert.equal(await codeOf(dalia.call(care.assessments, { params: { case: uuidv7() } })), 'not-found')
})

test('nothing that was written stands in the database as it was said', async () => {
  for (const table of ['assessment', 'safety_plan', 'code_word']) {
    const { rows } = await truth.query(`select t::text, encode(sealed, 'escape') as bytes from care.${table} t`)
    assert.ok(rows.length > 0, table)
    for (const row of rows) assert.doesNotMatch(JSON.stringify(row), /recruiter|clinic|tamarind|sister|walks/i, table)
  }
})

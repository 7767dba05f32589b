import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { accountId, organisationId, type PersonKey } from '../../../../tools/demonstration/people.ts'
import { matching } from '../contract.ts'
import { heard, inChargeOf, recorded, taken } from '../make.ts'
import { compareChanged } from './store.ts'

let harness: Harness
let jobs: ReturnType<typeof pool>
let truth: ReturnType<typeof pool>
const p = {} as Record<PersonKey, Persona>
before(async () => {
  harness = await startHarness()
  jobs = pool(harness.database.url('jobs'), 1, 'matching-spec')
  truth = pool(harness.database.url('super'), 1, 'matching-spec-truth')
  for (const key of ['marisol', 'kofi', 'tobias', 'ines', 'dalia', 'bastien', 'petra', 'wren', 'celeste'] as const)
    p[key] = await harness.as(key)
})
after(async () => {
  await jobs.end()
  await truth.end()
  await harness.stop()
})
const compareAll = () => inTransaction(jobs, undefined, tx => compareChanged(tx, 1000))
const queue = async (by: Persona, judged?: 'yes') => {
  await compareAll()
  return (await by.call(matching.list, { query: judged ? { judged } : {} })).items
}
const sides = (by: Persona, match: string) => by.call(matching.compare, { params: { match } })
const ofCase = (by: Persona, id: string) => by.call(matching.ofCase, { params: { case: id } })
/** A person with this family name, so that tests do not meet each other's people. */
const named = (familyName: string, more: object = {}) => ({ givenName: 'Yolanda', familyName, age: 30, ...more })
/** Two cases of one person, of two agencies, both with the unit; Dalia is in charge of the first. */
async function pair(familyName: string) {
  const a = await taken(harness, 'marisol', named(familyName, { document: `D-${familyName}` }))
  const b = await taken(harness, 'kofi', named(familyName, { document: `D${familyName}` }))
  await inChargeOf(harness, a, 'dalia')
  const match = (await queue(p.bastien)).find(one => one.why.includes('document') && one.state === 'waiting')!
  return { a, b, match }
}
const judge = (by: Persona, match: { id: string; version: number }, outcome: 'same' | 'not-same' | 'cannot-tell') =>
  by.call(matching.judge, {
    params: { match: match.id },
    version: match.version,
    body: { id: uuidv7(), outcome, reason: 'The same scar was told of twice.' },
  })

test('one person, recorded by two agencies in two spellings, waits for somebody neutral', async () => {
  const before = await queue(p.bastien)
  const a = await taken(harness, 'marisol', heard.here)
  await inChargeOf(harness, a, 'dalia')
  await recorded(harness, 'kofi', heard.there)
  const [found, ...more] = (await queue(p.bastien)).filter(one => !before.some(each => each.id === one.id))
  assert.deepEqual(more, [])
  assert.deepEqual([found?.why, found?.strength], [['name-and-year', 'phone'], 'strong'])
  // Dalia has a part in it; the others are nobody's neutral coordinator.
  assert.deepEqual(await queue(p.dalia), [])
  assert.deepEqual(await queue(p.ines), [])
  await assert.rejects(sides(p.dalia, found!.id), { code: 'not-found' })
  await assert.rejects(sides(p.ines, found!.id), { code: 'not-found' })
  await assert.rejects(judge(p.dalia, found!, 'same'), { code: 'not-found' })
  for (const by of [p.marisol, p.kofi, p.tobias, p.petra, p.wren, p.celeste]) {
    await assert.rejects(by.call(matching.list, {}), { code: 'not-found' }, by.key)
    await assert.rejects(sides(by, found!.id), { code: 'not-found' }, by.key)
  }
  // The unit does not hold the second: nothing of it is shown but whether it agrees.
  const seen = await sides(p.bastien, found!.id)
  const at = seen.held.indexOf(false)
  assert.deepEqual([...seen.held].sort(), [false, true])
  for (const one of seen.fields) assert.equal(one.values[at], null, one.field)
  const field = (name: string) => seen.fields.find(one => one.field === name)!
  assert.deepEqual(
    ['name', 'birth', 'sex', 'phone', 'document'].map(name => field(name).verdict),
    ['alike', 'alike', 'same', 'same', 'unknown'],
  )
  assert.equal(field('name').values[1 - at], 'Yeferson Quintanilla Mora')
  const text = JSON.stringify(seen)
  for (const word of ['Jeferson', 'notes', 'Marisol', 'Kofi', organisationId('police'), accountId('kofi')])
    assert.ok(!text.includes(word), word)
})

test('a case of which the unit holds neither side waits for nobody', async () => {
  const before = (await queue(p.bastien)).length
  await recorded(harness, 'marisol', named('Zambrano', { phone: '999 555 7000' }))
  await recorded(harness, 'kofi', named('Zambrano', { phone: '999 555 7000' }))
  assert.equal((await queue(p.bastien)).length, before)
})

test('what differs and names somebody is shown of neither', async () => {
  const a = await taken(harness, 'marisol', {
    givenName: 'Rosa',
    familyName: 'Ibarra',
    document: 'TT-88',
    phone: '999 555 1111',
  })
  await taken(harness, 'kofi', {
    givenName: 'Luz',
    familyName: 'Tovar',
    document: 'tt88',
    phone: '999 555 2222',
    sex: 'female',
  })
  const [found] = (await queue(p.bastien)).filter(one => one.why.join() === 'document')
  const seen = await sides(p.bastien, found!.id)
  assert.deepEqual(seen.held, [true, true])
  assert.ok(!/Rosa|Ibarra|Luz|Tovar|5551111|555 1111|555 2222/.test(JSON.stringify(seen)))
  assert.deepEqual(seen.fields.find(one => one.field === 'document')?.values.toSorted(), ['TT-88', 'tt88'])
  assert.deepEqual(seen.fields.find(one => one.field === 'sex')?.verdict, 'unknown')
  await judge(p.bastien, found!, 'not-same')
  assert.deepEqual([(await ofCase(p.tobias, a)).another, (await ofCase(p.tobias, a)).same], [false, []])
})

test('the answer is told to the people of the unit who have a right to a side, and names the other only to who has a right to both', async () => {
  const { a, b, match } = await pair('Ochoa')
  assert.deepEqual((await ofCase(p.dalia, a)).another, false)
  await judge(p.bastien, match, 'same')
  assert.deepEqual((await ofCase(p.dalia, a)).another, true)
  assert.deepEqual((await ofCase(p.dalia, a)).same, [])
  assert.deepEqual(
    (await ofCase(p.tobias, a)).same.map(one => one.id),
    [b],
  )
  assert.deepEqual(
    (await ofCase(p.tobias, b)).same.map(one => one.id),
    [a],
  )
  for (const by of [p.marisol, p.kofi, p.petra, p.bastien, p.celeste, p.wren])
    await assert.rejects(ofCase(by, a), { code: 'not-found' }, by.key)
  const [judged] = (await queue(p.bastien, 'yes')).filter(one => one.id === match.id)
  assert.deepEqual([judged?.state, judged?.judgedName], ['same', 'Bastien Roux'])
  const seen = await sides(p.bastien, match.id)
  assert.equal(seen.judgements[0]?.reason, 'The same scar was told of twice.')
  await assert.rejects(judge(p.bastien, match, 'cannot-tell'), { code: 'version-stale' })
  await judge(p.bastien, seen, 'cannot-tell')
  assert.deepEqual((await ofCase(p.dalia, a)).another, false)
})

test('a person written down otherwise is compared anew; what was answered is asked again only for a new reason', async () => {
  const a = await taken(harness, 'marisol', named('Urdaneta'))
  const b = await taken(harness, 'kofi', named('Urdaneta', { phone: '999 555 3131' }))
  const of = async () =>
    (await truth.query('select state, why from matching.match where case_a in ($1, $2) and case_b in ($1, $2)', [a, b]))
      .rows
  await compareAll()
  assert.deepEqual(await of(), [{ state: 'waiting', why: ['name-and-year'] }])
  const edit = (field: 'phone' | 'familyName', value: string, base: string | null) =>
    p.marisol.call(cases.editIdentity, {
      params: { case: a },
      body: { id: uuidv7(), edits: [{ field, value, base }] },
    } as never)
  await edit('familyName', 'Mosquera', 'v1')
  await compareAll()
  assert.deepEqual(await of(), [])
  await edit('phone', '999 555 3131', null)
  await compareAll()
  assert.deepEqual(await of(), [{ state: 'waiting', why: ['phone'] }])
})

test('a sealed case appears to nobody who is not named, a conflict of interest holds, and an invented case matches nobody', async () => {
  const { a, match } = await pair('Yepez')
  const { reference } = await p.tobias.call(cases.read, { params: { case: a } })
  const bar = uuidv7()
  await p.tobias.call(oversight.bar, {
    body: { id: bar, reference, account: accountId('bastien'), reason: 'family' },
  })
  assert.ok(!(await queue(p.bastien)).some(one => one.id === match.id))
  await assert.rejects(sides(p.bastien, match.id), { code: 'not-found' })
  await p.tobias.call(oversight.endBar, { params: { bar } })
  assert.ok((await queue(p.bastien)).some(one => one.id === match.id))
  await judge(p.bastien, match, 'same')
  const id = uuidv7()
  await p.dalia.call(oversight.proposeSealing, {
    body: { id, reference, action: 'seal', named: [], reason: 'threat', text: 'Somebody asked for her by name.' },
  })
  const strong = { params: { sealing: id }, version: 1, body: { answer: 'confirmed' as const } }
  await p.wren.call(oversight.answerSealing, strong)
  assert.ok(!(await queue(p.bastien, 'yes')).some(one => one.id === match.id))
  await assert.rejects(ofCase(p.tobias, a), { code: 'not-found' })
  const other = await p.tobias.call(cases.search, { query: { words: 'Yolanda Yepez' } })
  assert.equal(other.items.length, 1)
  const told = await ofCase(p.tobias, other.items[0]!.id)
  assert.deepEqual([told.another, told.same], [false, []])

  const terms = async () =>
    (await truth.query('select count(distinct case_id)::int as n from cases.match_term', [])).rows[0].n
  const before = await terms()
  await p.wren.call(oversight.plantCanary, {
    body: { id: uuidv7(), givenName: 'Yolanda', familyName: 'Zapata' },
  } as never)
  assert.equal(await terms(), before)
})

test('without a neutral coordinator somebody who decides for the unit is neutral, and never who had a part', async () => {
  const a = await taken(harness, 'marisol', named('Lozano', { document: 'LZ 1' }))
  const b = await taken(harness, 'kofi', named('Lozano', { document: 'LZ-1' }))
  await inChargeOf(harness, a, 'dalia')
  await inChargeOf(harness, b, 'bastien')
  const mine = async (by: Persona) =>
    (await queue(by)).filter(one => one.why.includes('document') && one.state === 'waiting')
  assert.deepEqual(
    [await mine(p.dalia), await mine(p.bastien)].map(one => one.length),
    [0, 0],
  )
  const [found] = await mine(p.ines)
  assert.equal((await sides(p.ines, found!.id)).held.every(Boolean), true)
  await judge(p.ines, found!, 'cannot-tell')
})

test('nobody of the application reads what people are held against each other by', async () => {
  for (const table of ['cases.match_term', 'matching.match', 'matching.judgement', 'matching.changed'])
    for (const statement of [`select * from ${table}`, `delete from ${table}`])
      await assert.rejects(harness.services.pool.query(statement), { code: '42501' }, statement)
  await assert.rejects(harness.services.pool.query('select matching.compare(1)'), { code: '42501' })
})

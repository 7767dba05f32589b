import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { organisationId, type PersonKey } from '../../../../tools/demonstration/people.ts'
import { type Said, situation } from '../contract.ts'
import { answersFor, finished } from '../make.ts'

let harness: Harness
let truth: pg.Client
const who = new Map<PersonKey, Persona>()
const as = (key: PersonKey) => who.get(key)!
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  for (const key of ['selma', 'teo', 'tobias', 'dalia', 'jonah', 'celeste', 'silas', 'odette', 'marisol'] as const)
    who.set(key, await harness.as(key))
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const [clinic, shelter, unit] = ['claro-clinic', 'samaan-house', 'counter-trafficking-unit'].map(organisationId) as [
  string,
  string,
  string,
]
const refused = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (refusal: Refusal) => refusal.fields.map(one => `${one.field} ${one.code}`).join() || refusal.code,
  )
const begun = async (organisation = clinic, by: PersonKey = 'selma') => {
  const body = { id: uuidv7(), subject: 'provider' as const, organisation }
  return (await as(by).call(situation.make, { body })).id
}
const handIn = (by: PersonKey, assessment: string, change: Record<string, Said> = {}) =>
  as(by).call(situation.handIn, {
    params: { assessment },
    body: { answers: answersFor('provider', change, `Seen by ${by}.`) },
  })
const read = (by: PersonKey, assessment: string) => as(by).call(situation.read, { params: { assessment } })

test('only the office begins one, of a body of its country that it does not work for', async () => {
  for (const key of ['tobias', 'dalia', 'jonah', 'silas', 'odette', 'marisol'] as const) {
    const body = { id: uuidv7(), subject: 'provider' as const, organisation: clinic }
    assert.equal(await refused(as(key).call(situation.make, { body })), 'not-found', key)
  }
  const make = (body: object) =>
    refused(as('selma').call(situation.make, { body: { id: uuidv7(), ...body } as { id: string; subject: 'area' } }))
  assert.equal(await make({ subject: 'provider', organisation: unit }), 'organisation not-offered')
  assert.equal(await make({ subject: 'provider', organisation: uuidv7() }), 'organisation not-offered')
  assert.equal(await make({ subject: 'provider' }), 'organisation required')
  assert.equal(await make({ subject: 'area', area: 'puerto-claro' }), 'area not-offered')
  assert.equal(await make({ subject: 'area', area: 'claro', organisation: clinic }), 'organisation required')
  assert.equal(await make({ subject: 'area', area: 'claro' }), 'done')
})

test('neither assessor sees what the other answered before both have handed in', async () => {
  const id = await begun()
  assert.deepEqual(await handIn('selma', id, { acc_bed: 'no' }), { differences: 0 })
  const seen = await read('teo', id)
  assert.deepEqual([seen.answers, seen.differences, seen.scores, seen.handedIn], [[], [], [], 0])
  assert.deepEqual(seen.moves, ['answer', 'add-picture'])
  assert.ok(!JSON.stringify(seen).includes('Seen by selma'))
  assert.equal((await handIn('teo', id)).differences, 1)
  const [difference] = (await read('selma', id)).differences
  assert.equal(difference?.question, 'acc_bed')
  assert.deepEqual([difference?.first, difference?.second], ['no', 'yes'])
  assert.equal(difference?.firstReason, 'Seen by selma.')
})

test('nobody hands in twice, and the second is another person', async () => {
  const id = await begun()
  await handIn('selma', id)
  assert.equal(await refused(handIn('selma', id)), 'not-now')
  await handIn('teo', id)
  assert.equal(await refused(handIn('teo', id)), 'not-now')
  const row = await truth.query('select first_by, second_by, state from situation.assessment where id = $1', [id])
  assert.equal(row.rows[0].state, 'comparing')
  assert.notEqual(row.rows[0].first_by, row.rows[0].second_by)
  // Whoever writes past the server.
  await assert.rejects(
    truth.query(
      `insert into situation.sheet (assessment_id, by_account, country, sealed_answers)
       select $1, id, 'XSA', '\\x00' from auth.account where name like 'Odette%'`,
      [id],
    ),
  )
})

test('two who hand in at the same moment are compared all the same', async () => {
  const id = await begun()
  const done = await Promise.all([handIn('selma', id, { acc_bed: 'partly' }), handIn('teo', id)])
  assert.deepEqual(done.map(one => one.differences).sort(), [0, 1])
  const { state, answers, differences } = await read('selma', id)
  assert.deepEqual([state, answers.length, differences.length], ['comparing', 39, 1])
})

test('every question is answered, and what is missing has its reason', async () => {
  const id = await begun()
  const give = (answers: Record<string, unknown>) =>
    refused(as('selma').call(situation.handIn, { params: { assessment: id }, body: { answers } }))
  const whole = answersFor('provider')
  assert.match(await give({}), /answers\.accommodation\.acc_bed required/)
  const { acc_bed: _, ...rest } = whole.accommodation!
  assert.equal(await give({ ...whole, accommodation: rest }), 'answers.accommodation.acc_bed required')
  assert.equal(
    await give({ ...whole, accommodation: { ...whole.accommodation, acc_bed: 'no' } }),
    'answers.accommodation.acc_bed_why required',
  )
  assert.equal(
    await give({ ...whole, accommodation: { ...whole.accommodation, acc_bed: 'maybe' } }),
    'answers.accommodation.acc_bed not-an-answer',
  )
  assert.match(await give({ ...whole, more: { one: 'yes' } }), /unknown-field/)
})

test('a difference is settled with a note by one of the two, and only a difference', async () => {
  const id = await begun()
  await handIn('selma', id, { acc_bed: 'no' })
  await handIn('teo', id)
  const { version } = await read('teo', id)
  const settle = (by: PersonKey, question: string, at: number) =>
    as(by).call(situation.settle, {
      params: { assessment: id },
      version: at,
      body: { question, said: 'partly', note: 'Two beds were on their way.' },
    })
  assert.equal(await refused(settle('teo', 'acc_lock', version)), 'question not-offered')
  assert.equal(await refused(settle('tobias', 'acc_bed', version)), 'not-found')
  assert.equal(
    await refused(as('selma').call(situation.finish, { params: { assessment: id }, version, body: {} })),
    'not-now',
  )
  assert.equal(await refused(settle('teo', 'acc_bed', version - 1)), 'version-stale')
  const next = await settle('teo', 'acc_bed', version)
  const settled = (await read('selma', id)).answers.find(one => one.question === 'acc_bed')!
  assert.deepEqual(
    [settled.said, settled.reasons, settled.note, settled.settledBy],
    ['partly', ['Seen by selma.'], 'Two beds were on their way.', 'Teo Villanueva'],
  )
  // What one settled last, the other agrees to by finishing.
  assert.deepEqual((await read('teo', id)).moves.includes('finish'), false)
  const finish = (by: PersonKey) =>
    as(by).call(situation.finish, { params: { assessment: id }, version: next.version, body: {} })
  assert.equal(await refused(finish('teo')), 'same-person')
  await finish('selma')
  assert.equal(await refused(settle('teo', 'acc_bed', next.version + 1)), 'not-now')
})

test('a finished assessment never changes, whoever writes', async () => {
  const id = await finished(as('selma'), as('teo'), { subject: 'provider', organisation: clinic })
  await assert.rejects(truth.query(`update situation.assessment set answers = '{}' where id = $1`, [id]))
  await assert.rejects(truth.query('delete from situation.assessment where id = $1', [id]))
})

test('one that was begun in error is dropped by its assessors before both have handed in, and stays in the list', async () => {
  const drop = (by: PersonKey, assessment: string, version = 1) =>
    refused(
      as(by)
        .call(situation.drop, { params: { assessment }, version, body: { reason: 'mistake' } })
        .then(() => 'done'),
    )
  const id = await begun()
  for (const by of ['teo', 'tobias', 'jonah', 'odette'] as const) assert.equal(await drop(by, id), 'not-found', by)
  assert.equal(await drop('selma', id, 2), 'version-stale')
  await handIn('selma', id)
  assert.ok((await read('selma', id)).moves.includes('drop'))
  assert.equal(await drop('selma', id), 'done')
  const shown = await read('teo', id)
  assert.deepEqual([shown.state, shown.dropped, shown.moves, shown.answers], ['dropped', 'mistake', [], []])
  assert.equal(await refused(handIn('teo', id)), 'not-now')
  assert.equal(await drop('selma', id, 2), 'not-now')
  const { items } = await as('teo').call(situation.list, { query: { state: 'dropped' } })
  assert.deepEqual(
    items.map(one => [one.id, one.waitsForMe]),
    [[id, false]],
  )
  assert.equal(await refused(read('tobias', id)), 'not-found')

  const both = await begun()
  await handIn('selma', both)
  await handIn('teo', both)
  assert.equal(await drop('selma', both, (await read('selma', both)).version), 'not-now')
  // Nor past the server, back to a beginning.
  await assert.rejects(
    truth.query(`update situation.assessment set state = 'open' where id = $1`, [id]),
    /assessment_dropped/,
  )
})

test('a score is points of what applies, beside the questions it is made of', async () => {
  const id = await finished(
    as('selma'),
    as('teo'),
    { subject: 'provider', organisation: clinic },
    {
      acc_bed: 'no',
      acc_lock: 'partly',
      acc_meals: 'na',
      chi_guardian: 'na',
      chi_people: 'na',
      chi_school: 'na',
      chi_heard: 'na',
    },
  )
  const { scores, answers } = await read('dalia', id)
  assert.deepEqual(scores[0], { standard: 'accommodation', points: 4, of: 8 })
  assert.deepEqual(
    scores.find(one => one.standard === 'child'),
    { standard: 'child', points: null, of: 0 },
  )
  assert.deepEqual(
    answers.filter(one => one.standard === 'accommodation').map(one => one.said),
    ['no', 'partly', 'yes', 'na'],
  )
})

test('the unit reads what is finished, a provider what is finished about itself, nobody else anything', async () => {
  const open = await begun()
  const of = await finished(as('selma'), as('teo'), { subject: 'provider', organisation: clinic })
  const area = await finished(as('selma'), as('teo'), { subject: 'area', area: 'windward' })
  const may = async (key: PersonKey) => {
    const found: string[] = []
    for (const id of [open, of, area]) found.push((await refused(read(key, id))) === 'done' ? 'x' : '-')
    return found.join('')
  }
  assert.deepEqual(
    await Promise.all((['selma', 'tobias', 'dalia', 'jonah', 'celeste', 'silas', 'odette'] as const).map(may)),
    ['xxx', '-xx', '-xx', '-x-', '---', '---', '---'],
  )
  const listed = async (key: PersonKey) => (await as(key).call(situation.list, {})).items.map(one => one.id)
  assert.ok((await listed('jonah')).includes(of) && !(await listed('jonah')).includes(area))
  assert.ok(!(await listed('tobias')).includes(open))
  assert.equal(await refused(as('silas').call(situation.list, {})), 'not-found')
})

test('the list is filtered by whom it is about, where it stands, and by a standard in which something is missing', async () => {
  const id = await finished(as('selma'), as('teo'), { subject: 'provider', organisation: shelter }, { saf_fire: 'no' })
  const found = async (query: object) =>
    (await as('selma').call(situation.list, { query })).items.some(one => one.id === id)
  assert.equal(await found({ subject: 'provider', organisation: shelter, state: 'finished' }), true)
  assert.equal(await found({ subject: 'area' }), false)
  assert.equal(await found({ state: 'open' }), false)
  assert.equal(await found({ standard: 'safety' }), true)
  assert.equal(await found({ standard: 'legal' }), false)
})

test('of a gap comes an action, done by who owns it, and let go by the office alone', async () => {
  const id = await finished(
    as('selma'),
    as('teo'),
    { subject: 'provider', organisation: clinic },
    { hea_private: 'no' },
  )
  const add = (change: object = {}) => {
    const body = {
      id: uuidv7(),
      question: 'hea_private',
      what: 'Clear the store room.',
      owner: clinic,
      dueOn: inDays(5),
    }
    return as('selma').call(situation.addAction, { params: { assessment: id }, body: { ...body, ...change } })
  }
  assert.equal(await refused(add({ question: 'hea_check' })), 'question not-offered')
  assert.equal(await refused(add({ owner: uuidv7() })), 'owner not-offered')
  assert.equal(await refused(add({ dueOn: inDays(-1) })), 'dueOn past')
  const one = (await add()).id
  const other = (await add({ owner: shelter, what: 'Lend a screen.' })).id
  const mine = async (key: PersonKey) => (await as(key).call(situation.actions, { query: { mine: 'yes' } })).items
  assert.deepEqual(
    (await mine('jonah')).map(each => [each.id, each.what, each.moves]),
    [[one, 'Clear the store room.', ['finish']]],
  )
  // Of an assessment that they may not read, who owns an action sees the action.
  assert.deepEqual(
    (await mine('celeste')).map(each => each.id),
    [other],
  )
  const end = (key: PersonKey, action: string) =>
    refused(
      as(key).call(situation.finishAction, { params: { action }, version: 1, body: { what: 'There is a room now.' } }),
    )
  const drop = (key: PersonKey, action: string) =>
    refused(as(key).call(situation.dropAction, { params: { action }, version: 1, body: { reason: 'Not needed.' } }))
  assert.equal(await end('celeste', one), 'not-found')
  assert.equal(await drop('jonah', one), 'not-found')
  assert.equal(await end('dalia', one), 'not-found')
  assert.equal(await end('jonah', one), 'done')
  assert.equal(await end('jonah', one), 'not-now')
  assert.equal(await drop('selma', other), 'done')
  const { actions } = await read('jonah', id)
  assert.deepEqual(
    actions.map(each => [each.state, each.end]),
    [
      ['done', 'There is a room now.'],
      ['dropped', 'Not needed.'],
    ],
  )
})

test('what was late shows, and only while it is open', async () => {
  const id = await finished(as('selma'), as('teo'), { subject: 'area', area: 'claro' }, { leg_week: 'partly' })
  const body = { id: uuidv7(), question: 'leg_week', what: 'Ask.', owner: clinic, dueOn: inDays(0) }
  await as('selma').call(situation.addAction, { params: { assessment: id }, body })
  const late = async () => (await read('selma', id)).actions[0]!.overdue
  assert.equal(await late(), false)
  await truth.query('update situation.action set due_on = $2 where id = $1', [body.id, inDays(-2)])
  assert.equal(await late(), true)
})

test('no word of an assessor or of an action is in the database in clear', async () => {
  const id = await finished(
    as('selma'),
    as('teo'),
    { subject: 'provider', organisation: clinic },
    { hea_private: 'no' },
    'Zarzuela was there',
  )
  await as('selma').call(situation.addAction, {
    params: { assessment: id },
    body: { id: uuidv7(), question: 'hea_private', what: 'Zarzuela clears it.', owner: clinic, dueOn: inDays(5) },
  })
  for (const table of ['assessment', 'sheet', 'action']) {
    const { rows } = await truth.query(
      `select t::text as row, ${table === 'assessment' ? 'sealed_words' : table === 'sheet' ? 'sealed_answers' : 'sealed_what'} as sealed from situation.${table} t`,
    )
    assert.ok(rows.length > 0)
    for (const row of rows)
      assert.ok(!row.row.includes('Zarzuela') && !(row.sealed ?? Buffer.of()).includes('Zarzuela'), table)
  }
})

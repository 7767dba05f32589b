import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { caseInCare, codeOf, helpedByShelter } from '#capabilities/care/make.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { explained } from '../../../../tests/harness/make.ts'
import { tasks } from '../contract.ts'
import { taskBody, toWhom } from '../make.ts'

let harness: Harness
let dalia: Persona
let celeste: Persona
let tobias: Persona
let ines: Persona
before(async () => {
  harness = await startHarness()
  ;[dalia, celeste, tobias, ines] = (await Promise.all(
    (['dalia', 'celeste', 'tobias', 'ines'] as const).map(harness.as),
  )) as [Persona, Persona, Persona, Persona]
})
after(() => harness.stop())

const listOf = async (by: Persona, id: string) => (await by.call(tasks.ofCase, { params: { case: id } })).items
const oneOf = async (by: Persona, id: string, task: string) => (await listOf(by, id)).find(one => one.id === task)
const waitsFor = async (by: Persona, task: string) =>
  (await by.call(tasks.today, { query: { kind: 'task' } })).items.find(one => one.id === task)
async function made(by: Persona, id: string, body: ReturnType<typeof taskBody>): Promise<string> {
  await by.call(tasks.make, { params: { case: id }, body })
  return body.id
}
const moving = (by: Persona, verb: 'take' | 'finish' | 'undo', task: string, version: number) =>
  codeOf(by.call(tasks[verb], { params: { task }, version, body: {} }))

test('a task for a role is anybody’s of it until somebody takes it; done, it can be undone by who did it', async () => {
  const id = await caseInCare(harness)
  await helpedByShelter(harness, id)
  const task = await made(dalia, id, taskBody(toWhom('celeste', true)))
  const shown = await waitsFor(celeste, task)
  assert.deepEqual([shown?.code, shown?.part, shown?.moves], ['accompany', 'today', ['take', 'finish', 'give', 'drop']])
  assert.equal(await waitsFor(dalia, task), undefined)
  assert.equal(await moving(celeste, 'take', task, 7), 'version-stale')
  assert.equal(await moving(dalia, 'take', task, 1), 'not-found')
  assert.equal(await moving(celeste, 'take', task, 1), 'done')
  assert.equal((await oneOf(dalia, id, task))?.name, 'Celeste Abara')
  assert.equal(await moving(celeste, 'take', task, 2), 'not-now')
  assert.equal(await moving(celeste, 'finish', task, 2), 'done')
  assert.equal(await waitsFor(celeste, task), undefined)
  assert.deepEqual((await oneOf(celeste, id, task))?.moves, ['undo'])
  assert.deepEqual((await oneOf(dalia, id, task))?.moves, [])
  assert.equal(await moving(dalia, 'undo', task, 3), 'not-found')
  assert.equal(await moving(celeste, 'undo', task, 3), 'done')
  assert.equal((await waitsFor(celeste, task))?.version, 4)
})

test('what was done yesterday is not undone', async () => {
  const id = await caseInCare(harness)
  const task = await made(dalia, id, taskBody(toWhom('dalia')))
  assert.equal(await moving(dalia, 'finish', task, 1), 'done')
  harness.setNow(new Date(Date.now() + 2 * 86_400_000))
  try {
    assert.deepEqual((await oneOf(dalia, id, task))?.moves, [])
    assert.equal(await moving(dalia, 'undo', task, 2), 'not-found')
  } finally {
    harness.setNow(undefined)
  }
})

test('words are read by who reads the notes of the services, and written by nobody else', async () => {
  const id = await caseInCare(harness)
  await helpedByShelter(harness, id)
  const task = await made(dalia, id, taskBody(toWhom('celeste')))
  assert.equal((await oneOf(dalia, id, task))?.words, 'Walk with her to the registry office.')
  // The services were not shared with the shelter, and a task changes nothing of that.
  const theirs = await oneOf(celeste, id, task)
  assert.equal(theirs?.kind, 'accompany')
  assert.equal(theirs && 'words' in theirs, false)
  assert.equal((await oneOf(tobias, id, task))?.words, undefined)
  const back = taskBody(toWhom('dalia'), { kind: 'answer' })
  const say = (body: typeof back) => codeOf(celeste.call(tasks.make, { params: { case: id }, body }))
  assert.equal(await say(back), 'invalid-input words:codes-only')
  const { words: _, ...codes } = back
  assert.equal(await say(codes), 'done')
  assert.equal((await waitsFor(dalia, back.id))?.code, 'answer')
})

test('nobody is given a task about a case that they have no place in', async () => {
  const id = await caseInCare(harness)
  const give = (by: Persona, to: Parameters<typeof toWhom>[0], anybody = false) =>
    codeOf(by.call(tasks.make, { params: { case: id }, body: taskBody(toWhom(to, anybody)) }))
  for (const other of ['celeste', 'bastien', 'petra', 'jonah', 'odette', 'wren'] as const)
    assert.equal(await give(dalia, other), 'invalid-input to:no-place', other)
  assert.equal(await give(dalia, 'bastien', true), 'done', 'a coordinator is one of the role')
  for (const other of ['ines', 'tobias', 'marisol'] as const) assert.equal(await give(dalia, other), 'done', other)
  for (const stranger of ['celeste', 'bastien', 'petra', 'kofi', 'odette', 'wren'] as const)
    assert.equal(await give(await harness.as(stranger), 'dalia'), 'not-found', stranger)
  const { items } = await dalia.call(tasks.people, { params: { case: id } })
  assert.deepEqual(items.map(one => one.name).sort(), [
    'Dalia Moreau',
    'Inés Calloway',
    'Marisol Prentice',
    'Noemí Lascelles',
    'Rufus Adeyemi',
    'Tobias Fenwick',
  ])
})

test('who helps learns who is in charge, and of nobody else who helps', async () => {
  const id = await caseInCare(harness)
  await helpedByShelter(harness, id)
  const { items } = await celeste.call(tasks.people, { params: { case: id } })
  assert.deepEqual(items.map(one => one.name).sort(), ['Celeste Abara', 'Dalia Moreau'])
  assert.equal(await codeOf((await harness.as('petra')).call(tasks.people, { params: { case: id } })), 'not-found')
})

test('who asked for it and who answers for the case give it to somebody else, or let it go with a reason', async () => {
  const id = await caseInCare(harness)
  const task = await made(tobias, id, taskBody(toWhom('ines'), { words: undefined }))
  const give = (by: Persona, to: Parameters<typeof toWhom>[0], version: number) =>
    codeOf(by.call(tasks.give, { params: { task }, version, body: { to: toWhom(to) } }))
  assert.equal(await give(dalia, 'celeste', 1), 'invalid-input to:no-place')
  assert.equal(await give(await harness.as('marisol'), 'dalia', 1), 'not-found')
  assert.equal(await give(tobias, 'rufus', 1), 'done')
  assert.equal(await waitsFor(ines, task), undefined)
  assert.equal(await give(dalia, 'dalia', 2), 'done')
  const drop = (by: Persona, version: number) =>
    codeOf(by.call(tasks.drop, { params: { task }, version, body: { reason: 'done-otherwise' } }))
  assert.equal(await drop(await harness.as('celeste'), 3), 'not-found')
  assert.equal(await drop(dalia, 3), 'done')
  assert.equal((await oneOf(dalia, id, task))?.reason, 'done-otherwise')
})

test('a task about no case has codes alone and stays within the organisation', async () => {
  const { words: _, ...body } = taskBody(toWhom('rufus'))
  const make = (by: Persona, change: object) =>
    codeOf(by.call(tasks.makeOwn, { body: { ...body, id: uuidv7(), ...change } }))
  assert.equal(await make(ines, { words: 'Her name is' }), 'invalid-input words:unknown-field')
  assert.equal(await make(ines, { to: toWhom('celeste') }), 'not-found')
  assert.equal(await codeOf(ines.call(tasks.makeOwn, { body })), 'done')
  const shown = await waitsFor(await harness.as('rufus'), body.id)
  assert.deepEqual([shown?.case, shown?.reference], [null, null])
  assert.equal(await waitsFor(await harness.as('noemi'), body.id), undefined)
})

test('when the person withdraws, the shelter’s task goes back to who is in charge at once', async () => {
  const id = await caseInCare(harness)
  const { consent: given } = await helpedByShelter(harness, id)
  const task = await made(dalia, id, taskBody(toWhom('celeste')))
  assert.equal(await moving(celeste, 'take', task, 1), 'done')
  await dalia.call(consent.withdraw, {
    params: { case: id, consent: given },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  assert.equal(await waitsFor(celeste, task), undefined)
  assert.equal(await moving(celeste, 'finish', task, 2), 'not-found')
  const back = await oneOf(dalia, id, task)
  assert.deepEqual([back?.state, back?.name, back?.returned], ['open', 'Dalia Moreau', true])
})
test('a place that ends by its time gives the task back, by the job', async () => {
  const id = await caseInCare(harness)
  await helpedByShelter(harness, id)
  const task = await made(dalia, id, taskBody(toWhom('celeste')))
  const { default: pg } = await import('pg')
  const owner = new pg.Client({ connectionString: harness.database.url('super') })
  const jobs = new pg.Client({ connectionString: harness.database.url('jobs') })
  await Promise.all([owner.connect(), jobs.connect()])
  try {
    // As time alone ends it: no statement of the application says so.
    await owner.query('alter table policy.case_access disable trigger settle_tasks')
    await owner.query(`update policy.case_access set until = now() where case_id = $1 and basis = 'share'`, [id])
    await owner.query('alter table policy.case_access enable trigger settle_tasks')
    assert.equal(await waitsFor(celeste, task), undefined)
    assert.equal((await jobs.query('select tasks.settle(null, null) as moved')).rows[0].moved, 1)
  } finally {
    await Promise.all([owner.end(), jobs.end()])
  }
  assert.equal((await waitsFor(dalia, task))?.id, task)
})

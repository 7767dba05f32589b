import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { pool } from '#platform/db/context.ts'
import { decisionBody } from '../../../../../tests/harness/make.ts'
import { cases } from '../../contract.ts'
import { clock, codeOf, day, fieldsOf, running, unitAtWork } from './make.ts'

const { harness, ines, rufus, noemi, dalia, tobias, read, caseOfDalia, decide, second, move } = await unitAtWork()
after(() => harness.stop())

test('from reasonable grounds through recovery to conclusive grounds, with every clock', async () => {
  const id = await caseOfDalia()
  assert.deepEqual(running(await read(id)), ['reasonable-grounds'])
  await decide(ines, id, 'positive')
  const recovering = await read(id, dalia)
  assert.deepEqual(running(recovering), ['recovery-period', 'recovery-review'])
  assert.equal(recovering.next, undefined)
  assert.equal(Math.floor((Date.parse(clock(recovering, 'recovery-period').dueAt) - Date.now()) / day), 30)
  await move(dalia, id, 'review-recovery')
  assert.deepEqual(running(await read(id)), ['recovery-period'])
  await move(dalia, id, 'end-recovery')
  const pending = await read(id)
  assert.equal(pending.identification, 'conclusive-pending')
  assert.deepEqual(running(pending), ['conclusive-grounds'])
  assert.equal(pending.dueAt, clock(pending, 'conclusive-grounds').dueAt)
  assert.deepEqual(pending.next?.positive, ['elements', 'grounds', 'evidence', 'reasons'])
  await decide(rufus, id, 'positive')
  const done = await read(id)
  assert.equal(done.identification, 'conclusive-grounds')
  assert.deepEqual(running(done), [])
  assert.equal(done.dueAt, null)
  assert.deepEqual(
    done.timeline.map(one => one.event).filter(event => /decided|recovery/.test(event)),
    [
      'case.reasonable-grounds-decided',
      'case.recovery-reviewed',
      'case.recovery-ended',
      'case.conclusive-grounds-decided',
    ],
  )
  const last = done.decisions!.at(-1)!
  assert.equal(last.kind, 'conclusive-grounds')
  assert.equal(last.body, 'Counter Trafficking Unit')
  for (const { grounds, evidence } of done.decisions!) {
    assert.deepEqual(grounds, { act: 'He was recruited.', means: 'He was deceived.', purpose: 'He had to work.' })
    assert.deepEqual(
      evidence.map(one => [one.kind, one.why]),
      [['screening', 'It says who kept the papers.']],
    )
  }
  assert.equal(done.steps?.[1]?.reasons, 'As it was said on the phone.')
})

for (const stage of ['reasonable-grounds', 'conclusive-grounds'])
  test(`${stage} need a line on each element and something cited of this very case, a yes and a no; a child needs no means`, async () => {
    const nothing = { grounds: undefined, evidence: [] }
    for (const child of [false, true]) {
      const id = await caseOfDalia(child ? { child: 'in-doubt' } : {})
      if (stage === 'conclusive-grounds') {
        await decide(ines, id, 'positive')
        await move(dalia, id, 'end-recovery')
      }
      const lines = ['grounds.act', ...(child ? [] : ['grounds.means']), 'grounds.purpose']
      for (const outcome of ['positive', 'negative'] as const)
        assert.deepEqual(await fieldsOf(decide(ines, id, outcome, nothing)), [...lines, 'evidence'])
      const other = await decisionBody(ines, await caseOfDalia(), 'positive')
      const { evidence } = other
      assert.deepEqual(await fieldsOf(decide(ines, id, 'positive', { evidence })), ['evidence.0.id'])
      const { means: _, ...grounds } = other.grounds!
      // Which elements were not found is a line each, and no box.
      const none = { acts: [], means: [], exploitations: [] }
      assert.equal(await codeOf(decide(ines, id, 'negative', { ...none, grounds })), child ? 'done' : 'invalid-input')
      if (child) continue
      assert.deepEqual(await fieldsOf(decide(ines, id, 'positive', none)), ['acts', 'means', 'exploitations'])
      await decide(ines, id, 'negative', none)
      assert.deepEqual((await read(id)).decisions?.at(-1)?.elements, [])
    }
  })

test('what was written down before lines and evidence were asked for is shown as it is, and is still seconded', async () => {
  const id = await caseOfDalia()
  const decision = await decide(ines, id, 'negative')
  const owner = pool(harness.database.url('super'), 1, 'test-owner')
  await owner.query("update cases.decision set sealed_grounds = null, evidence = '{}' where id = $1", [decision])
  await owner.end()
  const shown = (await read(id)).decisions!.at(-1)!
  assert.deepEqual([shown.grounds, shown.evidence], [undefined, []])
  await second(rufus, id, decision)
  assert.equal((await read(id)).identification, 'no-reasonable-grounds')
})

test('no reasonable grounds, a second person, a reconsideration by others, and reasonable grounds after all', async () => {
  const id = await caseOfDalia()
  await second(rufus, id, await decide(ines, id, 'negative'))
  const negative = await read(id, dalia)
  assert.equal(negative.identification, 'no-reasonable-grounds')
  assert.deepEqual(running(negative), ['reconsideration-request'])
  assert.ok(negative.moves.includes('request-reconsideration'))
  await move(dalia, id, 'request-reconsideration', { askedBy: 'person' })
  const asked = await read(id)
  assert.equal(asked.identification, 'reconsidering-reasonable-grounds')
  assert.deepEqual(running(asked), ['reasonable-grounds'])
  assert.equal(asked.next?.kind, 'reconsideration')
  for (const before of [ines, rufus]) {
    assert.equal(await codeOf(decide(before, id, 'positive')), 'same-person')
    assert.equal((await read(id, before)).moves.includes('decide'), false)
  }
  const again = await decide(noemi, id, 'positive')
  assert.equal((await read(id)).identification, 'proposed-reasonable-grounds-again')
  for (const not of [noemi, ines]) {
    assert.equal(await codeOf(second(not, id, again)), 'not-found')
    assert.equal((await read(id, not)).moves.includes('confirm'), false)
  }
  await second(rufus, id, again)
  const after = await read(id)
  assert.equal(after.identification, 'reasonable-grounds')
  assert.deepEqual(running(after), ['recovery-period', 'recovery-review'])
})

test('the database knows too that nobody reconsiders what they decided', async () => {
  const id = await caseOfDalia()
  await second(rufus, id, await decide(ines, id, 'negative'))
  const owner = pool(harness.database.url('super'), 1, 'test-owner')
  try {
    const insert = (by: string, secondBy: string | null) =>
      owner.query(
        `insert into cases.decision (id, case_id, kind, stage, outcome, elements, sealed_reasons, state, by_account, second_by)
         values ($1, $2, 'reconsideration', 'reasonable-grounds', 'positive', '{}', '\\x00', $5, $3, $4)`,
        [uuidv7(), id, by, secondBy, secondBy ? 'confirmed' : 'proposed'],
      )
    await assert.rejects(insert(ines.account, null), /decided before/)
    await assert.rejects(insert(rufus.account, null), /decided before/)
    await assert.rejects(insert(noemi.account, ines.account), /decided before/)
    await insert(noemi.account, rufus.account)
  } finally {
    await owner.end()
  }
})

test('a reconsideration that is asked for late says why', async () => {
  const id = await caseOfDalia()
  await second(rufus, id, await decide(ines, id, 'negative'))
  harness.setNow(new Date(Date.now() + 40 * day))
  try {
    const ask = (change: object) => move(dalia, id, 'request-reconsideration', { askedBy: 'lawyer', ...change })
    assert.deepEqual(await fieldsOf(ask({})), ['lateReasons'])
    // It was asked in time, and written down late.
    await ask({ happenedAt: new Date(Date.now() + 20 * day).toISOString() })
    const found = await read(id)
    assert.equal(found.steps?.at(-1)?.about.late, undefined)
    assert.ok(Date.parse(clock(found, 'reasonable-grounds').startsAt) < Date.now() + 21 * day)
  } finally {
    harness.setNow(undefined)
  }
  const other = await caseOfDalia()
  await second(rufus, other, await decide(ines, other, 'negative'))
  harness.setNow(new Date(Date.now() + 40 * day))
  try {
    await move(dalia, other, 'request-reconsideration', { askedBy: 'person', lateReasons: 'She was in hospital.' })
    const step = (await read(other)).steps?.at(-1)
    assert.equal(step?.about.late, true)
    assert.equal(step?.lateReasons, 'She was in hospital.')
  } finally {
    harness.setNow(undefined)
  }
})

test('every reconsideration has a second person, also one that says no again', async () => {
  const id = await caseOfDalia()
  await second(rufus, id, await decide(ines, id, 'negative'))
  await move(tobias, id, 'request-reconsideration', { askedBy: 'guardian' })
  const again = await decide(noemi, id, 'negative')
  assert.equal((await read(id)).identification, 'proposed-reasonable-grounds-again')
  await second(rufus, id, again, 'returned')
  assert.equal((await read(id)).identification, 'reconsidering-reasonable-grounds')
  await second(rufus, id, await decide(noemi, id, 'negative'))
  assert.equal((await read(id)).identification, 'no-reasonable-grounds')
})

const interruptions = [
  ['withdraw', 'withdrawn', 'reopen', {}],
  ['transfer', 'transferred', 'reopen', { country: 'TTO' }],
  ['report-missing', 'missing', 'find', {}],
  ['record-death', 'deceased', 'reopen', {}],
] as const
for (const [step, state, back, more] of interruptions)
  test(`${state}: every clock stands still, and goes on from there when it ends`, async () => {
    const id = await caseOfDalia()
    await decide(ines, id, 'positive')
    const before = await read(id)
    // The day of the start counts for nothing, so that what happens on it moves nothing.
    harness.setNow(new Date(Date.now() + day))
    await move(dalia, id, step, more)
    const stopped = await read(id, dalia)
    assert.equal(stopped.identification, state)
    assert.ok(stopped.clocks.filter(one => !one.stoppedAt).every(one => one.pausedAt && one.pauseReason === state))
    assert.deepEqual(
      stopped.moves.filter(one => ['decide', 'withdraw', 'end-recovery', back].includes(one)),
      [back],
    )
    const paused = clock(stopped, 'recovery-period').id
    const resume = { params: { case: id, clock: paused }, version: stopped.version, body: {} }
    assert.equal(await codeOf(dalia.call(cases.resumeClock, resume)), 'not-now')
    harness.setNow(new Date(Date.now() + 11 * day))
    try {
      await move(dalia, id, back)
    } finally {
      harness.setNow(undefined)
    }
    const after = await read(id)
    assert.equal(after.identification, 'reasonable-grounds')
    for (const kind of ['recovery-period', 'recovery-review'])
      assert.equal(Date.parse(clock(after, kind).dueAt) - Date.parse(clock(before, kind).dueAt), 10 * day, kind)
  })

test('a transfer names its country, and nothing else does', async () => {
  const id = await caseOfDalia()
  assert.deepEqual(await fieldsOf(move(dalia, id, 'transfer')), ['country'])
  assert.deepEqual(await fieldsOf(move(dalia, id, 'withdraw', { country: 'TTO', askedBy: 'person' })), [
    'country',
    'askedBy',
  ])
  const early = { happenedAt: new Date(Date.now() - 3 * day).toISOString() }
  assert.deepEqual(await fieldsOf(move(dalia, id, 'withdraw', early)), ['happenedAt'])
  const late = { happenedAt: new Date(Date.now() + day).toISOString() }
  assert.deepEqual(await fieldsOf(move(dalia, id, 'withdraw', late)), ['happenedAt'])
  assert.equal((await read(id)).identification, 'pending')
})

test('nobody moves what is not theirs to move', async () => {
  const id = await caseOfDalia()
  assert.equal(await codeOf(move(ines, id, 'withdraw')), 'not-now')
  assert.equal(await codeOf(move(dalia, id, 'end-recovery')), 'not-now')
  const bastien = await harness.as('bastien')
  const marisol = await harness.as('marisol')
  for (const stranger of [bastien, marisol]) assert.equal(await codeOf(move(stranger, id, 'withdraw')), 'not-found')
  assert.equal(await codeOf(tobias.call(cases.evidence, { params: { case: id } })), 'not-found')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { situation } from '#capabilities/situation/contract.ts'
import { staffApp } from '#platform/http/app.ts'
import { sampleCases } from '../tools/demonstration/sample-cases.ts'
import { type App, addSamples, noteDue } from '../tools/demonstration/samples.ts'
import { everything } from './bad-input/stored.ts'
import { type Harness, startHarness } from './harness/harness.ts'

/** A new demonstration country, and its staff server as the samples are given it. */
async function country(): Promise<{
  harness: Harness
  app: App
  add: (through?: App) => Promise<number>
  truth: pg.Client
  stop: () => Promise<void>
}> {
  const harness = await startHarness()
  const { dataFolder, staffOrigin } = harness.services.config
  const app = staffApp(harness.services, harness.bindings, 'no-build', 'test')
  const truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  return {
    harness,
    app,
    truth,
    add: (through = app) => addSamples(dataFolder, through, staffOrigin),
    stop: async () => {
      await truth.end()
      await harness.stop()
    },
  }
}
const due = ({ harness }: { harness: Harness }) => noteDue(harness.services.config.dataFolder)

/** How many rows each table has; sessions and events come with every try. */
async function rowCounts(truth: pg.Client): Promise<Record<string, string>> {
  const found = await everything(truth)
  return Object.fromEntries(
    Object.entries(found)
      .filter(
        ([name]) => /^(cases|consent|screening|referrals|policy|situation)\./.test(name) || name === 'platform.command',
      )
      .map(([name, sum]) => [name, sum.split(' rows ')[0]!]),
  )
}

test('a new country gets cases in every state of the work, and each of its people sees their own part', async () => {
  const one = await country()
  try {
    await due(one)
    assert.equal(await one.add(), sampleCases.length)
    const { as } = one.harness
    const [marisol, kofi, tobias, dalia, celeste] = await Promise.all(
      (['marisol', 'kofi', 'tobias', 'dalia', 'celeste'] as const).map(as),
    )
    const mine = await marisol!.call(screening.list, { query: {} })
    assert.deepEqual(
      [
        mine.items.length,
        mine.items.filter(each => each.referred).length,
        mine.items.filter(each => each.child).length,
      ],
      [5, 4, 1],
    )
    assert.equal((await kofi!.call(screening.list, { query: {} })).items.length, 3)
    const inbox = (await tobias!.call(referrals.list, { query: { box: 'inbox' } })).items
    assert.deepEqual(inbox.map(each => each.status).sort(), [
      'accepted',
      'accepted',
      'accepted',
      'accepted',
      'acknowledged',
      'sent',
    ])
    for (const each of inbox) assert.ok(Date.parse(each.dueAt) > Date.now(), 'a clock has run out already')
    const charge = (await dalia!.call(cases.list, { query: { mine: 'yes' } })).items
    assert.deepEqual(charge.map(each => each.identification).sort(), ['pending', 'pending', 'reasonable-grounds'])
    const asked = (await celeste!.call(referrals.list, { query: { box: 'inbox' } })).items
    assert.deepEqual(asked.map(each => each.status).sort(), ['declined', 'declined', 'in-service'])
    const jonah = await as('jonah')
    const assessed = (await jonah.call(situation.list, {})).items
    assert.deepEqual(
      assessed.map(each => [each.state, each.organisation?.name]),
      [['finished', 'Claro Clinic']],
    )
    assert.equal((await jonah.call(situation.actions, { query: { state: 'open', mine: 'yes' } })).items.length, 2)
    const told = await one.truth.query('select count(*)::int as n from auth.session where ended_at is null')
    // The six of this test.
    assert.equal(told.rows[0].n, 6)
  } finally {
    await one.stop()
  }
})

test('a country that is not new gets nothing, and a second start adds nothing', async () => {
  const one = await country()
  try {
    const empty = await everything(one.truth)
    assert.equal(await one.add(), 0)
    assert.deepEqual(await everything(one.truth), empty)
    await due(one)
    await one.add()
    const full = await everything(one.truth)
    assert.equal(await one.add(), 0)
    assert.deepEqual(await everything(one.truth), full)
  } finally {
    await one.stop()
  }
})

test('cut off again and again, before a command or before its answer, they become the same cases', async () => {
  const [whole, torn] = [await country(), await country()]
  try {
    await due(whole)
    await whole.add()
    await due(torn)
    let cuts = 0
    for (let allowed = 4; ; allowed += 7) {
      let asked = 0
      const lost: App = {
        request: async (...parts) => {
          asked += 1
          if (asked > allowed && allowed % 2 === 0) throw new Error('cut off before it was sent')
          const answer = await torn.app.request(...parts)
          if (asked > allowed) throw new Error('cut off before it was answered')
          return answer
        },
      }
      const added = await torn.add(lost).catch(() => undefined)
      if (added === sampleCases.length) break
      cuts += 1
      assert.ok(cuts < 40)
    }
    assert.ok(cuts >= 6, `${cuts} cuts`)
    assert.deepEqual(await rowCounts(torn.truth), await rowCounts(whole.truth))
  } finally {
    await whole.stop()
    await torn.stop()
  }
})

test('no number in them is anybody’s, and both languages are spoken', () => {
  const phones = sampleCases.flatMap(one => one.screened.identity.phone ?? [])
  // The country code 999 is given to nobody.
  for (const phone of phones) assert.match(phone, /^\+999 /)
  assert.equal(new Set(sampleCases.map(one => one.screened.language)).size, 2)
})

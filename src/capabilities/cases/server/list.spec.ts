import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { openedCase, putInCharge } from '../../../../tests/harness/make.ts'
import { cases } from '../contract.ts'

let harness: Harness
before(async () => {
  harness = await startHarness()
})
after(() => harness.stop())

test('the first page of a longer list says how many there are, by the filters that were set', async () => {
  const tobias = await harness.as('tobias')
  const made = [await openedCase(harness), await openedCase(harness), await openedCase(harness)]
  for (const id of made.slice(0, 2)) await putInCharge(harness, id)
  const asked = async (query: object) => {
    const { items, next, total } = await tobias.call(cases.list, { query })
    return { shown: items.length, next, total }
  }
  assert.deepEqual(await asked({}), { shown: 3, next: undefined, total: undefined })
  const first = await asked({ limit: '1' })
  assert.deepEqual([first.shown, first.total], [1, 3])
  const second = await asked({ limit: '1', after: first.next })
  assert.deepEqual([second.shown, typeof second.next, second.total], [1, 'string', undefined])
  const dalia = await harness.as('dalia')
  assert.equal((await dalia.call(cases.list, { query: { mine: 'yes', limit: '1' } })).total, 2)
  assert.equal(
    (await dalia.call(cases.list, { query: { mine: 'yes', limit: '1', status: 'closed' } })).total,
    undefined,
  )
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { escalationOf } from './escalation.ts'
import { PackError, parsePack } from './load.ts'

const sound = JSON.parse(await readFile(new URL('../../../countries/xsa/pack.json', import.meta.url), 'utf8'))
const packWith = (escalates: unknown) => {
  const pack = structuredClone(sound)
  const clock = pack.clocks.find((one: { code: string }) => one.code === 'conclusive-grounds')
  if (escalates === undefined) delete clock.escalates
  else clock.escalates = escalates
  return parsePack('pack.json', pack)
}

test('a pack says when supervisors are told again, that they are not told, or nothing', () => {
  assert.deepEqual(escalationOf(packWith({ amount: 3, unit: 'hours' }), 'conclusive-grounds'), {
    amount: 3,
    unit: 'hours',
  })
  assert.equal(escalationOf(packWith(null), 'conclusive-grounds'), undefined)
  assert.deepEqual(escalationOf(packWith(undefined), 'conclusive-grounds'), { amount: 5, unit: 'working-days' })
})

test('the time in which somebody may ask for a reconsideration is nobody’s delay', () => {
  assert.equal(escalationOf(parsePack('pack.json', sound), 'reconsideration-request'), undefined)
})

test('half a working day is no time to be told again after', () => {
  assert.throws(() => packWith({ amount: 0.5, unit: 'working-days' }), PackError)
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { modelServer } from './phones/model.ts'
import { quickCrypto } from './phones/quick-crypto.ts'
import { schedule, type Told } from './phones/schedule.ts'
import { ageSealing, quickSealing } from './phones/sealing.ts'
import type { Sealing } from './phones/server.ts'

// `SAMAAN_PHONES_SEED=17` runs that schedule alone; `SAMAAN_PHONES=10000` runs so many.
const only = process.env.SAMAAN_PHONES_SEED
const many = Number(process.env.SAMAAN_PHONES ?? 1000)
const sealedWithAge = 10

async function run(
  first: number,
  count: number,
  sealing: Sealing,
  crypto: Crypto = globalThis.crypto,
): Promise<Told[]> {
  const told: Told[] = []
  let seed = first
  // A few at a time: each waits for its disk and its keys now and then.
  const lane = async () => {
    while (seed < first + count) {
      const mine = seed++
      try {
        told.push(await schedule({ seed: mine, sealing, crypto, serverOf: time => modelServer(sealing, time) }))
      } catch (error) {
        seed = Number.POSITIVE_INFINITY
        console.error(`again with SAMAAN_PHONES_SEED=${mine}`)
        throw error
      }
    }
  }
  await Promise.all([lane(), lane(), lane()])
  return told
}
const sum = (all: readonly Told[], of: (one: Told) => number): number => all.reduce((total, one) => total + of(one), 0)

describe('phones on a bad network', () => {
  test(`converge, lose nothing, do nothing twice and keep nothing after their end`, async t => {
    const begun = performance.now()
    const [first, count] = only ? [Number(only), 1] : [1, many]
    const told = await run(first, count, await quickSealing(), quickCrypto())
    const counted = {
      schedules: told.length,
      acknowledged: sum(told, one => one.acknowledged),
      givenUp: sum(told, one => one.givenUp),
      conflicts: sum(told, one => one.conflicts),
      revoked: sum(told, one => one.revoked),
      quarantined: sum(told, one => one.quarantined),
      phones: sum(told, one => one.devices),
      ...Object.fromEntries(
        Object.keys(told[0]!.network).map(fate => [fate, sum(told, one => one.network[fate as keyof Told['network']])]),
      ),
    }
    t.diagnostic(`seeds ${only ?? `1 to ${many}`} in ${Math.round(performance.now() - begun)} ms`)
    t.diagnostic(JSON.stringify(counted))
    // A run in which nothing of a kind happened proves nothing of that kind.
    if (told.length >= 100) for (const [name, count] of Object.entries(counted)) assert.ok(count > 0, name)
  })

  test('the same, sealed as on a real phone', { skip: only !== undefined }, async () => {
    await run(100_001, sealedWithAge, await ageSealing())
  })
})

import assert from 'node:assert/strict'
import { serialize } from 'node:v8'
import type { Fields } from '#platform/sync/field-edits.ts'
import { openDatabase, type StoreName } from '../../src/staff/offline/database.ts'
import { conflicts } from '../../src/staff/offline/edits.ts'
import { day } from '../../src/staff/offline/expiry.ts'
import { start } from '../../src/staff/offline/make.ts'
import { Actor, planted } from './actor.ts'
import { type Chance, chanceOf } from './chance.ts'
import { longestDelay, makeWorld, pass, type World } from './network.ts'
import type { Judged, Sealing, Server } from './server.ts'

export interface ScheduleOptions {
  readonly seed: number
  readonly sealing: Sealing
  readonly crypto?: Crypto
  readonly serverOf: (time: () => number) => Server | Promise<Server>
  readonly steps?: number
}
/** What a schedule exercised, so that a run of them can show that nothing was left out. */
export interface Told {
  readonly network: Readonly<World['did']>
  readonly acknowledged: number
  readonly conflicts: number
  readonly revoked: number
  readonly quarantined: number
  readonly devices: number
  readonly givenUp: number
}

const minute = 60_000
/** Mostly minutes, sometimes days: long enough for vaults to die of silence now and then. */
const pause = (chance: Chance): number =>
  chance.often(0.04) ? chance.next() * 9 * day : chance.next() * (chance.often(0.3) ? 600 : 10) * minute

/** One seed from its first step to its verdict. @throws AssertionError that names the seed */
export async function schedule({
  seed,
  sealing,
  serverOf,
  steps = 45,
  crypto = globalThis.crypto,
}: ScheduleOptions): Promise<Told> {
  const chance = chanceOf(seed)
  const world = makeWorld(start)
  const server = await serverOf(() => world.now)
  const actors = Array.from(
    { length: 2 + chance.below(3) },
    (_, n) => new Actor(n, world, chance, server, sealing, crypto),
  )
  const accounts = actors.map(one => one.account)
  const caseOf = (n: number) => `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`
  for (let n = 0; n < 3; n++)
    await server.makeCase(caseOf(n), accounts, { name: `${planted} case`, age: 20, place: `${planted} street` })
  for (const actor of actors) {
    await actor.open()
    await actor.ready()
  }
  for (let step = 0; step < steps; step++) {
    const actor = chance.pick(actors)!
    await actor.step()
    await nothingLeft(actor, seed)
    if (chance.often(0.03)) await server.forbid(caseOf(chance.below(3)), chance.pick(accounts)!)
    if (chance.often(0.03)) await server.allow(caseOf(chance.below(3)), chance.pick(accounts)!)
    if (chance.often(0.006) && actor.device && !actor.revoked) {
      await server.revoke(actor.device)
      actor.revoked = true
    }
    if (chance.often(0.05)) await server.rules(chance.often(0.5))
    await pass(world, pause(chance))
  }
  await settle(world, actors)
  const judged = await server.judged()
  for (const actor of actors) await judge(actor, judged, seed)
  for (const [mark, times] of judged.effects) assert.equal(times, 1, `seed ${seed}: ${mark} was done ${times} times`)
  const told = actors.flatMap(one => [...one.told.values()])
  return {
    network: world.did,
    acknowledged: told.filter(one => one === 'kept').length,
    givenUp: told.filter(one => one === 'given up').length,
    conflicts: judged.conflicts.length,
    revoked: actors.filter(one => one.heard).length,
    quarantined: judged.quarantined.size,
    devices: actors.length,
  }
}

/** The network heals; what was on its way arrives; everybody sends, mends and reads until nothing is open. */
async function settle(world: World, actors: readonly Actor[]): Promise<void> {
  world.healed = true
  await pass(world, longestDelay)
  for (let round = 0; round < 12; round++) {
    for (const actor of actors) await actor.settle()
    await pass(world, day + 1)
    if ((await Promise.all(actors.map(one => one.unsettled()))).every(all => all.length === 0)) break
  }
  for (const actor of actors) await actor.pull()
}

const stores: readonly StoreName[] = ['meta', 'rows', 'parcels', 'sealed', 'files']
async function onDisk(actor: Actor): Promise<{ rows: number; vault: boolean; bytes: Buffer }> {
  const raw = await openDatabase(actor.ports.factory)
  const found = await raw.transact(stores, 'readonly', async tx => {
    const all: unknown[] = []
    for (const store of stores) all.push(await tx.keys(store), await tx.all(store))
    return {
      rows: (await tx.keys('rows')).length,
      vault: (await tx.meta('vault')) !== undefined,
      bytes: serialize(all),
    }
  })
  raw.close()
  return found
}

/** A phone that has heard of its end holds nothing that any key of it opens. */
async function nothingLeft(actor: Actor, seed: number): Promise<void> {
  if (!actor.heard) return
  const { rows, vault } = await onDisk(actor)
  assert.equal(vault, false, `seed ${seed}: a revoked phone has a key`)
  assert.equal(rows, 0, `seed ${seed}: a revoked phone has ${rows} rows`)
}

async function judge(actor: Actor, judged: Judged, seed: number): Promise<void> {
  const at = `seed ${seed}, phone ${actor.account.slice(-2)}`
  const open = (await actor.unsettled()).filter(one => !(actor.revoked && one.state === 'refused'))
  assert.deepEqual(open, [], `${at}: something never settled`)
  for (const [mark, told] of actor.told) {
    const times = judged.effects.get(mark) ?? 0
    // Nobody mends on a phone that was ended: a person at the server looks at what it handed in.
    const waits = actor.revoked && (judged.quarantined.has(mark) || judged.refused.has(mark))
    if (told === 'kept' && !waits) assert.equal(times, 1, `${at}: ${mark} was acknowledged and done ${times} times`)
  }
  const { bytes } = await onDisk(actor)
  for (const encoding of ['utf8', 'latin1', 'utf16le'] as const)
    assert.equal(bytes.includes(Buffer.from(planted, encoding)), false, `${at}: readable on the disk`)
  await nothingLeft(actor, seed)
  if (actor.revoked) {
    assert.ok(actor.heard, `${at}: never heard of its end`)
    await assert.rejects(actor.phone.vault.unlock({ prf: new Uint8Array(32) }))
    return
  }
  const mine = (await actor.phone.rows.list<Fields>('case')).map(one => [one.id, one.value] as const)
  const theirs = [...judged.cases].filter(([, one]) => one.accounts.has(actor.account))
  assert.deepEqual(
    new Map(mine),
    new Map(theirs.map(([id, one]) => [id, one.fields])),
    `${at}: another copy of the cases`,
  )
  const visible = new Set(theirs.map(([id]) => id))
  const seen = (await conflicts(actor.phone.rows)).map(one => one.mine.version).sort()
  const kept = judged.conflicts.filter(one => visible.has((one as { record?: string }).record ?? ''))
  assert.deepEqual(seen, kept.map(one => one.mine.version).sort(), `${at}: other conflicts`)
}

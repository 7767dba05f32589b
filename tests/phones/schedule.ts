import assert from 'node:assert/strict'
import { serialize } from 'node:v8'
import { openDatabase, type StoreName, type Transaction } from '../../src/staff/offline/database.ts'
import { day } from '../../src/staff/offline/expiry.ts'
import { prfOf } from '../../src/staff/offline/make.ts'
import { VaultError } from '../../src/staff/offline/vault.ts'
import { Actor } from './actor.ts'
import { type Chance, chanceOf } from './chance.ts'
import { longestDelay, makeWorld, pass, type World } from './network.ts'
import { planted, type Side, type SideOf } from './side.ts'

export interface ScheduleOptions {
  readonly seed: number
  readonly sideOf: SideOf
  /** Ms since 1970. */
  readonly start: number
  readonly crypto?: Crypto
  readonly steps?: number
}
/** What a schedule exercised, by name, so that a run of them can show that nothing was left out. */
export type Exercised = Readonly<Record<string, number>>

const minute = 60_000
/** Mostly minutes, sometimes days: long enough for vaults to die of silence now and then. */
const pause = (chance: Chance): number =>
  chance.often(0.04) ? chance.next() * 9 * day : chance.next() * (chance.often(0.3) ? 600 : 10) * minute

/** One seed from its first step to its verdict. @throws AssertionError */
export async function schedule({
  seed,
  sideOf,
  start,
  steps = 45,
  crypto = globalThis.crypto,
}: ScheduleOptions): Promise<Exercised> {
  const chance = chanceOf(seed)
  const world = makeWorld(start)
  const side = await sideOf(world, chance, seed)
  const actors = side.owners.map((_, n) => new Actor(n, world, chance, side, crypto))
  for (const actor of actors) {
    await actor.open()
    await actor.ready()
  }
  for (let step = 0; step < steps; step++) {
    const actor = chance.pick(actors)!
    await actor.step()
    await nothingLeft(actor)
    await side.meanwhile(actors)
    await pass(world, pause(chance))
  }
  await settle(world, side, actors, chance)
  const judged = await side.judge(actors)
  for (const actor of actors) await judge(actor)
  const told = actors.flatMap(one => [...one.told.values()])
  return {
    schedules: 1,
    phones: actors.length,
    files: actors.reduce((sum, one) => sum + one.files.length, 0),
    acknowledged: told.filter(one => one === 'kept').length,
    givenUp: told.filter(one => one === 'given up').length,
    ended: actors.filter(one => one.heard).length,
    ...judged,
    ...world.did,
  }
}

/**
 * The network heals. While what was on its way arrives, the office goes on and so do most phones; some lie in a drawer
 * until their key is gone. Then everybody sends, mends and reads until nothing is open.
 */
async function settle(world: World, side: Side, actors: readonly Actor[], chance: Chance): Promise<void> {
  world.healed = true
  const awake = actors.filter(() => chance.often(0.7))
  for (let at = 0; at < longestDelay; at += longestDelay / 3) {
    for (const actor of awake) {
      await actor.settle()
      await side.meanwhile(actors)
    }
    await pass(world, longestDelay / 3)
  }
  await side.healed?.(actors)
  for (let round = 0; round < 12; round++) {
    for (const actor of actors) await actor.settle()
    await pass(world, day + 1)
    if ((await Promise.all(actors.map(one => one.unsettled()))).every(all => all.length === 0)) break
  }
  await side.settled?.(actors)
  // What was decided last lets the last files be filed, and phones ask about theirs.
  for (let round = 0; round < 2; round++) {
    for (const actor of actors) await actor.sendFiles()
    await pass(world, day + 1)
  }
  for (const actor of actors) await actor.pull()
}

const stores: readonly StoreName[] = ['meta', 'rows', 'parcels', 'sealed', 'files']
async function onDisk<T>(actor: Actor, look: (tx: Transaction) => Promise<T>): Promise<T> {
  const raw = await openDatabase(actor.ports.factory)
  const found = await raw.transact(stores, 'readonly', look)
  raw.close()
  return found
}
async function everything(tx: Transaction): Promise<Buffer> {
  const all: unknown[] = []
  for (const store of stores) all.push(await tx.keys(store), await tx.all(store))
  return serialize(all)
}

/** A phone that has heard of its end holds nothing that any key of it opens. */
async function nothingLeft(actor: Actor): Promise<void> {
  assert.deepEqual([...actor.watch.wrongs, ...actor.filesWatch.wrongs], [], `phone ${actor.n}`)
  if (!actor.heard) return
  const { rows, vault } = await onDisk(actor, async tx => ({
    rows: (await tx.keys('rows')).length,
    vault: await tx.meta('vault'),
  }))
  assert.equal(vault, undefined, `phone ${actor.n}: an ended phone has a key`)
  assert.equal(rows, 0, `phone ${actor.n}: an ended phone has ${rows} rows`)
}

/** What holds for every phone, whatever the server. */
async function judge(actor: Actor): Promise<void> {
  const at = `phone ${actor.n}`
  const over = actor.revoked || actor.barred
  // Nobody mends on a phone that was ended: a person at the server looks at what it handed in.
  const open = (await actor.unsettled()).filter(one => !(over && one.state === 'refused'))
  assert.deepEqual(open, [], `${at}: something never settled`)
  for (const { state, code, id } of await actor.phone.outbox.list())
    if (state === 'refused') assert.ok(code, `${at}: ${id} is refused and nobody can say why`)
  await judgeFiles(actor)
  const bytes = await onDisk(actor, everything)
  for (const encoding of ['utf8', 'latin1', 'utf16le'] as const)
    assert.equal(bytes.includes(Buffer.from(planted, encoding)), false, `${at}: readable on the disk`)
  await nothingLeft(actor)
  if (!over) return
  assert.ok(actor.heard, `${at}: never heard of its end`)
  await assert.rejects(actor.phone.vault.unlock({ prf: prfOf(actor.n + 1) }))
  await assert.rejects(actor.phone.files.add({ bytes: new Uint8Array(1), name: '', group: null }), VaultError)
  for (const { id } of actor.files) await assert.rejects(actor.phone.files.read(id), VaultError)
}

/** Every file has arrived, whole; what was settled is no longer on the phone but for what became of it. */
async function judgeFiles(actor: Actor): Promise<void> {
  const parts = await onDisk(actor, tx => tx.keys('files'))
  for (const { id, state, code, sent, size } of await actor.phone.files.list()) {
    const at = `phone ${actor.n}: file ${id} is ${state} (${code})`
    assert.ok(state === 'done' || state === 'refused' || state === 'arrived', at)
    assert.ok(sent === size || state === 'refused', `${at} after ${sent} of ${size} bytes`)
    assert.equal(
      parts.some(([file, part]) => file === id && part > 0),
      state === 'arrived',
      `${at}: its bytes`,
    )
  }
}

import assert from 'node:assert/strict'
import type { FieldEdit, Fields } from '#platform/sync/field-edits.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import { conflicts, editsOf, overlay, type PendingEdit } from '../../src/staff/offline/edits.ts'
import type { Finished } from '../../src/staff/offline/outbox.ts'
import type { Transport } from '../../src/staff/offline/outbox-send.ts'
import type { Source } from '../../src/staff/offline/sync.ts'
import type { Actor } from './actor.ts'
import type { Chance } from './chance.ts'
import { modelServer } from './model.ts'
import type { Judged, Sealing, Server, Work } from './model-server.ts'
import { over, type World } from './network.ts'
import { planted, type Side, type SideOf } from './side.ts'

const caseOf = (n: number) => `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`
const accountOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const workOf = ({ body }: Finished): Work => body as unknown as Work

/** A server in memory whose cases have fields, so that two people's changes can meet. Everybody has one phone. */
export const modelSide =
  (sealing: Sealing): SideOf =>
  async (world, chance) => {
    const server = modelServer(sealing, () => world.now)
    const owners = Array.from({ length: 2 + chance.below(3) }, (_, n) => n)
    const accounts = owners.map(accountOf)
    for (let n = 0; n < 3; n++)
      await server.makeCase(caseOf(n), accounts, { name: `${planted} case`, age: 20, place: `${planted} street` })
    return {
      owners,
      accountOf,
      seal: sealing.seal,
      async register({ account }, device, publicKey) {
        return { account, ...(await server.register(account, device, publicKey)) }
      },
      transport: () => transportOver(world, chance, server),
      source: actor => sourceOver(world, chance, server, actor),
      work,
      markOf: finished => workOf(finished).mark,
      corrected: (_, kept, { code }) =>
        code === 'invalid' ? { ...kept, body: { ...workOf(kept), bad: false } as unknown as Json } : undefined,
      async meanwhile(actors) {
        if (chance.often(0.03)) await server.forbid(caseOf(chance.below(3)), chance.pick(accounts)!)
        if (chance.often(0.03)) await server.allow(caseOf(chance.below(3)), chance.pick(accounts)!)
        const actor = chance.pick(actors)!
        if (chance.often(0.006) && actor.device && !actor.revoked) {
          await server.revoke(actor.device)
          actor.revoked = true
        }
        if (chance.often(0.05)) await server.rules(chance.often(0.5))
      },
      judge: actors => judge(actors, server),
    } satisfies Side
  }

/** The way of parcels from a phone to the server. */
function transportOver(world: World, chance: Chance, server: Server): Transport {
  const nothing = async () => undefined
  return {
    welcome: async device => (await over(world, chance, () => server.welcome(device.id), nothing)) ?? 'unreachable',
    async deliver(device, id, bytes) {
      const sent = bytes.slice()
      const cut = async () => {
        await server.deliver(device.id, id, sent.slice(0, chance.below(sent.length)))
        return undefined
      }
      return (await over(world, chance, () => server.deliver(device.id, id, sent), cut)) ?? 'unreachable'
    },
  }
}
/** The way back: what a person may read. */
function sourceOver(world: World, chance: Chance, server: Server, { account, device }: Actor): Source {
  const ask = async <T>(request: () => Promise<T>): Promise<T | 'unreachable'> =>
    (await over(world, chance, request, async () => undefined)) ?? 'unreachable'
  return {
    pull: cursor => ask(() => server.pull(account, device, cursor)),
    rows: (kind, ids) => ask(() => server.rows(account, device, kind, ids)),
  }
}

/** Something new is finished: on a case that is on the phone, or on one that begins here. */
async function work(actor: Actor): Promise<void> {
  const { phone, chance, account } = actor
  const mark = `${planted} ${account.slice(-2)}-${actor.count++}`
  const bad = chance.often(0.12)
  // Sorted: on the disk they lie in the order of a random key, and a seed is to be the same at every run.
  const cases = (await phone.rows.list<Fields>('case')).sort((a, b) => (a.id < b.id ? -1 : 1))
  const found = chance.pick(cases)
  if (!found || chance.often(0.15)) {
    const id = `${account.slice(0, 19)}a${account.slice(-3)}-${String(actor.count).padStart(12, '0')}`
    const opened = await actor.add(finished(actor, { do: 'open', case: id, mark, bad }, []))
    await actor.add(finished(actor, { do: 'note', case: id, mark: `${mark} note`, bad: false }, [opened]))
    return
  }
  const { pending, before } = await pendingOn(actor, found.id)
  const seen = overlay(found.value, pending).fields
  const field = chance.pick(['name', 'age', 'place'])!
  const edits = editsOf(seen, { [field]: mark as Json })
  await actor.add(finished(actor, { do: 'change', case: found.id, mark, bad, edits }, before ? [before] : []))
}
const finished = ({ account }: Actor, one: Work, after: readonly string[]): Finished => ({
  operation: `case.${one.do}`,
  params: {},
  body: one as unknown as Json,
  assignment: account,
  purpose: 'assistance',
  group: one.case,
  after,
})
async function pendingOn({ phone, account }: Actor, record: string) {
  const pending: PendingEdit[] = []
  for (const { id, state } of await phone.outbox.list()) {
    if (state === 'done' || state === 'quarantined' || state === 'discarded') continue
    const kept = await phone.outbox.read(id)
    const one = kept && workOf(kept)
    if (one?.do !== 'change' || one.case !== record) continue
    pending.push({ key: id, edits: one.edits as readonly FieldEdit[], by: account, at: '' })
  }
  return { pending, before: pending.at(-1)?.key }
}

async function judge(actors: readonly Actor[], server: Server) {
  const judged = await server.judged()
  for (const [mark, times] of judged.effects) assert.equal(times, 1, `${mark} was done ${times} times`)
  for (const actor of actors) await judgeOne(actor, judged)
  return { conflicts: judged.conflicts.length, quarantined: judged.quarantined.size }
}
async function judgeOne(actor: Actor, judged: Judged): Promise<void> {
  const at = `phone ${actor.n}`
  for (const [mark, told] of actor.told) {
    const times = judged.effects.get(mark) ?? 0
    const waits = actor.revoked && (judged.quarantined.has(mark) || judged.refused.has(mark))
    if (told === 'kept' && !waits) assert.equal(times, 1, `${at}: ${mark} was acknowledged and done ${times} times`)
  }
  if (actor.revoked) return
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

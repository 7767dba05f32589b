import assert from 'node:assert/strict'
import type { FieldEdit, Fields } from '#platform/sync/field-edits.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import { conflicts, editsOf, overlay, type PendingEdit } from '../../src/staff/offline/edits.ts'
import type { FileTransport, Setback } from '../../src/staff/offline/files-send.ts'
import type { Finished } from '../../src/staff/offline/outbox.ts'
import type { Transport } from '../../src/staff/offline/outbox-send.ts'
import type { Source } from '../../src/staff/offline/sync.ts'
import type { Actor } from './actor.ts'
import type { Chance } from './chance.ts'
import { hexOf, someFile } from './files.ts'
import { modelServer } from './model.ts'
import type { Judged, Sealing, Server, Work } from './model-server.ts'
import { Overtaken, over, type World } from './network.ts'
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
      files: actor => filesOver(world, chance, server, actor),
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
    welcome: async (device, asking) =>
      (await over(world, chance, () => server.welcome(device.id, asking), nothing)) ?? 'unreachable',
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
/** The way of files: what is sent may also come changed, twice at once, or at a moment that does not suit. */
function filesOver(world: World, chance: Chance, { files }: Server, { account }: Actor): FileTransport {
  const overtaken = new Overtaken()
  const told = (setback: Setback) => ({ weight: 2, become: async () => setback })
  const nothing = async () => undefined
  return {
    begin: async (_, hash, size) =>
      (await over(world, chance, () => files.begin(account, hash, size), nothing, {
        full: told('full'),
        unwelcome: told('unwelcome'),
      })) ?? 'unreachable',
    async piece(_, place, offset, bytes, checksum) {
      const sent = bytes.slice()
      const request = (what = sent) => files.piece(account, place, offset, what, checksum)
      const cut = async () => {
        await request(sent.slice(0, chance.below(sent.length)))
        return undefined
      }
      const changed = () => {
        const other = sent.slice()
        other[chance.below(other.length)]! ^= 1 << chance.below(8)
        return request(other)
      }
      const twice = async () => {
        const which = chance.below(2)
        return (await Promise.all([request(), request()]))[which]
      }
      const more = {
        changed: { weight: 5, become: changed },
        twice: { weight: 5, become: twice },
        ...overtaken.fate(() => request()),
      }
      return (await overtaken.after(() => over(world, chance, () => request(), cut, more))) ?? 'unreachable'
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
    if (chance.often(0.3)) return attach(actor, { case: id, mark: `${mark} file`, bad }, [opened])
    await actor.add(finished(actor, { do: 'note', case: id, mark: `${mark} note`, bad: false }, [opened]))
    return
  }
  if (chance.often(0.12)) return attach(actor, { case: found.id, mark, bad }, [])
  const { pending, before } = await pendingOn(actor, found.id)
  const seen = overlay(found.value, pending).fields
  const field = chance.pick(['name', 'age', 'place'])!
  const edits = editsOf(seen, { [field]: mark as Json })
  await actor.add(finished(actor, { do: 'change', case: found.id, mark, bad, edits }, before ? [before] : []))
}
async function attach(
  actor: Actor,
  what: { readonly case: string; readonly mark: string; readonly bad: boolean },
  after: readonly string[],
): Promise<void> {
  const file = await actor.pick(someFile(actor.chance, what.mark, 220_000), what.case)
  await actor.add(finished(actor, { do: 'attach', ...what, file }, after))
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
  const files = judgeFiles(actors, server, judged)
  return { ...files, conflicts: judged.conflicts.length, quarantined: judged.quarantined.size }
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

/** What was sent is kept once, as it was picked, for the case that its command names; and nothing without a command. */
function judgeFiles(actors: readonly Actor[], { files }: Server, { effects }: Judged) {
  const count = { filesKept: 0, filesRefused: 0, filesWaiting: 0, filesBegunAgain: files.begunAgain.size }
  const known = new Set<string>()
  for (const actor of actors)
    for (const { file, sum, case: of, bad, takenBack } of actor.files) {
      const key = `${actor.account} ${hexOf(file)}`
      known.add(key)
      const at = `phone ${actor.n}: file ${file}`
      const told = actor.filesWatch.told.get(hexOf(file))
      const kept = files.attached.get(key)
      if (!kept) {
        assert.ok(told !== 'kept' && told !== 'refused', `${at} is ${told} and no command names it`)
        count.filesWaiting++
        continue
      }
      assert.equal(effects.get(kept.mark), 1, `${at} is attached by ${kept.mark}, which was not done`)
      assert.equal(kept.case, of, `${at} is attached to another case`)
      assert.ok(kept.sums.length <= 1 && !(bad && kept.sums[0]), `${at} is kept ${kept.sums.length} times`)
      for (const one of kept.sums) assert.equal(one, sum, `${at} is another than was picked`)
      if (!takenBack) assert.equal(told, bad ? 'refused' : 'kept', `${at} is ${told}`)
      if (told === 'kept') assert.equal(kept.sums.length, 1, `${at} was told kept and is not`)
      if (told === 'refused') assert.equal(kept.refused, true, `${at} was told refused and is not`)
      if (told === 'kept') count.filesKept++
      if (told === 'refused') count.filesRefused++
      const size = actor.filesWatch.sizes.get(hexOf(file)) ?? 0
      if (told && !files.begunAgain.has(key)) assert.equal(files.counted.get(key), size, `${at} came in other pieces`)
    }
  for (const key of files.attached.keys()) assert.ok(known.has(key), `${key} is attached and was never picked`)
  return count
}

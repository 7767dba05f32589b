import assert from 'node:assert/strict'
import type { ParcelContent } from '#platform/sync/parcel-format.ts'
import { sourceBy } from '../../src/staff/offline/over-http.ts'
import type { Actor } from './actor.ts'
import { judgeFiles } from './server-files.ts'
import { asPerson } from './server-lane.ts'
import { commandsOf, nothingHidden, type Stage } from './server-side.ts'
import { storedOf } from './server-stored.ts'
import { works } from './server-work.ts'

interface Parcel {
  device: string
  id: string
  state: string
  sealed: Buffer | null
}
type Commands = Map<string, Awaited<ReturnType<typeof commandsOf>>[number]>

/** What must be true in the database and on the phones when everything has settled. */
export async function judge(stage: Stage, actors: readonly Actor[]): Promise<Record<string, number>> {
  const { lane, people, ledger, devices, did } = stage
  const accounts = people.map(one => one.account)
  const commands: Commands = new Map((await commandsOf(lane, accounts)).map(one => [`${one.actor} ${one.id}`, one]))
  const parcels = await lane.all<Parcel>(
    'select device_id as device, id, state, sealed from sync.parcel where device_id = any($1)',
    [devices.map(one => one.id)],
  )
  for (const actor of actors) await readAgain(stage, actor)
  assert.deepEqual(ledger.wrongs, [])
  for (const [key, content] of ledger.done) assert.ok(commands.has(key), `${content.operation} ${key} was told done`)
  await onceAndWhole(stage, commands)
  await auditedOnce(stage, commands)
  sealedOrDone(stage, commands, parcels)
  const files = await judgeFiles(stage, actors)
  for (const actor of actors) {
    neverLost(stage, actor, commands, parcels)
    inOrder(actor, commands)
    if (!actor.revoked && !actor.barred) await sameAsShown(stage, actor)
  }
  return {
    ...did,
    ...files,
    devices: devices.length,
    parcels: ledger.wordings.size,
    done: commands.size,
    quarantined: parcels.filter(one => one.state === 'quarantined').length,
  }
}

/** What was set aside is tidied away, and the phone reads once more. */
async function readAgain(stage: Stage, actor: Actor): Promise<void> {
  if (!(await actor.ready())) return
  await actor.phone.outbox.tidy()
  await actor.pull()
  await nothingHidden(stage, actor)
}

/** Every command that was done stands in the database as one of its wordings says, and nothing else stands there. */
async function onceAndWhole({ lane, people, ledger }: Stage, commands: Commands): Promise<void> {
  const stored = await storedOf(
    lane,
    people.map(one => one.account),
  )
  const carried = new Map<string, string>()
  for (const [key, { operation }] of commands) {
    const wordings = ledger.wordings.get(key) ?? []
    const known = ledger.done.get(key)
    const may = (known ? [known] : wordings).filter(one => one.operation === operation)
    assert.ok(may.length > 0, `${operation} ${key} was done and never written`)
    const id = (may[0]!.body as { id: string }).id
    assert.equal(carried.get(id), undefined, `${operation} ${id} was done by two commands`)
    carried.set(id, key)
    const found = stored.get(id)
    assert.ok(found, `${operation} ${id} was done and is not there`)
    assert.equal(found.operation, operation)
    if (!may.some(one => sameBody(one, found.body)))
      assert.deepEqual(found.body, bodyOf(may.at(-1)!), `${operation} ${id}`)
  }
  for (const [id, { operation, times }] of stored) {
    assert.ok(carried.has(id), `${operation} ${id} is there, and no command that did it`)
    assert.equal(times, 1, `${operation} ${id} had its effect ${times} times`)
  }
}
const bodyOf = ({ body, params }: ParcelContent): unknown =>
  JSON.parse(JSON.stringify({ ...(body as object), ...params }))
function sameBody(content: ParcelContent, found: unknown): boolean {
  try {
    assert.deepEqual(found, bodyOf(content))
    return true
  } catch {
    return false
  }
}

/** One event for each command, from a device of its maker. */
async function auditedOnce({ lane, people, devices }: Stage, commands: Commands): Promise<void> {
  for (const [owner, { account }] of people.entries()) {
    const events = (
      await lane.all<{ body: string }>('select body from audit.event where actor_id = $1 and operation = any($2)', [
        account,
        Object.values(works),
      ])
    ).map(one => JSON.parse(one.body))
    const done = events.filter(one => one.outcome === 'done')
    for (const operation of Object.values(works))
      assert.equal(
        done.filter(one => one.operation === operation).length,
        [...commands.values()].filter(one => one.actor === account && one.operation === operation).length,
        `events of ${operation}`,
      )
    const mine = new Set(devices.filter(one => one.owner === owner).map(one => one.id))
    for (const one of done) assert.ok(mine.has(one.device), `an event names the device ${one.device}`)
  }
}

function sealedOrDone({ people, devices, ledger }: Stage, commands: Commands, parcels: readonly Parcel[]): void {
  const owners = new Map(devices.map(one => [one.id, people[one.owner]!.account]))
  for (const { device, id, state, sealed } of parcels) {
    const done = commands.has(`${owners.get(device)} ${id}`)
    if (state === 'done') assert.ok(done, `parcel ${id} is kept as done and is not`)
    // Nobody is asked about what was done, unless the server went down over it: then a release says that it is done.
    if (state === 'quarantined') assert.ok(!done || ledger.died.has(id), `parcel ${id} is quarantined and done`)
    assert.equal(sealed !== null, state === 'refused' || state === 'quarantined', `parcel ${id} is ${state}`)
  }
}

/** What the officer was told is kept was done, or waits for a person. */
function neverLost({ ledger, devices }: Stage, actor: Actor, commands: Commands, parcels: readonly Parcel[]): void {
  const over = actor.revoked || actor.barred
  const mine = new Set(devices.filter(one => one.owner === actor.owner).map(one => one.id))
  const waits = over ? ['quarantined', 'discarded', 'refused'] : ['quarantined', 'discarded']
  for (const [mark, told] of actor.told) {
    if (told !== 'kept') continue
    const keys = ledger.commandsOf(mark)
    const done = keys.filter(key => commands.has(key)).length
    const waiting = parcels.some(
      one => mine.has(one.device) && waits.includes(one.state) && keys.includes(`${actor.account} ${one.id}`),
    )
    const { operation } = ledger.works.find(one => one.id === mark)!
    assert.ok(done === 1 || waiting, `phone ${actor.n}: ${operation} ${mark} was kept and done ${done} times`)
  }
}

/** Done after what it waited for, but for what a second person decided in an order of their own. */
function inOrder(actor: Actor, commands: Commands): void {
  if (actor.watch.over.size > 0) return
  for (const [id, needs] of actor.watch.needs) {
    const own = commands.get(`${actor.account} ${id}`)
    if (!own || actor.watch.answers.get(id) === 'quarantined') continue
    for (const need of needs) {
      const before = commands.get(`${actor.account} ${need}`)
      assert.ok(before && before.at <= own.at, `${own.operation} ${id} was done before ${need}`)
    }
  }
}

/** The phone holds what the server shows this person now: nothing else, nothing less, nothing older. */
async function sameAsShown({ lane, world, people }: Stage, actor: Actor): Promise<void> {
  const person = people[actor.owner]!
  const source = sourceBy(asPerson(lane.ask(world), person) as typeof fetch, actor.device)
  const answer = await source.pull(undefined)
  assert.ok(typeof answer !== 'string' && answer.visible, `phone ${actor.n} may not read: ${JSON.stringify(answer)}`)
  const shown = new Map<string, unknown>()
  for (const [kind, all] of Object.entries(answer.visible)) {
    if (all.length === 0) continue
    const ofCase = new Map(all.map(([id, , group]) => [id, group]))
    const rows = await source.rows(
      kind,
      all.map(([id]) => id),
    )
    assert.ok(typeof rows !== 'string')
    for (const { id, version, record } of rows)
      shown.set(`${kind} ${id}`, { version, group: ofCase.get(id), value: record })
  }
  const kept = new Map<string, unknown>()
  const kinds = new Set([...(await actor.phone.rows.names()).values()].filter(one => one.pulled).map(one => one.kind))
  for (const kind of kinds)
    for (const { id, version, group, value } of await actor.phone.rows.list(kind))
      kept.set(`${kind} ${id}`, { version, group, value })
  assert.deepEqual(kept, shown, `phone ${actor.n}: another copy than the server shows`)
  for (const [kind, table] of own) {
    const visible = await lane.all<{ id: string }>(
      `select distinct o.${table[1]} as id from ${table[0]} o join policy.case_access a on a.case_id = o.case_id
       where a.principal = $1 and a.basis = 'own' and a.until > now() and o.${table[2]} = $1`,
      [person.account],
    )
    const ids = [...kept.keys()].filter(one => one.startsWith(`${kind} `)).map(one => one.slice(kind.length + 1))
    assert.deepEqual(ids.sort(), visible.map(one => one.id).sort(), `phone ${actor.n}: other rows of ${kind}`)
  }
}
/** What a person sees of their own cases, as the database itself says: kind, then table, id and maker. */
const own: readonly (readonly [string, readonly [string, string, string]])[] = [
  ['screening', ['screening.screening', 'id', 'by_account']],
  ['referral', ['referrals.referral', 'id', 'from_account']],
  ['consents', ['consent.record', 'case_id', 'explained_by']],
]

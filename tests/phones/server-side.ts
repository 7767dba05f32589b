import { type Answer, address, Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sync } from '#platform/sync/contract.ts'
import { fileTransportBy } from '../../src/staff/offline/files-over-http.ts'
import { sourceBy, transportBy } from '../../src/staff/offline/over-http.ts'
import type { Actor } from './actor.ts'
import type { Chance } from './chance.ts'
import { fetchOver } from './fetch.ts'
import { Ledger } from './ledger.ts'
import type { World } from './network.ts'
import { judge } from './server-judge.ts'
import { type Ask, asPerson, type Lane, type Person } from './server-lane.ts'
import { giveAgain, meanwhile, release } from './server-office.ts'
import { corrected, Desk, works } from './server-work.ts'
import type { Side, SideOf } from './side.ts'

/** What a schedule knows of the real server beside the phones. */
export interface Stage {
  readonly lane: Lane
  readonly world: World
  readonly chance: Chance
  readonly people: readonly Person[]
  readonly ledger: Ledger
  /** Every device that was ever registered, by owner. */
  readonly devices: { readonly id: string; readonly owner: number; readonly n: number; ended: boolean }[]
  /** Cases that an owner may no longer see: `<owner> <case>`. */
  readonly hidden: Set<string>
  /** By the id that the server gave to a file: bytes of it that it took. */
  readonly counted: Map<string, number>
  readonly did: Record<string, number>
}

/** The real server over the real pipeline, with the commands that phones really carry. */
export const serverSide =
  (lane: Lane): SideOf =>
  async (world, chance) => {
    // Two phones of one person, and others of one each.
    const owners = chance.pick([
      [0, 0, 1],
      [0, 1, 1],
      [0, 0, 1, 2],
      [0, 1],
    ])!
    const bodies = ['labour-inspectorate', chance.often(0.4) ? 'counter-trafficking-unit' : 'police', 'police']
    const people: Person[] = []
    for (let n = 0; n <= Math.max(...owners); n++)
      people.push(await lane.person(bodies[n] === 'counter-trafficking-unit' ? 'intake' : 'officer', bodies[n]!))
    const stage: Stage = {
      lane,
      world,
      chance,
      people,
      ledger: new Ledger(),
      devices: [],
      hidden: new Set(),
      counted: new Map(),
      did: {
        devicesEnded: 0,
        rolesEnded: 0,
        rolesGivenAgain: 0,
        hidden: 0,
        shown: 0,
        answered: 0,
        withdrawn: 0,
        released: 0,
        filesRunOut: 0,
        filesLost: 0,
      },
    }
    const { ledger } = stage
    const of = (actor: Actor): Person => people[actor.owner]!
    return {
      owners,
      accountOf: owner => people[owner]!.account,
      seal: ledger.seal,
      register: (actor, id, publicKey) => register(stage, actor, id, Buffer.from(publicKey).toString('base64url')),
      transport() {
        const dying: Ask = (path, init) => {
          if (path === address(sync.deliver, {})) ledger.died.add(JSON.parse(String(init.body)).id)
          return lane.dying(world)(path, init)
        }
        return transportBy(fetchOver(world, chance, lane.ask(world), dying))
      },
      source(actor) {
        const ask = watched(stage, actor, asPerson(lane.ask(world), of(actor)))
        return sourceBy(fetchOver(world, chance, ask, ask), actor.device)
      },
      files: actor => {
        const ask = toldLittle(stage, actor, lane.ask(world))
        return fileTransportBy(fetchOver(world, chance, ask, toldLittle(stage, actor, lane.dying(world))))
      },
      work: actor => new Desk(actor, of(actor), ledger).work(),
      markOf: ({ body }) => (body as { id: string }).id,
      corrected: (actor, work, item) => corrected({ actor, person: of(actor), ledger, last: world.healed }, work, item),
      async answered(actor, _, id, bytes, answer) {
        if (typeof answer === 'string') return
        const content = await ledger.contentOf(bytes)
        if (answer.state === 'done') return ledger.told(content)
        if (answer.state !== 'refused') return
        const before = (await commandsOf(lane, [actor.account])).some(one => one.id === id)
        if (before !== (answer.code === 'bad-key'))
          ledger.wrong(`${content.operation} ${id} was refused (${answer.code}) and is ${before ? '' : 'not '}done`)
      },
      pulled: actor => nothingHidden(stage, actor),
      meanwhile: actors => meanwhile(stage, actors),
      async healed(actors) {
        for (const owner of people.keys())
          if (actors.some(one => one.owner === owner && one.barred) && chance.often(0.6))
            await giveAgain(stage, actors, owner)
      },
      settled: () => release(stage),
      judge: actors => judge(stage, actors),
    } satisfies Side
  }

export const commandsOf = (lane: Lane, accounts: readonly string[]) =>
  lane.all<{ actor: string; id: string; operation: string; at: Date }>(
    'select actor, id, operation, at from platform.command where actor = any($1) and operation = any($2) order by at',
    [accounts, Object.values(works)],
  )

/** Nothing is read by a device that was ended, or by somebody whose role is over. */
const watched =
  ({ devices, ledger }: Stage, actor: Actor, ask: Ask): Ask =>
  async (path, init) => {
    const [ended, barred] = [devices.some(one => one.ended && path.includes(`device=${one.id}`)), actor.barred]
    const answer = await ask(path, init)
    if (!(ended || barred) || answer.status !== 200) return answer
    const { state, visible, items = [] } = await answer.clone().json()
    if (barred || state !== 'revoked' || visible || items.length > 0)
      ledger.wrong(`phone ${actor.n} was shown ${path} after its end`)
    return answer
  }

/** A phone that sends files is told how far they are, and nothing that anybody wrote or picked. Bytes that counted are. */
const toldLittle =
  ({ ledger, counted }: Stage, actor: Actor, ask: Ask): Ask =>
  async (path, init) => {
    const answer = await ask(path, init)
    if (answer.ok && (await answer.clone().text()) !== '')
      ledger.wrong(`phone ${actor.n} was shown something at ${path}`)
    const upload = /^\/api\/files\/(.+)$/.exec(path)?.[1]
    if (upload && answer.status === 204)
      counted.set(upload, (counted.get(upload) ?? 0) + Number(new Headers(init.headers).get('content-length') ?? 0))
    return answer
  }

async function register(stage: Stage, actor: Actor, id: string, publicKey: string) {
  const { lane, world, people, devices, did } = stage
  const call = lane.callAs(world, people[actor.owner]!)
  for (;;) {
    try {
      const made: Answer<typeof sync.register> = await call(sync.register, { body: { id, label: 'phone', publicKey } })
      devices.push({ id, owner: actor.owner, n: actor.n, ended: false })
      return { account: made.account, credential: made.credential, recipient: made.recipient }
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'too-many-devices') throw error
      // The oldest that is no longer in use makes room, as its owner would choose.
      const mine = devices.filter(one => one.owner === actor.owner && !one.ended)
      const old = mine.find(one => one.n === actor.n || mine.some(later => later.n === one.n && later !== one))!
      await call(sync.revoke, { key: uuidv7(), params: { device: old.id } })
      old.ended = true
      did.devicesEnded!++
    }
  }
}

/** What an owner may no longer see has left the phone, but for what they finished and the server has yet to take. */
export async function nothingHidden({ hidden, ledger }: Stage, actor: Actor): Promise<void> {
  const items = new Map((await actor.phone.outbox.list()).map(one => [one.id, one.state]))
  const files = new Map((await actor.phone.files.list()).map(one => [one.id, one.state]))
  for (const { kind, id, group, pulled } of (await actor.phone.rows.names()).values()) {
    if (!hidden.has(`${actor.owner} ${group}`)) continue
    const sending = kind === 'file' && files.get(id)
    if (sending && sending !== 'done' && sending !== 'refused') continue
    const state = items.get(id)
    if (pulled || kind !== 'outbox' || state === undefined || state === 'done' || state === 'quarantined')
      ledger.wrong(`phone ${actor.n} still opens a ${kind} (${state}) of a case that it may not see`)
  }
}

import { day } from '../../src/staff/offline/expiry.ts'
import type { Delivery, Transport } from '../../src/staff/offline/outbox-send.ts'
import type { Source } from '../../src/staff/offline/sync.ts'
import type { Chance } from './chance.ts'
import type { Server } from './server.ts'

/** The time that really passes, and what is still on its way. */
export interface World {
  now: number
  readonly onTheWay: { at: number; arrive: () => Promise<unknown> }[]
  /** What the network did, for the report of a schedule. */
  readonly did: Record<Fate, number>
  /** Set at the end: everything arrives, at once and once. */
  healed: boolean
}
export const makeWorld = (now: number): World => ({
  now,
  onTheWay: [],
  did: { arrives: 0, lost: 0, answerLost: 0, repeated: 0, delayed: 0, cut: 0 },
  healed: false,
})

type Fate = 'arrives' | 'lost' | 'answerLost' | 'repeated' | 'delayed' | 'cut'
const fates: Readonly<Record<Fate, number>> = {
  arrives: 55,
  lost: 10,
  answerLost: 12,
  repeated: 8,
  delayed: 8,
  cut: 7,
}
export const longestDelay = 30 * day

/** Time passes for everybody; what arrives meanwhile does so in the order of its arrival, not of its sending. */
export async function pass(world: World, ms: number): Promise<void> {
  const until = world.now + ms
  for (;;) {
    world.onTheWay.sort((a, b) => a.at - b.at)
    const next = world.onTheWay[0]
    if (!next || next.at > until) break
    world.onTheWay.shift()
    world.now = Math.max(world.now, next.at)
    await next.arrive()
  }
  world.now = until
}

/** One request over the bad network. `undefined`: no answer came, whatever has happened. */
async function over<T>(
  world: World,
  chance: Chance,
  request: () => Promise<T>,
  cut: () => Promise<unknown>,
): Promise<T | undefined> {
  const fate: Fate = world.healed ? 'arrives' : chance.weighed(fates)
  world.did[fate]++
  const later = () => world.onTheWay.push({ at: world.now + chance.next() * longestDelay, arrive: request })
  if (fate === 'lost') return undefined
  if (fate === 'delayed') {
    later()
    return undefined
  }
  if (fate === 'cut') {
    await cut()
    return undefined
  }
  if (fate === 'repeated') later()
  const answer = await request()
  return fate === 'answerLost' ? undefined : answer
}

/** The way of parcels from a phone to the server. */
export function transportOver(world: World, chance: Chance, server: Server): Transport {
  return {
    welcome: async device =>
      (await over(
        world,
        chance,
        () => server.welcome(device.id),
        async () => undefined,
      )) ?? 'unreachable',
    async deliver(device, id, bytes) {
      const sent = bytes.slice()
      const answer: Delivery | undefined = await over(
        world,
        chance,
        () => server.deliver(device.id, id, sent),
        () => server.deliver(device.id, id, sent.slice(0, chance.below(sent.length))),
      )
      return answer ?? 'unreachable'
    },
  }
}

/** The way back: what a person may read. */
export function sourceOver(world: World, chance: Chance, server: Server, account: string, device: string): Source {
  const ask = async <T>(request: () => Promise<T>): Promise<T | 'unreachable'> =>
    (await over(world, chance, request, async () => undefined)) ?? 'unreachable'
  return {
    pull: cursor => ask(() => server.pull(account, device, cursor)),
    rows: (kind, ids) => ask(() => server.rows(account, device, kind, ids)),
  }
}

import { day } from '../../src/staff/offline/expiry.ts'
import type { Chance } from './chance.ts'

/** The time that really passes, and what is still on its way. */
export interface World {
  now: number
  readonly onTheWay: { at: number; arrive: () => Promise<unknown> }[]
  /** What the network did, for the report of a schedule. */
  readonly did: Record<string, number>
  /** Set at the end: everything arrives, at once and once. */
  healed: boolean
}
export const makeWorld = (now: number): World => ({ now, onTheWay: [], did: {}, healed: false })

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

/** What is overtaken arrives behind the next that is sent the same way, when nobody waits for it any more. */
export class Overtaken {
  private readonly held: (() => Promise<unknown>)[] = []
  /** A fate of this way. */
  fate<T>(request: () => Promise<T>) {
    const become = async (): Promise<T | undefined> => void this.held.push(request)
    return { overtaken: { weight: 20, become } }
  }
  async after<T>(send: () => Promise<T>): Promise<T> {
    const behind = this.held.splice(0)
    const answer = await send()
    for (const one of behind) await one()
    return answer
  }
}

/**
 * One request over the bad network.
 * @param more fates of this way alone: what becomes of the request, and by what weight
 * @returns undefined when no answer came, whatever has happened
 */
export async function over<T>(
  world: World,
  chance: Chance,
  request: () => Promise<T>,
  cut: () => Promise<T | undefined>,
  more: Readonly<Record<string, { weight: number; become: () => Promise<T | undefined> }>> = {},
): Promise<T | undefined> {
  const weights: Record<string, number> = { ...fates }
  for (const [name, { weight }] of Object.entries(more)) weights[name] = weight
  for (const name of Object.keys(weights)) world.did[name] ??= 0
  const fate = world.healed ? 'arrives' : chance.weighed(weights)
  world.did[fate]!++
  const later = () => world.onTheWay.push({ at: world.now + chance.next() * longestDelay, arrive: request })
  if (fate === 'lost') return undefined
  if (fate === 'delayed') {
    later()
    return undefined
  }
  if (fate === 'cut') return cut()
  const own = more[fate]
  if (own) return own.become()
  if (fate === 'repeated') later()
  const answer = await request()
  return fate === 'answerLost' ? undefined : answer
}

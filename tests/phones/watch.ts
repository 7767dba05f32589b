import type { Bytes } from '../../src/staff/offline/bytes.ts'
import type { Device } from '../../src/staff/offline/database.ts'
import type { Delivery, Transport } from '../../src/staff/offline/outbox-send.ts'

type Answered = (device: Device, id: string, bytes: Bytes, answer: Delivery) => Promise<void>
const without = (ids: readonly string[], id: string) => ids.filter(one => one !== id)

/** Stands beside the way of a phone's parcels, and sees that nothing goes before what it waits for. */
export class Watch {
  /** What each parcel waits for. */
  readonly needs = new Map<string, readonly string[]>()
  /** What this phone was last told about a parcel. */
  readonly answers = new Map<string, string>()
  /** Its devices that were told that they are over. */
  readonly over = new Set<string>()
  /** What must never happen and did. Whoever sends takes every error of the way for bad weather, so it is kept here. */
  readonly wrongs: string[] = []
  private readonly early = new Set<string>()

  around(way: Transport, answered: Answered): Transport {
    let asked = 0
    let ended = false
    return {
      welcome: async (device, asking) => {
        const answer = await way.welcome(device, asking)
        if (answer === 'revoked') this.over.add(device.id)
        // The first that is asked is the present one, whose end is the end of all before it.
        ended ||= asked++ === 0 && answer === 'revoked'
        return answer
      },
      deliver: async (device, id, bytes) => {
        // From an ended device all of it goes, and what went once goes again for its answer.
        if (ended || this.over.has(device.id)) this.early.add(id)
        if (!this.early.has(id)) this.inTurn(id)
        const answer = await way.deliver(device, id, bytes)
        if (typeof answer !== 'string') this.answers.set(id, answer.state)
        await answered(device, id, bytes, answer).catch(error => this.wrongs.push(String(error)))
        return answer
      },
    }
  }
  private inTurn(id: string): void {
    for (const need of this.needs.get(id) ?? []) {
      const known = this.answers.get(need)
      if (known !== 'done' && known !== 'quarantined') this.wrongs.push(`${id} went before ${need}, which is ${known}`)
    }
  }

  /** A parcel gets another id, and with it what waits for it. @param change does it, or fails */
  async renamed(id: string, change: () => Promise<string>): Promise<string> {
    const waiting = [...this.needs].filter(([, needs]) => needs.includes(id))
    // Should the power go, what waits for it may wait for another id, which nobody was told.
    for (const [one, needs] of waiting) this.needs.set(one, without(needs, id))
    const next = await change()
    for (const [one, needs] of waiting) this.needs.set(one, [...without(needs, id), next])
    this.needs.set(next, this.needs.get(id) ?? [])
    return next
  }
}

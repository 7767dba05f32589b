import type { FieldEdit, Fields } from '#platform/sync/field-edits.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import { identifier } from '../../src/staff/offline/bytes.ts'
import { editsOf, overlay, type PendingEdit } from '../../src/staff/offline/edits.ts'
import { day } from '../../src/staff/offline/expiry.ts'
import { Crash, type Faults, makeFaults, makePorts, prfOf } from '../../src/staff/offline/make.ts'
import { type Finished, type Item, OutboxError } from '../../src/staff/offline/outbox.ts'
import { openPhone, type Phone } from '../../src/staff/offline/phone.ts'
import type { Ports } from '../../src/staff/offline/ports.ts'
import { VaultError } from '../../src/staff/offline/vault.ts'
import type { Chance } from './chance.ts'
import { sourceOver, transportOver, type World } from './network.ts'
import type { Sealing, Server, Work } from './server.ts'

/** In every text that a person writes in a schedule, so that it can be looked for. */
export const planted = 'Marisol Peñaranda'

/** What the officer was told about a piece of work. `unsure`: the power went before anything was said. */
export type Told = 'kept' | 'given up' | 'unsure'

type Deed = 'work' | 'send' | 'pull' | 'mend' | 'discard' | 'lock' | 'reload' | 'cut' | 'tick' | 'wrong' | 'clock'
const deeds: Readonly<Record<Deed, number>> = {
  work: 34,
  send: 22,
  pull: 14,
  mend: 9,
  discard: 3,
  lock: 4,
  reload: 3,
  cut: 5,
  tick: 3,
  wrong: 1,
  clock: 2,
}

/** One officer with one phone, who does what officers and phones do, by chance. */
export class Actor {
  readonly account: string
  readonly told = new Map<string, Told>()
  readonly ports: Ports
  phone!: Phone
  device = ''
  /** The server ended this phone, and the phone has heard of it. */
  revoked = false
  heard = false
  private readonly world: World
  private readonly chance: Chance
  private readonly server: Server
  private readonly sealing: Sealing
  private readonly secret
  private readonly marks = new Map<string, string>()
  private faults: Faults = makeFaults()
  private skew = 0
  private booted = 0
  private count = 0

  constructor(n: number, world: World, chance: Chance, server: Server, sealing: Sealing, crypto: Crypto) {
    this.account = `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
    this.secret = { prf: prfOf(n + 1) }
    this.world = world
    this.chance = chance
    this.server = server
    this.sealing = sealing
    this.ports = makePorts(
      { now: 0, steady: 0, pass: () => undefined },
      { now: () => world.now + this.skew, monotonic: () => world.now - this.booted, random: chance.next, crypto },
    )
  }

  async open(): Promise<void> {
    this.phone?.close()
    this.faults = makeFaults()
    this.booted = this.world.now
    this.phone = await openPhone(this.ports, { seal: this.sealing.seal, through: this.faults.through })
  }

  /** Unlocked, or prepared anew where the key is gone and the server still wants this officer. */
  async ready(): Promise<boolean> {
    const { state } = await this.phone.vault.state()
    if (state === 'locked') await this.phone.vault.unlock(this.secret)
    if (state !== 'none' && state !== 'destroyed') return true
    if (this.revoked) return false
    const publicKey = await this.phone.vault.create(this.secret, this.world.now)
    const id = identifier(this.ports.crypto, this.world.now)
    const made = await this.server.register(this.account, id, publicKey)
    await this.phone.enrol({ id, account: this.account, ...made })
    this.device = id
    return true
  }

  /** One deed. A power cut ends it, and the phone is started again. */
  async step(): Promise<void> {
    try {
      await this.do(this.chance.weighed(deeds))
    } catch (error) {
      if (error instanceof Crash) await this.open()
      else if (!(error instanceof VaultError || error instanceof OutboxError)) throw error
    }
  }

  private async do(deed: Deed): Promise<void> {
    const { phone, chance } = this
    if (deed === 'work') await this.work()
    else if (deed === 'send') await this.send()
    else if (deed === 'pull') await this.pull()
    else if (deed === 'mend') await this.mend()
    else if (deed === 'discard') await this.discard()
    else if (deed === 'lock') phone.vault.lock()
    else if (deed === 'reload') await this.open()
    else if (deed === 'tick') await phone.vault.tick()
    else if (deed === 'wrong') await phone.vault.unlock({ prf: prfOf(250) })
    else if (deed === 'clock') this.skew = chance.often(0.5) ? 0 : (chance.next() - 0.5) * 4 * day
    else {
      this.faults.at = this.faults.writes + 1 + chance.below(8)
      this.faults.when = chance.often(0.5) ? 'before' : 'after'
    }
  }

  async send(): Promise<void> {
    const { outcome } = await this.phone.send(transportOver(this.world, this.chance, this.server))
    if (outcome === 'revoked' && this.revoked) this.heard = true
  }

  async pull(): Promise<void> {
    if (!(await this.ready())) return
    const source = sourceOver(this.world, this.chance, this.server, this.account, this.device)
    if ((await this.phone.pull(source)).outcome === 'revoked') this.heard = true
  }

  private async items(): Promise<Item[]> {
    return this.phone.outbox.list()
  }
  private async workOf(id: string): Promise<(Omit<Finished, 'body'> & { body: Work }) | undefined> {
    const found = await this.phone.outbox.read(id)
    return found as (Omit<Finished, 'body'> & { body: Work }) | undefined
  }

  /** Something new is finished: on a case that is on the phone, or on one that begins here. */
  private async work(): Promise<void> {
    if (!(await this.ready())) return
    if (this.chance.often(0.1)) await this.phone.outbox.tidy()
    const mark = `${planted} ${this.account.slice(-2)}-${this.count++}`
    const bad = this.chance.often(0.12)
    // Sorted: on the disk they lie in the order of a random key, and a seed is to be the same at every run.
    const cases = (await this.phone.rows.list<Fields>('case')).sort((a, b) => (a.id < b.id ? -1 : 1))
    const found = this.chance.pick(cases)
    if (!found || this.chance.often(0.15)) {
      const id = `${this.account.slice(0, 19)}a${this.account.slice(-3)}-${String(this.count).padStart(12, '0')}`
      const opened = await this.add({ do: 'open', case: id, mark, bad }, [])
      await this.add({ do: 'note', case: id, mark: `${mark} note`, bad: false }, [opened])
      return
    }
    const { pending, before } = await this.pendingOn(found.id)
    const seen = overlay(found.value, pending).fields
    const field = this.chance.pick(['name', 'age', 'place'])!
    const edits = editsOf(seen, { [field]: mark as Json })
    await this.add({ do: 'change', case: found.id, mark, bad, edits }, before ? [before] : [])
  }
  private async pendingOn(record: string): Promise<{ pending: PendingEdit[]; before: string | undefined }> {
    const pending: PendingEdit[] = []
    for (const { id, state } of await this.items()) {
      if (state === 'done' || state === 'quarantined' || state === 'discarded') continue
      const work = (await this.workOf(id))?.body
      if (work?.do !== 'change' || work.case !== record) continue
      pending.push({ key: id, edits: work.edits as readonly FieldEdit[], by: this.account, at: '' })
    }
    return { pending, before: pending.at(-1)?.key }
  }
  private async add(work: Work, after: readonly string[]): Promise<string> {
    this.told.set(work.mark, 'unsure')
    const id = await this.phone.outbox.add({
      operation: `case.${work.do}`,
      params: {},
      body: work as unknown as Json,
      assignment: this.account,
      purpose: 'assistance',
      group: work.case,
      after,
    })
    this.told.set(work.mark, 'kept')
    this.marks.set(id, work.mark)
    return id
  }

  /** What was refused is corrected where it can be, and given up where not. */
  async mend(): Promise<void> {
    if (!(await this.ready())) return
    for (const item of await this.items()) {
      if (item.state !== 'refused') continue
      const kept = await this.workOf(item.id)
      if (kept) this.marks.set(item.id, kept.body.mark)
      if (item.code === 'invalid' && kept)
        await this.phone.outbox.edit(item.id, { ...kept, body: { ...kept.body, bad: false } as unknown as Json })
      else await this.giveUp(item.id)
    }
  }
  private async discard(): Promise<void> {
    if (!(await this.ready())) return
    const open = this.chance.pick((await this.items()).filter(one => one.open))
    if (!open) return
    const ids = await this.giveUp(open.id)
    if (this.chance.often(0.5)) return
    for (const id of ids) this.tell(id, 'unsure')
    await this.phone.outbox.undo(ids)
    for (const id of ids) this.tell(id, 'kept')
  }
  private async giveUp(id: string): Promise<string[]> {
    // If the power goes, nobody was told whether it was set aside.
    for (const one of await this.items()) if (one.open) this.tell(one.id, 'unsure')
    const ids = await this.phone.outbox.discard(id).catch(error => {
      for (const [one] of this.marks) if (!(error instanceof Crash)) this.tellAgain(one)
      throw error
    })
    for (const one of await this.items()) if (one.open) this.tell(one.id, 'kept')
    for (const one of ids) this.tell(one, 'given up')
    return ids
  }
  private tell(id: string, what: Told): void {
    const mark = this.marks.get(id)
    if (mark) this.told.set(mark, what)
  }
  private tellAgain(id: string): void {
    const mark = this.marks.get(id)
    if (mark && this.told.get(mark) === 'unsure') this.told.set(mark, 'kept')
  }

  /** The end of the schedule: the clock is right, the network good, the officer patient. */
  async settle(): Promise<void> {
    this.skew = 0
    await this.open()
    for (const item of await this.items()) if (item.state === 'stuck') await this.phone.outbox.retry(item.id)
    await this.send()
    await this.mend()
    await this.send()
  }
  async unsettled(): Promise<Item[]> {
    return (await this.items()).filter(one => !['done', 'quarantined', 'discarded'].includes(one.state))
  }
}

import { type Bytes, identifier } from '../../src/staff/offline/bytes.ts'
import { day } from '../../src/staff/offline/expiry.ts'
import { FilesError } from '../../src/staff/offline/files.ts'
import { Crash, type Faults, makeFaults, makePorts, prfOf } from '../../src/staff/offline/make.ts'
import { type Finished, type Item, OutboxError } from '../../src/staff/offline/outbox.ts'
import { hashOf } from '../../src/staff/offline/parcel.ts'
import { openPhone, type Phone } from '../../src/staff/offline/phone.ts'
import type { Ports } from '../../src/staff/offline/ports.ts'
import { VaultError } from '../../src/staff/offline/vault.ts'
import type { Chance } from './chance.ts'
import { FilesWatch, type PickedFile } from './files.ts'
import type { World } from './network.ts'
import { planted, type Side } from './side.ts'
import { Watch } from './watch.ts'

/** What the officer was told about a piece of work. `unsure`: the power went before anything was said. */
export type Told = 'kept' | 'given up' | 'unsure'

type Deed =
  | 'work'
  | 'send'
  | 'pull'
  | 'mend'
  | 'discard'
  | 'takeBack'
  | 'lock'
  | 'reload'
  | 'cut'
  | 'tick'
  | 'wrong'
  | 'clock'
const deeds: Readonly<Record<Deed, number>> = {
  work: 34,
  send: 22,
  pull: 14,
  mend: 9,
  discard: 3,
  takeBack: 2,
  lock: 4,
  reload: 3,
  cut: 5,
  tick: 3,
  wrong: 1,
  clock: 2,
}
/** Something that hangs on it was sent, and its answer is out: it is given up another time. */
const later = (error: unknown): void => {
  if (!(error instanceof OutboxError && error.code === 'may-have-arrived')) throw error
}
/** Nothing more becomes of these by themselves. */
const ended: readonly Item['state'][] = ['done', 'quarantined', 'discarded']

/** One officer with one phone, who does what officers and phones do, by chance. */
export class Actor {
  readonly n: number
  readonly owner: number
  readonly account: string
  readonly told = new Map<string, Told>()
  /** The mark of every parcel. */
  readonly marks = new Map<string, string>()
  /** Sees what goes and what is answered. */
  readonly watch = new Watch()
  readonly files: PickedFile[] = []
  readonly filesWatch = new FilesWatch(this.files)
  readonly ports: Ports
  readonly chance: Chance
  phone!: Phone
  device = ''
  /** The server ended this phone for good. */
  revoked = false
  /** Its person may not act at present. */
  barred = false
  /** The phone has heard that it is over, and was not prepared anew since. */
  heard = false
  count = 0
  private readonly world: World
  private readonly side: Side
  private readonly secret
  private faults: Faults = makeFaults()
  private skew = 0
  private booted = 0

  constructor(n: number, world: World, chance: Chance, side: Side, crypto: Crypto) {
    this.n = n
    this.owner = side.owners[n]!
    this.account = side.accountOf(this.owner)
    this.secret = { prf: prfOf(n + 1) }
    this.world = world
    this.chance = chance
    this.side = side
    this.ports = makePorts(
      { now: 0, steady: 0, pass: () => undefined },
      { now: () => world.now + this.skew, monotonic: () => world.now - this.booted, random: chance.next, crypto },
    )
  }

  async open(): Promise<void> {
    this.phone?.close()
    this.faults = makeFaults()
    this.booted = this.world.now
    this.phone = await openPhone(this.ports, { seal: this.side.seal, through: this.faults.through })
  }

  /** Unlocked, or prepared anew where the key is gone and the server still wants this officer. */
  async ready(): Promise<boolean> {
    const { vault } = this.phone
    if ((await vault.state()).state === 'locked') await vault.unlock(this.secret)
    // The power went between the making of the key and its enrolment: nobody knows it, and nothing was made with it.
    if ((await vault.state()).state === 'unlocked' && (await this.phone.device())?.epoch !== vault.keys().epoch)
      await vault.destroy('asked')
    if ((await vault.state()).state === 'unlocked') return true
    if (this.revoked || this.barred) return false
    this.heard = false
    const publicKey = await vault.create(this.secret, this.world.now)
    const id = identifier(this.ports.crypto, this.world.now)
    const made = await this.side.register(this, id, publicKey)
    if (!made) return false
    this.device = id
    await this.phone.enrol({ id, ...made })
    return true
  }

  /** One deed. A power cut ends it, and the phone is started again. */
  async step(): Promise<void> {
    try {
      await this.do(this.chance.weighed(deeds))
    } catch (error) {
      if (error instanceof Crash) await this.open()
      else if (![VaultError, OutboxError, FilesError].some(kind => error instanceof kind)) throw error
    }
  }

  private async do(deed: Deed): Promise<void> {
    const { phone, chance } = this
    if (deed === 'work') await this.work()
    else if (deed === 'send') await this.send()
    else if (deed === 'pull') await this.pull()
    else if (deed === 'mend') await this.mend()
    else if (deed === 'discard') await this.discard()
    else if (deed === 'takeBack') await this.takeBack()
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
    const way = this.watch.around(this.side.transport(this), async (...said) => this.side.answered?.(this, ...said))
    const { outcome } = await this.phone.send(way)
    if (outcome === 'revoked') this.heard = true
    if (outcome !== 'unreachable') await this.sendFiles()
  }
  async sendFiles(): Promise<void> {
    if (this.files.length + this.filesWatch.unsure === 0) return
    await this.phone.sendFiles(this.filesWatch.around(this.side.files(this)))
  }

  async pull(): Promise<void> {
    if (!(await this.ready())) return
    const { outcome } = await this.phone.pull(this.side.source(this))
    if (outcome === 'revoked') this.heard = true
    if (outcome === 'current') await this.side.pulled?.(this)
  }

  private async work(): Promise<void> {
    if (!(await this.ready())) return
    if (this.chance.often(0.1)) await this.phone.outbox.tidy()
    await this.side.work(this)
  }
  /** Keeps a piece of work, and what its officer was told of it. @returns the parcel's id */
  async add(work: Finished): Promise<string> {
    const mark = this.side.markOf(work)
    this.told.set(mark, 'unsure')
    const id = work.key ?? identifier(this.ports.crypto, this.ports.now())
    this.marks.set(id, mark)
    this.watch.needs.set(id, work.after ?? [])
    await this.phone.outbox.add({ ...work, key: id })
    this.told.set(mark, 'kept')
    return id
  }

  /** A file is picked for a case. @returns how its command is to name it */
  async pick({ bytes, bad }: { bytes: Bytes; bad: boolean }, group: string): Promise<string> {
    const picked = { bytes, name: planted, group, thumbnail: btoa(group) }
    const { id, file } = await this.phone.files.add(picked).catch(error => {
      if (error instanceof Crash) this.filesWatch.unsure++
      throw error
    })
    const sum = await hashOf(this.ports.crypto.subtle, bytes)
    this.files.push({ id, file, sum, case: group, bad, takenBack: false })
    return file
  }
  /** A file is taken off the phone again, whatever has become of its command. */
  private async takeBack(): Promise<void> {
    const one = this.chance.pick(this.files)
    if (!one || one.takenBack) return
    one.takenBack = true
    await this.phone.files.discard(one.id)
  }

  /** What was refused is corrected where it can be, and given up where not. */
  async mend(): Promise<void> {
    if (!(await this.ready())) return
    for (const item of await this.phone.outbox.list()) {
      if (item.state !== 'refused') continue
      const kept = await this.phone.outbox.read(item.id)
      if (kept) this.marks.set(item.id, this.side.markOf(kept))
      const right = kept && this.side.corrected(this, kept, item)
      if (right) await this.edit(item.id, right)
      else await this.giveUp(item.id).catch(later)
    }
  }
  private async edit(id: string, right: Finished): Promise<void> {
    const [mark, before] = [this.side.markOf(right), this.marks.get(id)!]
    if (mark !== before) this.told.set(mark, 'unsure')
    const next = await this.watch.renamed(id, () => this.phone.outbox.edit(id, right))
    this.marks.set(next, mark)
    this.told.set(mark, 'kept')
    if (mark !== before) this.told.set(before, 'given up')
  }
  private async discard(): Promise<void> {
    if (!(await this.ready())) return
    const open = this.chance.pick((await this.phone.outbox.list()).filter(one => one.open))
    if (!open) return
    const ids = await this.giveUp(open.id)
    if (this.chance.often(0.5)) return
    for (const id of ids) this.tell(id, 'unsure')
    await this.phone.outbox.undo(ids)
    for (const id of ids) this.tell(id, 'kept')
  }
  private async giveUp(id: string): Promise<string[]> {
    // If the power goes, nobody was told whether it was set aside.
    const open = (await this.phone.outbox.list()).filter(one => one.open)
    for (const one of open) this.tell(one.id, 'unsure')
    const ids = await this.phone.outbox.discard(id).catch(error => {
      if (!(error instanceof Crash)) for (const one of open) this.tell(one.id, 'kept')
      throw error
    })
    for (const one of open) this.tell(one.id, 'kept')
    for (const one of ids) this.tell(one, 'given up')
    return ids
  }
  private tell(id: string, what: Told): void {
    const mark = this.marks.get(id)
    if (mark) this.told.set(mark, what)
  }

  /** The end of the schedule: the clock is right, the network good, the officer patient. */
  async settle(): Promise<void> {
    this.skew = 0
    await this.open()
    for (const item of await this.phone.outbox.list())
      if (item.state === 'stuck') await this.phone.outbox.retry(item.id)
    await this.send()
    await this.mend()
    await this.send()
    await this.pull()
  }
  async unsettled(): Promise<Item[]> {
    return (await this.phone.outbox.list()).filter(one => !ended.includes(one.state))
  }
}

import type { Bytes, Json } from '#platform/sync/parcel-format.ts'
import type { Device } from '../../src/staff/offline/database.ts'
import type { FileTransport } from '../../src/staff/offline/files-send.ts'
import type { Finished, Item } from '../../src/staff/offline/outbox.ts'
import type { Delivery, Transport } from '../../src/staff/offline/outbox-send.ts'
import type { Source } from '../../src/staff/offline/sync.ts'
import type { Actor } from './actor.ts'
import type { Chance } from './chance.ts'
import type { World } from './network.ts'

/** In every text that a person writes in a schedule, so that it can be looked for. */
export const planted = 'Marisol Peñaranda'

/** What was finished, with a body of a known shape. */
export type Work<Body = Json> = Omit<Finished, 'body'> & { readonly body: Body }

/**
 * What a schedule is played against: a server, the ways to it, the work that people do there, what its office does
 * meanwhile, and what must be true there in the end.
 */
export interface Side {
  /** For each phone, whose it is: numbers from 0, the same number for phones of one person. */
  readonly owners: readonly number[]
  readonly accountOf: (owner: number) => string
  readonly seal: (recipient: string, bytes: Bytes) => Promise<Bytes>
  /** Makes a phone known that was just prepared. @returns undefined where the person may have none */
  register(actor: Actor, device: string, publicKey: Bytes): Promise<Omit<Device, 'id' | 'epoch'> | undefined>
  transport(actor: Actor): Transport
  source(actor: Actor): Source
  /** The way of its files. */
  files(actor: Actor): FileTransport
  /** A person finishes something. */
  work(actor: Actor): Promise<void>
  /** A text or id of its own for every piece of work, whatever parcel carries it. */
  markOf(work: Finished): string
  /** What was refused, put right; undefined where it is given up. */
  corrected(actor: Actor, work: Finished, item: Item): Finished | undefined
  /** A phone was given this answer about a parcel. */
  answered?(actor: Actor, device: Device, id: string, bytes: Bytes, answer: Delivery): Promise<void>
  /** A phone was brought to what the server shows. */
  pulled?(actor: Actor): Promise<void>
  /** What others do meanwhile, by chance. */
  meanwhile(actors: readonly Actor[]): Promise<void>
  /** Once the network has healed, before everybody settles. */
  healed?(actors: readonly Actor[]): Promise<void>
  /** Once everything has settled, before everybody reads for the last time. */
  settled?(actors: readonly Actor[]): Promise<void>
  /**
   * The verdict. @returns what was exercised, by name
   * @throws AssertionError
   */
  judge(actors: readonly Actor[]): Promise<Readonly<Record<string, number>>>
}
export type SideOf = (world: World, chance: Chance, seed: number) => Promise<Side>

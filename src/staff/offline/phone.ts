import { type Database, type Device, openDatabase } from './database.ts'
import { type Files, filesOf } from './files.ts'
import { type FileTransport, type SentFiles, sendFiles } from './files-send.ts'
import { type Outbox, outboxOf } from './outbox.ts'
import { type Sent, send, type Transport } from './outbox-send.ts'
import { isUnsettled } from './outbox-states.ts'
import type { Seal } from './parcel.ts'
import type { Ports } from './ports.ts'
import { type Rows, rowsOf } from './rows.ts'
import { type Pulled, pull, type Source } from './sync.ts'
import { openVaultOf, type Vault, type VaultOptions } from './vault.ts'

/** The phone's core, put together: a page opens it, and so does a service worker, which never unlocks it. */
export interface Phone {
  /** The browser had nothing of a phone: where one was enrolled, its data were evicted or cleared. */
  readonly fresh: boolean
  readonly vault: Vault
  readonly rows: Rows
  readonly outbox: Outbox
  readonly files: Files
  device(): Promise<Device | undefined>
  /** Ids of what this phone was before to the server, for the same person, with nothing of theirs to send any more. */
  earlier(): Promise<string[]>
  /** After the server registered this phone with the public key that `vault.create` gave. @throws VaultError locked */
  enrol(device: Omit<Device, 'epoch'>): Promise<void>
  send(transport: Transport): Promise<Sent>
  sendFiles(transport: FileTransport): Promise<SentFiles>
  pull(source: Source): Promise<Pulled>
  close(): void
}

export interface PhoneOptions extends VaultOptions {
  readonly name?: string
  /** Other than age only in tests. */
  readonly seal?: Seal
  /** Stands between the core and the browser's database in tests. */
  readonly through?: (database: Database) => Database
}

/** @throws StorageError when the browser gives no database */
export async function openPhone(ports: Ports, options: PhoneOptions = {}): Promise<Phone> {
  const opened = await openDatabase(ports.factory, options.name)
  const database = options.through?.(opened) ?? opened
  const vault = await openVaultOf(database, ports, options)
  const rows = rowsOf(database, vault, ports)
  return {
    fresh: opened.fresh,
    vault,
    rows,
    outbox: outboxOf(database, vault, rows, ports, options.seal),
    files: filesOf(database, vault, rows, ports, options.seal),
    device: async () => (await database.transact(['meta'], 'readonly', tx => tx.meta('devices')))?.at(-1),
    earlier: () =>
      database.transact(['meta', 'parcels'], 'readonly', async tx => {
        const devices = (await tx.meta('devices')) ?? []
        const waiting = (await tx.all('parcels')).filter(isUnsettled).map(one => one.device)
        const present = devices.at(-1)
        return devices
          .filter(one => one !== present && one.account === present?.account && !waiting.includes(one.id))
          .map(one => one.id)
      }),
    async enrol(device) {
      const keys = vault.keys()
      await vault.guarded(keys, [], async tx => {
        const others = ((await tx.meta('devices')) ?? []).filter(one => one.id !== device.id)
        await tx.setMeta('devices', [...others, { ...device, epoch: keys.epoch }])
      })
    },
    send: transport => send(database, vault, transport, ports),
    sendFiles: transport => sendFiles(database, transport, ports),
    pull: source => pull(vault, rows, source, ports),
    close: () => opened.close(),
  }
}

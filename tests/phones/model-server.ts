import type { FieldConflict, FieldEdit, Fields } from '#platform/sync/field-edits.ts'
import type { Bytes, Json } from '#platform/sync/parcel-format.ts'
import type { Asking, Told } from '../../src/staff/offline/forget.ts'
import type { Delivery } from '../../src/staff/offline/outbox-send.ts'
import type { PulledRow, Visible } from '../../src/staff/offline/sync.ts'
import type { ModelFiles } from './model-files.ts'

/**
 * The model as phones and the judge meet it: cases whose fields people change, by `case.open`, `.change` and `.note`, and
 * to which they attach files, by `.attach`.
 */
export interface Server {
  /** Makes a phone's key known. A person may have had phones before. */
  register(account: string, device: string, publicKey: Bytes): Promise<{ recipient: string; credential: string }>
  /** With what the phone may keep, where it asks: the real server's marks (`src/platform/sync/marks.ts`). */
  welcome(device: string, asking?: Asking): Promise<{ time: number; told?: Told } | 'revoked'>
  deliver(device: string, id: string, bytes: Bytes): Promise<Delivery>
  /** With a session of the account, from this device. */
  pull(
    account: string,
    device: string,
    cursor: string | undefined,
  ): Promise<{ cursor: string; visible?: Visible; time: number } | 'revoked'>
  rows(account: string, device: string, kind: string, ids: readonly string[]): Promise<readonly PulledRow[] | 'revoked'>

  /** Where files go. A revoked phone may send them, too: without its command none becomes anything. */
  readonly files: ModelFiles

  // What an office does meanwhile.
  makeCase(id: string, accounts: readonly string[], fields: Readonly<Record<string, Json>>): Promise<void>
  allow(id: string, account: string): Promise<void>
  forbid(id: string, account: string): Promise<void>
  revoke(device: string): Promise<void>
  /** From now on bad work is refused, or not: what is refused today may be done when it comes again. */
  rules(strict: boolean): Promise<void>

  /** What has become of everything, for the judge. */
  judged(): Promise<Judged>
}

export interface Judged {
  /** How often a piece of work had an effect, by its mark; a conflict is one. */
  readonly effects: ReadonlyMap<string, number>
  /** Marks of work that waits for a person since its phone was revoked. */
  readonly quarantined: ReadonlySet<string>
  /** Marks of work that was refused at least once; the server still has it, sealed. */
  readonly refused: ReadonlySet<string>
  readonly cases: ReadonlyMap<string, { readonly fields: Fields; readonly accounts: ReadonlySet<string> }>
  readonly conflicts: readonly FieldConflict[]
}

/** Bodies of the commands. A mark is a text of its own in every piece of work, whatever parcel carries it. */
export type Work =
  | { readonly do: 'open'; readonly case: string; readonly mark: string; readonly bad: boolean }
  | { readonly do: 'note'; readonly case: string; readonly mark: string; readonly bad: boolean }
  | {
      readonly do: 'change'
      readonly case: string
      readonly mark: string
      readonly bad: boolean
      readonly edits: readonly FieldEdit[]
    }
  | {
      readonly do: 'attach'
      readonly case: string
      readonly mark: string
      readonly bad: boolean
      readonly file: string
    }

/** How parcels are sealed to a server, and opened there. */
export interface Sealing {
  readonly recipient: string
  seal(recipient: string, bytes: Bytes): Promise<Bytes>
  open(sealed: Bytes): Promise<Bytes>
}

import { namesOf } from '#platform/auth/server/accounts/store.ts'
import type { DataKey } from '#platform/crypto/keys.ts'
import type { Read } from '#platform/db/context.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { type HandedCompartment, type Interest, interestHours, type Order, type Receipt } from '../../contract.ts'
import { openAt, openOrder } from '../sealed.ts'
import type * as store from '../store.ts'

export type KeyOf = (caseId: string, slot: number, compartment: Compartment) => DataKey
export const handedIn = (mask: number): HandedCompartment[] =>
  compartmentsIn(mask).filter((one): one is HandedCompartment => ['ID', 'SVC', 'HLT', 'LOC'].includes(one))
const iso = (at: Date | null) => at?.toISOString() ?? null

export async function ordersShown(
  read: Read,
  actor: Actor,
  key: KeyOf,
  rows: readonly store.OrderRow[],
): Promise<Order[]> {
  const names = await namesOf(
    read,
    rows.flatMap(row => row.named),
  )
  return rows.map(row => ({
    id: row.id,
    ...openOrder(key(row.case_id, row.key_slot, 'STA'), 'order', row.id, row.sealed),
    madeOn: row.made_on,
    compartments: handedIn(row.compartments),
    purposes: row.purposes as Order['purposes'],
    organisation: row.organisation_id,
    organisationName: row.organisation ?? '',
    named: row.named.map(account => ({ account, name: names.get(account) ?? '' })),
    from: row.from_at.toISOString(),
    until: row.until_at.toISOString(),
    attachment: row.attachment_id,
    state: row.state as Order['state'],
    live: row.live,
    byName: row.by_name ?? '',
    at: row.at.toISOString(),
    secondName: row.second_name,
    secondAt: iso(row.second_at),
    revokedName: row.revoked_name,
    revokedAt: iso(row.revoked_at),
    moves: [
      ...(row.state === 'proposed' && row.by_account !== actor.user ? (['answer'] as const) : []),
      ...(row.state === 'proposed' || row.live ? (['revoke'] as const) : []),
    ],
    version: row.version,
  }))
}

export const interestsShown = (actor: Actor, key: KeyOf, rows: readonly store.InterestRow[]): Interest[] =>
  rows.map(row => ({
    id: row.id,
    reason: row.reason as Interest['reason'],
    words: openAt(key(row.case_id, row.key_slot, 'STA'), 'interest', row.id, row.sealed),
    compartments: handedIn(row.compartments),
    organisationName: row.organisation ?? '',
    account: row.account_id,
    name: row.to_name ?? '',
    until: row.until_at.toISOString(),
    reviewBy: new Date(row.at.getTime() + interestHours.review * 3_600_000).toISOString(),
    state: row.state as Interest['state'],
    live: row.live,
    byName: row.by_name ?? '',
    at: row.at.toISOString(),
    secondName: row.second_name,
    secondAt: iso(row.second_at),
    moves: row.state === 'open' && row.by_account !== actor.user ? ['review'] : [],
    version: row.version,
  }))

export const receiptsShown = (key: KeyOf, rows: readonly store.ReceiptRow[]): Receipt[] =>
  rows.map(row => {
    const words = row.sealed
      ? openOrder(key(row.case_id, row.key_slot, 'STA'), 'receipt', row.id, row.sealed)
      : { court: null, number: null }
    return {
      id: row.id,
      reference: row.reference,
      basis: row.basis as Receipt['basis'],
      basisId: row.basis_id,
      court: words.court,
      number: words.number,
      compartments: handedIn(row.compartments),
      hash: row.hash.toString('hex'),
      at: row.at.toISOString(),
      name: row.name ?? '',
      organisationName: row.organisation ?? '',
    }
  })

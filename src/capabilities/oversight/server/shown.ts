import type { DataKey } from '#platform/crypto/keys.ts'
import type { Read } from '#platform/db/context.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import type { Actor } from '#platform/policy/decide.ts'
import type { Role } from '#platform/policy/roles.ts'
import { type Glass, type glassReasons, type glassReviews, reviewHours } from '../contract.ts'
import { openWords } from './sealed.ts'
import * as store from './store.ts'

export type KeyOf = (caseId: string, slot: number, compartment: Compartment) => DataKey
const iso = (at: Date | null) => at?.toISOString() ?? null

/** Broken glass as its readers see it: the words of the two people open where the case may still be named. */
export async function glassesShown(
  read: Read,
  actor: Actor,
  key: KeyOf,
  rows: readonly store.GlassRow[],
): Promise<Glass[]> {
  const shells = await store.shellsOf(
    read,
    rows.map(row => row.case_id),
  )
  return rows.map(row => {
    const shell = shells.get(row.case_id)
    const words = (place: 'glass' | 'review', sealed: Buffer | null) =>
      sealed && shell ? openWords(key(row.case_id, shell.slot, 'STA'), place, row.id, sealed) : null
    return {
      id: row.id,
      case: row.case_id,
      reference: shell?.reference ?? null,
      by: row.account_id,
      byName: row.by_name ?? '',
      role: row.role as Role,
      organisation: row.organisation ?? '',
      reason: row.reason as (typeof glassReasons)[number],
      text: words('glass', row.sealed_text),
      at: row.at.toISOString(),
      until: row.until.toISOString(),
      reviewBy: new Date(row.at.getTime() + reviewHours * 3_600_000).toISOString(),
      review: row.review as (typeof glassReviews)[number] | null,
      reviewedAt: iso(row.reviewed_at),
      reviewedName: row.reviewed_name,
      reviewText: words('review', row.sealed_review),
      toldAt: iso(row.told_at),
      overdue: row.overdue,
      reviewable: actor.role === 'data-protection-officer' && row.review === null && row.judge && shell !== undefined,
      version: row.version,
    }
  })
}

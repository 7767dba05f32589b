import type { DataKey, Keys } from '#platform/crypto/keys.ts'
import { nameTerms } from '#platform/crypto/name-terms.ts'
import type { Read } from '#platform/db/context.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { notFound } from '#platform/problem/problem.ts'
import type { Lead, LeadBar, LeadRow } from '../../contract-leads.ts'
import type { LeadFacts } from '../../policy.ts'
import { openAt, openContent } from '../sealed.ts'
import * as store from '../store.ts'
import { filesOf } from './shelf.ts'

export type KeyOf = (id: string, slot: number, compartment: Compartment) => DataKey

/** The facts a rule about one lead needs. The fence shows a prosecutor only what is shared with them. @throws Problem not-found */
export async function leadFacts(read: Read, actor: Actor, id: string): Promise<LeadFacts & { row: store.LeadRow }> {
  const row = await store.findLead(read, id)
  if (!row) throw notFound()
  return { row, lead: { id, organisation: row.organisation_id }, shared: actor.role === 'prosecutor' }
}

/** What a lead is found by: the words of its title, and the case it names. Under keys that nothing of a case is found by. */
export function termsOf(keys: Keys, { title, case: of }: { title: string; case?: string | undefined }): Buffer[] {
  const words = keys.blind('lead.title')
  return [...nameTerms(title).map(one => words.term(one)), ...(of ? [keys.blind('lead.case').term(of)] : [])]
}

/** A row as its reader may see it: the title opens where the decision releases the lead's key. */
export function toRow(row: store.LeadRow, key: KeyOf | undefined): LeadRow {
  const opened = key && row.sealed ? openContent(key(row.id, row.key_slot, 'INV'), row.id, row.sealed) : undefined
  return {
    id: row.id,
    reference: row.reference,
    ...(opened ? { title: opened.title } : {}),
    about: row.about as LeadRow['about'],
    sourceGrade: row.source_grade as LeadRow['sourceGrade'],
    informationGrade: row.information_grade as LeadRow['informationGrade'],
    handling: row.handling as LeadRow['handling'],
    status: row.status as LeadRow['status'],
    closedFor: row.closed_for as LeadRow['closedFor'],
    investigator: row.investigator,
    investigatorName: row.investigator_name,
    madeAt: row.made_at.toISOString(),
    version: row.version,
  }
}

/** What an investigator of the body may do next with a lead in this state. */
export function movesOf(actor: Actor, row: store.LeadRow): Lead['moves'] {
  if (actor.role !== 'investigator') return []
  if (row.status === 'closed') return ['note', 'attach', 'reopen', 'bar']
  const share = row.handling === 'prosecution' ? (['share'] as const) : []
  const takeUp = row.status === 'open' ? (['take-up'] as const) : []
  return ['change', 'note', 'attach', 'assign', ...takeUp, 'close', ...share, 'bar']
}

/** What of a lead its reader may know beside the row. */
export async function openedLead(read: Read, actor: Actor, row: store.LeadRow, keys: Keys, key: KeyOf) {
  const codesOnly = actor.role === 'supervisor'
  const [source, notes, files, shares, bars] = await Promise.all([
    codesOnly ? undefined : store.findSource(read, row.id),
    codesOnly ? undefined : store.listNotes(read, row.id),
    codesOnly ? undefined : store.listFiles(read, row.id),
    store.listShares(read, row.id),
    store.listBars(read, row.id),
  ])
  const sealing = codesOnly ? undefined : key(row.id, row.key_slot, 'INV')
  const content = sealing && row.sealed ? openContent(sealing, row.id, row.sealed) : undefined
  const said = sealing && source ? openAt(sealing, 'source', row.id, source.sealed) : ''
  return {
    ...(content
      ? {
          content: content.content,
          ...(content.conditions ? { conditions: content.conditions } : {}),
          ...(content.case ? { case: content.case } : {}),
        }
      : {}),
    ...(said ? { source: said } : {}),
    ...(sealing && notes
      ? {
          notes: notes.map(one => ({
            id: one.id,
            at: one.at.toISOString(),
            by: one.name ?? '',
            text: openAt(sealing, 'note', one.id, one.sealed),
          })),
        }
      : {}),
    ...(files ? { files: await filesOf(files, row, keys, key) } : {}),
    shares: shares.map(one => ({
      id: one.id,
      account: one.account_id,
      name: one.name ?? '',
      source: one.source,
      at: one.at.toISOString(),
      endedAt: one.ended_at?.toISOString() ?? null,
    })),
    bars: bars.map(one => ({
      id: one.id,
      account: one.account_id,
      name: one.name ?? '',
      reason: one.reason as LeadBar['reason'],
      byName: one.by_name ?? '',
      at: one.at.toISOString(),
      endedAt: one.ended_at?.toISOString() ?? null,
      mayEnd: one.ended_at === null && (codesOnly || one.by_account === actor.user),
    })),
  }
}

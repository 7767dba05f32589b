import { findOrganisation } from '#capabilities/directory/server/index.ts'
import type { Read } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Actor, Decision } from '#platform/policy/decide.ts'
import type { Case } from '../contract.ts'
import { movesOf } from '../flow.ts'
import { type CaseFacts, policy } from '../policy.ts'
import type { KeyOf } from './folder.ts'
import { openIdentityRow } from './identity/fields.ts'
import { findIdentity } from './identity/store.ts'
import * as procedure from './procedure/store.ts'
import { clocksOf, decisionsOf, procedureView, stepsOf, tracksOf } from './procedure/view.ts'
import { openAt } from './sealed.ts'
import * as store from './store.ts'

interface Viewing {
  readonly read: Read
  readonly actor: Actor
  readonly decision: Decision
  readonly key: KeyOf
  readonly services: Services
  readonly now: Date
}
/** The moves of the flow by the permission that each needs. */
const permissionOf = {
  open: 'case.open',
  changeIdentity: 'case.change-identity',
  changeLocation: 'case.change-location',
  addNote: 'case.add-note',
  assign: 'case.assign',
} as const

/** A case as the decision lets this reader see it. A compartment that stays closed is absent. */
export async function viewOf(viewing: Viewing, facts: CaseFacts & { row: store.FolderRow }): Promise<Case> {
  const { read, decision, key } = viewing
  const { row } = facts
  const opens = (one: 'ID' | 'SVC' | 'LOC') => decision.permits(row.id, one)
  const ofUnit = facts.access?.holder || facts.access?.assigned
  const [agency, coordinatorName, timeline, clocks, identity, place, notes, decisions, steps, tracks] =
    await Promise.all([
      findOrganisation(read, row.agency),
      store.nameOf(read, row.coordinator),
      store.listTimeline(read, row.id),
      procedure.listClocks(read, row.id),
      opens('ID') ? findIdentity(read, row.id) : undefined,
      opens('LOC') ? store.findLocation(read, row.id) : undefined,
      opens('SVC') ? store.listNotes(read, row.id) : undefined,
      ofUnit ? procedure.listDecisions(read, row.id) : undefined,
      ofUnit ? procedure.listSteps(read, row.id) : undefined,
      ofUnit ? procedure.listTracks(read, row.id) : undefined,
    ])
  const pack = viewing.services.packs.get(row.country)!
  const coded = () => key(row.id, row.key_slot, 'STA')
  const { moves, next, stages } = procedureView(viewing.actor, facts, pack, viewing.now, decisions ?? [])
  return {
    ...store.toRow(row),
    agencyName: agency?.name ?? '',
    coordinatorName,
    openedAt: row.opened_at?.toISOString() ?? null,
    timeline: timeline.map(one => ({
      id: one.id,
      at: one.at.toISOString(),
      event: one.event,
      account: one.account_id,
      name: one.name,
      organisation: one.organisation,
      about: one.about as Record<string, unknown>,
    })),
    clocks: clocksOf(clocks, pack),
    ...(identity
      ? {
          identity: openIdentityRow(key(row.id, row.key_slot, 'ID'), row.id, identity.sealed),
          identityVersion: identity.version,
        }
      : {}),
    ...(opens('LOC') ? { locationVersion: place?.version ?? 0 } : {}),
    ...(notes
      ? {
          notes: notes.map(one => ({
            id: one.id,
            at: one.at.toISOString(),
            by: one.name ?? '',
            text: openAt(key(row.id, row.key_slot, 'SVC'), 'note', one.id, one.sealed),
          })),
        }
      : {}),
    ...(decisions ? { decisions: decisionsOf(decisions, coded()) } : {}),
    ...(steps ? { steps: stepsOf(steps, coded()) } : {}),
    ...(tracks ? { tracks: tracksOf(tracks) } : {}),
    ...(next ? { next } : {}),
    stages,
    moves: [...legalMoves(viewing, facts), ...moves],
  }
}

/** What this reader may do next: the state's moves for which the policy allows them. */
const legalMoves = ({ actor, now }: Viewing, facts: CaseFacts): string[] =>
  movesOf(facts.folder.status).filter(
    move =>
      (policy[permissionOf[move]] as (a: Actor, f: CaseFacts, n: Date) => { allow: boolean })(actor, facts, now).allow,
  )

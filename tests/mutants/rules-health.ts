import { clinic, here } from './laid.ts'
import {
  as,
  bit,
  both,
  either,
  glimpses,
  has,
  is,
  type Judge,
  jobs,
  justiceRoles,
  may,
  mine,
  ofPrincipal,
  open,
  places,
  type Row,
  type TableRules,
} from './place.ts'

// What health workers write, in the words of their README.

/** The organisation that the note is of took on what was asked of it, and whoever asks works there. */
const treats: Judge = both(as('provider'), may('HLT'), ofPrincipal('organisation_id'), (viewer, row) =>
  places(viewer, row).some(one => one.basis === 'share' && one.accepted && one.principal === row.organisation_id),
)
interface Agreed {
  readonly recipients: readonly string[]
  readonly withhold: readonly { readonly recipient: string; readonly compartments: number }[]
}
/** Consents to services of this case that stand and contain health: `of_agreed`, laid beside the row. */
const agreed = (organisation: string | undefined, row: Parameters<Judge>[1]): boolean =>
  organisation !== undefined &&
  ((row.of_agreed ?? []) as readonly Agreed[]).some(
    one =>
      one.recipients.includes(organisation) &&
      !one.withhold.some(kept => kept.recipient === organisation && (kept.compartments & bit.HLT) !== 0),
  )
const cares: Judge = (viewer, row) =>
  viewer.role === 'coordinator'
    ? has(['assigned'])(viewer, row) && agreed(viewer.organisation, row)
    : ['provider', 'shelter-manager'].includes(viewer.role) &&
      places(viewer, row).some(one => one.basis === 'share' && one.accepted && agreed(one.principal, row))
/** By an order or a vital interest that names health; never by broken glass. */
const ordered: Judge = (viewer, row) =>
  justiceRoles(viewer, row) &&
  glimpses(viewer, row).some(one => ['order', 'vital-interest'].includes(one.basis) && (one.mask & bit.HLT) !== 0)

const seesNote: Judge = both(open, either(treats, both(may('HLT'), cares), ordered))
const ofSeenNote: Judge = (viewer, row) =>
  row.of_note !== undefined && seesNote(viewer, { ...(row.of_note as Row), of_agreed: row.of_agreed })

export const healthRules: Readonly<Record<string, TableRules>> = {
  'health.note': {
    see: seesNote,
    // Of an organisation that treats people, and that whoever asks can see.
    add: both(mine('by_account'), treats, is('organisation_id', clinic), ({ country }) => country === here),
  },
  // Whoever sees the note; and what came is filed away in its maker's name, without sight of the case.
  'health.file': {
    see: either(both(open, ofSeenNote), both(open, as('filing'), mine('by_account')), jobs),
    add: both(mine('by_account'), treats),
    reach: both(as('filing'), mine('by_account'), is('state', 'waiting-for-file', 'quarantined')),
    leave: both(as('filing'), mine('by_account')),
  },
}
/** Whoever reads a note of the case: its history says to nobody else that there are any. */
export const readsHealth: Judge = (viewer, row) =>
  ((row.of_notes ?? []) as readonly Row[]).some(one =>
    healthRules['health.note']!.see!(viewer, { ...one, of_agreed: row.of_agreed }),
  )

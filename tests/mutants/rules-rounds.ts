import { abroad, here, there } from './laid.ts'
import {
  as,
  both,
  either,
  has,
  is,
  type Judge,
  kept,
  keptClose,
  mine,
  ofCountry,
  ofPrincipal,
  open,
  type Row,
  type TableRules,
  unit,
  worksAt,
} from './place.ts'

// Several who are asked for one help: seen by who asked and by who has the case, never by who is asked.

const sees = both(open, either(mine('from_account'), both(as('intake'), ofPrincipal('from_organisation')), has(unit)))
export const toHere: Judge = ({ country }, row) => (row.to_organisation === abroad ? there : here) === country
const roundOf = (row: Row) => row.of_round as Row | undefined
/** Asked within a round that still goes on, by who began it, of the same person on the same consent. */
export const inRound: Judge = (_, row) => {
  const round = roundOf(row)
  const same = (['case_id', 'consent_id', 'from_account'] as const).every(one => round?.[one] === row[one])
  return same && round?.state === 'asking'
}
const ofSame: Judge = (_, row) => roundOf(row) !== undefined && roundOf(row)!.case_id === row.case_id

export const roundRules: Readonly<Record<string, TableRules>> = {
  'referrals.round': {
    see: sees,
    add: both(
      ...[
        mine('from_account'),
        has(kept),
        ofCountry,
        as('officer', 'intake', 'coordinator'),
        worksAt('from_organisation'),
      ],
      ...[is('state', 'asking'), is('ended_at', null), is('of_consent', true)],
      keptClose('of_consent_to_police'),
    ),
  },
  'referrals.turn': {
    see: both(open, ofSame, (viewer, row) => sees(viewer, roundOf(row)!)),
    add: both(open, ofSame, toHere, (viewer, row) => {
      const { way, state, from_account } = roundOf(row)!
      return way === 'in-turn' && state === 'asking' && from_account === viewer.user
    }),
  },
}

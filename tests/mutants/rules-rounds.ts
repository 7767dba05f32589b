import { here, there } from './laid.ts'
import {
  as,
  both,
  either,
  has,
  is,
  type Judge,
  kept,
  mine,
  ofCountry,
  ofPrincipal,
  open,
  type TableRules,
  unit,
  worksAt,
} from './place.ts'

// Several who are asked for one help: seen by who asked and by who has the case, never by who is asked.

const sees = both(open, either(mine('from_account'), both(as('intake'), ofPrincipal('from_organisation')), has(unit)))
const toHere: Judge = ({ country }, row) => (row.of_abroad === true ? there : here) === country

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
    ),
  },
  'referrals.turn': {
    see: both(open, (viewer, row) => row.of_round !== undefined && sees(viewer, row.of_round as never)),
    add: both(is('of_asking', true), toHere, (viewer, row) => row.of_asker === viewer.user),
  },
}

import {
  as,
  both,
  either,
  is,
  type Judge,
  jobs,
  mine,
  ofCountry,
  ofPrincipal,
  type TableRules,
  worksAs,
  worksAt,
} from './place.ts'

// Assessments of the care environment and what is done about gaps, in the words of their README.

const office = as('secretariat')
const helps = as('provider', 'shelter-manager')
const unit = as('intake', 'coordinator')
const works = worksAs('secretariat')
const assessor = either(mine('first_by'), mine('second_by'))
/** One's own, or both are there. */
const laidOpen = both(ofCountry, office, either(is('shown', true), mine('by_account')))
const keeper: Judge = both(as('intake', 'coordinator', 'provider', 'shelter-manager'), worksAt('owner_organisation'))

export const situationRules: Readonly<Record<string, TableRules>> = {
  'situation.assessment': {
    see: both(
      ofCountry,
      either(office, both(is('state', 'finished'), either(unit, both(helps, ofPrincipal('organisation_id'))))),
    ),
    add: both(ofCountry, works, mine('first_by'), is('second_by', null), is('state', 'open')),
    reach: both(ofCountry, works, is('state', 'comparing'), assessor),
    leave: either(is('state', 'comparing'), mine('finished_by')),
  },
  'situation.sheet': { see: laidOpen, add: both(ofCountry, works, mine('by_account'), is('shown', false)) },
  'situation.picture': { see: either(laidOpen, jobs), add: both(ofCountry, works, mine('by_account')) },
  'situation.action': {
    see: both(
      ofCountry,
      either(office, unit, both(helps, either(ofPrincipal('organisation_id'), ofPrincipal('owner_organisation')))),
    ),
    add: both(ofCountry, works, mine('made_by'), is('state', 'open')),
    reach: both(ofCountry, is('state', 'open'), either(works, keeper)),
    leave: both(mine('ended_by'), either(is('state', 'done'), works)),
  },
}

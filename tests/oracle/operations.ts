import { care } from '#capabilities/care/contract.ts'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { where } from '#capabilities/cases/contract-where.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { exchange } from '#capabilities/directory/contract-exchange.ts'
import { health } from '#capabilities/health/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { matching } from '#capabilities/matching/contract.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { feedback } from '#capabilities/referrals/contract-feedback.ts'
import { withoutAccount } from '#capabilities/referrals/contract-link.ts'
import { match } from '#capabilities/referrals/contract-match.ts'
import { performance } from '#capabilities/referrals/contract-performance.ts'
import { rounds } from '#capabilities/referrals/contract-rounds.ts'
import { whereabouts } from '#capabilities/referrals/contract-whereabouts.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { situation } from '#capabilities/situation/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import { visits } from '#capabilities/visits/contract.ts'
import type { Operation } from '#platform/contract/operation.ts'

/** Every operation of every capability that has to do with cases, by its id. */
export const operations = new Map<string, Operation>(
  [
    care,
    cases,
    charge,
    consent,
    directory,
    exchange,
    feedback,
    health,
    justice,
    match,
    matching,
    oversight,
    performance,
    referrals,
    rounds,
    withoutAccount,
    screening,
    tasks,
    visits,
    where,
    whereabouts,
    situation,
  ]
    .flatMap(one => Object.values(one))
    .map(one => [one.id, one]),
)

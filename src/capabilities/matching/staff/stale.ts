import { matching } from '../contract.ts'

/** What bringing together, taking apart and linking makes old. */
export const stale = [matching.ofCase.id, matching.history.id, 'referrals.caseFile', 'cases.search', 'cases.clocks']

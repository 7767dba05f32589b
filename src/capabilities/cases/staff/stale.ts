/** Operations whose answers a change of a case makes old. */
export const stale = [
  'cases.read',
  'cases.list',
  'referrals.caseFile',
  'referrals.list',
  'referrals.read',
  'cases.clocks',
] as const

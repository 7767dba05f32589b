/** What is read again after a referral has moved. */
export const stale = [
  'referrals.read',
  'referrals.list',
  'referrals.caseFile',
  'cases.list',
  'cases.read',
  'directory.get',
  'directory.services',
] as const

// What other screens may show of referrals.
export { ReferralsOfCase } from './OfCase.tsx'
export { ReferralTag } from './tags.tsx'

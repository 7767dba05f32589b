// What other screens may show of referrals.
export { ReferralsOfCase } from './OfCase.tsx'
export { Rounds } from './Rounds.tsx'
export { ReferralTag } from './tags.tsx'

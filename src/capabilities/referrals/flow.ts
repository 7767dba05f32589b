import type { ReferralStatus } from './contract.ts'

/** What can be done to a referral in each status; the screen draws its buttons from this, the server refuses by it. */
export const referralMoves = {
  sent: ['acknowledge', 'accept', 'decline', 'revoke'],
  acknowledged: ['accept', 'decline', 'revoke'],
  accepted: [],
  declined: [],
  revoked: [],
} as const satisfies Record<ReferralStatus, readonly string[]>
export type ReferralMove = (typeof referralMoves)[ReferralStatus][number]

export const mayMove = (status: ReferralStatus, move: ReferralMove): boolean =>
  (referralMoves[status] as readonly string[]).includes(move)

import type { ReferralStatus } from './contract.ts'

type Kind = 'identification' | 'service'
/** What can be done to a referral in each status; the screen draws its buttons from this, the server refuses by it. */
export const referralMoves = {
  sent: ['acknowledge', 'accept', 'decline', 'revoke'],
  acknowledged: ['accept', 'decline', 'revoke'],
  accepted: ['begin', 'finish', 'end'],
  'partly-accepted': ['begin', 'finish', 'end'],
  'in-service': ['finish', 'end'],
  done: [],
  ended: [],
  declined: [],
  revoked: [],
  expired: [],
} as const satisfies Record<ReferralStatus, readonly string[]>
export type ReferralMove = (typeof referralMoves)[ReferralStatus][number]

const ofServices: readonly ReferralMove[] = ['begin', 'finish', 'end']
/** The moves of a status. Once a unit has taken a person on for identification, its case goes on by itself. */
export const movesOf = (status: ReferralStatus, kind: Kind): readonly ReferralMove[] =>
  referralMoves[status].filter(move => kind === 'service' || !ofServices.includes(move))

export const mayMove = (status: ReferralStatus, kind: Kind, move: ReferralMove): boolean =>
  movesOf(status, kind).includes(move)

const can = (status: ReferralStatus, move: ReferralMove): boolean =>
  (referralMoves[status] as readonly ReferralMove[]).includes(move)
/** Nobody has answered it yet. */
export const waitsForAnswer = (status: ReferralStatus): boolean => can(status, 'accept')
/** Taken on, in whole or in part, and not over. */
export const isTakenOn = (status: ReferralStatus): boolean => can(status, 'finish')
/** Help was given, is being given, or ended: there is something to say of it. */
export const hasBegun = (status: ReferralStatus): boolean =>
  status === 'in-service' || status === 'done' || status === 'ended'
/** All that was asked for is done or being done: nobody else is needed. */
export const isWhole = (status: ReferralStatus): boolean =>
  status === 'done' || (isTakenOn(status) && status !== 'partly-accepted')
/** Answered, and somebody else is to be asked, for all of it or the rest. Who took it back needs nobody. */
export const leavesNeed = (status: ReferralStatus): boolean =>
  !waitsForAnswer(status) && !isWhole(status) && status !== 'revoked'

/** Who has it in hand: whoever it was sent to, or, once they are through with it, whoever asked. */
export const ownerOf = (status: ReferralStatus): 'recipient' | 'sender' =>
  waitsForAnswer(status) || isTakenOn(status) ? 'recipient' : 'sender'

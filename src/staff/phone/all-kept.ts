import { withoutSignal as cases } from '#capabilities/cases/staff/without-signal.ts'
import { withoutSignal as consent } from '#capabilities/consent/staff/without-signal.ts'
import { withoutSignal as directory } from '#capabilities/directory/staff/without-signal.ts'
import { withoutSignal as referrals } from '#capabilities/referrals/staff/without-signal.ts'
import { withoutSignal as screening } from '#capabilities/screening/staff/without-signal.ts'
import type { WithoutSignal } from './kept.ts'

/** From below upwards: a slice adds to what those below it answered. */
export const allKept: readonly WithoutSignal[] = [directory, consent, cases, screening, referrals]

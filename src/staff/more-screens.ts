import { screens as care } from '#capabilities/care/staff/screens.ts'
import { screens as cases } from '#capabilities/cases/staff/desk-screens.ts'
import { screens as directory } from '#capabilities/directory/staff/desk-screens.ts'
import { screens as health } from '#capabilities/health/staff/screens.ts'
import { screens as justice } from '#capabilities/justice/staff/screens.ts'
import { screens as matching } from '#capabilities/matching/staff/screens.ts'
import { screens as oversight } from '#capabilities/oversight/staff/desk-screens.ts'
import { screens as referrals } from '#capabilities/referrals/staff/desk-screens.ts'
import { screens as situation } from '#capabilities/situation/staff/screens.ts'
import { screens as casePage } from './case/screens.ts'
import { screens as welcome } from './welcome/screens.ts'

export const more = [
  ...care,
  ...cases,
  ...casePage,
  ...directory,
  ...oversight,
  ...health,
  ...justice,
  ...matching,
  ...referrals,
  ...welcome,
  ...situation,
]

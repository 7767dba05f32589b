import { screens as care } from '#capabilities/care/staff/screens.ts'
import { screens as cases } from '#capabilities/cases/staff/screens.ts'
import { screens as consent } from '#capabilities/consent/staff/screens.ts'
import { screens as directory } from '#capabilities/directory/staff/screens.ts'
import { screens as justice } from '#capabilities/justice/staff/screens.ts'
import { screens as oversight } from '#capabilities/oversight/staff/screens.ts'
import { screens as referrals } from '#capabilities/referrals/staff/screens.ts'
import { screens as screening } from '#capabilities/screening/staff/screens.ts'
import { screens as accounts } from './accounts/screens.ts'
import { screens as casePage } from './case/screens.ts'
import { screens as phone } from './phone/screens.ts'
import type { Screen } from './screens.ts'
import { screens as welcome } from './welcome/screens.ts'

export const allScreens: readonly Screen[] = [
  ...screening,
  ...consent,
  ...referrals,
  ...cases,
  ...care,
  ...casePage,
  ...oversight,
  ...justice,
  ...directory,
  ...accounts,
  ...phone,
  ...welcome,
]

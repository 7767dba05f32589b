import { screens as cases } from '#capabilities/cases/staff/screens.ts'
import { screens as consent } from '#capabilities/consent/staff/screens.ts'
import { screens as directory } from '#capabilities/directory/staff/screens.ts'
import { screens as oversight } from '#capabilities/oversight/staff/screens.ts'
import { screens as referrals } from '#capabilities/referrals/staff/screens.ts'
import { screens as screening } from '#capabilities/screening/staff/screens.ts'
import { screens as tasks } from '#capabilities/tasks/staff/screens.ts'
import { screens as visits } from '#capabilities/visits/staff/screens.ts'
import type { Role } from '#platform/policy/roles.ts'
import { screens as accounts } from './accounts/screens.ts'
import { screens as phone } from './phone/screens.ts'
import type { Screen } from './screens.ts'

/** Lists with pages of an officer. */
const first = [
  ...screening,
  ...consent,
  ...referrals,
  ...tasks,
  ...cases,
  ...oversight,
  ...visits,
  ...directory,
  ...accounts,
  ...phone,
]
let known: readonly Screen[] = first
let fetching: Promise<void> | undefined

/** Fetches the lists without pages of an officer, whose first page is to stay small: everybody else's, once. */
export function fetchMoreScreens(): Promise<void> {
  fetching ??= import('./more-screens.ts').then(({ more }) => {
    known = [...first, ...more]
  })
  return fetching
}
export const needsMoreScreens = (role: Role): boolean => role !== 'officer'

/** @returns what is known by now; see {@link fetchMoreScreens} */
export const screensFor = (role: Role): readonly Screen[] => known.filter(one => one.roles.includes(role))

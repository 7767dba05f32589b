import { organisationId, type PersonKey, people, stableId } from '../../tools/demonstration/people.ts'
import { abroad, clinic, here, legalAid, me, police, shelter, there } from './laid.ts'

// Who has an account in the laid world, and what they work as.

/** Accounts besides the demonstration's: whoever was asked to come, left, or never had a role here. */
const extras = {
  newcomer: 'invited',
  volunteer: 'invited',
  veteran: 'invited',
  settled: 'invited',
  leaver: 'disabled',
  foreigner: 'active',
  unplaced: 'invited',
  stranger: 'active',
  resident: 'active',
  commuter: 'active',
  returner: 'active',
  traveller: 'active',
  hopeful: 'active',
  guest: 'invited',
  applicant: 'invited',
} as const
type Extra = keyof typeof extras
export const extraId = (key: Extra): string => stableId(`laid account ${key}`)
const whose = (key: PersonKey | Extra): string => (key in extras ? extraId(key as Extra) : me(key as PersonKey))
/** Written down by whom: an administrator here, somebody who is none, one who waits to be. */
const writers: Partial<Record<Extra, string>> = { guest: me('kofi'), applicant: me('silas'), stranger: me('kofi') }
export const laidAccounts: readonly {
  readonly id: string
  readonly status: string
  readonly extra: boolean
  readonly createdBy?: string
}[] = [
  ...people.map(one => ({ id: me(one.key), status: 'active', extra: false })),
  ...Object.entries(extras).map(([key, status]) => ({
    ...{ id: extraId(key as Extra), status, extra: true },
    createdBy: writers[key as Extra] ?? me('odette'),
  })),
]

interface LaidAssignment {
  readonly account: string
  readonly organisation: string
  readonly role: string
  readonly country: string
  readonly confirmed: boolean
  readonly live: boolean
}
/** What the demonstration's people work as, and what somebody else made of them: over, waiting, elsewhere. */
export const laidAssignments: readonly (LaidAssignment & { readonly id: string })[] = [
  ...people.map(one => ({
    id: stableId(`assignment ${one.key}`),
    account: me(one.key),
    organisation: organisationId(one.body),
    role: one.role,
    country: here,
    confirmed: true,
    live: true,
  })),
  ...(
    [
      ['petra', clinic, 'investigator', here, true, false],
      ['petra', clinic, 'investigator', here, false, true],
      ['petra', clinic, 'supervisor', here, true, true],
      ['vasco', shelter, 'investigator', here, true, true],
      ['kofi', shelter, 'intake', here, true, true],
      ['silas', police, 'supervisor', here, true, false],
      ['silas', shelter, 'supervisor', here, true, true],
      ['silas', clinic, 'provider', here, true, true],
      ['silas', legalAid, 'supervisor', here, false, true],
      ['silas', police, 'administrator', here, false, true],
      ['tobias', shelter, 'intake', here, true, false],
      ['tobias', clinic, 'intake', here, false, true],
      ['tobias', police, 'officer', here, true, true],
      ['celeste', clinic, 'shelter-manager', here, true, false],
      ['marisol', shelter, 'officer', here, true, true],
      ['amara', abroad, 'intake', there, true, true],
      ['newcomer', shelter, 'intake', here, false, true],
      ['volunteer', clinic, 'analyst', here, true, true],
      ['veteran', clinic, 'intake', here, true, false],
      ['settled', police, 'officer', here, true, true],
      ['leaver', shelter, 'intake', here, true, false],
      ['foreigner', abroad, 'intake', there, true, true],
      ['guest', shelter, 'intake', here, false, true],
      ['applicant', clinic, 'intake', here, false, true],
      ['resident', shelter, 'provider', here, true, true],
      ['commuter', shelter, 'provider', here, true, true],
      ['commuter', clinic, 'provider', here, true, true],
      ['returner', shelter, 'provider', here, true, true],
      ['returner', clinic, 'provider', here, true, false],
      ['traveller', shelter, 'provider', here, true, true],
      ['traveller', abroad, 'provider', there, true, true],
      ['hopeful', legalAid, 'provider', here, true, true],
      ['hopeful', shelter, 'provider', here, true, true],
    ] as const
  ).map(([who, organisation, role, country, confirmed, live]) => ({
    id: stableId(`assignment ${who} ${organisation} ${role} ${confirmed} ${live}`),
    account: whose(who),
    organisation,
    role,
    country,
    confirmed,
    live,
  })),
]

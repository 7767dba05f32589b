import { openText } from '#platform/db/context.ts'
import { organisationId, type PersonKey, people } from '../../tools/demonstration/people.ts'
import { fenceOf } from '../oracle/raw.ts'
import { clinic, here, me, shelter, there, tokens, unit } from './laid.ts'
import { extraId } from './laid-people.ts'

/** The settings of one transaction, and the database's role that it runs as. */
export interface Viewer {
  readonly name: string
  readonly user: string
  readonly principals: readonly string[]
  /** The organisation whose folders are listed. */
  readonly organisation?: string
  /** The compartments that the role may ever see, as bits. */
  readonly ceiling: number
  readonly role: string
  readonly country: string
  readonly jobs: boolean
  /** The country whose public list is read. */
  readonly listing?: string
  /** The token of a visit that a person's own page brings. */
  readonly visit?: string
  /** Nothing is set at all: an error is as good as no rows. */
  readonly unset?: true
}

const person = (key: PersonKey, ceiling?: number): Viewer => {
  const { role, body } = people.find(one => one.key === key)!
  const fence = fenceOf({ key, role, account: me(key), organisation: organisationId(body) })
  return {
    name: ceiling === undefined ? key : `${key}, ${ceiling} at most`,
    user: fence.user,
    principals: fence.principals,
    ...(fence.organisation ? { organisation: fence.organisation } : {}),
    ceiling: ceiling ?? fence.compartments,
    role,
    country: here,
    jobs: false,
  }
}
const bits = [1, 2, 4, 8, 16, 32, 64]
const nobody = {
  user: '00000000-0000-0000-0000-000000000000',
  principals: [],
  ceiling: 0,
  country: 'ZZZ',
  jobs: false,
}

export const viewers: readonly Viewer[] = [
  ...people.map(one => person(one.key)),
  ...bits.map(bit => person('dalia', bit)),
  ...bits.map(bit => person('petra', bit)),
  ...bits.map(bit => person('leonie', bit)),
  ...[1, 2, 64].map(bit => person('tobias', bit)),
  ...[1, 2, 64].map(bit => person('celeste', bit)),
  // With settings that the server never sets for their roles.
  ...(['marisol', 'jonah', 'petra', 'odette', 'amara', 'silas', 'wren', 'dalia', 'tobias', 'ines'] as const).map(
    key => ({
      ...person(key, 127),
      name: `${key} with everything`,
      principals: [me(key), unit, shelter],
      organisation: unit,
    }),
  ),
  { ...person('tobias'), name: 'tobias at the shelter', principals: [me('tobias'), shelter], organisation: shelter },
  { ...person('ines'), name: 'ines at the shelter', principals: [me('ines'), shelter], organisation: shelter },
  {
    ...person('celeste', 127),
    name: 'celeste at the clinic',
    principals: [me('celeste'), clinic],
    organisation: clinic,
  },
  {
    ...person('odette'),
    name: 'a stranger as administrator',
    user: extraId('stranger'),
    principals: [extraId('stranger')],
  },
  { ...nobody, name: 'signing in', role: 'sign-in' },
  { ...person('marisol'), name: 'filing for marisol', role: 'filing', country: 'ZZZ', ceiling: 0 },
  // Signed in without a role.
  { ...nobody, name: 'tobias without a role', user: me('tobias'), principals: [me('tobias')], role: 'none' },
  // On a visit: the server names nobody, and brings the visit's token.
  ...tokens.map((visit, at) => ({ ...nobody, name: `on visit ${at + 1}`, role: 'person', visit })),
  { ...nobody, name: 'the jobs', role: '', jobs: true },
  { ...nobody, name: 'nobody', user: '', role: '', unset: true },
  // The public site: nobody, who says whose list it reads.
  { ...nobody, name: 'reading the public list', user: '', role: '', unset: true, listing: here },
  { ...nobody, name: 'reading the public list abroad', user: '', role: '', unset: true, listing: there },
  { ...nobody, name: 'reading the public list and signing in', role: 'sign-in', listing: here },
]

/** What begins a transaction of theirs on a connection that may be anybody. */
export function beginAs(viewer: Viewer): string {
  if (viewer.jobs) return 'begin; set local role samaan_jobs'
  const listing = viewer.listing === undefined ? '' : `; set local samaan.listing = '${viewer.listing}'`
  if (viewer.unset) return `begin${listing}; set local role samaan_app`
  const { user, principals, organisation, ceiling, country, role, visit } = viewer
  const fence = { user, principals: [...principals], organisation, compartments: ceiling, country, role }
  const token = visit === undefined ? '' : `; set local samaan.visit = '${visit}'`
  return `${openText(fence, true)}${listing}${token}; set local role samaan_app`
}

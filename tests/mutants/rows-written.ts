import { type PersonKey, people, stableId } from '../../tools/demonstration/people.ts'
import { abroad, clinic, here, laidCases, legalAid, me, police, shelter, there, unit } from './laid.ts'
import { laidAccounts, laidAssignments } from './laid-people.ts'

export type Value = string | number | boolean | null | readonly string[]
export type Values = Record<string, Value>

/** What is laid down as it is written, instead of by the column. */
export function written(table: string): Values[] | undefined {
  switch (table) {
    case 'policy.case_access':
      return laidCases.flatMap(one =>
        one.places.map((each, at) => ({
          principal: each.principal,
          case_id: one.id,
          basis: each.basis,
          // Whoever was asked twice has it by two referrals.
          basis_id:
            one.places.findIndex(other => other.principal === each.principal) < at
              ? stableId(`again ${one.id}`)
              : one.id,
          compartments: each.mask,
          shared: each.shared,
          accepted: each.accepted,
          until: each.live ? 'infinity' : '2026-01-01T00:00:00Z',
          guarded: one.hidden.length > 0 && !one.stale,
        })),
      )
    case 'policy.case_glimpse':
      return laidCases.flatMap(one =>
        one.glimpses.map(each => ({
          principal: each.principal,
          case_id: one.id,
          basis: each.basis,
          basis_id: each.id,
          compartments: each.mask,
          until: each.live ? '2126-01-01T00:00:00Z' : '2026-01-01T00:00:00Z',
          organisation_id: each.basis === 'break-glass' ? null : each.body,
        })),
      )
    case 'policy.case_hidden':
      return laidCases.flatMap(one =>
        one.hidden.map((each, at) => ({
          case_id: one.id,
          basis: each.erased ? 'erased' : each.account === undefined ? 'sealed' : 'conflict',
          basis_id: stableId(`hidden ${one.name} ${at}`),
          account_id: each.account ?? null,
          named: each.named,
        })),
      )
    case 'directory.organisation':
      return [
        { id: abroad, country: there, kind: 'ngo', name: 'Casa Lejana', competent: true, listed: true },
        { id: stableId('further abroad'), country: there, kind: 'ngo', name: 'Casa Vecina', competent: false },
        ...inList.map((more, at) => ({
          ...{ id: stableId(`in the list ${at}`), country: here, kind: 'ngo', name: 'Casa Abierta', competent: false },
          ...{ listed: true, active: true, ...more },
        })),
      ]
    case 'auth.account':
      return laidAccounts
        .filter(one => one.extra)
        .map(one => ({
          id: one.id,
          name: 'Somebody',
          email: `${one.id}@x.example`,
          status: one.status,
          created_by: one.createdBy!,
        }))
    case 'auth.assignment':
      return laidAssignments.slice(people.length).map(one => ({
        id: one.id,
        account_id: one.account,
        organisation_id: one.organisation,
        role: one.role,
        country: one.country,
        until: one.live ? 'infinity' : '2026-01-01T00:00:00Z',
        confirmed_at: one.confirmed ? '2026-01-01T00:00:00Z' : null,
        granted_by: me('odette'),
      }))
    case 'justice.lead':
      return laidLeads.map(one => ({
        id: one.id,
        country: one.country,
        organisation_id: one.organisation,
        status: one.investigator ? 'in-work' : 'open',
        investigator: one.investigator ? me('petra') : null,
        made_by: me('kofi'),
        ...leadCodes,
      }))
    case 'justice.lead_share':
      return laidLeads.flatMap(one =>
        one.share === undefined
          ? []
          : [
              {
                id: stableId(`share ${one.id}`),
                lead_id: one.id,
                organisation_id: one.organisation,
                account_id: me(one.share.with),
                source: one.share.source,
                by_account: me('kofi'),
                ended_at: one.share.over ? '2026-01-01T00:00:00Z' : null,
              },
            ],
      )
    case 'justice.lead_closed':
      return [
        ...laidLeads.flatMap(one => (one.closed ? [{ lead_id: one.id, account_id: me(one.closed) }] : [])),
        // Also to who protects data, and to who sent a file of it.
        ...(['wren', 'marisol'] as const).map(who => ({ lead_id: laidLeads[0]!.id, account_id: me(who) })),
      ]
    case 'justice.lead_bar':
      return laidLeads.map(one => ({
        ...{ id: stableId(`bar ${one.id}`), lead_id: one.id, organisation_id: one.organisation },
        ...{ account_id: me(one.closed ?? 'kofi'), reason: 'other', by_account: me('vasco') },
      }))
    case 'justice.lead_content':
    case 'justice.lead_source':
      return laidLeads.map(one => ({ lead_id: one.id, organisation_id: one.organisation, sealed: '\\x00' }))
    case 'justice.lead_term':
      return laidLeads.map(one => ({ lead_id: one.id, organisation_id: one.organisation, term: '\\x01' }))
    case 'policy.visit':
      return laidCases.flatMap(one =>
        one.visits.map(({ token, live }) => ({
          visit_id: stableId(`visit ${token}`),
          token_hash: `\\x${token}`,
          case_id: one.id,
          explained_by: me('dalia'),
          until: live ? '2126-01-01T00:00:00Z' : '2026-01-01T00:00:00Z',
        })),
      )
    case 'policy.case_merged':
      return laidCases.flatMap(({ id, leads }) =>
        leads === undefined
          ? []
          : [
              {
                case_id: id,
                lead_case: leads.to,
                lead_reference: 'C-1',
                unit_id: leads.by,
                merge_id: stableId(`merge ${id}`),
              },
            ],
      )
    case 'matching.merge':
      return pairs.flatMap(([lead_case, away_case], at) =>
        [unit, shelter, abroad].map(unit_id => ({
          ...{ id: stableId(`merge ${at} ${unit_id}`), country: here, unit_id, lead_case, away_case },
          by_account: me('kofi'),
        })),
      )
    case 'matching.link':
      return pairs.flatMap(([case_a, case_b], at) =>
        // So many of each that counting tells them apart.
        [{}, {}, { country: there }, { ended_at: '2026-01-01T00:00:00Z' }].map((more, n) => ({
          ...{ id: stableId(`link ${at} ${n}`), country: here, case_a, case_b, kind: 'family', ended_at: null },
          ...{ by_account: me('kofi'), ended_by: null, ...more },
        })),
      )
    case 'justice.proceeding_step':
      return laidLeads.flatMap(one =>
        ['investigation', 'with-prosecutor', 'charged', 'ended'].map((state, at) => ({
          ...{ lead_id: one.id, organisation_id: one.organisation, step: at + 1, state, on_day: '2026-01-01' },
          by_account: me('kofi'),
        })),
      )
    case 'justice.lead_note':
      return laidLeads.flatMap(one =>
        (['kofi', 'petra', 'leonie'] as const).map(who => ({
          id: stableId(`note ${who} ${one.id}`),
          lead_id: one.id,
          organisation_id: one.organisation,
          sealed: '\\x00',
          by_account: me(who),
        })),
      )
    default:
      return undefined
  }
}
/** In the public list, and each way in which an organisation is not. */
const inList: readonly Values[] = [{}, { listed: false }, { active: false }, { kind: 'shelter' }]
/** Services of each of these and of one abroad: for everybody to read, and each way in which one is not. */
export const inListServices: readonly Values[] = [
  ...inList.map((_, at) => stableId(`in the list ${at}`)),
  abroad,
].flatMap(organisation_id =>
  [{}, { public: false }, { active: false }, { kind: 'safe-accommodation' }].map(more => ({
    ...{ organisation_id, kind: 'food', public: true, active: true, ...more },
  })),
)
const leadCodes = {
  reference: 'L-1',
  source_grade: 'A',
  information_grade: '1',
  handling: 'prosecution',
  key_slot: 1,
  about: [],
}
/** Two cases of which somebody has a right to both, to one, to neither; each also beside itself, for who has but one. */
const paired = [
  ...['assigned dalia', 'assigned dalia, 64', 'assigned dalia, over', 'assigned ines', 'holder unit', 'holder unit, 1'],
  ...['holder unit, over', 'own dalia', 'own tobias', 'share unit, accepted', 'hidden: assigned dalia'],
  ...['hidden: holder unit', 'abroad, holder unit', 'break-glass dalia'],
].map(name => laidCases.find(one => one.name === name)!.id)
const alone = laidCases.filter(one => /^(holder|in charge:|made by) \w+$/.test(one.name)).map(one => one.id)
const pairs = [...paired.flatMap(one => paired.map(other => [one, other])), ...alone.map(one => [one, one])] as [
  string,
  string,
][]

interface Share {
  readonly with: PersonKey
  readonly source: boolean
  readonly over: boolean
  readonly closed?: PersonKey
}
/** Leads of every body: shared with nobody, with a prosecutor, with their source, no longer, with another. */
const shares: readonly (Share | undefined)[] = [
  undefined,
  { with: 'leonie', source: false, over: false },
  { with: 'leonie', source: true, over: false },
  { with: 'leonie', source: true, over: true },
  { with: 'kofi', source: true, over: false },
  { with: 'petra', source: true, over: false },
  { with: 'silas', source: true, over: false },
  // About somebody: closed to them, whoever they are.
  { with: 'leonie', source: true, over: false, closed: 'leonie' },
  { with: 'kofi', source: true, over: false, closed: 'petra' },
  { with: 'kofi', source: true, over: false, closed: 'silas' },
]
const laidLeads = [police, shelter, clinic, unit, abroad, legalAid].flatMap(organisation =>
  shares.flatMap((share, at) =>
    [false, true].map(investigator => ({
      id: stableId(`lead ${organisation} ${at} ${investigator}`),
      organisation,
      country: organisation === abroad ? there : here,
      investigator,
      share,
      closed: share?.closed,
    })),
  ),
)

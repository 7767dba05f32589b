import {
  type ComparedField,
  callingCodeOf,
  compareIdentities,
  openIdentityRow,
  type Verdict,
} from '#capabilities/cases/server/index.ts'
import { namesOf } from '#platform/auth/server/accounts/store.ts'
import { handle } from '#platform/http/handle.ts'
import { type Comparison, matching, sideFields } from '../contract.ts'
import { policy } from '../policy.ts'
import { pairOf } from './both.ts'
import { openWords } from './sealed.ts'
import { listJudgements, listSides, type SideRow } from './store.ts'

type Identity = ReturnType<typeof openIdentityRow>
type Pair<T> = [T, T]

/** How a field of a person is read by somebody. */
function said(identity: Identity, field: ComparedField): string | null {
  const { givenName, familyName, knownAs, birthDate, age } = identity
  if (field === 'name') return [givenName, familyName].filter(Boolean).join(' ') || (knownAs ?? null)
  if (field === 'birth') return birthDate ?? (age === undefined ? null : String(age))
  return identity[field] ?? null
}
/** Coded, so that the unit may see it of what it holds also where the two differ. */
const coded = new Set<string>(['sex', 'nationality', 'language', 'child', 'sector'])

/**
 * Two records side by side, for somebody neutral. Of a case that the unit holds: what agrees, and codes. Of one that it does
 * not hold: nothing but whether it agrees. What differs and names somebody is shown of neither, nor who made or has which.
 */
export const compare = handle(matching.compare, policy, {
  facts: async ({ read, input: { params } }) => {
    const sides = await listSides(read, params.match)
    return { found: sides.length === 2 }
  },
  run: async ({ read, actor, services, now, key, input: { params }, note }) => {
    const [a, b] = (await listSides(read, params.match)) as Pair<SideRow>
    const opened = (side: SideRow): Identity =>
      side.sealed ? openIdentityRow(key(side.case_id, side.slot, 'ID'), side.case_id, side.sealed) : {}
    const people: Pair<Identity> = [opened(a), opened(b)]
    const verdicts = compareIdentities(people[0], people[1], callingCodeOf(services, actor.country), now)
    const sector: Verdict = !a.sector || !b.sector ? 'unknown' : a.sector === b.sector ? 'same' : 'differ'
    const child: Verdict = a.child === b.child ? 'same' : 'differ'
    const shownOf = (side: SideRow, at: 0 | 1, field: (typeof sideFields)[number], verdict: Verdict): string | null => {
      if (!side.held || (!coded.has(field) && verdict !== 'same' && verdict !== 'alike')) return null
      if (field === 'child') return side.child ? 'yes' : 'no'
      return field === 'sector' ? side.sector : said(people[at], field)
    }
    const judgements = await listJudgements(read, a.id)
    const names = await namesOf(
      read,
      judgements.map(one => one.by_account),
    )
    note({ basis: a.id, count: 2, ids: [a.case_id, b.case_id], concerns: pairOf('compared', a.case_id, b.case_id) })
    return {
      id: a.id,
      why: a.why as Comparison['why'],
      strength: a.strength as Comparison['strength'],
      state: a.state as Comparison['state'],
      foundAt: a.found_at.toISOString(),
      version: a.version,
      held: [a.held, b.held] as Pair<boolean>,
      months: [a.made_on, b.made_on] as Pair<string>,
      fields: sideFields.map(field => {
        const verdict = field === 'child' ? child : field === 'sector' ? sector : verdicts[field]
        return {
          field,
          verdict,
          values: [shownOf(a, 0, field, verdict), shownOf(b, 1, field, verdict)] as Pair<string | null>,
        }
      }),
      judgements: judgements.map(one => ({
        id: one.id,
        outcome: one.outcome as Comparison['judgements'][number]['outcome'],
        reason: openWords(key(a.case_id, a.slot, 'STA'), 'judgement', one.id, one.sealed),
        byName: names.get(one.by_account) ?? '',
        at: one.at.toISOString(),
      })),
    }
  },
})

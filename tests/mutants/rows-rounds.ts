import { type PersonKey, stableId } from '../../tools/demonstration/people.ts'
import { abroad, laidCases, me, shelter, there, unit } from './laid.ts'
import type { Value, Values } from './rows-written.ts'

// Rounds, what is asked in them and who is asked next: as they would be, and each way in which one leans on another's.

const at = (name: string) => laidCases.find(one => one.name === name)!.id
/** Who has which case by which reason, so that they might ask for it; or saw others ask. */
const askers: readonly (readonly [who: PersonKey, of: string])[] = [
  ['tobias', 'own tobias'],
  ['tobias', 'holder unit'],
  ['dalia', 'own dalia'],
  ['dalia', 'assigned dalia'],
  ['tobias', 'own tobias, over'],
  ['dalia', 'assigned dalia, over'],
  ['dalia', 'hidden: assigned dalia'],
  ['tobias', 'hidden: own tobias'],
  ['celeste', 'own celeste'],
]

type OfCase = ReadonlyMap<Value | undefined, readonly Values[]>
const given = (of: OfCase, id: Value | undefined) => (of.get(id) ?? []).filter(one => one.kind === 'given')

/** Each row on a consent of its person, now and then on what is none; then what those who may ask would write. */
export function roundsOf(rows: readonly Values[], consents: readonly Values[]): Values[] {
  const of: OfCase = Map.groupBy(consents, one => one.case_id)
  const leaning = rows.flatMap((row, n) => {
    const [first] = given(of, row.case_id)
    const none = (of.get(row.case_id) ?? []).find(one => one.kind !== 'given')
    const another = consents[(n * 7) % consents.length]
    return [first ?? another, ...(n % 3 === 0 ? [none, another] : [])].flatMap((one, m) =>
      one ? [{ ...row, id: stableId(`round ${n} ${m}`), consent_id: one.id! }] : [],
    )
  })
  const plain = { ...rows[0]!, from_organisation: unit, state: 'asking', ended_at: null, way: 'in-turn' }
  const written = askers.flatMap(([who, name]) => {
    const case_id = at(name)
    const [first, second] = given(of, case_id)
    const [elsewhere] = given(of, at('of nobody'))
    const own = { ...plain, case_id, from_account: me(who), consent_id: first?.id ?? elsewhere!.id! }
    return [
      {},
      { way: 'at-once' },
      { state: 'answered' },
      { from_account: me('kofi') },
      { consent_id: second?.id ?? elsewhere!.id! },
      { case_id: at('own tobias, 1') },
      { case_id: at('assigned dalia, 1') },
      { country: there },
    ].map((more, n) => ({ ...own, ...more, id: stableId(`round of ${who} ${name} ${n}`) }))
  })
  return [...leaning, ...written]
}

/** What was asked in each: by who began it, in its case and on its consent; and in the name, of the case, on the consent of another. */
export function askedIn(plain: Values, rounds: readonly Values[], consents: readonly Values[]): Values[] {
  const of: OfCase = Map.groupBy(consents, one => one.case_id)
  return askers.flatMap(([who, name]) => {
    const case_id = at(name)
    const own = rounds.filter(one => one.case_id === case_id)
    const onIts = new Set(given(of, case_id).map(one => one.id))
    // Of another case, on a consent of this one.
    const others = rounds.filter(one => one.case_id !== case_id && onIts.has(one.consent_id!))
    return [...own, ...others.slice(0, 40)].flatMap((round, n) =>
      [...new Set([round.consent_id!, given(of, case_id)[0]?.id ?? round.consent_id!])].map((consent_id, m) => ({
        ...{ ...plain, id: stableId(`asked ${who} ${name} ${n} ${m}`), case_id, from_account: me(who) },
        ...{ consent_id, round_id: round.id! },
      })),
    )
  })
}

/** Who is next in a round, as it would be, abroad and of another's case; the rounds that people wrote all come. */
export function turnsOf(plain: Values, rounds: readonly Values[]): Values[] {
  const written = rounds.slice(-8 * askers.length)
  const some = rounds.slice(0, -written.length).filter((_, n) => n % 8 === 0)
  const next = (of: readonly Values[], more: Values = {}): Values[] =>
    of.map(one => ({ round_id: one.id!, case_id: one.case_id!, to_organisation: shelter, ...more }))
  return [
    ...next([...some, ...written]),
    ...next(written, { to_organisation: abroad }),
    ...next(written, { case_id: at('own tobias') }),
    ...next(written, { case_id: at('holder unit') }),
  ].map((more, number) => ({ ...plain, ...more, id: stableId(`turn ${number}`), number }))
}

import { stableId } from '../../tools/demonstration/people.ts'
import { clinic, laidCases, shelter, unit } from './laid.ts'
import type { Value, Values } from './rows-written.ts'

/** What a consent says of health, in turn: as it would, and each way in which it opens nothing, or less. */
const says: readonly {
  readonly more: Values
  readonly kept?: readonly string[]
  readonly mask?: number
  readonly taken?: true
}[] = [
  { more: {} },
  { more: { purposes: ['identification'] } },
  { more: {}, kept: [unit, shelter, clinic] },
  { more: { compartments: 65 } },
  { more: {}, kept: [unit, shelter, clinic], mask: 1 },
  { more: {}, kept: [stableId('nobody')] },
  { more: { expires_at: '2026-01-01T00:00:00Z' } },
  { more: { expires_at: '2126-01-01T00:00:00Z' } },
  { more: { kind: 'refused' } },
  { more: {}, taken: true },
  { more: { recipients: [stableId('nobody')] } },
]
/** Consents by which health workers' notes are read: one a case where somebody is in charge or helps. */
export function healthConsents(plain: Values): Values[] {
  const cases = laidCases.filter(one =>
    one.places.some(each => each.basis === 'assigned' || each.basis === 'share' || each.basis === 'holder'),
  )
  return cases.flatMap((one, at) => {
    // Of a reason that is over the consent still stands.
    const { more, kept, taken, mask } = says[one.name.includes('over') ? 0 : at % says.length]!
    const id = stableId(`health consent ${one.name}`)
    const withhold = (kept ?? []).map(recipient => ({ recipient, compartments: mask ?? 4 })) as unknown as Value
    const given = { kind: 'given', purposes: ['services'], compartments: 68, recipients: [unit, shelter, clinic] }
    const row = { ...plain, ...given, withhold, expires_at: null, withdraws: null, ...more, id, case_id: one.id }
    return taken ? [row, { ...row, id: stableId(`taken ${id}`), kind: 'withdrawn', withdraws: id }] : [row]
  })
}

/** Each file on a note of its person, of its own organisation where there is one, and now and then on another's. */
export function filesOfHealth(rows: readonly Values[], notes: readonly Values[]): Values[] {
  const of = Map.groupBy(notes, one => one.case_id)
  return rows.flatMap((row, n) => {
    const own = of.get(row.case_id) ?? []
    const same = own.find(one => one.organisation_id === row.organisation_id) ?? own[0]
    return [same, ...(n % 3 === 0 ? [notes[(n * 7) % notes.length]] : [])].flatMap((one, m) =>
      one ? [{ ...row, id: stableId(`file of health ${n} ${m}`), note_id: one.id! }] : [],
    )
  })
}

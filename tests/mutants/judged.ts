import { asOf, type Ground, rules } from './ground.ts'
import { laidCase } from './laid.ts'
import { hiding, isHidden, type Row } from './place.ts'
import { beginAs, type Viewer } from './viewers.ts'

// What the rules say of one row for somebody, and one statement asked in their name.

/** Tables that ask what is hidden themselves, whether or not the flag of the case was raised. */
const fencedTwice = new Set(
  ['identity', 'identity_conflict', 'search_term', 'note', 'location', 'attachment', 'decision']
    .map(one => `cases.${one}`)
    .concat(['court_order', 'vital_interest', 'receipt'].map(one => `justice.${one}`))
    .concat(['bar', 'break_glass', 'due', 'sealing'].map(one => `oversight.${one}`))
    .concat([
      'health.note',
      'health.file',
      'files.held',
      'consent.record',
      'referrals.referral',
      'screening.screening',
      'tasks.task',
    ])
    .concat(['visit', 'case_merged'].map(one => `policy.${one}`))
    .concat(['code', 'question', 'safety_check'].map(one => `visits.${one}`)),
)
/** Whether the rules say anything: of a case whose flag was not raised only the tables that ask again. */
export function isSaid(viewer: Viewer, table: string, row: Row, verb: 'see' | 'write'): boolean {
  const cases = [row.case_id, row.of_case, ...(table === 'cases.folder' ? [row.id] : [])]
  const unsaid = cases.some(id => {
    const one = laidCase.get(id as string)
    return one?.stale && isHidden(viewer, one)
  })
  return !unsaid || (verb === 'see' && fencedTwice.has(table))
}
export const judged = (viewer: Viewer, table: string, verb: 'see' | 'add' | 'reach' | 'leave' | 'remove', row: Row) =>
  rules[table]?.[verb]?.(viewer, asOf(viewer, row)) ?? false

/** Of what the rules say nothing about: whether it could be, were nothing hidden. */
export const couldBe = (viewer: Viewer, table: string, verb: 'reach' | 'remove', row: Row): boolean => {
  hiding.on = false
  try {
    return judged(viewer, table, verb, row)
  } finally {
    hiding.on = true
  }
}

/** One thing that is not as the rules say. */
export interface Surprise {
  readonly viewer: string
  readonly table: string
  readonly what: string
}

export async function asked<T>(ground: Ground, viewer: Viewer, text: string): Promise<T[]> {
  const results = (await ground.truth.query(`${beginAs(viewer)}; ${text}; rollback`)) as unknown as { rows: T[] }[]
  return results.at(-2)!.rows
}
/** Rows touched, or that it was refused. */
export async function tried(ground: Ground, viewer: Viewer, text: string): Promise<number | 'refused' | string> {
  try {
    const results = (await ground.truth.query(`${beginAs(viewer)}; ${text}; rollback`)) as unknown as {
      rowCount: number
    }[]
    return results.at(-2)!.rowCount
  } catch (error) {
    await ground.truth.query('rollback')
    const { code, message } = error as { code: string; message: string }
    return /row-level security/.test(message) ? 'refused' : code
  }
}

export const cached = <T>(make: (viewer: Viewer, table: string) => T) => {
  const kept = new Map<string, T>()
  return (viewer: Viewer, table: string): T => {
    const key = `${viewer.name} ${table}`
    if (!kept.has(key)) kept.set(key, make(viewer, table))
    return kept.get(key)!
  }
}

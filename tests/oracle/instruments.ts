import { type Rules, screenings, standing, type Target } from './oracle.ts'
import type { Case, Person, Role, World } from './world.ts'

// The oracle's rules about instruments and the interviews that are held with them.

/** Whoever has the case by a reason of their own holds interviews, and reads findings otherwise. */
const interviewing: Rules = {
  officer: it => it.made,
  intake: it => it.made || it.held,
  'decision-maker': it => it.held,
  coordinator: it => it.charge,
}
/** Who may use what ships. */
const uses: Readonly<Record<string, ReadonlySet<Role>>> = {
  'short-screen': new Set<Role>(['officer', 'intake', 'coordinator']),
  'interview-adult': new Set<Role>(['intake', 'coordinator', 'decision-maker']),
}
/** Who writes and publishes instruments. */
const editors: ReadonlySet<Role> = new Set<Role>(['supervisor', 'administrator'])
/** Who only counts, and has no use for questions. */
const counts: ReadonlySet<Role> = new Set<Role>(['secretariat', 'analyst', 'donor'])

const caseWithInterview = (world: World, id: string): { one: Case; by: string } | undefined => {
  for (const one of world.cases.values()) {
    const found = one.interviews.find(interview => interview.id === id)
    if (found) return { one, by: found.by }
  }
  return undefined
}
/** Who held an interview. */
export const heldBy = (world: World, id: string): string | undefined => caseWithInterview(world, id)?.by

/** Interviews and what they are held with. */
export function ofInstruments(world: World, person: Person, operation: string, target: Target): boolean {
  const { role } = person
  switch (operation) {
    case 'screening.interview':
      return interviewing[role]?.(standing(world, person, target.case!)) === true && uses[target.instrument!]!.has(role)
    case 'screening.interviews':
      return screenings[role]?.(standing(world, person, target.case!)) === true
    case 'screening.override': {
      const found = caseWithInterview(world, target.interview!)
      if (!found || !interviewing[role]?.(standing(world, person, found.one.id))) return false
      // An officer sees the interviews that they held themselves.
      return role !== 'officer' || found.by === person.account
    }
    case 'screening.instruments':
      return !counts.has(role)
    case 'screening.instrument':
    case 'screening.xform':
      return editors.has(role) || uses[target.instrument!]!.has(role)
    default:
      return editors.has(role)
  }
}
export const aboutInstruments = new Set([
  'screening.interview',
  'screening.interviews',
  'screening.override',
  'screening.instruments',
  'screening.instrument',
  'screening.xform',
  'screening.exportInstrument',
  'screening.checkSheet',
  'screening.importInstrument',
  'screening.publishInstrument',
  'screening.withdrawInstrument',
])

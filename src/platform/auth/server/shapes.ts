import type { Role } from '../../policy/roles.ts'
import type { AccountStatus } from '../contract.ts'

// Rows as the contract shows them.

export interface AssignmentRow {
  id: string
  role: Role
  country: string
  /** An assignment without an end has `infinity`, which the driver gives as a number. */
  until: Date | number
  organisation: string
  name: string
  kind: string
  waiting: boolean
}
const isDate = (value: Date | number): value is Date => value instanceof Date

export const assignmentShape = ({ id, role, country, until, organisation, name, kind, waiting }: AssignmentRow) => ({
  id,
  role,
  country,
  organisation: { id: organisation, name, kind },
  waiting,
  ...(isDate(until) ? { until: until.toISOString() } : {}),
})

interface RecoveryRow {
  asked_at: Date
  asked_name: string
  confirmed_name: string | null
  used_at: Date | null
}
export const recoveryShape = ({ asked_at, asked_name, confirmed_name, used_at }: RecoveryRow) => ({
  askedAt: asked_at.toISOString(),
  askedBy: asked_name,
  ...(confirmed_name ? { confirmedBy: confirmed_name } : {}),
  ...(used_at ? { usedAt: used_at.toISOString() } : {}),
})

export const accountShape = (
  { id, name, email, status }: { id: string; name: string; email: string; status: AccountStatus },
  assignments: readonly AssignmentRow[],
) => ({ id, name, email, status, assignments: assignments.map(assignmentShape) })

/** The address of an invitation. The token stands after #, so that it reaches no server's log. */
export const invitationLink = (origin: string, token: string): string => `${origin}/invitation#${token}`

/** The language of an account, English where it is one we no longer speak. */
export const languageShape = (language: string): 'en' | 'es' => (language === 'es' ? 'es' : 'en')

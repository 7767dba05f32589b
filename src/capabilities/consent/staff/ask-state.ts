import type { ReactNode } from 'react'
import type { OrganisationRow } from '#capabilities/directory/contract.ts'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import type { Said, Shareable } from '../asking.ts'

export type Body = Pick<OrganisationRow, 'id' | 'name' | 'kind' | 'competent' | 'services'>

/** What was chosen so far; it stays in memory. */
export interface Asking {
  /** Of the record and of the command that makes it. */
  readonly id: string
  readonly recipients: readonly string[]
  readonly answer: '' | 'yes' | 'no'
  readonly share: Readonly<Record<string, readonly (Shareable | 'nothing')[]>>
  readonly givenBy: Said['givenBy']
  readonly assent: '' | 'yes' | 'no'
  readonly form: Said['form']
  /** As the list gives it; "0" is without an end. */
  readonly months: string
  /** When the person answered; empty before. */
  readonly saidAt: string
}

/** The pages this answer leads through: a no needs neither what to share nor a check of it. */
export const steps = ({ answer }: Asking): readonly string[] =>
  answer === 'no' ? ['who', 'read', 'how'] : ['who', 'read', 'share', 'how', 'check']

/** The page asked for, or the first that still waits. */
export function stepOf(asked: string | undefined, asking: Asking): string {
  const path = steps(asking)
  const last = asking.recipients.length === 0 ? 'who' : asking.answer === '' ? 'read' : path.at(-1)!
  const place = asked === undefined ? 0 : path.indexOf(asked)
  return path[Math.min(Math.max(place, 0), path.indexOf(last))]!
}

/** What every page of the asking is given. */
export interface StepProps {
  readonly asking: Asking
  readonly chosen: readonly Body[]
  readonly step: number
  readonly of: number
  /** What the server did not accept. */
  readonly refused: readonly FieldError[]
  readonly onChange: (change: Partial<Asking>) => void
  readonly onContinue: () => void
  readonly onBack: () => void
  readonly onStop: () => void
}
export interface SavingProps extends StepProps {
  readonly busy: boolean
  readonly problem: ReactNode
}

import type { ReactNode } from 'react'
import type { OrganisationRow } from '#capabilities/directory/contract.ts'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import type { Said, Shareable } from '../asking.ts'
import { asksAssent, giversOf } from '../givers.ts'

export type Body = Pick<OrganisationRow, 'id' | 'name' | 'kind' | 'competent' | 'services'>

/** What was chosen so far; it stays in memory. */
export interface Asking {
  /** Of the record and of the command that makes it. */
  readonly id: string
  readonly recipients: readonly string[]
  readonly answer: '' | 'yes' | 'no'
  readonly share: Readonly<Record<string, readonly (Shareable | 'nothing')[]>>
  /** Empty where nobody was chosen yet who may answer. */
  readonly givenBy: Said['givenBy'] | ''
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

/** Who gave the answer, if they are one who may give this one. */
export function giverOf({ answer, givenBy }: Asking, child: boolean | undefined): Asking['givenBy'] {
  const may = giversOf(answer === 'no' ? 'refused' : 'given', child)
  return givenBy !== '' && may.includes(givenBy) ? givenBy : ''
}
/** Whether the child's own answer still has to be asked. */
export const assentMissing = (asking: Asking, child: boolean | undefined): boolean =>
  asksAssent(child, giverOf(asking, child)) && asking.assent === ''

/** What every page of the asking is given. */
export interface StepProps {
  readonly asking: Asking
  readonly chosen: readonly Body[]
  /** Whether it is the case of a child; undefined while nobody knows. */
  readonly child: boolean | undefined
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

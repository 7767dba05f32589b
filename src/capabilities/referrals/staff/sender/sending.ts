import type { Urgency } from '#capabilities/cases/contract.ts'
import type { OrganisationRow, ServiceKind } from '#capabilities/directory/contract.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import type { FieldError } from '#ui/ErrorSummary.tsx'

/** Somebody the person agreed to, with what they agreed to. */
export interface Recipient extends Pick<OrganisationRow, 'id' | 'name' | 'competent' | 'services'> {
  readonly sees: readonly Compartment[]
}

/** What was chosen so far; it stays in memory. */
export interface Sending {
  /** Of the referral and of the command that sends it. */
  readonly id: string
  readonly to: string
  readonly service: '' | ServiceKind
  readonly urgency: '' | Urgency
  readonly message: string
}

/** Whom it is for is asked only where there is a choice, or where the help has to be named. */
export const stepsOf = (recipients: readonly Recipient[]): readonly string[] =>
  recipients.length === 1 && recipients[0]!.competent
    ? ['urgency', 'message', 'check']
    : ['to', 'urgency', 'message', 'check']

export const isAddressed = ({ to, service }: Sending, recipients: readonly Recipient[]): boolean => {
  const recipient = recipients.find(one => one.id === to)
  return recipient !== undefined && (recipient.competent || (service !== '' && recipient.services.includes(service)))
}

/** The page asked for, or the first that still waits. */
export function stepOf(asked: string | undefined, sending: Sending, recipients: readonly Recipient[]): string {
  const path = stepsOf(recipients)
  const last = !isAddressed(sending, recipients) ? 'to' : sending.urgency === '' ? 'urgency' : 'check'
  const place = asked === undefined ? 0 : Math.max(path.indexOf(asked), 0)
  return path[Math.min(place, path.indexOf(last))]!
}

/** What every page of the sending is given. */
export interface StepProps {
  readonly sending: Sending
  readonly recipients: readonly Recipient[]
  readonly recipient: Recipient | undefined
  readonly step: number
  readonly of: number
  /** What the server did not accept. */
  readonly refused: readonly FieldError[]
  readonly onChange: (change: Partial<Sending>) => void
  readonly onContinue: () => void
  readonly onBack: () => void
  readonly onStop: () => void
}

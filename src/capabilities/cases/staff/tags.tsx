import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { CaseStatus, Identification, Urgency } from '../contract.ts'

const urgencyTone: Record<Urgency, Tone> = { emergency: 'danger', urgent: 'warning', routine: 'neutral' }
const identificationTone: Record<Identification, Tone> = {
  none: 'neutral',
  pending: 'info',
  'proposed-negative': 'warning',
  'reasonable-grounds': 'good',
  'no-reasonable-grounds': 'neutral',
  'reconsidering-reasonable-grounds': 'info',
  'proposed-reasonable-grounds-again': 'warning',
  'conclusive-pending': 'info',
  'proposed-conclusive-negative': 'warning',
  'conclusive-grounds': 'good',
  'no-conclusive-grounds': 'neutral',
  'reconsidering-conclusive-grounds': 'info',
  'proposed-conclusive-grounds-again': 'warning',
  withdrawn: 'neutral',
  transferred: 'neutral',
  missing: 'danger',
  deceased: 'neutral',
}

/** How urgent it is, in a word. */
export function UrgencyTag({ urgency }: { urgency: Urgency }) {
  const { t } = useWords()
  return <Tag tone={urgencyTone[urgency]}>{t(`urgency.${urgency}`)}</Tag>
}
/** Where the identification decision stands. */
export function IdentificationTag({ identification }: { identification: Identification }) {
  const { t } = useWords()
  return <Tag tone={identificationTone[identification]}>{t(`case.identification.${identification}`)}</Tag>
}
/** Whether the case is open. */
export function StatusTag({ status }: { status: CaseStatus }) {
  const { t } = useWords()
  return <Tag tone={status === 'opened' ? 'info' : 'neutral'}>{t(`case.status.${status}`)}</Tag>
}

import { useSession } from '#staff/session.ts'
import { useWords } from '#ui/words-context.tsx'
import { Closing } from './Closing.tsx'
import { CareFrame, useCase } from './Frame.tsx'

/** How the care of a case ends. */
export default function ClosingPage() {
  const { t } = useWords()
  const { role } = useSession()
  return (
    <CareFrame part="closing" lead={t('care.closing.lead')} strip={role === 'coordinator'}>
      <Closing caseId={useCase()} />
    </CareFrame>
  )
}

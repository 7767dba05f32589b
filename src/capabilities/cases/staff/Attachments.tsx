import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'
import { AttachForm } from './attachments/AttachForm.tsx'
import { AttachmentList } from './attachments/AttachmentList.tsx'
import { OnTheWay } from './attachments/OnTheWay.tsx'

/**
 * The files of a case.
 * @param mayAttach who made the case, or is in charge of it
 * @param mayRead who is in charge of the care, and of papers alone who reads who the person is; everybody else only brings
 * @param papersOnly nothing but what shows who the person is
 */
export function Attachments({
  caseId,
  mayAttach,
  mayRead,
  papersOnly = false,
}: {
  caseId: string
  mayAttach: boolean
  mayRead: boolean
  papersOnly?: boolean
}) {
  const { t } = useWords()
  const [turn, setTurn] = useState(0)
  // Who reads looks at what is there first; who brings came to bring something.
  const [adding, setAdding] = useState(!mayRead)
  return (
    <div className="stack">
      {mayAttach && !adding && (
        <div className="actions">
          <Button onClick={() => setAdding(true)}>{t('attachment.add')}</Button>
        </div>
      )}
      {mayAttach && adding && (
        <AttachForm caseId={caseId} papersOnly={papersOnly} onKept={() => setTurn(before => before + 1)} />
      )}
      <OnTheWay caseId={caseId} turn={turn} />
      {mayRead && <AttachmentList caseId={caseId} />}
    </div>
  )
}

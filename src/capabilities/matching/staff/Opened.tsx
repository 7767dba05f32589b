import { type ReactNode, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { useWords } from '#ui/words-context.tsx'

/** A form that opens where its button stood, and closes when it is done. */
export function Opened({ label, children }: { label: string; children: (done: () => void) => ReactNode }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <div className="actions">
        <Button variant="secondary" onClick={() => setOpen(true)}>
          {label}
        </Button>
      </div>
    )
  return (
    <Card
      level={3}
      title={label}
      aside={
        <Button variant="quiet" compact onClick={() => setOpen(false)}>
          {t('matching.merge.cancel')}
        </Button>
      }
    >
      {children(() => setOpen(false))}
    </Card>
  )
}

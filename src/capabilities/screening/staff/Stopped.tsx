import { Button } from '#ui/Button.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'

/** Nothing about anybody on the screen, and time to decide what becomes of the answers. */
export function Stopped({
  onGoOn,
  onKeep,
  onDelete,
}: {
  onGoOn: () => void
  onKeep: () => void
  onDelete: () => void
}) {
  const { t } = useWords()
  return (
    <div className="page stack">
      <PageHeader title={t('screening.stopped.title')}>{t('screening.stopped.hint')}</PageHeader>
      <div className="first-things">
        <Button wide onClick={onGoOn}>
          {t('screening.stopped.go-on')}
        </Button>
        <Button wide variant="secondary" onClick={onKeep} aria-describedby="keep-hint">
          {t('screening.stopped.keep')}
        </Button>
        <p id="keep-hint">{t('screening.stopped.keep-hint')}</p>
        <Button wide variant="danger" onClick={onDelete}>
          {t('screening.stopped.delete')}
        </Button>
      </div>
    </div>
  )
}

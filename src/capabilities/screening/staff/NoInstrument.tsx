import { Button } from '#ui/Button.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'

/** Signs or questions did not come: try again, or go on without them. Help never waits for either. */
export function NoInstrument({
  error,
  onRetry,
  onBack,
  onSkip,
}: {
  error: unknown
  onRetry: () => void
  onBack: () => void
  onSkip: () => void
}) {
  const { t } = useWords()
  return (
    <div className="stack">
      <PageHeader title={t('screening.missing.title')}>{t('screening.missing.hint')}</PageHeader>
      <Problem error={error} onRetry={onRetry} />
      <div className="first-things">
        <Button wide onClick={onSkip}>
          {t('screening.missing.without')}
        </Button>
        <Button variant="quiet" wide onClick={onBack}>
          {t('ui.back')}
        </Button>
      </div>
    </div>
  )
}

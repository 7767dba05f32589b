import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { useBase } from './use-base.ts'

/** Somebody changed it in between: theirs stands below, mine goes over it only when I say so. */
export function Overtaken({ base }: { base: ReturnType<typeof useBase> }) {
  const { t } = useWords()
  if (!base.moved) return null
  return (
    <Banner
      tone="warning"
      role="alert"
      title={t('care.overtaken')}
      action={
        <Button variant="secondary" compact onClick={base.overtake}>
          {t('care.overtake')}
        </Button>
      }
    >
      {t('care.overtaken-text')}
    </Banner>
  )
}

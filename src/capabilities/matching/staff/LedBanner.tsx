import { Link } from '@tanstack/react-router'
import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { useWords } from '#ui/words-context.tsx'
import { matching } from '../contract.ts'

/** Above a case that leads to another, for whoever may know: where to go on. */
export function LedBanner({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const lead = useAsk(matching.ofCase, { params: { case: caseId } }).data?.lead
  if (!lead) return null
  return (
    <Banner
      tone="warning"
      title={t('matching.led.title', { reference: lead.reference })}
      action={
        <Link to="/cases/$case" params={{ case: lead.id }} className="button button-secondary">
          {t('matching.led.go', { reference: lead.reference })}
        </Link>
      }
    >
      {t('matching.led.text')}
    </Banner>
  )
}

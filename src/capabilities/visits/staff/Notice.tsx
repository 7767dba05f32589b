import { Link } from '@tanstack/react-router'
import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { useWords } from '#ui/words-context.tsx'
import { visits } from '../contract.ts'

/** On the case of whoever is in charge: the person waits for a word. */
export function OwnViewNotice({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const found = useAsk(visits.ofCase, { params: { case: caseId } })
  if (!found.data) return null
  const questions = (found.data.questions ?? []).filter(one => one.answer === null).length
  const checks = found.data.checks.filter(one => one.seenAt === null)
  if (questions === 0 && checks.length === 0) return null
  const urgent = checks.some(one => one.safe === 'no' || one.safe === 'unsure')
  return (
    <Banner
      tone={urgent ? 'danger' : 'info'}
      action={
        <Link to="/cases/$case" params={{ case: caseId }} search={{ tab: 'own' } as never}>
          {t('visit.notice.open')}
        </Link>
      }
    >
      {checks.length > 0 && <>{t('visit.notice.checks')} </>}
      {questions > 0 && t('visit.notice.questions', { count: questions })}
    </Banner>
  )
}

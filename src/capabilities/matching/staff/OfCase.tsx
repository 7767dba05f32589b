import { Link } from '@tanstack/react-router'
import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { matching } from '../contract.ts'
import { JointHistory } from './JointHistory.tsx'
import { LinkCard } from './LinkCard.tsx'
import { LinkForm } from './LinkForm.tsx'
import { MergeCard } from './MergeCard.tsx'
import { MergeForm } from './MergeForm.tsx'

/** Other records of the person of a case, and cases of others that belong to it, as far as the reader may know of them. */
export function MatchingOfCase({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const found = useAsk(matching.ofCase, { params: { case: caseId } })
  if (found.isPending) return <Loading lines={5} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const { another, same, lead, merges, links } = found.data
  const together = new Set(merges.filter(one => one.state === 'standing').flatMap(one => [one.lead.id, one.away.id]))
  return (
    <div className="stack">
      <p>{t('matching.of-case.lead')}</p>
      {another && <Banner title={t('matching.another.title')}>{t('matching.another.text')}</Banner>}
      {same
        .filter(one => !together.has(one.id))
        .map(one => (
          <Banner key={one.id} title={t('matching.same.title')}>
            {t('matching.same.text', { reference: one.reference })}{' '}
            <Link to="/cases/$case" params={{ case: one.id }}>
              {t('matching.led.go', { reference: one.reference })}
            </Link>
          </Banner>
        ))}
      <h2>{t('matching.merges.title')}</h2>
      {merges.length === 0 && <p>{t('matching.merges.none')}</p>}
      {merges.map(one => (
        <MergeCard key={one.id} merge={one} />
      ))}
      {!lead && <MergeForm caseId={caseId} suggested={same.find(one => !together.has(one.id))?.reference} />}
      {!lead && together.size > 0 && <JointHistory caseId={caseId} />}
      <h2>{t('matching.links.title')}</h2>
      <p>{t('matching.links.lead')}</p>
      {links.length === 0 && <p>{t('matching.links.none')}</p>}
      {links.map(one => (
        <LinkCard key={one.id} link={one} />
      ))}
      {!lead && <LinkForm caseId={caseId} />}
    </div>
  )
}

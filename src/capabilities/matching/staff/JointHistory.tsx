import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Timeline } from '#ui/Timeline.tsx'
import { useWords } from '#ui/words-context.tsx'
import { matching } from '../contract.ts'

/** Both histories as one, newest first, each entry with the case that it comes from. */
export function JointHistory({ caseId }: { caseId: string }) {
  const words = useWords()
  const { t } = words
  const found = useAsk(matching.history, { params: { case: caseId } })
  if (found.isPending) return <Loading lines={5} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const { items, clocks } = found.data
  return (
    <div className="stack">
      <h2>{t('matching.joint.title')}</h2>
      <p>{t('matching.joint.lead')}</p>
      {clocks.length > 0 && (
        <Banner tone="warning" title={t('matching.joint.clocks')}>
          <ul>
            {clocks.map(one => (
              <li key={one.id}>
                {t('matching.joint.clock', {
                  what: t(`case.clock.${one.kind}`),
                  reference: one.reference,
                  when: words.date(one.dueAt, 'long'),
                })}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      <Timeline
        label={t('matching.joint.title')}
        entries={[...items].reverse().map(one => ({
          id: one.id,
          when: one.at,
          title: t(`case.event.${one.event}`, {
            outcome: String(one.about.outcome ?? ''),
            answer: String(one.about.answer ?? ''),
          }),
          by: [one.name, one.organisation].filter(Boolean).join(', '),
          body: <span className="match-joint-from">{one.reference}</span>,
        }))}
      />
    </div>
  )
}

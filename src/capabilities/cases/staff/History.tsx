import { Timeline } from '#ui/Timeline.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Case } from '../contract.ts'

/** What happened, newest first: codes and names of staff, never what was said. */
export function History({ found }: { found: Case }) {
  const { t } = useWords()
  if (found.timeline.length === 0) return <p>{t('case.history.none')}</p>
  return (
    <Timeline
      level={2}
      label={t('case.tab.history')}
      entries={[...found.timeline].reverse().map(entry => ({
        id: entry.id,
        when: entry.at,
        title: t(`case.event.${entry.event}`, {
          outcome: String(entry.about.outcome ?? ''),
          answer: String(entry.about.answer ?? ''),
          told: String(entry.about.told ?? ''),
          what: entry.about.what ? t(`escalation.answer.${entry.about.what}`) : '',
          standing: String(entry.about.standing ?? ''),
          clock: entry.about.clock ? t(`case.clock.${entry.about.clock}`) : '',
        }),
        by: [entry.name, entry.organisation, entry.about.by && t(`case.history.by.${entry.about.by}`)]
          .filter(Boolean)
          .join(', '),
        tone: entry.event === 'referral.overdue' ? 'warning' : 'neutral',
      }))}
    />
  )
}

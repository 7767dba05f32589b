import { Link, useParams } from '@tanstack/react-router'
import { useSession } from '#staff/session.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { TasksOfCase } from './TasksOfCase.tsx'

const unit = new Set(['intake', 'coordinator', 'decision-maker'])

/** The tasks of a case by themselves, also for who has no page of the case. */
export default function TasksPage() {
  const { t } = useWords()
  const { role } = useSession()
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  return (
    <div className="stack">
      <PageHeader
        title={t('tasks.tab')}
        above={
          unit.has(role) ? (
            <Link to={'/cases/$case' as never} params={{ case: caseId } as never}>
              {t('tasks.case.back')}
            </Link>
          ) : (
            <Link to={'/today' as never}>{t('tasks.title')}</Link>
          )
        }
      />
      <TasksOfCase caseId={caseId} />
    </div>
  )
}

import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { CareOfCase, Closing } from '#capabilities/care/staff/parts.tsx'
import { cases } from '#capabilities/cases/contract.ts'
import {
  Attachments,
  Decision,
  History,
  IdentificationTag,
  Notes,
  Overview,
  StatusTag,
  UrgencyTag,
} from '#capabilities/cases/staff/parts.tsx'
import { AgreedOfCase } from '#capabilities/consent/staff/parts.tsx'
import { HealthOfCase } from '#capabilities/health/staff/parts.tsx'
import { GivenOfCase } from '#capabilities/justice/staff/parts.tsx'
import { LedBanner, MatchingOfCase } from '#capabilities/matching/staff/parts.tsx'
import { CaseLog } from '#capabilities/oversight/staff/parts.tsx'
import { referrals } from '#capabilities/referrals/contract.ts'
import { ReferralsOfCase, Rounds } from '#capabilities/referrals/staff/parts.tsx'
import { InterviewsOfCase, ScreeningsOfCase } from '#capabilities/screening/staff/parts.tsx'
import { TasksOfCase } from '#capabilities/tasks/staff/parts.tsx'
import { OwnViewNotice, OwnViewOfCase } from '#capabilities/visits/staff/parts.tsx'
import { Button } from '#ui/Button.tsx'
import { Tabs } from '#ui/desk/Tabs.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../api.ts'
import { useSession } from '../session.ts'

/** A case with its parts, put together from the slices that know them. */
export default function CasePage() {
  const { t } = useWords()
  const { role } = useSession()
  const navigate = useNavigate()
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const file = useAsk(referrals.caseFile, { params: { case: caseId } })
  const open = useCommand(cases.open, ['referrals.caseFile', 'cases.list'])
  if (file.isPending) return <Loading lines={8} />
  if (file.isError)
    return (
      <>
        <PageHeader title={t('case.nav')} />
        <Problem error={file.error} onRetry={() => void file.refetch()} />
        <p>
          {t('glass.cannot-find')} <Link to={'/glass' as never}>{t('glass.menu')}</Link>
        </p>
      </>
    )
  const { case: found, referrals: rows } = file.data
  return (
    <div className="stack">
      <PageHeader
        title={found.reference}
        above={<Link to="/cases">{t('case.nav')}</Link>}
        tags={
          <>
            <StatusTag status={found.status} />
            <IdentificationTag identification={found.identification} />
            <UrgencyTag urgency={found.urgency} />
          </>
        }
        actions={
          <>
            {found.moves.includes('open') && (
              <Button
                busy={open.isPending}
                onClick={() => open.mutate({ params: { case: caseId }, body: {}, version: found.version })}
              >
                {t('case.open')}
              </Button>
            )}
            {found.status === 'opened' && role !== 'decision-maker' && (
              <Link to="/cases/$case/refer" params={{ case: caseId }} className="button button-secondary">
                {t('referral.new')}
              </Link>
            )}
          </>
        }
      />
      {found.status !== 'new' && (role !== 'coordinator' || found.notes) && <LedBanner caseId={caseId} />}
      {open.isError && <Problem error={open.error} />}
      {role === 'coordinator' && found.notes && tab !== 'own' && <OwnViewNotice caseId={caseId} />}
      <Tabs
        label={t('case.tabs')}
        selected={tab ?? 'summary'}
        onSelect={key =>
          void navigate({ to: '.', search: (before: object) => ({ ...before, tab: key }), replace: true } as never)
        }
        views={[
          { key: 'summary', title: t('case.tab.summary'), content: <Overview found={found} /> },
          {
            key: 'screening',
            title: t('case.tab.screening'),
            content: (
              <div className="stack">
                <ScreeningsOfCase caseId={caseId} />
                <InterviewsOfCase caseId={caseId} />
              </div>
            ),
          },
          { key: 'decision', title: t('case.tab.decision'), content: <Decision found={found} /> },
          {
            key: 'referrals',
            title: t('case.tab.referrals'),
            content: (
              <>
                {found.status !== 'new' && (role === 'intake' || (role === 'coordinator' && found.notes)) && (
                  <Rounds caseId={caseId} />
                )}
                <ReferralsOfCase rows={rows} />
              </>
            ),
          },
          // Who decides on protection decides without it.
          ...(role === 'decision-maker'
            ? []
            : [{ key: 'consent', title: t('case.tab.consent'), content: <AgreedOfCase caseId={caseId} /> }]),
          ...(found.notes
            ? [
                {
                  key: 'care',
                  title: t('care.tab'),
                  content: <CareOfCase caseId={caseId} child={found.child} />,
                },
                { key: 'health', title: t('health.title'), content: <HealthOfCase caseId={caseId} /> },
                { key: 'notes', title: t('case.tab.notes'), content: <Notes found={found} /> },
                {
                  key: 'files',
                  title: t('attachment.tab'),
                  content: <Attachments caseId={caseId} mayAttach={found.status !== 'closed'} mayRead />,
                },
              ]
            : []),
          // Whoever reads who the person is, and of files nothing else.
          ...(role !== 'coordinator' && found.identity
            ? [
                {
                  key: 'files',
                  title: t('attachment.tab-papers'),
                  content: (
                    <Attachments
                      caseId={caseId}
                      mayAttach={role === 'intake' && found.status !== 'closed'}
                      mayRead
                      papersOnly
                    />
                  ),
                },
              ]
            : []),
          // The unit agrees to the end of a case, and sees nothing else of its care.
          ...(role !== 'coordinator' && found.status !== 'new'
            ? [{ key: 'closing', title: t('care.part.closing'), content: <Closing caseId={caseId} /> }]
            : []),
          // Whoever answers for the case; the care of it, only where they are in charge.
          ...(found.status !== 'new' && (role !== 'coordinator' || found.notes)
            ? [
                { key: 'given', title: t('justice.given.tab'), content: <GivenOfCase caseId={caseId} /> },
                { key: 'matching', title: t('matching.tab'), content: <MatchingOfCase caseId={caseId} /> },
              ]
            : []),
          { key: 'tasks', title: t('tasks.tab'), content: <TasksOfCase caseId={caseId} /> },
          // Of whoever is in charge of the person; before there is a coordinator, of intake.
          ...((role === 'coordinator' && found.notes) || (role === 'intake' && found.coordinator === null)
            ? [{ key: 'own', title: t('visit.tab'), content: <OwnViewOfCase caseId={caseId} /> }]
            : []),
          { key: 'history', title: t('case.tab.history'), content: <History found={found} /> },
          // Only of the coordinator in charge, who tells the person.
          ...(role === 'coordinator' && found.notes
            ? [{ key: 'log', title: t('oversight.log.tab'), content: <CaseLog caseId={caseId} /> }]
            : []),
        ]}
      />
    </div>
  )
}

import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useSession } from '#staff/session.ts'
import { usePages } from '#staff/use-pages.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { cases } from '../../contract.ts'
import { Conflict } from './Conflict.tsx'
import './identity.css'

/** Everything that two people wrote differently, until a person has settled it. */
export default function ConflictList() {
  const { t } = useWords()
  const { role } = useSession()
  const pages = usePages(cases.myConflicts, {})
  const [said, setSaid] = useState<'settled' | 'again' | 'waits' | undefined>()
  const told = useRef<HTMLDivElement>(null)
  // What was decided on leaves the list; whoever did goes on where it is said what came of it.
  useEffect(() => {
    if (said) told.current?.focus()
  }, [said])
  return (
    <div className="stack">
      <PageHeader
        title={t('case.conflicts.title')}
        above={
          role === 'officer' ? <Link to="/">{t('screening.nav.home')}</Link> : <Link to="/cases">{t('case.nav')}</Link>
        }
      >
        {t('case.conflicts.lead')}
      </PageHeader>
      {said && (
        <div ref={told} tabIndex={-1}>
          <Banner tone={said === 'settled' ? 'good' : said === 'again' ? 'warning' : 'info'} role="status">
            {t(`case.conflicts.${said}`)}
          </Banner>
        </div>
      )}
      {pages.status === 'loading' && <Loading lines={6} />}
      {pages.status === 'error' && <Problem error={pages.error} onRetry={() => void pages.onRetry()} />}
      {pages.status === 'ready' && pages.rows.length === 0 && (
        <EmptyState title={t('case.conflicts.none')}>{t('case.conflicts.none-text')}</EmptyState>
      )}
      {pages.rows.length > 0 && (
        <ul className="plain-list stack">
          {pages.rows.map(one => (
            <li key={one.id}>
              {/* Another pair is another question: nothing chosen before holds for it. */}
              <Conflict key={`${one.came.version} ${one.stands?.version}`} conflict={one} onSettled={setSaid} />
            </li>
          ))}
        </ul>
      )}
      {pages.onMore && (
        <div className="actions">
          <Button variant="secondary" busy={pages.loadingMore} onClick={pages.onMore}>
            {t('case.conflicts.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

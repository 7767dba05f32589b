import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import { roles } from '#platform/policy/roles.ts'
import { Banner } from '#ui/Banner.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../api.ts'
import { useSession } from '../session.ts'
import { usePages } from '../use-pages.ts'
import { useSettled } from '../use-settled.ts'
import './accounts.css'
import { type AccountRow, AccountTag, accountStatuses, WaitingTag } from './account-tags.tsx'
import { MailStanding } from './MailStanding.tsx'
import { WaitingForOthers, WaitingForYou } from './Waiting.tsx'

/** Everybody who works with Samaan in this country, and what they may act as. */
export default function People() {
  const { t } = useWords()
  const { role } = useSession()
  const [search, setSearch] = useState('')
  const [wantedRole, setRole] = useState('')
  const [status, setStatus] = useState('')
  const pages = usePages(auth.listAccounts, {
    search: useSettled(search.trim()) || undefined,
    role: wantedRole || undefined,
    status: status || undefined,
  })
  return (
    <>
      <WaitingRecoveries />
      <WaitingForYou />
      <WaitingForOthers />
      <ListPage<AccountRow>
        {...pages}
        title={t('people.title')}
        lead={t('people.lead')}
        caption={t('people.title')}
        actions={
          role === 'administrator' && (
            <Link to="/people/invite" className="button button-primary">
              {t('people.invite')}
            </Link>
          )
        }
        search={{ value: search, onChange: setSearch, label: t('people.search') }}
        filters={[
          {
            key: 'role',
            label: t('people.role'),
            value: wantedRole,
            onChange: setRole,
            options: roles.map(value => ({ value, label: t(`role.${value}`) })),
          },
          {
            key: 'status',
            label: t('people.status'),
            value: status,
            onChange: setStatus,
            options: accountStatuses.map(value => ({ value, label: t(`people.status.${value}`) })),
          },
        ]}
        empty={{ title: t('people.empty') }}
        rowId={row => row.id}
        link={(row, content) => (
          <Link to="/people/$account" params={{ account: row.id }} className="row-link">
            {content}
          </Link>
        )}
        columns={[
          { key: 'name', title: t('people.name'), cell: row => row.name },
          { key: 'role', title: t('people.role'), cell: row => <Works row={row} /> },
          { key: 'status', title: t('people.status'), cell: row => <AccountTag status={row.status} /> },
          { key: 'email', title: t('people.email'), wideOnly: true, cell: row => row.email },
        ]}
      />
      {role === 'administrator' && (
        <div className="stack">
          <MailStanding />
        </div>
      )}
    </>
  )
}

function Works({ row }: { row: AccountRow }) {
  const { t } = useWords()
  if (row.assignments.length === 0) return <>{t('people.no-role')}</>
  return (
    <ul className="works">
      {row.assignments.map(one => (
        <li key={one.id}>
          {t(`role.${one.role}`)}
          <span className="note"> · {one.organisation.name}</span>
          {one.waiting && (
            <>
              {' '}
              <WaitingTag />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Requests that wait for a second person: the one thing on this page that somebody is locked out for. */
function WaitingRecoveries() {
  const { t, relative } = useWords()
  const waiting = useAsk(auth.listRecoveries, {}).data?.items.filter(one => one.confirmable) ?? []
  if (waiting.length === 0) return null
  return (
    <div className="people-waiting">
      <Banner tone="warning" title={t('people.recovery.waiting', { count: waiting.length })}>
        <ul>
          {waiting.map(one => (
            <li key={one.id}>
              <Link to="/people/$account" params={{ account: one.account.id }}>
                {one.account.name}
              </Link>
              , {t('people.recovery.asked-by', { name: one.askedBy, when: relative(one.askedAt) })}
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  )
}

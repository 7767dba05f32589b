import { Link, useParams } from '@tanstack/react-router'
import { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader, useDocumentTitle } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../api.ts'
import { useSession } from '../session.ts'
import './accounts.css'
import { AccountTag } from './account-tags.tsx'
import { PersonAccess } from './PersonAccess.tsx'
import { PersonRecovery } from './PersonRecovery.tsx'
import { PersonRoles } from './PersonRoles.tsx'
import { StepUp } from './step-up.tsx'

export type AccountView = Answer<typeof auth.getAccount>

/** One person's account: roles, ways in, sessions. Nobody changes their own. */
export default function Person() {
  const { t } = useWords()
  const { account } = useParams({ strict: false })
  const asked = useAsk(auth.getAccount, { params: { account: account ?? '' } })
  useDocumentTitle(t('people.person'))
  if (asked.isPending) return <Loading lines={8} />
  if (asked.error && !asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <StepUp>
      <View key={asked.data.id} person={asked.data} />
    </StepUp>
  )
}

function View({ person }: { person: AccountView }) {
  const { t, date } = useWords()
  const { me, role } = useSession()
  const own = person.id === me.account
  const administers = role === 'administrator' && !own
  return (
    <div className="record-page">
      <PageHeader
        title={<span>{person.name}</span>}
        above={<Link to="/people">{t('people.title')}</Link>}
        tags={<AccountTag status={person.status} />}
      />
      {own && <Banner>{t('people.self')}</Banner>}
      <div className="sides">
        <Card title={t('people.account')}>
          <Summary
            rows={[
              { term: t('people.email'), value: person.email },
              { term: t('people.since'), value: date(person.createdAt) },
              { term: t('people.sessions'), value: t('people.sessions.count', { count: person.sessions }) },
            ]}
          />
        </Card>
        <div>
          <PersonRoles person={person} changes={administers} />
          {!own && <PersonRecovery person={person} />}
          {administers && <PersonAccess person={person} />}
        </div>
      </div>
    </div>
  )
}

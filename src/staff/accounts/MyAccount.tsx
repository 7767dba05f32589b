import { useMutation } from '@tanstack/react-query'
import { auth } from '#platform/auth/contract.ts'
import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { LanguageSwitch } from '#ui/LanguageSwitch.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { ThemeSwitch } from '#ui/ThemeSwitch.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call } from '../api.ts'
import { useSession } from '../session.ts'
import { RolePicks } from '../sign-in/RolePicks.tsx'
import { WaitingRoles } from '../sign-in/WaitingRoles.tsx'
import './accounts.css'
import { OwnMail } from './OwnMail.tsx'
import { OwnPasskeys } from './OwnPasskeys.tsx'
import { OwnPassword } from './OwnPassword.tsx'
import { OwnSessions } from './OwnSessions.tsx'
import { StepUp } from './step-up.tsx'

/** A person's own account: who they are here, how they come in, where they are signed in. */
export default function MyAccount() {
  const { t } = useWords()
  const { me, role, organisation, onLanguage } = useSession()
  return (
    <StepUp>
      <div className="record-page">
        <PageHeader title={t('staff.my-account')} />
        <RecoveryNotice />
        <WaitingRoles me={me} />
        <div className="sides">
          <div>
            <Card title={me.name}>
              <Summary
                rows={[
                  { term: t('account.email'), value: me.email },
                  { term: t('account.role'), value: t(`role.${role}`) },
                  { term: t('account.organisation'), value: organisation.name },
                ]}
              />
            </Card>
            <OtherRoles />
            <Card title={t('account.looks')}>
              <div className="account-looks">
                <LanguageSwitch onChange={onLanguage} />
                <ThemeSwitch />
              </div>
            </Card>
            <OwnMail />
          </div>
          <div>
            <OwnPasskeys />
            <OwnPassword />
            <OwnSessions />
          </div>
        </div>
      </div>
    </StepUp>
  )
}

/** Somebody asked for a new link into this account: the person is the first who should know. */
function RecoveryNotice() {
  const { t, dateTime } = useWords()
  const { recovery } = useSession().me
  if (!recovery) return null
  const { askedAt, askedBy, confirmedBy, usedAt } = recovery
  return (
    <Banner tone="warning" role="status">
      <p>
        {usedAt && confirmedBy
          ? t('auth.recovery.used', { when: dateTime(usedAt), asked: askedBy, confirmed: confirmedBy })
          : t('auth.recovery.asked', { when: dateTime(askedAt), name: askedBy })}
      </p>
      <p>
        <strong>{t('auth.recovery.not-you')}</strong>
      </p>
    </Banner>
  )
}

function OtherRoles() {
  const { t } = useWords()
  const { me } = useSession()
  const activate = useMutation({
    mutationFn: (body: Parameters<typeof call<typeof auth.activate>>[1]['body']) => call(auth.activate, { body }),
    // What was read in one role is not carried into another: the app starts afresh.
    onSuccess: () => location.assign('/'),
  })
  if (me.assignments.flatMap(one => one.purposes).length < 2) return null
  return (
    <Card title={t('auth.role.change')}>
      <p>{t('account.role.hint')}</p>
      {activate.error && <Problem error={activate.error} />}
      <RolePicks me={me} busy={activate.isPending || activate.isSuccess} onPick={body => activate.mutate(body)} />
    </Card>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { StepUp } from '../accounts/step-up.tsx'
import { tellPhone, usePhone } from './here.ts'
import { isInstalled } from './install.ts'
import { OwnPhones } from './OwnPhones.tsx'
import { Prepare } from './Prepare.tsx'
import { soon } from './sender.ts'
import { lock, putAway } from './this-phone.ts'
import './phone.css'

/** What this phone is to its owner: how it is prepared, what it keeps, how it is put away; and their other phones. */
export default function ThisPhone() {
  const { t } = useWords()
  const { state, why } = usePhone()
  return (
    <StepUp>
      <div className="stack">
        <PageHeader title={t('staff.this-phone')} above={<Link to="/">{t('phone.home')}</Link>}>
          {t('phone.lead')}
        </PageHeader>
        {state === 'ended' && <Banner tone="warning" title={t(`phone.ended.${why ?? 'asked'}`)} />}
        {state === 'unlocked' ? <Prepared /> : state === 'aside' ? <p>{t('phone.aside')}</p> : <Prepare />}
        <OwnPhones />
      </div>
    </StepUp>
  )
}

function Prepared() {
  const words = useWords()
  const { t } = words
  const { pulledAt, waiting, reach, busy, signedOut } = usePhone()
  const [asking, setAsking] = useState(false)
  const installed = useQuery({
    queryKey: ['phone.installed'],
    queryFn: isInstalled,
    // It fetches itself beside the page; until it has, this is asked again.
    refetchInterval: found => (found.state.data ? false : 2000),
  })
  return (
    <Card title={t('phone.ready')}>
      {signedOut && (
        <Banner
          action={
            <Button variant="secondary" compact onClick={() => tellPhone({ signingIn: true })}>
              {t('auth.sign-in.title')}
            </Button>
          }
        >
          {t('phone.signed-out')}
        </Banner>
      )}
      <Summary
        rows={[
          { term: t('phone.signal'), value: t(`phone.signal.${reach}`) },
          {
            term: t('phone.copy'),
            value: pulledAt ? words.dateTime(new Date(pulledAt).toISOString()) : t('phone.copy.not-yet'),
          },
          {
            term: t('phone.to-send'),
            value: <Link to="/outbox">{t('phone.to-send.count', { count: waiting.length })}</Link>,
          },
          { term: t('phone.starts'), value: t(installed.data ? 'phone.starts.yes' : 'phone.starts.no') },
        ]}
      />
      <div className="actions">
        <Button busy={busy} onClick={() => soon('pull')}>
          {t('phone.update')}
        </Button>
        <Button variant="secondary" onClick={() => void lock()}>
          {t('staff.lock')}
        </Button>
        <Button variant="quiet" onClick={() => setAsking(true)}>
          {t('phone.put-away')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        tone="danger"
        title={t('phone.put-away.title')}
        confirmLabel={t('phone.put-away')}
        onConfirm={() => void putAway()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('phone.put-away.text', { count: waiting.length })}</p>
      </ConfirmDialog>
    </Card>
  )
}

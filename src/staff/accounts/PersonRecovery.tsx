import { useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../api.ts'
import { useSession } from '../session.ts'
import { LinkOnce, type OnceLink } from './LinkOnce.tsx'
import type { AccountView } from './Person.tsx'
import { useProvenCommand } from './step-up.tsx'

const stale = [auth.getAccount.id, auth.listRecoveries.id, auth.listAccounts.id]

/** How somebody comes in for the first time, or again after every way in was lost. */
export function PersonRecovery({ person }: { person: AccountView }) {
  const { t, dateTime } = useWords()
  const { role } = useSession()
  const [link, setLink] = useState<OnceLink>()
  const renew = useProvenCommand(auth.renewInvitation, stale)
  const invited = person.status === 'invited'
  const fresh = () => renew.mutate({ params: { account: person.id } }, { onSuccess: setLink })
  if (!invited) return <Lost person={person} />
  if (role !== 'administrator' && !person.invitation) return null
  return (
    <Card title={t('people.invitation')}>
      {link ? (
        <LinkOnce link={link} name={person.name} />
      ) : (
        <>
          <p>
            {person.invitation
              ? t('people.invitation.open', { when: dateTime(person.invitation.expiresAt) })
              : t('people.invitation.over')}
          </p>
          {renew.error && <Problem error={renew.error} />}
          {role === 'administrator' && (
            <div className="more">
              <Button variant="secondary" busy={renew.isPending} onClick={fresh}>
                {t('people.invitation.renew')}
              </Button>
              <p className="note">{t('people.invitation.renew-hint')}</p>
            </div>
          )}
        </>
      )}
    </Card>
  )
}

/** Two people let somebody back in: one asks, another confirms and hands over the link. */
function Lost({ person }: { person: AccountView }) {
  const { t, dateTime } = useWords()
  const [asking, setAsking] = useState(false)
  const [confirming, setConfirming] = useState(false)
  const [link, setLink] = useState<OnceLink>()
  const recoveries = useAsk(auth.listRecoveries, {})
  const ask = useCommand(auth.askRecovery, stale)
  const confirm = useProvenCommand(auth.confirmRecovery, stale)
  const waiting = person.recovery && !person.recovery.confirmed ? person.recovery : undefined
  const mine = waiting && recoveries.data?.items.some(one => one.id === waiting.id && !one.confirmable)
  const doAsk = () => {
    setAsking(false)
    ask.mutate({ params: { account: person.id } })
  }
  const doConfirm = () => {
    setConfirming(false)
    if (waiting) confirm.mutate({ params: { recovery: waiting.id } }, { onSuccess: setLink })
  }
  return (
    <Card title={t('people.lost')}>
      {ask.error && <Problem error={ask.error} />}
      {confirm.error && <Problem error={confirm.error} />}
      {link && <LinkOnce link={link} name={person.name} />}
      {!link && waiting && (
        <>
          <p>{t('people.lost.asked', { name: waiting.askedBy, when: dateTime(waiting.askedAt) })}</p>
          {mine ? (
            <p>{t('people.lost.wait')}</p>
          ) : (
            <div className="more">
              <Button busy={confirm.isPending} onClick={() => setConfirming(true)}>
                {t('people.lost.confirm')}
              </Button>
            </div>
          )}
        </>
      )}
      {!link && !waiting && (
        <>
          <p>{t(person.recovery?.confirmed ? 'people.lost.handed' : 'people.lost.text')}</p>
          <div className="more">
            <Button variant="secondary" busy={ask.isPending} onClick={() => setAsking(true)}>
              {t('people.lost.ask')}
            </Button>
          </div>
        </>
      )}
      <ConfirmDialog
        open={asking}
        title={t('people.lost.ask-question', { name: person.name })}
        confirmLabel={t('people.lost.ask')}
        onConfirm={doAsk}
        onCancel={() => setAsking(false)}
      >
        {t('people.lost.ask-text', { name: person.name })}
      </ConfirmDialog>
      <ConfirmDialog
        open={confirming}
        title={t('people.lost.confirm-question', { name: person.name })}
        confirmLabel={t('people.lost.confirm')}
        onConfirm={doConfirm}
        onCancel={() => setConfirming(false)}
      >
        {t('people.lost.confirm-text')}
      </ConfirmDialog>
    </Card>
  )
}

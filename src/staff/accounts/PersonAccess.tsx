import { useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../api.ts'
import type { AccountView } from './Person.tsx'

const stale = [auth.getAccount.id, auth.listAccounts.id]

/** Ending somebody's sessions, or their account. */
export function PersonAccess({ person }: { person: AccountView }) {
  const { t } = useWords()
  const [asked, setAsked] = useState<'sessions' | 'disable'>()
  const end = useCommand(auth.endAccountSessions, stale)
  const disable = useCommand(auth.disableAccount, stale)
  const params = { account: person.id }
  const confirm = () => {
    setAsked(undefined)
    if (asked === 'sessions') end.mutate({ params })
    else disable.mutate({ params })
  }
  const disabled = person.status === 'disabled'
  return (
    <Card title={t('people.access')}>
      {end.error && <Problem error={end.error} />}
      {disable.error && <Problem error={disable.error} />}
      <p role="status">{end.data && t('people.sessions.ended', { count: end.data.ended })}</p>
      {disabled ? (
        <p>{t('people.disabled')}</p>
      ) : (
        <div className="actions">
          <Button variant="secondary" busy={end.isPending} onClick={() => setAsked('sessions')}>
            {t('people.sessions.end')}
          </Button>
          <Button variant="danger" busy={disable.isPending} onClick={() => setAsked('disable')}>
            {t('people.disable')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={asked !== undefined}
        title={t(asked === 'disable' ? 'people.disable.question' : 'people.sessions.question', { name: person.name })}
        confirmLabel={t(asked === 'disable' ? 'people.disable' : 'people.sessions.end')}
        tone="danger"
        onConfirm={confirm}
        onCancel={() => setAsked(undefined)}
      >
        {t(asked === 'disable' ? 'people.disable.text' : 'people.sessions.text')}
      </ConfirmDialog>
    </Card>
  )
}

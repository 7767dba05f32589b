import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import { Button } from '#ui/Button.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../api.ts'
import type { Me } from '../session.ts'
import { Door } from './Door.tsx'
import { RolePicks } from './RolePicks.tsx'
import { WaitingRoles } from './WaitingRoles.tsx'

/** Between sign-in and work, for people with several roles, or with none at the moment. */
export default function ChooseRole({ me, onLanguage }: { me: Me; onLanguage: (lang: LanguageCode) => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [leaving, setLeaving] = useState(false)
  const activate = useCommand(auth.activate, [auth.me.id])
  const signOut = useCommand(auth.signOut)
  const none = me.assignments.length === 0
  const waits = me.waiting.length > 0
  const leave = () => {
    setLeaving(true)
    signOut.mutate({} as never, {
      onSuccess: () => {
        queries.clear()
        location.assign('/')
      },
      onError: () => setLeaving(false),
    })
  }
  return (
    <Door
      title={none ? t(waits ? 'auth.role.waiting-title' : 'sign-in.role.none-title') : t('auth.role.title')}
      lead={none ? undefined : t('sign-in.role.lead', { name: me.name })}
      demonstration={me.demonstration}
      onLanguage={onLanguage}
    >
      {none && !waits && (
        <>
          <p>{t('sign-in.role.none', { name: me.name })}</p>
          <p>{t('sign-in.role.none-next')}</p>
        </>
      )}
      {!none && <RolePicks me={me} busy={activate.isPending} onPick={body => activate.mutate({ body })} />}
      <WaitingRoles me={me} />
      {activate.error && <Problem error={activate.error} />}
      {signOut.error && <Problem error={signOut.error} />}
      <Button variant={none ? 'primary' : 'quiet'} wide busy={leaving} onClick={leave}>
        {t('auth.sign-out')}
      </Button>
    </Door>
  )
}

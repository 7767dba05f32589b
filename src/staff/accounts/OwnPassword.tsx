import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call, useAsk } from '../api.ts'
import { useSession } from '../session.ts'
import { RecoveryCodes } from '../sign-in/RecoveryCodes.tsx'
import { SetPassword, type SetPasswordAnswer } from '../sign-in/SetPassword.tsx'
import { NotProven, useProven, useProvenCommand } from './step-up.tsx'

/** The second way in: password, authenticator app, recovery codes. */
export function OwnPassword() {
  const { t } = useWords()
  const { me } = useSession()
  const proven = useProven()
  const queries = useQueryClient()
  const ways = useAsk(auth.listPasskeys, {})
  const [offered, setOffered] = useState<Answer<typeof auth.beginPassword>>()
  const [codes, setCodes] = useState<{ codes: readonly string[]; changed: boolean }>()
  const [asking, setAsking] = useState(false)
  const stale = () => queries.invalidateQueries({ queryKey: [auth.listPasskeys.id] })
  const begin = useMutation({
    mutationFn: () => proven(() => call(auth.beginPassword, {})),
    onSuccess: setOffered,
  })
  const set = useMutation({
    mutationFn: (answer: SetPasswordAnswer) =>
      proven(() => call(auth.setPassword, { body: { challenge: offered!.challenge, ...answer } })),
    onSuccess: ({ recoveryCodes }) => {
      setOffered(undefined)
      setCodes({ codes: recoveryCodes, changed: true })
      return stale()
    },
  })
  const renew = useProvenCommand(auth.newRecoveryCodes, [auth.listPasskeys.id])
  const makeCodes = () => {
    setAsking(false)
    renew.mutate({}, { onSuccess: ({ recoveryCodes }) => setCodes({ codes: recoveryCodes, changed: false }) })
  }
  const failed = (error: unknown) => (error instanceof NotProven ? null : error)
  const has = ways.data?.password
  if (codes)
    return (
      <Card title={t('auth.codes.title')}>
        <div className="account-form">
          {codes.changed && (
            <Banner tone="good" role="status">
              {t('auth.password.changed')}
            </Banner>
          )}
          <p>{t('auth.codes.text')}</p>
          <RecoveryCodes codes={codes.codes} onKept={() => setCodes(undefined)} />
        </div>
      </Card>
    )
  return (
    <Card title={t('account.password.title')}>
      {offered ? (
        <>
          <SetPassword
            authenticator={offered.authenticator}
            username={me.email}
            submit={t('auth.password.change')}
            busy={set.isPending}
            error={failed(set.error)}
            onSubmit={answer => !set.isPending && set.mutate(answer)}
          />
          <Button variant="quiet" onClick={() => setOffered(undefined)}>
            {t('ui.cancel')}
          </Button>
        </>
      ) : (
        <div className="account-form">
          <p>{t(has ? 'account.password.has' : 'account.password.none')}</p>
          {has && ways.data && (
            <p className={ways.data.recoveryCodesLeft < 3 ? 'account-few' : undefined}>
              {t('auth.codes.left', { count: ways.data.recoveryCodesLeft })}
            </p>
          )}
          {failed(begin.error) ? <Problem error={begin.error} /> : null}
          {renew.error && <Problem error={renew.error} />}
          <div className="actions">
            <Button variant="secondary" busy={begin.isPending} onClick={() => begin.mutate()}>
              {t(has ? 'account.password.change' : 'account.password.set')}
            </Button>
            {has && (
              <Button variant="secondary" busy={renew.isPending} onClick={() => setAsking(true)}>
                {t('auth.codes.new')}
              </Button>
            )}
          </div>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        title={t('account.codes.question')}
        confirmLabel={t('auth.codes.new')}
        onConfirm={makeCodes}
        onCancel={() => setAsking(false)}
      >
        {t('auth.codes.new-text')}
      </ConfirmDialog>
    </Card>
  )
}

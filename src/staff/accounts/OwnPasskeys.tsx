import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call, useAsk } from '../api.ts'
import { deviceName } from '../sign-in/browser.ts'
import { canUsePasskeys, makePasskey, PasskeyUnused } from '../sign-in/passkey.ts'
import { NotProven, useProven, useProvenCommand } from './step-up.tsx'

/** The passkeys of one's account: each with its name, when it was made and last used. */
export function OwnPasskeys() {
  const { t, date, dateTime } = useWords()
  const ways = useAsk(auth.listPasskeys, {})
  const remove = useProvenCommand(auth.removePasskey, [auth.listPasskeys.id])
  const [asked, setAsked] = useState<{ id: string; label: string }>()
  const items = ways.data?.items ?? []
  // The last way in stays, the server says so too.
  const last = items.length === 1 && !ways.data?.password
  const confirm = () => {
    if (!asked) return
    setAsked(undefined)
    remove.mutate({ params: { passkey: asked.id } })
  }
  return (
    <Card title={t('auth.passkeys.title')}>
      {ways.isPending && <Loading lines={2} />}
      {ways.error && <Problem error={ways.error} onRetry={() => void ways.refetch()} />}
      {remove.error && <Problem error={remove.error} />}
      {ways.data && items.length === 0 && <p>{t('auth.passkeys.none')}</p>}
      <ul className="things">
        {items.map(one => (
          <li key={one.id} className="thing">
            <div>
              <strong>{one.label || t('account.passkey.unnamed')}</strong>
              <p className="thing-note">
                {t('auth.passkeys.created', { when: date(one.createdAt) })}
                {one.usedAt && <> · {t('auth.passkeys.used', { when: dateTime(one.usedAt) })}</>}
              </p>
            </div>
            {!last && (
              <Button
                variant="quiet"
                compact
                aria-label={t('account.passkey.remove', { label: one.label || t('account.passkey.unnamed') })}
                onClick={() => setAsked(one)}
              >
                {t('auth.passkeys.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {last && <p className="thing-note">{t('auth.passkeys.last')}</p>}
      {canUsePasskeys() ? <AddPasskey /> : <Banner>{t('auth.sign-in.no-passkeys')}</Banner>}
      <ConfirmDialog
        open={asked !== undefined}
        title={t('auth.passkeys.remove-question', { label: asked?.label || t('account.passkey.unnamed') })}
        confirmLabel={t('auth.passkeys.remove')}
        tone="danger"
        onConfirm={confirm}
        onCancel={() => setAsked(undefined)}
      >
        {t('account.passkey.remove-text')}
      </ConfirmDialog>
    </Card>
  )
}

function AddPasskey() {
  const { t } = useWords()
  const proven = useProven()
  const queries = useQueryClient()
  const [label, setLabel] = useState(deviceName)
  const [missing, setMissing] = useState(false)
  const add = useMutation({
    mutationFn: async () => {
      const { challenge, options } = await proven(() => call(auth.beginPasskey, {}))
      const passkey = await makePasskey(options)
      return call(auth.addPasskey, { body: { challenge, passkey, label: label.trim() } })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [auth.listPasskeys.id] }),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    setMissing(!label.trim())
    if (label.trim() && !add.isPending) add.mutate()
  }
  const unused = add.error instanceof PasskeyUnused
  return (
    <form className="account-form" onSubmit={send} noValidate>
      {unused && (
        <Banner tone="warning" role="alert">
          {t('account.passkey.unused')}
        </Banner>
      )}
      {add.error && !unused && !(add.error instanceof NotProven) && <Problem error={add.error} />}
      <TextField
        name="passkey-label"
        label={t('auth.passkeys.label')}
        value={label}
        maxLength={60}
        autoComplete="off"
        error={missing ? t('problem.field.required') : undefined}
        onChange={event => setLabel(event.target.value)}
      />
      <Button type="submit" variant="secondary" busy={add.isPending}>
        {t('auth.passkeys.add')}
      </Button>
      <span role="status">{add.isSuccess && t('account.passkey.added')}</span>
    </form>
  )
}

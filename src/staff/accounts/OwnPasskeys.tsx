import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call, useAsk, useCommand } from '../api.ts'
import { deviceName } from '../sign-in/browser.ts'
import { canUsePasskeys, makePasskey, PasskeyUnused } from '../sign-in/passkey.ts'
import { NotProven, useProven, useProvenCommand } from './step-up.tsx'

/** The passkeys of one's account: each with its name, when it was made and last used. */
export function OwnPasskeys() {
  const { t } = useWords()
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
          <PasskeyRow key={one.id} passkey={one} onRemove={last ? undefined : () => setAsked(one)} />
        ))}
      </ul>
      {last && <p className="note">{t('auth.passkeys.last')}</p>}
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

type Passkey = Answer<typeof auth.listPasskeys>['items'][number]

/** One passkey: its name, which may be changed, and how long ago it opened the account. */
function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove: (() => void) | undefined }) {
  const { t, date, dateTime } = useWords()
  const [renaming, setRenaming] = useState(false)
  const label = passkey.label || t('account.passkey.unnamed')
  if (renaming)
    return (
      <li className="thing">
        <RenamePasskey passkey={passkey} onDone={() => setRenaming(false)} />
      </li>
    )
  return (
    <li className="thing">
      <div>
        <strong>{label}</strong>
        <p className="note">
          {t('auth.passkeys.created', { when: date(passkey.createdAt) })} ·{' '}
          {passkey.usedAt
            ? t('auth.passkeys.used', { when: dateTime(passkey.usedAt) })
            : t('account.passkey.never-used')}
        </p>
      </div>
      <span className="thing-acts">
        <Button
          variant="quiet"
          compact
          aria-label={t('account.passkey.rename-named', { label })}
          onClick={() => setRenaming(true)}
        >
          {t('account.passkey.rename')}
        </Button>
        {onRemove && (
          <Button variant="quiet" compact aria-label={t('account.passkey.remove', { label })} onClick={onRemove}>
            {t('auth.passkeys.remove')}
          </Button>
        )}
      </span>
    </li>
  )
}

function RenamePasskey({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const words = useWords()
  const { t } = words
  const rename = useCommand(auth.renamePasskey, [auth.listPasskeys.id])
  const [label, setLabel] = useState(passkey.label)
  const [missing, setMissing] = useState(false)
  const told = rename.error ? problemText(rename.error, words).errors.find(one => one.field === 'label') : undefined
  const send = (event: FormEvent) => {
    event.preventDefault()
    setMissing(!label.trim())
    if (label.trim() && !rename.isPending)
      rename.mutate({ params: { passkey: passkey.id }, body: { label: label.trim() } }, { onSuccess: onDone })
  }
  return (
    <form className="account-form thing-form" onSubmit={send} noValidate>
      {rename.error && !told && <Problem error={rename.error} />}
      <TextField
        name={`passkey-label-${passkey.id}`}
        label={t('account.passkey.new-name')}
        value={label}
        maxLength={60}
        autoComplete="off"
        autoFocus
        error={missing ? t('problem.field.required') : told?.message}
        onChange={event => setLabel(event.target.value)}
      />
      <div className="actions">
        <Button type="submit" busy={rename.isPending}>
          {t('account.passkey.rename-do')}
        </Button>
        <Button variant="secondary" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
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

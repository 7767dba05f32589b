import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call } from '../api.ts'
import { VaultError } from '../offline/vault.ts'
import { Door } from '../sign-in/Door.tsx'
import { PasskeyUnused } from '../sign-in/passkey.ts'
import { usePhone } from './here.ts'
import { takeNewVersion } from './install.ts'
import { Phrase } from './Phrase.tsx'
import { NoSecret, passkeySecretAgain } from './passkey-secret.ts'
import { stepAside, thisPhone, unlock } from './this-phone.ts'
import './phone.css'

/** A phone that is locked says nothing of what is on it but how much still waits to be sent. */
export default function Locked({ onLanguage }: { onLanguage: (lang: LanguageCode) => void }) {
  const { t } = useWords()
  const { kind, waiting, reach } = usePhone()
  const [phrase, setPhrase] = useState('')
  useEffect(() => void takeNewVersion().catch(() => false), [])
  const open = useMutation({
    mutationFn: async () => {
      const { hint } = await (await thisPhone()).vault.state()
      await unlock(kind === 'prf' && hint ? await passkeySecretAgain(hint) : { passphrase: phrase })
    },
  })
  const other = useMutation({
    mutationFn: async () => {
      // Whoever comes next has to show who they are. Without signal nobody can, and the phone stays as it is.
      await call(auth.signOut, {}).catch(error => {
        if ((error as { status?: number }).status !== 401) throw error
      })
      await stepAside()
    },
  })
  const toSend = waiting.filter(one => one.item.state !== 'quarantined').length
  return (
    <Door title={t('phone.locked.title')} onLanguage={onLanguage}>
      <p className="phone-sending" role="status">
        {toSend > 0 && t(reach === 'no' ? 'phone.locked.waiting' : 'phone.locked.sending', { count: toSend })}
      </p>
      {open.error && <Wrong error={open.error} />}
      <form
        className="stack-close"
        onSubmit={event => {
          event.preventDefault()
          if (!open.isPending) open.mutate()
        }}
      >
        {kind === 'passphrase' && <Phrase label={t('phone.phrase')} value={phrase} onChange={setPhrase} />}
        <Button type="submit" wide busy={open.isPending}>
          {t(kind === 'prf' ? 'phone.locked.open-passkey' : 'phone.locked.open')}
        </Button>
      </form>
      <details className="door-more">
        <summary className="door-more-title">{t('phone.locked.forgot')}</summary>
        <p>{t('phone.locked.forgot-text')}</p>
        {other.error && <Problem error={other.error} />}
        <Button variant="secondary" wide busy={other.isPending} onClick={() => other.mutate()}>
          {t('phone.locked.other')}
        </Button>
      </details>
    </Door>
  )
}

function Wrong({ error }: { error: unknown }) {
  const { t } = useWords()
  if (error instanceof PasskeyUnused || error instanceof NoSecret)
    return <Banner tone="warning" role="alert" title={t('phone.locked.no-passkey')} />
  if (!(error instanceof VaultError)) return <Problem error={error} />
  const { code, left } = error
  return (
    <Banner tone="danger" role="alert" title={t(code === 'wrong' ? 'phone.locked.wrong' : 'phone.locked.closed')}>
      {code === 'wrong' && <p>{t('phone.locked.left', { count: left ?? 0 })}</p>}
      {code === 'clock' && <p>{t('phone.locked.clock')}</p>}
    </Banner>
  )
}

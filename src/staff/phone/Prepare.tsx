import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { sync } from '#platform/sync/contract.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { NotProven, useProvenCommand } from '../accounts/step-up.tsx'
import { spelled, weakness } from '../offline/passphrase.ts'
import { useSession } from '../session.ts'
import { canUsePasskeys, PasskeyUnused } from '../sign-in/passkey.ts'
import { Phrase } from './Phrase.tsx'
import { NoSecret, newPasskeySecret } from './passkey-secret.ts'
import { prepare } from './prepare.ts'
import { suggestion } from './suggestion.ts'

/** Makes this browser a phone that works without signal: how it opens, then everything else by itself. */
export function Prepare() {
  const { t } = useWords()
  const { me } = useSession()
  const register = useProvenCommand(sync.register, [sync.listDevices.id])
  const [way, setWay] = useState(canUsePasskeys() ? 'passkey' : 'phrase')
  const [phrase, setPhrase] = useState('')
  const [again, setAgain] = useState('')
  const [offered, setOffered] = useState('')
  const [tried, setTried] = useState(false)
  const flaw = weakness(phrase)
  const differs = spelled(phrase) !== spelled(again)
  const make = useMutation({
    mutationFn: async () => {
      const { secret, hint } =
        way === 'passkey' ? await newPasskeySecret() : { secret: { passphrase: phrase }, hint: undefined }
      await prepare(me, secret, hint, parts => register.mutateAsync(parts))
    },
  })
  const begin = () => {
    setTried(true)
    if (!make.isPending && (way === 'passkey' || (!flaw && !differs))) make.mutate()
  }
  const { error } = make
  return (
    <Card title={t('phone.prepare')}>
      <ul>
        {['does', 'keeps', 'locks', 'lost'].map(one => (
          <li key={one}>{t(`phone.prepare.${one}`)}</li>
        ))}
      </ul>
      {error instanceof NoSecret && <Banner tone="warning" role="alert" title={t('phone.prepare.no-secret')} />}
      {error instanceof PasskeyUnused && <Banner tone="warning" role="alert" title={t('phone.locked.no-passkey')} />}
      {error && !(error instanceof NoSecret || error instanceof PasskeyUnused || error instanceof NotProven) && (
        <Problem error={error} />
      )}
      <form
        className="stack-close"
        onSubmit={event => {
          event.preventDefault()
          begin()
        }}
      >
        {canUsePasskeys() && (
          <ChoiceGroup
            kind="radio"
            name="way"
            label={t('phone.prepare.way')}
            value={way}
            onChange={setWay}
            options={['passkey', 'phrase'].map(value => ({
              value,
              label: t(`phone.prepare.way.${value}`),
              hint: t(`phone.prepare.way.${value}-hint`),
            }))}
          />
        )}
        {way === 'phrase' && (
          <>
            <Phrase
              label={t('phone.phrase')}
              hint={t('phone.phrase.hint')}
              error={tried && flaw ? t(`phone.phrase.${flaw}`) : undefined}
              value={phrase}
              onChange={setPhrase}
            />
            <p>
              <Button variant="quiet" compact onClick={() => setOffered(suggestion())}>
                {t('phone.phrase.suggest')}
              </Button>
            </p>
            {offered && (
              <p role="status">
                {t('phone.phrase.suggested')} <strong className="phone-phrase">{offered}</strong>
              </p>
            )}
            <Phrase
              name="again"
              label={t('phone.phrase.again')}
              error={tried && !flaw && differs ? t('phone.phrase.differs') : undefined}
              value={again}
              onChange={setAgain}
            />
          </>
        )}
        <Button type="submit" wide busy={make.isPending}>
          {t(make.isPending ? 'phone.prepare.busy' : 'phone.prepare')}
        </Button>
      </form>
    </Card>
  )
}

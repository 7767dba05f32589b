import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call } from '../api.ts'
import { askPasskey, canUsePasskeys, PasskeyUnused } from '../sign-in/passkey.ts'

/** The ways a person has to prove themselves, the quickest first. */
export function StepUpWays({
  begun,
  onFailed,
  onProven,
}: {
  begun: Answer<typeof auth.beginStepUp>
  /** A challenge is good for one answer: the next try needs another. */
  onFailed: () => void
  onProven: () => void
}) {
  const { t } = useWords()
  const { challenge, options, ways } = begun
  const passkey = useMutation({
    mutationFn: async () => call(auth.finishStepUp, { body: { challenge, passkey: await askPasskey(options) } }),
    onSuccess: onProven,
    onError: error => !(error instanceof PasskeyUnused) && onFailed(),
  })
  const believed = useMutation({ mutationFn: () => call(auth.finishStepUp, { body: {} }), onSuccess: onProven })
  const unused = passkey.error instanceof PasskeyUnused
  return (
    <>
      {ways.includes('passkey') && canUsePasskeys() && (
        <Button wide busy={passkey.isPending} onClick={() => passkey.mutate()}>
          {t('auth.step-up.passkey')}
        </Button>
      )}
      {unused && (
        <Banner tone="warning" role="alert">
          {t('account.step-up.unused')}
        </Banner>
      )}
      {passkey.error && !unused && <Problem error={passkey.error} />}
      {ways.includes('password') && <ByPassword primary={!ways.includes('passkey')} onProven={onProven} />}
      {ways.includes('demonstration') && (
        <Button
          wide
          variant={ways.length > 1 ? 'secondary' : 'primary'}
          busy={believed.isPending}
          onClick={() => believed.mutate()}
        >
          {t('auth.demonstration.again')}
        </Button>
      )}
      {believed.error && <Problem error={believed.error} />}
      {ways.length === 0 && <Banner tone="warning">{t('account.step-up.no-way')}</Banner>}
    </>
  )
}

function ByPassword({ primary, onProven }: { primary: boolean; onProven: () => void }) {
  const { t } = useWords()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState<readonly string[]>([])
  const proof = useMutation({
    mutationFn: () => call(auth.finishStepUp, { body: { password: password.normalize('NFC'), code: code.trim() } }),
    onSuccess: onProven,
    onError: () => setCode(''),
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const empty = Object.entries({ password, code }).flatMap(([name, value]) => (value.trim() ? [] : [name]))
    setMissing(empty)
    if (empty.length === 0 && !proof.isPending) proof.mutate()
  }
  const wrong = (name: string) => (missing.includes(name) ? t('problem.field.required') : undefined)
  return (
    <form className="stack-close" onSubmit={send} noValidate>
      {proof.error && <Problem error={proof.error} />}
      <TextField
        id="step-up-password"
        name="password"
        label={t('auth.sign-in.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        error={wrong('password')}
        onChange={event => setPassword(event.target.value)}
      />
      <TextField
        id="step-up-code"
        name="code"
        label={t('auth.sign-in.code')}
        hint={t('auth.sign-in.code-hint')}
        autoComplete="one-time-code"
        width="medium"
        value={code}
        error={wrong('code')}
        onChange={event => setCode(event.target.value)}
      />
      <Button type="submit" wide variant={primary ? 'primary' : 'secondary'} busy={proof.isPending}>
        {t('auth.step-up.submit')}
      </Button>
    </form>
  )
}

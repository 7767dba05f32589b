import { type FormEvent, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import './sign-in.css'

export interface SetPasswordAnswer {
  password: string
  code: string
}

/** A new password with its authenticator app: picture, key to type by hand, and a first code as proof that it works. */
export function SetPassword({
  authenticator,
  username,
  submit,
  busy,
  error,
  onSubmit,
}: {
  authenticator: { secret: string; qr: string }
  /** For the browser's own keeper of passwords. */
  username: string
  submit: string
  busy: boolean
  error: unknown
  onSubmit: (answer: SetPasswordAnswer) => void
}) {
  const words = useWords()
  const { t } = words
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState<readonly string[]>([])
  const told = error ? problemText(error, words).errors : []
  const wrong = (name: string) =>
    missing.includes(name) ? t('problem.field.required') : told.find(one => one.field === name)?.message
  const labels = { password: t('auth.password.new'), code: t('auth.authenticator.code') }
  const errors = (['password', 'code'] as const).flatMap(field => {
    const message = wrong(field)
    return message ? [{ field: `new-${field}`, message: `${labels[field]}: ${message}` }] : []
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const empty = Object.entries({ password, code }).flatMap(([name, value]) => (value ? [] : [name]))
    setMissing(empty)
    if (empty.length === 0) onSubmit({ password: password.normalize('NFC'), code: code.replace(/\s/g, '') })
  }
  return (
    <form className="door-form" onSubmit={send} noValidate>
      <ErrorSummary errors={errors} />
      {error && errors.length === 0 ? <Problem error={error} /> : null}
      <input className="hidden-visually" type="text" autoComplete="username" value={username} readOnly hidden />
      <TextField
        id="new-password"
        name="password"
        label={t('auth.password.new')}
        hint={t('auth.password.hint')}
        type="password"
        autoComplete="new-password"
        value={password}
        error={wrong('password')}
        onChange={event => setPassword(event.target.value)}
      />
      <h2>{t('auth.authenticator.title')}</h2>
      <p>{t('auth.authenticator.scan')}</p>
      <img className="qr" src={authenticator.qr} alt={t('auth.authenticator.picture')} width="184" height="184" />
      <p>
        {t('auth.authenticator.by-hand')}
        <code className="secret-text">{authenticator.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <TextField
        id="new-code"
        name="code"
        label={t('auth.authenticator.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        width="short"
        maxLength={9}
        value={code}
        error={wrong('code')}
        onChange={event => setCode(event.target.value)}
      />
      <Button type="submit" wide busy={busy}>
        {submit}
      </Button>
    </form>
  )
}

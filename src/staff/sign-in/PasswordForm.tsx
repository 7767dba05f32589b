import { type FormEvent, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../api.ts'
import { thisBrowser } from './browser.ts'

/** Password and code, the second way in. A recovery code goes where the code goes. */
export function PasswordForm({ onEntered }: { onEntered: (device?: string) => Promise<void> }) {
  const { t } = useWords()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState<readonly string[]>([])
  const [entering, setEntering] = useState(false)
  const signIn = useCommand(auth.signInWithPassword)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const empty = Object.entries({ email, password, code }).flatMap(([name, value]) => (value.trim() ? [] : [name]))
    setMissing(empty)
    if (empty.length > 0) return document.getElementById(empty[0]!)?.focus()
    if (signIn.isPending || entering) return
    const body = { email: email.trim().normalize('NFC'), password: password.normalize('NFC'), code: code.trim() }
    const entered = await signIn.mutateAsync({ body: { ...body, ...thisBrowser() } }).catch(() => undefined)
    // A code is good for one try; the rest stays as it was typed.
    if (!entered) return setCode('')
    setEntering(true)
    await onEntered(entered.device)
  }
  const wrong = (name: string) => (missing.includes(name) ? t('problem.field.required') : undefined)
  return (
    <form className="door-form" onSubmit={event => void submit(event)} noValidate>
      {signIn.error && <Problem error={signIn.error} />}
      <TextField
        name="email"
        label={t('auth.sign-in.email')}
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={email}
        error={wrong('email')}
        onChange={event => setEmail(event.target.value)}
      />
      <TextField
        name="password"
        label={t('auth.sign-in.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        error={wrong('password')}
        onChange={event => setPassword(event.target.value)}
      />
      <TextField
        name="code"
        label={t('auth.sign-in.code')}
        hint={t('auth.sign-in.code-hint')}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        width="medium"
        value={code}
        error={wrong('code')}
        onChange={event => setCode(event.target.value)}
      />
      <Button type="submit" wide busy={signIn.isPending || entering}>
        {t('auth.sign-in.submit')}
      </Button>
    </form>
  )
}

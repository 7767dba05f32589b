import { useState } from 'react'
import type { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'
import '../sign-in/sign-in.css'

export type OnceLink = Answer<typeof auth.invite>

/** A link to hand over: it opens an account, and it is shown this once. */
export function LinkOnce({ link, name }: { link: OnceLink; name: string }) {
  const { t, dateTime } = useWords()
  const [copied, setCopied] = useState<boolean>()
  const copy = () =>
    navigator.clipboard.writeText(link.link).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <div className="link-once">
      <Banner tone="good" role="status" title={t('people.link.title', { name })}>
        {t('people.link.text', { when: dateTime(link.expiresAt) })}
      </Banner>
      <code className="secret-text" data-link="">
        {link.link}
      </code>
      <div className="actions">
        <Button onClick={() => void copy()}>{t('people.link.copy')}</Button>
        <span role="status">
          {copied === true && t('sign-in.copied')}
          {copied === false && t('sign-in.copy-refused')}
        </span>
      </div>
      <p className="note">{t('people.link.how')}</p>
    </div>
  )
}

import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'
import './sign-in.css'

/** Codes that are shown this once; whoever goes on says that they are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useWords()
  const [copied, setCopied] = useState<boolean>()
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <div className="door-ways">
      <ol className="codes" translate="no">
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="actions no-print">
        <Button variant="secondary" compact onClick={() => void copy()}>
          {t('auth.codes.copy')}
        </Button>
        <Button variant="secondary" compact onClick={() => window.print()}>
          {t('sign-in.codes.print')}
        </Button>
        <span role="status">
          {copied === true && t('sign-in.copied')}
          {copied === false && t('sign-in.copy-refused')}
        </span>
      </div>
      <div className="no-print">
        <Button wide onClick={onKept}>
          {t('auth.codes.kept')}
        </Button>
      </div>
    </div>
  )
}

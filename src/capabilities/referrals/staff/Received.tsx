import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { referrals } from '../contract.ts'
import './received.css'

/** Who received what about the person, as a sheet to go through with them and to hand over where that is safe. */
export default function Received() {
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const { t, lang } = useWords()
  const { role } = useSession()
  const [language, setLanguage] = useState<'en' | 'es'>(lang)
  const found = useAsk(referrals.received, { params: { case: caseId }, query: { language } })
  return (
    <div className="stack">
      <PageHeader
        title={t('received.open')}
        above={
          role === 'officer' ? (
            <Link to={'/cases/$case/consents' as string} params={{ case: caseId } as never}>
              {t('received.back-agreed')}
            </Link>
          ) : (
            <Link to="/cases/$case" params={{ case: caseId }}>
              {t('received.back')}
            </Link>
          )
        }
      >
        {t('received.about')}
      </PageHeader>
      <div className="received-screen stack">
        <SelectField
          name="language"
          label={t('received.language')}
          value={language}
          onChange={event => setLanguage(event.target.value as 'en')}
          options={[
            { value: 'en', label: 'English' },
            { value: 'es', label: 'Español' },
          ]}
        />
        <div className="actions">
          <Button onClick={() => window.print()}>{t('received.print')}</Button>
        </div>
      </div>
      {found.isPending && <Loading lines={6} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <article className="received-sheet card stack" lang={found.data.language}>
          <h2>{found.data.title}</h2>
          <p>{found.data.lead}</p>
          {found.data.items.length > 0 && (
            <ul>
              {found.data.items.map(one => (
                <li key={one.id}>
                  <strong>{one.organisation}</strong>
                  <span>{one.what}</span>
                  <span>
                    {one.sent} {one.read}
                  </span>
                  <span>{one.standing}</span>
                </li>
              ))}
            </ul>
          )}
          {found.data.notes.map(note => (
            <p key={note}>{note}</p>
          ))}
        </article>
      )}
    </div>
  )
}

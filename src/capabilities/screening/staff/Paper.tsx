import { createLink, Link, useSearch } from '@tanstack/react-router'
import { inLanguage } from '#platform/forms/texts.ts'
import { FormPrint } from '#staff/form/FormPrint.tsx'
import { languageFor } from '#staff/form/said.ts'
import { useSession } from '#staff/session.ts'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { InstrumentRow } from '../contract-instruments.ts'
import { useOffered } from './offered.ts'
import { useDefinition } from './use-filling.ts'
import './officer.css'

const To = createLink(LinkButton)

/** The same card and questions on paper, and typing in what was written there. */
export default function Paper() {
  const { t, lang } = useWords()
  const { print } = useSearch({ strict: false }) as { print?: string }
  const { cards, screens, pending, error, retry } = useOffered()
  const row = [...cards, ...screens].find(one => one.code === print)
  if (row) return <Printed row={row} />
  return (
    <div className="stack">
      <PageHeader title={t('screening.paper.title')} above={<Link to="/">{t('screening.nav.home')}</Link>}>
        {t('screening.paper.lead')}
      </PageHeader>
      <To to="/screen" search={{ paper: 'yes' } as never} wide>
        {t('screening.paper.type-in')}
      </To>
      <section className="stack-close">
        <h2>{t('screening.paper.print')}</h2>
        <p>{t('screening.paper.print.hint')}</p>
        {pending && <Loading lines={4} />}
        {error && <Problem error={error} onRetry={retry} />}
        <ul className="paper-list">
          {[...screens, ...cards].map(one => (
            <li key={one.code}>
              <Link to="/paper" search={{ print: one.code } as never}>
                {inLanguage(one.title, lang, one.languages[0] ?? 'en') ?? one.code}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Printed({ row }: { row: InstrumentRow }) {
  const { t, lang } = useWords()
  const { organisation } = useSession()
  const found = useDefinition({ instrument: row.code, version: row.version })
  if (found.isPending) return <Loading lines={8} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const { form } = found.data
  return (
    <>
      <p className="paper-screen">
        <Link to="/paper">{t('screening.paper.title')}</Link>
      </p>
      <FormPrint
        definition={form}
        language={languageFor(form.languages, lang) ?? form.defaultLanguage}
        organisation={organisation.name}
      />
    </>
  )
}

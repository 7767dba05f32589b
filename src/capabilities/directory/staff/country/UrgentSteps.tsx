import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Country } from '../../contract.ts'
import { Hotlines } from './Hotlines.tsx'
import { useCountry } from './use-country.ts'
import './country.css'

/** Whom to call and what to do when somebody is in danger: numbers first, then the country's steps. */
export function UrgentSteps() {
  const { t } = useWords()
  const country = useCountry()
  if (country.isPending) return <Loading lines={5} />
  if (country.isError) return <Problem error={country.error} onRetry={() => void country.refetch()} />
  return (
    <div className="stack">
      <Hotlines country={country.data} only={line => line.kind === 'emergency' || line.kind === 'trafficking'} />
      <section className="stack-close">
        <h2>{t('country.steps.title')}</h2>
        <Steps country={country.data} />
      </section>
    </div>
  )
}

/** Only a text that was released in this very language; half a list would be worse than none. */
function Steps({ country: { dangerSteps, standing } }: { country: Country }) {
  const { t, lang } = useWords()
  const shown = dangerSteps.filter(({ texts }) => texts[lang] !== undefined)
  const stands = standing.danger[lang] ?? 'withheld'
  if (stands === 'withheld' || shown.length === 0 || shown.length < dangerSteps.length)
    return <p>{t('country.steps.withheld')}</p>
  return (
    <>
      <ol className="urgent-steps">
        {shown.map(({ code, texts }) => (
          <li key={code}>
            <span>{texts[lang]}</span>
          </li>
        ))}
      </ol>
      {stands === 'demonstration' && <Tag tone="warning">{t('country.steps.demonstration')}</Tag>}
    </>
  )
}

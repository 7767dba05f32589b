import { useRouter, useSearch } from '@tanstack/react-router'
import { directory, type OrganisationRow } from '#capabilities/directory/contract.ts'
import { Hotlines, useCountry } from '#capabilities/directory/staff/parts.tsx'
import { useAsk } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import './consent.css'

/** Where to get help, on a page that can be turned to the person: nothing about anybody is on it, and no shelter. */
export default function Help() {
  const { t } = useWords()
  const { history } = useRouter()
  const { after } = useSearch({ strict: false }) as { after?: string }
  const country = useCountry()
  const bodies = useAsk(directory.list, { query: { limit: '100' } })
  return (
    <div className="stack">
      <PageHeader title={t('consent.help.title')}>
        {t(after === 'no' ? 'consent.help.lead' : 'consent.help.lead-open')}
      </PageHeader>
      <section className="stack-close">
        <h2>{t('consent.help.numbers')}</h2>
        {country.isPending && <Loading />}
        {country.isError && <Problem error={country.error} onRetry={() => void country.refetch()} />}
        {country.isSuccess && <Hotlines country={country.data} />}
      </section>
      <section className="stack-close">
        <h2>{t('consent.help.offers')}</h2>
        {bodies.isPending && <Loading />}
        {bodies.isError && <Problem error={bodies.error} onRetry={() => void bodies.refetch()} />}
        {bodies.isSuccess && <Offers bodies={bodies.data.items.filter(mayBeShown)} />}
      </section>
      <p className="quiet-note">{t('consent.help.show')}</p>
      <Button wide onClick={() => (after === 'no' ? history.push('/') : history.back())}>
        {t('consent.help.back')}
      </Button>
    </div>
  )
}

/** On a small island a shelter's name is an address; police and immigration are who many are afraid of. */
const hidden: readonly string[] = ['shelter', 'police', 'immigration']
const mayBeShown = (one: OrganisationRow): boolean =>
  one.active && !hidden.includes(one.kind) && one.services.length > 0

function Offers({ bodies }: { bodies: readonly OrganisationRow[] }) {
  const { t } = useWords()
  return (
    <dl className="offers">
      {bodies.map(one => (
        <div key={one.id}>
          <dt>{one.name}</dt>
          <dd>{one.services.map(service => t(`service.kind.${service}`)).join(' · ')}</dd>
        </div>
      ))}
    </dl>
  )
}

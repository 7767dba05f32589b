import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { useAsk } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { performance } from '../../contract-performance.ts'
import { Answers, Missing, Reasons } from './CountryNumbers.tsx'
import { OwnNumbers } from './OwnNumbers.tsx'
import './performance.css'

/** The quarters of a year that may be asked for: this one and the seven before it. */
function quarters(today: Date): string[] {
  const now = today.getUTCFullYear() * 4 + Math.floor(today.getUTCMonth() / 3)
  return Array.from({ length: 8 }, (_, back) => `${Math.floor((now - back) / 4)}-Q${((now - back) % 4) + 1}`)
}

/** How referrals go, in numbers: the country's, or of one's own organisation. */
export default function HowItGoes() {
  const { t, lang } = useWords()
  const { role } = useSession()
  const choices = quarters(new Date())
  const [quarter, setQuarter] = useState(choices[0]!)
  const both = role === 'intake' || role === 'coordinator'
  const [of, setOf] = useState<'country' | 'own'>(
    role === 'secretariat' || role === 'supervisor' || both ? 'country' : 'own',
  )
  const found = useAsk(performance.read, { query: { of, quarter } })
  const areas = useAsk(directory.country, {}).data?.places ?? []
  const nameOf = (code: string | null) => {
    const names = areas.find(one => one.code === code)?.names
    return code === null ? t('performance.anywhere') : (names?.[lang] ?? names?.en ?? code)
  }
  const quarterName = (of: string) => t('performance.quarter-name', { year: of.slice(0, 4), quarter: of.slice(6) })
  return (
    <div className="stack performance">
      <PageHeader title={t('performance.title')}>{t('performance.lead')}</PageHeader>
      <p className="performance-printed">{quarterName(quarter)}</p>
      <div className="performance-asked">
        <SelectField
          name="quarter"
          label={t('performance.quarter')}
          value={quarter}
          onChange={event => setQuarter(event.target.value)}
          options={choices.map(value => ({
            value,
            label: quarterName(value),
          }))}
        />
        {both && (
          <SelectField
            name="of"
            label={t('performance.of')}
            value={of}
            onChange={event => setOf(event.target.value as 'own')}
            options={(['country', 'own'] as const).map(value => ({ value, label: t(`performance.of.${value}`) }))}
          />
        )}
        <div className="actions">
          <Button variant="secondary" onClick={() => window.print()}>
            {t('performance.print')}
          </Button>
          <a
            href={`/api/referral-performance.csv?of=${of}&quarter=${quarter}`}
            download={`referrals-${quarter}.csv`}
            className="button button-quiet"
          >
            {t('performance.csv')}
          </a>
        </div>
      </div>
      {found.isPending && <Loading lines={6} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && (
        <EmptyState title={t('performance.none')}>{t('performance.none-text')}</EmptyState>
      )}
      {of === 'own' && found.data?.items.map(row => <OwnNumbers key={row.organisation} row={row} />)}
      {of === 'country' && found.data && found.data.items.length > 0 && (
        <>
          <p className="performance-note">{t('performance.withheld')}</p>
          <Answers rows={found.data.items} />
          <Reasons rows={found.data.items} />
          <Missing rows={found.data.unmet} nameOf={nameOf} />
        </>
      )}
    </div>
  )
}

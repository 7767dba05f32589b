import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { useAsk } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { became, type Performance, performance, shortfalls, type Unmet } from '../contract-performance.ts'
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
  const [of, setOf] = useState<'country' | 'own'>(role === 'secretariat' || both ? 'country' : 'own')
  const found = useAsk(performance.read, { query: { of, quarter } })
  const areas = useAsk(directory.country, {}).data?.places ?? []
  const nameOf = (code: string | null) => {
    const names = areas.find(one => one.code === code)?.names
    return code === null ? t('performance.anywhere') : (names?.[lang] ?? names?.en ?? code)
  }
  return (
    <div className="stack performance">
      <PageHeader title={t('performance.title')}>{t('performance.lead')}</PageHeader>
      <div className="performance-asked">
        <SelectField
          name="quarter"
          label={t('performance.quarter')}
          value={quarter}
          onChange={event => setQuarter(event.target.value)}
          options={choices.map(value => ({
            value,
            label: t('performance.quarter-name', { year: value.slice(0, 4), quarter: value.slice(6) }),
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
          <Button onClick={() => window.print()}>{t('performance.print')}</Button>
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
      {found.data && found.data.items.length > 0 && (
        <>
          {of === 'country' && <p>{t('performance.withheld')}</p>}
          <Answers rows={found.data.items} />
          <Reasons rows={found.data.items} />
        </>
      )}
      {found.data && of === 'country' && <Missing rows={found.data.unmet} nameOf={nameOf} />}
    </div>
  )
}

/** A count in words, and a bar as long as its share. */
function Count({ count, all }: { count: number | null | undefined; all: number | null }) {
  const { t, number } = useWords()
  if (count === null) return <span className="performance-few">{t('performance.few')}</span>
  return (
    <span className="performance-count">
      {number(count ?? 0)}
      {all ? <meter min={0} max={all} value={count ?? 0} aria-hidden="true" /> : null}
    </span>
  )
}

function Answers({ rows }: { rows: readonly Performance[] }) {
  const { t, number } = useWords()
  const share = ({ became: { accepted, partly, done, ended, declined } }: Performance): string => {
    const yes = [accepted, partly, done, ended]
    if ([...yes, declined].some(one => one === null)) return '–'
    const taken = yes.reduce<number>((sum, one) => sum + (one ?? 0), 0)
    const all = taken + (declined ?? 0)
    return all === 0 ? '–' : t('performance.percent', { share: Math.round((100 * taken) / all) })
  }
  return (
    <DataTable<Performance>
      caption={t('performance.answers')}
      rows={rows}
      rowId={row => row.organisation}
      columns={[
        { key: 'name', title: t('performance.organisation'), cell: row => row.name },
        { key: 'all', title: t('performance.all'), cell: row => <Count count={row.all} all={null} /> },
        {
          key: 'minutes',
          title: t('performance.median'),
          cell: row =>
            row.minutes === null ? '–' : t('performance.hours', { hours: number(Math.round(row.minutes / 6) / 10) }),
        },
        { key: 'share', title: t('performance.share'), cell: share },
        ...became.map(key => ({
          key,
          title: t(`performance.became.${key}`),
          cell: (row: Performance) => <Count count={row.became[key]} all={row.all} />,
        })),
      ]}
    />
  )
}

function Reasons({ rows }: { rows: readonly Performance[] }) {
  const { t } = useWords()
  const lines = rows.flatMap(row => [
    ...Object.entries(row.declined).map(([code, count]) => ({
      ...{ key: `${row.organisation} d ${code}`, name: row.name, count, all: row.became.declined ?? null },
      ...{ table: t('performance.became.declined'), why: t(`referral.decline.${code}`) },
    })),
    ...Object.entries(row.ended).map(([code, count]) => ({
      ...{ key: `${row.organisation} e ${code}`, name: row.name, count, all: row.became.ended ?? null },
      ...{ table: t('performance.became.ended'), why: t(`referral.end.${code}`) },
    })),
  ])
  if (lines.length === 0) return null
  return (
    <section className="stack">
      <h2>{t('performance.reasons')}</h2>
      <DataTable<(typeof lines)[number]>
        caption={t('performance.reasons')}
        rows={lines}
        rowId={row => row.key}
        columns={[
          { key: 'name', title: t('performance.organisation'), cell: row => row.name },
          { key: 'table', title: t('performance.what'), cell: row => row.table },
          { key: 'why', title: t('performance.why'), cell: row => row.why },
          { key: 'count', title: t('performance.all'), cell: row => <Count count={row.count} all={row.all} /> },
        ]}
      />
    </section>
  )
}

/** What was asked for and not found. */
function Missing({ rows, nameOf }: { rows: readonly Unmet[]; nameOf: (code: string | null) => string }) {
  const { t } = useWords()
  return (
    <section className="stack">
      <h2>{t('performance.unmet')}</h2>
      <p>{t('performance.unmet-lead')}</p>
      {rows.length === 0 ? (
        <p>{t('performance.unmet-none')}</p>
      ) : (
        <DataTable<Unmet>
          caption={t('performance.unmet')}
          rows={rows}
          rowId={row => `${row.service} ${row.area} ${row.place}`}
          columns={[
            { key: 'service', title: t('performance.service'), cell: row => t(`service.kind.${row.service}`) },
            { key: 'area', title: t('performance.area'), cell: row => nameOf(row.area) },
            {
              key: 'place',
              title: t('performance.place'),
              cell: row => (row.place ? t(`place.kind.${row.place}`) : '–'),
            },
            { key: 'all', title: t('performance.all'), cell: row => <Count count={row.all} all={null} /> },
            ...shortfalls.map(key => ({
              key,
              title: t(`performance.unmet.${key}`),
              cell: (row: Unmet) => <Count count={row.counts[key]} all={row.all} />,
            })),
          ]}
        />
      )}
    </section>
  )
}

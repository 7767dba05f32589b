import { type Column, DataTable } from '#ui/desk/DataTable.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Became, type Performance, shortfalls, type Unmet } from '../../contract-performance.ts'
import { Count, type Reason, reasonsOf, shareText, timeText } from './numbers.tsx'

/** What was answered, and what came of what was taken on: one line an organisation in each. */
export function Answers({ rows }: { rows: readonly Performance[] }) {
  const words = useWords()
  const { t } = words
  const name = { key: 'name', title: t('performance.organisation'), cell: (row: Performance) => row.name }
  const counted = (keys: readonly Became[]): Column<Performance>[] =>
    keys.map(key => ({
      key,
      title: t(`performance.became.${key}`),
      cell: row => <Count count={row.became[key]} all={row.all} />,
    }))
  const table = (title: string, columns: readonly Column<Performance>[]) => (
    <section className="stack">
      <h2>{title}</h2>
      <DataTable<Performance>
        caption={title}
        rows={rows}
        rowId={row => row.organisation}
        columns={[name, ...columns]}
      />
    </section>
  )
  return (
    <>
      {table(t('performance.answers'), [
        { key: 'all', title: t('performance.all'), cell: row => <Count count={row.all} /> },
        { key: 'minutes', title: t('performance.median'), cell: row => timeText(row.minutes, words) },
        { key: 'share', title: t('performance.share'), cell: row => shareText(row, words) },
        ...counted(['declined', 'expired', 'waiting', 'revoked']),
      ])}
      {table(t('performance.outcome'), counted(['accepted', 'partly', 'done', 'ended']))}
    </>
  )
}

export function Reasons({ rows }: { rows: readonly Performance[] }) {
  const words = useWords()
  const { t } = words
  const lines = rows.flatMap(row => reasonsOf(row, words))
  if (lines.length === 0) return null
  return (
    <section className="stack">
      <h2>{t('performance.reasons')}</h2>
      <DataTable<Reason>
        caption={t('performance.reasons')}
        rows={lines}
        rowId={row => row.key}
        columns={[
          { key: 'name', title: t('performance.organisation'), cell: row => row.name },
          { key: 'what', title: t('performance.what'), cell: row => row.what },
          { key: 'why', title: t('performance.why'), cell: row => row.why },
          { key: 'count', title: t('performance.all'), cell: row => <Count count={row.count} all={row.all} /> },
        ]}
      />
    </section>
  )
}

/** What was asked for and not found. */
export function Missing({ rows, nameOf }: { rows: readonly Unmet[]; nameOf: (code: string | null) => string }) {
  const { t } = useWords()
  return (
    <section className="stack">
      <h2>{t('performance.unmet')}</h2>
      <p>{t('performance.unmet-lead')}</p>
      {rows.length === 0 ? (
        <p className="performance-few">{t('performance.unmet-none')}</p>
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
            { key: 'all', title: t('performance.all'), cell: row => <Count count={row.all} /> },
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

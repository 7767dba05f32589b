import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { useAsk } from '#staff/api.ts'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { oversight } from '../contract.ts'
import { unusualRules } from '../unusual.ts'

type Row = Answer<typeof oversight.unusual>['items'][number]

/** Reading that is not as usual. Each is a question to ask, and says by which rule it stands here. */
export default function UnusualReading() {
  const words = useWords()
  const { t } = words
  const [days, setDays] = useState('')
  const found = useAsk(oversight.unusual, { query: { ...(days ? { days: days as '1' | '7' | '30' } : {}) } })
  const { 'many-cases': many, 'at-night': night } = unusualRules
  const why = (row: Row) =>
    t(`oversight.unusual.${row.kind}`, {
      count: row.count,
      usual: row.usual ?? 0,
      times: many.times,
      from: night.from,
      to: night.to,
      least: row.kind === 'canary' ? 1 : unusualRules[row.kind].least,
    })
  return (
    <ListPage<Row>
      title={t('oversight.unusual.title')}
      lead={t('oversight.unusual.lead')}
      caption={t('oversight.unusual.title')}
      rows={found.data?.items ?? []}
      status={found.isPending ? 'loading' : found.isError ? 'error' : 'ready'}
      error={found.error}
      onRetry={() => void found.refetch()}
      filters={[
        {
          key: 'days',
          label: t('oversight.unusual.days'),
          value: days,
          onChange: setDays,
          all: t('oversight.unusual.week'),
          options: [
            { value: '1', label: t('oversight.unusual.day') },
            { value: '30', label: t('oversight.unusual.month') },
          ],
        },
      ]}
      empty={{ title: t('oversight.unusual.none') }}
      rowId={row => `${row.kind} ${row.account} ${row.at}`}
      columns={[
        { key: 'name', title: t('oversight.who'), cell: row => row.name },
        { key: 'why', title: t('oversight.what'), cell: why },
        { key: 'at', title: t('oversight.when'), cell: row => words.dateTime(row.at) },
      ]}
    />
  )
}

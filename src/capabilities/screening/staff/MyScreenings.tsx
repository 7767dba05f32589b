import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { sectors } from '#platform/country/vocabulary.ts'
import { call } from '#staff/api.ts'
import { WaitingTag } from '#staff/phone/WaitingTag.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag } from '#ui/Tag.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type ScreeningRow, screening } from '../contract.ts'

type Sector = (typeof sectors)[number]
const nothing = { search: '', referred: '', sector: '' } as const

/** What this officer has recorded, newest first. The filters ask the server; the search looks through what is loaded. */
export function MyScreenings() {
  const { t } = useWords()
  const [wanted, setWanted] = useState<{ search: string; referred: '' | 'yes' | 'no'; sector: '' | Sector }>(nothing)
  const { search, referred, sector } = wanted
  const list = useInfiniteQuery({
    queryKey: [screening.list.id, { referred, sector }],
    queryFn: ({ pageParam, signal }) =>
      call(screening.list, {
        query: {
          limit: '20',
          ...(pageParam && { after: pageParam }),
          ...(referred && { referred }),
          ...(sector && { sector }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const shown = rows.filter(row => row.reference.toLowerCase().includes(search.trim().toLowerCase()))
  const filtered = search !== '' || referred !== '' || sector !== ''
  const clear = (
    <Button variant="secondary" onClick={() => setWanted(nothing)}>
      {t('screening.list.clear')}
    </Button>
  )
  return (
    <section className="stack-close" aria-labelledby="mine">
      <h2 id="mine">{t('screening.list.title')}</h2>
      {(rows.length > 0 || filtered) && (
        <search className="list-filters">
          <TextField
            name="search"
            type="search"
            label={t('screening.list.search')}
            autoComplete="off"
            value={search}
            onChange={event => setWanted({ ...wanted, search: event.target.value })}
          />
          <SelectField
            name="referred"
            label={t('screening.list.referred')}
            value={referred}
            onChange={event => setWanted({ ...wanted, referred: event.target.value as typeof referred })}
            options={['', 'yes', 'no'].map(value => ({ value, label: t(`screening.list.referred.${value || 'all'}`) }))}
          />
          <SelectField
            name="sector"
            label={t('screening.list.sector')}
            value={sector}
            onChange={event => setWanted({ ...wanted, sector: event.target.value as typeof sector })}
            placeholder={t('screening.list.sector.all')}
            options={sectors.map(value => ({ value, label: t(`sector.${value}`) }))}
          />
        </search>
      )}
      {list.isPending && <Loading lines={4} />}
      {list.isError && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && !filtered && (
        <EmptyState title={t('screening.list.empty.title')}>{t('screening.list.empty.text')}</EmptyState>
      )}
      {list.isSuccess && shown.length === 0 && filtered && (
        <EmptyState title={t('screening.list.none.title')} action={clear}>
          {t('screening.list.none.text')}
        </EmptyState>
      )}
      <p className="hidden-visually" role="status">
        {list.isSuccess && t('screening.list.count', { count: shown.length })}
      </p>
      <div>
        {shown.map(row => (
          <Row key={row.id} row={row} />
        ))}
      </div>
      {list.hasNextPage && (
        <Button variant="secondary" wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('screening.list.more')}
        </Button>
      )}
    </section>
  )
}

function Row({ row }: { row: ScreeningRow }) {
  const words = useWords()
  const { t } = words
  return (
    <Card
      level={3}
      title={
        <Link to="/screenings/$screening" params={{ screening: row.id }}>
          {row.reference}
        </Link>
      }
      aside={
        <Tag tone={row.referred ? 'good' : 'neutral'}>
          {t(row.referred ? 'screening.tag.referred' : 'screening.tag.not-referred')}
        </Tag>
      }
    >
      <div className="row-about">
        <span>
          {words.dateTime(row.saidAt)}
          {row.sector && <> · {t(`sector.${row.sector}`)}</>}
        </span>
        <WaitingTag record={row.id} />
        {row.child && <Tag tone="info">{t('screening.tag.child')}</Tag>}
        {row.danger && <Tag tone="danger">{t('screening.tag.danger')}</Tag>}
      </div>
    </Card>
  )
}

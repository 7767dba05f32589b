import { useInfiniteQuery } from '@tanstack/react-query'
import { createLink, Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { call } from '#staff/api.ts'
import { useWaiting } from '#staff/phone/here.ts'
import { WaitingTag } from '#staff/phone/WaitingTag.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Clock } from '#ui/Clock.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type ReferralRow, type ReferralStatus, referralStatuses, referrals } from '../../contract.ts'
import { waitsForAnswer } from '../../flow.ts'
import { ReferralTag } from '../tags.tsx'
import './sender.css'

const To = createLink(LinkButton)
const nothing = { search: '', status: '' } as const

/** What this officer has sent, newest first, each with where it stands and when its answer is due. */
export default function Sent() {
  const { t } = useWords()
  const [wanted, setWanted] = useState<{ search: string; status: '' | ReferralStatus }>(nothing)
  // References are written in capitals; nobody types them so on a phone.
  const search = useDeferredValue(wanted.search.trim().toUpperCase().slice(0, 40))
  const { status } = wanted
  const list = useInfiniteQuery({
    queryKey: [referrals.list.id, { box: 'sent', search, status }],
    queryFn: ({ pageParam, signal }) =>
      call(referrals.list, {
        query: {
          box: 'sent',
          limit: '20',
          ...(pageParam && { after: pageParam }),
          ...(search && { search }),
          ...(status && { status }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: kept => kept,
  })
  const rows = list.data?.pages.flatMap(page => page.items) ?? []
  const filtered = search !== '' || status !== ''
  return (
    <div className="stack">
      <PageHeader title={t('referral.sent.title')} />
      {(rows.length > 0 || filtered) && (
        <search className="sent-filters">
          <TextField
            name="search"
            type="search"
            label={t('referral.sent.search')}
            autoComplete="off"
            maxLength={40}
            value={wanted.search}
            onChange={event => setWanted({ ...wanted, search: event.target.value })}
          />
          <SelectField
            name="status"
            label={t('referral.sent.status')}
            value={status}
            onChange={event => setWanted({ ...wanted, status: event.target.value as typeof status })}
            placeholder={t('referral.sent.status.all')}
            options={referralStatuses.map(value => ({ value, label: t(`referral.status.${value}`) }))}
          />
        </search>
      )}
      {list.isPending && <Loading lines={4} />}
      {list.isError && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && !filtered && (
        <EmptyState
          title={t('referral.sent.empty.title')}
          action={
            <To to="/" variant="secondary">
              {t('referral.sent.empty.go')}
            </To>
          }
        >
          {t('referral.sent.empty.text')}
        </EmptyState>
      )}
      {list.isSuccess && rows.length === 0 && filtered && (
        <EmptyState
          title={t('referral.sent.none.title')}
          action={
            <Button variant="secondary" onClick={() => setWanted(nothing)}>
              {t('referral.sent.clear')}
            </Button>
          }
        >
          {t('referral.sent.none.text')}
        </EmptyState>
      )}
      <p className="hidden-visually" role="status">
        {list.isSuccess && t('referral.sent.count', { count: rows.length })}
      </p>
      <section aria-label={t('referral.sent.list.label')}>
        {rows.map(row => (
          <Row key={row.id} row={row} />
        ))}
      </section>
      {list.hasNextPage && (
        <Button variant="secondary" wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('referral.sent.more')}
        </Button>
      )}
    </div>
  )
}

function Row({ row }: { row: ReferralRow }) {
  const { t } = useWords()
  const here = useWaiting(row.id) || row.dueAt === ''
  const waits = !here && waitsForAnswer(row.status)
  return (
    <Card
      title={
        <Link to="/referrals/$referral" params={{ referral: row.id } as never}>
          {row.reference}
        </Link>
      }
      aside={here ? <WaitingTag record={row.id} /> : <ReferralTag status={row.status} />}
    >
      <p>{t('referral.sent.to', { name: row.to.name })}</p>
      {waits && <Clock due={row.dueAt} warnAt={row.warnAt} />}
    </Card>
  )
}

import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { UrgencyTag } from '#capabilities/cases/staff/parts.tsx'
import { useAsk, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import type { Due } from '../contract-closing.ts'
import './care.css'

const stale = ['care.today', 'care.followUps', 'care.plans', 'care.closing'] as const
const pageOf = { 'follow-up': 'follow-ups', 'safety-review': 'safety', action: 'plan' } as const

/** What waits today in the reader's own cases. */
export default function TodayPage() {
  const words = useWords()
  const { t } = words
  const [ahead, setAhead] = useState<'0' | '7'>('0')
  const found = useAsk(care.today, { query: { ahead } })
  return (
    <div className="stack">
      <PageHeader title={t('care.today.title')}>{found.data && words.date(found.data.day, 'weekday')}</PageHeader>
      <SelectField
        name="ahead"
        label={t('care.today.ahead')}
        value={ahead}
        onChange={event => setAhead(event.target.value as '0')}
        options={[
          { value: '0', label: t('care.today.ahead.0') },
          { value: '7', label: t('care.today.ahead.7') },
        ]}
      />
      {found.isPending && <Loading lines={6} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && (
        <EmptyState title={t('care.today.none')}>{t('care.today.none-text')}</EmptyState>
      )}
      {found.data && found.data.items.length > 0 && (
        <Card>
          <ul className="things">
            {found.data.items.map(one => (
              <Line key={`${one.kind} ${one.id}`} due={one as Due} />
            ))}
          </ul>
        </Card>
      )}
      {found.data?.more && <p>{t('care.today.more')}</p>}
    </div>
  )
}

function Line({ due }: { due: Due }) {
  const words = useWords()
  const { t } = words
  const mark = useCommand(care.markFollowUp, stale)
  const move = useCommand(care.moveAction, stale)
  const what =
    due.kind === 'clock'
      ? t(`case.clock.${due.code}`)
      : due.kind === 'follow-up'
        ? t(`care.follow-up.${due.code}`)
        : due.kind === 'action'
          ? t(`service.kind.${due.code}`)
          : t('care.today.review')
  const done = () => {
    if (due.kind === 'follow-up')
      mark.mutate({ params: { case: due.case, followUp: due.id }, version: due.version, body: { state: 'done' } })
    else move.mutate({ params: { case: due.case, action: due.id }, version: due.version, body: { state: 'done' } })
  }
  const error = mark.error ?? move.error
  return (
    <li className="thing">
      <div>
        {error && <Problem error={error} />}
        <p>
          {due.kind === 'clock' ? (
            <Link to="/cases/$case" params={{ case: due.case }}>
              {due.reference}
            </Link>
          ) : (
            <Link to={`/cases/$case/care/${pageOf[due.kind]}` as string} params={{ case: due.case } as never}>
              {due.reference}
            </Link>
          )}
          {', '}
          {what}
        </p>
        <p className="tags">
          <Tag tone={due.overdue ? 'danger' : 'neutral'}>
            {due.kind === 'clock' ? words.dateTime(due.due) : words.date(due.due, 'weekday')}
          </Tag>
          {due.overdue && <Tag tone="danger">{t('care.today.late')}</Tag>}
          <UrgencyTag urgency={due.urgency} />
        </p>
      </div>
      {(due.kind === 'follow-up' || due.kind === 'action') && (
        <Button
          variant="secondary"
          compact
          busy={mark.isPending || move.isPending}
          aria-label={t('care.today.done-which', { what, reference: due.reference })}
          onClick={done}
        >
          {t('care.today.done')}
        </Button>
      )}
    </li>
  )
}

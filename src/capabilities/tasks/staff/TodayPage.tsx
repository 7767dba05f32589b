import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { tasks } from '../contract.ts'
import { dayParts, type Waiting, type WaitingKind } from '../contract-today.ts'
import { DayThing } from './DayThing.tsx'
import { OwnForm } from './OwnForm.tsx'
import { stale } from './what.ts'
import './tasks.css'

const unit = new Set(['intake', 'coordinator', 'decision-maker'])

/** What waits for the reader, in the order of the day. */
export default function TodayPage() {
  const words = useWords()
  const { t } = words
  const { role } = useSession()
  const [ahead, setAhead] = useState<'0' | '7'>('7')
  const [kind, setKind] = useState('')
  const [adding, setAdding] = useState(false)
  const [done, setDone] = useState<{ id: string; version: number }>()
  const found = useAsk(tasks.today, { query: { ahead, ...(kind ? { kind: kind as WaitingKind } : {}) } })
  const undo = useCommand(tasks.undo, stale)
  const items = (found.data?.items ?? []) as Waiting[]
  return (
    <div className="stack">
      <PageHeader
        title={t('tasks.title')}
        actions={
          !adding && (
            <Button variant="secondary" onClick={() => setAdding(true)}>
              {t('tasks.new.own')}
            </Button>
          )
        }
      >
        {found.data && words.date(found.data.day, 'weekday')}
      </PageHeader>
      {adding && <OwnForm onDone={() => setAdding(false)} />}
      <div className="day-filters">
        <SelectField
          name="ahead"
          label={t('tasks.ahead')}
          value={ahead}
          onChange={event => setAhead(event.target.value as '0')}
          options={(['0', '7'] as const).map(value => ({ value, label: t(`tasks.ahead.${value}`) }))}
        />
        {found.data && (found.data.kinds.length > 1 || kind) && (
          <SelectField
            name="kind"
            label={t('tasks.filter')}
            value={kind}
            onChange={event => setKind(event.target.value)}
            placeholder={t('tasks.filter.all')}
            options={found.data.kinds.map(one => ({
              value: one.kind,
              label: t('tasks.filter.one', { kind: t(`tasks.kind-of.${one.kind}`), count: one.count }),
            }))}
          />
        )}
      </div>
      <div role="status">
        {done && (
          <Banner tone="good">
            {t('tasks.done-now')}{' '}
            <Button
              variant="secondary"
              compact
              busy={undo.isPending}
              onClick={() =>
                undo.mutate(
                  { params: { task: done.id }, version: done.version, body: {} },
                  { onSuccess: () => setDone(undefined) },
                )
              }
            >
              {t('tasks.do.undo')}
            </Button>
          </Banner>
        )}
      </div>
      {undo.isError && <Problem error={undo.error} />}
      {found.isPending && <Loading lines={6} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data &&
        items.length === 0 &&
        (kind ? (
          <EmptyState title={t('tasks.none-of-kind')} />
        ) : (
          <EmptyState title={t('tasks.none')}>{t('tasks.none-text')}</EmptyState>
        ))}
      {dayParts.map(part => {
        const within = items.filter(one => one.part === part)
        return (
          within.length > 0 && (
            <Card key={part} title={t(`tasks.part.${part}`)}>
              <ul className="things">
                {within.map(one => (
                  <DayThing key={`${one.kind} ${one.id}`} one={one} onDone={setDone} />
                ))}
              </ul>
            </Card>
          )
        )
      })}
      {found.data?.more && <p>{t('tasks.more')}</p>}
      {unit.has(role) && (
        <p>
          <Link to={'/clocks' as never} search={{ state: 'overdue' } as never}>
            {t('tasks.overdue-unit')}
          </Link>
        </p>
      )}
    </div>
  )
}

import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Person } from '#capabilities/cases/staff/parts.tsx'
import type { Answer } from '#platform/contract/client.ts'
import { useAsk } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Timeline } from '#ui/Timeline.tsx'
import { useWords } from '#ui/words-context.tsx'
import { oversight } from '../contract.ts'
import './glass.css'

/** What broken glass opens, while it does: to read here, and nowhere else. */
export default function GlassPage() {
  const { t } = useWords()
  const { glass } = useParams({ strict: false }) as { glass: string }
  const found = useAsk(oversight.readGlass, { params: { glass } }, { staleTime: Number.POSITIVE_INFINITY })
  const left = useMinutesLeft(found.data?.until)
  if (found.isPending) return <Loading lines={6} />
  if (found.isError || left === 0)
    return (
      <div className="stack">
        <PageHeader title={t('glass.over')} />
        {found.isError && (found.error as { status?: number }).status !== 404 ? (
          <Problem error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <EmptyState title={t('glass.over-text')} action={<Link to={'/glass' as never}>{t('glass.back')}</Link>} />
        )}
      </div>
    )
  return <Sheet shown={found.data} left={left} />
}

function Sheet({ shown, left }: { shown: Answer<typeof oversight.readGlass>; left: number }) {
  const words = useWords()
  const { t } = words
  const { me } = useSession()
  return (
    <div className="stack glass-sheet">
      <PageHeader title={shown.reference} above={<Link to={'/glass' as never}>{t('glass.title')}</Link>}>
        {t('glass.sheet.lead')}
      </PageHeader>
      <Banner tone="warning" role="status">
        {t('glass.left', { minutes: left })}
      </Banner>
      <p className="glass-mark">{t('glass.mark', { name: me.name, when: words.dateTime(shown.readAt) })}</p>
      {shown.child && <p>{t('glass.child')}</p>}
      <Person identity={shown.identity} />
      {shown.safety && <Safety plan={shown.safety} />}
      {shown.notes && (
        <Card title={t('glass.notes')}>
          {shown.notes.length === 0 ? (
            <p>{t('glass.no-notes')}</p>
          ) : (
            <Timeline
              label={t('glass.notes')}
              entries={[...shown.notes]
                .reverse()
                .map(note => ({ id: note.id, when: note.at, title: note.by, body: note.text }))}
            />
          )}
        </Card>
      )}
    </div>
  )
}

type Plan = NonNullable<Answer<typeof oversight.readGlass>['safety']>

/** How the person stays safe, as far as it helps in an emergency: whom not to call, what threatens, what was arranged. */
function Safety({ plan }: { plan: Plan }) {
  const words = useWords()
  const { t } = words
  const { ways, from, to, note } = plan.contact
  return (
    <Card title={t('glass.safety')} aside={plan.level && t(`glass.safety.level.${plan.level}`)}>
      <p>
        {ways.length > 0
          ? t('glass.safety.ways', { ways: words.list(ways.map(one => t(`glass.safety.way.${one}`))) })
          : t('glass.safety.no-way')}
        {from && to && <> {t('glass.safety.hours', { from, to })}</>}
      </p>
      {note && <p className="told">{note}</p>}
      <h3>{t('glass.safety.threats')}</h3>
      <ul>
        {plan.threats.map(one => (
          <li key={one.what}>
            {one.what} ({t(`glass.safety.level.${one.level}`)})
          </li>
        ))}
      </ul>
      <h3>{t('glass.safety.measures')}</h3>
      <ul>
        {plan.measures.map(one => (
          <li key={one.what}>{one.what}</li>
        ))}
      </ul>
    </Card>
  )
}

/** Whole minutes until then, counted down; 0 when it is over. */
function useMinutesLeft(until: string | undefined): number {
  const [left, setLeft] = useState(60)
  useEffect(() => {
    if (until === undefined) return
    const count = () => setLeft(Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 60_000)))
    count()
    const timer = setInterval(count, 5_000)
    return () => clearInterval(timer)
  }, [until])
  return left
}

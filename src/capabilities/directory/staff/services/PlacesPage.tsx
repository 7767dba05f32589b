import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { directory, type Place, type Service } from '../../contract.ts'
import { SetPlaces } from './SetPlaces.tsx'
import './services.css'

const stale = [directory.get.id, directory.services.id]

/** How many places are free tonight: one press a change. Of the reader's own organisation. */
export default function PlacesPage() {
  const { t } = useWords()
  const organisation = useSession().organisation.id
  const asked = useAsk(directory.get, { params: { organisation } })
  if (asked.isPending) return <Loading lines={6} />
  if (!asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />
  const services = asked.data.services.filter(
    one => one.active && (one.places.length > 0 || one.kind === 'safe-accommodation'),
  )
  return (
    <div className="stack">
      <PageHeader title={t('places.title')}>{t('places.lead')}</PageHeader>
      {services.length === 0 && (
        <EmptyState
          title={t('places.no-service')}
          action={
            <Link to="/organisations/$organisation" params={{ organisation }} className="button button-secondary">
              {t('places.to-organisation')}
            </Link>
          }
        >
          {t('places.no-service-text')}
        </EmptyState>
      )}
      {services.map(one => (
        <PlacesOf key={one.id} organisation={organisation} service={one} />
      ))}
    </div>
  )
}

function PlacesOf({ organisation, service }: { organisation: string; service: Service }) {
  const { t } = useWords()
  const [setting, setSetting] = useState(false)
  const none = service.places.length === 0
  return (
    <section className="stack">
      <h2>{service.name ?? t(`service.kind.${service.kind}`)}</h2>
      {none && !setting && (
        <EmptyState
          title={t('places.none')}
          action={<Button onClick={() => setSetting(true)}>{t('places.set')}</Button>}
        >
          {t('places.none-text')}
        </EmptyState>
      )}
      {!setting && !none && (
        <>
          <ul className="places">
            {service.places.map(one => (
              <OnePlace key={one.kind} organisation={organisation} service={service.id} place={one} />
            ))}
          </ul>
          <div className="actions">
            <Button variant="secondary" onClick={() => setSetting(true)}>
              {t('places.set')}
            </Button>
          </div>
        </>
      )}
      {setting && <SetPlaces organisation={organisation} service={service} onDone={() => setSetting(false)} />}
    </section>
  )
}

function OnePlace({ organisation, service, place }: { organisation: string; service: string; place: Place }) {
  const words = useWords()
  const { t } = words
  const count = useCommand(directory.countPlaces, stale)
  const kind = t(`place.kind.${place.kind}`)
  const counted = count.error as { code?: string } | null
  const set = (free: number) =>
    count.mutate({ params: { organisation, service, kind: place.kind }, version: place.version, body: { free } })
  return (
    <li className="place">
      <h3>{kind}</h3>
      <Button
        variant="secondary"
        busy={count.isPending}
        disabled={place.free === 0}
        aria-label={t('places.fewer', { kind })}
        onClick={() => set(place.free - 1)}
      >
        −
      </Button>
      <p className="place-count" role="status">
        <strong>{words.number(place.free)}</strong>
        <span className="hidden-visually"> {t('places.free', { free: place.free })} </span>
        <span className="note">{t('places.of', { total: place.total })}</span>
      </p>
      <Button
        variant="secondary"
        busy={count.isPending}
        disabled={place.free === place.total}
        aria-label={t('places.more', { kind })}
        onClick={() => set(place.free + 1)}
      >
        +
      </Button>
      <p className="note">{t('places.told', { when: words.relative(place.toldAt) })}</p>
      {counted &&
        (counted.code === 'version-stale' ? (
          <Banner tone="warning">{t('places.stale')}</Banner>
        ) : (
          <Problem error={count.error} />
        ))}
    </li>
  )
}

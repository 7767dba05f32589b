import type { ReactNode } from 'react'
import { languageName } from '#platform/country/names.ts'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Service } from '../../contract.ts'
import { forWhom } from '../../for-whom.ts'
import { usePlaceName } from '../use-place-name.ts'
import { hoursLines } from './hours-lines.ts'

/** What is known of a service, a line each; what nobody said is left out. */
export function ServiceFacts({ service }: { service: Service }) {
  const words = useWords()
  const { t, lang } = words
  const placeName = usePlaceName()
  const lines: [string, ReactNode][] = [
    [t('directory.languages'), service.languages.map(code => languageName(code, lang)).join(', ')],
    [t('directory.area'), service.area && placeName(service.area)],
    [t('services.for'), forWhom(service, words).join(' · ')],
    [t('services.nationalities'), service.nationalities.join(', ')],
    [t('services.ask'), service.howToAsk.map(one => t(`service.ask.${one}`)).join(' · ')],
    [t('services.cost'), service.cost && t(`service.cost.${service.cost}`)],
    [t('services.hours'), hoursLines(service, words).join(' · ')],
    [t('services.access'), service.accessNeeds.map(one => t(`service.access.${one}`)).join(' · ')],
    [
      t('services.interpreters'),
      [
        ...service.interpreterSexes.map(one => t(`service.served.${one}`)),
        service.vouchedBy && t('services.vouched', { who: service.vouchedBy }),
      ]
        .filter(Boolean)
        .join(' · '),
    ],
  ]
  return (
    <>
      {service.description && <p className="service-words">{service.description}</p>}
      <dl className="service-facts">
        {lines.map(
          ([term, value]) =>
            value && (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {service.places.length > 0 && (
        <ul className="service-places">
          {service.places.map(one => (
            <li key={one.kind}>
              <Tag tone={one.free > 0 ? 'good' : 'neutral'}>
                {t('services.places.one', { kind: t(`place.kind.${one.kind}`), free: one.free, total: one.total })}
              </Tag>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Its name, and of which kind it is where it has one. */
export function ServiceName({ service }: { service: Service }) {
  const { t } = useWords()
  const kind = t(`service.kind.${service.kind}`)
  return (
    <>
      <strong>{service.name ?? kind}</strong>
      {service.name && <span className="note"> {kind}</span>}
      {service.open !== null && (
        <>
          {' '}
          <Tag tone={service.open ? 'good' : 'neutral'}>{t(service.open ? 'services.open' : 'services.closed')}</Tag>
        </>
      )}
      {service.public && (
        <>
          {' '}
          <Tag tone="info">{t('services.public')}</Tag>
        </>
      )}
    </>
  )
}

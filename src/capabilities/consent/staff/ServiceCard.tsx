import { directory, type Hotline, type OrganisationRow } from '#capabilities/directory/contract.ts'
import { useCountry } from '#capabilities/directory/staff/parts.tsx'
import { dial } from '#platform/country/dial.ts'
import { weekday } from '#platform/words/weekday.ts'
import type { Words } from '#platform/words/words.ts'
import { useAll } from '#staff/use-all.ts'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { lineName, offeredBy } from '../card.ts'
import { Picture } from './pictures.tsx'

/**
 * Numbers and public services, as anybody might carry them: nothing about a person, nothing that says why.
 * @param words of the person's language
 */
export function ServiceCard({ words }: { words: Words }) {
  const { t, lang } = words
  const country = useCountry()
  const bodies = useAll(directory.list)
  if (country.isPending) return <Loading />
  if (country.isError) return <Problem error={country.error} onRetry={() => void country.refetch()} />
  const offers = (bodies.data?.items ?? [])
    .map(body => ({ body, services: offeredBy(body) }))
    .filter(({ services }) => services.length > 0)
  return (
    <section className="service-card" lang={lang} dir={words.dir}>
      <h2>
        <Picture name="telephone" small />
        {t('consent.card.title')}
      </h2>
      <p>{t('consent.card.lead')}</p>
      {country.data.hotlines.length === 0 ? (
        <p>{t('country.numbers.none')}</p>
      ) : (
        <ul className="service-lines">
          {country.data.hotlines.map(line => (
            <Line key={line.code} line={line} words={words} />
          ))}
        </ul>
      )}
      {offers.length > 0 && (
        <>
          <h3>{t('consent.card.offers')}</h3>
          <ul className="service-offers">
            {offers.map(({ body, services }) => (
              <Offer key={body.id} body={body} what={services.map(one => t(`service.kind.${one}`)).join(' · ')} />
            ))}
          </ul>
        </>
      )}
      {country.data.demonstration && <p className="service-example">{t('consent.card.demonstration')}</p>}
    </section>
  )
}

function Line({ line, words }: { line: Hotline; words: Words }) {
  const { t, lang } = words
  const { name, kind } = lineName(line, lang)
  const { hours } = line
  const open =
    hours === null
      ? t('country.hours.always')
      : t('country.hours.some', {
          days: words.list(hours.days.map(day => weekday(day, lang))),
          from: hours.from,
          to: hours.to,
        })
  return (
    <li>
      <span className="service-name">{name ?? t(`consent.card.line.${kind}`)}</span>
      <Call number={line.number} />
      <span className="service-about">{line.free ? `${open} · ${t('country.free')}` : open}</span>
    </li>
  )
}

const Offer = ({ body, what }: { body: OrganisationRow; what: string }) => (
  <li>
    <span className="service-name">{body.name}</span>
    {body.phone && <Call number={body.phone} />}
    <span className="service-about">{what}</span>
  </li>
)

const Call = ({ number }: { number: string }) => (
  <a className="service-number" dir="ltr" href={dial(number)}>
    {number}
  </a>
)

import type { CountryPack } from '#platform/country/pack.ts'
import { settable } from '#platform/documents/pdf.ts'
import type { Report } from '#platform/documents/report.ts'
import type { Words } from '#platform/words/words.ts'
import type { Coverage } from '../../contract.ts'
import { standardNames } from '../../definition.ts'
import { unmetNote, unmetText } from '../../unmet-text.ts'
import { placeName, scoreText } from './names.ts'

type Counted = Coverage['country']
/** Numbers of services and of places, as one sentence each. */
export function countsText(words: Words) {
  const { t } = words
  const none = t('situation.coverage.none')
  const services = ({ services }: Counted) =>
    services.length === 0
      ? none
      : services
          .map(({ kind, count }) =>
            t('situation.coverage.count', { what: t(`service.kind.${kind}`), count: words.number(count) }),
          )
          .join(', ')
  const places = ({ places }: Counted) =>
    places.length === 0
      ? t('situation.coverage.untold')
      : places
          .map(({ kind, free, total }) => t('services.places.one', { kind: t(`place.kind.${kind}`), free, total }))
          .join(', ')
  const unmet = ({ unmet }: Counted) =>
    unmet === null
      ? t('situation.coverage.unmet-untold')
      : unmet.length === 0
        ? none
        : unmet.map(one => unmetText(one, words)).join(', ')
  return { services, places, unmet }
}

/** What there is by area, on paper. Safe places are one line for the whole country. */
export function coverageReport(found: Coverage, words: Words, pack: CountryPack, from: string): Report {
  const { t, lang } = words
  const { services: servicesText, places: placesText, unmet: unmetTexts } = countsText(words)
  const row = (name: string, of: Coverage['country']) => [name, servicesText(of), placesText(of), unmetTexts(of)]
  const assessed = found.areas.flatMap(one => (one.last ? [{ area: one.area, ...one.last }] : []))
  return {
    language: lang,
    title: t('situation.coverage.title'),
    from: settable(from),
    mark: pack.demonstration ? t('situation.paper.mark') : null,
    about: [t('situation.paper.day', { day: words.date(found.at) }), t('situation.coverage.lead')],
    parts: [
      {
        title: t('situation.coverage.by-area'),
        lines: found.country.unmet ? [unmetNote(found, words)] : [],
        table: {
          about: t('situation.coverage.by-area'),
          widths: [3, 5, 4, 4],
          head: [
            t('situation.area'),
            t('situation.coverage.services'),
            t('situation.coverage.free'),
            t('situation.coverage.unmet'),
          ],
          rows: [
            ...found.areas.map(one => row(placeName(pack, one.area, words), one)),
            row(t('situation.coverage.country'), found.country),
            row(t('situation.coverage.sheltered'), found.sheltered),
          ],
        },
      },
      {
        title: t('situation.coverage.last'),
        lines: assessed.length === 0 ? [t('situation.coverage.never')] : [],
        ...(assessed.length > 0 && {
          table: {
            about: t('situation.coverage.last'),
            widths: [3, 3, 8],
            head: [t('situation.area'), t('situation.coverage.finished'), t('situation.coverage.scores')],
            rows: assessed.map(one => [
              placeName(pack, one.area, words),
              words.date(one.finishedAt),
              one.scores.map(score => `${standardNames[score.standard][lang]}: ${scoreText(score, words)}`).join('; '),
            ]),
          },
        }),
      },
      {
        title: t('situation.actions.title'),
        lines: [t('situation.coverage.actions', found.actions)],
      },
    ],
  }
}

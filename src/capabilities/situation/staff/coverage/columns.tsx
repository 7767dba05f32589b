import { Link } from '@tanstack/react-router'
import type { Words } from '#platform/words/words.ts'
import type { Coverage } from '../../contract.ts'
import { standardNames } from '../../definition.ts'
import { unmetText } from '../../unmet-text.ts'
import { ScoreMark } from '../parts.tsx'

/** One line of the table: an area, the whole country, or safe places. */
export interface Line {
  readonly name: string
  readonly counted: Coverage['country']
  readonly last?: Coverage['areas'][number]['last']
}
export interface Column {
  readonly key: string
  readonly title: (words: Words) => string
  readonly cell: (line: Line, words: Words) => React.ReactNode
}

/** What is said of each area, a column for each source. What another slice counts becomes one more. */
export const columns: readonly Column[] = [
  {
    key: 'services',
    title: ({ t }) => t('situation.coverage.services'),
    cell: ({ counted: { services } }, words) =>
      services.length === 0 ? (
        words.t('situation.coverage.none')
      ) : (
        <ul className="situation-counts">
          {services.map(({ kind, count }) => (
            <li key={kind}>
              {words.t('situation.coverage.count', {
                what: words.t(`service.kind.${kind}`),
                count: words.number(count),
              })}
            </li>
          ))}
        </ul>
      ),
  },
  {
    key: 'places',
    title: ({ t }) => t('situation.coverage.free'),
    cell: ({ counted: { places } }, { t }) =>
      places.length === 0 ? (
        t('situation.coverage.untold')
      ) : (
        <ul className="situation-counts">
          {places.map(({ kind, free, total }) => (
            <li key={kind}>{t('services.places.one', { kind: t(`place.kind.${kind}`), free, total })}</li>
          ))}
        </ul>
      ),
  },
  {
    key: 'unmet',
    title: ({ t }) => t('situation.coverage.unmet'),
    cell: ({ counted: { unmet } }, words) =>
      unmet === null || unmet.length === 0 ? (
        words.t(unmet === null ? 'situation.coverage.unmet-untold' : 'situation.coverage.none')
      ) : (
        <ul className="situation-counts">
          {unmet.map(one => (
            <li key={`${one.kind} ${one.place}`}>{unmetText(one, words)}</li>
          ))}
        </ul>
      ),
  },
  {
    key: 'last',
    title: ({ t }) => t('situation.coverage.last'),
    cell: ({ last }, words) =>
      last === undefined ? (
        ''
      ) : last === null ? (
        words.t('situation.coverage.not-yet')
      ) : (
        <details>
          <summary>{words.date(last.finishedAt)}</summary>
          <ul className="situation-counts">
            {last.scores.map(score => (
              <li key={score.standard}>
                {standardNames[score.standard][words.lang]} <ScoreMark score={score} />
              </li>
            ))}
          </ul>
          <Link to={'/assessments/$assessment' as never} params={{ assessment: last.assessment } as never}>
            {words.t('situation.coverage.why')}
          </Link>
        </details>
      ),
  },
]

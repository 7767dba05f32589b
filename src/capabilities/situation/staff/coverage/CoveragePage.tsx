import { useState } from 'react'
import { serviceKinds } from '#capabilities/directory/contract.ts'
import { address } from '#platform/contract/client.ts'
import { useAsk } from '#staff/api.ts'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Coverage, situation } from '../../contract.ts'
import { unmetNote } from '../../unmet-text.ts'
import { Pages, PdfLink } from '../parts.tsx'
import { useAreas } from '../use-subject.ts'
import { columns, type Line } from './columns.tsx'
import { countOf, kindsIn, levelOf, levels } from './levels.ts'

/** What can be reached from where: a tile for each area, and beside it the same in a table. */
export default function CoveragePage() {
  const { t, lang } = useWords()
  const found = useAsk(situation.coverage, {})
  return (
    <div className="stack situation-page">
      <Pages here="/situation/coverage" />
      <PageHeader
        title={t('situation.coverage.title')}
        actions={
          <PdfLink href={address(situation.coverageReport, { query: { language: lang } })}>
            {t('situation.pdf')}
          </PdfLink>
        }
      >
        {t('situation.coverage.lead')}
      </PageHeader>
      {found.isPending && <Loading lines={8} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && <Grid coverage={found.data as Coverage} />}
    </div>
  )
}

function Grid({ coverage }: { coverage: Coverage }) {
  const words = useWords()
  const { t } = words
  const { nameOf } = useAreas()
  const [kind, setKind] = useState('')
  const what = kind === '' ? t('situation.coverage.kinds') : t(`service.kind.${kind}`)
  const lines: readonly Line[] = [
    ...coverage.areas.map(one => ({ name: nameOf(one.area), counted: one, last: one.last })),
    { name: t('situation.coverage.country'), counted: coverage.country },
    { name: t('situation.coverage.sheltered'), counted: coverage.sheltered },
  ]
  return (
    <>
      <div className="situation-filters">
        <SelectField
          name="kind"
          label={t('situation.coverage.choose')}
          value={kind}
          onChange={event => setKind(event.target.value)}
          placeholder={t('situation.coverage.kinds')}
          options={kindsIn(coverage, serviceKinds).map(value => ({ value, label: t(`service.kind.${value}`) }))}
        />
      </div>
      <div className="situation-coverage">
        <section aria-label={t('situation.coverage.tiles')}>
          <ul className="situation-tiles">
            {coverage.areas.map(one => {
              const count = countOf(one, kind)
              const level = levelOf(count, kind)
              return (
                <li key={one.area} className={`situation-tile situation-tile-${level}`}>
                  <span className="situation-tile-name">{nameOf(one.area)}</span>
                  <span className="situation-tile-count">{words.number(count)}</span>
                  <span className="situation-tile-level">{t(`situation.coverage.level.${level}`)}</span>
                </li>
              )
            })}
          </ul>
          <p className="situation-soft">{t('situation.coverage.counted', { what })}</p>
          <ul className="situation-legend" aria-label={t('situation.coverage.legend')}>
            {levels.map(level => (
              <li key={level}>
                <span className={`situation-tile-${level} situation-swatch`} aria-hidden="true" />
                {t(`situation.coverage.level.${level}`)}
              </li>
            ))}
          </ul>
          <p>{t('situation.coverage.actions', coverage.actions)}</p>
        </section>
        <section className="situation-scroll" aria-label={t('situation.coverage.by-area')}>
          <table className="situation-table">
            <caption>{t('situation.coverage.by-area')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('situation.area')}</th>
                {columns.map(one => (
                  <th key={one.key} scope="col">
                    {one.title(words)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map(line => (
                <tr key={line.name}>
                  <th scope="row">{line.name}</th>
                  {columns.map(one => (
                    <td key={one.key}>{one.cell(line, words)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {coverage.country.unmet && <p className="situation-soft">{unmetNote(coverage, words)}</p>}
        </section>
      </div>
    </>
  )
}

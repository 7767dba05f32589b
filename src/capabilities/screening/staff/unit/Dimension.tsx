import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { DimensionReading } from '../../scoring.ts'

const weights = ['strong', 'medium', 'weak'] as const

/** One dimension: positive or not, the answers behind it, and the smallest changes that would turn it round. */
export function Dimension({ reading }: { reading: DimensionReading }) {
  const words = useWords()
  const { t } = words
  const { dimension, positive, because, heard, wouldChange } = reading
  const counted = (option: Readonly<Record<(typeof weights)[number], number>>) =>
    words.list(weights.filter(one => option[one] > 0).map(one => t(`screening.change.${one}`, { count: option[one] })))
  const options = words.list(wouldChange.options.map(counted), 'disjunction')
  const shown = positive ? because : heard
  return (
    <details className="dimension">
      <summary>
        <span>{t(`screening.dimension.${dimension}`)}</span>{' '}
        <Tag tone={positive ? 'warning' : 'neutral'}>
          {t(positive ? 'screening.dimension-state.positive' : 'screening.dimension-state.negative')}
        </Tag>
      </summary>
      {shown.length > 0 && (
        <>
          <p>{t(positive ? 'screening.unit.because' : 'screening.unit.heard')}</p>
          <ul>
            {shown.map(code => (
              <li key={code}>{t(`screening.indicator.${code}`)}</li>
            ))}
          </ul>
        </>
      )}
      <p>
        {wouldChange.options.length === 0
          ? t('screening.change.none')
          : t(`screening.change.${wouldChange.kind}`, { options })}
      </p>
    </details>
  )
}

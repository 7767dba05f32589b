import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { RiskLevel } from '../contract-assessment.ts'
import { levelOf } from '../risk.ts'

const tones: Record<RiskLevel, Tone> = { low: 'neutral', medium: 'info', high: 'warning', extreme: 'danger' }
export function RiskTag({ level }: { level: RiskLevel }) {
  const { t } = useWords()
  return <Tag tone={tones[level]}>{t(`care.risk.${level}`)}</Tag>
}

const steps = [1, 2, 3, 4, 5]
/** How likelihood and impact make a word: nobody has to believe a colour. */
export function Matrix() {
  const { t } = useWords()
  return (
    <details>
      <summary>{t('care.matrix')}</summary>
      <div className="care-scroll">
        <table className="care-matrix">
          <caption>{t('care.matrix.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('care.matrix.corner')}</th>
              {steps.map(impact => (
                <th key={impact} scope="col">
                  {impact}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map(likelihood => (
              <tr key={likelihood}>
                <th scope="row">{likelihood}</th>
                {steps.map(impact => (
                  <td key={impact}>{t(`care.risk.${levelOf(likelihood, impact)}`)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

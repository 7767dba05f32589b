import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { InstrumentRow } from '../../contract-instruments.ts'

const tones: Record<InstrumentRow['status'], Tone> = { draft: 'info', published: 'good', withdrawn: 'neutral' }

export function StateTag({ row: { status, shipped } }: { row: InstrumentRow }) {
  const { t } = useWords()
  if (shipped) return <Tag>{t('screening.instruments.state.shipped')}</Tag>
  return <Tag tone={tones[status]}>{t(`screening.instruments.state.${status}`)}</Tag>
}

export function ValidityTag({ row: { validity } }: { row: Pick<InstrumentRow, 'validity'> }) {
  const { t } = useWords()
  return (
    <Tag tone={validity.status === 'validated' ? 'good' : 'warning'}>
      {t(`screening.instruments.validity.${validity.status}`)}
    </Tag>
  )
}

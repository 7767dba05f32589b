import { useState } from 'react'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useSession } from '../../../../staff/session.ts'
import type { Screening } from '../../contract.ts'
import { getProfile } from '../../indicators.ts'
import { readAll } from '../../scoring.ts'
import { Dimension } from './Dimension.tsx'
import { IndicatorForm } from './IndicatorForm.tsx'

const mayComplete = ['intake', 'decision-maker']

/** The unit's indicators: how they read, dimension by dimension, with what made each positive and what would change it. */
export function Indicators({ found }: { found: Screening }) {
  const words = useWords()
  const { t } = words
  const { role } = useSession()
  const [editing, setEditing] = useState(false)
  const completed = found.indicators
  if (editing) return <IndicatorForm found={found} onDone={() => setEditing(false)} />
  return (
    <Card
      title={t('screening.unit.indicators')}
      footer={
        mayComplete.includes(role) && (
          <Button variant="secondary" onClick={() => setEditing(true)}>
            {t(completed ? 'screening.unit.again' : 'screening.unit.complete')}
          </Button>
        )
      }
    >
      <p>{t('screening.unit.indicators-lead')}</p>
      {completed && <Reading completed={completed} />}
    </Card>
  )
}

function Reading({ completed }: { completed: NonNullable<Screening['indicators']> }) {
  const words = useWords()
  const { t } = words
  const profile = getProfile(completed.profile)
  const read = readAll(profile, completed.answers)
  if (read.refused) return <Banner tone="warning">{t('screening.reading.refused.weights-missing')}</Banner>
  const forChild = `screening.reading.${read.reading}.explanation-child`
  const explanation =
    profile.person === 'child' && words.has(forChild) ? forChild : `screening.reading.${read.reading}.explanation`
  return (
    <div className="stack">
      {!completed.weightsSignedOff && <Banner tone="info">{t('screening.reading.weights-not-signed-off')}</Banner>}
      <div>
        <h3>{t(`screening.reading.${read.reading}.title`)}</h3>
        <p>{t(explanation)}</p>
        <p>{t(`screening.reading.${read.reading}.next`)}</p>
        <p className="hint">
          {t('screening.unit.read-by', { name: completed.by, when: words.dateTime(completed.at) })}
        </p>
      </div>
      {read.dimensions.map(one => (
        <Dimension key={one.dimension} reading={one} />
      ))}
    </div>
  )
}

import { useState } from 'react'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Shareable, shareable } from '../asking.ts'
import type { StepProps } from './ask-state.ts'
import { KeptFrom } from './KeptFrom.tsx'

/** What each of them may learn. Nothing is marked beforehand: the person says it, the officer marks it. */
export function Share({ asking, chosen, refused, onChange, ...rest }: StepProps) {
  const { t } = useWords()
  const [tried, setTried] = useState(false)
  const nobody = chosen.every(one => asking.share[one.id]?.includes('nothing'))
  const error = tried && nobody ? t('consent.ask.wrong.nobody') : undefined
  return (
    <StepPage
      title={t('consent.ask.share.title')}
      caption={t('consent.ask.caption')}
      hint={t('consent.ask.share.hint')}
      step={rest.step}
      of={rest.of}
      errors={error ? [{ field: `share-${chosen[0]?.id}`, message: error }] : refused}
      onContinue={() => {
        setTried(true)
        if (!nobody) rest.onContinue()
      }}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      {chosen.map(one => (
        <div key={one.id} className="share-with">
          <ChoiceGroup
            kind="checkbox"
            name={`share-${one.id}`}
            label={one.name}
            hint={t('consent.ask.share.always')}
            value={asking.share[one.id] ?? []}
            onChange={share => onChange({ share: { ...asking.share, [one.id]: share as (Shareable | 'nothing')[] } })}
            options={[
              // What was told goes to those who decide; who gives a service is told who comes.
              ...shareable
                .filter(value => value !== 'SVC' || one.competent)
                .map(value => ({ value: value as string, label: t(`consent.ask.share.${value}`) })),
              {
                value: 'nothing',
                label: t('consent.ask.share.excluded'),
                hint: t('consent.ask.share.excluded-hint'),
                exclusive: true,
              },
            ]}
          />
          <p className="kept-note" aria-live="polite">
            <KeptFrom name={one.name} share={asking.share[one.id] ?? []} />
          </p>
        </div>
      ))}
    </StepPage>
  )
}

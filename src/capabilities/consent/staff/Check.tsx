import { Button } from '#ui/Button.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Body, SavingProps } from './ask-state.ts'

/** What will stand in the ledger, read once more before it cannot be changed. */
export function Check({
  asking,
  chosen,
  busy,
  problem,
  onGo,
  ...rest
}: SavingProps & { onGo: (step: string) => void }) {
  const { t } = useWords()
  const change = (step: string, what: string) => (
    <Button
      variant="quiet"
      compact
      onClick={() => onGo(step)}
      aria-label={t('consent.ask.check.change-what', { what })}
    >
      {t('consent.ask.check.change')}
    </Button>
  )
  const learns = ({ id, name }: Body) => {
    const share = asking.share[id] ?? []
    if (share.includes('nothing')) return t('consent.ask.share.excluded', { name })
    if (share.length === 0) return t('consent.ask.share.only-coded')
    return (
      <ul className="plain-list">
        {share.map(one => (
          <li key={one}>{t(`consent.ask.share.${one}`)}</li>
        ))}
      </ul>
    )
  }
  return (
    <StepPage
      title={t('consent.ask.check.title')}
      caption={t('consent.ask.caption')}
      hint={t('consent.ask.check.hint')}
      step={rest.step}
      of={rest.of}
      busy={busy}
      continueLabel={t('consent.ask.check.save')}
      onContinue={rest.onContinue}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      {problem}
      <Summary
        rows={[
          ...chosen.map(one => {
            const term = t('consent.ask.check.sees', { name: one.name })
            return { term, value: learns(one), action: change('share', term) }
          }),
          {
            term: t('consent.ask.how.by'),
            value: t(`consent.ask.how.by.${asking.givenBy}`),
            action: change('how', t('consent.ask.how.by')),
          },
          { term: t('consent.ask.how.form'), value: t(`consent.ask.how.form.${asking.form}`) },
          { term: t('consent.ask.how.months'), value: t(`consent.ask.how.months.${asking.months}`) },
        ]}
      />
    </StepPage>
  )
}

import { CheckPage } from '#ui/CheckPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Body, SavingProps } from './ask-state.ts'

/** What will stand in the ledger, read once more before it cannot be changed. */
export function Check({ asking, chosen, onGo, ...rest }: SavingProps & { onGo: (step: string) => void }) {
  const { t } = useWords()
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
    <CheckPage
      title={t('consent.ask.check.title')}
      caption={t('consent.ask.caption')}
      hint={t('consent.ask.check.hint')}
      step={rest.step}
      of={rest.of}
      busy={rest.busy}
      problem={rest.problem}
      continueLabel={t('consent.ask.check.save')}
      onContinue={rest.onContinue}
      onBack={rest.onBack}
      onStop={rest.onStop}
      rows={[
        ...chosen.map(one => ({
          term: t('consent.ask.check.sees', { name: one.name }),
          value: learns(one),
          onChange: () => onGo('share'),
        })),
        {
          term: t('consent.ask.how.by'),
          value: t(`consent.ask.how.by.${asking.givenBy}`),
          onChange: () => onGo('how'),
        },
        { term: t('consent.ask.how.form'), value: t(`consent.ask.how.form.${asking.form}`) },
        { term: t('consent.ask.how.months'), value: t(`consent.ask.how.months.${asking.months}`) },
      ]}
    />
  )
}

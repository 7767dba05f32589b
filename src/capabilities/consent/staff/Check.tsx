import { CheckPage } from '#ui/CheckPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Body, giverOf, type SavingProps } from './ask-state.ts'
import { KeptFrom } from './KeptFrom.tsx'

/** What will stand in the ledger, read once more before it cannot be changed. */
export function Check({ asking, chosen, child, onGo, ...rest }: SavingProps & { onGo: (step: string) => void }) {
  const { t } = useWords()
  const givenBy = giverOf(asking, child)
  const isNever = ({ id }: Pick<Body, 'id'>) => asking.share[id]?.includes('nothing') === true
  const learns = ({ id, name }: Body) => {
    const share = asking.share[id] ?? []
    if (isNever({ id })) return t('consent.kept.never')
    return (
      <>
        <ul className="plain-list">
          {share.length === 0 && <li>{t('consent.ask.share.only-coded')}</li>}
          {share.map(one => (
            <li key={one}>{t(`consent.ask.share.${one}`)}</li>
          ))}
        </ul>
        <p className="kept-note">
          <KeptFrom name={name} share={share} />
        </p>
      </>
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
          term: isNever(one) ? one.name : t('consent.ask.check.sees', { name: one.name }),
          value: learns(one),
          onChange: () => onGo('share'),
        })),
        {
          term: t('consent.ask.how.by'),
          value: givenBy && t(`consent.ask.how.by.${child ? 'child-' : ''}${givenBy}`),
          onChange: () => onGo('how'),
        },
        { term: t('consent.ask.how.form'), value: t(`consent.ask.how.form.${asking.form}`) },
        { term: t('consent.ask.how.months'), value: t(`consent.ask.how.months.${asking.months}`) },
      ]}
    />
  )
}

import { useState } from 'react'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { forms } from '../contract.ts'
import { asksAssent, giversOf } from '../givers.ts'
import { type Asking, assentMissing, giverOf, type SavingProps } from './ask-state.ts'

const months = ['1', '6', '12', '0'] as const

/** Who answered, and how. After a no this is the last page, and it says that a no is all right. */
export function How({ asking, child, refused, onChange, busy, problem, ...rest }: SavingProps) {
  const { t } = useWords()
  const [tried, setTried] = useState(false)
  const no = asking.answer === 'no'
  const givenBy = giverOf(asking, child)
  const needed = [...(givenBy === '' ? ['givenBy'] : []), ...(assentMissing(asking, child) ? ['childAssent'] : [])].map(
    field => ({ field, message: t('consent.ask.wrong.choose') }),
  )
  const errors = tried && needed.length > 0 ? needed : refused
  const errorOf = (field: string) => errors.find(one => one.field === field)?.message
  return (
    <StepPage
      title={t(no ? 'consent.no.title' : 'consent.ask.how.title')}
      caption={t('consent.ask.caption')}
      hint={no && t('consent.no.hint')}
      step={rest.step}
      of={rest.of}
      errors={errors}
      busy={busy}
      {...(no && { continueLabel: t('consent.no.save') })}
      onContinue={() => {
        setTried(true)
        if (needed.length === 0) rest.onContinue()
      }}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      {problem}
      <ChoiceGroup
        kind="radio"
        name="givenBy"
        label={t('consent.ask.how.by')}
        hint={child && !no && t('consent.ask.how.by.child-hint')}
        error={errorOf('givenBy')}
        value={givenBy}
        onChange={value => onChange({ givenBy: value as Asking['givenBy'] })}
        options={giversOf(no ? 'refused' : 'given', child).map(value => ({
          value,
          label: t(`consent.ask.how.by.${child ? 'child-' : ''}${value}`),
        }))}
      />
      {asksAssent(child, givenBy) && (
        <ChoiceGroup
          kind="radio"
          name="childAssent"
          label={t('consent.ask.how.assent')}
          error={errorOf('childAssent')}
          value={asking.assent}
          onChange={value => onChange({ assent: value as Asking['assent'] })}
          options={['yes', 'no'].map(value => ({ value, label: t(`consent.ask.how.assent.${value}`) }))}
        />
      )}
      <ChoiceGroup
        kind="radio"
        name="form"
        label={t('consent.ask.how.form')}
        value={asking.form}
        onChange={value => onChange({ form: value as Asking['form'] })}
        options={forms.map(value => ({ value, label: t(`consent.ask.how.form.${value}`) }))}
      />
      {!no && (
        <SelectField
          name="months"
          label={t('consent.ask.how.months')}
          value={asking.months}
          onChange={event => onChange({ months: event.target.value })}
          options={months.map(value => ({ value, label: t(`consent.ask.how.months.${value}`) }))}
        />
      )}
    </StepPage>
  )
}

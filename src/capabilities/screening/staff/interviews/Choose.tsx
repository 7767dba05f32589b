import { useState } from 'react'
import { interpreters } from '#capabilities/consent/contract.ts'
import { useCountry } from '#capabilities/directory/staff/parts.tsx'
import { languageChoices, otherLanguage } from '#platform/country/names.ts'
import { inLanguage } from '#platform/forms/texts.ts'
import { Banner } from '#ui/Banner.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type InstrumentRow, interviewers } from '../../contract-instruments.ts'
import { type Before, keyOf } from './before.ts'
import type { BeforeProps } from './DangerFirst.tsx'

const paperFields = ['writtenAt', 'writtenBy'] as const

/** Which questions, in which language, with whose help, and who asks: the person has a say in all of it. */
export function Choose({
  before,
  rows,
  onChange,
  onContinue,
  onBack,
  onStop,
}: BeforeProps & { rows: readonly InstrumentRow[] }) {
  const { t, lang } = useWords()
  const [tried, setTried] = useState(false)
  const own = useCountry().data?.languages ?? []
  const asked = ['instrument', 'interpreter', 'interviewer', ...(before.paper ? paperFields : [])] as const
  const missing = asked.filter(name => before[name].trim() === '')
  const errorOf = (name: string) =>
    tried && missing.some(one => one === name)
      ? t(paperFields.some(one => one === name) ? 'screening.interview.write' : 'screening.interview.choose-one')
      : undefined
  const errors: FieldError[] = missing.flatMap(field => {
    const message = errorOf(field)
    return message ? [{ field, message }] : []
  })
  return (
    <StepPage
      title={t('screening.interview.choose')}
      caption={t('screening.interview.title')}
      hint={t('screening.interview.choose.hint')}
      step={2}
      of={3}
      errors={errors}
      onContinue={() => (missing.length > 0 ? setTried(true) : onContinue())}
      onBack={onBack}
      onStop={onStop}
    >
      {rows.length === 0 && <Banner tone="warning">{t('screening.interview.nothing-offered')}</Banner>}
      <ChoiceGroup
        kind="radio"
        name="instrument"
        label={t('screening.interview.instrument')}
        error={errorOf('instrument')}
        value={before.instrument}
        onChange={instrument => onChange({ instrument })}
        options={rows.map(row => ({
          value: keyOf(row),
          label: inLanguage(row.title, lang, 'en') ?? row.code,
          hint: t('screening.interview.instrument.hint', {
            layer: t(`screening.instruments.layer.${row.layer}`),
            validity: t(`screening.instruments.validity.${row.validity.status}`),
          }),
        }))}
      />
      <SelectField
        name="language"
        label={t('screening.interview.language')}
        value={before.language}
        onChange={event => onChange({ language: event.target.value })}
        options={[
          ...languageChoices(
            lang,
            [...new Set([...own, before.language])].filter(one => one !== otherLanguage),
          ),
          { value: otherLanguage, label: t('ui.language.other') },
        ]}
      />
      <ChoiceGroup
        kind="radio"
        name="interpreter"
        label={t('screening.interview.interpreter')}
        hint={t('screening.interview.interpreter.hint')}
        inline
        error={errorOf('interpreter')}
        value={before.interpreter}
        onChange={value => onChange({ interpreter: value as Before['interpreter'] })}
        options={interpreters.map(value => ({ value, label: t(`screening.option.interpreter.${value}`) }))}
      />
      <ChoiceGroup
        kind="radio"
        name="interviewer"
        label={t('screening.interview.interviewer')}
        inline
        error={errorOf('interviewer')}
        value={before.interviewer}
        onChange={value => onChange({ interviewer: value as Before['interviewer'] })}
        options={interviewers.map(value => ({ value, label: t(`screening.interview.interviewer.${value}`) }))}
      />
      <ChoiceGroup
        kind="checkbox"
        name="paper"
        label={t('screening.interview.paper')}
        hideLabel
        value={before.paper ? ['yes'] : []}
        onChange={value => onChange({ paper: value.length > 0 })}
        options={[{ value: 'yes', label: t('screening.interview.paper'), hint: t('screening.interview.paper.hint') }]}
      />
      {before.paper && (
        <>
          <TextField
            name="writtenAt"
            type="datetime-local"
            label={t('screening.interview.paper.when')}
            error={errorOf('writtenAt')}
            value={before.writtenAt}
            onChange={event => onChange({ writtenAt: event.target.value })}
          />
          <TextField
            name="writtenBy"
            label={t('screening.interview.paper.by')}
            error={errorOf('writtenBy')}
            value={before.writtenBy}
            maxLength={200}
            onChange={event => onChange({ writtenBy: event.target.value })}
          />
        </>
      )}
    </StepPage>
  )
}

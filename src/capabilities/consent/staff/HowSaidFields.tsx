import { useCountry, useNames } from '#capabilities/directory/staff/parts.tsx'
import { languageChoices, otherLanguage } from '#platform/country/names.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Said } from '../asking.ts'
import { forms, interpreters } from '../contract.ts'
import { asksAssent, giversOf } from '../givers.ts'

export type HowSaid = Omit<Said, 'saidAt'>

/** How it was said, as one line that opens where something was different this time. */
export function HowSaidFields({
  kind = 'withdrawn',
  said,
  child,
  error,
  onChange,
}: {
  kind?: 'given' | 'withdrawn'
  said: HowSaid
  /** undefined while nobody knows */
  child: boolean | undefined
  /** about the child's own answer */
  error: string | undefined
  onChange: (change: Partial<HowSaid>) => void
}) {
  const { t, lang } = useWords()
  const names = useNames()
  const own = useCountry().data?.languages ?? []
  const { givenBy, form, interpreter, childAssent } = said
  const language =
    interpreter === 'none'
      ? names.language(said.language)
      : t(`consent.interpreted.${interpreter}`, { language: names.language(said.language) })
  const by = (value: Said['givenBy']) => t(`consent.ask.how.by.${child ? 'child-' : ''}${value}`)
  const line = [by(givenBy), t(`consent.ask.how.form.${form}`), language].join(' · ')
  return (
    <>
      <details className="how-said">
        <summary>
          <span>
            <strong>{t('consent.ask.how.title')}</strong> {line}
          </span>
        </summary>
        <SelectField
          name="givenBy"
          label={t('consent.withdraw.by')}
          value={givenBy}
          onChange={event => onChange({ givenBy: event.target.value as Said['givenBy'], childAssent: undefined })}
          options={giversOf(kind, child).map(value => ({ value, label: by(value) }))}
        />
        <SelectField
          name="form"
          label={t('consent.ask.how.form')}
          value={form}
          onChange={event => onChange({ form: event.target.value as Said['form'] })}
          options={forms.map(value => ({ value, label: t(`consent.ask.how.form.${value}`) }))}
        />
        <SelectField
          name="language"
          label={t('consent.agreed.spoken')}
          value={said.language}
          onChange={event => onChange({ language: event.target.value })}
          options={[
            ...languageChoices(
              lang,
              [...new Set([...own, said.language])].filter(one => one !== otherLanguage),
            ),
            { value: otherLanguage, label: t('ui.language.other') },
          ]}
        />
        <SelectField
          name="interpreter"
          label={t('consent.interpreter')}
          value={interpreter}
          onChange={event => onChange({ interpreter: event.target.value as Said['interpreter'] })}
          options={interpreters.map(value => ({ value, label: t(`consent.interpreter.${value}`) }))}
        />
      </details>
      {asksAssent(child, givenBy) && (
        <ChoiceGroup
          kind="radio"
          name="childAssent"
          label={t('consent.ask.how.assent')}
          error={error}
          value={childAssent === undefined ? '' : childAssent ? 'yes' : 'no'}
          onChange={value => onChange({ childAssent: value === 'yes' })}
          options={['yes', 'no'].map(value => ({ value, label: t(`consent.ask.how.assent.${value}`) }))}
        />
      )}
    </>
  )
}

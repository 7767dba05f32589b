import { textIn, useCountry } from '#capabilities/directory/staff/parts.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { countryChoices, languageChoices, type Named, otherLanguage, stateless } from '#ui/languages-and-countries.ts'
import { PhoneField } from '#ui/PhoneField.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Field } from '../journey.ts'

/** One field of a page as the control that fits it. */
export function QuestionField({
  field,
  value,
  error,
  onAnswer,
}: {
  field: Field
  value: string | readonly string[] | undefined
  error: string | undefined
  onAnswer: (value: string | readonly string[]) => void
}) {
  const { t, has } = useWords()
  const choices = useChoices(field)
  const { name, kind, max } = field
  const one = typeof value === 'string' ? value : ''
  const hintKey = `screening.field.${name}.hint`
  const common = {
    name,
    label: t(
      name.startsWith('answers.') ? `screening.ask.${name.slice('answers.'.length)}` : `screening.field.${name}`,
    ),
    ...(has(hintKey) && { hint: t(hintKey) }),
    error,
  }
  // Only one or two fields of the journey are required; marking every other as optional would be noise where
  // the page's own hint says that all may stay empty.
  switch (kind) {
    case 'choice':
      return (
        <ChoiceGroup
          {...common}
          kind="radio"
          options={choices}
          value={one}
          onChange={onAnswer}
          {...(field.inline && { inline: true })}
          {...(field.untitled && { hideLabel: true })}
        />
      )
    case 'several':
    case 'tick':
      return (
        <ChoiceGroup
          {...common}
          kind="checkbox"
          options={choices}
          value={Array.isArray(value) ? value : []}
          onChange={onAnswer}
          {...(field.untitled && { hideLabel: true })}
        />
      )
    case 'list':
      return (
        <SelectField
          {...common}
          options={choices}
          placeholder={t(`screening.field.${name}.choose`)}
          value={one}
          onChange={event => onAnswer(event.target.value)}
        />
      )
    case 'text':
      return (
        <TextArea
          {...common}
          rows={6}
          maxLength={max}
          autoComplete="off"
          value={one}
          onChange={event => onAnswer(event.target.value)}
        />
      )
    case 'phone':
      return <PhoneField {...common} value={one} onChange={onAnswer} />
    default:
      return (
        <TextField
          {...common}
          autoComplete="off"
          maxLength={max}
          value={one}
          {...(kind === 'number' && { inputMode: 'numeric', width: 'short' as const })}
          onChange={event => onAnswer(kind === 'number' ? event.target.value.replace(/\D/g, '') : event.target.value)}
        />
      )
  }
}

function useChoices({ name, options, words }: Field): readonly Named[] {
  const { t, lang } = useWords()
  const country = useCountry().data
  if (options === 'languages')
    return [...languageChoices(lang, country?.languages ?? []), { value: otherLanguage, label: t('ui.language.other') }]
  if (options === 'countries') {
    const all = countryChoices(lang).filter(one => one.value !== country?.code)
    const own = country ? [{ value: country.code, label: textIn(country.names, lang) }] : []
    return [...own, { value: stateless, label: t('ui.nationality.none') }, ...all]
  }
  const age = country?.childUnder ?? 18
  return (options ?? []).map(code => ({
    value: code,
    label: name.startsWith('answers.')
      ? t(`screening.asked.${code}`)
      : name === 'signs'
        ? t(`screening.sign.${code}`)
        : t(words ? `${words}.${code}` : `screening.option.${name}.${code}`, { age }),
  }))
}

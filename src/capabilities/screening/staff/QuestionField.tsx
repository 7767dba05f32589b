import { textIn, useCountry } from '#capabilities/directory/staff/parts.tsx'
import { countryChoices, languageChoices, type Named, otherLanguage, stateless } from '#platform/country/names.ts'
import { inLanguage } from '#platform/forms/texts.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { PhoneField } from '#ui/PhoneField.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { InstrumentRow } from '../contract-instruments.ts'
import { type Field, noCard } from '../journey.ts'

/** One field of a page as the control that fits it. */
export function QuestionField({
  field,
  variant,
  cards,
  value,
  error,
  onAnswer,
}: {
  field: Field
  /** Ends the keys of words that are others here: `.paper` for what was written on paper. */
  variant: string
  /** To choose from, where the field is about them. */
  cards: readonly InstrumentRow[]
  value: string | readonly string[] | undefined
  error: string | undefined
  onAnswer: (value: string | readonly string[]) => void
}) {
  const { t, has } = useWords()
  const choices = useChoices(field, variant, cards)
  const { name, kind, max } = field
  const one = typeof value === 'string' ? value : ''
  const hintKey = `screening.field.${name}.hint`
  const common = {
    name,
    label: t(`screening.field.${name}`),
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
    case 'moment':
      return (
        <TextField
          {...common}
          type="datetime-local"
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

function useChoices(
  { name, options, words }: Field,
  variant: string,
  cards: readonly InstrumentRow[],
): readonly Named[] {
  const { t, has, lang } = useWords()
  const country = useCountry().data
  if (options === 'languages')
    return [...languageChoices(lang, country?.languages ?? []), { value: otherLanguage, label: t('ui.language.other') }]
  if (options === 'countries') {
    const all = countryChoices(lang).filter(one => one.value !== country?.code)
    const own = country ? [{ value: country.code, label: textIn(country.names, lang) }] : []
    return [...own, { value: stateless, label: t('ui.nationality.none') }, ...all]
  }
  const age = country?.childUnder ?? 18
  if (options === 'cards')
    return [
      ...cards.map(row => ({
        value: row.code,
        label: inLanguage(row.title, lang, row.languages[0] ?? 'en') ?? row.code,
      })),
      { value: noCard, label: t('screening.option.signCard.none') },
    ]
  return (options ?? []).map(code => {
    const key = words ? `${words}.${code}` : `screening.option.${name}.${code}`
    return { value: code, label: t(has(`${key}${variant}`) ? `${key}${variant}` : key, { age }) }
  })
}

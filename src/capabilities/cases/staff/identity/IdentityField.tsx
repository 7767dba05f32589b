import { textIn, useCountry, useNames } from '#capabilities/directory/staff/parts.tsx'
import { countryChoices, languageChoices, type Named, otherLanguage, stateless } from '#platform/country/names.ts'
import { DateField } from '#ui/DateField.tsx'
import { PhoneField } from '#ui/PhoneField.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type IdentityName, sexes } from '../../contract.ts'
import { safeToCall } from '../../contract-identity.ts'
import { labelOf } from './labels.ts'

const longest: Partial<Record<IdentityName, number>> = { givenName: 80, familyName: 80, knownAs: 80, document: 40 }

/** One field of who the person is, as the control that fits it. Each may be left empty, or emptied. */
export function IdentityField({
  name,
  value,
  label,
  error,
  onChange,
}: {
  name: IdentityName
  value: string
  /** Where something else than the field's own name asks. */
  label?: string
  error?: string | undefined
  onChange: (value: string) => void
}) {
  const { t } = useWords()
  const choices = useChoices(name, value)
  const common = { name, label: label ?? t(labelOf(name)), error }
  if (choices)
    return (
      <SelectField
        {...common}
        options={choices}
        placeholder={t('case.identity.not-known')}
        value={value}
        onChange={event => onChange(event.target.value)}
      />
    )
  if (name === 'birthDate') return <DateField {...common} value={value} onChange={onChange} />
  if (name === 'phone') return <PhoneField {...common} value={value} onChange={onChange} />
  return (
    <TextField
      {...common}
      autoComplete="off"
      value={value}
      {...(name === 'age' ? { inputMode: 'numeric', width: 'short', maxLength: 3 } : { maxLength: longest[name] })}
      onChange={event => onChange(name === 'age' ? event.target.value.replace(/\D/g, '') : event.target.value)}
    />
  )
}

/** What is chosen from, where the field is a choice; what stands there is always among it. */
function useChoices(name: IdentityName, value: string): readonly Named[] | undefined {
  const { t, lang } = useWords()
  const country = useCountry().data
  const names = useNames()
  const coded = (codes: readonly string[], words: string) =>
    codes.map(code => ({ value: code, label: t(`${words}.${code}`) }))
  const holding = (all: readonly Named[], named: (code: string) => string) =>
    value === '' || all.some(one => one.value === value) ? all : [{ value, label: named(value) }, ...all]
  switch (name) {
    case 'sex':
      return coded(sexes, 'sex')
    case 'safeToCall':
      return coded(safeToCall, 'safe-to-call')
    case 'language':
      return holding(
        [...languageChoices(lang, country?.languages ?? []), { value: otherLanguage, label: t('ui.language.other') }],
        names.language,
      )
    case 'nationality': {
      const own = country ? [{ value: country.code, label: textIn(country.names, lang) }] : []
      const others = countryChoices(lang).filter(one => one.value !== country?.code)
      return holding([...own, { value: stateless, label: t('ui.nationality.none') }, ...others], names.nationality)
    }
    default:
      return undefined
  }
}

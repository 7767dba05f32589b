import { textIn, useCountry } from '#capabilities/directory/staff/parts.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Field } from '../journey.ts'
import { countryChoices, languageChoices, otherLanguage, stateless } from './names.ts'

/** The name of a language in the screen's own. */
export function useLanguageName(): (code: string) => string {
  const { t, lang } = useWords()
  return code =>
    code === otherLanguage
      ? t('screening.language.other')
      : (languageChoices(lang, [code]).find(one => one.value === code)?.label ?? code)
}

/** An answer as a text to read again; empty where there is none. */
export function useAnswerText(): (field: Field, value: string | readonly string[] | undefined) => string {
  const { t, lang, list } = useWords()
  const country = useCountry().data
  const languageName = useLanguageName()
  return ({ name, options, words }, value) => {
    if (value === undefined || value.length === 0) return ''
    if (Array.isArray(value)) return list(value.map(code => t(`screening.option.${name}.${code}`)))
    const one = value as string
    if (options === 'languages') return languageName(one)
    if (options === 'countries') {
      if (one === stateless) return t('screening.nationality.none')
      if (one === country?.code) return textIn(country.names, lang)
      return countryChoices(lang).find(choice => choice.value === one)?.label ?? one
    }
    if (options === undefined) return one
    return t(words ? `${words}.${one}` : `screening.option.${name}.${one}`, { age: country?.childUnder ?? 18 })
  }
}

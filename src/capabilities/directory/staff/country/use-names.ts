import { countryName, languageName, otherLanguage, stateless } from '#platform/country/names.ts'
import { useWords } from '#ui/words-context.tsx'
import { textIn, useCountry } from './use-country.ts'

/** Names for the codes of languages and nationalities, in the reader's language; the session's country names itself. */
export function useNames(): {
  readonly language: (code: string) => string
  readonly nationality: (code: string) => string
} {
  const { t, lang } = useWords()
  const country = useCountry().data
  return {
    language: code => (code === otherLanguage ? t('ui.language.other') : languageName(code, lang)),
    nationality: code => {
      if (code === stateless) return t('ui.nationality.none')
      return code === country?.code ? textIn(country.names, lang) : countryName(code, lang)
    },
  }
}

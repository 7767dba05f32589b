import { useWords } from '#ui/words-context.tsx'
import { textIn, useCountry } from './country/use-country.ts'

/** A place of the country by its code, in the reader's language. */
export function usePlaceName(): (code: string) => string {
  const { lang } = useWords()
  const country = useCountry().data
  return code => textIn(country?.places.find(one => one.code === code)?.names ?? { [lang]: code }, lang)
}

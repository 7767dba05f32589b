import { useAsk } from '#staff/api.ts'
import { directory } from '../../contract.ts'

/** What the country pack says of the session's country. */
export const useCountry = () => useAsk(directory.country, {})

/** A text in the wanted language, else in English, else in whichever there is. */
export const textIn = (texts: Readonly<Record<string, string>>, lang: string): string =>
  texts[lang] ?? texts.en ?? Object.values(texts)[0] ?? ''

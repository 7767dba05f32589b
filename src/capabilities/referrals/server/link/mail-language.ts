import { languageOf, languages } from '#platform/words/words.ts'

/** The first language of an organisation that this site speaks. */
export const mailLanguage = (spoken: readonly string[] | undefined): string =>
  spoken?.find(one => languageOf(one) !== undefined) ?? languages[0]!.code

import { useAsk } from '#staff/api.ts'
import { useWords } from '#ui/words-context.tsx'
import { directory } from '../contract.ts'

/** A place of the country by its code, in the reader's language. */
export function usePlaceName(): (code: string) => string {
  const { lang } = useWords()
  const country = useAsk(directory.country, {})
  return code => {
    const names: Readonly<Record<string, string | undefined>> =
      country.data?.places.find(one => one.code === code)?.names ?? {}
    return names[lang] ?? names.en ?? code
  }
}

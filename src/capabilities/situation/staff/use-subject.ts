import { directory } from '#capabilities/directory/contract.ts'
import { useAsk } from '#staff/api.ts'
import { useWords } from '#ui/words-context.tsx'
import { areasOf } from '../areas.ts'

/** Areas of the country, in the reader's language. */
export function useAreas() {
  const { lang } = useWords()
  const places = useAsk(directory.country, {}).data?.places ?? []
  const nameOf = (code: string): string => {
    const names: Readonly<Record<string, string | undefined>> = places.find(one => one.code === code)?.names ?? {}
    return names[lang] ?? names.en ?? code
  }
  return { nameOf, options: areasOf(places).map(({ code }) => ({ value: code, label: nameOf(code) })) }
}

/** Whom an assessment is about, by name. */
export function useSubject() {
  const { nameOf } = useAreas()
  return (one: { organisation: { name: string } | null; area: string | null }): string =>
    one.organisation?.name ?? (one.area === null ? '' : nameOf(one.area))
}

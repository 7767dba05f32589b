import { useCountry, useNames } from '#capabilities/directory/staff/parts.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Field } from '../journey.ts'

/** An answer as a text to read again; empty where there is none. */
export function useAnswerText(): (field: Field, value: string | readonly string[] | undefined) => string {
  const { t, list } = useWords()
  const country = useCountry().data
  const names = useNames()
  return ({ name, options, words }, value) => {
    if (value === undefined || value.length === 0) return ''
    if (Array.isArray(value)) return list(value.map(code => t(`screening.option.${name}.${code}`)))
    const one = value as string
    if (options === 'languages') return names.language(one)
    if (options === 'countries') return names.nationality(one)
    if (options === undefined) return one
    return t(words ? `${words}.${one}` : `screening.option.${name}.${one}`, { age: country?.childUnder ?? 18 })
  }
}

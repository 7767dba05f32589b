import { useNames } from '#capabilities/directory/staff/parts.tsx'
import type { Json } from '#platform/sync/parcel-format.ts'
import { useWords } from '#ui/words-context.tsx'
import type { IdentityName } from '../../contract.ts'
import { typedOf } from './typed.ts'

/** A value of a field as people read it; the empty text where nothing is known. */
export function useShown(): (name: IdentityName, value: Json | undefined) => string {
  const words = useWords()
  const { t, has } = words
  const names = useNames()
  return (name, value) => {
    const text = typedOf(value)
    if (text === '') return ''
    const coded = (prefix: string) => (has(`${prefix}.${text}`) ? t(`${prefix}.${text}`) : text)
    switch (name) {
      case 'birthDate':
        return words.date(text, 'long')
      case 'sex':
        return coded('sex')
      case 'safeToCall':
        return coded('safe-to-call')
      case 'nationality':
        return names.nationality(text)
      case 'language':
        return names.language(text)
      default:
        return text
    }
  }
}

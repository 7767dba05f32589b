import { useWords } from '#ui/words-context.tsx'

/** Makes options of a closed list whose words stand under `prefix`. */
export function useOptions(): (prefix: string, values: readonly string[]) => { value: string; label: string }[] {
  const { t } = useWords()
  return (prefix, values) => values.map(value => ({ value, label: t(`${prefix}.${value}`) }))
}

/** Text as it is sent: composed, and absent when nothing was typed. */
export const typed = (text: string): string | undefined => {
  const composed = text.normalize('NFC').trim()
  return composed === '' ? undefined : composed
}

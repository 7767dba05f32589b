interface Option {
  value: string
  exclusive?: boolean
}

/** What is chosen after `option` was pressed; an exclusive answer and the others rule each other out. */
export function toggled(chosen: readonly string[], option: Option, options: readonly Option[]): string[] {
  if (chosen.includes(option.value)) return chosen.filter(value => value !== option.value)
  if (option.exclusive) return [option.value]
  const alone = new Set(options.filter(other => other.exclusive).map(other => other.value))
  return [...chosen.filter(value => !alone.has(value)), option.value]
}

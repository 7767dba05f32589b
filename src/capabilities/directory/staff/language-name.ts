/** Languages that people of the Caribbean and those who pass through it speak; a country's own come first. */
const spoken = ['en', 'es', 'fr', 'ht', 'nl', 'pt', 'zh', 'hi', 'ar']

/** Codes to choose from, each once. */
export const offeredLanguages = (...more: readonly (readonly string[])[]): string[] => [
  ...new Set([...more.flat(), ...spoken]),
]

/** "Haitian Creole" for `ht`, in the reader's language; the code where the browser knows no name. */
export function languageName(code: string, reader: string): string {
  try {
    const name = new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code
    return name.charAt(0).toLocaleUpperCase(reader) + name.slice(1)
  } catch {
    return code
  }
}

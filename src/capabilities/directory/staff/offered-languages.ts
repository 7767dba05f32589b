/** Languages that people of the Caribbean and those who pass through it speak; a country's own come first. */
const spoken = ['en', 'es', 'fr', 'ht', 'nl', 'pt', 'zh', 'hi', 'ar']

/** Codes to choose from, each once. */
export const offeredLanguages = (...more: readonly (readonly string[])[]): string[] => [
  ...new Set([...more.flat(), ...spoken]),
]

import type { LanguageCode } from '#platform/words/words.ts'

const place = 'samaan.language'

/** The language chosen on this device before sign-in; storage may be refused. */
export function chosenLanguage(): string | undefined {
  try {
    return localStorage.getItem(place) ?? undefined
  } catch {
    return undefined
  }
}
export function keepLanguage(lang: LanguageCode): void {
  try {
    localStorage.setItem(place, lang)
  } catch {
    // Chosen until the page closes, which is all this browser allows.
  }
}

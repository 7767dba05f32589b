import { createContext, type ReactNode, use, useEffect } from 'react'
import type { LanguageCode, Messages, Words } from '#platform/words/words.ts'

const Context = createContext<Words | null>(null)

/** Gives every component below its words, and tells the page which language and direction it is in. */
export function WordsProvider({ words, children }: { words: Words; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = words.lang
    document.documentElement.dir = words.dir
  }, [words])
  return <Context value={words}>{children}</Context>
}

/** The words of the person's language: `const { t } = useWords()`. */
export function useWords(): Words {
  const words = use(Context)
  if (!words) throw new Error('useWords needs a WordsProvider above it')
  return words
}

const loaders = {
  base: { en: () => import('virtual:words/en'), es: () => import('virtual:words/es') },
  desk: { en: () => import('virtual:words/desk/en'), es: () => import('virtual:words/desk/es') },
}

/** Fetches one language's messages; `desk` are those that only desk screens need. */
export const fetchMessages = async (lang: LanguageCode, part: 'base' | 'desk' = 'base'): Promise<Messages> =>
  (await loaders[part][lang]()).default

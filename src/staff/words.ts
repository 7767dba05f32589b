import type { LanguageCode, Message, Messages } from '#platform/words/words.ts'

/**
 * `first` is what sign-in, the frame and an officer's first page say (vite.config.ts names their files), `rest` what
 * everybody else and every further page says, `desk` what only desk roles read.
 */
export type WordsPart = 'first' | 'rest' | 'desk'

const loaders = {
  first: { en: () => import('virtual:words/first/en'), es: () => import('virtual:words/first/es') },
  rest: { en: () => import('virtual:words/rest/en'), es: () => import('virtual:words/rest/es') },
  desk: { en: () => import('virtual:words/desk/en'), es: () => import('virtual:words/desk/es') },
}

// They grow in place: words made from them know at once what came later.
const known: Record<LanguageCode, Record<string, Message>> = { en: {}, es: {} }
const wanted = new Set<WordsPart>(['first'])
let current: LanguageCode = 'en'

const fetchWanted = async (): Promise<Messages> => {
  const lang = current
  await Promise.all([...wanted].map(async part => Object.assign(known[lang], (await loaders[part][lang]()).default)))
  return known[lang]
}

/** Changes the page's language: fetches every part asked for so far, and `part`. */
export function wordsIn(lang: LanguageCode, part: WordsPart): Promise<Messages> {
  current = lang
  wanted.add(part)
  return fetchWanted()
}

/** Whether the rest was asked for; a key that is missing then is missing everywhere. */
export const restWanted = (): boolean => wanted.has('rest')

/** Fetches the rest of the words beside what `load` fetches, for pages that are not somebody's first. */
export const withRest =
  <Loaded>(load: () => Promise<Loaded>) =>
  async (): Promise<Loaded> => {
    wanted.add('rest')
    return (await Promise.all([load(), fetchWanted()]))[0]
  }

import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root as installation } from '../config/root.ts'
import { parse } from './parse.ts'
import {
  createWords,
  type LanguageCode,
  languageOf,
  languages,
  type Message,
  type Words,
  type WordsOptions,
} from './words.ts'

const source = join(installation, 'src')

export type Catalogue = Readonly<Record<string, string>>
export type Catalogues = Readonly<Record<LanguageCode, Catalogue>>

/**
 * Which words a reader needs: `base` for everybody who signs in, `desk` for desk screens (files named
 * `desk.<lang>.json`, or `<name>-desk.<lang>.json`), `site` for the public site alone (`site.<lang>.json`,
 * `<name>-site.<lang>.json`, and everything under `src/site`).
 */
export type Part = 'base' | 'desk' | 'site'

const partOf = (file: string): Part => {
  const name = basename(file).split('.').slice(0, -2).join('.')
  if (file.startsWith('site/') || /(^|-)site$/.test(name)) return 'site'
  return /(^|-)desk$/.test(name) ? 'desk' : 'base'
}

/** Paths, relative to `root`, of every file of words. */
export const wordsFiles = (root = source): string[] =>
  globSync('**/words/*.json', { cwd: root })
    .map(file => file.replaceAll('\\', '/'))
    .sort()

/**
 * Merges every `words/<lang>.json` and `words/<name>.<lang>.json` under `root` into one catalogue a language.
 * Throws when a file's language is unknown, a value is not a text, or one key has two different texts.
 */
export function loadCatalogues(parts: readonly Part[] = ['base', 'desk', 'site'], root = source): Catalogues {
  const merged = Object.fromEntries(languages.map(({ code }) => [code, {}])) as Record<
    LanguageCode,
    Record<string, string>
  >
  const origin = new Map<string, string>()
  for (const file of wordsFiles(root)) {
    const language = languageOf(basename(file, '.json').split('.').at(-1) ?? '')
    if (!language) throw new Error(`${file}: its name does not end in a language we speak`)
    if (!parts.includes(partOf(file))) continue
    const catalogue = merged[language.code]
    const words: unknown = JSON.parse(readFileSync(join(root, file), 'utf8'))
    for (const [key, text] of Object.entries(words as object)) {
      if (typeof text !== 'string' || text.trim() === '') throw new Error(`${file}: "${key}" is not a text`)
      const known = catalogue[key]
      if (known !== undefined && known !== text) {
        throw new Error(`"${key}" has one text in ${file} and another in ${origin.get(`${language.code} ${key}`)}`)
      }
      catalogue[key] = text
      origin.set(`${language.code} ${key}`, file)
    }
  }
  return merged
}

/**
 * The messages of one language as a browser's bundle carries them: a text without arguments stays a text, any
 * other is parsed here so that the bundle needs no parser.
 */
export function messagesForBrowser(lang: LanguageCode, part: Part, root = source): Record<string, Message> {
  return Object.fromEntries(
    Object.entries(loadCatalogues([part], root)[lang]).map(([key, text]) => [
      key,
      /[{'#]/.test(text) ? parse(text) : text,
    ]),
  )
}

/** The server's words in every language, read once at start. */
export function loadWords(options: WordsOptions = {}): Readonly<Record<LanguageCode, Words>> {
  const catalogues = loadCatalogues()
  return { en: createWords('en', catalogues.en, options), es: createWords('es', catalogues.es, options) }
}

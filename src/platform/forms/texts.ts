import type { Texts } from './definition.ts'

/** A label in pieces: words, and names of answers to show. */
export type Template = readonly (string | { readonly name: string })[]

const output = /\$\{\s*([\p{L}_][\p{L}\p{M}\p{Nd}_.·-]*)\s*\}/gu

/** @returns undefined where the text shows no answer */
export function template(text: string): Template | undefined {
  if (!text.includes('${')) return undefined
  const pieces: (string | { name: string })[] = []
  let end = 0
  for (const match of text.matchAll(output)) {
    if (match.index > end) pieces.push(text.slice(end, match.index))
    pieces.push({ name: match[1]! })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push(text.slice(end))
  return end === 0 ? undefined : pieces
}

/** The text in a language, else in the form's own, else in any. */
export function inLanguage(texts: Texts | undefined, language: string, fallback: string): string | null {
  if (!texts) return null
  for (const wanted of [language, fallback, 'default']) {
    if (Object.hasOwn(texts, wanted) && texts[wanted] !== '') return texts[wanted]!
  }
  return Object.values(texts).find(text => text !== '') ?? null
}

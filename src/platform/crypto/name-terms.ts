import { normaliseName } from './normalise.ts'

/**
 * Terms by which a name is found again although it was heard and not read. Kinds (the letter before the colon):
 *
 * - `p:` the first 3, 4, 5 and 6 letters of each word, so that the start of a word finds it by equality; whoever types
 *   more is answered by the first six and the sound;
 * - `s:` the sound code of each word;
 * - `n:` sound code of one word and initial of another, for each ordered pair of words, so that "Ana Pérez",
 *   "Perez A." and "PEREZ, Anna" meet: fewer false hits than one sound alone.
 *
 * Sound code, for names written in Spanish or English ears. The rules, in this order, on a normalised word:
 *
 *  1. two letters for one sound: ph → f, sch/sh → ch, th → t, gh → g, ck/qu/q → k; silent starts kn, gn, pn → n,
 *     wr → r, ps → s, mn → n; gu before e or i → g
 *  2. c before e, i or y → s, else k (but ch stays one sound); g before e or i → j; z → s
 *  3. x inside → ks
 *  4. v → b; w → b at the start (Wilmer, Vilmer), mute elsewhere
 *  5. y beside a vowel stays a consonant, otherwise i; double letters → one (so ñ, nn → n)
 *  6. h is mute; m before b or p → n; e before s and a consonant at the start falls (Esteban, Steven)
 *  7. vowels fall, but the first letter of a word stays: a, i (e, i) or u (o, u)
 *  8. at most eight codes
 *
 * Heard in two ways, so with two codes: ll as y and as l (Guillermo, Phillip), x at the start as s and as j (Xiomara,
 * Ximena), y at the start before a vowel as y and as j (Yesenia, Jesenia).
 */
const LETTERS_MAX = 6
// Stored until November 2026; whoever takes a name's terms away takes these too.
const LETTERS_ONCE = 12
const WORDS_MAX = 8
const CODES_MAX = 8

// Joining words tell nobody apart; alone, or as prefixes, they would only make false hits.
const PARTICLES = new Set([
  'de',
  'del',
  'la',
  'las',
  'los',
  'el',
  'y',
  'e',
  'da',
  'das',
  'do',
  'dos',
  'di',
  'van',
  'von',
])

const RULES: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn|pn|mn)/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/ph/g, 'f'],
  // One capital letter stands for a sound written with two until the end, so that later rules leave it alone.
  [/sch|sh|ch/g, 'C'],
  [/th/g, 't'],
  [/gh/g, 'g'],
  [/ck|qu|q/g, 'k'],
  [/gu(?=[ei])/g, 'G'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/g(?=[ei])/g, 'j'],
  [/G/g, 'g'],
  [/z/g, 's'],
  [/x/g, 'ks'],
  [/v|^w/g, 'b'],
  [/w/g, ''],
  [/(?<=[aeiou])y(?=[aeiou])|^y(?=[aeiou])/g, 'Y'],
  [/y/g, 'i'],
  [/h/g, ''],
  [/(.)\1+/g, '$1'],
  [/m(?=[bp])/g, 'n'],
  [/^e(?=s[^aeiou])/, ''],
]

function codeOf(word: string): string {
  let sound = word
  for (const [pattern, by] of RULES) sound = sound.replace(pattern, by)
  const first = (sound[0] ?? '').replace(/[ei]/, 'i').replace(/[ou]/, 'u')
  const rest = sound.slice(1).replace(/[aeiou]/g, '')
  return (first + rest).toLowerCase().slice(0, CODES_MAX)
}

/** The sound codes of one normalised word: one, or two or more where it is heard in several ways. */
export function soundCodes(word: string): string[] {
  const heard = word.includes('ll') ? [word.replaceAll('ll', 'y'), word.replaceAll('ll', 'l')] : [word]
  const spelled = heard.flatMap(way => {
    if (way.startsWith('x')) return [`s${way.slice(1)}`, `j${way.slice(1)}`]
    return /^y[aeiou]/.test(way) ? [way, `j${way.slice(1)}`] : [way]
  })
  return [...new Set(spelled.map(codeOf))].filter(code => code !== '')
}

/** The words of a name that tell people apart, normalised, without repetition; initials are words of one letter. */
export function wordsOf(name: string): string[] {
  const words = [...new Set(normaliseName(name).split(' '))].filter(word => word !== '')
  const telling = words.filter(word => !PARTICLES.has(word))
  return (telling.length > 0 ? telling : words).slice(0, WORDS_MAX)
}

/** Every term to store for a name, without repetition. Empty for an empty name. */
export const nameTerms = (name: string): string[] => termsUpTo(name, LETTERS_MAX)
/** Every term that may ever have been stored for a name. */
export const allNameTerms = (name: string): string[] => termsUpTo(name, LETTERS_ONCE)

function termsUpTo(name: string, most: number): string[] {
  const words = wordsOf(name)
  const terms = new Set<string>()
  words.forEach((word, i) => {
    const letters = [...word]
    for (let n = Math.min(3, letters.length); n <= Math.min(letters.length, most); n++) {
      terms.add(`p:${letters.slice(0, n).join('')}`)
    }
    for (const code of soundCodes(word)) {
      terms.add(`s:${code}`)
      words.forEach((other, j) => {
        if (i !== j) terms.add(`n:${code}+${[...other][0]}`)
      })
    }
  })
  return [...terms]
}

/**
 * The terms to search for: for each word typed, what a stored name must have at least one of. A word of one letter is an
 * initial and asks for the pairs with it; two letters are too few to search by.
 */
export function nameSearchTerms(typed: string): string[][] {
  const words = wordsOf(typed)
  const long = words.filter(word => [...word].length >= 3)
  const initials = words.filter(word => [...word].length === 1)
  return long.map(word => {
    const codes = soundCodes(word)
    const pairs = codes.flatMap(code => initials.map(initial => `n:${code}+${initial}`))
    if (pairs.length > 0) return pairs
    // Where only an initial was written down, beside another name that is looked for too. A word of one letter alone has it.
    const initial = long.length > 1 ? [`p:${[...word][0]}`] : []
    return [`p:${[...word].slice(0, LETTERS_MAX).join('')}`, ...codes.map(code => `s:${code}`), ...initial]
  })
}

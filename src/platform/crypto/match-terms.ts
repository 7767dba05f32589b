import { soundCodes, wordsOf } from './name-terms.ts'

/**
 * What two people's names are held against each other by, where each may be heard, shortened, swapped or mistyped. Made so
 * that two names are alike when a term of one equals a term of the other and {@link meet} their kinds:
 *
 * - `w`, `v`: the sound of a given name and of two surnames, in any order; `w` of somebody whose age nobody knows, which alone
 *   is held against all others;
 * - `f`: the same, where one of the three may lack a consonant or have another one;
 * - `o`, `t`: the sound of a given name and of one surname, in any order (swapped fields meet), with one consonant that may
 *   differ; `o` of a person with one surname, `t` of one with more: a second surname that was left out meets, two people
 *   who share one surname of two do not;
 * - `l`, `i`: an initial with the sound of the other name; `l` as it was written, `i` as it could have been written.
 *
 * All but these two carry a year in which the person may have been born: a name alone says too little.
 */
export type MatchKind = 'w' | 'v' | 'f' | 'o' | 't' | 'l' | 'i'
export interface MatchTerm {
  readonly kind: MatchKind
  readonly text: string
}
export interface MatchName {
  readonly givenName?: string | undefined
  readonly familyName?: string | undefined
  readonly knownAs?: string | undefined
}

// A shorter code has too little left when a consonant is taken away.
const LEAST_TO_MISTYPE = 5
const MOST = 160

/** A code, and what is left of it without one of its consonants: two codes that are one slip apart share one of these. */
function slips(code: string): string[] {
  if (code.length < LEAST_TO_MISTYPE) return [code]
  return [code, ...[...code].map((_, at) => code.slice(0, at) + code.slice(at + 1))]
}
/** Terms of two or three codes, in any order, one of which may be mistyped. */
const mistyped = (codes: readonly string[]): string[] =>
  codes.flatMap((code, at) => {
    const others = codes.filter((_, each) => each !== at).sort()
    return slips(code).map(slip => `${codes.length}:${slip}|${others.join('+')}`)
  })

const isInitial = (word: string): boolean => [...word].length === 1

/** The given names and surnames of a person. Where only one line was filled in, every word may be either. */
function partsOf({ givenName = '', familyName = '', knownAs = '' }: MatchName): [given: string[], family: string[]][] {
  const [given, family, known] = [wordsOf(givenName), wordsOf(familyName), wordsOf(knownAs)]
  const parts: [string[], string[]][] = []
  if (given.length > 0 && family.length > 0) parts.push([given, family])
  for (const line of [family.length === 0 ? given : [], given.length === 0 ? family : [], known])
    if (line.length > 1)
      for (const [at, word] of line.entries()) parts.push([[word], line.filter((_, each) => each !== at)])
  if (known.length === 1 && family.length > 0) parts.push([known, family])
  return parts
}

/**
 * Every term to hold a name against others by, without repetition.
 * @param years in which the person may have been born; none: only whole names are held against others
 */
export function matchTerms(name: MatchName, years: readonly number[]): MatchTerm[] {
  const found = new Map<string, MatchTerm>()
  const add = (kind: MatchKind, text: string) => {
    if (found.size < MOST) found.set(`${kind}${text}`, { kind, text })
  }
  const dated = (kind: MatchKind, text: string) => {
    for (const year of years) add(kind, `${year} ${text}`)
  }
  for (const [given, family] of partsOf(name)) {
    const long = { given: given.filter(word => !isInitial(word)), family: family.filter(word => !isInitial(word)) }
    const kind = long.family.length > 1 ? 't' : 'o'
    for (const one of long.given)
      for (const g of soundCodes(one)) {
        for (const other of long.family)
          for (const f of soundCodes(other)) {
            for (const text of mistyped([g, f])) dated(kind, text)
            dated('i', `${one[0]}.${f}`)
            dated('i', `${other[0]}.${g}`)
          }
        for (const initial of family.filter(isInitial)) dated('l', `${initial}.${g}`)
        long.family.forEach((first, at) => {
          for (const second of long.family.slice(at + 1))
            for (const f of soundCodes(first))
              for (const s of soundCodes(second)) {
                add(years.length > 0 ? 'v' : 'w', [g, f, s].sort().join('+'))
                for (const text of mistyped([g, f, s])) dated('f', text)
              }
        })
      }
    for (const initial of given.filter(isInitial))
      for (const other of long.family) for (const f of soundCodes(other)) dated('l', `${initial}.${f}`)
  }
  return [...found.values()]
}

/** Whether equal terms of these kinds make two names alike. The database says the same. */
export const meet = (one: string, other: string): boolean =>
  (one === other && 'wfol'.includes(one)) || ['ot', 'to', 'li', 'il', 'wv', 'vw'].includes(one + other)

/** Whether two names are alike, years apart. */
export function namesAlike(one: MatchName, other: MatchName): boolean {
  const terms = new Map<string, MatchKind[]>()
  for (const { kind, text } of matchTerms(one, [0])) terms.set(text, [...(terms.get(text) ?? []), kind])
  return matchTerms(other, [0]).some(({ kind, text }) => terms.get(text)?.some(each => meet(each, kind)))
}

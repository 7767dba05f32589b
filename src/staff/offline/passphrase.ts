export type PassphraseFlaw = 'few' | 'short' | 'repeated'
export const fewestWords = 5
const shortestWord = 3

/** The one spelling that a key is made from: case, accents' encoding and spaces do not matter. */
export const spelled = (passphrase: string): string =>
  passphrase.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean).join(' ')

/** Why a phrase is too weak to protect a phone; undefined for a good one. */
export function weakness(passphrase: string): PassphraseFlaw | undefined {
  const words = spelled(passphrase).split(' ').filter(Boolean)
  if (words.length < fewestWords) return 'few'
  if (new Set(words).size < words.length) return 'repeated'
  if (words.some(word => [...word].length < shortestWord)) return 'short'
  return undefined
}

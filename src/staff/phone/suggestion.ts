const openings = 'bdfgklmnprstv'
const vowels = 'aeiou'

/**
 * Five made-up words that can be said and typed in any language here: three syllables each, drawn evenly. Each
 * syllable is one of 65, so fifteen of them are worth 90 bits.
 */
export function suggestion(): string {
  const drawn = crypto.getRandomValues(new Uint16Array(15))
  // 65 · 1008 = 65520: what is drawn above it would favour the first syllables.
  if (drawn.some(one => one >= 65520)) return suggestion()
  const syllables = [...drawn].map(one => openings[Math.floor((one % 65) / 5)]! + vowels[one % 5]!)
  const words = [0, 3, 6, 9, 12].map(at => syllables.slice(at, at + 3).join(''))
  return new Set(words).size < words.length ? suggestion() : words.join(' ')
}

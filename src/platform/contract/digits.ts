const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code))
/** What a decimal digit of any script counts. Unicode keeps each script's ten together, beginning with its zero. */
function decimalOf(char: string): string {
  const code = char.codePointAt(0)!
  let zero = code
  while (code - zero < 9 && isDigit(zero - 1)) zero -= 1
  return String(code - zero)
}

/**
 * Digits as somebody typed them: with spaces, dashes or dots, in the digits of their script.
 * @returns undefined where it is not so many digits
 */
export function plainDigits(typed: string, length: number): string | undefined {
  if (typed.length > 200) return undefined
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}.,_/]/gu, '')
    .replace(/\p{Nd}/gu, decimalOf)
  return /^\d+$/.test(plain) && plain.length === length ? plain : undefined
}
/** In groups of four, as they are printed and said. */
export const inFours = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ')

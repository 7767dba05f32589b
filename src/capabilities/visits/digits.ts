// The digits of a code: sixteen, as on a card to top up a phone; the last one tells a slip of the finger from a wrong card.

const length = 16

/** The last digit for fifteen (Luhn, ISO/IEC 7812-1): finds every wrong digit and nearly every pair that was swapped. */
export function checkDigit(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return String((10 - (sum % 10)) % 10)
}

/** In groups of four, as they are printed and said. */
export const grouped = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ')

const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code))
/** What a decimal digit of any script counts. Unicode keeps each script's ten together, beginning with its zero. */
function decimalOf(char: string): string {
  const code = char.codePointAt(0)!
  let zero = code
  while (code - zero < 9 && isDigit(zero - 1)) zero -= 1
  return String(code - zero)
}

/**
 * The digits as somebody typed them: with spaces, dashes or dots, in the digits of their script.
 * @returns undefined where they are none of ours
 */
export function readDigits(typed: string): string | undefined {
  if (typed.length > 200) return undefined
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}.,_/]/gu, '')
    .replace(/\p{Nd}/gu, decimalOf)
  const ours = /^\d+$/.test(plain) && plain.length === length
  return ours && checkDigit(plain.slice(0, -1)) === plain.at(-1) ? plain : undefined
}

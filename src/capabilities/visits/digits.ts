import { plainDigits } from '#platform/contract/digits.ts'

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

/**
 * The digits as somebody typed them: with spaces, dashes or dots, in the digits of their script.
 * @returns undefined where they are none of ours
 */
export function readDigits(typed: string): string | undefined {
  const plain = plainDigits(typed, length)
  return plain !== undefined && checkDigit(plain.slice(0, -1)) === plain.at(-1) ? plain : undefined
}

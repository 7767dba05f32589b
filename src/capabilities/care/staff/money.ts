import { useWords } from '#ui/words-context.tsx'

/** Writes an amount that is counted in the smallest unit of a currency; money of a country without a known one has no name. */
export function useMoney(): (minor: number | null, currency: string | null) => string {
  const words = useWords()
  return (minor, currency) => {
    if (minor === null) return '–'
    const amount = words.number(minor / 100, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    return currency ? `${currency} ${amount}` : amount
  }
}

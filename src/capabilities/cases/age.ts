/** What is known of how old a person is. */
export interface AgeTold {
  /** whole years */
  readonly age?: number | undefined
  /** YYYY-MM-DD */
  readonly birthDate?: string | undefined
}

/** The oldest that anybody is taken to be, in years. */
const oldest = 120

/**
 * Whether what is known of a person's age makes them a child: the age, or the day of birth, where one of them says so.
 * Doubt protects: where the two disagree the person is a child. Where neither is known this says nothing, and false.
 * @param today in the country, YYYY-MM-DD
 * @param childUnder the country's age in years
 */
export const isChild = ({ age, birthDate }: AgeTold, today: string, childUnder: number): boolean =>
  (age !== undefined && age < childUnder) || (birthDate !== undefined && birthDate > yearsBefore(today, childUnder))

/** What is wrong with a day of birth; undefined when nothing is. */
export function wrongBirth(birthDate: string, today: string): 'future' | 'too-old' | undefined {
  if (birthDate > today) return 'future'
  return birthDate < yearsBefore(today, oldest) ? 'too-old' : undefined
}

/** The same day of an earlier year. Days written so compare as texts, also where 29 February is in one year only. */
const yearsBefore = (day: string, years: number): string =>
  `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`

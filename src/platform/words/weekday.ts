/** The short name of a day of the week in a language; 1 is Monday. */
export const weekday = (day: number, lang: string): string =>
  // 2024-01-01 was a Monday.
  new Intl.DateTimeFormat(lang, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))

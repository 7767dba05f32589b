export type DateParts = Record<'day' | 'month' | 'year', string>

/** The three fields that show a date, finished or not. */
export const partsOfDate = (value: string): DateParts => {
  const [year = '', month = '', day = ''] = value.split('-')
  return { year, month: month.replace(/^0/, ''), day: day.replace(/^0/, '') }
}

const padded = (number: string): string => (number === '' ? '' : number.padStart(2, '0'))

/** The value of three fields: empty, a date, or what is there so far. */
export const joinedDate = ({ year, month, day }: DateParts): string =>
  year || month || day ? `${year}-${padded(month)}-${padded(day)}` : ''

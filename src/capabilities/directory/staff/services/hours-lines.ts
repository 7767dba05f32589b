import { weekday } from '#platform/words/weekday.ts'
import type { Words } from '#platform/words/words.ts'
import type { Opening, Service } from '../../contract.ts'

/** "Mon–Fri", or the days one by one where some are left out between. */
function daysOf(days: readonly number[], lang: string): string {
  const sorted = [...days].sort()
  const [first, last] = [sorted[0]!, sorted.at(-1)!]
  return sorted.length > 2 && last - first === sorted.length - 1
    ? `${weekday(first, lang)}–${weekday(last, lang)}`
    : sorted.map(day => weekday(day, lang)).join(', ')
}
export const isAlways = (hours: readonly Opening[]): boolean =>
  hours.length === 1 && hours[0]!.days.length === 7 && hours[0]!.from === '00:00' && hours[0]!.to === '24:00'

/** When it is open, in words. */
export function hoursLines({ hours, openOnHolidays }: Service, { t, lang }: Words): string[] {
  if (!hours) return []
  const lines = isAlways(hours)
    ? [t('services.hours.always')]
    : hours.map(({ days, from, to }) => t('services.hours.line', { days: daysOf(days, lang), from, to }))
  return openOnHolidays ? [...lines, t('services.hours.holidays')] : lines
}

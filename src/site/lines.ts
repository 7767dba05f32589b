import type { CountryPack, Hotline } from '#platform/country/pack.ts'
import { languageOf, type Words } from '#platform/words/words.ts'

const order: readonly Hotline['kind'][] = ['emergency', 'trafficking', 'children', 'labour']

/**
 * The numbers that may be shown, most urgent first. What is only a proposal is shown in a demonstration alone: an
 * invented number must never ring at somebody's.
 */
export function linesOf(pack: CountryPack): Hotline[] {
  return pack.hotlines.items
    .filter(each => each.verified !== 'none' && (pack.demonstration || each.verified !== 'P'))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** The number for somebody who wants to talk: the trafficking line, else the first that there is. */
export function findMainLine(pack: CountryPack): Hotline | undefined {
  const lines = linesOf(pack)
  return lines.find(({ kind }) => kind === 'trafficking') ?? lines[0]
}

/** When somebody answers, in words: "Monday to Friday, 8:00 am to 4:00 pm". */
export function hoursText(words: Words, hours: Hotline['hours']): string {
  const { t } = words
  if (hours === 'always') return t('site.hours.always')
  const days = [...new Set(hours.days)].sort((a, b) => a - b)
  const from = timeText(words, hours.from)
  const to = timeText(words, hours.to)
  const [first, last] = [days[0] ?? 1, days.at(-1) ?? 1]
  if (days.length > 2 && last - first === days.length - 1)
    return t('site.hours.range', { first: t(`site.day.${first}`), last: t(`site.day.${last}`), from, to })
  return t('site.hours.days', { days: words.list(days.map(day => t(`site.day.${day}`))), from, to })
}

function timeText(words: Words, time: string): string {
  if (time === '00:00' || time === '24:00') return words.t('site.hours.midnight')
  // The pack's hours are already local, so the moment is made and shown in one zone.
  return new Intl.DateTimeFormat(languageOf(words.lang)?.locale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(new Date(`1970-01-01T${time}:00Z`))
}

/** "English and Spanish", in the reader's language. */
export function languagesText(words: Words, codes: readonly string[]): string {
  const names = new Intl.DisplayNames([words.lang], { type: 'language' })
  const own = words.list(codes.map(code => names.of(code) ?? code))
  return own.charAt(0).toLocaleUpperCase(words.lang) + own.slice(1)
}

export function costText({ t }: Words, free: boolean | null): string {
  if (free === null) return t('site.cost.unknown')
  return free ? t('site.cost.free') : t('site.cost.paid')
}

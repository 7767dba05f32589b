import { readFileSync } from 'node:fs'
import { localDay } from '#platform/clocks/zone.ts'

const dayMs = 86_400_000
const pack = JSON.parse(readFileSync(new URL('../../countries/xsa/pack.json', import.meta.url), 'utf8')) as {
  readonly timeZone: { readonly value: string }
}

/** The day so many days from now in the demonstration country, YYYY-MM-DD: the one of UTC is another in the evening. */
export const inDays = (days: number): string =>
  new Date((localDay(pack.timeZone.value, Date.now()) + days) * dayMs).toISOString().slice(0, 10)

import type { CountryPack } from '../country/pack.ts'
import { localDay } from './zone.ts'

/** The day that it is in a country, YYYY-MM-DD. */
export function todayIn(
  { packs }: { readonly packs: ReadonlyMap<string, CountryPack> },
  country: string,
  now: Date,
): string {
  const day = localDay(packs.get(country)?.timeZone.value ?? 'UTC', now.getTime())
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/**
 * The youngest and the oldest, in whole years, that a person may be by what is known; undefined where nothing is. Where two things
 * that were said disagree, either may be so.
 * @param today in the country, YYYY-MM-DD
 * @param child whether they are taken for a child, also where no age is known
 */
export function agesOf(
  told: { readonly age?: number | undefined; readonly birthDate?: string | undefined } | undefined,
  child: boolean,
  today: string,
  childUnder: number,
): readonly [number, number] | undefined {
  const said = [told?.age, told?.birthDate && yearsSince(told.birthDate, today)].filter(one => typeof one === 'number')
  if (said.length > 0) return [Math.min(...said), Math.max(...said)]
  return child ? [0, childUnder - 1] : undefined
}

/** Birthdays since a day, both as YYYY-MM-DD. */
const yearsSince = (day: string, today: string): number =>
  Number(today.slice(0, 4)) - Number(day.slice(0, 4)) - (today.slice(5) < day.slice(5) ? 1 : 0)

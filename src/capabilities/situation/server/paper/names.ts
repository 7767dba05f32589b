import type { CountryPack } from '#platform/country/pack.ts'
import type { Words } from '#platform/words/words.ts'

/** The name of a place of the country pack, in a language. */
export const placeName = (pack: CountryPack, code: string, { lang }: Words): string => {
  const names = pack.places.find(one => one.code === code)?.names
  return names?.[lang] ?? names?.en ?? code
}
export const scoreText = ({ points, of }: { points: number | null; of: number }, words: Words): string =>
  points === null
    ? words.t('situation.score.none')
    : words.t('situation.score.of', { points: words.number(points), of: words.number(of) })

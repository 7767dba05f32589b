import type { Coverage } from '../../contract.ts'

type Counted = Pick<Coverage['areas'][number], 'services' | 'places'>

/** Services of one kind, or kinds of help of which there is any. */
export const countOf = ({ services }: Counted, kind: string): number =>
  kind === '' ? services.length : (services.find(one => one.kind === kind)?.count ?? 0)

export const levels = ['none', 'few', 'some', 'many'] as const
export type Level = (typeof levels)[number]
/** How full a tile is drawn; the number stands in it all the same. @param kind '' counts kinds, of which there are more */
export function levelOf(count: number, kind: string): Level {
  if (count === 0) return 'none'
  const [few, some] = kind === '' ? [3, 8] : [1, 2]
  return count <= few ? 'few' : count <= some ? 'some' : 'many'
}

/** Kinds of help that are offered anywhere, in the order of the directory. */
export const kindsIn = (coverage: Coverage, known: readonly string[]): string[] => {
  const offered = new Set(
    [...coverage.areas, coverage.country, coverage.sheltered].flatMap(one => one.services.map(each => each.kind)),
  )
  return known.filter(kind => offered.has(kind))
}

import { Problem } from '../problem/problem.ts'

/** @throws Problem version-stale when nothing was changed */
export const requireFresh = (touched: number): void => {
  if (touched === 0) throw new Problem('version-stale')
}

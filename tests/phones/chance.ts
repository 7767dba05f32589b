/** Chance that is the same at every run of a seed (mulberry32, by T. Ettinger, public domain). */
export interface Chance {
  /** Between 0 and 1. */
  next(): number
  /** Whole, from 0 to below n. */
  below(n: number): number
  /** True so often. */
  often(share: number): boolean
  pick<T>(all: readonly T[]): T | undefined
  /** One of them, by weight. */
  weighed<T extends string>(weights: Readonly<Record<T, number>>): T
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    often: share => next() < share,
    pick: all => all[below(all.length)],
    weighed(weights) {
      const all = Object.entries(weights) as [keyof typeof weights, number][]
      let left = next() * all.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of all) {
        left -= weight
        if (left < 0) return name
      }
      return all.at(-1)![0]
    },
  }
}

import { toNumber, toText, type Value, type World } from './expression/values.ts'

const modulus = 2_147_483_647

/**
 * Choices in a random order that a seed settles: Fisher and Yates from the inside out with Park and Miller's numbers,
 * as ODK does for seeds that are numbers. Without a seed the order is the same for the life of a set of answers.
 */
export function shuffled<T>(
  items: readonly T[],
  seed: Value | undefined,
  world: World & { readonly chance: number },
): T[] {
  const value = seed === undefined ? world.chance : seedOf(seed, world)
  let state = value % modulus
  if (state <= 0) state += modulus - 1
  const order: T[] = []
  for (const [last, item] of items.entries()) {
    state = (state * 16_807) % modulus
    const other = Math.floor(((state - 1) / (modulus - 1)) * (last + 1))
    if (other !== last) order[last] = order[other]!
    order[other] = item
  }
  return order
}

function seedOf(seed: Value, world: World): number {
  const number = toNumber(seed, world.zone)
  // The largest of 64 bits, as ODK takes it, and what is left of that by the modulus.
  if (Math.abs(number) === Number.POSITIVE_INFINITY) return number > 0 ? 1 : -2
  if (!Number.isNaN(number)) return Math.trunc(number)
  // Any words settle an order too.
  return [...toText(seed)].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % modulus, 0)
}

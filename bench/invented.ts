import { uuidv7 } from '#platform/crypto/random.ts'

/** Numbers that are the same at every run, so that two runs fill the same rows. */
export function counted(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
const next = counted(7)
const of = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!

const starts = ['Ba', 'Ce', 'Da', 'Fe', 'Ga', 'Jo', 'Ka', 'Lu', 'Ma', 'Ne', 'Pa', 'Ro', 'Sa', 'Te', 'Va', 'Yo']
const middles = ['ra', 'le', 'ni', 'mo', 'ta', 'vi', 'so', 'du', 'ke', 'li', 'bo', 'ri']
const ends = ['n', 's', 'l', 'na', 'ro', 'dez', 'ta', 'rez', 'lo', 'mi']
const built = (most: number, syllables: number): string[] => {
  const names = new Set<string>()
  while (names.size < most) {
    let name = of(starts)
    for (let i = 0; i < syllables; i++) name += of(middles)
    names.add(name + of(ends))
  }
  return [...names]
}
/** Invented given and family names: a family name is borne by about fifty of 100,000 people. */
export const givenNames = built(400, 1)
export const familyNames = built(2000, 2)

const sectors = ['agriculture', 'fishing', 'construction', 'domestic-work', 'hospitality', 'retail'] as const
const sentence = 'He was told to wait behind the house until the van came back and nobody said for how long. '
/** About 600 characters of what somebody might tell. */
export const story = sentence.repeat(7).trim()

/** One invented case, as both servers hold it. */
export interface InventedCase {
  readonly id: string
  readonly reference: string
  readonly status: 'new' | 'opened' | 'closed'
  readonly urgency: 'emergency' | 'urgent' | 'routine'
  readonly child: boolean
  readonly sector: string
  readonly givenName: string
  readonly familyName: string
  readonly phone: string
  readonly madeAt: string
  readonly referred: boolean
}

/** The case of a number; `status` new for those that wait to be referred. */
export function inventCase(number: number, waiting: boolean): InventedCase {
  const digits = String(number).padStart(10, '0')
  const chance = next()
  return {
    id: uuidv7(),
    reference: `${digits.slice(0, 5)}-${digits.slice(5)}`,
    status: waiting ? 'new' : next() < 0.7 ? 'opened' : 'closed',
    urgency: chance < 0.1 ? 'emergency' : chance < 0.4 ? 'urgent' : 'routine',
    child: next() < 0.2,
    sector: of(sectors),
    givenName: of(givenNames),
    familyName: of(familyNames),
    phone: `+999 555 ${String(Math.floor(next() * 10_000)).padStart(4, '0')}`,
    madeAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(next() * 2.5e10)).toISOString(),
    referred: number % 3 === 0,
  }
}

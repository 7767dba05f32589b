import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type MatchName, matchTerms, meet, namesAlike } from './match-terms.ts'
import { soundCodes, wordsOf } from './name-terms.ts'

const given =
  `maria jose juan luis ana carlos rosa pedro carmen jorge luz miguel elena manuel gloria rafael marta andres
  yeferson yolanda wilmer xiomara kevin brayan genesis dayana esteban sofia gabriel camila diego valentina oscar paola
  shirley catherine michael jennifer guillermo beatriz hector ingrid nelson katiuska ronald yusmary anthony
  alejandra fernando mercedes ignacio veronica samuel patricia ricardo angelica victor natalia`.split(/\s+/)
const family = `gonzalez rodriguez garcia hernandez perez martinez lopez sanchez ramirez torres flores diaz rivera gomez
  vasquez jimenez morales rojas romero castillo mendoza herrera medina ortiz guerrero vargas suarez contreras quintanilla
  marquez blanco molina salazar delgado pena rincon bolivar zambrano caceres villalobos quispe mamani huaman chavez espinoza
  cardenas lozano figueroa escobar palacios mosquera cordoba valencia arias benitez camacho duarte fuentes guzman ibarra
  leal maldonado navarro ochoa paredes quintero rosales sandoval tovar urdaneta velasquez yepez zapata alexander baptiste
  charles joseph mohammed singh ramlogan persad thomas williams roberts campbell grant edwards pierre hosein`.split(
  /\s+/,
)

/** A generator of numbers that is the same in every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
/** Frequent names are frequent: the first of a list some ten times as often as the last. */
const pick = (list: readonly string[], random: () => number): string => list[Math.floor(random() ** 2 * list.length)]!
interface Invented extends MatchName {
  readonly givenName: string
  readonly familyName: string
  readonly year: number
}
function invent(random: () => number): Invented {
  const first = pick(given, random)
  const second = random() < 0.35 ? ` ${pick(given, random)}` : ''
  const surname = pick(family, random)
  const other = random() < 0.7 ? ` ${pick(family, random)}` : ''
  return { givenName: first + second, familyName: surname + other, year: 1965 + Math.floor(random() * 45) }
}
/** What an age says of the year: two are possible. */
const yearsOf = (one: Invented, aged: boolean): number[] => (aged ? [one.year, one.year + 1] : [one.year])

const together = (one: MatchName, years: number[], other: MatchName, otherYears: number[]): boolean => {
  const terms = matchTerms(one, years)
  return matchTerms(other, otherYears).some(each =>
    terms.some(mine => mine.text === each.text && meet(mine.kind, each.kind)),
  )
}

/** One consonant inside a word is missing, doubled by another, swapped with its neighbour or another one. */
function mistype(word: string, how: number, at: number): string {
  const letters = [...word]
  const places = letters.flatMap((letter, place) => (place > 0 && /[dfgklrst]/.test(letter) ? [place] : []))
  const place = places[at % places.length]!
  if (how === 0) letters.splice(place, 1)
  if (how === 1) letters.splice(place, 0, 'f')
  if (how === 2) letters[place] = letters[place] === 'r' ? 'l' : 'r'
  if (how === 3) [letters[place], letters[place - 1]] = [letters[place - 1]!, letters[place]!]
  return letters.join('')
}

const changes: Record<string, (one: Invented, random: () => number) => MatchName | undefined> = {
  'accents and capitals': one => ({
    givenName: one.givenName.replace(/a/, 'á').toUpperCase(),
    familyName: one.familyName.replace(/e/, 'é'),
  }),
  'fields swapped': one => ({ givenName: one.familyName, familyName: one.givenName.split(' ')[0]! }),
  'surnames swapped': one => ({ ...one, familyName: one.familyName.split(' ').reverse().join(' ') }),
  'second surname left out': one => ({ ...one, familyName: one.familyName.split(' ')[0]! }),
  'first surname left out': one => ({ ...one, familyName: one.familyName.split(' ').at(-1)! }),
  'second given name left out': one => ({ ...one, givenName: one.givenName.split(' ')[0]! }),
  'an initial for the given name': one => ({ ...one, givenName: `${one.givenName[0]}.` }),
  'an initial for the surname': one => ({ ...one, familyName: `${one.familyName[0]}.` }),
  'particles put in': one => ({ ...one, familyName: `de la ${one.familyName.replace(' ', ' del ')}` }),
  'all in one line': one => ({ givenName: `${one.givenName} ${one.familyName}` }),
  'all as what they are called': one => ({ knownAs: `${one.givenName} ${one.familyName}` }),
  'written by ear': one => ({
    ...one,
    familyName: one.familyName.replace(/z/g, 's').replace(/v/g, 'b').replace(/^h/, '').replace(/qu/g, 'k'),
  }),
  'one slip in a long surname': (one, random) => {
    const words = one.familyName.split(' ')
    if (words.some(word => soundCodes(word)[0]!.length < 5 || wordsOf(word).length === 0)) return undefined
    // A slip among letters that are heard together (ll, mb) changes two sounds, and is not found.
    if (/ll|mb/.test(words[0]!)) return undefined
    words[0] = mistype(words[0]!, Math.floor(random() * 4), Math.floor(random() * 9))
    return { ...one, familyName: words.join(' ') }
  },
}

for (const [what, change] of Object.entries(changes))
  test(`one person in two spellings is found: ${what}`, () => {
    let tried = 0
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.boolean(), (seed, aged) => {
        const random = numbers(seed)
        const one = invent(random)
        const other = change(one, random)
        if (!other) return true
        tried += 1
        return together(one, yearsOf(one, aged), other, yearsOf(one, false)) && namesAlike(one, other)
      }),
      { numRuns: 400 },
    )
    assert.ok(tried > 20, `only ${tried} were tried`)
  })

test('people with other names, or of other years, are not brought together', () => {
  const ana = { givenName: 'Ana María', familyName: 'Pérez García' }
  for (const other of [
    { givenName: 'Ana', familyName: 'Pérez Rodríguez' },
    { givenName: 'Rosa', familyName: 'Pérez García' },
    { givenName: 'Ana María', familyName: 'Quispe' },
    { givenName: 'María Ana', familyName: 'López' },
    { givenName: 'B.', familyName: 'Pérez' },
    { givenName: 'Ana' },
    {},
  ])
    assert.ok(!namesAlike(ana, other), JSON.stringify(other))
  // A whole name is alike where nobody knows the age of one of the two; two words of it are not.
  assert.ok(!together(ana, [1990], ana, [1993]))
  assert.ok(together(ana, [1990], ana, []) && together(ana, [], ana, []))
  const one = { givenName: 'Ana', familyName: 'Pérez' }
  assert.ok(together(one, [1990], one, [1990, 1991]))
  assert.ok(!together(one, [1990], one, [1992, 1993]))
  assert.ok(!together(one, [1990], one, []))
})

test('of 10,000 invented people few are taken for another, and the figure is printed', context => {
  const random = numbers(20_261_122)
  const held = new Map<string, { kind: string; who: number }[]>()
  const pairs = new Set<string>()
  let terms = 0
  for (let who = 0; who < 10_000; who += 1) {
    const one = invent(random)
    for (const { kind, text } of matchTerms(one, yearsOf(one, random() < 0.5))) {
      terms += 1
      const others = held.get(text) ?? []
      for (const other of others) if (other.who !== who && meet(kind, other.kind)) pairs.add(`${other.who} ${who}`)
      held.set(text, [...others, { kind, who }])
    }
  }
  const all = (10_000 * 9_999) / 2
  context.diagnostic(
    `${pairs.size} of ${all} pairs of different people taken for one (${((pairs.size / all) * 1e6).toFixed(1)} in a million, ` +
      `${((2 * pairs.size) / 10_000).toFixed(2)} a person); ${(terms / 10_000).toFixed(1)} terms a person`,
  )
  assert.ok(pairs.size / all < 1e-4)
})

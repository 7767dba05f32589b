import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Answer,
  type Answers,
  answerCodes,
  type Dimension,
  getProfile,
  type IndicatorProfile,
  indicatorProfiles,
  treatAsChild,
  type Weight,
} from './indicators.ts'
import {
  type DimensionReading,
  mayUseWeights,
  type Reading,
  readAll,
  readDimension,
  readingCodes,
  readWhole,
} from './scoring.ts'

const adult = getProfile('adult-labour')
const child = getProfile('child-labour')

/** Answers yes to every indicator of these dimensions. */
function yesTo(profile: IndicatorProfile, ...wanted: Dimension[]): Answers {
  return Object.fromEntries(
    profile.indicators.map(({ code, dimension }) => [code, wanted.includes(dimension) ? 'yes' : 'no']),
  )
}
const readingOf = (profile: IndicatorProfile, ...wanted: Dimension[]) =>
  readAll(profile, yesTo(profile, ...wanted)).reading
function dimensionOf(reading: Reading, dimension: Dimension): DimensionReading {
  const found = reading.dimensions.find(each => each.dimension === dimension)
  assert.ok(found, dimension)
  return found
}
function countRows(profile: IndicatorProfile, weight?: Weight | null): number[] {
  return profile.dimensions.map(
    dimension =>
      profile.indicators.filter(
        each => each.dimension === dimension && (weight === undefined || each.weight === weight),
      ).length,
  )
}

test('the adult labour list has its 67 rows, the child labour list its 65', () => {
  assert.deepEqual(countRows(adult), [10, 10, 16, 9, 15, 7])
  assert.equal(adult.indicators.length, 67)
  assert.deepEqual(countRows(child), [10, 10, 15, 8, 15, 7])
  assert.equal(child.indicators.length, 65)
})

test('the weights per dimension are those of the source', () => {
  assert.deepEqual(countRows(adult, 'strong'), [1, 1, 0, 1, 4, 0])
  assert.deepEqual(countRows(adult, 'medium'), [8, 9, 14, 7, 10, 5])
  assert.deepEqual(countRows(adult, 'weak'), [1, 0, 2, 1, 1, 2])
  assert.deepEqual(countRows(child, 'strong'), [2, 4, 0, 1, 8, 0])
  assert.deepEqual(countRows(child, 'medium'), [8, 6, 15, 7, 7, 7])
  assert.deepEqual(countRows(child, 'weak'), [0, 0, 0, 0, 0, 0])
})

test('the child labour list leaves out two rows of the adult one', () => {
  const ofChild = new Set(child.indicators.map(({ code }) => code))
  const left = adult.indicators.map(({ code }) => code).filter(code => !ofChild.has(code))
  assert.deepEqual(left, ['vulnerable-false-law', 'exploited-no-protection'])
})

test('every row has a code of its own and a dimension of the six', () => {
  for (const profile of indicatorProfiles.map(getProfile)) {
    const codes = profile.indicators.map(({ code }) => code)
    assert.equal(new Set(codes).size, codes.length, profile.profile)
    for (const { code, dimension, weight } of profile.indicators) {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/)
      assert.ok(profile.dimensions.includes(dimension), code)
      assert.ok([null, 'strong', 'medium', 'weak'].includes(weight), code)
    }
  }
})

test('no weight is signed off, and what was not verified says so', () => {
  for (const profile of indicatorProfiles.map(getProfile)) assert.equal(profile.signedOff, null)
  assert.deepEqual([adult.verified, child.verified], ['V2', 'V2'])
  assert.equal(getProfile('adult-sexual').verified, 'none')
})

test('the profiles of sexual exploitation list their rows and refuse to be read', () => {
  for (const code of ['adult-sexual', 'child-sexual'] as const) {
    const profile = getProfile(code)
    assert.ok(profile.indicators.length > 60)
    assert.ok(profile.indicators.every(({ weight }) => weight === null))
    const reading = readAll(profile, yesTo(profile, 'exploitation', 'coercion-destination'))
    assert.deepEqual(reading, { refused: 'weights-missing', dimensions: [], reading: null })
  }
})

test('a single missing weight makes a profile refuse', () => {
  const holed = {
    ...adult,
    indicators: adult.indicators.map((each, at) => (at === 66 ? { ...each, weight: null } : each)),
  }
  assert.equal(readAll(holed, {}).refused, 'weights-missing')
})

test('the rule of a dimension is that of the source for every count up to five', () => {
  // Told again as the list of the smallest positive sets, so that it does not share the formula.
  const smallest = [
    [2, 0, 0],
    [1, 1, 0],
    [1, 0, 1],
    [0, 3, 0],
    [0, 2, 1],
  ] as const
  let positives = 0
  for (let strong = 0; strong <= 5; strong += 1)
    for (let medium = 0; medium <= 5; medium += 1)
      for (let weak = 0; weak <= 5; weak += 1) {
        const expected = smallest.some(([s, m, w]) => strong >= s && medium >= m && weak >= w)
        assert.equal(readDimension({ strong, medium, weak }), expected, `${strong} ${medium} ${weak}`)
        if (expected) positives += 1
      }
  assert.equal(positives, 216 - 14)
})

test('one strong, two medium, one medium with any weak, or weak alone are not positive', () => {
  assert.equal(readDimension({ strong: 1, medium: 0, weak: 0 }), false)
  assert.equal(readDimension({ strong: 0, medium: 2, weak: 0 }), false)
  assert.equal(readDimension({ strong: 0, medium: 1, weak: 5 }), false)
  assert.equal(readDimension({ strong: 0, medium: 0, weak: 5 }), false)
})

test('the four rows of the worked case read as in the source', () => {
  assert.equal(readingOf(adult), 'no-signs')
  assert.equal(readingOf(adult, 'exploitation'), 'exploitation-only')
  assert.equal(readingOf(adult, 'deceptive-recruitment', 'exploitation'), 'deception-and-exploitation')
  assert.equal(readingOf(adult, 'deceptive-recruitment', 'exploitation', 'coercion-destination'), 'forced-labour-signs')
  assert.equal(readingOf(adult, 'coercive-recruitment', 'exploitation', 'coercion-destination'), 'forced-labour-signs')
})

test('abuse of vulnerability stands in for the means', () => {
  for (const vulnerability of ['vulnerability-recruitment', 'vulnerability-destination'] as const) {
    assert.equal(readingOf(adult, vulnerability, 'exploitation', 'coercion-destination'), 'forced-labour-signs')
    assert.equal(readingOf(adult, vulnerability, 'exploitation'), 'forced-labour-signs-refer')
    assert.equal(readingOf(adult, 'deceptive-recruitment', vulnerability, 'exploitation'), 'forced-labour-signs-refer')
  }
})

test('what no row covers is referred', () => {
  const others: Dimension[][] = [
    ['exploitation', 'coercion-destination'],
    ['coercion-destination'],
    ['deceptive-recruitment'],
    ['coercive-recruitment', 'exploitation'],
    ['deceptive-recruitment', 'coercive-recruitment', 'exploitation'],
    ['deceptive-recruitment', 'coercion-destination'],
    ['vulnerability-destination'],
  ]
  for (const wanted of others) assert.equal(readingOf(adult, ...wanted), 'forced-labour-signs-refer', wanted.join())
})

test('all 64 combinations of an adult have the reading of the table and of nothing else', () => {
  const seen = new Map<string, number>()
  for (let bits = 0; bits < 64; bits += 1) {
    const [deceptive, coercive, weakBefore, exploitation, coerced, weakNow] = [1, 2, 4, 8, 16, 32].map(
      bit => (bits & bit) > 0,
    ) as [boolean, boolean, boolean, boolean, boolean, boolean]
    const reading = readWhole('adult', {
      deceptiveRecruitment: deceptive,
      coerciveRecruitment: coercive,
      vulnerabilityRecruitment: weakBefore,
      exploitation,
      coercionDestination: coerced,
      vulnerabilityDestination: weakNow,
    })
    seen.set(reading, (seen.get(reading) ?? 0) + 1)
  }
  assert.deepEqual(Object.fromEntries(seen), {
    'no-signs': 1,
    'exploitation-only': 1,
    'deception-and-exploitation': 1,
    'forced-labour-signs': 15,
    'forced-labour-signs-refer': 46,
  })
})

test('for a child exploitation is enough and the rest only adds', () => {
  assert.equal(readingOf(child), 'no-signs')
  assert.equal(readingOf(child, 'exploitation'), 'forced-labour-signs')
  assert.equal(readingOf(child, 'deceptive-recruitment', 'exploitation'), 'forced-labour-signs')
  assert.equal(readingOf(child, 'deceptive-recruitment', 'coercion-destination'), 'forced-labour-signs-refer')
})

test('a positive dimension names the answers that made it so, strongest first', () => {
  const reading = readAll(adult, {
    'exploited-low-pay': 'yes',
    'exploited-hours': 'yes',
    'exploited-living': 'no',
    'coerced-lies': 'yes',
  })
  const exploitation = dimensionOf(reading, 'exploitation')
  assert.deepEqual(exploitation.because, ['exploited-hours', 'exploited-low-pay'])
  assert.ok(exploitation.open.includes('exploited-hazard') && !exploitation.open.includes('exploited-living'))
  const coercion = dimensionOf(reading, 'coercion-destination')
  assert.deepEqual([coercion.positive, coercion.because, coercion.heard], [false, [], ['coerced-lies']])
})

test('the smallest change that would turn a dimension round is told', () => {
  const reading = readAll(adult, {
    'exploited-low-pay': 'yes',
    'exploited-hours': 'yes',
    'dependent-family': 'yes',
    'dependent-economic': 'yes',
  })
  const one = (weight: Weight) => ({ strong: 0, medium: 0, weak: 0, [weight]: 1 })
  assert.deepEqual(dimensionOf(reading, 'exploitation').wouldChange, {
    kind: 'removals',
    options: [one('strong'), one('medium')],
    candidates: { strong: ['exploited-hours'], medium: ['exploited-low-pay'], weak: [] },
  })
  const { kind, options, candidates } = dimensionOf(reading, 'vulnerability-destination').wouldChange
  assert.deepEqual([kind, options], ['additions', [one('medium'), one('weak')]])
  assert.deepEqual(candidates, {
    strong: [],
    medium: ['dependent-on-exploiters', 'dependent-unknown-area', 'dependent-authorities'],
    weak: ['dependent-past', 'dependent-personal'],
  })
  // Nothing was heard and no row is strong: three answers are needed.
  assert.deepEqual(dimensionOf(reading, 'vulnerability-recruitment').wouldChange.options, [
    { strong: 0, medium: 3, weak: 0 },
    { strong: 0, medium: 2, weak: 1 },
  ])
})

test('answers to codes of no row are named and not counted', () => {
  const strays = ['vulnerable-false-law', 'no-such-row', 'constructor']
  const answers: Answers = Object.fromEntries(strays.map(code => [code, 'yes']))
  const reading = readAll(child, answers)
  assert.ok(!reading.refused)
  assert.deepEqual(reading.notInProfile, strays)
  assert.equal(reading.reading, 'no-signs')
})

const anyProfile = fc.constantFrom(adult, child)
const anyAnswers = (profile: IndicatorProfile): fc.Arbitrary<Record<string, Answer>> =>
  fc
    .array(fc.oneof({ weight: 2, arbitrary: fc.constant<Answer>('yes') }, fc.constantFrom(...answerCodes)), {
      minLength: profile.indicators.length,
      maxLength: profile.indicators.length,
    })
    .map(answers => Object.fromEntries(profile.indicators.map(({ code }, at) => [code, answers[at]!])))
const anyCase = anyProfile.chain(profile =>
  fc.tuple(fc.constant(profile), anyAnswers(profile), fc.nat(profile.indicators.length - 1)),
)

test('a further yes never turns a positive dimension negative', () => {
  fc.assert(
    fc.property(anyCase, ([profile, answers, at]) => {
      const before = readAll(profile, answers)
      const after = readAll(profile, { ...answers, [profile.indicators[at]!.code]: 'yes' })
      for (const [nth, { positive }] of before.dimensions.entries())
        assert.ok(!positive || after.dimensions[nth]!.positive)
    }),
    { numRuns: 300 },
  )
})

test('only a yes counts', () => {
  fc.assert(
    fc.property(anyCase, fc.constantFrom<Answer>('no', 'unknown', 'not-asked'), ([profile, answers], instead) => {
      const onlyYes = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer === 'yes'))
      const replaced = Object.fromEntries(
        Object.entries(answers).map(([code, answer]) => [code, answer === 'yes' ? answer : instead]),
      )
      assert.equal(readAll(profile, onlyYes).reading, readAll(profile, replaced).reading)
    }),
    { numRuns: 100 },
  )
})

test('each change that is told does turn the dimension round, and nothing smaller does', () => {
  fc.assert(
    fc.property(anyCase, ([profile, answers]) => {
      for (const { positive, counts, wouldChange } of readAll(profile, answers).dimensions) {
        const sign = wouldChange.kind === 'additions' ? 1 : -1
        for (const option of wouldChange.options) {
          const moved = (less: Partial<typeof option> = {}) => ({
            strong: counts.strong + sign * (option.strong - (less.strong ?? 0)),
            medium: counts.medium + sign * (option.medium - (less.medium ?? 0)),
            weak: counts.weak + sign * (option.weak - (less.weak ?? 0)),
          })
          assert.equal(readDimension(moved()), !positive)
          for (const weight of ['strong', 'medium', 'weak'] as const) {
            assert.ok(option[weight] <= wouldChange.candidates[weight].length)
            if (option[weight] > 0) assert.equal(readDimension(moved({ [weight]: 1 })), positive)
          }
        }
        assert.ok(wouldChange.options.length > 0)
      }
    }),
    { numRuns: 200 },
  )
})

test('weights are used in production only after a named person signed', () => {
  assert.equal(mayUseWeights({ production: false, signedOff: null }), true)
  assert.equal(mayUseWeights({ production: true, signedOff: null }), false)
  assert.equal(mayUseWeights({ production: true, signedOff: { name: '  ' } }), false)
  assert.equal(mayUseWeights({ production: true, signedOff: { name: 'A. Signer' } }), true)
})

test('a person is treated as a child when under age then, or when nobody is sure', () => {
  assert.equal(treatAsChild(17, false, 18), true)
  assert.equal(treatAsChild(18, false, 18), false)
  assert.equal(treatAsChild(25, true, 18), true)
  assert.equal(treatAsChild(null, false, 18), true)
})

test('there are five readings', () => {
  assert.equal(new Set(readingCodes).size, 5)
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { AnswerTree } from '#platform/forms/definition.ts'
import { adultInterview } from './instruments/interview.ts'
import { shortScreen } from './instruments/short-screen.ts'
import type { Condition, Rule } from './rules.ts'
import { type Finding, metCodes, readRules, rulesToUse } from './rules-reading.ts'
import { readDimension } from './scoring.ts'

const rule = (code: string, when: Condition): Rule => ({
  code,
  label: { en: code },
  advice: { en: 'Offer help.' },
  when,
  source: 'Invented',
  verified: 'G',
  signedOff: null,
})
const one = (when: Condition, answers: AnswerTree): Finding => readRules([rule('it', when)], answers)[0]!
const yes = (count: number, questions: readonly string[]): Condition => ({
  kind: 'at-least',
  count,
  questions,
  answers: ['yes'],
})

describe('a rule over answers', () => {
  it('counts questions with one of its answers, and says which, what is open, and what would change it', () => {
    const found = one(yes(2, ['a', 'b', 'c', 'd']), { a: 'yes', b: 'no', c: 'not-said' })
    assert.deepEqual(
      [found.met, found.heard, found.open, found.wouldChange],
      [
        false,
        [{ question: 'a', answers: ['yes'] }],
        ['c', 'd'],
        { kind: 'answers', give: 'more', number: 1, of: ['b', 'c', 'd'] },
      ],
    )
    const met = one(yes(2, ['a', 'b', 'c']), { a: 'yes', b: 'yes', c: 'yes' })
    assert.deepEqual(
      [met.met, met.wouldChange],
      [true, { kind: 'answers', give: 'fewer', number: 2, of: ['a', 'b', 'c'] }],
    )
  })

  it('finds a question in any group, and in any row of a repeat', () => {
    assert.equal(one(yes(1, ['a']), { g: { h: { a: 'yes' } } }).met, true)
    assert.equal(one(yes(1, ['a']), { r: [{ a: 'no' }, { a: 'yes' }] }).met, true)
    assert.equal(one(yes(2, ['a', 'b']), { r: [{ a: 'yes' }, { a: 'yes' }] }).met, false)
  })

  it('takes a declined question for “prefers not to say”, which counts only where the rule names it', () => {
    const named: Condition = { kind: 'at-least', count: 1, questions: ['a', 'b'], answers: ['yes', 'not-said'] }
    const declined = (when: Condition) => readRules([rule('it', when)], { g: { b: 'no' } }, ['g/a', 'r[2]/c'])[0]!
    assert.deepEqual([declined(yes(1, ['a', 'b'])).met, declined(yes(1, ['a', 'b'])).open], [false, ['a']])
    assert.deepEqual([declined(named).met, declined(named).heard], [true, [{ question: 'a', answers: ['not-said'] }]])
    assert.equal(declined({ ...named, questions: ['c'] }).met, true)
  })

  it('counts choices of a multiple choice', () => {
    const when: Condition = { kind: 'chosen', count: 2, question: 'q', choices: ['x', 'y', 'z'] }
    assert.equal(one(when, { q: ['x', 'other'] }).met, false)
    const met = one(when, { q: ['y', 'x', 'other'] })
    assert.deepEqual([met.met, met.heard], [true, [{ question: 'q', answers: ['x', 'y'] }]])
    assert.deepEqual(met.wouldChange, { kind: 'choices', give: 'fewer', number: 1, of: ['x', 'y'] })
  })

  it('compares a number, and none with none', () => {
    const when: Condition = { kind: 'number', question: 'n', atLeast: 3, atMost: 5 }
    for (const [n, met] of [
      [2, false],
      [3, true],
      [5, true],
      [6, false],
    ] as const)
      assert.equal(one(when, { n }).met, met)
    assert.deepEqual([one(when, {}).met, one(when, {}).open], [false, ['n']])
    assert.equal(one(when, { n: '4' }).met, false)
  })

  it('rests on other rules, whatever their order, and says on which', () => {
    const rules = [
      rule('both', { kind: 'all', rules: ['a', 'b'] }),
      rule('either', { kind: 'any', rules: ['a', 'b'] }),
      rule('neither', { kind: 'none', rules: ['a', 'b'] }),
      rule('a', yes(1, ['a'])),
      rule('b', yes(1, ['b'])),
    ]
    assert.deepEqual(metCodes(readRules(rules, { a: 'yes' })), ['either', 'a'])
    assert.deepEqual(metCodes(readRules(rules, { a: 'yes', b: 'yes' })), ['both', 'either', 'a', 'b'])
    assert.deepEqual(metCodes(readRules(rules, {})), ['neither'])
    const [both, either, neither] = readRules(rules, { a: 'yes' })
    assert.deepEqual(both!.rests, [
      { rule: 'a', met: true },
      { rule: 'b', met: false },
    ])
    assert.deepEqual(both!.wouldChange, { kind: 'rules', turn: 'all', rules: ['b'] })
    assert.deepEqual(either!.wouldChange, { kind: 'rules', turn: 'all', rules: ['a'] })
    assert.deepEqual(neither!.wouldChange, { kind: 'rules', turn: 'all', rules: ['a'] })
  })

  it('ends also where rules rest on each other in a circle, and finds nothing by it', () => {
    const rules = [rule('a', { kind: 'any', rules: ['b'] }), rule('b', { kind: 'all', rules: ['a'] })]
    assert.deepEqual(metCodes(readRules(rules, {})), [])
    assert.equal(one({ kind: 'none', rules: [] }, {}).met, false)
    assert.equal(one({ kind: 'all', rules: [] }, {}).met, false)
  })

  it('is not misled by names that every object has', () => {
    assert.equal(one(yes(1, ['constructor', 'toString', '__proto__']), {}).met, false)
    assert.equal(one(yes(1, ['__proto__']), JSON.parse('{"__proto__":"yes"}') as AnswerTree).met, true)
  })
})

describe('the shipped instruments', () => {
  const every = (answer: string) => {
    const names = adultInterview.rules.flatMap(({ when }) =>
      when.kind === 'dimension' ? [...when.strong, ...when.medium, ...when.weak] : [],
    )
    return Object.fromEntries(names.map(name => [name, answer]))
  }

  it('find nothing in no answers, in "does not know" and in "prefers not to say", but what asks for them by name', () => {
    for (const answers of [{}, every('unknown'), every('not-said'), every('no')])
      assert.deepEqual(metCodes(readRules(adultInterview.rules, answers)), [])
    for (const answer of ['no', 'unknown', 'not-said', 'not-asked'])
      assert.deepEqual(metCodes(readRules(shortScreen.rules, { papers: answer, debt: answer })), [])
    assert.deepEqual(metCodes(readRules(adultInterview.rules, { 'adult-then': 'not-said' })), ['child-then'])
  })

  it('find talking further in any one yes of the short screen', () => {
    assert.deepEqual(metCodes(readRules(shortScreen.rules, { housing: 'yes' })), ['talk-further'])
  })

  it('read a dimension as the published rule does, and by the same sum say what would change it', () => {
    const { when } = adultInterview.rules.find(({ code }) => code === 'exploitation')!
    assert.equal(when.kind, 'dimension')
    if (when.kind !== 'dimension') return
    const found = one(when, { [when.strong[0]!]: 'yes', [when.medium[0]!]: 'yes' })
    assert.equal(found.met, readDimension({ strong: 1, medium: 1, weak: 0 }))
    assert.equal(found.wouldChange.kind, 'weights')
    if (found.wouldChange.kind === 'weights') {
      assert.equal(found.wouldChange.change.kind, 'removals')
      assert.ok(found.wouldChange.change.options.length > 0)
    }
  })
})

describe('in production', () => {
  const given: AnswerTree = { 'exploited-hours': 'yes', 'exploited-low-pay': 'yes', 'danger-now': 'yes' }
  const findings = (rules: readonly Rule[], production: boolean) =>
    metCodes(readRules(rulesToUse(rules, { production }), given))

  it('what nobody signed weighs nothing; how to help is said all the same', () => {
    assert.ok(findings(adultInterview.rules, false).includes('exploitation'))
    assert.deepEqual(findings(adultInterview.rules, true), ['danger-now'])
    const signed = adultInterview.rules.map(one => ({
      ...one,
      signedOff: { name: 'A named person', on: '2026-11-22' },
    }))
    assert.ok(findings(signed, true).includes('exploitation'))
  })
})

describe('for any rules and any answers', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const some = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 6 })
  const counting = some.chain(questions => fc.integer({ min: 1, max: questions.length }).map(n => yes(n, questions)))
  const weighing = fc
    .array(fc.constantFrom('strong', 'medium', 'weak', 'out'), { minLength: names.length, maxLength: names.length })
    .map((weights): Condition => {
      const of = (weight: string) => names.filter((_, at) => weights[at] === weight)
      return { kind: 'dimension', answers: ['yes'], strong: of('strong'), medium: of('medium'), weak: of('weak') }
    })
  /** Rules that rest on those before them. */
  const rulesWith = (kinds: readonly ('all' | 'any' | 'none')[]): fc.Arbitrary<Rule[]> =>
    fc
      .array(
        fc.oneof(
          counting.map(when => () => when),
          weighing.map(when => () => when),
          fc.tuple(fc.constantFrom(...kinds), fc.array(fc.nat(50), { minLength: 1, maxLength: 4 })).map(
            ([kind, picks]) =>
              (before: number): Condition =>
                before === 0 ? yes(1, ['a']) : { kind, rules: [...new Set(picks.map(pick => `r${pick % before}`))] },
          ),
        ),
        { minLength: 1, maxLength: 12 },
      )
      .map(made => made.map((make, at) => rule(`r${at}`, make(at))))
  const answers = fc.record(
    Object.fromEntries(names.map(name => [name, fc.constantFrom('yes', 'no', 'unknown', 'not-said')])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, string>>

  it('a yes more takes no finding away, unless a rule asks for none', () => {
    fc.assert(
      fc.property(rulesWith(['all', 'any']), answers, fc.constantFrom(...names), (rules, given, more) => {
        const before = metCodes(readRules(rules, given))
        const after = new Set(metCodes(readRules(rules, { ...given, [more]: 'yes' })))
        assert.ok(before.every(code => after.has(code)))
      }),
      { numRuns: 500 },
    )
    // With `none` it can, or the property above would say nothing.
    const rules = [rule('a', yes(1, ['a'])), rule('quiet', { kind: 'none', rules: ['a'] })]
    assert.deepEqual(metCodes(readRules(rules, {})), ['quiet'])
    assert.deepEqual(metCodes(readRules(rules, { a: 'yes' })), ['a'])
  })

  it('what is not asked, not known or not said changes no finding', () => {
    fc.assert(
      fc.property(rulesWith(['all', 'any', 'none']), answers, (rules, given) => {
        const only = Object.fromEntries(Object.entries(given).filter(([, answer]) => answer === 'yes'))
        assert.deepEqual(metCodes(readRules(rules, given)), metCodes(readRules(rules, only)))
      }),
    )
  })

  it('the order of the rules changes nothing', () => {
    fc.assert(
      fc.property(rulesWith(['all', 'any', 'none']), answers, (rules, given) => {
        const turned = metCodes(readRules([...rules].reverse(), given))
        assert.deepEqual([...metCodes(readRules(rules, given))].sort(), [...turned].sort())
      }),
    )
  })

  it('what it says would change a count does, and one less does not', () => {
    fc.assert(
      fc.property(counting, answers, (when, given) => {
        const found = one(when, given)
        const { wouldChange: change } = found
        if (change.kind !== 'answers') return assert.fail('a count can always be changed')
        const to = change.give === 'more' ? 'yes' : 'no'
        const with_ = (number: number) =>
          one(when, { ...given, ...Object.fromEntries(change.of.slice(0, number).map(name => [name, to])) }).met
        assert.notEqual(with_(change.number), found.met)
        assert.equal(with_(change.number - 1), found.met)
      }),
    )
  })

  it('what it says would change a dimension does', () => {
    fc.assert(
      fc.property(weighing, answers, (when, given) => {
        const found = one(when, given)
        if (found.wouldChange.kind !== 'weights') return
        const { kind, options, candidates } = found.wouldChange.change
        for (const option of options) {
          const turned = (['strong', 'medium', 'weak'] as const).flatMap(weight =>
            candidates[weight].slice(0, option[weight]),
          )
          const to = kind === 'additions' ? 'yes' : 'no'
          const after = { ...given, ...Object.fromEntries(turned.map(name => [name, to])) }
          assert.notEqual(one(when, after).met, found.met)
        }
      }),
    )
  })
})

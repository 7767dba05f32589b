import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask, group, inventedForm, repeat, towns, work, yesNo } from '../../../tests/forms/invented.ts'
import { compile } from './compile.ts'
import { type FormNode, limits } from './definition.ts'
import { judge } from './judge.ts'

const body: FormNode[] = [
  ask('a', 'select-one', { choices: { list: 'yes_no' }, required: 'true()' }),
  group('g', [ask('n', 'integer', { constraint: '. < 10' })], { relevant: "${a} = 'yes'" }),
  ask('many', 'select-multiple', { choices: { list: 'towns' } }),
  ask('region', 'text'),
  ask('town', 'select-one', { choices: { list: 'towns', filter: 'region = ${region}' } }),
  repeat('r', [ask('x', 'text')]),
  ask('count', 'integer'),
  repeat('s', [ask('y', 'text')], { count: '${count}' }),
  work('double', '${n} * 2'),
  work('when', 'now()'),
  ask('hint', 'note'),
]
const program = compile(inventedForm(body, [towns, yesNo]))
const judged = (answers: unknown) => judge(program, answers, { now: new Date('2026-11-22T10:00:00Z'), timeZone: 'UTC' })
const told = (answers: unknown) => judged(answers).problems.map(({ path, code }) => `${path} ${code}`)
const when = '2026-11-22T10:00:00.000+00:00'

describe('judging answers from elsewhere', () => {
  it('takes what the form itself would send, and works calculations out itself', () => {
    const sent = {
      a: 'yes',
      g: { n: 4 },
      many: ['b1', 'a1'],
      region: 'a',
      town: 'a2',
      r: [{ x: 'one' }, {}],
      count: 2,
      s: [{ y: 'p' }, { y: 'q' }],
      double: '999',
      when: '2026-11-20T08:00:00.000+00:00',
    }
    const { answers, problems } = judged(sent)
    assert.deepEqual(problems, [])
    assert.deepEqual(answers, { ...sent, double: '8' })
    assert.deepEqual(judged(answers), { answers, problems })
  })

  it('leaves out what is not relevant', () => {
    assert.deepEqual(judged({ a: 'no', g: { n: 4 } }), { answers: { a: 'no', when }, problems: [] })
  })

  const refused: [string, unknown, string[]][] = [
    ['a name that the form has not', { a: 'no', zz: 1, r: [{ zz: 2 }] }, ['zz name-unknown', 'r[1]/zz name-unknown']],
    [
      'names of JavaScript',
      JSON.parse('{"a":"no","__proto__":{"b":1},"constructor":1}'),
      ['__proto__ name-unknown', 'constructor name-unknown'],
    ],
    ['what is no object', [1], [' wrong-type', 'a required']],
    ['nothing', null, [' wrong-type', 'a required']],
    ['an object where a text belongs', { a: { b: 1 } }, ['a wrong-type']],
    ['a text where a group belongs', { a: 'no', g: 'x' }, ['g wrong-type']],
    ['a text where rows belong', { a: 'no', r: 'x' }, ['r wrong-type']],
    ['a number that is none', { a: 'yes', g: { n: 'x' } }, ['g/n not-integer']],
    ['a number too large', { a: 'yes', g: { n: 1e300 } }, ['g/n out-of-range']],
    ['a broken constraint', { a: 'yes', g: { n: 11 } }, ['g/n constraint']],
    ['a choice that the list has not', { a: 'maybe' }, ['a not-choice']],
    ['a choice among many that the list has not', { a: 'no', many: ['a1', 'zz'] }, ['many not-choice']],
    ['a choice that is not offered now', { a: 'no', region: 'b', town: 'a1' }, ['town not-choice']],
    ['more rows than counted', { a: 'no', count: 1, s: [{}, {}] }, ['s too-many-rows']],
    [
      'more rows than there may be',
      { a: 'no', r: Array.from({ length: limits.repeatRows + 1 }, () => ({})) },
      ['r too-many-rows'],
    ],
    ['a text too long', { a: 'no', region: 'x'.repeat(limits.answerLength + 1) }, ['region too-long']],
  ]
  for (const [about, answers, problems] of refused)
    it(`refuses ${about}`, () => assert.deepEqual(told(answers), problems))

  it('does not change the prototype of anything', () => {
    judged(JSON.parse('{"__proto__":{"polluted":1},"r":[{"__proto__":{"polluted":1}}]}'))
    assert.equal(({} as Record<string, unknown>).polluted, undefined)
  })

  it('stops telling after a few hundred problems', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`z${index}`, 1]))
    assert.equal(judged(many).problems.length, 200)
  })
})

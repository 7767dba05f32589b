import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask, group, inventedForm, repeat, towns, work, yesNo } from '../../../tests/forms/invented.ts'
import { compile } from './compile.ts'
import { type ChoiceList, type FormNode, limits } from './definition.ts'
import { FormFlaw } from './flaw.ts'
import { type BeginOptions, begin } from './session.ts'
import type { GroupView, QuestionView, RepeatView } from './view.ts'

const now = new Date('2026-11-22T10:00:00Z')
const start = (body: FormNode[], options: BeginOptions = {}, lists: ChoiceList[] = [towns, yesNo]) =>
  begin(compile(inventedForm(body, lists)), { now, timeZone: 'UTC', ...options })
const question = (session: ReturnType<typeof start>, path: string) => session.viewAt(path) as QuestionView
const codes = (session: ReturnType<typeof start>) => session.problems().map(({ path, code }) => `${path} ${code}`)

describe('relevance', () => {
  const body = [
    ask('a', 'select-one', { choices: { list: 'yes_no' } }),
    group('g', [ask('b', 'text'), ask('c', 'text', { relevant: "${b} = 'x'", required: 'true()' })], {
      relevant: "${a} = 'yes'",
    }),
    work('d', "concat('[', ${b}, ']')"),
  ]
  it('is inherited; what is hidden is blank for others, not asked for and not sent, and comes back as it was', () => {
    const session = start(body)
    session.set('a', 'yes')
    session.set('g/b', 'x')
    assert.deepEqual(codes(session), ['g/c required'])
    session.set('g/c', 'kept')
    assert.deepEqual(session.answers(), { a: 'yes', g: { b: 'x', c: 'kept' }, d: '[x]' })
    session.set('a', 'no')
    assert.deepEqual(session.answers(), { a: 'no', d: '[]' })
    assert.deepEqual(codes(session), [])
    session.set('a', 'yes')
    assert.deepEqual(session.answers(), { a: 'yes', g: { b: 'x', c: 'kept' }, d: '[x]' })
  })
})

describe('what a form fills in', () => {
  it('starts with literals, worked-out defaults in order, the device’s facts, and the day', () => {
    const body = [
      ask('a', 'integer', { default: '2' }),
      ask('b', 'integer', { default: '${a} + 1' }),
      ask('c', 'integer', { default: '${b} * 10' }),
      ask('who', 'meta', { meta: 'username' }),
      ask('day', 'meta', { meta: 'today' }),
      ask('begun', 'meta', { meta: 'start' }),
      ask('ended', 'meta', { meta: 'end' }),
      ask('hidden', 'text', { default: 'concat("x", "y")', relevant: '${a} > 5' }),
    ]
    const session = start(body, { device: { username: 'ana' } })
    const begun = '2026-11-22T10:00:00.000+00:00'
    const first = { a: 2, b: 3, c: 30, who: 'ana', day: '2026-11-22', begun }
    assert.deepEqual(session.answers(), first)
    session.set('a', 9)
    assert.deepEqual(session.answers(), { ...first, a: 9 })
    assert.deepEqual(session.finish(), { ...first, a: 9, ended: begun })
  })

  it('lets a person overrule a calculation until what it is made of changes', () => {
    const session = start([ask('a', 'integer'), ask('b', 'integer', { calculation: '${a} * 2' })])
    session.set('a', 2)
    session.set('b', 5)
    assert.equal(session.answers().b, 5)
    session.set('a', 3)
    assert.equal(session.answers().b, 6)
  })

  it('works a triggered calculation out only as its trigger changes', () => {
    const session = start([
      ask('a', 'integer'),
      ask('b', 'integer'),
      ask('c', 'integer', { trigger: ['a'], calculation: '${a} + ${b}' }),
    ])
    session.set('b', 1)
    assert.equal(session.answers().c, undefined)
    session.set('a', 1)
    assert.equal(session.answers().c, 2)
    session.set('b', 5)
    assert.equal(session.answers().c, 2)
  })

  it('keeps what once() gave first', () => {
    let clock = 0
    const session = start([ask('a', 'integer'), work('b', 'once(concat(${a}, now()))')], {
      now: () => new Date(clock++),
    })
    const first = session.answers().b
    session.set('a', 1)
    assert.equal(session.answers().b, first)
  })

  it('does not bring defaults back over answers to go on with, and puts what is known over defaults', () => {
    const body = [
      ask('a', 'text', { default: 'x' }),
      ask('b', 'text', { default: 'concat("y", "z")' }),
      ask('c', 'text'),
    ]
    assert.deepEqual(start(body, { answers: { c: 'z' } }).answers(), { c: 'z' })
    assert.deepEqual(start(body, { prefill: { c: 'z', a: 'known' } }).answers(), { a: 'known', b: 'yz', c: 'z' })
  })
})

describe('an answer', () => {
  it('that is typed and is none is kept in sight, told of and not sent', () => {
    const session = start([ask('n', 'integer', { required: 'true()' }), ask('d', 'date'), ask('t', 'time')])
    session.set('n', 'abc')
    session.set('d', '2026-02-30')
    session.set('t', '10:30')
    assert.deepEqual(codes(session), ['n not-integer', 'd not-date'])
    assert.equal(question(session, 'n').typed, 'abc')
    assert.deepEqual(session.answers(), { t: '10:30:00' })
    session.set('n', '12')
    assert.equal(question(session, 'n').typed, undefined)
    assert.equal(question(session, 'n').value, 12)
  })

  it('that is a place is kept as ODK writes it; a line has two ends and a shape closes', () => {
    const session = start([ask('p', 'geopoint'), ask('l', 'geotrace'), ask('s', 'geoshape')])
    session.set('p', ' 13.75 100 ')
    session.set('l', '1 2; 3 4 5')
    session.set('s', '1 2;3 4;5 6;1 2')
    const kept = { p: '13.75 100.0', l: '1.0 2.0;3.0 4.0 5.0', s: '1.0 2.0;3.0 4.0;5.0 6.0;1.0 2.0' }
    assert.deepEqual(session.answers(), kept)
    session.set('p', 'by the river')
    session.set('l', '1 2')
    session.set('s', '1 2;3 4;5 6')
    assert.deepEqual(codes(session), ['p not-place', 'l not-place', 's not-place'])
    assert.equal(question(session, 'p').typed, 'by the river')
  })

  it('is checked by its constraint only when there is one', () => {
    const body = [
      ask('n', 'integer', {
        constraint: '. > 10',
        constraintMessage: { en: 'More than 10, not ${n}', es: 'Más de 10' },
      }),
    ]
    const session = start(body)
    assert.deepEqual(session.problems(), [])
    session.set('n', 3)
    assert.deepEqual(session.problems(), [{ path: 'n', code: 'constraint', message: 'More than 10, not 3' }])
    session.setLanguage('es')
    assert.equal(session.problems()[0]?.message, 'Más de 10')
  })

  it('cannot be given where the form reads only or works it out', () => {
    const session = start([ask('a', 'text', { readOnly: 'true()', default: 'x' }), work('b', '1'), ask('c', 'note')])
    assert.deepEqual(
      ['a', 'b', 'c'].map(path => session.set(path, 'y')),
      [false, false, false],
    )
    assert.throws(() => session.set('nowhere', 1), FormFlaw)
    assert.deepEqual(session.answers(), { a: 'x', b: '1' })
  })
})

describe('choices', () => {
  const body = [
    ask('region', 'text'),
    ask('town', 'select-one', { choices: { list: 'towns', filter: 'region = ${region}' } }),
    ask('many', 'select-multiple', { choices: { list: 'yes_no', orOther: true } }),
    ask('order', 'rank', { choices: { list: 'towns' } }),
  ]
  it('are those that the filter leaves, and an answer no longer offered is none until it is offered again', () => {
    const session = start(body)
    assert.deepEqual(question(session, 'town').choices, [])
    session.set('region', 'a')
    assert.deepEqual(
      question(session, 'town').choices?.map(({ name }) => name),
      ['a1', 'a2'],
    )
    session.set('town', 'a2')
    session.set('region', 'b')
    assert.equal(question(session, 'town').value, null)
    session.set('town', 'a1')
    assert.deepEqual(codes(session), ['town not-choice'])
    session.set('town', 'b1')
    assert.deepEqual(session.answers(), { region: 'b', town: 'b1' })
  })

  it('of a select-multiple stand in the order of the list, with another one where the form allows it', () => {
    const session = start(body)
    session.set('many', ['other', 'no', 'yes'])
    assert.deepEqual(session.answers().many, ['yes', 'no', 'other'])
    assert.equal(question(session, 'many').choices?.at(-1)?.label, null)
  })

  it('of a rank keep their order and are followed by those not named', () => {
    const session = start(body)
    session.set('order', ['b1', 'a1'])
    assert.deepEqual(session.answers().order, ['b1', 'a1', 'a2'])
  })

  it('are mixed in an order that their seed settles', () => {
    const list = {
      name: 'l',
      choices: Array.from({ length: 20 }, (_, i) => ({ name: `c${i}`, label: {}, columns: {} })),
    }
    const names = (seed: string) =>
      question(
        start([ask('q', 'select-one', { choices: { list: 'l', randomize: { seed } } })], {}, [list]),
        'q',
      ).choices?.map(c => c.name)
    assert.deepEqual(names('42'), names('42'))
    assert.notDeepEqual(names('42'), names('43'))
    assert.deepEqual([...names('42')!].sort(), list.choices.map(c => c.name).sort())
  })
})

describe('repeats', () => {
  const body = [
    repeat(
      'r',
      [ask('x', 'integer', { default: '${base} + 1' }), work('n', 'position(..)'), work('twice', '${x} * 2')],
      {
        label: { en: 'Row with ${x}' },
      },
    ),
    ask('base', 'integer', { default: '4' }),
    work('total', 'sum(${twice})'),
  ]
  it('begin with a row, gain and lose rows, and all that hangs on them follows', () => {
    const session = start(body)
    assert.equal(session.addRow('r'), 'r[2]')
    session.set('r[2]/x', 7)
    assert.deepEqual(session.answers(), {
      r: [
        { x: 5, n: '1', twice: '10' },
        { x: 7, n: '2', twice: '14' },
      ],
      base: 4,
      total: '24',
    })
    const keys = (session.viewAt('r') as RepeatView).rows.map(row => row.key)
    assert.equal(session.removeRow('r', 1), true)
    assert.equal(session.removeRow('r', 5), false)
    assert.deepEqual(session.answers(), { r: [{ x: 7, n: '1', twice: '14' }], base: 4, total: '14' })
    const [row] = (session.viewAt('r') as RepeatView).rows
    assert.equal(row?.key, keys[1])
    assert.equal(row?.path, 'r[1]')
    assert.equal(row?.children[0]?.path, 'r[1]/x')
  })

  it('of a counted number follow the count and are not added by hand', () => {
    const session = start([
      ask('n', 'integer'),
      repeat('r', [ask('x', 'text')], { count: '${n}' }),
      work('c', 'count(${r})'),
    ])
    assert.equal(session.addRow('r'), undefined)
    session.set('n', 3)
    session.set('r[1]/x', 'a')
    session.set('n', null)
    assert.equal((session.viewAt('r') as RepeatView).rows.length, 3)
    session.set('n', 1)
    assert.deepEqual(session.answers(), { n: 1, r: [{ x: 'a' }], c: '1' })
    session.set('n', 100_000)
    assert.equal((session.viewAt('r') as RepeatView).rows.length, limits.repeatRows)
    assert.deepEqual(codes(session), ['r too-many-rows'])
  })

  it('keep to their own row where XLSForm does', () => {
    const session = start([
      repeat('r', [ask('x', 'integer'), repeat('s', [ask('y', 'integer')]), work('sum', 'sum(${y})')]),
      work('all', 'sum(${y})'),
    ])
    session.addRow('r')
    session.addRow('r[1]/s')
    // As in ODK, only the first row of all begins with a row of what repeats in it.
    assert.equal(session.addRow('r[2]/s'), 'r[2]/s[1]')
    for (const [path, value] of [
      ['r[1]/s[1]/y', 1],
      ['r[1]/s[2]/y', 2],
      ['r[2]/s[1]/y', 5],
    ] as const)
      session.set(path, value)
    assert.deepEqual(session.answers().all, '8')
    assert.deepEqual(
      (session.answers().r as { sum: string }[]).map(row => row.sum),
      ['3', '5'],
    )
  })
})

describe('drawing', () => {
  const body = [
    group(
      'g',
      [ask('a', 'text', { label: { en: 'First', es: 'Primero' } }), ask('b', 'text', { label: { en: 'After ${a}' } })],
      {
        label: { en: 'Group' },
      },
    ),
    group('f', [ask('c', 'text'), ask('d', 'text', { relevant: "${a} = 'x'" }), work('h', '1')], {
      appearance: 'field-list w2',
    }),
    repeat('r', [ask('e', 'text')], { label: { en: 'Rows' } }),
    group('empty', [ask('never', 'text', { relevant: 'false()' })]),
  ]
  it('shows answers in labels, and the language chosen', () => {
    const session = start(body)
    session.set('g/a', '<b>x</b>')
    assert.equal(question(session, 'g/b').label, 'After <b>x</b>')
    session.setLanguage('es')
    assert.equal(question(session, 'g/a').label, 'Primero')
    assert.equal(question(session, 'g/b').label, 'After <b>x</b>')
    assert.equal(session.view().label, 'Inventado')
  })

  it('gives the same objects for what has not changed', () => {
    const session = start(body)
    const before = session.view()
    session.set('f/c', 'y')
    const after = session.view()
    assert.notEqual(after, before)
    assert.equal(after.children[0], before.children[0])
    assert.equal((after.children[1] as GroupView).children[1], (before.children[1] as GroupView).children[1])
    assert.equal(after.children[2], before.children[2])
  })

  it('makes a page of each question, of a field-list as a whole, and of a place to add rows', () => {
    const session = start(body)
    const pages = session.pages('question')
    assert.deepEqual(
      pages.map(({ id, within }) => [id, ...within]),
      [['g/a', 'Group'], ['g/b', 'Group'], ['f'], ['r[1]/e', 'Rows', 'Rows'], ['r/+', 'Rows']],
    )
    assert.deepEqual(
      pages[2]?.nodes.map(node => node.path),
      ['f/c'],
    )
    session.set('g/a', 'x')
    assert.deepEqual(
      session.pages('question')[2]?.nodes.map(node => node.path),
      ['f/c', 'f/d'],
    )
    assert.deepEqual(
      session.pages('group').map(({ id }) => id),
      ['g', 'f', 'r'],
    )
    assert.equal(session.pages('whole').length, 1)
  })
})

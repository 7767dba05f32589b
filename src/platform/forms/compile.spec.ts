import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask, group, inventedForm, repeat, towns, work, yesNo } from '../../../tests/forms/invented.ts'
import { compile } from './compile.ts'
import { type FormDefinition, type FormNode, limits } from './definition.ts'
import { FormFlaw } from './flaw.ts'
import { pattern } from './pattern.ts'
import { begin } from './session.ts'
import type { QuestionView } from './view.ts'

function flawsOf(definition: FormDefinition) {
  try {
    compile(definition, { pattern })
    return []
  } catch (error) {
    if (error instanceof FormFlaw) return error.flaws
    throw error
  }
}
const codes = (...body: FormNode[]) => flawsOf(inventedForm(body, [towns, yesNo])).map(flaw => flaw.code)

describe('compiling a form', () => {
  it('tells all flaws at once, each with its row and column', () => {
    const flaws = flawsOf(
      inventedForm([
        ask('a', 'text', { relevant: '${gone} = 1', constraint: 'foo(.)' }),
        ask('b', 'text', { label: { en: 'Hi ${nobody}' }, required: 'digest(., "MD5")' }),
        repeat('r', [ask('c', 'text')], { count: '${nothing}' }),
      ]),
    )
    assert.deepEqual(
      flaws.map(({ code, row, column, detail }) => [code, row, column, detail]),
      [
        ['name-unknown', 2, 'relevant', 'gone'],
        ['function-unknown', 2, 'constraint', 'foo'],
        ['name-unknown', 3, 'label', 'nobody'],
        ['function-refused', 3, 'required', 'digest'],
        ['name-unknown', 4, 'repeat_count', 'nothing'],
      ],
    )
  })

  const circles: [string, FormNode[]][] = [
    ['relevance', [ask('a', 'text', { relevant: '${b} = 1' }), ask('b', 'text', { relevant: '${a} = 1' })]],
    ['calculations', [work('a', '${b} + 1'), work('b', '${a} + 1')]],
    ['relevance of a group over its own question', [group('g', [ask('a', 'text')], { relevant: '${a} = 1' })]],
    ['a count over its own rows', [repeat('r', [ask('a', 'integer')], { count: 'count(${a})' })]],
    ['relevance on itself', [ask('a', 'text', { relevant: ". = 'x'" })]],
    ['a filter on itself', [ask('a', 'select-one', { choices: { list: 'towns', filter: 'region = ${a}' } })]],
    ['rows on the row before', [repeat('r', [work('a', '${r}[position() = 1]/a + 1')])]],
    ['triggers', [ask('a', 'text', { trigger: ['b'] }), ask('b', 'text', { trigger: ['a'] })]],
  ]
  for (const [about, body] of circles) {
    it(`refuses a circle: ${about}`, () => assert.ok(codes(...body).includes('cycle'), codes(...body).join()))
  }

  it('names all that take part in a circle', () => {
    const [flaw] = flawsOf(inventedForm([work('a', '${b}'), work('b', '${c}'), work('c', '${a}'), work('d', '${a}')]))
    assert.equal(flaw?.detail, 'a → b → c → a')
  })

  it('finds a circle as long as the largest form without running out of stack', () => {
    const size = limits.nodes - 10
    const body = Array.from({ length: size }, (_, index) => work(`q${index}`, `\${q${(index + 1) % size}}`))
    assert.deepEqual(codes(...body), ['cycle'])
  })

  it('lets a constraint, a requirement and a calculation look at their own answer', () => {
    assert.deepEqual(
      codes(
        ask('a', 'integer', { constraint: '. > 0 and ${a} < 9', required: '${a} = 1', readOnly: '${a} = 2' }),
        ask('b', 'text', { calculation: "if(. = '', uuid(), .)" }),
        work('c', 'once(now())'),
      ),
      [],
    )
  })

  const refused: [string, string, FormNode[]][] = [
    ['a name used twice among siblings', 'name-twice', [ask('a', 'text'), ask('a', 'text')]],
    [
      'a reference that could mean two',
      'name-ambiguous',
      [group('g', [ask('a', 'text')]), group('h', [ask('a', 'text')]), work('b', '${a}')],
    ],
    ['a name that is none', 'name-invalid', [ask('a b', 'text')]],
    ['a list that is not there', 'list-unknown', [ask('a', 'select-one', { choices: { list: 'x' } })]],
    [
      'a file that is not there',
      'file-missing',
      [ask('a', 'select-one', { choices: { list: 'x.csv', fromFile: true } })],
    ],
    ['choices from answers', 'choices-from-answers', [ask('a', 'select-one', { choices: { list: '${b}' } })]],
    ['a pattern that RE2 has not', 'pattern', [ask('a', 'text', { constraint: "regex(., '(a)\\1')" })]],
    ['a pattern from an answer', 'literal-expected', [ask('a', 'text', { constraint: 'regex(., ${a})' })]],
    ['too few arguments', 'function-arguments', [work('a', 'substr(1)')]],
    ['a count of no nodes', 'nodes-expected', [work('a', 'count(3)')]],
    [
      'the name of a choice of no select',
      'select-expected',
      [ask('t', 'text'), work('a', "jr:choice-name('x', '${t}')")],
    ],
    ['a path to nowhere', 'name-unknown', [work('a', '/data/x')]],
    ['a path above the form', 'name-unknown', [work('a', '../../x')]],
    ['a default that cannot be read', 'expression-unfinished', [ask('a', 'text', { default: '1 + (2' })]],
  ]
  for (const [about, code, body] of refused) it(`refuses ${about}`, () => assert.deepEqual(codes(...body), [code]))

  it('warns of a column that the list has not, which leaves no choices', () => {
    const filter = 'region = a'
    const program = compile(inventedForm([ask('a', 'select-one', { choices: { list: 'towns', filter } })], [towns]))
    assert.deepEqual(program.warnings, [
      { code: 'column-unknown', detail: 'a', sheet: 'survey', row: 2, column: 'choice_filter' },
    ])
    assert.deepEqual((begin(program).viewAt('a') as QuestionView).choices, [])
  })

  it('refuses what would take too long with all rows there may be', () => {
    const inner = repeat('s', [ask('y', 'integer'), work('z', 'count(/data/r/s/y[. = current()/../y])')])
    assert.deepEqual(codes(repeat('r', [inner])), ['too-much-work'])
  })

  it('refuses a form that is too large or too deep', () => {
    assert.ok(
      codes(...Array.from({ length: limits.nodes + 1 }, (_, i) => ask(`q${i}`, 'text'))).includes('too-many-nodes'),
    )
    let deep: FormNode = ask('q', 'text')
    for (let level = 0; level <= limits.depth; level++) deep = group(`g${level}`, [deep])
    assert.deepEqual(codes(deep), ['too-deep'])
  })

  it('takes any name that XLSForm takes, those of JavaScript included', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'größe', 'a.b-c']
    assert.deepEqual(
      codes(...names.map(name => ask(name, 'text')), work('all', names.map(n => `\${${n}}`).join(' + '))),
      [],
    )
  })
})

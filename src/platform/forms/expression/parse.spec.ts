import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { limits } from '../definition.ts'
import { FormFlaw } from '../flaw.ts'
import { isDynamic } from './dynamic.ts'
import { parseExpression } from './parse.ts'
import { type Expression, references } from './tree.ts'

/** The tree with all brackets written out. */
function written(tree: Expression): string {
  switch (tree.kind) {
    case 'literal':
      return JSON.stringify(tree.value)
    case 'reference':
      return `\${${tree.name}}`
    case 'negation':
      return `-${written(tree.of)}`
    case 'binary':
      return `(${written(tree.left)} ${tree.operator} ${written(tree.right)})`
    case 'call':
      return `${tree.name}(${tree.args.map(written).join(', ')})`
    case 'path': {
      const filters = (list: readonly Expression[]) => list.map(each => `[${written(each)}]`).join('')
      const from = tree.from === 'root' ? '/' : tree.from === 'here' ? '.' : written(tree.from)
      const steps = tree.steps.map(step => `${step.axis}::${step.name}${filters(step.filters)}`)
      return `<${[from + filters(tree.filters), ...steps].join(' ')}>`
    }
  }
}

const codeOf = (text: string) => {
  try {
    parseExpression(text)
  } catch (error) {
    if (error instanceof FormFlaw) return error.flaws[0].code
    throw error
  }
  return 'none'
}

describe('parsing an expression', () => {
  const trees: [string, string][] = [
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['${a} or ${b} and ${c}', '(${a} or (${b} and ${c}))'],
    ['${a} = 1 or ${b} != "x y"', '((${a} = 1) or (${b} != "x y"))'],
    ['- - 3', '--3'],
    ['-${a} + 1', '(-${a} + 1)'],
    ['${a}-${b}', '(${a} - ${b})'],
    ['. >= 0 and . < 120', '((<. self::*> >= 0) and (<. self::*> < 120))'],
    ['../a-b/c.d', '<. parent::* child::a-b child::c.d>'],
    ['/data/x', '</ child::data child::x>'],
    ['div div mod', '(<. child::div> div <. child::mod>)'],
    ['2 * *', '(2 * <. child::*>)'],
    ['${r}[position() = 2]/x', '<${r}[(position() = 2)] child::x>'],
    [
      "instance('l')/root/item[name = ${x}]/label",
      '<instance("l") child::root child::item[(<. child::name> = ${x})] child::label>',
    ],
    ["jr:choice-name(${x}, '${x}')", 'jr:choice-name(${x}, "${x}")'],
    ['current()/../x', '<current() parent::* child::x>'],
    ['${ größe } | ../b', '(${größe} | <. parent::* child::b>)'],
    ['if(true(), .5, 3.)', 'if(true(), 0.5, 3)'],
  ]
  for (const [text, tree] of trees) it(`reads ${text}`, () => assert.equal(written(parseExpression(text)), tree))

  const refused: [string, string][] = [
    ['', 'expression-empty'],
    ['1 +', 'expression-unfinished'],
    ['(1', 'expression-unfinished'],
    ['1 2', 'expression-unexpected'],
    ["'abc", 'expression-text-open'],
    ['${a b}', 'expression-reference'],
    ['${last-saved#a}', 'expression-reference'],
    ['$a', 'expression-reference'],
    ['a # b', 'expression-character'],
    ['//a', 'expression-descendant'],
    ['a//b', 'expression-descendant'],
    ['@a', 'expression-attribute'],
    ['ancestor::a', 'expression-axis'],
    ['('.repeat(100), 'expression-too-deep'],
    [`${'-'.repeat(100)}1`, 'expression-too-deep'],
    [`1${' + 1'.repeat(1000)}`, 'expression-too-large'],
    [`'${'x'.repeat(limits.expressionLength)}'`, 'expression-too-long'],
  ]
  for (const [text, code] of refused)
    it(`refuses ${text.slice(0, 20)} (${code})`, () => assert.equal(codeOf(text), code))

  it('ends for any text, with a tree or with a flaw', () => {
    const pieces = fc.constantFrom(
      '${a}',
      '(',
      ')',
      '[',
      ']',
      '1',
      "'x'",
      '+',
      '-',
      'and',
      'f(',
      ',',
      '/',
      '..',
      '.',
      '*',
      'n',
      ' ',
      '=',
      '::',
    )
    fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), parts => void codeOf(parts.join(''))))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void codeOf(text)))
  })

  it('knows where references stand, so that they can be replaced', () => {
    const text = 'if(${a} = 1, ${r}[1]/x, ${ b })'
    assert.deepEqual(
      references(parseExpression(text)).map(({ start, end }) => text.slice(start, end)),
      ['${a}', '${r}', '${ b }'],
    )
  })
})

describe('a default', () => {
  it('is an expression where it works something out, and itself otherwise', () => {
    for (const text of ['${a}', 'today()', '1 + 1', 'a*b', "concat('a')"])
      assert.equal(isDynamic(text, 'text'), true, text)
    for (const text of ['yes', '12', '-3', '2026-01-31', '10:00:00', 'some-name', "'a + b'", 'a b'])
      assert.equal(isDynamic(text, 'text'), false, text)
    assert.equal(isDynamic('2026-1-31', 'date'), false)
    assert.equal(isDynamic('12 -3.5 0 0', 'geopoint'), false)
  })
})

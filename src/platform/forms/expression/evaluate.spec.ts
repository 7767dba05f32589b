import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask, inventedForm, repeat, towns, work } from '../../../../tests/forms/invented.ts'
import { compile } from '../compile.ts'
import type { FormNode } from '../definition.ts'
import { pattern } from '../pattern.ts'
import { begin } from '../session.ts'

const now = new Date('2024-02-29T17:30:15.250Z')

const known: FormNode[] = [
  ask('t', 'text', { default: 'hello world' }),
  ask('e', 'text'),
  ask('i', 'integer', { default: '42' }),
  ask('neg', 'integer', { default: '-7' }),
  ask('d', 'decimal', { default: '3' }),
  ask('day', 'date', { default: '2024-02-29' }),
  ask('m', 'text', { default: 'a b c' }),
  ask('town', 'select-one', { choices: { list: 'towns' }, default: 'a2' }),
  repeat('r', [ask('x', 'integer'), work('all', 'sum(/data/r/x)'), work('own', 'sum(${x})')]),
]

/** What expressions give as calculations in one form with three rows, x being 1, 2 and 3. */
function values(expressions: readonly string[], timeZone = 'America/Bogota'): string[] {
  const body = [...known, ...expressions.map((text, index) => work(`c${index}`, text))]
  const session = begin(compile(inventedForm(body, [towns]), { pattern }), { now, timeZone, random: () => 0.5 })
  session.addRow('r')
  session.addRow('r')
  for (const row of [1, 2, 3]) session.set(`r[${row}]/x`, row)
  const answers = session.answers()
  return expressions.map((_, index) => String(answers[`c${index}`] ?? ''))
}

const groups: Record<string, readonly (readonly [string, string])[]> = {
  'conversions of XPath 1.0': [
    ['${e} + 1', ''],
    ['${e} = ""', 'true'],
    ['${e} = 0', 'false'],
    ['${e} < 1', 'false'],
    ['not(${e})', 'false'],
    ['boolean("")', 'false'],
    ['${d}', '3.0'],
    ["${d} = '3'", 'false'],
    ['${d} = 3', 'true'],
    ['${t} = true()', 'true'],
    ['(1 = 1) + 1', '2'],
    ['${i} div 0', 'Infinity'],
    ['1 div 3', '0.3333333333333333'],
    ['${neg} mod 5', '-2'],
    ['number("x")', ''],
  ],
  texts: [
    ["concat(${t}, '-', ${i}, 3.0)", 'hello world-423'],
    ["join(', ', ${x})", '1, 2, 3'],
    ['substr(${t}, -3)', 'rld'],
    ['substring(${t}, 2, 3)', 'ell'],
    ["substring-before(${t}, 'zz')", ''],
    ["substring-after(${t}, 'o w')", 'orld'],
    ["translate(${t}, 'lo', 'L')", 'heLL wrLd'],
    ["normalize-space('  a   b ')", 'a b'],
    ['string-length(${t})', '11'],
    ["coalesce(${e}, 'x')", 'x'],
    ["if(${i} > 3, 'a', 'b')", 'a'],
    ["regex(${t}, '^h.*d$')", 'true'],
    ["regex(${t}, '^h$')", 'false'],
    ["once('x')", 'x'],
    ['uuid()', '88888888-8888-4888-8888-888888888888'],
  ],
  choices: [
    ["selected(${m}, 'b')", 'true'],
    ["selected(${m}, 'a b')", 'false'],
    ['selected-at(${m}, 1)', 'b'],
    ['count-selected(${m})', '3'],
    ["jr:choice-name(${town}, '${town}')", 'A2'],
    ["instance('towns')/root/item[name = ${town}]/region", 'a'],
    ["count(instance('towns')/root/item[region = 'a' and position() = 2])", '1'],
    ["pulldata('towns', 'label', 'name', ${town})", 'A2'],
  ],
  numbers: [
    ['int(-3.7)', '-3'],
    ['round(-2.5)', '-3'],
    ['round(1234, -2)', '1200'],
    ['min(${i}, ${neg})', '-7'],
    ['max(${i}, ${e})', ''],
    ['pow(2, 10)', '1024'],
    ['checklist(1, 2, ${i} = 42, ${e} = "")', 'true'],
    ['weighted-checklist(3, 5, true(), 2, true(), 2)', 'true'],
    ['random()', '0.5'],
  ],
  dates: [
    ['today()', '2024-02-29'],
    ['now()', '2024-02-29T12:30:15.25-05:00'],
    ['date(${day} + 1)', '2024-03-01'],
    ["date('2024-1-5')", '2024-01-05'],
    ["date('2024-02-30')", 'Invalid Date'],
    ["date('2024-03-10') - ${day}", '10'],
    ["${day} > date('2024-02-28')", 'true'],
    ['${day} <= today()', 'true'],
    ["format-date(${day}, '%d.%m.%y %a %b %e %n')", '29.02.24 Thu Feb 29 2'],
    ["format-date-time(now(), '%H:%M:%S.%3')", '12:30:15.250'],
    ["decimal-time('18:00')", '0.75'],
    ["decimal-date-time('1970-01-02T00:00:00Z')", '1'],
  ],
  rows: [
    ['sum(${x})', '6'],
    ['count(${r})', '3'],
    ['${x}', '1'],
    ['${x} = 2', 'true'],
    ['${r}[position() = 2]/x', '2'],
    ['${r}[3]/x', '3'],
    ['count(${r}[x > 1])', '2'],
    ['sum(${r}[x > 1]/x)', '5'],
    ['indexed-repeat(${x}, ${r}, 2)', '2'],
    ['indexed-repeat(${x}, ${r}, 9)', ''],
    ['/data/r[2]/all', '6'],
    ['/data/r[2]/own', '2'],
    ['position(/data/r[3])', '3'],
    ['../i', '42'],
    ['count(${i} | ${e})', '2'],
  ],
}

for (const [about, cases] of Object.entries(groups)) {
  describe(about, () => {
    const found = values(cases.map(([text]) => text))
    for (const [index, [text, value]] of cases.entries()) {
      it(`${text} is ${value || 'blank'}`, () => assert.equal(found[index], value))
    }
  })
}

describe('local time', () => {
  it('is that of the zone given, over a change of the clock', () => {
    const texts = ["decimal-date-time('2024-07-01')", "decimal-date-time('2024-01-01')"]
    const [summer, winter] = values(texts, 'Europe/Madrid').map(days => (Number(days) % 1) * 24)
    assert.ok(Math.abs(summer! - 22) < 1e-6)
    assert.ok(Math.abs(winter! - 23) < 1e-6)
  })
})

describe('a pattern', () => {
  it('that would backtrack for ever takes linear time', () => {
    const [value] = values(["regex(concat('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '!'), '^(a+)+$')"])
    assert.equal(value, 'false')
  })
})

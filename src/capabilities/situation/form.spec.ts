import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile } from '#platform/forms/compile.ts'
import { areaOf, areasOf } from './areas.ts'
import { subjects } from './contract.ts'
import { definitionOf } from './definition.ts'
import { questionsOf, standards } from './form.ts'
import { currentForm } from './instruments/shipped.ts'
import { scoresOf } from './scoring.ts'

for (const subject of subjects)
  test(`the questions about a ${subject} are a form of three to six for each standard, in both languages`, () => {
    const form = currentForm(subject)
    for (const standard of standards) {
      const count = form.standards[standard].length
      assert.ok(count >= 3 && count <= 6, `${standard} has ${count}`)
    }
    const all = questionsOf(form)
    assert.equal(new Set(all.map(one => one.name)).size, all.length)
    for (const { asks, topic } of all)
      for (const text of [asks, topic]) {
        assert.ok(text.en.trim() && text.es.trim())
        assert.notEqual(text.en, text.es)
      }
    assert.deepEqual(compile(definitionOf(subject, form)).warnings, [])
  })

test('partly counts half, what does not apply is left out, and a standard that does not apply has no points', () => {
  const form = currentForm('provider')
  const names = form.standards.legal.map(one => one.name)
  const score = (...said: ('yes' | 'partly' | 'no' | 'na')[]) =>
    scoresOf(form, Object.fromEntries(names.map((name, at) => [name, said[at]!]))).find(one => one.standard === 'legal')
  assert.deepEqual(
    form.standards.legal.map(one => one.weight),
    [3, 3, 2, 1],
  )
  assert.deepEqual(score('yes', 'yes', 'yes', 'yes'), { standard: 'legal', points: 9, of: 9 })
  assert.deepEqual(score('partly', 'no', 'yes', 'na'), { standard: 'legal', points: 3.5, of: 8 })
  assert.deepEqual(score('na', 'na', 'na', 'na'), { standard: 'legal', points: null, of: 0 })
})

test('a country plans by its smallest places above towns, and a town lies in one of them', () => {
  const place = (code: string, kind: string, within: string | null = null) => ({ code, kind, within })
  const islands = [place('north', 'island'), place('south', 'island')]
  assert.deepEqual(
    areasOf(islands).map(one => one.code),
    ['north', 'south'],
  )
  const parishes = [...islands, place('east', 'parish', 'north'), place('port', 'town', 'east')]
  assert.deepEqual(
    areasOf(parishes).map(one => one.code),
    ['south', 'east'],
  )
  assert.equal(areaOf(parishes, 'port'), 'east')
  assert.equal(areaOf(parishes, 'east'), 'east')
  // Of an island with parishes it is said of none of them.
  assert.equal(areaOf(parishes, 'north'), undefined)
  assert.equal(areaOf(parishes, 'elsewhere'), undefined)
})

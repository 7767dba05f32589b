import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FormNode, Question } from '#platform/forms/definition.ts'
import { start } from './engine.ts'
import { checkPlace, Interview, type InterviewOptions } from './interview.ts'

const ask = (name: string, type: Question['type'] = 'text', more: Partial<Question> = {}): Question => ({
  kind: 'question',
  name,
  type,
  label: { en: name },
  ...more,
})
const begin = async (body: readonly FormNode[], options: InterviewOptions = {}) => {
  const definition = {
    id: 'f',
    version: '1',
    title: { en: 'F' },
    languages: ['en'],
    defaultLanguage: 'en',
    lists: [],
    body,
  }
  return new Interview(definition, await start(definition, options), options)
}
const rows: FormNode = { kind: 'repeat', name: 'r', children: [ask('x'), ask('y')] }
const at = (interview: Interview) => interview.page('question')?.id ?? checkPlace
const view = (interview: Interview, path: string) => {
  const found = interview.session.viewAt(path)
  assert.equal(found.kind, 'question')
  return found as Extract<typeof found, { kind: 'question' }>
}

describe('an interview', () => {
  it('works out what was typed before anything else happens', async () => {
    const one = await begin([ask('n', 'integer'), ask('after', 'text', { relevant: `\${n} > 3` })])
    one.type('n', '5', '5')
    assert.equal(view(one, 'n').value, null, 'the writer has not rested yet')
    assert.equal(one.textOf(view(one, 'n')), '5')
    assert.ok(one.next('question'))
    assert.equal(at(one), 'after')
    assert.deepEqual(one.outcome().answers, { n: 5 })
  })

  it('shows what was typed as it was typed until the answer becomes another one', async () => {
    const one = await begin([ask('n', 'decimal', { calculation: `\${m} * 2` }), ask('m', 'integer')])
    one.type('n', '3.50', '3.50')
    one.flush()
    assert.equal(one.textOf(view(one, 'n')), '3.50')
    one.answer('m', 4)
    assert.equal(view(one, 'n').value, 8)
    assert.equal(one.textOf(view(one, 'n')), undefined)
  })

  it('stays on a page until what is wrong is put right, or it is skipped', async () => {
    const one = await begin([ask('n', 'integer', { required: 'true()' }), ask('m')])
    assert.equal(one.next('question'), false)
    assert.ok(one.tried('n'))
    assert.ok(one.next('question', true))
    assert.equal(at(one), 'm')
    one.next('question')
    assert.equal(one.finish(), undefined)
    one.answer('n', '1')
    assert.deepEqual(one.finish()?.answers, { n: 1 })
  })

  it('goes from the check to an answer and back, by way of questions that it brings', async () => {
    const one = await begin([ask('a'), ask('b', 'text', { relevant: `\${a} = 'x'` }), ask('c')])
    for (const expected of ['a', 'c', checkPlace]) {
      assert.equal(at(one), expected)
      one.next('question')
    }
    one.go('a')
    one.answer('a', 'x')
    one.next('question')
    assert.equal(at(one), 'b')
    one.next('question')
    assert.equal(at(one), checkPlace)
  })

  it('changes one row and comes back to the list', async () => {
    const one = await begin([rows, ask('z')])
    for (const page of ['r[1]/x', 'r[1]/y']) {
      assert.equal(at(one), page)
      one.next('question')
    }
    assert.equal(at(one), 'r/+')
    one.addRow('r', 'question')
    assert.equal(at(one), 'r[2]/x')
    one.go('r/+')
    const first = one.session.viewAt('r')
    one.changeRow('r', first.kind === 'repeat' ? first.rows[0]!.key : -1)
    for (const page of ['r[1]/x', 'r[1]/y', 'r/+']) {
      assert.equal(at(one), page)
      one.next('question')
    }
    assert.equal(at(one), 'z')
  })

  it('takes a row away only as its page is left, and what is known of the rows behind goes with them', async () => {
    const one = await begin([rows, ask('z')])
    one.go('r/+')
    one.session.addRow('r')
    one.answer('r[1]/x', 'first')
    one.type('r[2]/x', 'second', 'second')
    one.decline('r[2]/y', true)
    const repeat = one.session.viewAt('r')
    assert.equal(repeat.kind, 'repeat')
    const [key] = repeat.kind === 'repeat' ? repeat.rows.map(row => row.key) : []
    one.takeRow('r', key!, true)
    one.takeRow('r', key!, false)
    assert.equal(one.outcome().declined[0], 'r[2]/y')
    one.takeRow('r', key!, true)
    one.next('question')
    assert.deepEqual(one.outcome(), { answers: { r: [{ x: 'second' }] }, declined: ['r[1]/y'], language: 'en' })
    assert.equal(one.textOf(view(one, 'r[1]/x')), 'second')
  })

  it('goes on where a draft was left', async () => {
    const one = await begin([ask('a'), ask('b')], { answers: { a: 'x' }, place: 'b', declined: ['b'] })
    assert.equal(at(one), 'b')
    assert.ok(one.declined('b'))
    one.answer('b', 'told after all')
    assert.deepEqual(one.outcome().declined, [])
  })

  it('is on the same question however it is drawn', async () => {
    const one = await begin([{ kind: 'group', name: 'g', children: [ask('a'), ask('b')] }, ask('c')])
    one.go('g/b')
    assert.equal(one.page('group')?.id, 'g')
    one.next('group')
    assert.equal(at(one), 'c')
  })

  it('is nowhere worse off when the question it stands on is asked no more', async () => {
    const one = await begin([ask('a'), ask('b', 'text', { relevant: `\${a} != 'x'` }), ask('c')])
    one.next('question')
    assert.equal(at(one), 'b')
    one.answer('a', 'x')
    assert.equal(at(one), 'c')
  })
})

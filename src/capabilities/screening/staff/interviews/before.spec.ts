import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile } from '#platform/forms/compile.ts'
import { begin } from '#platform/forms/session.ts'
import type { InstrumentRow } from '../../contract-instruments.ts'
import { shippedInstruments } from '../../instruments/shipped.ts'
import { type Before, fitting, knownIn, limitsOf, saidAtOf } from './before.ts'

const before: Before = {
  ids: { interview: 'i', limits: 'l' },
  startedAt: '2026-03-14T10:00:00.000Z',
  danger: 'no',
  instrument: '',
  language: 'es',
  interpreter: 'by-phone',
  interviewer: 'woman',
  givenBy: 'guardian',
  assent: 'no',
  toldAt: '2026-03-14T10:01:00.000Z',
  paper: false,
  writtenAt: '',
  writtenBy: '',
}
const rows = shippedInstruments.map(({ form, about }) => ({ code: form.id, ...about })) as unknown as InstrumentRow[]
const codes = (child: boolean) => fitting(rows, child).map(row => row.code)

test('a child is offered no questions for adults, an adult theirs first, and nobody a card', () => {
  assert.equal(codes(true)[0], 'interview-child')
  assert.equal(codes(false)[0], 'interview-adult')
  const offered = fitting(rows, true)
  assert.ok(offered.every(row => row.person !== 'adult' && row.layer !== 'card'))
})

for (const code of ['interview-adult', 'interview-child'])
  test(`${code} takes what was settled before it began`, () => {
    const { form } = shippedInstruments.find(one => one.form.id === code)!
    const refused: string[] = []
    const known = knownIn(form, before)
    const session = begin(compile(form), { prefill: known, report: (path, why) => refused.push(`${path} ${why}`) })
    assert.deepEqual(refused, [])
    assert.deepEqual(session.answers().before, known.before)
    assert.deepEqual(Object.keys(known.before as object).sort(), [
      'danger-now',
      'interpreter',
      'interviewer',
      'limits-told',
    ])
  })

test('what a form does not ask is not put into it', () => {
  const { form } = shippedInstruments.find(one => one.about.layer === 'short-screen')!
  assert.deepEqual(knownIn({ ...form, body: [] }, before), {})
})

test('the child’s own answer stands beside a guardian’s, and paper keeps its own time', () => {
  assert.equal(limitsOf(before).childAssent, false)
  assert.equal(limitsOf({ ...before, givenBy: 'person' }).childAssent, undefined)
  const paper = { ...before, paper: true, writtenAt: '2026-03-01T08:30' }
  assert.equal(saidAtOf(paper, before.startedAt), new Date('2026-03-01T08:30').toISOString())
  assert.equal(limitsOf(before).saidAt, before.toldAt)
})

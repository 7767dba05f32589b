import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compiled, edit, form } from '../../../tests/forms/any-form.ts'
import { ask, group, inventedForm, repeat, towns } from '../../../tests/forms/invented.ts'
import { compile } from './compile.ts'
import { FormFlaw } from './flaw.ts'
import { judge } from './judge.ts'
import { begin, type Session } from './session.ts'

const now = new Date('2026-11-22T10:00:00Z')

function apply(session: Session, [kind, path, answer]: readonly [string, string, unknown]): void {
  try {
    if (kind === 'set') session.set(path, answer)
    else if (kind === 'add') session.addRow('r')
    else if (kind === 'remove') session.removeRow('r', Number(path))
    else session.view()
  } catch (error) {
    // There may be no such row.
    if (!(error instanceof FormFlaw && error.flaws[0].code === 'path-unknown')) throw error
  }
}

describe('laws of every form', () => {
  it('working out what has changed gives what working out everything gives', () => {
    let held = 0
    fc.assert(
      fc.property(form(true), fc.array(edit, { maxLength: 25 }), (definition, edits) => {
        const program = compiled(definition)
        if (!program) return
        held++
        const session = begin(program, { now, timeZone: 'UTC' })
        for (const each of edits) {
          apply(session, each)
          const [view, answers, problems] = [session.view(), session.answers(), session.problems()]
          session.renew()
          assert.deepEqual(session.answers(), answers)
          assert.deepEqual(session.problems(), problems)
          assert.deepEqual(session.view(), view)
        }
      }),
      { numRuns: 250 },
    )
    assert.ok(held > 100, `only ${held} forms held`)
  })

  it('answers go out, through JSON and in again as they were', () => {
    fc.assert(
      fc.property(form(false), fc.array(edit, { maxLength: 25 }), (definition, edits) => {
        const program = compiled(definition)
        if (!program) return
        const session = begin(program, { now, timeZone: 'UTC' })
        for (const each of edits) apply(session, each)
        const answers = session.answers()
        const sent = JSON.parse(JSON.stringify(answers))
        assert.deepEqual(sent, answers)
        const again = judge(program, sent, { now, timeZone: 'UTC' })
        assert.deepEqual(again.answers, answers)
        const typed = (code: string) => code.startsWith('not-')
        assert.deepEqual(
          again.problems.filter(({ code }) => typed(code)),
          [],
        )
      }),
      { numRuns: 250 },
    )
  })

  it('any JSON is judged without throwing, and what is kept is judged the same again', () => {
    const program = compile(
      inventedForm(
        [
          ask('a', 'integer'),
          group('g', [ask('b', 'select-multiple', { choices: { list: 'towns' } })]),
          repeat('r', [ask('c', 'date')]),
        ],
        [towns],
      ),
    )
    const names = fc.constantFrom('a', 'b', 'c', 'g', 'r', '__proto__', 'z')
    const { json } = fc.letrec<{ json: unknown }>(tie => ({
      json: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, true, 1, -0, 1.5, 'a1', 'a1 b1', '2026-11-22', '', Number.NaN),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.array(fc.tuple(names, tie('json')), { maxLength: 4 }).map(Object.fromEntries),
      ),
    }))
    fc.assert(
      fc.property(json, answers => {
        const once = judge(program, answers, { now, timeZone: 'UTC' })
        assert.deepEqual(judge(program, once.answers, { now, timeZone: 'UTC' }), {
          answers: once.answers,
          problems: [],
        })
      }),
      { numRuns: 500 },
    )
  })
})

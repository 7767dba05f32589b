import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultProcedure } from '#platform/country/default-procedure.ts'
import { caseStatuses, identifications } from './contract.ts'
import { caseMoves, movesOf, nextDecision, procedureMovesOf } from './flow.ts'

const codesOf = (...parts: Parameters<typeof procedureMovesOf> extends [unknown, ...infer Rest] ? Rest : never) =>
  procedureMovesOf(defaultProcedure, ...parts).map(({ code }) => code)

test('a decision is made where one is next, and seconded only where it waits for a second person', () => {
  const decided = ['none', 'pending', 'conclusive-pending']
  for (const status of caseStatuses)
    for (const identification of identifications) {
      const moves = codesOf(status, identification, 'decision-maker')
      const open = status === 'opened'
      const decides = decided.includes(identification) || identification.startsWith('reconsidering')
      assert.equal(moves.includes('decide-positive'), open && decides, `${status} ${identification}`)
      assert.equal(moves.includes('return'), open && identification.startsWith('proposed'))
      assert.equal(nextDecision(defaultProcedure, identification) !== undefined, decides)
    }
})

test('nobody but a decision maker decides, and nothing is done to a closed case', () => {
  for (const identification of identifications) {
    for (const role of ['intake', 'coordinator', 'officer', 'provider'])
      assert.deepEqual(
        codesOf('opened', identification, role).filter(code => /^(decide|confirm|return)/.test(code)),
        [],
      )
    for (const role of ['intake', 'coordinator', 'decision-maker'])
      assert.deepEqual(codesOf('closed', identification, role), [])
  }
  assert.deepEqual(movesOf('closed'), caseMoves.closed)
  assert.equal(caseMoves.closed.length, 0)
})

test('the next decision says which it is and what it asks for', () => {
  const first = nextDecision(defaultProcedure, 'pending')!
  assert.deepEqual(
    [first.kind, first.stage, first.positive],
    ['reasonable-grounds', 'reasonable-grounds', ['elements', 'grounds', 'evidence', 'reasons']],
  )
  const last = nextDecision(defaultProcedure, 'conclusive-pending')!
  assert.deepEqual(last.negative, ['grounds', 'evidence', 'reasons', 'second-person'])
  const again = nextDecision(defaultProcedure, 'reconsidering-conclusive-grounds')!
  assert.deepEqual([again.kind, again.stage], ['reconsideration', 'conclusive-grounds'])
  assert.ok(again.positive.includes('second-person'))
})

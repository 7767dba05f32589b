import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caseStatuses, identifications } from './contract.ts'
import { mayMove, movesOf } from './flow.ts'

test('a decision is made once, and seconded only when it waits for a second person', () => {
  for (const status of caseStatuses)
    for (const identification of identifications) {
      const open = status === 'opened'
      const decides = open && (identification === 'none' || identification === 'pending')
      assert.equal(mayMove(status, identification, 'decide'), decides, `${status} ${identification}`)
      assert.equal(mayMove(status, identification, 'confirm'), open && identification === 'proposed-negative')
    }
})

test('nothing is done to a closed case', () => {
  for (const identification of identifications) assert.deepEqual(movesOf('closed', identification), [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstState, statesAfter, trackMoves, tracks } from './tracks.ts'

test('every state of a track can be reached from its beginning, and every one that follows is a state of it', () => {
  for (const track of tracks) {
    const reached = new Set([firstState(track)])
    for (const state of reached) for (const next of statesAfter(track, state)) reached.add(next)
    assert.deepEqual([...reached].sort(), Object.keys(trackMoves[track]).sort(), track)
  }
})

test('help that was declined or ended can be offered again, and nobody who wants to stay is sent away', () => {
  for (const state of ['declined', 'ended']) assert.deepEqual(statesAfter('support', state), ['offered'])
  for (const state of ['wants-to-return', 'assessed', 'prepared'])
    assert.ok(statesAfter('return', state).includes('wants-to-stay'), state)
  assert.deepEqual(statesAfter('return', 'wants-to-stay'), ['wants-to-return'])
})

test('no track says anything of a criminal case', () => {
  const said = JSON.stringify(trackMoves)
  for (const word of ['crim', 'police', 'testif', 'witness', 'prosecut', 'cooperat'])
    assert.ok(!said.includes(word), word)
})

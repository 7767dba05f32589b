import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auth, demonstration } from './contract.ts'

const all = [...Object.values(auth), ...Object.values(demonstration)]

test('no two operations share an id, or a method and path', () => {
  assert.equal(new Set(all.map(one => one.id)).size, all.length)
  assert.equal(new Set(all.map(one => `${one.method} ${one.path}`)).size, all.length)
})

test('every change of somebody else asks for a key, so that it happens once', () => {
  for (const one of all)
    if (one.kind === 'command' && one.access !== 'public' && one.access !== 'signed-in')
      assert.ok(one.idempotent, one.id)
})

test('an answer that holds recovery codes is never kept for a repeated command', () => {
  for (const one of [auth.finishInvitation, auth.setPassword, auth.newRecoveryCodes]) assert.ok(!one.idempotent, one.id)
})

test('what changes the ways in, or gives rights, asks for a fresh proof', () => {
  const asked = [
    ...[auth.beginPasskey, auth.addPasskey, auth.removePasskey, auth.beginPassword, auth.setPassword],
    ...[auth.newRecoveryCodes, auth.invite, auth.renewInvitation, auth.grant, auth.confirmRecovery],
    auth.confirmAssignment,
  ]
  for (const one of asked) assert.equal(one.stepUp, 300, one.id)
})

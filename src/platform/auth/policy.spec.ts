import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, type Denied, decide, type Rule } from '../policy/decide.ts'
import { purposesOf, type Role, roles } from '../policy/roles.ts'
import { auth } from './contract.ts'
import { policy } from './policy.ts'

const actor = (role: Role, user = 'me'): Actor => ({
  user,
  assignment: 'a',
  role,
  organisation: 'o',
  country: 'XSA',
  purpose: purposesOf[role][0],
  strength: 2,
  provenAt: new Date(0),
  session: 's',
})
const operations = Object.values(auth).filter(one => one.access !== 'public' && one.access !== 'signed-in')

/** Why not, or 'allowed'. */
function outcome(operation: (typeof operations)[number], as: Actor, facts: object): string {
  const rule = policy[operation.access as keyof typeof policy] as Rule<never>
  try {
    decide(rule, operation.purpose, as, facts as never, 'fenced', new Date(0))
    return 'allowed'
  } catch (error) {
    return (error as Denied).reason
  }
}
const other = { account: 'somebody', askedBy: 'another', organisation: 'o', organisations: ['o'] }

test('administrators reach every account operation, supervisors those that read and recover, nobody else any', () => {
  const supervisors = [
    'auth.listAccounts',
    'auth.getAccount',
    'auth.askRecovery',
    'auth.listRecoveries',
    'auth.confirmRecovery',
    'auth.listWaiting',
    'auth.confirmAssignment',
    'auth.refuseAssignment',
  ]
  assert.equal(operations.length, 14)
  for (const operation of operations)
    for (const role of roles) {
      const expected = role === 'administrator' || (role === 'supervisor' && supervisors.includes(operation.id))
      assert.equal(outcome(operation, actor(role), other) === 'allowed', expected, `${operation.id} as ${role}`)
    }
})

test('nobody grants, ends, disables, renews or recovers for themselves', () => {
  const ids = [
    ...(['grant', 'endAssignment', 'disableAccount', 'renewInvitation', 'askRecovery', 'confirmRecovery'] as const),
    ...(['confirmAssignment', 'refuseAssignment'] as const),
  ]
  for (const id of ids) {
    const own = { account: 'me', askedBy: 'another', organisation: 'o' }
    assert.equal(outcome(auth[id], actor('administrator'), own), 'self', id)
  }
})

test('who asked for a recovery does not confirm it', () => {
  const asked = { account: 'somebody', askedBy: 'me', organisations: ['o'] }
  assert.equal(outcome(auth.confirmRecovery, actor('administrator'), asked), 'same-person')
  assert.equal(outcome(auth.confirmRecovery, actor('supervisor'), asked), 'same-person')
})

test('a supervisor gives a new way in to nobody who works in another house, also if they work in both', () => {
  for (const operation of [auth.askRecovery, auth.confirmRecovery])
    for (const organisations of [['elsewhere'], ['o', 'elsewhere'], []]) {
      assert.equal(outcome(operation, actor('supervisor'), { ...other, organisations }), 'role')
      assert.equal(outcome(operation, actor('administrator'), { ...other, organisations }), 'allowed')
    }
})

test('a role is confirmed by another than who asked, by a supervisor only in their own organisation', () => {
  for (const operation of [auth.confirmAssignment, auth.refuseAssignment]) {
    const asked = { account: 'somebody', askedBy: 'me', organisation: 'o' }
    assert.equal(outcome(operation, actor('administrator'), asked), 'same-person')
    assert.equal(outcome(operation, actor('supervisor'), asked), 'same-person')
    const elsewhere = { ...other, organisation: 'elsewhere' }
    assert.equal(outcome(operation, actor('supervisor'), elsewhere), 'role')
    assert.equal(outcome(operation, actor('administrator'), elsewhere), 'allowed')
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compartments } from './compartments.ts'
import { type Actor, allow, allowIf, Decision, Denied, decide, deny } from './decide.ts'

const actor: Actor = {
  user: 'u',
  assignment: 'a',
  role: 'officer',
  organisation: 'o',
  country: 'XSA',
  purpose: 'identification',
  strength: 2,
  provenAt: new Date(0),
  session: 's',
}
const now = new Date(0)

test('no rule, a rule that says no, and a purpose that is not served are all denied', () => {
  assert.throws(() => decide(undefined, ['identification'], actor, {}, 'fenced', now), Denied)
  assert.throws(() => decide(() => deny('x'), ['identification'], actor, {}, 'fenced', now), Denied)
  assert.throws(() => decide(() => allow('ID'), ['statistics'], actor, {}, 'fenced', now), Denied)
})

test('a decision releases its own compartments of its own case and nothing else', () => {
  const decision = decide(() => allow('ID', 'STA'), ['identification'], actor, {}, 'case-1', now)
  for (const one of compartments) assert.equal(decision.permits('case-1', one), one === 'ID' || one === 'STA')
  for (const one of compartments) assert.equal(decision.permits('case-2', one), false)
})

test('nobody but decide makes a decision', () => {
  assert.throws(() => new Decision(Symbol('decide'), 127, 'fenced'))
  for (const one of compartments) assert.equal(Decision.none.permits('case-1', one), false)
})

test('the first condition that fails is the reason', () => {
  assert.deepEqual(allowIf({ role: true, holder: false, access: false }, 'ID'), { allow: false, reason: 'holder' })
})

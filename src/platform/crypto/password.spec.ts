import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BusyError } from './key-error.ts'
import { hashPassword, isOutdated, type PasswordCost, passwordCost, verifyPassword } from './password.ts'

const cheap: PasswordCost = { memory: 64, passes: 1, lanes: 1 }

test('the right password verifies and a wrong one does not', async () => {
  const hash = await hashPassword('five words nobody else knows', cheap)
  assert.match(hash, /^\$argon2id\$v=19\$m=64,t=1,p=1\$/)
  assert.equal(await verifyPassword(hash, 'five words nobody else knows', cheap), true)
  assert.equal(await verifyPassword(hash, 'five words nobody else know', cheap), false)
})

test('the ordinary cost is 64 MiB and three passes', async () => {
  assert.deepEqual(passwordCost, { memory: 65_536, passes: 3, lanes: 1 })
  const hash = await hashPassword('x')
  assert.match(hash, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
  assert.equal(await verifyPassword(hash, 'x'), true)
})

test('a hash is checked at its own cost, whatever the cost of today', async () => {
  const hash = await hashPassword('x', { memory: 128, passes: 2, lanes: 2 })
  assert.equal(await verifyPassword(hash, 'x', cheap), true)
})

test('no hash, or a broken one, is never right', async () => {
  assert.equal(await verifyPassword(undefined, 'x', cheap), false)
  assert.equal(await verifyPassword('', 'x', cheap), false)
  assert.equal(await verifyPassword('$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA', 'x', cheap), false)
})

test('one accent typed in two ways is one password', async () => {
  const hash = await hashPassword('contrase\u00f1a', cheap)
  assert.equal(await verifyPassword(hash, 'contrasen\u0303a', cheap), true)
})

test('a hash of another cost is outdated', async () => {
  const hash = await hashPassword('x', cheap)
  assert.equal(isOutdated(hash, cheap), false)
  assert.equal(isOutdated(hash), true)
})

test('two run and fifty wait; the next is refused and the others all finish', async () => {
  const asked = Array.from({ length: 60 }, () => hashPassword('x', cheap))
  const ended = await Promise.allSettled(asked)
  const refused = ended.filter(one => one.status === 'rejected')
  assert.equal(refused.length, 8)
  for (const one of refused) assert.ok(one.reason instanceof BusyError)
  assert.equal(await verifyPassword(await hashPassword('x', cheap), 'x', cheap), true)
})

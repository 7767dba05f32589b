import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../config/config.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { softwareAuthenticator } from '../make.ts'
import { assertionFor, checkAssertion, checkRegistration, isHandleOf, registrationFor } from './passkeys.ts'

const config = readConfig({}, 'demonstration')
const person = { id: uuidv7(), name: 'Noor Delacroix', email: 'noor@santa-aurelia.example' }

async function made() {
  const authenticator = await softwareAuthenticator(config.staffOrigin)
  const { challenge } = await registrationFor(config, person)
  const passkey = await checkRegistration(config, authenticator.register(challenge), challenge)
  assert.ok(passkey)
  return { authenticator, passkey }
}

test('a registration asks for a discoverable passkey that verifies its person, and carries the account as handle', async () => {
  const { options } = await registrationFor(config, person, [{ credential_id: Buffer.from('abc'), transports: [] }])
  const { authenticatorSelection, user, excludeCredentials, rp } = options as Record<string, Record<string, unknown>>
  assert.equal(authenticatorSelection?.residentKey, 'required')
  assert.equal(authenticatorSelection?.userVerification, 'required')
  assert.equal(rp?.id, 'localhost')
  assert.ok(isHandleOf(user?.id as string, person.id))
  assert.equal((excludeCredentials as unknown as unknown[]).length, 1)
})

test('a passkey that was made can be used, and its counter moves on', async () => {
  const { authenticator, passkey } = await made()
  const { challenge } = await assertionFor(config)
  assert.equal(await checkAssertion(config, await authenticator.sign(challenge), challenge, passkey), 1)
})

test('a registration for another challenge, another origin or an unverified person is refused', async () => {
  const authenticator = await softwareAuthenticator(config.staffOrigin)
  const { challenge } = await registrationFor(config, person)
  const other = await registrationFor(config, person)
  assert.equal(await checkRegistration(config, authenticator.register(other.challenge), challenge), undefined)
  const foreign = authenticator.register(challenge, { origin: 'http://localhost:4000' })
  assert.equal(await checkRegistration(config, foreign, challenge), undefined)
  const unverified = authenticator.register(challenge, { unverified: true })
  assert.equal(await checkRegistration(config, unverified, challenge), undefined)
})

test('an assertion with another key, challenge, origin, without verification or with a counter that stood still is refused', async () => {
  const { authenticator, passkey } = await made()
  const { passkey: stranger } = await made()
  const { challenge } = await assertionFor(config)
  const wrong = async (bending: object, with_ = passkey, answered = challenge) =>
    checkAssertion(config, await authenticator.sign(answered, bending), challenge, with_)
  assert.equal(await wrong({}, { ...stranger, credential_id: passkey.credential_id }), undefined, 'key')
  assert.equal(await wrong({}, passkey, (await assertionFor(config)).challenge), undefined, 'challenge')
  assert.equal(await wrong({ origin: 'https://localhost.example' }), undefined, 'origin')
  assert.equal(await wrong({ unverified: true }), undefined, 'verification')
  assert.equal(await wrong({ counter: 7 }, { ...passkey, counter: 7 }), undefined, 'counter')
  assert.equal(await wrong({ counter: 8 }, { ...passkey, counter: 7 }), 8)
})

test('a handle of another account does not fit; none at all does', () => {
  assert.ok(isHandleOf(undefined, person.id))
  assert.ok(!isHandleOf(Buffer.alloc(16).toString('base64url'), person.id))
})

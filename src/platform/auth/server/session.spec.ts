import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { accountId, assignmentId, organisationId } from '../../../../tools/demonstration/people.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { codeAt, goodPassword, softwareAuthenticator } from '../make.ts'
import { type AuthHarness, newcomer, startAuthHarness } from './make.ts'

let harness: AuthHarness
let owner: pg.Client

before(async () => {
  harness = await startAuthHarness()
  owner = new pg.Client({ connectionString: harness.database.url('owner') })
  await owner.connect()
})
after(async () => {
  await owner.end()
  await harness.stop()
})

const get = (path: string, token: string | undefined) => harness.ask(path, { method: 'GET', token })
const tokenOf = (persona: { cookie: string }) => persona.cookie.split('=')[1]!
const as = async (key: Parameters<AuthHarness['as']>[0]) => tokenOf(await harness.as(key))
const demonstrationSignIn = (account: string, remote?: string) =>
  harness.ask('/auth/demonstration/sign-in', { body: { account }, ...(remote ? { remote } : {}) })

/** Gives somebody a second role, as the owner. */
async function secondRole(account: string, role: string, country = 'XSA'): Promise<string> {
  const id = uuidv7()
  await owner.query(
    'insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, $4, $5)',
    [id, account, organisationId('counter-trafficking-unit'), role, country],
  )
  return id
}

test('a person with two roles has none until one is chosen, and nothing but their own account', async () => {
  const id = await secondRole(accountId('dalia'), 'intake')
  const { token, body } = await demonstrationSignIn(accountId('dalia'))
  assert.equal(body.activated, false)
  const me = await get('/auth/me', token!)
  assert.equal(me.body.current, null)
  assert.equal(me.body.assignments.length, 2)
  assert.equal((await get('/organisations', token!)).status, 404)
  const chosen = await harness.ask('/auth/activate', {
    body: { assignment: id, purpose: 'identification' },
    token: token!,
  })
  assert.equal(chosen.status, 200)
  assert.equal((await get('/organisations', chosen.token!)).status, 200)
  await owner.query('update auth.assignment set until = now() where id = $1', [id])
})

test('choosing a role changes the token, and the old one is worth nothing', async () => {
  const token = await as('bastien')
  const body = { assignment: assignmentId('bastien'), purpose: 'identification' }
  const chosen = await harness.ask('/auth/activate', { body, token })
  assert.equal(chosen.status, 200)
  assert.notEqual(chosen.token, token)
  assert.equal((await get('/auth/me', token)).status, 401)
  assert.deepEqual((await get('/auth/me', chosen.token!)).body.current, body)
})

test('nobody acts in somebody else’s role, in one that has ended, or for a purpose the role does not have', async () => {
  const token = await as('marisol')
  const activate = (assignment: string, purpose: string) =>
    harness.ask('/auth/activate', { body: { assignment, purpose }, token })
  assert.equal((await activate(assignmentId('odette'), 'administration')).status, 404)
  assert.equal((await activate(uuidv7(), 'identification')).status, 404)
  const wrong = await activate(assignmentId('marisol'), 'investigation')
  assert.equal(wrong.status, 400)
  assert.equal(wrong.body.errors[0].field, 'purpose')
  const ended = await secondRole(accountId('marisol'), 'supervisor')
  await owner.query('update auth.assignment set until = now() where id = $1', [ended])
  assert.equal((await activate(ended, 'oversight')).status, 404)
})

test('a session ends by idling, by age and by hand', async () => {
  const change = (token: string, set: string) =>
    owner.query(`update auth.session set ${set} where token_hash = sha256($1::text::bytea)`, [token])
  const [idle, old, out] = [await as('silas'), await as('silas'), await as('silas')]
  await change(idle, "seen_at = now() - interval '29 minutes'")
  assert.equal((await get('/auth/me', idle)).status, 200)
  // The request before moves the limit after its answer.
  for (let moved = false; !moved; ) {
    const { rowCount } = await owner.query(
      "select 1 from auth.session where token_hash = sha256($1::text::bytea) and seen_at > now() - interval '1 minute'",
      [idle],
    )
    moved = rowCount === 1
  }
  await change(idle, "seen_at = now() - interval '31 minutes'")
  assert.equal((await get('/auth/me', idle)).status, 401)
  const { rows } = await owner.query(
    'select ends_at - created_at as age from auth.session order by created_at desc limit 1',
  )
  assert.equal(rows[0].age.hours, 12)
  await change(old, "ends_at = now() - interval '1 second'")
  assert.equal((await get('/auth/me', old)).status, 401)
  const left = await harness.ask('/auth/sign-out', { token: out })
  assert.equal(left.status, 204)
  assert.equal(left.token, null)
  assert.equal((await get('/auth/me', out)).status, 401)
})

test('a person sees and ends their own sessions, and nobody else’s', async () => {
  const [mine, other, foreign] = [await as('petra'), await as('petra'), await as('kofi')]
  const sessions = (await get('/auth/sessions', mine)).body.items
  assert.equal(sessions.length, 2)
  const theirs = (await get('/auth/sessions', foreign)).body.items[0].id
  assert.ok(!sessions.some((one: { id: string }) => one.id === theirs))
  assert.equal((await harness.ask(`/auth/sessions/${theirs}`, { method: 'DELETE', token: mine })).status, 404)
  const second = sessions.find((one: { current: boolean }) => !one.current).id
  assert.equal((await harness.ask(`/auth/sessions/${second}`, { method: 'DELETE', token: mine })).status, 204)
  assert.equal((await get('/auth/me', other)).status, 401)
  assert.equal((await get('/auth/me', mine)).status, 200)
  assert.equal((await get('/auth/me', foreign)).status, 200)
})

test('an old proof is asked for again before a way in changes, and a fresh one is enough', async () => {
  const now = new Date('2026-03-02T12:00:00Z')
  harness.setNow(now)
  const person = await newcomer(harness)
  harness.setNow(new Date(now.getTime() + 301_000))
  const ask = (path: string, body?: unknown) => harness.ask(path, { body, token: person.token })
  assert.equal((await ask('/auth/passkeys/begin')).body.code, 'step-up-needed')
  assert.equal((await ask('/auth/recovery-codes')).body.code, 'step-up-needed')
  const begun = await ask('/auth/step-up/begin')
  assert.deepEqual(begun.body.ways, ['password'])
  assert.equal((await ask('/auth/step-up/finish', {})).status, 400)
  assert.equal(
    (await ask('/auth/step-up/finish', { password: goodPassword, code: '000000' })).body.code,
    'sign-in-failed',
  )
  const code = codeAt(person.secret, harness.services.now())
  assert.equal((await ask('/auth/step-up/finish', { password: goodPassword, code })).status, 200)

  const authenticator = await softwareAuthenticator(harness.services.config.staffOrigin)
  const offered = (await ask('/auth/passkeys/begin')).body
  const passkey = authenticator.register(offered.options.challenge)
  const add = { challenge: offered.challenge, passkey, label: 'Key' }
  assert.equal((await ask('/auth/passkeys', add)).body.id, authenticator.id)
  assert.equal((await ask('/auth/passkeys', add)).body.code, 'not-now', 'a challenge is answered once')
  const { body: ways } = await get('/auth/passkeys', person.token)
  assert.deepEqual([ways.items.length, ways.password, ways.recoveryCodesLeft], [1, true, 10])

  const again = (await ask('/auth/step-up/begin')).body
  assert.deepEqual(again.ways, ['passkey', 'password'])
  const proof = { challenge: again.challenge, passkey: await authenticator.sign(again.options.challenge) }
  assert.equal((await ask('/auth/step-up/finish', proof)).status, 200)

  const codes = (await ask('/auth/recovery-codes')).body.recoveryCodes
  assert.equal(new Set([...codes, ...person.recoveryCodes]).size, 20)
  const gone = await harness.ask(`/auth/passkeys/${authenticator.id}`, { method: 'DELETE', token: person.token })
  assert.equal(gone.status, 204)
  harness.setNow(undefined)
})

test('an old proof is asked for again of somebody without a role, too', async () => {
  const person = await newcomer(harness)
  await owner.query('update auth.assignment set until = now() where account_id = $1', [person.account])
  await owner.query("update auth.session set proven_at = now() - interval '6 minutes' where account_id = $1", [
    person.account,
  ])
  for (const path of ['/auth/passkeys/begin', '/auth/password/begin', '/auth/recovery-codes'])
    assert.equal((await harness.ask(path, { token: person.token })).body.code, 'step-up-needed', path)
})

test('somebody else’s passkey proves nothing', async () => {
  const [one, two] = [await newcomer(harness), await newcomer(harness)]
  const authenticator = await softwareAuthenticator(harness.services.config.staffOrigin)
  const offered = (await harness.ask('/auth/passkeys/begin', { token: one.token })).body
  const passkey = authenticator.register(offered.options.challenge)
  const body = { challenge: offered.challenge, passkey, label: 'Key' }
  assert.equal((await harness.ask('/auth/passkeys', { body, token: two.token })).body.code, 'not-now')
  assert.equal((await harness.ask('/auth/passkeys', { body, token: one.token })).status, 200)
  const begun = (await harness.ask('/auth/step-up/begin', { token: two.token })).body
  const proof = { challenge: begun.challenge, passkey: await authenticator.sign(begun.options.challenge) }
  const finished = await harness.ask('/auth/step-up/finish', { body: proof, token: two.token })
  assert.equal(finished.body.code, 'sign-in-failed')
})

test('a person renames their own passkey and nothing else of it changes; it still opens the account', async () => {
  const person = await newcomer(harness)
  const authenticator = await softwareAuthenticator(harness.services.config.staffOrigin)
  const offered = (await harness.ask('/auth/passkeys/begin', { token: person.token })).body
  const passkey = authenticator.register(offered.options.challenge)
  const body = { challenge: offered.challenge, passkey, label: 'Key' }
  await harness.ask('/auth/passkeys', { body, token: person.token })
  const signIn = async () => {
    const begun = (await harness.ask('/auth/sign-in/begin')).body
    const proof = await authenticator.sign(begun.options.challenge)
    return harness.ask('/auth/sign-in/passkey', { body: { challenge: begun.challenge, passkey: proof } })
  }
  assert.equal((await signIn()).status, 200)
  const row = async () =>
    (await owner.query('select * from auth.passkey where account_id = $1', [person.account])).rows[0]
  const before = await row()
  const path = `/auth/passkeys/${authenticator.id}`
  const rename = (label: unknown, token = person.token) =>
    harness.ask(path, { method: 'PUT', body: { label }, token: token! })
  assert.equal((await rename('My work phone')).status, 200)
  assert.deepEqual(await row(), { ...before, label: 'My work phone' })
  const [listed] = (await get('/auth/passkeys', person.token)).body.items
  assert.equal(listed.label, 'My work phone')
  assert.equal(listed.usedAt, before.used_at.toISOString())
  for (const label of ['', ' ', 'x'.repeat(61), 7]) assert.equal((await rename(label)).status, 400)
  assert.equal((await rename('Theirs', await as('jonah'))).status, 404)
  assert.deepEqual(await row(), { ...before, label: 'My work phone' })
  assert.equal((await signIn()).status, 200)
  const events = await owner.query(
    "select count(*)::int as n from audit.event where operation = 'auth.renamePasskey' and actor_id = $1",
    [person.account],
  )
  assert.equal(events.rows[0].n, 1)
})

test('the last way in cannot be removed', async () => {
  const person = await newcomer(harness)
  const authenticator = await softwareAuthenticator(harness.services.config.staffOrigin)
  const offered = (await harness.ask('/auth/passkeys/begin', { token: person.token })).body
  const passkey = authenticator.register(offered.options.challenge)
  await harness.ask('/auth/passkeys', {
    body: { challenge: offered.challenge, passkey, label: 'Key' },
    token: person.token,
  })
  await owner.query('delete from auth.password where account_id = $1', [person.account])
  const path = `/auth/passkeys/${authenticator.id}`
  assert.equal((await harness.ask(path, { method: 'DELETE', token: person.token })).body.code, 'not-now')
  assert.equal((await get('/auth/passkeys', person.token)).body.items.length, 1)
})

test('a changed password ends the old one and its recovery codes', async () => {
  const person = await newcomer(harness)
  const begun = (await harness.ask('/auth/password/begin', { token: person.token })).body
  const password = 'nine pelicans near the pier'
  const code = codeAt(begun.authenticator.secret, harness.services.now())
  const body = { challenge: begun.challenge, password, code }
  const set = await harness.ask('/auth/password', { method: 'PUT', body, token: person.token })
  assert.equal(set.body.recoveryCodes.length, 10)
  const signIn = (over: object) =>
    harness.ask('/auth/sign-in/password', { body: { email: person.email, ...over }, remote: '198.51.100.9' })
  assert.equal((await signIn({ password: goodPassword, code: set.body.recoveryCodes[0] })).status, 401)
  assert.equal((await signIn({ password, code: person.recoveryCodes[0] })).status, 401)
  assert.equal((await signIn({ password, code: set.body.recoveryCodes[0] })).status, 200)
})

test('a person chooses their language', async () => {
  const token = await as('jonah')
  assert.equal((await harness.ask('/auth/language', { method: 'PUT', body: { language: 'es' }, token })).status, 200)
  assert.equal((await get('/auth/me', token)).body.language, 'es')
  assert.equal((await harness.ask('/auth/language', { method: 'PUT', body: { language: 'xx' }, token })).status, 400)
})

test('in the demonstration anybody on this machine signs in as anybody, marked as such; from elsewhere there is nothing', async () => {
  const list = await get('/auth/demonstration', undefined)
  const marisol = list.body.items.find((one: { id: string }) => one.id === accountId('marisol'))
  assert.deepEqual(marisol.roles, ['officer'])
  const { token } = await demonstrationSignIn(accountId('amara'))
  const me = (await get('/auth/me', token!)).body
  assert.deepEqual([me.demonstration, me.account], [true, accountId('amara')])
  assert.equal((await harness.ask('/auth/step-up/finish', { body: {}, token: token! })).status, 200)
  assert.equal((await demonstrationSignIn(accountId('amara'), '192.0.2.44')).status, 404)
  assert.equal((await harness.ask('/auth/demonstration', { method: 'GET', remote: '192.0.2.44' })).status, 404)
  const begun = await harness.ask('/auth/sign-in/begin', { remote: '192.0.2.44' })
  assert.equal(begun.body.demonstration, false)
})

test('what passes a request on for somebody else does not open the demonstration to them', async () => {
  const passedOn: Record<string, string>[] = [
    { host: 'demo.example.org' },
    { 'x-forwarded-for': '192.0.2.44' },
    { 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'for=192.0.2.44' },
    { via: '1.1 proxy' },
  ]
  for (const headers of passedOn) {
    const told = `${Object.keys(headers)}`
    assert.equal((await harness.ask('/auth/demonstration', { method: 'GET', headers })).status, 404, told)
    const body = { account: accountId('amara'), deviceName: 'x' }
    assert.equal((await harness.ask('/auth/demonstration/sign-in', { body, headers })).status, 404, told)
  }
})

test('in production there is no demonstration sign-in at all', async () => {
  const production = await startAuthHarness({ mode: 'production' })
  try {
    const ids = production.bindings.map(one => one.operation.id)
    assert.ok(ids.includes('auth.beginSignIn'))
    assert.ok(!ids.some(id => /demonstration/i.test(id)), ids.join())
    assert.equal((await production.ask('/auth/demonstration', { method: 'GET' })).status, 404)
    const tried = await production.ask('/auth/demonstration/sign-in', { body: { account: accountId('odette') } })
    assert.equal(tried.status, 404)
    assert.equal((await production.ask('/auth/sign-in/begin')).body.demonstration, false)
  } finally {
    await production.stop()
  }
})

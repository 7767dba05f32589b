import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '../../crypto/random.ts'
import { inTransaction, type Tx } from '../../db/context.ts'
import { codeAt, goodPassword, invitee, softwareAuthenticator } from '../make.ts'
import { type AuthHarness, newcomer, startAuthHarness } from './make.ts'
import { recoveryHash } from './secrets.ts'
import { signInFence, spendRecoveryCode, spendTotpStep } from './store.ts'

let harness: AuthHarness
let owner: pg.Client
const start = new Date('2026-03-02T12:00:00Z')
let minute = 0
/** A minute later: another step of every authenticator, and no wait left over from a test before. */
function later(minutes = 60): Date {
  minute += minutes
  const now = new Date(start.getTime() + minute * 60_000)
  harness.setNow(now)
  return now
}

before(async () => {
  harness = await startAuthHarness()
  owner = new pg.Client({ connectionString: harness.database.url('owner') })
  await owner.connect()
})
after(async () => {
  await owner.end()
  await harness.stop()
})

const signIn = (email: string, code: string, over: object = {}, remote?: string) =>
  harness.ask('/auth/sign-in/password', {
    body: { email, password: goodPassword, code, ...over },
    ...(remote ? { remote } : {}),
  })
const events = async (event: string) =>
  (await owner.query('select body from audit.event order by id')).rows
    .map(row => JSON.parse(row.body))
    .filter(one => one.event === event)

test('an invited person sets a password, is signed in to the one role, and gets ten recovery codes', async () => {
  later()
  const person = await newcomer(harness)
  assert.equal(person.recoveryCodes.length, 10)
  const me = await harness.ask('/auth/me', { method: 'GET', token: person.token })
  assert.equal(me.body.account, person.account)
  assert.equal(me.body.current.purpose, 'identification')
  assert.deepEqual(
    me.body.assignments.map((one: { role: string }) => one.role),
    ['officer'],
  )
  assert.equal(me.body.demonstration, false)
})

test('a link opens once, and an unknown link opens nothing', async () => {
  later()
  const odette = await harness.as('odette')
  const token = odette.cookie.split('=')[1]
  const { body } = await harness.ask('/accounts', { body: invitee(odette.organisation), token })
  assert.match(body.link, /\/invitation#[A-Za-z0-9_-]{43}$/)
  const begin = () => harness.ask('/auth/invitation/begin', { body: { token: body.token } })
  const begun = await begin()
  const code = codeAt(begun.body.authenticator.secret, harness.services.now())
  const finish = { token: body.token, challenge: begun.body.challenge, password: goodPassword, code }
  assert.equal((await harness.ask('/auth/invitation/finish', { body: finish })).status, 200)
  assert.equal((await harness.ask('/auth/invitation/finish', { body: finish })).status, 404)
  assert.equal((await begin()).status, 404)
  assert.equal((await harness.ask('/auth/invitation/begin', { body: { token: 'A'.repeat(43) } })).status, 404)
})

test('a challenge of one invitation does not serve another', async () => {
  later()
  const odette = await harness.as('odette')
  const token = odette.cookie.split('=')[1]
  const invite = async () =>
    (await harness.ask('/accounts', { body: invitee(odette.organisation), token })).body.token as string
  const [one, two] = [await invite(), await invite()]
  const begun = (await harness.ask('/auth/invitation/begin', { body: { token: one } })).body
  const code = codeAt(begun.authenticator.secret, harness.services.now())
  const body = { token: two, challenge: begun.challenge, password: goodPassword, code }
  assert.equal((await harness.ask('/auth/invitation/finish', { body })).status, 409)
})

test('password and code sign in; the same code again does not', async () => {
  later()
  const person = await newcomer(harness)
  const code = codeAt(person.secret, later())
  const first = await signIn(person.email.toUpperCase(), code)
  assert.equal(first.status, 200)
  assert.equal(first.body.activated, true)
  const again = await signIn(person.email, code)
  assert.equal(again.status, 401)
  assert.equal(again.body.code, 'sign-in-failed')
})

test('requests from several places with one code at the same time: one gets in', async () => {
  later()
  const person = await newcomer(harness)
  const places = ['198.51.100.1', '203.0.113.1', '192.0.2.1']
  for (const code of [codeAt(person.secret, later()), person.recoveryCodes[0]!]) {
    const answers = await Promise.all(places.map(place => signIn(person.email, code, {}, place)))
    const statuses = answers.map(one => one.status)
    assert.equal(statuses.filter(one => one === 200).length, 1, statuses.join())
  }
})

test('a step or a recovery code that two transactions spend at once is spent by one', async () => {
  later()
  const person = await newcomer(harness)
  const { pool, keys } = harness.services
  const hash = recoveryHash(keys, person.recoveryCodes[0]!)
  const spends = [
    (tx: Tx) => spendRecoveryCode(tx, person.account, hash),
    (tx: Tx) => spendTotpStep(tx, person.account, 2_000_000_000),
  ]
  for (const spend of spends) {
    let second: Promise<boolean> | undefined
    const first = await inTransaction(pool, signInFence, async tx => {
      const spent = await spend(tx)
      second = inTransaction(pool, signInFence, spend)
      return spent
    })
    assert.deepEqual([first, await second], [true, false])
  }
})

test('a recovery code opens once, however it is typed, and only with the password', async () => {
  later()
  const person = await newcomer(harness)
  const code = person.recoveryCodes[3]!
  assert.equal((await signIn(person.email, code, { password: 'another password' })).status, 401)
  assert.equal((await signIn(person.email, code.toUpperCase().replaceAll('-', ' '))).status, 200)
  assert.equal((await signIn(person.email, code)).status, 401)
  assert.equal((await signIn(person.email, person.recoveryCodes[4]!)).status, 200)
})

test('unknown address, wrong password and wrong code are answered alike and all recorded', async () => {
  const now = later()
  const person = await newcomer(harness)
  const before_ = (await events('auth.sign-in-failed')).length
  const code = codeAt(person.secret, new Date(now.getTime() + 30_000))
  const answers = [
    await signIn('nobody@santa-aurelia.example', code),
    await signIn(person.email, code, { password: 'a wrong but long one' }),
    await signIn(person.email, `${(Number(code[0]) + 5) % 10}${code.slice(1)}`),
  ]
  const plain = answers.map(({ status, body: { request: _, ...body }, token }) => ({ status, body, token }))
  assert.deepEqual(plain[1], plain[0])
  assert.deepEqual(plain[2], plain[0])
  assert.equal(plain[0]!.status, 401)
  const recorded = await events('auth.sign-in-failed')
  assert.equal(recorded.length, before_ + 3)
  assert.equal(recorded.at(-1).outcome, 'refused')
  assert.ok(!JSON.stringify(recorded).includes('santa-aurelia'))
})

test('after some failures the next try waits, from that place for that account only', async () => {
  later()
  const person = await newcomer(harness)
  const other = await newcomer(harness)
  const now = later()
  const [attacker, elsewhere] = ['203.0.113.7', '198.51.100.1']
  for (let n = 0; n < 5; n++) assert.equal((await signIn(person.email, '000000', {}, attacker)).status, 401, String(n))
  const slowed = await signIn(person.email, codeAt(person.secret, now), {}, '203.0.113.99')
  assert.equal(slowed.status, 429)
  assert.equal(slowed.body.code, 'slow-down')
  assert.equal((await signIn(other.email, codeAt(other.secret, now), {}, attacker)).status, 200, 'another account')
  assert.equal((await signIn(person.email, codeAt(person.secret, now), {}, elsewhere)).status, 200, 'another place')
})

test('a known browser is not slowed by strangers at its own place', async () => {
  later()
  const person = await newcomer(harness)
  const now = later()
  for (let n = 0; n < 5; n++) await signIn(person.email, '000000')
  assert.equal((await signIn(person.email, codeAt(person.secret, now))).status, 429)
  const known = await signIn(person.email, codeAt(person.secret, now), { device: person.device })
  assert.equal(known.status, 200)
  assert.equal(known.body.device, undefined, 'it keeps its token')
})

test('a known browser’s token gives no free guesses and means nothing for another account', async () => {
  later()
  const person = await newcomer(harness)
  const other = await newcomer(harness)
  const now = later()
  for (let n = 0; n < 7; n++) await signIn(person.email, '000000', { device: person.device })
  const code = codeAt(person.secret, now)
  assert.equal((await signIn(person.email, code, { device: person.device })).status, 429)
  for (let n = 0; n < 5; n++) await signIn(other.email, '000000')
  assert.equal((await signIn(other.email, codeAt(other.secret, now), { device: person.device })).status, 429)
})

test('failures over many accounts from one place never refuse a right password there, only slow it', async () => {
  later()
  const person = await newcomer(harness)
  const now = later()
  const spray = async (n: number) => signIn(`guess${n}@santa-aurelia.example`, '000000', {}, '192.0.2.1')
  for (let n = 0; n < 22; n++) assert.equal((await spray(n)).status, 401, String(n))
  const good = await signIn(person.email, codeAt(person.secret, now), {}, '192.0.2.200')
  assert.equal(good.status, 200, JSON.stringify(good.body))
  const kept = await owner.query('select max(failures)::int as most from auth.throttle where until >= $1', [now])
  assert.equal(kept.rows[0].most, 22, 'and a good sign-in clears nothing for the place')
})

test('a flood of failing tries is answered, leaves no connection behind and stops nobody else', async () => {
  later()
  const person = await newcomer(harness)
  const tries = Array.from({ length: 40 }, (_, n) =>
    signIn(n % 2 ? person.email : `flood${n}@santa-aurelia.example`, '000000', {}, `198.18.${n}.1`),
  )
  const reads = Array.from({ length: 10 }, () => harness.ask('/auth/me', { method: 'GET', token: person.token }))
  const answers = await Promise.all(tries)
  const known = answers.every(one => [401, 429, 503].includes(one.status))
  assert.ok(known, JSON.stringify(answers.map(one => one.status)))
  assert.ok(answers.some(one => one.status === 401))
  for (const read of await Promise.all(reads)) assert.equal(read.status, 200)
  const { rows } = await owner.query(
    "select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
  )
  assert.equal(rows[0].open, 0)
})

test('a session token that was set before sign-in is not the one after it', async () => {
  later()
  const person = await newcomer(harness)
  const planted = 'B'.repeat(43)
  const now = later()
  const body = { email: person.email, password: goodPassword, code: codeAt(person.secret, now) }
  const { token } = await harness.ask('/auth/sign-in/password', { body, token: planted })
  assert.match(token!, /^[A-Za-z0-9_-]{43}$/)
  assert.notEqual(token, planted)
  assert.equal((await harness.ask('/auth/me', { method: 'GET', token: planted })).status, 401)
  const stored = await owner.query('select 1 from auth.session where encode(token_hash, $1) = $2', ['escape', token])
  assert.equal(stored.rowCount, 0, 'the token itself is nowhere')
})

test('another site’s page cannot sign anybody in', async () => {
  const body = { email: 'nobody@santa-aurelia.example', password: goodPassword, code: '000000' }
  const foreign: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
  ]
  for (const headers of foreign) {
    const answer = await harness.ask('/auth/sign-in/password', { body, headers })
    assert.equal(answer.body.code, 'cross-site')
  }
})

test('somebody joins with a passkey and signs in with it, and gets no recovery codes that would open nothing', async () => {
  later()
  const odette = await harness.as('odette')
  const person = invitee(odette.organisation)
  const invited = await harness.ask('/accounts', { body: person, token: odette.cookie.split('=')[1] })
  const { token } = invited.body
  const begun = (await harness.ask('/auth/invitation/begin', { body: { token } })).body
  const authenticator = await softwareAuthenticator(harness.services.config.staffOrigin)
  const passkey = authenticator.register(begun.options.challenge)
  const finish = { token, challenge: begun.challenge, passkey, label: 'Telephone' }
  const finished = await harness.ask('/auth/invitation/finish', { body: finish })
  assert.equal(finished.status, 200, JSON.stringify(finished.body))
  assert.deepEqual(finished.body.recoveryCodes, [])

  const begin = async () => (await harness.ask('/auth/sign-in/begin')).body
  const first = await begin()
  assert.equal(first.demonstration, true)
  const answer = await authenticator.sign(first.options.challenge)
  const body = { challenge: first.challenge, passkey: answer }
  const signedIn = await harness.ask('/auth/sign-in/passkey', { body })
  assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body))
  assert.equal(signedIn.body.account, person.id)
  assert.equal((await harness.ask('/auth/sign-in/passkey', { body })).body.code, 'sign-in-failed', 'replayed')

  const second = await begin()
  const stolen = await authenticator.sign(second.options.challenge, { origin: 'http://localhost:4000' })
  const wrong = await harness.ask('/auth/sign-in/passkey', { body: { challenge: second.challenge, passkey: stolen } })
  assert.equal(wrong.status, 401)
  const unknown = await harness.ask('/auth/sign-in/passkey', {
    body: { challenge: uuidv7(), passkey: await authenticator.sign(second.options.challenge) },
  })
  assert.equal(unknown.status, 401)
})

test('a weak password and both ways at once are refused by name, and the link stays good', async () => {
  later()
  const odette = await harness.as('odette')
  const { body } = await harness.ask('/accounts', {
    body: invitee(odette.organisation),
    token: odette.cookie.split('=')[1],
  })
  const begun = (await harness.ask('/auth/invitation/begin', { body: { token: body.token } })).body
  const code = codeAt(begun.authenticator.secret, harness.services.now())
  const finish = (over: object) =>
    harness.ask('/auth/invitation/finish', { body: { token: body.token, challenge: begun.challenge, code, ...over } })
  assert.deepEqual(
    (await finish({ password: 'short' })).body.errors.map((one: { field: string }) => one.field),
    ['password'],
  )
  const authenticator = await softwareAuthenticator(harness.services.config.staffOrigin)
  const passkey = authenticator.register(begun.options.challenge)
  assert.equal((await finish({ password: goodPassword, passkey })).body.errors[0].field, 'passkey')
  assert.equal((await finish({})).body.errors[0].field, 'password')
  assert.equal((await finish({ password: goodPassword })).status, 200)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import {
  accountId,
  assignmentId,
  organisationId,
  type PersonKey,
  people,
} from '../../../../../tools/demonstration/people.ts'
import { uuidv7 } from '../../../crypto/random.ts'
import { openText } from '../../../db/context.ts'
import { auth } from '../../contract.ts'
import { codeAt, goodPassword, invitee } from '../../make.ts'
import { type AuthHarness, newcomer, startAuthHarness } from '../make.ts'

let harness: AuthHarness
let owner: pg.Client
let app: pg.Client

before(async () => {
  harness = await startAuthHarness()
  owner = new pg.Client({ connectionString: harness.database.url('owner') })
  app = new pg.Client({ connectionString: harness.database.url('app') })
  await Promise.all([owner.connect(), app.connect()])
})
after(async () => {
  await Promise.all([owner.end(), app.end()])
  await harness.stop()
})

const as = async (key: PersonKey) => (await harness.as(key)).cookie.split('=')[1]!
const ask = async (key: PersonKey, path: string, body?: unknown, method = 'POST') =>
  harness.ask(path, { body, method, token: await as(key) })
const unit = organisationId('counter-trafficking-unit')
const grantTo = (account: string, over: object = {}) => ({
  path: `/accounts/${account}/assignments`,
  body: { id: uuidv7(), organisation: unit, role: 'coordinator', ...over },
})

/** A statement as the application's role under somebody's fence, undone afterwards; its row count or SQLSTATE. */
async function raw(
  key: PersonKey,
  role: string,
  text: string,
  values: unknown[] = [],
  country = 'XSA',
): Promise<number | string> {
  const user = accountId(key)
  await app.query(openText({ user, principals: [user], compartments: 0, country, role }, true))
  try {
    return (await app.query(text, values)).rowCount ?? 0
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await app.query('rollback')
  }
}

test('only administrators, and supervisors where they may, reach each account operation', async () => {
  const kofi = accountId('kofi')
  const calls: [string, string, unknown?, string?][] = [
    [auth.listAccounts.id, '/accounts', undefined, 'GET'],
    [auth.getAccount.id, `/accounts/${kofi}`, undefined, 'GET'],
    [auth.invite.id, '/accounts', invitee(unit)],
    [auth.renewInvitation.id, `/accounts/${kofi}/invitation`],
    [auth.grant.id, grantTo(kofi).path, grantTo(kofi).body],
    [auth.endAssignment.id, `/accounts/${kofi}/assignments/${assignmentId('kofi')}`, undefined, 'DELETE'],
    [auth.disableAccount.id, `/accounts/${kofi}/disable`],
    [auth.endAccountSessions.id, `/accounts/${kofi}/end-sessions`],
    [auth.askRecovery.id, `/accounts/${accountId('marisol')}/recovery`],
    [auth.listRecoveries.id, '/recoveries', undefined, 'GET'],
    [auth.confirmRecovery.id, `/recoveries/${uuidv7()}/confirm`],
    [auth.listWaiting.id, '/assignments/waiting', undefined, 'GET'],
  ]
  const supervisors = new Set<string>([
    'auth.listAccounts',
    'auth.getAccount',
    'auth.askRecovery',
    'auth.listRecoveries',
    'auth.listWaiting',
  ])
  for (const { key, role, body: house } of people.filter(one => one.role !== 'administrator'))
    for (const [id, path, body, method] of calls) {
      const { status } = await ask(key, path, body, method)
      // Marisol's way back in is asked for by who supervises her own house.
      const ofHouse = id !== auth.askRecovery.id || house === 'labour-inspectorate'
      const reaches = role === 'supervisor' && supervisors.has(id) && ofHouse
      assert.equal(status === 404, !reaches, `${id} as ${role}: ${status}`)
    }
})

test('nobody grants themselves anything, over HTTP or in the database', async () => {
  const { path, body } = grantTo(accountId('odette'))
  assert.equal((await ask('odette', path, body)).status, 404)
  const insert = `insert into auth.assignment (id, account_id, organisation_id, role, country, granted_by, confirmed_at)
                  values ($1, $2, $3, 'coordinator', 'XSA', $4, null)`
  const values = (account: PersonKey, by: PersonKey) => [uuidv7(), accountId(account), unit, accountId(by)]
  assert.equal(await raw('odette', 'administrator', insert, values('kofi', 'odette')), 1, 'to another it goes')
  assert.equal(await raw('odette', 'administrator', insert, values('odette', 'odette')), '42501')
  assert.equal(await raw('odette', 'administrator', insert, values('odette', 'hollis')), '42501', 'in another’s name')
  assert.equal(await raw('odette', 'administrator', insert, values('kofi', 'hollis')), '42501', 'in another’s name')
  assert.equal(await raw('marisol', 'officer', insert, values('kofi', 'marisol')), '42501')
  assert.equal(
    await raw('odette', 'administrator', insert, values('kofi', 'odette'), 'TTO'),
    '42501',
    'another country',
  )
  const move = 'update auth.assignment set account_id = $1 where account_id = $2'
  assert.equal(await raw('odette', 'administrator', move, [accountId('odette'), accountId('dalia')]), '42501')
  const raise = "update auth.assignment set role = 'coordinator' where account_id = $1"
  assert.equal(await raw('odette', 'administrator', raise, [accountId('dalia')]), '42501')
  const prolong = "update auth.assignment set until = 'infinity', ended_by = $2 where account_id = $1"
  assert.equal(await raw('odette', 'administrator', prolong, [accountId('dalia'), accountId('odette')]), '42501')
})

test('no single person makes a link into an account that has ways in, not even in the database', async () => {
  const insert = (columns: string, values: string) =>
    `insert into auth.invitation (id, account_id, kind, asked_by, expires_at${columns}) values ($1, $2, $3, $4, now() + interval '1 day'${values})`
  const about = (kind: string) => [uuidv7(), accountId('dalia'), kind, accountId('odette')]
  const token = ", '\\x01'"
  assert.equal(await raw('odette', 'administrator', insert('', ''), about('recover')), 1, 'asking goes')
  assert.equal(await raw('odette', 'administrator', insert(', token_hash', token), about('recover')), '42501')
  assert.equal(await raw('odette', 'administrator', insert(', token_hash', token), about('join')), '42501')
  const asked = await ask('odette', `/accounts/${accountId('dalia')}/recovery`)
  const confirm = 'update auth.invitation set confirmed_by = $2, token_hash = $3 where id = $1'
  const by = (key: PersonKey) => [asked.body.id, accountId(key), Buffer.from('x')]
  assert.equal(await raw('odette', 'administrator', confirm, by('odette')), 0)
  assert.equal(await raw('hollis', 'administrator', confirm, by('silas')), '42501', 'in another’s name')
  assert.equal(await raw('dalia', 'supervisor', confirm, by('dalia')), 0, 'one’s own account')
  assert.equal(await raw('hollis', 'administrator', confirm, by('hollis')), 1)
  await owner.query('delete from auth.invitation where id = $1', [asked.body.id])
})

test('an administrator cannot read or make anybody’s ways in', async () => {
  const person = await newcomer(harness)
  for (const table of ['password', 'recovery_code', 'passkey', 'device'])
    assert.equal(await raw('odette', 'administrator', `select 1 from auth.${table}`), 0, table)
  const swap = 'update auth.password set hash = $2 where account_id = $1'
  assert.equal(await raw('odette', 'administrator', swap, [person.account, 'x']), 0)
  const open = `insert into auth.session (id, token_hash, account_id, strength, ends_at, device)
                values ($1, $2, $3, 2, now() + interval '1 hour', '')`
  assert.equal(await raw('odette', 'administrator', open, [uuidv7(), Buffer.from('y'), person.account]), '42501')
})

test('an invitation makes an account that can do nothing until it is used, and the same address only once', async () => {
  const person = invitee(unit, { assignment: { organisation: unit, role: 'analyst', until: '2199-01-01T00:00:00Z' } })
  const invited = await ask('odette', '/accounts', person)
  assert.equal(invited.status, 200)
  const shown = (await ask('hollis', `/accounts/${person.id}`, undefined, 'GET')).body
  assert.equal(shown.status, 'invited')
  assert.equal(shown.assignments[0].until, '2199-01-01T00:00:00.000Z')
  assert.ok(shown.invitation)
  const twice = await ask('odette', '/accounts', { ...person, id: uuidv7(), email: person.email.toUpperCase() })
  assert.deepEqual([twice.status, twice.body.errors[0].field], [409, 'email'])
  const signIn = { email: person.email, password: goodPassword, code: '123456' }
  assert.equal((await harness.ask('/auth/sign-in/password', { body: signIn })).status, 401)
  const past = { ...invitee(unit), assignment: { organisation: unit, role: 'analyst', until: '2001-01-01T00:00:00Z' } }
  assert.equal((await ask('odette', '/accounts', past)).body.errors[0].field, 'assignment.until')
  const nowhere = { ...invitee(uuidv7()) }
  assert.equal((await ask('odette', '/accounts', nowhere)).body.errors[0].field, 'assignment.organisation')
})

test('a new first link makes the one before worthless; there is none for somebody who has come in', async () => {
  const person = invitee(unit)
  const first = (await ask('odette', '/accounts', person)).body.token
  const second = (await ask('hollis', `/accounts/${person.id}/invitation`)).body.token
  const begin = (token: string) => harness.ask('/auth/invitation/begin', { body: { token } })
  assert.equal((await begin(first)).status, 404)
  assert.equal((await begin(second)).status, 200)
  assert.equal((await ask('odette', `/accounts/${accountId('dalia')}/invitation`)).body.code, 'not-now')
})

test('a link runs out after three days', async () => {
  const { body } = await ask('odette', '/accounts', invitee(unit))
  const { rows } = await owner.query(
    `select extract(epoch from expires_at - asked_at) / 3600 as hours from auth.invitation where account_id = $1`,
    [body.id],
  )
  assert.equal(Number(rows[0].hours), 72)
  await owner.query(`update auth.invitation set expires_at = now() where account_id = $1`, [body.id])
  assert.equal((await harness.ask('/auth/invitation/begin', { body: { token: body.token } })).status, 404)
})

test('a disabled account’s sessions end with the next request, and its open links are void', async () => {
  const person = await newcomer(harness)
  assert.equal((await harness.ask('/auth/me', { method: 'GET', token: person.token })).status, 200)
  const waiting = invitee(unit)
  const link = (await ask('odette', '/accounts', waiting)).body.token
  for (const id of [person.account, waiting.id])
    assert.equal((await ask('odette', `/accounts/${id}/disable`)).status, 204)
  assert.equal((await harness.ask('/auth/me', { method: 'GET', token: person.token })).status, 401)
  const body = { email: person.email, password: goodPassword, code: person.recoveryCodes[0] }
  assert.equal((await harness.ask('/auth/sign-in/password', { body })).status, 401)
  assert.equal((await harness.ask('/auth/invitation/begin', { body: { token: link } })).status, 404)
  assert.equal((await ask('odette', `/accounts/${accountId('odette')}/disable`)).status, 404, 'not oneself')
})

test('an ended role is gone with the next request, and nobody ends their own', async () => {
  const person = await newcomer(harness)
  const id = (await ask('odette', `/accounts/${person.account}`, undefined, 'GET')).body.assignments[0].id
  const path = `/accounts/${person.account}/assignments/${id}`
  assert.equal((await harness.ask('/organisations', { method: 'GET', token: person.token })).status, 200)
  assert.equal((await ask('odette', path, undefined, 'DELETE')).status, 204)
  assert.equal((await harness.ask('/organisations', { method: 'GET', token: person.token })).status, 404)
  assert.equal((await ask('odette', path, undefined, 'DELETE')).status, 404)
  const own = `/accounts/${accountId('odette')}/assignments/${assignmentId('odette')}`
  assert.equal((await ask('odette', own, undefined, 'DELETE')).status, 404)
})

test('a grant asks for a fresh proof, and the same role twice is refused', async () => {
  const token = await as('hollis')
  await owner.query(
    `update auth.session set proven_at = now() - interval '6 minutes' where token_hash = sha256($1::text::bytea)`,
    [token],
  )
  const { path, body } = grantTo(accountId('jonah'))
  assert.equal((await harness.ask(path, { body, token })).body.code, 'step-up-needed')
  assert.equal((await ask('hollis', path, body)).status, 200)
  assert.equal((await ask('hollis', path, { ...body, id: uuidv7() })).body.code, 'already-exists')
})

test('two people together let somebody back in: old ways and sessions go, and the person is told', async () => {
  const person = await newcomer(harness)
  const path = `/accounts/${person.account}/recovery`
  const asked = await ask('odette', path)
  assert.deepEqual(Object.keys(asked.body), ['id'], 'no link yet')
  assert.equal((await ask('hollis', path)).body.code, 'already-exists')
  assert.equal((await ask('silas', path)).status, 404, 'a supervisor of another house')
  const confirm = `/recoveries/${asked.body.id}/confirm`
  assert.equal((await ask('odette', confirm)).status, 404, 'the same person')
  const waiting = async (key: PersonKey) =>
    (await ask(key, '/recoveries', undefined, 'GET')).body.items.find((one: { id: string }) => one.id === asked.body.id)
  assert.equal((await waiting('hollis')).confirmable, true)
  assert.equal(await waiting('silas'), undefined)
  assert.equal((await ask('silas', confirm)).status, 404)
  const confirmed = await ask('hollis', confirm)
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
  assert.equal((await ask('hollis', confirm)).body.code, 'already-answered')

  const begun = (await harness.ask('/auth/invitation/begin', { body: { token: confirmed.body.token } })).body
  assert.equal(begun.kind, 'recover')
  assert.equal(
    (await harness.ask('/auth/me', { method: 'GET', token: person.token })).status,
    200,
    'not before it is used',
  )
  const body = {
    token: confirmed.body.token,
    challenge: begun.challenge,
    password: 'eleven turtles by moonlight',
    code: codeAt(begun.authenticator.secret, harness.services.now()),
  }
  const finished = await harness.ask('/auth/invitation/finish', { body })
  assert.equal(finished.status, 200, JSON.stringify(finished.body))
  assert.equal((await harness.ask('/auth/me', { method: 'GET', token: person.token })).status, 401)
  const old = { email: person.email, password: goodPassword, code: person.recoveryCodes[0] }
  assert.equal((await harness.ask('/auth/sign-in/password', { body: old })).status, 401)
  const told = (await harness.ask('/auth/sessions', { method: 'GET', token: finished.token! })).body.recoveries
  assert.deepEqual([told[0].askedBy, told[0].confirmedBy], ['Odette Larkin', 'Hollis Grant'])
  assert.ok(told[0].usedAt)
  const me = (await harness.ask('/auth/me', { method: 'GET', token: finished.token! })).body
  assert.deepEqual(me.recovery, told[0])
})

test('a supervisor confirms a new way in for who works in their own house alone, in the database too', async () => {
  const inspectorate = organisationId('labour-inspectorate')
  const person = await newcomer(harness, {
    assignment: { organisation: inspectorate, role: 'officer' },
  })
  const asked = await ask('odette', `/accounts/${person.account}/recovery`)
  const confirm = "update auth.invitation set confirmed_by = $1, token_hash = decode('aa', 'hex') where id = $2"
  const values = [accountId('silas'), asked.body.id]
  await owner.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country, granted_by, confirmed_at)
     values ($1, $2, $3, 'provider', 'XSA', $4, now())`,
    [uuidv7(), person.account, organisationId('claro-clinic'), accountId('odette')],
  )
  assert.equal((await ask('silas', `/recoveries/${asked.body.id}/confirm`)).status, 404, 'works elsewhere too')
  assert.equal(await raw('silas', 'supervisor', confirm, values), 0)
  await owner.query(`update auth.assignment set until = now() where account_id = $1 and role = 'provider'`, [
    person.account,
  ])
  const abroad = uuidv7()
  await owner.query(
    `insert into directory.organisation (id, country, kind, name) values ($1, 'TTO', 'ngo', 'Across the water')`,
    [abroad],
  )
  await owner.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $1, 'provider', 'TTO')`,
    [abroad, person.account],
  )
  assert.equal((await ask('silas', `/recoveries/${asked.body.id}/confirm`)).status, 404, 'works in another country')
  assert.equal(await raw('silas', 'supervisor', confirm, values), '42501')
  await owner.query('delete from auth.assignment where id = $1', [abroad])
  assert.equal((await ask('silas', `/recoveries/${asked.body.id}/confirm`)).status, 200)
})

test('a recovery asked for before an account was disabled does not bring it back; one asked for afterwards does', async () => {
  const person = await newcomer(harness)
  const recover = async () => (await ask('odette', `/accounts/${person.account}/recovery`)).body.id
  const early = await recover()
  const link = (await ask('hollis', `/recoveries/${early}/confirm`)).body.token
  await ask('odette', `/accounts/${person.account}/disable`)
  const begin = (token: string) => harness.ask('/auth/invitation/begin', { body: { token } })
  assert.equal((await begin(link)).status, 404)
  const again = (await ask('hollis', `/recoveries/${await recover()}/confirm`)).body.token
  assert.equal((await begin(again)).status, 200)
})

test('the list is searched by part of a name or address, filtered, and paged without a gap', async () => {
  const list = async (query: string) => (await ask('odette', `/accounts?${query}`, undefined, 'GET')).body
  const names = (page: { items: { name: string }[] }) => page.items.map(one => one.name)
  assert.deepEqual(names(await list('search=CALLO')), ['Inés Calloway'])
  assert.deepEqual(names(await list('search=wren%40santa')), ['Wren Castellan'])
  assert.deepEqual(names(await list('search=%25')), [])
  assert.deepEqual(names(await list('role=investigator')), ['Petra Okafor', 'Vasco Thibault'])
  assert.ok(names(await list(`organisation=${organisationId('police')}`)).includes('Kofi Lindqvist'))
  assert.ok((await list('status=invited')).items.every((one: { status: string }) => one.status === 'invited'))
  const all = names(await list('limit=100'))
  const paged: string[] = []
  let after = ''
  do {
    const page = await list(`limit=4${after}`)
    paged.push(...names(page))
    after = page.next ? `&after=${page.next}` : ''
  } while (after)
  assert.deepEqual(paged, all)
  assert.equal((await list('after=nonsense')).code, 'invalid-input')
})

test('an administrator of another country sees nobody here', async () => {
  const count = 'select 1 from auth.assignment'
  assert.equal(await raw('odette', 'administrator', count, [], 'TTO'), 0)
  const disable = "update auth.account set status = 'disabled' where id = $1"
  assert.equal(await raw('odette', 'administrator', disable, [accountId('kofi')], 'TTO'), 0)
  assert.equal(await raw('odette', 'administrator', disable, [accountId('kofi')]), 1)
  assert.equal(await raw('odette', 'administrator', disable, [accountId('odette')]), 0, 'nor oneself')
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { accountId, organisationId, type PersonKey } from '../../../../../tools/demonstration/people.ts'
import { uuidv7 } from '../../../crypto/random.ts'
import { openText } from '../../../db/context.ts'
import { takesTwo } from '../../../policy/bodies.ts'
import { purposesOf, type Role, roles } from '../../../policy/roles.ts'
import { codeAt, goodPassword, invitee } from '../../make.ts'
import { type AuthHarness, confirmNewest, newcomer, newestAssignment, startAuthHarness } from '../make.ts'

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

const ask = async (key: PersonKey, path: string, body?: unknown, method = 'POST') =>
  harness.ask(path, { body, method, token: (await harness.as(key)).cookie.split('=')[1]! })
const unit = organisationId('counter-trafficking-unit')
const inspectorate = organisationId('labour-inspectorate')
const as = (role: Role, organisation = unit) => invitee(organisation, { assignment: { organisation, role } })

/** Whoever has the link comes in with an authenticator of their own. @returns the session's token */
async function comeIn(link: string): Promise<string> {
  const begun = (await harness.ask('/auth/invitation/begin', { body: { token: link } })).body
  const code = codeAt(begun.authenticator.secret, harness.services.now())
  const body = { token: link, challenge: begun.challenge, password: goodPassword, code }
  const finished = await harness.ask('/auth/invitation/finish', { body })
  assert.equal(finished.status, 200, JSON.stringify(finished.body))
  return finished.token!
}
/** Somebody whom Odette invited and who came in. */
async function puppet(role: Role, organisation = unit) {
  const person = as(role, organisation)
  const invited = await ask('odette', '/accounts', person)
  assert.equal(invited.status, 200, JSON.stringify(invited.body))
  const token = await comeIn(invited.body.token)
  return { ...person, token, assignment: (await newestAssignment(harness, person.id)).id as string }
}
const me = async (token: string) => (await harness.ask('/auth/me', { method: 'GET', token })).body
const cases = (token: string) => harness.ask('/cases', { method: 'GET', token })

/** A statement as the application's role under somebody's fence, undone afterwards; its first row or SQLSTATE. */
async function raw(user: string, role: string, text: string, values: unknown[] = [], country = 'XSA') {
  await app.query(openText({ user, principals: [user], compartments: 0, country, role }, true))
  try {
    const { rows, rowCount } = await app.query(text, values)
    return rows[0] ?? rowCount
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await app.query('rollback')
  }
}

test('one administrator reads nothing through an account that they made themselves', async () => {
  const { token, assignment, id } = await puppet('intake')
  const seen = await me(token)
  assert.deepEqual([seen.assignments, seen.current], [[], null])
  assert.deepEqual(
    seen.waiting.map((one: { id: string; role: string }) => [one.id, one.role]),
    [[assignment, 'intake']],
  )
  const body = { assignment, purpose: purposesOf.intake[0] }
  assert.equal((await harness.ask('/auth/activate', { body, token })).status, 404)
  assert.equal((await cases(token)).status, 404)
  assert.equal((await ask('odette', `/assignments/${assignment}/confirm`)).status, 404, 'nor by confirming it')
  // As if the server had a mistake and put the session into the role.
  await owner.query('update auth.session set assignment_id = $1, purpose = $2 where account_id = $3', [
    assignment,
    body.purpose,
    id,
  ])
  assert.equal((await cases(token)).status, 404, 'the database refuses too')
  assert.equal((await ask('hollis', `/assignments/${assignment}/confirm`)).status, 204)
  assert.equal((await cases(token)).status, 200)
  assert.equal((await ask('hollis', `/assignments/${assignment}/confirm`)).body.code, 'already-answered')
  const shown = await newestAssignment(harness, id)
  assert.deepEqual([shown.waiting, shown.askedBy, shown.confirmedBy], [false, 'Odette Larkin', 'Hollis Grant'])
  const { rows } = await owner.query(
    `select body from audit.event where operation = 'auth.confirmAssignment' order by id`,
  )
  const events = rows.map(row => JSON.parse(row.body)).filter(one => one.basis === assignment)
  assert.deepEqual(
    events.map(one => [one.actor, one.event, one.outcome]),
    [[accountId('hollis'), 'account.assignment-confirmed', 'done']],
  )
})

test('nobody is confirmed before they came in: a link in other hands would be worth the role', async () => {
  const person = as('coordinator')
  const link = (await ask('odette', '/accounts', person)).body.token
  const { id } = await newestAssignment(harness, person.id)
  assert.equal((await ask('hollis', `/assignments/${id}/confirm`)).body.code, 'not-now')
  const confirm = 'select auth.answer($1, null) as done'
  assert.deepEqual(await raw(accountId('hollis'), 'administrator', confirm, [id]), { done: false })
  await comeIn(link)
  assert.deepEqual(await raw(accountId('hollis'), 'administrator', confirm, [id]), { done: true })
})

test('which roles take two people is the same in the database, and an administrator is one', async () => {
  const insert = `insert into auth.assignment (id, account_id, organisation_id, role, country, granted_by)
                  values ($1, $2, $3, $4, 'XSA', $5)`
  for (const role of roles) {
    const values = [uuidv7(), accountId('kofi'), unit, role, accountId('odette')]
    assert.equal(await raw(accountId('odette'), 'administrator', insert, values), takesTwo(role) ? '42501' : 1, role)
  }
  const free = await puppet('analyst')
  assert.equal((await me(free.token)).current?.assignment, free.assignment)
  const second = await puppet('administrator')
  assert.equal((await me(second.token)).current, null)
  assert.equal((await harness.ask('/accounts', { method: 'GET', token: second.token })).status, 404)
})

test('the database takes no confirmed role from one person, and no word of the second but in their own right', async () => {
  const insert = (role: string, more: string) =>
    `insert into auth.assignment (id, account_id, organisation_id, role, country, granted_by${more ? `, ${more.split(' ')[0]}` : ''})
     values ($1, $2, $3, '${role}', 'XSA', $4${more ? `, ${more.split(' ')[1]}` : ''})`
  const odette = accountId('odette')
  const values = () => [uuidv7(), accountId('kofi'), unit, odette]
  const tried = (role: string, more: string) => raw(odette, 'administrator', insert(role, more), values())
  assert.equal(await tried('intake', ''), '42501')
  assert.equal(await tried('intake', 'confirmed_at now()'), '42501')
  assert.equal(await tried('administrator', 'confirmed_at now()'), '42501')
  assert.equal(await tried('no-such-role', 'confirmed_at now()'), '42501')
  assert.equal(await tried('intake', 'confirmed_at null'), 1)
  assert.equal(await tried('analyst', ''), 1)
  // Not even under the fence of signing in, which reaches every account.
  const none = '00000000-0000-0000-0000-000000000000'
  assert.equal(await raw(none, 'sign-in', insert('intake', 'confirmed_at now()'), values()), '42501')
  const { assignment, id } = await puppet('officer', inspectorate)
  const set = 'update auth.assignment set confirmed_at = now() where id = $1'
  for (const [user, role] of [
    [odette, 'administrator'],
    [accountId('hollis'), 'administrator'],
    [none, 'sign-in'],
  ] as const)
    assert.equal(await raw(user, role, set, [assignment]), '42501', role)
  const answers = async (user: string, role: string, country = 'XSA') =>
    raw(user, role, 'select auth.answer($1, null) as done', [assignment], country)
  const no: [string, string, string?][] = [
    [odette, 'administrator'],
    [id, 'administrator'],
    [accountId('hollis'), 'administrator', 'TTO'],
    [accountId('hollis'), 'supervisor'],
    [accountId('kofi'), 'administrator'],
    [accountId('kofi'), 'officer'],
    ['', 'administrator'],
  ]
  for (const [user, role, country] of no)
    assert.deepEqual(await answers(user || none, role, country), { done: false }, `${user} as ${role}`)
  assert.deepEqual(await answers(accountId('silas'), 'supervisor'), { done: true }, 'their organisation’s supervisor')
  assert.deepEqual(await answers(accountId('hollis'), 'administrator'), { done: true })
})

test('what waits is hidden from everybody but those who may answer it', async () => {
  const { assignment } = await puppet('coordinator')
  const read = 'select 1 as one from auth.assignment where id = $1'
  for (const [key, role] of [
    ['tobias', 'intake'],
    ['ines', 'decision-maker'],
    ['marisol', 'officer'],
  ] as const)
    assert.equal(await raw(accountId(key), role, read, [assignment]), 0, role)
  assert.deepEqual(await raw(accountId('hollis'), 'administrator', read, [assignment]), { one: 1 })
})

test('a supervisor confirms in their own organisation and sees nobody else’s', async () => {
  const here = await puppet('officer', inspectorate)
  const there = await puppet('officer', organisationId('police'))
  const list = (await ask('silas', '/assignments/waiting', undefined, 'GET')).body.items as { id: string }[]
  assert.ok(list.some(one => one.id === here.assignment))
  assert.ok(!list.some(one => one.id === there.assignment))
  assert.equal((await ask('silas', `/assignments/${there.assignment}/confirm`)).status, 404)
  assert.equal((await ask('silas', `/assignments/${here.assignment}/confirm`)).status, 204)
})

test('who asked and who is asked for see it wait and cannot answer; a refusal ends it, with its reason', async () => {
  const { assignment, id, token } = await puppet('decision-maker')
  const entry = async (key: PersonKey) =>
    (await ask(key, '/assignments/waiting', undefined, 'GET')).body.items.find(
      (one: { id: string }) => one.id === assignment,
    )
  assert.equal((await entry('odette')).answerable, false)
  const shown = await entry('hollis')
  assert.deepEqual(
    [shown.answerable, shown.askedBy, shown.account.id, shown.account.status, shown.waiting],
    [true, 'Odette Larkin', id, 'active', true],
  )
  const path = `/assignments/${assignment}/refuse`
  assert.equal((await ask('odette', path, { reason: 'not-needed' })).status, 404)
  assert.equal((await ask('hollis', path, { reason: 'because' })).status, 400)
  assert.equal((await ask('hollis', path, { reason: 'not-known' })).status, 204)
  assert.equal(await entry('hollis'), undefined)
  const after_ = await newestAssignment(harness, id)
  assert.deepEqual([after_.live, after_.waiting, after_.refused], [false, false, 'not-known'])
  assert.deepEqual((await me(token)).waiting, [])
  assert.equal((await ask('hollis', `/assignments/${assignment}/confirm`)).body.code, 'already-answered')
})

test('a confirmation asks for a fresh proof', async () => {
  const { assignment } = await puppet('officer', inspectorate)
  const token = (await harness.as('hollis')).cookie.split('=')[1]!
  await owner.query(
    `update auth.session set proven_at = now() - interval '6 minutes' where token_hash = sha256($1::text::bytea)`,
    [token],
  )
  const answer = await harness.ask(`/assignments/${assignment}/confirm`, { token })
  assert.equal(answer.body.code, 'step-up-needed')
})

test('a role is given only where it may be held, and asked again when it is confirmed', async () => {
  const shelter = organisationId('samaan-house')
  const wrong: [Role, string][] = [
    ['intake', shelter],
    ['decision-maker', organisationId('police')],
    ['shelter-manager', organisationId('police')],
    ['provider', organisationId('immigration')],
    ['investigator', shelter],
    ['officer', shelter],
  ]
  for (const [role, organisation] of wrong) {
    const invited = await ask('odette', '/accounts', as(role, organisation))
    assert.deepEqual(
      [invited.status, invited.body.errors?.[0].field, invited.body.errors?.[0].code],
      [400, 'assignment.organisation', 'not-this-body'],
      role,
    )
    const given = await ask('odette', `/accounts/${accountId('kofi')}/assignments`, {
      id: uuidv7(),
      organisation,
      role,
    })
    assert.deepEqual([given.status, given.body.errors?.[0].field], [400, 'organisation'], role)
  }
  const { assignment } = await puppet('shelter-manager', shelter)
  await owner.query(`update directory.organisation set kind = 'police' where id = $1`, [shelter])
  assert.equal((await ask('hollis', `/assignments/${assignment}/confirm`)).body.code, 'not-now')
  await owner.query(`update directory.organisation set kind = 'shelter' where id = $1`, [shelter])
  assert.equal((await ask('hollis', `/assignments/${assignment}/confirm`)).status, 204)
})

test('another role for somebody at work waits too, and the one they have goes on', async () => {
  const person = await newcomer(harness)
  const given = await ask('odette', `/accounts/${person.account}/assignments`, {
    id: uuidv7(),
    organisation: unit,
    role: 'coordinator',
  })
  assert.deepEqual([given.status, given.body.waiting], [200, true])
  const seen = await me(person.token)
  assert.deepEqual(
    [seen.assignments, seen.waiting].map(list => list.map((one: { role: string }) => one.role)),
    [['officer'], ['coordinator']],
  )
  await confirmNewest(harness, person.account)
  assert.equal((await me(person.token)).assignments.length, 2)
})

test('nobody makes another link to an account whose role works already', async () => {
  // As the operator makes an administrator at the command line.
  const id = uuidv7()
  await owner.query(`insert into auth.account (id, name, email) values ($1, 'Nadia Firth', $2)`, [
    id,
    `${id}@santa-aurelia.example`,
  ])
  await owner.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, 'administrator', 'XSA')`,
    [uuidv7(), id, unit],
  )
  assert.equal((await ask('odette', `/accounts/${id}/invitation`)).body.code, 'not-now')
  const join = `insert into auth.invitation (id, account_id, kind, asked_by, token_hash, expires_at)
                values ($1, $2, 'join', $3, '\\x02', now() + interval '1 day')`
  const odette = accountId('odette')
  assert.equal(await raw(odette, 'administrator', join, [uuidv7(), id, odette]), '42501')
})

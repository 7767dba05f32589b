import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { justice } from '#capabilities/justice/contract.ts'
import { leadBody } from '#capabilities/justice/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { type Harness, startHarness } from './harness/harness.ts'
import { keptCase } from './harness/make.ts'
import { openRaw, type Raw } from './harness/raw.ts'

// A role that waits for its second person opens nothing, closes nothing and gives no hold over anybody.

const abroad = { body: uuidv7(), account: uuidv7(), assignment: uuidv7(), session: uuidv7() }
let harness: Harness
let raw: Raw
before(async () => {
  harness = await startHarness()
  raw = await openRaw(harness)
  await raw.truth.query(
    `insert into directory.organisation (id, country, kind, name) values ($1, 'TTO', 'police', 'Across the water')`,
    [abroad.body],
  )
  await raw.truth.query(
    `insert into auth.account (id, name, email, status) values ($1, 'Ravi Elsewhere', 'ravi@elsewhere.example', 'active')`,
    [abroad.account],
  )
  await raw.truth.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, 'investigator', 'TTO')`,
    [abroad.assignment, abroad.account, abroad.body],
  )
  await raw.truth.query(
    `insert into auth.session (id, token_hash, account_id, assignment_id, strength, ends_at, device)
     values ($1, sha256($1::uuid::text::bytea), $2, $3, 2, now() + interval '1 hour', 'test')`,
    [abroad.session, abroad.account, abroad.assignment],
  )
})
after(async () => {
  await raw?.end()
  await harness?.stop()
})

/** Asks while nothing was given, while a role waits for its second person, and once it was confirmed; puts all back. */
async function asRoleGrows<T>(account: string, role: string, organisation: string, ask: () => Promise<T>) {
  const id = uuidv7()
  const told = { none: await ask(), waits: undefined as T, confirmed: undefined as T }
  await raw.truth.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country, granted_by, confirmed_at)
     values ($1, $2, $3, $4, 'XSA', $5, null)`,
    [id, account, organisation, role, accountId('hollis')],
  )
  told.waits = await ask()
  await raw.truth.query('update auth.assignment set confirmed_at = now() where id = $1', [id])
  told.confirmed = await ask()
  await raw.truth.query('delete from auth.assignment where id = $1', [id])
  return told
}

test('leads open to an investigator of the body, once the role was confirmed', async () => {
  await (await harness.as('petra')).call(justice.makeLead, { body: leadBody() })
  const ask = () => raw.tried('kofi', 'select 1 from justice.lead', [], 'investigator')
  assert.deepEqual(await asRoleGrows(accountId('kofi'), 'investigator', organisationId('police'), ask), {
    none: 0,
    waits: 0,
    confirmed: 1,
  })
})

test('an administrator has no hold over who works elsewhere by giving them a role that waits', async () => {
  const ask = async () => ({
    disables: await raw.tried('odette', `update auth.account set status = 'disabled' where id = $1`, [abroad.account]),
    sees: await raw.tried('odette', 'select 1 from auth.session where account_id = $1', [abroad.account]),
    ends: await raw.tried('odette', 'update auth.session set ended_at = now() where account_id = $1', [abroad.account]),
    recovers: await raw.tried(
      'odette',
      `insert into auth.invitation (id, account_id, kind, asked_by, expires_at) values ($1, $2, 'recover', $3, now() + interval '1 day')`,
      [uuidv7(), abroad.account, accountId('odette')],
    ),
  })
  const nothing = { disables: 0, sees: 0, ends: 0, recovers: '42501' }
  assert.deepEqual(await asRoleGrows(abroad.account, 'officer', organisationId('police'), ask), {
    none: nothing,
    waits: nothing,
    confirmed: { disables: 1, sees: 1, ends: 1, recovers: 1 },
  })
})

test('who was written down here and waits is in the hands of the administrators all the same', async () => {
  const [account, assignment] = [uuidv7(), uuidv7()]
  await raw.truth.query(
    `insert into auth.account (id, name, email, status, created_by) values ($1, 'Nia Newcome', 'nia@here.example', 'active', $2)`,
    [account, accountId('odette')],
  )
  await raw.truth.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country, granted_by, confirmed_at)
     values ($1, $2, $3, 'officer', 'XSA', $4, null)`,
    [assignment, account, organisationId('police'), accountId('odette')],
  )
  const disable = `update auth.account set status = 'disabled' where id = $1`
  assert.equal(await raw.tried('hollis', disable, [account]), 1)
})

test('an officer of data protection reads no events of who works elsewhere and was only asked for here', async () => {
  await raw.truth.query(
    `insert into audit.event (id, at, actor_id, operation, body) values ($1, now(), $2, 'auth.signIn', '{}')`,
    [uuidv7(), abroad.account],
  )
  const ask = () =>
    raw.tried('wren', 'select 1 from oversight.events(null, $1, null, false, null, null, null, 10)', [abroad.account])
  assert.deepEqual(await asRoleGrows(abroad.account, 'officer', organisationId('police'), ask), {
    none: 0,
    waits: 0,
    confirmed: 1,
  })
})

test('a role that waits makes nobody a party to a case of that agency', async () => {
  const { id } = await keptCase(harness)
  const ask = async () =>
    (
      await raw.truth.query('select matching.has_part($1, $2, $3) as part', [
        id,
        accountId('bastien'),
        organisationId('counter-trafficking-unit'),
      ])
    ).rows[0].part
  assert.deepEqual(await asRoleGrows(accountId('bastien'), 'officer', organisationId('labour-inspectorate'), ask), {
    none: false,
    waits: false,
    confirmed: true,
  })
})

/** Those that look at roles and mean every one, with why. */
const everyRole: Readonly<Record<string, string>> = {
  'policy auth.account administered_change': 'the second way asks who made the account, by confirmed administrators',
  'policy auth.invitation administered': 'narrowed by ours',
  'policy auth.invitation administered_join': 'narrowed by ours',
  'policy auth.invitation asked': 'narrowed by ours',
  'policy auth.invitation confirmed': 'narrowed by ours',
  'policy auth.invitation replaced': 'narrowed by ours',
  'policy auth.invitation own_people': 'closes: whoever may come to work elsewhere counts as working there',
  'policy auth.session administered': 'narrowed by ours',
  'policy auth.session administered_end': 'narrowed by ours',
  'function auth.keep_house': 'closes: whoever may come to work in another country counts as working there',
  'function auth.let_in': 'closes: who asked for somebody is not neutral about them',
  'function justice.could_meet': 'works_in asks',
  'function justice.share_lead': 'works_in asks',
  'function oversight.plant': 'which agency an invented case names',
  'function tasks.settle': 'may_hold asks',
}
test('whatever looks at roles asks for the confirmed ones, or says why it means all', async t => {
  const { rows } = await raw.truth.query(
    `select 'policy ' || schemaname || '.' || tablename || ' ' || policyname as name, coalesce(qual, '') || coalesce(with_check, '') as text
     from pg_policies where tablename <> 'assignment'
     union all select 'function ' || n.nspname || '.' || p.proname, p.prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     union all select 'view ' || schemaname || '.' || viewname, definition from pg_views`,
  )
  const looking = rows.filter(one => /auth\.assignment/.test(one.text))
  t.diagnostic(`${looking.length} policies, views and functions look at roles`)
  assert.ok(looking.length > 20)
  const bare = looking.filter(({ text }) => !text.includes('confirmed_at')).map(one => one.name as string)
  assert.deepEqual(
    bare.filter(name => !(name in everyRole)),
    [],
  )
  // Every look of one that asks, and not only its first.
  const half = looking.filter(
    ({ name, text }) =>
      !(name in everyRole) &&
      text.includes('confirmed_at') &&
      (text.match(/auth\.assignment/g)?.length ?? 0) > (text.match(/confirmed_at/g)?.length ?? 0),
  )
  assert.deepEqual(
    half.map(one => one.name),
    [],
  )
})

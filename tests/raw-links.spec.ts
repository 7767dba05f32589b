import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { askedOf, boxOf, type Clinic, linkTo, post, said, unregistered } from '#capabilities/referrals/make.ts'
import { sha256 } from '#platform/crypto/hash.ts'
import { token, uuidv7 } from '#platform/crypto/random.ts'
import { openText } from '#platform/db/context.ts'
import type { PersonKey } from '../tools/demonstration/people.ts'
import { type Harness, startHarness } from './harness/harness.ts'
import { openRaw, type Raw } from './harness/raw.ts'

// The link of a referral, asked of the database alone: who makes one, and what a statement with its token reaches.

let harness: Harness
let raw: Raw
let app: pg.Client
let clinic: Clinic
before(async () => {
  harness = await startHarness()
  raw = await openRaw(harness)
  app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  clinic = await unregistered(harness)
})
after(async () => {
  await app?.end()
  await raw?.end()
  await harness?.stop()
})
const hash = () => sha256(token())
const make = (by: PersonKey, referral: string, role?: 'provider' | 'supervisor' | 'coordinator') =>
  raw.tried(by, 'select referrals.make_link($1, $2, $3, $4, $5)', [uuidv7(), referral, hash(), hash(), null], role)

/** A visit to a referral, with its token as the database keeps it. */
async function visited() {
  const asked = await askedOf(harness, clinic)
  const { typed } = await linkTo(harness, asked.referral)
  await post(boxOf(harness).app, typed)
  const { rows } = await raw.truth.query(
    `select encode(v.token_hash, 'hex') as token, l.id as link from referrals.link_visit v join referrals.link l on l.id = v.link_id
     where l.referral_id = $1 and v.ended_at is null`,
    [asked.referral],
  )
  return { ...asked, typed, token: rows[0].token as string, link: rows[0].link as string }
}
/** Statements of somebody who works nowhere and brings a token; nothing of them is kept. */
async function asNobody<T>(
  brought: string,
  work: (ask: (text: string, values?: unknown[]) => Promise<unknown[]>) => Promise<T>,
) {
  const nobody = '00000000-0000-0000-0000-000000000000'
  await app.query(openText({ user: nobody, principals: [], compartments: 0, country: 'ZZZ', role: 'person' }, true))
  try {
    await app.query(`select set_config('samaan.link', $1, true)`, [brought])
    return await work(async (text, values = []) => (await app.query(text, values)).rows)
  } finally {
    await app.query('rollback')
  }
}
const reads = (brought: string) => asNobody(brought, ask => ask('select id from referrals.by_link()'))

test('a link is made by who sent the referral, and by nobody else, in whatever role', async () => {
  const { referral } = await askedOf(harness, clinic)
  assert.equal(await make('marisol', referral), 1, 'the control')
  for (const by of ['kofi', 'tobias', 'dalia', 'ines', 'celeste', 'jonah', 'odette', 'silas', 'wren'] as const)
    assert.equal(await make(by, referral), '42501', by)
  assert.equal(await make('marisol', referral, 'provider'), '42501')
  assert.equal(await make('marisol', referral, 'supervisor'), '42501')
  assert.equal(await make('marisol', uuidv7()), '42501')
})

test('nor for what is asked for identification, is over, or has no share', async () => {
  const one = await askedOf(harness, clinic)
  await raw.truth.query(`delete from policy.case_access where basis = 'share' and basis_id = $1`, [one.referral])
  assert.equal(await make('marisol', one.referral), '42501')
  const two = await askedOf(harness, clinic)
  await raw.truth.query(`update referrals.referral set kind = 'identification' where id = $1`, [two.referral])
  assert.equal(await make('marisol', two.referral), '42501')
})

test('a statement sees the referral of its token and no other row of any table', async () => {
  const [one, other] = [await visited(), await visited()]
  assert.deepEqual(await reads(one.token), [{ id: one.referral }])
  assert.deepEqual(await reads(other.token), [{ id: other.referral }])
  for (const brought of ['', '00', 'ff'.repeat(32), one.token.slice(2)]) assert.deepEqual(await reads(brought), [])
  const tables = await raw.truth.query(
    `select n.nspname || '.' || c.relname as name,
       (select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and has_column_privilege('samaan_app', c.oid, a.attnum, 'select') order by a.attnum limit 1) as first
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'v') and n.nspname in
       ('referrals', 'cases', 'care', 'health', 'consent', 'screening', 'justice', 'policy', 'visits', 'audit', 'auth', 'tasks', 'matching', 'directory')
       and has_any_column_privilege('samaan_app', c.oid, 'select') order by 1`,
  )
  const seen = await asNobody(one.token, async ask => {
    const found: string[] = []
    for (const { name, first } of tables.rows)
      if ((await ask(`select ${first} from ${name} limit 1`)).length > 0) found.push(name)
    return found
  })
  assert.ok(tables.rows.length > 30)
  assert.deepEqual(seen, [])
})

test('no table of links is shown to, or written by, anybody', async () => {
  const { referral } = await visited()
  for (const table of ['link', 'link_visit', 'link_failure', 'paper'])
    for (const by of ['marisol', 'tobias', 'dalia', 'celeste'] as const) {
      assert.equal(await raw.tried(by, `select 1 from referrals.${table}`), '42501')
      assert.equal(await raw.tried(by, `delete from referrals.${table}`), '42501')
    }
  assert.equal(
    await raw.tried(
      'marisol',
      'select referrals.step_without_account($1, 1, $2, now(), $3, $4, null, null, null, null)',
      [...[referral, 'accepted', uuidv7(), '{}']],
    ),
    '42501',
    'the step itself is nobody’s to ask for',
  )
  for (const text of ['referrals.asks($1)', 'referrals.stands($1)'])
    assert.equal(await raw.tried('marisol', `select ${text}`, [referral]), '42501')
})

test('with a token a statement takes the next step of its referral, in order, once, and of no other', async () => {
  const one = await visited()
  const step = (ask: (text: string, values?: unknown[]) => Promise<unknown[]>, next: string, version: number) =>
    ask(`select referrals.step_by_link($1, $2, now(), $3, '{}', null, $4, null) as touched`, [
      ...[version, next, uuidv7(), next === 'declined' ? 'no-place' : null],
    ])
  const took = async (brought: string, next: string, version = 1) =>
    asNobody(brought, async ask => (await step(ask, next, version))[0] as { touched: number })
  for (const next of ['in-service', 'done', 'ended', 'revoked', 'expired', 'sent', 'nothing'])
    assert.deepEqual(await took(one.token, next), { touched: 0 }, next)
  assert.deepEqual(await took(one.token, 'accepted', 2), { touched: 0 }, 'another version')
  assert.deepEqual(await took('', 'accepted'), { touched: 0 })
  assert.deepEqual(await took(one.token, 'accepted'), { touched: 1 }, 'the control')
  await asNobody(one.token, async ask => {
    assert.deepEqual(await step(ask, 'declined', 1), [{ touched: 1 }])
    assert.deepEqual(await ask('select id from referrals.by_link()'), [], 'what was declined is shown no more')
    assert.deepEqual(await step(ask, 'accepted', 2), [{ touched: 0 }])
  })
})

test('what ends a referral, its share, its case or its link ends the sight of the token at once', async () => {
  const ends: Record<string, (it: Awaited<ReturnType<typeof visited>>) => [string, unknown[]]> = {
    'the share is gone': it => [
      `delete from policy.case_access where basis = 'share' and basis_id = $1`,
      [it.referral],
    ],
    'the share ran out': it => [`update policy.case_access set until = now() where basis_id = $1`, [it.referral]],
    'it is over': it => [`update referrals.referral set status = 'expired' where id = $1`, [it.referral]],
    'the link ended': it => ['update referrals.link set ended_at = now() where id = $1', [it.link]],
    'the visit ran out': it => ['update referrals.link_visit set until = now() where link_id = $1', [it.link]],
    'the case is hidden': it => [
      `insert into policy.case_hidden (case_id, basis, basis_id) values ($1, 'erased', gen_random_uuid())`,
      [it.case],
    ],
  }
  for (const [why, end] of Object.entries(ends)) {
    const one = await visited()
    await raw.truth.query(...end(one))
    assert.deepEqual(await reads(one.token), [], why)
    if (why !== 'the visit ran out')
      assert.match(said(await post(boxOf(harness).app, one.typed)), /This did not open/, why)
  }
  const own = await unregistered(harness)
  const asked = await askedOf(harness, own)
  const { typed } = await linkTo(harness, asked.referral)
  await raw.truth.query('update directory.organisation set active = false where id = $1', [own.id])
  assert.match(said(await post(boxOf(harness).app, typed)), /This did not open/, 'the organisation is gone')
})

test('a sheet leaves the country on no statement where the person did not agree to that', async () => {
  const paper = (referral: string, abroad: boolean) =>
    raw.tried('marisol', `select referrals.make_paper($1, $2, $3, 'nobody', $4)`, [uuidv7(), referral, hash(), abroad])
  const inside = await askedOf(harness, clinic)
  assert.deepEqual([await paper(inside.referral, false), await paper(inside.referral, true)], [1, '42501'])
  const agreed = await askedOf(harness, clinic, { abroad: true })
  assert.equal(await paper(agreed.referral, true), 1)
  assert.equal(
    await raw.tried('celeste', `select referrals.make_paper($1, $2, $3, 'nobody', false)`, [
      ...[uuidv7(), agreed.referral, hash()],
    ]),
    '42501',
  )
  assert.equal(await raw.tried('tobias', 'select referrals.try_paper($1, $2)', [agreed.referral, hash()]), '42501')
})

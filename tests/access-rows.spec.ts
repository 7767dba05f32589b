import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { openText } from '#platform/db/context.ts'
import { accountId, assignmentId, type PersonKey, people } from '../tools/demonstration/people.ts'
import { fenceOf, rowDifferences, tablesOf } from './oracle/raw.ts'
import { richWorld } from './oracle/rich.ts'
import { tables } from './oracle/rows.ts'
import { clinic, openStage, type Stage, shelter, unit } from './oracle/stage.ts'

// Row-level security by itself, with the policies of the slices taken away, against the oracle.
let stage: Stage
let named: ReadonlyMap<string, string>
let app: pg.Client
before(async () => {
  stage = await openStage()
  named = await richWorld(stage)
  app = new pg.Client({ connectionString: stage.harness.database.url('app') })
  await app.connect()
})
after(async () => {
  await app?.end()
  await stage?.close()
})

/** Runs one raw statement as a person; answers the error's class, or how many rows it touched. Never commits. */
async function tried(by: PersonKey, text: string, values: unknown[] = []): Promise<string | number> {
  await app.query(openText(fenceOf(stage.person(by)), true))
  try {
    return (await app.query(text, values)).rowCount ?? 0
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await app.query('rollback')
  }
}

test('every table has a rule, and every table that a person could reach is fenced by force', async () => {
  const found = await tablesOf(stage.truth)
  assert.deepEqual(
    found.map(one => one.name).filter(one => !(one in tables)),
    [],
  )
  const open = await stage.truth.query(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)
       and has_table_privilege('samaan_app', c.oid, 'select, insert, update, delete')
       and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')`,
  )
  assert.deepEqual(open.rows, [])
  const role = await stage.truth.query(`select rolsuper, rolbypassrls from pg_roles where rolname = 'samaan_app'`)
  assert.deepEqual(role.rows, [{ rolsuper: false, rolbypassrls: false }])
})

test('without settings a raw SELECT shows nothing', async () => {
  for (const { name, key } of await tablesOf(stage.truth)) {
    if (name === 'platform.migration') continue
    await app.query('begin')
    try {
      const rows = await app.query(`select ${key} from ${name}`)
      assert.equal(rows.rowCount, 0, name)
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
      assert.match((error as { code: string }).code, /^(42501|22P02|42704)$/, name)
    } finally {
      await app.query('rollback')
    }
  }
})

test('raw rows of every table for every person are those of the oracle', async t => {
  const { differences, compared } = await rowDifferences(stage)
  t.diagnostic(`${compared} rows compared`)
  assert.ok(compared > 5000, `${compared} rows compared`)
  const titleOf = (id: string | undefined) => [...named].find(([, one]) => one === id)?.[0] ?? id ?? ''
  const lines = new Map<string, Set<string>>()
  for (const one of differences) {
    const line = `${one.person} ${one.table}: ${one.shown ? 'shows but must not' : 'hides but must show'}`
    lines.set(line, (lines.get(line) ?? new Set()).add(titleOf(one.row.case) || one.key))
  }
  const told = [...lines].map(([line, about]) => `${line} [${[...about].sort().join('; ')}]`)
  assert.ok(told.length === 0, `${differences.length} rows differ\n${told.sort().join('\n')}`)
})

test('what the people may do in raw, so that the refusals below mean something', async () => {
  const mine = named.get('screened')!
  const give = `select policy.give($1::uuid, $2::uuid, 65, 'infinity'::timestamptz, 'share', null::uuid)`
  assert.equal(await tried('marisol', give, [shelter, mine]), 1)
  assert.equal(await tried('kofi', give, [shelter, mine]), '42501')
  const change = 'update cases.folder set coordinator = $2 where id = $1'
  assert.equal(await tried('tobias', change, [named.get('accepted'), accountId('dalia')]), 1)
  assert.equal(await tried('kofi', change, [named.get('accepted'), accountId('dalia')]), 0)
})

// Writes past the server: everything that a person could try with the application's own connection.

const none = (got: string | number) => got === 0 || got === '42501' || got === '42P01' || got === '23514'
const all = people.map(one => one.key)
async function nobody(what: string, text: string, values: (by: PersonKey) => unknown[] = () => [], who = all) {
  const wrong: string[] = []
  for (const by of who) {
    const got = await tried(by, text, values(by))
    if (!none(got)) wrong.push(`${by} ${what}: ${got}`)
  }
  return wrong
}
const zero = (wrong: readonly string[]) =>
  assert.ok(wrong.length === 0, `${wrong.length} differences\n${wrong.join('\n')}`)
const give = `select policy.give($1::uuid, $2::uuid, $3::int, 'infinity'::timestamptz, $4, null::uuid)`
const seers = (id: string) =>
  all.filter(by => {
    const { account, organisation } = stage.person(by)
    const one = stage.world.cases.get(id)!
    const given = [...stage.world.referrals.values()].some(each => each.case === id && each.to === organisation)
    return one.madeBy === account || one.holder === organisation || given
  })

test('nobody gives themselves access to a case that is not theirs', async () => {
  const wrong: string[] = []
  for (const name of ['screened', 'of Dalia', 'of the police', 'to the shelter', 'withdrawn']) {
    const id = named.get(name)!
    const strangers = all.filter(by => !seers(id).includes(by))
    for (const basis of ['own', 'assigned', 'holder', 'share']) {
      const values = (to: 'account' | 'organisation') => (by: PersonKey) => [stage.person(by)[to], id, 127, basis]
      wrong.push(
        ...(await nobody(`policy.give ${basis} of "${name}" to themselves`, give, values('account'), strangers)),
      )
      wrong.push(
        ...(await nobody(`policy.give ${basis} of "${name}" to theirs`, give, values('organisation'), strangers)),
      )
    }
    wrong.push(
      ...(await nobody(
        `policy.hold "${name}"`,
        `select policy.hold($1, $2)`,
        by => [stage.person(by).organisation, id],
        strangers,
      )),
      ...(await nobody(
        `insert into case_access of "${name}"`,
        `insert into policy.case_access (principal, case_id, compartments, basis) values ($1, $2, 127, 'own')`,
        by => [stage.person(by).account, id],
      )),
    )
  }
  zero(wrong)
})

test('nobody gives on, or takes for themselves, more than they were given', async () => {
  const wrong: string[] = []
  const shared = named.get('to the shelter')!
  // The shelter was given ID and STA.
  for (const [what, mask] of [
    ['location', 8],
    ['health', 4],
    ['services', 2],
    ['everything', 127],
  ] as const) {
    for (const basis of ['own', 'assigned', 'holder', 'share'])
      for (const to of [accountId('celeste'), shelter, clinic])
        wrong.push(...(await nobody(`gives ${what} as ${basis}`, give, () => [to, shared, mask, basis], ['celeste'])))
  }
  // An officer holds identity and coded data of what they screened.
  for (const basis of ['own', 'assigned', 'holder'])
    wrong.push(
      ...(await nobody(
        `raises their own to everything as ${basis}`,
        give,
        () => [accountId('marisol'), named.get('screened')!, 127, basis],
        ['marisol'],
      )),
    )
  // A recipient does not share on what was shared with them.
  for (const to of [clinic, accountId('jonah'), accountId('celeste')])
    wrong.push(...(await nobody('shares on', give, () => [to, shared, 65, 'share'], ['celeste'])))
  // Neither a bystander nor a recipient takes another's access away.
  wrong.push(
    ...(await nobody(
      'takes the access of the unit',
      `update policy.case_access set until = now() where principal = $1`,
      () => [unit],
      all,
    )),
    ...(await nobody('deletes access', 'delete from policy.case_access')),
  )
  zero(wrong)
})

test('nobody takes away an access to a case that is not theirs', async () => {
  const access = () => stage.truth.query('select * from policy.case_access order by 1, 2').then(found => found.rows)
  const before = await access()
  for (const name of ['screened', 'of Dalia', 'to the shelter']) {
    const id = named.get(name)!
    for (const by of all.filter(one => !seers(id).includes(one)))
      for (const whose of [unit, shelter, clinic, accountId('marisol'), accountId('dalia')])
        for (const basis of ['own', 'assigned', 'holder', 'share']) {
          await app.query(openText(fenceOf(stage.person(by)), true))
          // Refused or without effect: either is well.
          await app.query('select policy.take($1::uuid, $2::uuid, $3)', [whose, id, basis]).catch(() => {})
          await app.query('commit')
        }
  }
  assert.deepEqual(await access(), before)
})

test('a recipient takes away neither what the maker has nor what the unit holds', async () => {
  const id = named.get('of Dalia')!
  const access = () =>
    stage.truth
      .query('select * from policy.case_access where case_id = $1 order by 1', [id])
      .then(found => found.rows as { principal: string; basis: string; compartments: number }[])
  const before = await access()
  const wrong: string[] = []
  for (const { principal, basis, compartments } of before.filter(one => one.basis !== 'share')) {
    await app.query(openText(fenceOf(stage.person('celeste')), true))
    await app.query('select policy.take($1::uuid, $2::uuid, $3)', [principal, id, basis]).catch(() => {})
    await app.query('commit')
    if ((await access()).length === before.length) continue
    wrong.push(`celeste takes the ${basis} access of ${principal}`)
    await stage.truth.query(
      'insert into policy.case_access (principal, case_id, compartments, basis) values ($1, $2, $3, $4)',
      [principal, id, compartments, basis],
    )
  }
  zero(wrong)
})

test('nobody changes an account, a role or a session that is not theirs, nor raises their own', async () => {
  const another = accountId('wren')
  zero([
    ...(await nobody(
      'adds a role to themselves',
      `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, 'decision-maker', 'XSA')`,
      by => [uuidv7(), stage.person(by).account, unit],
    )),
    ...(await nobody(
      'raises their own role',
      `update auth.assignment set role = 'decision-maker' where account_id = $1`,
      by => [stage.person(by).account],
      all.filter(by => stage.person(by).role !== 'decision-maker'),
    )),
    ...(await nobody(
      'moves their own role to another organisation',
      `update auth.assignment set organisation_id = $2 where id = $1`,
      by => [assignmentId(by), stage.person(by).organisation === unit ? shelter : unit],
    )),
    ...(await nobody(
      "renames another's account",
      `update auth.account set name = 'Somebody' where id = $1`,
      () => [another],
      all.filter(by => by !== 'wren' && stage.person(by).role !== 'administrator'),
    )),
    ...(await nobody(
      "opens a session in another's account",
      `insert into auth.session (id, token_hash, account_id, strength, ends_at, device)
       values ($1, $2, $3, 2, now() + interval '1 hour', 'raw')`,
      by => [uuidv7(), Buffer.alloc(32, 7), by === 'wren' ? accountId('amara') : another],
    )),
    ...(await nobody("reads another's password", 'select account_id from auth.password where account_id <> $1', by => [
      stage.person(by).account,
    ])),
    ...(await nobody(
      "reads another's session",
      'select id from auth.session where account_id <> $1',
      by => [stage.person(by).account],
      all.filter(by => stage.person(by).role !== 'administrator'),
    )),
  ])
})

test('nobody reads or changes the audit', async () => {
  zero([
    ...(await nobody(
      'reads the audit',
      'select id from audit.event',
      () => [],
      all.filter(by => by !== 'wren'),
    )),
    ...(await nobody('changes the audit', `update audit.event set operation = 'x'`)),
    ...(await nobody('deletes from the audit', 'delete from audit.event')),
    ...(await nobody('empties the audit', 'truncate audit.event')),
  ])
})

test('nobody writes into a case of others', async () => {
  const wrong: string[] = []
  for (const name of ['screened', 'of Dalia', 'of the police', 'to the shelter']) {
    const id = named.get(name)!
    const strangers = all.filter(by => !seers(id).includes(by))
    const consent = stage.world.cases.get(id)!.consents[0]?.id
    const raw = (what: string, text: string, values: (by: PersonKey) => unknown[] = () => [id]) =>
      nobody(`${what} of "${name}"`, text, values, strangers)
    const made = (by: PersonKey) => [uuidv7(), id, stage.person(by).account]
    wrong.push(
      ...(await raw('takes the folder', `update cases.folder set coordinator = $2 where id = $1`, by => [
        id,
        stage.person(by).account,
      ])),
      ...(await raw('overwrites the identity', `update cases.identity set sealed = '\\x00' where case_id = $1`)),
      ...(await raw('overwrites the location', `update cases.location set sealed = '\\x00' where case_id = $1`)),
      ...(await raw('deletes the terms', `delete from cases.search_term where case_id = $1`)),
      ...(await raw('deletes the folder', `delete from cases.folder where id = $1`)),
      ...(await raw(
        'adds a note',
        `insert into cases.note (id, case_id, compartment, sealed, by_account) values ($1, $2, 'SVC', '\\x00', $3)`,
        made,
      )),
      ...(await raw(
        'decides',
        `insert into cases.decision (id, case_id, kind, outcome, elements, sealed_reasons, state, by_account)
         values ($1, $2, 'reasonable-grounds', 'positive', '{}', '\\x00', 'confirmed', $3)`,
        made,
      )),
      ...(await raw(
        'adds to the timeline',
        `insert into cases.timeline (id, case_id, event, account_id) values ($1, $2, 'case.opened', $3)`,
        made,
      )),
      ...(await raw(
        'gives a consent',
        `insert into consent.record (id, case_id, kind, text_version, language, interpreter, explained_by, given_by, form, purposes, recipients, compartments, said_at)
         values ($1, $2, 'given', 'sharing-1', 'es', 'none', $3, 'person', 'written', '{services}', array[$4::uuid], 127, now())`,
        by => [...made(by), stage.person(by).organisation],
      )),
    )
    if (consent)
      wrong.push(
        ...(await raw(
          'refers to themselves',
          `insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation, urgency, status, consent_id, shared, due_at, warn_at)
           values ($1, $2, 'XSA', 'service', 'food', $4, $3, $4, 'urgent', 'accepted', $5, 127, now(), now())`,
          by => [...made(by), stage.person(by).organisation, consent],
        )),
        ...(await raw('changes the referral', `update referrals.referral set status = 'accepted' where case_id = $1`)),
      )
  }
  zero(wrong)
})

test('the ledger, the screenings and the timeline are never changed, by anybody', async () => {
  zero([
    ...(await nobody('rewrites consents', `update consent.record set recipients = '{}'`)),
    ...(await nobody('deletes consents', 'delete from consent.record')),
    ...(await nobody('rewrites the timeline', `update cases.timeline set event = 'x'`)),
    ...(await nobody('deletes the timeline', 'delete from cases.timeline')),
    ...(await nobody('rewrites notes', `update cases.note set sealed = '\\x00'`)),
    ...(await nobody('deletes notes', 'delete from cases.note')),
    ...(await nobody('deletes screenings', 'delete from screening.screening')),
    ...(await nobody('deletes referrals', 'delete from referrals.referral')),
    ...(await nobody('deletes decisions', 'delete from cases.decision')),
  ])
})

test('who made an organisation theirs is asked of the directory too', async () => {
  const administrators = all.filter(by => stage.person(by).role === 'administrator')
  zero([
    ...(await nobody(
      'makes another organisation competent',
      `update directory.organisation set competent = true where id = $1`,
      () => [shelter],
      all.filter(by => !administrators.includes(by)),
    )),
    ...(await nobody(
      "changes another organisation's services",
      'update directory.service set active = false where organisation_id <> $1',
      by => [stage.person(by).organisation],
      all.filter(by => !administrators.includes(by)),
    )),
    ...(await nobody('forges a kept answer', `update platform.command set status = 200 where actor <> $1`, by => [
      stage.person(by).account,
    ])),
  ])
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { fenceOf as serverFenceOf } from '#platform/http/fence.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { accountId, assignmentId, type PersonKey, people } from '../tools/demonstration/people.ts'
import { putAttachments } from './oracle/attachments.ts'
import { putElsewhere } from './oracle/attempts.ts'
import { putCare } from './oracle/care.ts'
import { putConflicts } from './oracle/conflicts.ts'
import { putDoorRows } from './oracle/doors.ts'
import { putEscalations } from './oracle/escalation.ts'
import { putFeedbackRows } from './oracle/feedback.ts'
import { putHealth } from './oracle/health.ts'
import { putJusticeRows } from './oracle/justice.ts'
import { fenceOf, projectionDifferences, rowDifferences, tablesOf } from './oracle/raw.ts'
import { richWorld } from './oracle/rich.ts'
import { tables } from './oracle/rows.ts'
import { openStage, type Stage, shelter, unit } from './oracle/stage.ts'
import { putTasks } from './oracle/tasks.ts'
import { putVisitRows } from './oracle/visits.ts'
import { putWhereRows } from './oracle/whereabouts.ts'
import type { Person } from './oracle/world.ts'
import {
  assign,
  ends,
  hold,
  makesAgain,
  openWrites,
  passesOn,
  several,
  share,
  takes,
  unshare,
  type Writes,
} from './oracle/writes.ts'

// Row-level security by itself, with the policies of the slices taken away, against the oracle.
let stage: Stage
let named: ReadonlyMap<string, string>
let writes: Writes
before(async () => {
  stage = await openStage()
  named = await richWorld(stage)
  await putElsewhere(stage)
  await putAttachments(stage)
  await putConflicts(stage)
  await putCare(stage)
  await putHealth(stage)
  await putJusticeRows(stage)
  await putTasks(stage)
  await putEscalations(stage)
  await putVisitRows(stage)
  await putDoorRows(stage)
  await putFeedbackRows(stage)
  await putWhereRows(stage)
  writes = await openWrites(stage, named)
})
after(async () => {
  await writes?.app.end()
  await stage?.close()
})

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

test('every reason is one row of the projection, and every referral stands where it should', async () => {
  zero(await projectionDifferences(stage))
})

test('the server sets what the oracle takes for set', () => {
  for (const person of stage.world.people) {
    const { account: user, role, organisation } = person
    const actor = { user, role, organisation, country: 'XSA' } as Actor
    assert.deepEqual({ ...serverFenceOf(actor) }, { ...fenceOf(person) })
  }
})

const referralOf = (name: string) => {
  const id = named.get(name)!
  return [...stage.world.referrals.values()].find(one => one.case === id)!
}

test('what the people may do in raw, so that the refusals below mean something', async () => {
  const mine = named.get('screened')!
  assert.equal(await tried('marisol', share, [shelter, mine, 65, 0]), 1)
  assert.equal(await tried('kofi', share, [shelter, mine, 65, 0]), '42501')
  const change = 'update cases.folder set coordinator = $2 where id = $1'
  assert.equal(await tried('tobias', change, [named.get('accepted'), accountId('dalia')]), 1)
  assert.equal(await tried('kofi', change, [named.get('accepted'), accountId('dalia')]), 0)
  assert.equal(await tried('tobias', assign, [accountId('dalia'), named.get('accepted')]), 1)
  const pending = referralOf('sent')
  assert.equal(await tried('tobias', hold, [unit, pending.case, pending.id]), 1)
  const given = referralOf('to the shelter')
  assert.equal(await tried('celeste', unshare, [shelter, given.case, given.id]), 1)
  assert.equal(await tried('marisol', unshare, [shelter, given.case, given.id]), 1)
  assert.equal(await tried('marisol', 'select policy.make($1::uuid, 67)', [uuidv7()]), 1)
})

// Writes past the server: everything that a person could try with the application's own connection.
const nobody: Writes['nobody'] = (...asked) => writes.nobody(...asked)
const tried: Writes['tried'] = (...asked) => writes.tried(...asked)
const all = people.map(one => one.key)
const zero = (wrong: readonly string[]) =>
  assert.ok(wrong.length === 0, `${wrong.length} differences\n${wrong.join('\n')}`)
/** Whether a person sees the row of some referral of a case. */
const partOf = (person: Person, id: string) =>
  [...stage.world.referrals.values()].some(
    one =>
      one.case === id && tables['referrals.referral']!(stage.world, person, { referral: one.id, case: id }) !== 'no',
  )

test('a case that anybody has is not made again', async () => zero(await makesAgain(writes)))
test('strangers and those a case was only shared with neither share, hold nor assign it', async () =>
  zero(await takes(writes)))
test('nobody passes on more than they hold, nor puts in charge who is no coordinator', async () =>
  zero(await passesOn(writes)))
test('a share is ended by its organisation or who holds the case, a consent only by a withdrawal', async () =>
  zero(await ends(writes)))

test('nobody changes an account, a role or a session that is not theirs, nor raises their own', async () => {
  const another = accountId('wren')
  zero([
    ...(await nobody(
      'adds a role to themselves',
      `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, 'decision-maker', 'XSA')`,
      by => [uuidv7(), stage.person(by).account, unit],
    )),
    ...(await nobody(
      'gives another a role that works before a second person confirmed it',
      `insert into auth.assignment (id, account_id, organisation_id, role, country, granted_by) values ($1, $2, $3, 'intake', 'XSA', $4)`,
      by => [uuidv7(), by === 'wren' ? accountId('amara') : another, unit, stage.person(by).account],
    )),
    ...(await nobody(
      'confirms a role past the one function that asks who is there',
      'update auth.assignment set confirmed_at = now(), confirmed_by = $1 where account_id <> $1',
      by => [stage.person(by).account],
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

const event = `insert into audit.event (id, at, actor_id, operation, body) values ($1, now(), $2, 'cases.read', '{}')`
test('nobody reads or changes the audit, or writes in it in the name of another', async () => {
  for (const by of all) {
    assert.equal(await tried(by, event, [uuidv7(), accountId(by)]), 1)
    assert.equal(await tried(by, event, [uuidv7(), null]), 1)
  }
  zero([
    ...(await nobody('reads the audit', 'select id from audit.event', () => [])),
    ...(await nobody('writes an event in the name of another', event, by => [
      uuidv7(),
      accountId(by === 'wren' ? 'amara' : 'wren'),
    ])),
    ...(await nobody('changes the audit', `update audit.event set operation = 'x'`)),
    ...(await nobody('deletes from the audit', 'delete from audit.event')),
    ...(await nobody('empties the audit', 'truncate audit.event')),
  ])
})

test('nobody writes into a case of others', async () => {
  const wrong: string[] = []
  for (const name of several) {
    const id = named.get(name)!
    const consent = stage.world.cases.get(id)!.consents[0]?.id
    const raw = (what: string, text: string, values: (by: PersonKey) => unknown[] = () => [id]) =>
      nobody(`${what} of "${name}"`, text, values, writes.strangers(id))
    const made = (by: PersonKey) => [uuidv7(), id, stage.person(by).account]
    wrong.push(
      ...(await raw('takes the folder', `update cases.folder set coordinator = $2 where id = $1`, by => [
        id,
        stage.person(by).account,
      ])),
      ...(await raw('overwrites the identity', `update cases.identity set sealed = '\\x00' where case_id = $1`)),
      ...(await raw('forgets a conflict', `update cases.identity_conflict set version = 9 where case_id = $1`)),
      ...(await raw(
        'adds a conflict',
        `insert into cases.identity_conflict (id, case_id, sealed) values ($1, $2, '\\x00')`,
        () => [uuidv7(), id],
      )),
      ...(await raw('makes a child of somebody', `select 1 where cases.find_child($1)`)),
      ...(await raw('overwrites the location', `update cases.location set sealed = '\\x00' where case_id = $1`)),
      ...(await raw('deletes the terms', `delete from cases.search_term where case_id = $1`)),
      ...(await raw('deletes the folder', `delete from cases.folder where id = $1`)),
      ...(await raw(
        'adds a note',
        `insert into cases.note (id, case_id, compartment, sealed, by_account) values ($1, $2, 'SVC', '\\x00', $3)`,
        made,
      )),
      ...(await raw(
        'attaches a file',
        `insert into cases.attachment (id, case_id, compartment, by_account, purpose, original, sealed_about, recipient, sealed_identity, sha256)
         values ($1::uuid, $2, 'SVC', $3, 'document', true, '\\x00', 'age1' || repeat('q', 58), '\\x00', sha256($1::uuid::text::bytea))`,
        made,
      )),
      ...(await raw(
        'attaches a paper',
        `insert into cases.attachment (id, case_id, compartment, by_account, purpose, original, sealed_about, recipient, sealed_identity, sha256)
         values ($1::uuid, $2, 'ID', $3, 'identity-document', true, '\\x00', 'age1' || repeat('q', 58), '\\x00', sha256($1::uuid::text::bytea))`,
        made,
      )),
      ...(await raw(
        'assesses',
        `insert into care.assessment (id, case_id, sealed, by_account) values ($1, $2, '\\x00', $3)`,
        made,
      )),
      ...(await raw('rewrites the safety plan', `update care.safety_plan set sealed = '\\x00' where case_id = $1`)),
      ...(await raw('ends the care', `update care.closure set state = 'returned' where case_id = $1`)),
      ...(await raw(
        'decides',
        `insert into cases.decision (id, case_id, kind, outcome, elements, sealed_reasons, state, by_account)
         values ($1, $2, 'reasonable-grounds', 'positive', '{}', '\\x00', 'confirmed', $3)`,
        made,
      )),
      ...(await raw(
        'writes a step',
        `insert into cases.step (id, case_id, move, from_state, to_state, sealed_reasons, by_account, happened_at)
         values ($1, $2, 'withdraw', 'pending', 'withdrawn', '\\x00', $3, now())`,
        made,
      )),
      ...(await raw(
        'pauses a clock',
        `insert into cases.clock_pause (id, clock_id, case_id, from_at, reason, by_account)
         select $1, c.id, c.case_id, now(), 'person-asks', $3 from cases.clock c where c.case_id = $2`,
        made,
      )),
      ...(await raw(
        'changes a track',
        `insert into cases.track (case_id, track, state, at, by_account) values ($2, 'support', 'offered', now(), $3)
         on conflict (case_id, track) do update set state = 'offered' where $1::uuid is not null`,
        made,
      )),
      ...(await raw('sees what can be cited', `select id from cases.citable($1)`)),
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
        // Whom it was sent to, or who sent it, is no stranger to a referral, also after it closed.
        ...(await nobody(
          `changes the referral of "${name}"`,
          `update referrals.referral set status = 'accepted' where case_id = $1`,
          () => [id],
          writes.strangers(id).filter(by => !partOf(stage.person(by), id)),
        )),
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
    ...(await nobody('files attachments away', `update cases.attachment set state = 'refused', code = 'x'`)),
    ...(await nobody('rewrites attachments', `update cases.attachment set sealed_about = '\\x00'`)),
    ...(await nobody('deletes attachments', 'delete from cases.attachment')),
    ...(await nobody('decides about a file that waits', `update files.held set answer = 'release', reason = 'other'`)),
    ...(await nobody('files files of leads away', `update justice.lead_file set state = 'refused', code = 'x'`)),
    ...(await nobody('deletes files of leads', 'delete from justice.lead_file')),
    ...(await nobody('files files of health away', `update health.file set state = 'refused', code = 'x'`)),
    ...(await nobody('rewrites files of health', `update health.file set sealed_about = '\\x00'`)),
    ...(await nobody('deletes files of health', 'delete from health.file')),
    ...(await nobody("reaches another's uploads", 'delete from files.upload where account_id <> $1', by => [
      stage.person(by).account,
    ])),
    ...(await nobody('deletes screenings', 'delete from screening.screening')),
    ...(await nobody('rewrites interviews', `update screening.interview set findings = '{}'`)),
    ...(await nobody('deletes interviews', 'delete from screening.interview')),
    ...(await nobody('rewrites overrides', 'update screening.override set holds = false')),
    ...(await nobody('deletes overrides', 'delete from screening.override')),
    ...(await nobody('deletes instruments', 'delete from screening.instrument')),
    ...(await nobody(
      'publishes what they made',
      `update screening.instrument set status = 'published', published_by = made_by, published_at = now()`,
    )),
    ...(await nobody(
      'publishes other words than were brought',
      `update screening.instrument set status = 'published', published_by = $1, published_at = now(), rules = '[]'`,
      by => [stage.person(by).account],
    )),
    ...(await nobody(
      'gives what they made to another and publishes it',
      `update screening.instrument set status = 'published', published_by = $1, published_at = now(), made_by = $2`,
      by => [stage.person(by).account, accountId('kofi')],
    )),
    ...(await nobody('deletes referrals', 'delete from referrals.referral')),
    ...(await nobody('deletes decisions', 'delete from cases.decision')),
    ...(await nobody('rewrites assessments', `update care.assessment set sealed = '\\x00'`)),
    ...(await nobody('rewrites services', `update care.delivery set outcome = 'unavailable'`)),
    ...(await nobody('rewrites steps', `update cases.step set move = 'x'`)),
    ...(await nobody('deletes steps', 'delete from cases.step')),
    ...(await nobody('deletes pauses', 'delete from cases.clock_pause')),
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
    ...(await nobody(
      "ends another organisation's duties",
      'delete from directory.on_call where organisation_id <> $1',
      by => [stage.person(by).organisation],
      all.filter(by => !administrators.includes(by)),
    )),
    ...(await nobody('forges a kept answer', `update platform.command set status = 200 where actor <> $1`, by => [
      stage.person(by).account,
    ])),
  ])
})

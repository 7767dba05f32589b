import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import type { PersonKey } from '../../../../tools/demonstration/people.ts'
import { oversight } from '../contract.ts'
import { glassBody } from '../make.ts'

let harness: Harness
let truth: pg.Client
const personas = new Map<PersonKey, Persona>()
const the = (key: PersonKey) => personas.get(key)!
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  for (const key of ['dalia', 'bastien', 'wren', 'tobias', 'marisol', 'ines', 'rufus', 'celeste', 'odette'] as const)
    personas.set(key, await harness.as(key))
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'

/** Every row of every table that names the case, that somebody's fence shows, as the application reads. */
async function rowsShown(by: Persona, role: string, organisation: string | null, caseId: string) {
  const tables = await truth.query<{ name: string; column: string }>(
    `select format('%I.%I', c.table_schema, c.table_name) as name, c.column_name as column
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and c.table_schema <> 'pgboss'
       and (c.column_name = 'case_id' or c.table_schema = 'cases' and c.table_name = 'folder' and c.column_name = 'id')`,
  )
  const client = new pg.Client({ connectionString: harness.database.url('app') })
  await client.connect()
  const shown: string[] = []
  try {
    for (const { name, column } of tables.rows) {
      const may = await truth.query(`select has_column_privilege('samaan_app', $1, $2, 'select') as may`, [
        name,
        column,
      ])
      // What hides it is seen by whom it is hidden from: a row of ids that no operation shows.
      if (!may.rows[0].may || name === 'policy.case_hidden') continue
      await client.query('begin')
      await client.query(
        `select set_config('samaan.user', $1, true), set_config('samaan.principals', $2, true), set_config('samaan.role', $3, true),
          set_config('samaan.compartments', '127', true), set_config('samaan.country', 'XSA', true), set_config('samaan.organisation', $4, true)`,
        [by.account, `{${[by.account, ...(organisation ? [organisation] : [])].join()}}`, role, organisation ?? ''],
      )
      const { rowCount } = await client.query(`select ${column} from ${name} where ${column} = $1`, [caseId])
      if (rowCount) shown.push(name)
      await client.query('rollback')
    }
  } finally {
    await client.end()
  }
  return shown.sort()
}

/** What somebody still finds of a case, through every reading that could show it. */
async function findings(by: Persona, { id, reference }: { id: string; reference: string }): Promise<string[]> {
  const found: string[] = []
  const look = async (name: string, looking: Promise<unknown>) => {
    const text = JSON.stringify(await looking.catch(() => ''))
    if (text.includes(id) || text.includes(reference)) found.push(name)
  }
  await look('read', by.call(cases.read, { params: { case: id } }))
  await look('file', by.call(referrals.caseFile, { params: { case: id } }))
  await look('list', by.call(cases.list, { query: { limit: '100' } }))
  await look('search', by.call(cases.search, { query: { words: 'Quintanilla' } }))
  await look('referrals', by.call(referrals.list, { query: { box: 'inbox', limit: '100' } }))
  await look('sent', by.call(referrals.list, { query: { box: 'sent', limit: '100' } }))
  await look('screenings', by.call(screening.list, { query: { limit: '100' } }))
  await look('conflicts', by.call(cases.myConflicts, { query: { limit: '100' } }))
  const csv = await by.fetch('/api/cases/export.csv')
  if (csv.status === 200 && (await csv.text()).includes(reference)) found.push('export')
  await look(
    'glass',
    by.call(oversight.breakGlass, { body: glassBody(reference) }).then(done => ({ done, id })),
  )
  return found
}

test('who is on a case’s list never opens it, whatever they hold, also not by breaking glass; others still do', async () => {
  const kept = await keptCase(harness)
  // Whoever made it, holds it, is in charge of it.
  for (const [key, role, organisation] of [
    ['marisol', 'officer', null],
    ['dalia', 'coordinator', null],
    ['ines', 'decision-maker', the('ines').organisation],
  ] as const) {
    const by = the(key)
    assert.ok((await rowsShown(by, role, organisation, kept.id)).length > 0, key)
    const id = uuidv7()
    await the('wren').call(oversight.bar, {
      body: { id, reference: kept.reference, account: by.account, reason: 'family' },
    })
    assert.deepEqual(await findings(by, kept), [], key)
    assert.deepEqual(await rowsShown(by, role, organisation, kept.id), [], key)
    await assert.rejects(by.call(oversight.endBar, { params: { bar: id } }), missing)
  }
  assert.ok((await findings(the('rufus'), kept)).includes('read'))
  assert.equal((await the('tobias').call(oversight.listBars, { query: {} })).items.length, 3)
  // Nobody who is barred is put in charge.
  const { version } = await the('tobias').call(cases.read, { params: { case: kept.id } })
  await assert.rejects(
    the('tobias').call(charge.assign, {
      params: { case: kept.id },
      version,
      body: { coordinator: the('dalia').account },
    }),
    missing,
  )
})

test('intake keeps the list of what its unit holds, nobody puts themselves or takes themselves off, and what ended is over', async () => {
  const kept = await keptCase(harness)
  const bar = (by: Persona, account: string) => {
    const id = uuidv7()
    return by
      .call(oversight.bar, { body: { id, reference: kept.reference, account, reason: 'suspect' } })
      .then(() => id)
  }
  for (const key of ['dalia', 'ines', 'marisol', 'celeste', 'odette'] as const)
    await assert.rejects(bar(the(key), the('bastien').account), missing, key)
  await assert.rejects(bar(the('tobias'), the('tobias').account), (error: Refusal) => error.code === 'invalid-input')
  const id = await bar(the('tobias'), the('dalia').account)
  await assert.rejects(bar(the('wren'), the('dalia').account), (error: Refusal) => error.code === 'conflict')
  assert.deepEqual(await findings(the('dalia'), kept), [])
  await the('wren').call(oversight.endBar, { params: { bar: id } })
  assert.ok((await the('dalia').call(cases.read, { params: { case: kept.id } })).notes)
})

const propose = (by: Persona, reference: string, change: { action?: 'seal' | 'unseal'; named?: string[] } = {}) => {
  const id = uuidv7()
  return by
    .call(oversight.proposeSealing, {
      body: {
        id,
        reference,
        action: 'seal',
        named: [],
        reason: 'insider',
        text: 'Somebody in the unit asked for her.',
        ...change,
      },
    })
    .then(() => id)
}
const answer = (by: Persona, sealing: string, given: 'confirmed' | 'returned' = 'confirmed') =>
  by.call(oversight.answerSealing, { params: { sealing }, version: 1, body: { answer: given } })

test('a sealed case is found by nobody but the people named and the two who sealed it', async () => {
  const kept = await keptCase(harness)
  const other = await keptCase(harness, 'bastien')
  const before = await the('tobias').call(cases.list, { query: { limit: '100' } })
  const sealing = await propose(the('wren'), kept.reference, { named: [the('rufus').account] })
  assert.ok((await findings(the('tobias'), kept)).includes('list'), 'a proposal seals nothing')
  await answer(the('dalia'), sealing)
  for (const [key, role] of [
    ['tobias', 'intake'],
    ['ines', 'decision-maker'],
    ['marisol', 'officer'],
    ['bastien', 'coordinator'],
  ] as const) {
    assert.deepEqual(await findings(the(key), kept), [], key)
    assert.deepEqual(await rowsShown(the(key), role, the(key).organisation, kept.id), [], key)
  }
  const after = await the('tobias').call(cases.list, { query: { limit: '100' } })
  assert.equal(after.items.length, before.items.length - 1)
  assert.ok((await findings(the('dalia'), kept)).includes('read'))
  assert.ok((await findings(the('rufus'), kept)).includes('read'))
  assert.ok((await findings(the('tobias'), other)).includes('list'))
  // Those who protect data and did not seal it do not find it either; who did, does.
  await truth.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, 'data-protection-officer', 'XSA')`,
    [uuidv7(), the('odette').account, the('odette').organisation],
  )
  const events = await the('wren').call(oversight.readEvents, { query: { reference: kept.reference } })
  assert.ok(events.items.some(one => one.event === 'oversight.sealing-proposed'))

  // Unsealed by two again.
  const opening = await propose(the('dalia'), kept.reference, { action: 'unseal' })
  assert.deepEqual(await findings(the('tobias'), kept), [])
  await assert.rejects(answer(the('rufus'), opening), missing, 'both of one side')
  await answer(the('wren'), opening)
  assert.ok((await findings(the('tobias'), kept)).includes('list'))
})

test('sealing takes two people of two sides, who answer for the case', async () => {
  const kept = await keptCase(harness)
  for (const key of ['tobias', 'bastien', 'celeste', 'marisol', 'odette'] as const)
    await assert.rejects(propose(the(key), kept.reference), missing, key)
  const byWren = await propose(the('wren'), kept.reference)
  await assert.rejects(answer(the('wren'), byWren), missing)
  await assert.rejects(answer(the('bastien'), byWren), missing)
  await assert.rejects(answer(the('tobias'), byWren), missing)
  await assert.rejects(propose(the('dalia'), kept.reference), (error: Refusal) => error.code === 'conflict')
  await answer(the('ines'), byWren, 'returned')
  await assert.rejects(answer(the('dalia'), byWren), (error: Refusal) => error.code === 'already-answered')
  assert.ok((await findings(the('tobias'), kept)).includes('list'))
  const byDalia = await propose(the('dalia'), kept.reference)
  await assert.rejects(answer(the('ines'), byDalia), missing)
  await answer(the('wren'), byDalia)
  assert.deepEqual(await findings(the('tobias'), kept), [])
  await assert.rejects(propose(the('dalia'), kept.reference), (error: Refusal) => error.code === 'conflict')
})

test('a refusal of a sealed case has the bytes of a missing record', async () => {
  const kept = await keptCase(harness)
  await answer(the('dalia'), await propose(the('wren'), kept.reference))
  const bytes = async (path: string) => {
    const response = await the('tobias').fetch(path)
    return `${response.status} ${(await response.text()).replace(/"request":"[^"]+"/, '')}`
  }
  for (const rest of ['', '/referrals', '/attachments', '/log', '/glasses', '/consents'])
    assert.equal(await bytes(`/api/cases/${kept.id}${rest}`), await bytes(`/api/cases/${uuidv7()}${rest}`), rest)
})

import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { openStage } from '#capabilities/cases/server/attachments/make.ts'
import { health } from '#capabilities/health/contract.ts'
import { attachedTo, noteBody, treatedByClinic } from '#capabilities/health/make.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { whereabouts } from '#capabilities/referrals/contract-whereabouts.ts'
import { helpGiven } from '#capabilities/referrals/make.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { sequence } from '#platform/audit/sequencer.ts'
import { auditVerdict } from '#platform/audit/verify.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { KeyError } from '#platform/crypto/keys.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { open } from '#platform/crypto/seal.ts'
import { asDevice, sealedFor, sendAll } from '#platform/files/make.ts'
import { photograph } from '#platform/files/server/make.ts'
import { auditLog } from '#platform/jobs/jobs.ts'
import { allow, decide } from '#platform/policy/decide.ts'
import { indexOf, needleOf, scanFiles, scanRows } from '../../../../../tests/canary/scan.ts'
import { openedCase, screeningBody } from '../../../../../tests/harness/make.ts'
import { oversight } from '../../contract.ts'
import { glassBody } from '../../make.ts'

const stage = await openStage()
const { harness, truth, marisol, tobias, dalia, phone } = stage
const wren = await harness.as('wren')
const bastien = await harness.as('bastien')
const celeste = await harness.as('celeste')
after(stage.stop)

const missing = (error: Refusal) => error.code === 'not-found'
const notNow = (error: Refusal) => error.code === 'not-now'
const full = process.env.SAMAAN_FULL === '1'
/** Strings that stand nowhere else, as names of invented people do. */
const planted = Array.from({ length: full ? 1000 : 100 }, (_, at) => `Zorbandel${at.toString(36).padStart(3, 'q')}Wyx`)

const propose = (reference: string, by = wren) => {
  const id = uuidv7()
  return by
    .call(oversight.proposeErasure, { body: { id, reference, ground: 'person-asked', text: 'She asked in person.' } })
    .then(() => id)
}
const answer = (erasure: string, by = dalia, given: 'confirmed' | 'returned' = 'confirmed') =>
  by.call(oversight.answerErasure, { params: { erasure }, version: 1, body: { answer: given } })
const referenceOf = async (id: string) => (await tobias.call(cases.read, { params: { case: id } })).reference

/** A case in which each of the strings stands somewhere. */
async function plant(): Promise<{ id: string; reference: string }> {
  const words = [...planted]
  const next = () => words.pop()!
  const id = await openedCase(harness, {
    identity: { givenName: next(), familyName: next(), knownAs: next(), document: next(), age: 24 },
    story: `She said ${next()}`,
  })
  await stage.assign(id)
  const params = { case: id }
  await dalia.call(cases.changeLocation, { params, version: 0, body: { text: next() } })
  const { referral } = await helpGiven(harness, id, 'accepted')
  await celeste.call(whereabouts.say, { params: { referral }, version: 0, body: { id: uuidv7(), text: next() } })
  const file = await sealedFor(harness, await photograph(next()))
  await marisol.call(cases.attach, {
    params,
    body: {
      id: uuidv7(),
      file: file.name,
      name: `${next()}.jpg`,
      purpose: 'document',
      compartment: 'SVC',
      original: true,
    },
  })
  await sendAll(asDevice(harness, phone), file)
  await stage.settled(file)
  // What the clinic wrote, the name of its scan, and what stood beside the scan.
  await treatedByClinic(harness, id)
  const note = noteBody({ text: `She told of ${next()}` })
  const jonah = await harness.as('jonah')
  await jonah.call(health.write, { params, body: note })
  await attachedTo(harness, jonah, { case: id, note: note.id }, await photograph(next()), `${next()}.jpg`)
  const reference = await referenceOf(id)
  const broken = await bastien.call(oversight.breakGlass, {
    body: glassBody(reference, { text: `${next()} is missing tonight` }),
  })
  await wren.call(oversight.reviewGlass, {
    params: { glass: broken.id },
    version: 1,
    body: { outcome: 'justified', text: next() },
  })
  for (; words.length > 0; )
    await dalia.call(cases.addNote, { params, body: { id: uuidv7(), text: words.splice(0, 20).join(' and ') } })
  return { id, reference }
}

/** What a dump of today would hold that is sealed: table, column, compartment, row, bytes, and whose. */
async function dumped() {
  const { rows } = await truth.query<{
    id: string
    slot: number
    sealed: Buffer
    row: string
    table: string
    column: string
    part: string
  }>(
    `select f.id, f.key_slot as slot, i.sealed, f.id as row, 'cases.identity' as "table", 'sealed' as "column", 'ID' as part
       from cases.folder f join cases.identity i on i.case_id = f.id
     union all select f.id, f.key_slot, n.sealed, n.id, 'cases.note', 'sealed', 'SVC' from cases.folder f join cases.note n on n.case_id = f.id
     union all select f.id, f.key_slot, h.sealed_identity, h.id, 'health.file', 'sealed_identity', 'HLT' from cases.folder f join health.file h on h.case_id = f.id
     union all select f.id, f.key_slot, w.sealed, w.id, 'referrals.whereabouts', 'sealed', 'LOC' from cases.folder f join referrals.whereabouts w on w.case_id = f.id
     union all select f.id, f.key_slot, l.sealed, l.case_id, 'cases.location', 'sealed', 'LOC' from cases.folder f join cases.location l on l.case_id = f.id`,
  )
  return rows
}
/** Opens one sealed value with the key store as it is now. */
function opens({ id, slot, sealed, row, table, column, part }: Awaited<ReturnType<typeof dumped>>[number]): boolean {
  const actor = { purpose: 'oversight' } as never
  const decision = decide(() => allow('ID', 'SVC', 'LOC', 'HLT'), ['oversight'], actor, {}, id, new Date())
  try {
    const key = harness.services.keys.release(decision, id, slot, part as 'ID')
    return open(key, sealed, { table, row, column, compartment: part as 'ID', version: 1 }).length > 0
  } catch (error) {
    if (error instanceof KeyError && error.code === 'erased') return false
    throw error
  }
}

/** Everywhere that this server leaves anything: rows, its database's own files, its data folder. */
async function left(words: readonly string[]): Promise<string[]> {
  const index = indexOf(words.map(needleOf))
  await truth.query('checkpoint')
  const { rows } = await truth.query(
    `select current_setting('data_directory') as data, (select oid from pg_database where datname = current_database())::text as oid`,
  )
  const scanned = await scanRows(harness.database.url('super'), index)
  const files = await scanFiles([join(rows[0].data, 'base', rows[0].oid), harness.services.config.dataFolder], index)
  return [...scanned.found, ...files.found]
}

test('an erased case is gone for good: rows, files and key; the shell and the audit stay, and every other case opens', async t => {
  const kept = stage.caseId
  const { id, reference } = await plant()
  await dalia.call(cases.addNote, { params: { case: kept }, body: { id: uuidv7(), text: 'stays' } })
  const shown = JSON.stringify([
    await dalia.call(cases.read, { params: { case: id } }),
    await dalia.call(cases.listAttachments, { params: { case: id }, query: {} }),
    await marisol.call(screening.list, { query: {} }),
    await (await harness.as('jonah')).call(health.notes, { params: { case: id } }),
  ])
  const visible = planted.filter(word => shown.includes(word)).length
  assert.ok(visible > planted.length - 10, `${visible} of ${planted.length} are read before it`)
  const yesterday = await dumped()
  assert.ok(yesterday.every(opens))
  const { rows: slots } = await truth.query('select key_slot from cases.folder where id = $1', [id])
  const copies = (await stage.copiesOnDisk()).length
  assert.ok(copies > 0)

  await answer(await propose(reference))

  assert.ok(yesterday.some(one => one.id === id && one.table === 'referrals.whereabouts'))
  for (const by of [dalia, tobias, marisol, bastien]) {
    await assert.rejects(by.call(cases.read, { params: { case: id } }), missing)
    await assert.rejects(by.call(referrals.caseFile, { params: { case: id } }), missing)
  }
  assert.ok(!(await tobias.call(cases.list, { query: { limit: '100' } })).items.some(one => one.id === id))
  // The same scan finds a control, so that finding nothing means something.
  const control = 'Ulmerkontrollwort'
  await truth.query('create table public.planted (words text)')
  await truth.query('insert into public.planted values ($1)', [control])
  const found = await left([control, ...planted])
  assert.ok(found.filter(one => one.includes(control)).length >= 2)
  assert.deepEqual(
    found.filter(one => !one.includes(control)),
    [],
  )

  // Yesterday's dump with today's key store.
  for (const one of yesterday) assert.equal(opens(one), one.id !== id, `${one.table} of ${one.id}`)
  assert.equal(harness.services.keys.slotState(slots[0].key_slot), 'erased')
  assert.equal((await stage.copiesOnDisk()).length, copies - 4)
  assert.deepEqual(await readdir(join(harness.services.config.dataFolder, 'uploads')), [])
  // Every table that names the case: only codes are left of it.
  const { rows: tables } = await truth.query(
    `select format('%I.%I', n.nspname, c.relname) as name,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.atttypid = 'bytea'::regtype) as sealed
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute k on k.attrelid = c.oid and k.attname = 'case_id' where c.relkind = 'r'`,
  )
  const shells: string[] = []
  for (const { name, sealed } of tables) {
    const { rows } = await truth.query(`select * from ${name} where case_id = $1`, [id])
    for (const row of rows) for (const column of sealed) assert.equal(row[column], null, `${name}.${column}`)
    if (rows.length > 0) shells.push(name)
  }
  t.diagnostic(`left of it: ${shells.sort().join(', ')}`)
  const { rows: folder } = await truth.query('select reference from cases.folder where id = $1', [id])
  assert.equal(folder[0].reference, reference)

  // The audit says that it was, and still verifies.
  const jobs = new pg.Client({ connectionString: harness.database.url('jobs') })
  await jobs.connect()
  await sequence(jobs, harness.services.keys, auditLog(harness.services.config))
  const { origin, folder: checkpointFolder } = auditLog(harness.services.config)
  const { publicKey } = harness.services.keys.auditKey()
  const verified = await auditVerdict(jobs, { origin, checkpointFolder, publicKey })
  await jobs.end()
  assert.equal(verified.ok, true, JSON.stringify(verified))
  const told = await wren.call(oversight.readEvents, { query: { reference } })
  assert.equal(told.items.find(one => one.outcome === 'done')!.event, 'oversight.erasure-answered')
  // Who tries afterwards is answered as if it had never been, and is written down.
  assert.deepEqual([told.items[0]!.event, told.items[0]!.outcome], ['case.read', 'refused'])
})

test('never one person, and only who answers for the case confirms', async () => {
  const id = await openedCase(harness)
  await stage.assign(id)
  const reference = await referenceOf(id)
  for (const by of ['dalia', 'tobias', 'ines', 'odette', 'marisol'] as const)
    await assert.rejects(propose(reference, await harness.as(by)), missing, by)
  const erasure = await propose(reference)
  for (const by of ['wren', 'bastien', 'tobias', 'odette', 'marisol', 'celeste'] as const)
    await assert.rejects(answer(erasure, await harness.as(by)), missing, by)
  const [waits] = (await dalia.call(oversight.listErasures, { query: {} })).items
  assert.deepEqual([waits!.reference, waits!.text, waits!.answerable], [reference, 'She asked in person.', true])
  await answer(erasure, dalia, 'returned')
  await assert.rejects(answer(erasure), (error: Refusal) => error.code === 'already-answered')
  assert.ok((await dalia.call(cases.read, { params: { case: id } })).identity)
  // A decision-maker of the unit may be the second person.
  await answer(await propose(reference), await harness.as('ines'))
  await assert.rejects(dalia.call(cases.read, { params: { case: id } }), missing)
  await assert.rejects(propose(reference), (error: Refusal) => error.code === 'already-answered')
})

test('of a case that nobody opened, who decides for the competent body is the second person', async () => {
  const body = screeningBody()
  const { reference } = await marisol.call(screening.record, { body })
  const ines = await harness.as('ines')
  const waiting = async (by: typeof ines) =>
    (await by.call(oversight.listErasures, { query: {} })).items.find(one => one.reference === reference)
  // That there is such a case is told by the proposal alone.
  await assert.rejects(ines.call(oversight.placeHold, { body: { id: uuidv7(), reference, reason: 'court' } }), missing)
  const erasure = await propose(reference)
  const [shown, own] = [await waiting(ines), await waiting(wren)]
  assert.deepEqual([shown?.text, shown?.answerable, own?.answerable], ['She asked in person.', true, false])
  assert.ok((await ines.call(oversight.alerts, { query: {} })).items.some(one => one.about === erasure))
  await assert.rejects(ines.call(cases.read, { params: { case: body.case } }), missing)
  for (const by of ['wren', 'bastien', 'dalia', 'tobias', 'marisol', 'odette', 'celeste'] as const)
    await assert.rejects(answer(erasure, await harness.as(by)), missing, by)
  assert.equal(await waiting(dalia), undefined)
  await answer(erasure, ines, 'returned')
  const kept = async () => (await marisol.call(screening.list, { query: {} })).items.some(one => one.case === body.case)
  assert.equal(await kept(), true)

  await answer(await propose(reference), ines)
  assert.equal(await kept(), false)
  assert.equal(await waiting(ines), undefined)
  const { rows } = await truth.query(
    'select key_slot from cases.folder where id = $1 and not exists (select 1 from cases.identity where case_id = $1)',
    [body.case],
  )
  assert.equal(harness.services.keys.slotState(rows[0].key_slot), 'erased')
})

test('nothing is erased under a legal hold, and who placed it does not end it', async () => {
  const id = await openedCase(harness)
  await stage.assign(id)
  const reference = await referenceOf(id)
  const hold = uuidv7()
  for (const by of ['tobias', 'bastien', 'odette', 'marisol'] as const)
    await assert.rejects(
      (await harness.as(by)).call(oversight.placeHold, { body: { id: uuidv7(), reference, reason: 'court' } }),
      missing,
      by,
    )
  await dalia.call(oversight.placeHold, { body: { id: hold, reference, reason: 'court' } })
  const erasure = await propose(reference)
  await assert.rejects(answer(erasure), notNow)
  assert.equal((await wren.call(oversight.listErasures, { query: {} })).items[0]!.keptBy, 'hold')
  await assert.rejects(dalia.call(oversight.endHold, { params: { hold } }), missing)
  // One that has run out holds nothing back; one that has not, does.
  const past = uuidv7()
  await wren.call(oversight.placeHold, { body: { id: past, reference, reason: 'other', until: '2020-01-01' } })
  await wren.call(oversight.endHold, { params: { hold } })
  assert.ok((await dalia.call(oversight.listHolds, { query: {} })).items.find(one => one.id === hold)!.endedAt)
  await answer(erasure)
  await assert.rejects(dalia.call(cases.read, { params: { case: id } }), missing)
})

test('an emergency opening is judged before its reasons go with the case', async () => {
  const id = await openedCase(harness)
  await stage.assign(id)
  const reference = await referenceOf(id)
  const glass = await bastien.call(oversight.breakGlass, { body: glassBody(reference) })
  const erasure = await propose(reference)
  await assert.rejects(answer(erasure), notNow)
  await wren.call(oversight.reviewGlass, {
    params: { glass: glass.id },
    version: 1,
    body: { outcome: 'justified', text: 'Right.' },
  })
  await answer(erasure)
  await assert.rejects(bastien.call(oversight.readGlass, { params: { glass: glass.id } }), missing)
})

test('an old proof of who one is erases nothing', async () => {
  const id = await openedCase(harness)
  await stage.assign(id)
  const erasure = await propose(await referenceOf(id))
  harness.setNow(new Date(Date.now() + 10 * 60_000))
  await assert.rejects(answer(erasure), (error: Refusal) => error.code === 'step-up-needed')
  harness.setNow(undefined)
  assert.ok((await dalia.call(cases.read, { params: { case: id } })).identity)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction } from '#platform/db/context.ts'
import { sealedFor, sendAll, stateOf } from '#platform/files/make.ts'
import { pdf, photograph } from '#platform/files/server/make.ts'
import { sweepFiles } from '#platform/files/server/sweep.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { type PersonKey, people } from '../../../../../tools/demonstration/people.ts'
import { justice } from '../../contract.ts'
import { mostLeadFiles } from '../../contract-leads.ts'
import { attachedToLead, leadBody } from '../../make.ts'

let harness: Harness
let truth: pg.Client
const personas = new Map<PersonKey, Persona>()
const who = (key: PersonKey) => personas.get(key)!
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  for (const { key } of people) personas.set(key, await harness.as(key))
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const made = async (change: Parameters<typeof leadBody>[0] = {}) => {
  const body = leadBody(change)
  await who('petra').call(justice.makeLead, { body })
  return body.id
}
const read = (key: PersonKey, lead: string) => who(key).call(justice.readLead, { params: { lead } })
const save = (key: PersonKey, lead: string, file: string, copy = 'original') =>
  who(key).fetch(`/api/leads/${lead}/files/${file}/${copy}`)
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())
const add = (lead: string, plain: Uint8Array, name?: string) => attachedToLead(harness, who('petra'), lead, plain, name)

test('an investigator adds a picture to a lead: sealed under the lead, kept as it came, drawn anew, never shown', async () => {
  const lead = await made()
  const taken = await photograph('PlantedByTheGate')
  const file = await add(lead, taken, 'Number plate of the van.jpg')
  const { files } = await read('vasco', lead)
  const [shown, ...rest] = files!
  assert.deepEqual(
    [shown?.id, shown?.name, shown?.state, shown?.kind, shown?.by, rest.length],
    [file, 'Number plate of the van.jpg', 'ready', 'jpg', 'Petra Okafor', 0],
  )
  assert.deepEqual(shown?.copies, ['original', 'clean'])
  assert.ok(shown?.thumbnail)
  const original = await save('vasco', lead, file)
  assert.match(original.headers.get('content-disposition') ?? '', /^attachment; filename="lead-[0-9a-f]{8}\.jpg"$/)
  assert.equal(original.headers.get('content-type'), 'application/octet-stream')
  assert.ok((await bytesOf(original)).equals(taken))
  const clean = await bytesOf(await save('petra', lead, file, 'clean'))
  assert.ok(clean.length > 100 && !clean.includes('PlantedByTheGate'))
  const { rows } = await truth.query('select * from justice.lead_file where id = $1', [file])
  assert.ok(!JSON.stringify(rows).includes('plate'))
  const events = await truth.query(
    `select body::jsonb->>'event' as event, case_id, body::jsonb->>'basis' as basis, body::jsonb->'compartments' as opened
     from audit.event where body::jsonb->>'event' like 'justice.lead-file-%' order by body::jsonb->>'event'`,
  )
  assert.deepEqual(
    events.rows.map(one => [one.event, one.case_id, one.basis, one.opened]),
    ['added', 'kept', 'read', 'read'].map(one => [`justice.lead-file-${one}`, null, lead, ['INV']]),
  )
})

test('who reads the lead reads its files, and nobody else: a supervisor its codes alone, a prosecutor while it is shared', async () => {
  const lead = await made()
  const file = await add(lead, pdf('statement of the neighbour'))
  const nowhere = async (key: PersonKey) => {
    const blank = (text: string) => text.replace(/"request":"[^"]*"/, '')
    const [there, none] = await Promise.all([save(key, lead, file), save(key, lead, uuidv7())])
    assert.equal(there.status, 404, key)
    assert.equal(blank(await there.text()), blank(await none.text()))
  }
  for (const { key } of people) if (key !== 'petra' && key !== 'vasco') await nowhere(key)
  const share = { id: uuidv7(), account: who('leonie').account, source: false }
  await who('petra').call(justice.shareLead, { params: { lead }, body: share })
  assert.deepEqual(
    (await read('leonie', lead)).files!.map(one => one.id),
    [file],
  )
  assert.ok((await bytesOf(await save('leonie', lead, file))).includes('neighbour'))
  // They read what was found, and add nothing to it.
  await assert.rejects(
    who('leonie').call(justice.attachToLead, {
      params: { lead },
      body: { id: uuidv7(), file: (await sealedFor(harness, pdf('y'))).name, name: 'y.pdf' },
    }),
    { code: 'not-found' },
  )
  await who('petra').call(justice.endLeadShare, { params: { lead, share: share.id } } as never)
  await nowhere('leonie')
})

test('a lead that is closed to somebody has no files for them, also those that they brought', async () => {
  const lead = await made()
  const sealed = await sealedFor(harness, pdf('brought by a colleague'))
  const id = uuidv7()
  const body = { id, file: sealed.name, name: 'found in a drawer.pdf' }
  await who('vasco').call(justice.attachToLead, { params: { lead }, body })
  const account = who('vasco').account
  await who('petra').call(justice.barFromLead, {
    params: { lead },
    body: { id: uuidv7(), account, reason: 'suspect' },
  })
  // What was on its way arrives; it opens nothing to whoever sent it.
  assert.equal(stateOf(await sendAll(who('vasco').fetch, sealed)), 'kept')
  assert.equal((await save('vasco', lead, id)).status, 404)
  assert.equal((await save('petra', lead, id)).status, 200)
  await assert.rejects(
    who('vasco').call(justice.attachToLead, {
      params: { lead },
      body: { id: uuidv7(), file: (await sealedFor(harness, pdf('more'))).name, name: 'more.pdf' },
    }),
    { code: 'not-found' },
  )
})

test('what is no kind that is kept is refused, files have an end, and what is kept is no stray copy', async () => {
  const lead = await made()
  const file = await add(lead, Buffer.from('MZ a program'), 'harmless.jpg')
  const [refused] = (await read('petra', lead)).files!
  assert.deepEqual([refused?.id, refused?.state, refused?.code], [file, 'refused', 'type'])
  assert.equal((await save('petra', lead, file)).status, 404)
  const kept = await add(lead, pdf('stays'))
  const jobs = new pg.Pool({ connectionString: harness.database.url('jobs') })
  try {
    const later = new Date(Date.now() + 5 * 86_400_000)
    await inTransaction(jobs, undefined, tx => sweepFiles(harness.services, tx, later))
  } finally {
    await jobs.end()
  }
  assert.equal((await save('petra', lead, kept)).status, 200)
  await truth.query(
    `insert into justice.lead_file (id, lead_id, organisation_id, by_account, sealed_about, recipient, sealed_identity, sha256)
     select gen_random_uuid(), f.lead_id, f.organisation_id, f.by_account, f.sealed_about, f.recipient, f.sealed_identity,
       sha256(n::text::bytea) from justice.lead_file f, generate_series(1, $2::int) n where f.id = $1`,
    [kept, mostLeadFiles - 2],
  )
  await assert.rejects(add(lead, pdf('one too many')), { code: 'invalid-input' })
})

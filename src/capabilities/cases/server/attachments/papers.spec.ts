import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { KeyError } from '#platform/crypto/key-error.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { asDevice, sealedFor, sendAll } from '#platform/files/make.ts'
import { openAbout } from '#platform/files/server/attached/sealed.ts'
import { pdf } from '#platform/files/server/make.ts'
import { openedCase } from '../../../../../tests/harness/make.ts'
import { cases } from '../../contract.ts'
import { bodyOf, openStage } from './make.ts'
import { shelfOf } from './shelf.ts'

const stage = await openStage()
const { harness, truth, marisol, tobias, dalia, phone, caseId, assign, attach, download } = stage
after(stage.stop)
/** A decision that covers everything, as nobody gets one. */
const anybody = { effect: 'allow', permits: () => true } as const
const codeOf = (error: { code: string }) => error.code
const paper = { purpose: 'identity-document', compartment: 'ID', name: 'Passport of Amparo.pdf' } as const
const ines = await harness.as('ines')

/** Brings a file to a case, as who met the person, and waits until it is filed. */
async function brought(text: string, of = caseId, change: Parameters<typeof attach>[2] = paper): Promise<string> {
  const file = await sealedFor(harness, pdf(text))
  await marisol.call(cases.attach, { params: { case: of }, body: bodyOf(file, change) }).then(() => undefined)
  await sendAll(asDevice(harness, phone), file)
  const { rows } = await truth.query('select id from cases.attachment where sha256 = $1', [file.sha256])
  return rows[0].id
}
const listed = async (by: typeof dalia, of = caseId) =>
  (await by.call(cases.listAttachments, { params: { case: of }, query: {} })).items.map(one => one.id)

test('a paper that shows who the person is opens for who reads that with the case, and is sealed under that key alone', async () => {
  const id = await brought('passport 1')
  const other = await brought('contract 1', caseId, {})
  assert.deepEqual((await listed(dalia)).sort(), [id, other].sort())
  for (const by of [tobias, ines]) assert.deepEqual(await listed(by), [id], 'and of the care’s files nothing')
  for (const by of [dalia, tobias, ines]) {
    const saved = await download(by, id, 'original', 'identity')
    assert.ok(Buffer.from(await saved.arrayBuffer()).includes('passport 1'))
  }
  for (const by of [marisol, await harness.as('celeste'), await harness.as('bastien'), await harness.as('odette')])
    assert.equal((await download(by, id, 'original')).status, 404)
  const { rows } = await truth.query(
    'select a.*, f.key_slot from cases.attachment a join cases.folder f on f.id = a.case_id where a.id = $1',
    [id],
  )
  const about = (compartment: 'ID' | 'SVC') =>
    openAbout(
      shelfOf(compartment),
      harness.services.keys.release(anybody, caseId, rows[0].key_slot, compartment),
      id,
      rows[0].sealed_about,
    )
  assert.deepEqual(about('ID'), { name: paper.name })
  assert.throws(
    () => about('SVC'),
    (error: Error) => error instanceof KeyError,
  )
  const { rows: events } = await truth.query(
    `select distinct body::jsonb->'compartments' as opened from audit.event
     where body::jsonb->>'event' in ('case.attachment-read', 'case.attachment-kept') and case_id = $1
       and body::jsonb->>'outcome' = 'done' and body::jsonb->'compartments' ? 'ID'`,
    [caseId],
  )
  assert.ok(events.length > 0)
  assert.ok(events.every(one => !one.opened.includes('SVC')))
})

test('who works on the services without knowing who the person is learns of no paper: not in the list, the history or what can be cited', async () => {
  const unnamed = await openedCase(harness, {}, ['SVC', 'STA'])
  await assign(unnamed)
  const history = async () =>
    (await dalia.call(cases.read, { params: { case: unnamed } })).timeline.filter(one =>
      one.event.includes('attachment'),
    )
  const before = (await history()).length
  const id = await brought('birth certificate', unnamed)
  const other = await brought('letter of the farm', unnamed, {})
  assert.deepEqual(await listed(dalia, unnamed), [other])
  assert.equal((await history()).length, before + 1, 'of the other file alone')
  const blank = (text: string) => text.replace(/"request":"[^"]*"/, '')
  const asked = async (attachment: string) => {
    const reply = await dalia.fetch(`/api/cases/${unnamed}/attachments/${attachment}/original`)
    return `${reply.status} ${blank(await reply.text())}`
  }
  assert.equal(await asked(id), await asked(uuidv7()))
  for (const by of [tobias, ines]) {
    assert.equal((await by.fetch(`/api/cases/${unnamed}/attachments`)).status, 404)
    assert.equal((await by.fetch(`/api/cases/${unnamed}/attachments/${id}/original`)).status, 404)
  }
  const citable = async (of: string) =>
    (await ines.call(cases.evidence, { params: { case: of } })).items
      .filter(one => one.kind === 'attachment')
      .map(one => one.id)
  assert.deepEqual(await citable(unnamed), [other])
  assert.ok((await citable(caseId)).length > 1, 'whoever decides and knows who it is may cite a paper')
  // Nor does anybody bring one who may not say who the person is.
  const file = await sealedFor(harness, pdf('another'))
  const refused = await dalia
    .call(cases.attach, { params: { case: unnamed }, body: bodyOf(file, paper) })
    .then(() => 'done', codeOf)
  assert.equal(refused, 'not-found')
})

test('intake of the unit brings a paper and nothing else; a paper is never filed with the services', async () => {
  const said = async (change: object) =>
    tobias
      .call(cases.attach, {
        params: { case: caseId },
        body: bodyOf(await sealedFor(harness, pdf(uuidv7())), change),
      })
      .then(() => 'done', codeOf)
  assert.equal(await said(paper), 'done')
  assert.equal(await said({}), 'not-found')
  assert.equal(
    await attach(marisol, await sealedFor(harness, pdf('x')), { ...paper, compartment: 'SVC' }).then(
      () => 'done',
      codeOf,
    ),
    'invalid-input',
  )
})

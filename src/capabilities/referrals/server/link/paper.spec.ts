import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { consent } from '#capabilities/consent/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { generateIdentity, openFile } from '#platform/crypto/sealed-file.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { explained } from '../../../../../tests/harness/make.ts'
import { readPdf } from '../../../../../tests/harness/read-pdf.ts'
import { referrals } from '../../contract.ts'
import { withoutAccount } from '../../contract-link.ts'
import { askedOf, type Clinic, unregistered } from '../../make.ts'

let harness: Harness
let marisol: Persona
let truth: pg.Client
let clinic: Clinic
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
  clinic = await unregistered(harness)
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const read = (referral: string) => marisol.call(referrals.read, { params: { referral } })
const flat = (text: string) => text.replace(/\s+/g, ' ')
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    error =>
      error.fields.map((one: { field: string; code: string }) => `${one.field} ${one.code}`).join() || error.code,
  )
const plain = { language: 'en', sealTo: 'nobody', abroad: false } as const
type Wanted = Omit<typeof plain, 'language' | 'sealTo' | 'abroad'> & {
  language?: 'en' | 'es'
  sealTo?: 'nobody' | 'passphrase' | 'key'
  recipient?: string
  abroad?: boolean
}
const paper = (referral: string, change: Wanted = {}) =>
  marisol.call(withoutAccount.makePaper, { params: { referral }, body: { ...plain, ...change } })
const codeIn = (file: Buffer) => /this code: (\d{4} \d{4})/.exec(flat(readPdf(file).text))![1]!
const told = (referral: string, version: number, body: Record<string, unknown>) =>
  marisol.call(withoutAccount.answerOnPaper, { params: { referral }, version, body: body as never })
async function onPaper(options: Parameters<typeof askedOf>[2] = {}) {
  const asked = await askedOf(harness, clinic, options)
  const made = await paper(asked.referral)
  const file = Buffer.from(made.file, 'base64')
  return { ...asked, made, file, code: codeIn(file) }
}

test('the sheet is tagged and says what is shared, in the language that was asked for', async () => {
  const { file, referral, made } = await onPaper()
  const sheet = readPdf(file)
  assert.deepEqual([sheet.accessible, sheet.marked, sheet.language], [true, true, 'en'])
  assert.match(made.name, /^document-[0-9a-f]{6}\.pdf$/)
  assert.match(flat(sheet.text), /Medical care.*She would like to see a woman\..*Given name: /)
  const coded = await onPaper({ share: ['STA'] })
  assert.doesNotMatch(flat(readPdf(coded.file).text), /Given name/)
  const spanish = readPdf(Buffer.from((await paper(referral, { language: 'es' })).file, 'base64'))
  assert.match(flat(spanish.text), /Una petición de ayuda/)
  assert.equal(spanish.language, 'es')
})

test('a file that leaves opens by its passphrase, or by the key that it was sealed to, and by nothing else', async () => {
  const { referral } = await askedOf(harness, clinic)
  const opened = async (file: string, by: string[] | string) =>
    buffer(await openFile(Readable.from([Buffer.from(file, 'base64')], { objectMode: false }), by))
  const sealed = await paper(referral, { sealTo: 'passphrase' })
  assert.match(sealed.name, /\.pdf\.age$/)
  assert.match(sealed.passphrase!, /^([0-9a-z]{4}-){7}[0-9a-z]{4}$/)
  assert.match(flat(readPdf(await opened(sealed.file, sealed.passphrase!)).text), /A request for help/)
  await assert.rejects(opened(sealed.file, 'another'))
  const mine = await generateIdentity()
  const keyed = await paper(referral, { sealTo: 'key', recipient: mine.recipient })
  assert.equal(keyed.passphrase, null)
  assert.match(flat(readPdf(await opened(keyed.file, [mine.identity])).text), /A request for help/)
  await assert.rejects(opened(keyed.file, [(await generateIdentity()).identity]))
  assert.ok(!Buffer.from(keyed.file, 'base64').includes('%PDF'))
  for (const recipient of ['age1nothing', 'ssh-ed25519 AAAA', `${mine.recipient}x`])
    assert.equal(await refusal(paper(referral, { sealTo: 'key', recipient })), 'recipient recipient')
  assert.equal(await refusal(paper(referral, { sealTo: 'key' })), 'recipient required')
})

test('who holds the sheet is known by its code: the answer is written down as told from paper, and by whom', async () => {
  const { referral, code, case: id } = await onPaper()
  const wrong = code === '1111 1111' ? '2222 2222' : '1111 1111'
  assert.deepEqual(await told(referral, 1, { code: wrong, answer: 'accepted' }), { taken: false })
  assert.equal((await read(referral)).status, 'sent')
  assert.equal(await refusal(told(referral, 1, { code, answer: 'partly-accepted' })), 'words required')
  assert.equal(await refusal(told(referral, 7, { code, answer: 'accepted' })), 'version-stale')
  assert.equal(await refusal(told(referral, 1, { code, answer: 'done', outcome: 'helped' })), 'already-answered')
  const yes = { code: code.replace(' ', '-'), answer: 'accepted', words: 'On Monday.' }
  assert.deepEqual(await told(referral, 1, yes), { taken: true })
  const taken = await read(referral)
  assert.deepEqual([taken.status, taken.answer, taken.version], ['accepted', 'On Monday.', 2])
  const { rows } = await truth.query(
    `select account_id, organisation_id, about from cases.timeline where case_id = $1 and event = 'referral.accepted'`,
    [id],
  )
  assert.deepEqual(
    [rows[0].account_id, rows[0].organisation_id, rows[0].about.by],
    [marisol.account, clinic.id, 'paper'],
  )
  const doors = await marisol.call(withoutAccount.doors, { params: { referral } })
  assert.ok(doors.paper?.answeredAt && doors.paper.state === 'live')
  await told(referral, 2, { code, answer: 'done', outcome: 'helped-in-part' })
  assert.deepEqual([(await read(referral)).status, (await read(referral)).outcome], ['done', 'helped-in-part'])
  assert.equal(await refusal(paper(referral)), 'not-now')
})

test('a newer sheet ends the code of the one before, and ten wrong ones end it too', async () => {
  const { referral, code } = await onPaper()
  const next = codeIn(Buffer.from((await paper(referral)).file, 'base64'))
  assert.deepEqual(await told(referral, 1, { code, answer: 'accepted' }), { taken: false })
  for (let i = 0; i < 9; i++) await told(referral, 1, { code: `1111 000${i}`, answer: 'accepted' })
  assert.deepEqual(await told(referral, 1, { code: next, answer: 'accepted' }), { taken: false })
  assert.equal((await read(referral)).status, 'sent')
})

test('after the consent is withdrawn neither a sheet is made nor an answer taken', async () => {
  const one = await onPaper()
  await marisol.call(consent.withdraw, {
    params: { case: one.case, consent: one.consent },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  assert.equal(await refusal(paper(one.referral)), 'not-now')
  assert.equal(await refusal(told(one.referral, 1, { code: one.code, answer: 'accepted' })), 'already-answered')
})

test('out of the country a sheet goes only where the person agreed to that', async () => {
  const inside = await askedOf(harness, clinic)
  assert.equal(await refusal(paper(inside.referral, { abroad: true })), 'abroad not-agreed-abroad')
  const agreed = await askedOf(harness, clinic, { abroad: true })
  const sheet = await paper(agreed.referral, { abroad: true })
  assert.match(flat(readPdf(Buffer.from(sheet.file, 'base64')).text), /agreed that it leaves the country/)
  const { rows } = await truth.query('select abroad, made_by from referrals.paper where referral_id = $1', [
    agreed.referral,
  ])
  assert.deepEqual(rows, [{ abroad: true, made_by: marisol.account }])
})

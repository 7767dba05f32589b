import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { consent } from '#capabilities/consent/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import type { Urgency } from '#platform/country/vocabulary.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, startHarness } from '../../../../../tests/harness/harness.ts'
import { explained } from '../../../../../tests/harness/make.ts'
import { referrals } from '../../contract.ts'
import { withoutAccount } from '../../contract-link.ts'
import { askedOf, boxOf, linkTo, post, unregistered } from '../../make.ts'
import { overdue } from '../overdue.ts'
import { linkMailJob, openMail } from './mail.ts'

const letters: { to: string; text: string }[] = []
let server: SMTPServer
let harness: Harness
let truth: pg.Client
let jobs: pg.Pool
/** What the server answers to a recipient; none: it takes the mail. */
let refuses: number | undefined
before(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_, __, done) => done(refuses ? Object.assign(new Error('no'), { responseCode: refuses }) : undefined),
    onData(stream, session, done) {
      let text = ''
      stream.on('data', part => {
        text += part
      })
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(one => one.address).join(), text })
        done()
      })
    },
  })
  const port = await new Promise<number>(resolve => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as { port: number }).port))
  })
  harness = await startHarness({ mail: { url: `smtp://127.0.0.1:${port}`, from: 'notices@post.example' } })
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  jobs = pool(harness.database.url('jobs'), 2, 'test')
})
beforeEach(() => {
  letters.length = 0
  refuses = undefined
})
after(async () => {
  await Promise.all([truth?.end(), jobs?.end()])
  await harness?.stop()
  await new Promise<void>(resolve => server.close(() => resolve()))
})

const mails = (at = new Date()) => inTransaction(jobs, undefined, tx => linkMailJob(harness.services).run(tx, at))
const reminds = (at: Date) => inTransaction(jobs, undefined, tx => overdue.run(tx, at))
const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000)
const kept = async (referral: string) =>
  (
    await truth.query(
      'select sealed_mail, mail_state, mail_tries, made_at from referrals.link where referral_id = $1 order by made_at desc',
      [referral],
    )
  ).rows[0] as { sealed_mail: Buffer | null; mail_state: string; mail_tries: number; made_at: Date }
const stateOf = async (referral: string) =>
  (await (await asker()).call(withoutAccount.doors, { params: { referral } })).link!.mail
const plainOf = (letter: (typeof letters)[number]) => letter.text.replace(/=\r\n/g, '').replace(/=3D/g, '=')
async function linked(urgency: Urgency = 'urgent') {
  const clinic = await unregistered(harness, 'front@hilltop.example')
  const { referral, ...of } = await askedOf(harness, clinic, { urgency })
  const made = await linkTo(harness, referral, true)
  const { rows } = await truth.query('select remind_at, due_at from referrals.referral where id = $1', [referral])
  return { referral, of, made, at: rows[0].remind_at as Date[], due: rows[0].due_at as Date }
}
const keptPlain = async (referral: string) => {
  const { rows } = await truth.query('select id, sealed_mail from referrals.link where referral_id = $1', [referral])
  return openMail(harness.services.keys, rows[0].id, rows[0].sealed_mail)
}
const unreached = async () => {
  const { items } = await (await asker()).call(tasks.today, { query: { kind: 'unanswered', ahead: '0' } })
  return items.filter(one => one.code === 'unreached').map(one => one.id)
}
/** Marisol, who asked. */
const asker = () => harness.as('marisol')
const withdrawing = (of: { case: string; consent: string }) => ({
  params: { case: of.case, consent: of.consent },
  body: { id: uuidv7(), ...explained('withdrawing-1') },
})
async function answered({ made }: { made: { typed: { k: string; n: string } } }) {
  const { app } = boxOf(harness)
  const opened = await post(app, made.typed)
  const asking = await post(app, { v: opened.field, do: 'ask:declined' })
  await post(app, { v: asking.field, do: 'give:declined', declined: 'no-place', words: 'Full.' })
}

test('the mail says that something waits, and where; not what, not for whom, and never the code', async () => {
  const { referral, made } = await linked()
  assert.deepEqual([letters.length, await stateOf(referral)], [0, 'waiting'])
  await mails()
  const [letter, ...more] = letters
  assert.deepEqual([letter!.to, more], ['front@hilltop.example', []])
  const plain = plainOf(letter!)
  assert.ok(plain.includes(made.link))
  assert.ok(!plain.includes(made.code))
  assert.match(plain, /Subject: Something waits for you/)
  assert.equal(plain.split('\r\n\r\n').slice(1).join(' ').trim(), `Something waits for you: ${made.link}`)
  assert.equal(await stateOf(referral), 'sent')
  await mails(later(new Date(), 1))
  assert.equal(letters.length, 1)
})

test('what is kept of it until then says neither the link nor the address to who has a copy of the database', async () => {
  const { referral, made } = await linked()
  const { sealed_mail } = await kept(referral)
  for (const word of [made.link, made.typed.k, 'front@hilltop.example'])
    assert.ok(!sealed_mail!.includes(Buffer.from(word)), word)
  const told = await linkTo(harness, referral)
  assert.notEqual(told.link, made.link)
  assert.deepEqual([(await kept(referral)).sealed_mail, await stateOf(referral)], [null, null])
  await mails()
  // The one before was taken back by it, and nothing is left of it.
  assert.equal(letters.length, 0)
  const { rows } = await truth.query(
    'select count(*)::int n from referrals.link where referral_id = $1 and sealed_mail is not null',
    [referral],
  )
  assert.equal(rows[0].n, 0)
})

test('a server that is away is tried again; an address that takes none is tried no more, and who made the link sees it', async () => {
  const { referral } = await linked()
  const { made_at } = await kept(referral)
  refuses = 450
  await mails(later(made_at, 1))
  assert.deepEqual([(await kept(referral)).mail_tries, await stateOf(referral)], [1, 'waiting'])
  refuses = undefined
  await mails(later(made_at, 1.5))
  assert.equal(letters.length, 0)
  await mails(later(made_at, 2.1))
  assert.deepEqual([letters.length, (await kept(referral)).mail_tries, await stateOf(referral)], [1, 0, 'sent'])
  const other = await linked()
  refuses = 550
  await mails(later(made_at, 3))
  refuses = undefined
  await mails(later(made_at, 90))
  assert.deepEqual([letters.length, await stateOf(other.referral)], [1, 'refused'])
  assert.equal((await kept(other.referral)).sealed_mail, null)
  // It stands in their day's list, until somebody opens the link all the same.
  assert.deepEqual(await unreached(), [other.referral])
  await post(boxOf(harness).app, other.made.typed)
  assert.deepEqual(await unreached(), [])
})

test('who has not answered is told with each reminder that it still waits, once each, and nobody here knows the link any more', async () => {
  const { referral, made, at } = await linked('emergency')
  await mails()
  assert.equal(letters.length, 1)
  assert.deepEqual(Object.keys(await keptPlain(referral)), ['to', 'lang'])
  assert.ok(at.length > 0)
  for (const [n, moment] of at.entries()) {
    await mails(later(moment, -0.5))
    assert.equal(letters.length, n + 1)
    await reminds(moment)
    for (const minutes of [0, 0.5]) await mails(later(moment, minutes))
    assert.equal(letters.length, n + 2)
  }
  for (const { text } of letters.slice(1)) {
    assert.match(text, /Something still waits for you/)
    for (const word of [made.typed.k, made.code, 'http']) assert.ok(!text.includes(word), word)
  }
  assert.equal(await stateOf(referral), 'sent')
})

test('it goes to the address that who made the link saw, whatever the directory says later', async () => {
  const clinic = await unregistered(harness, 'first@hilltop.example')
  const { referral } = await askedOf(harness, clinic)
  await linkTo(harness, referral, true)
  await truth.query('update directory.organisation set email = $2 where id = $1', [clinic.id, 'other@hilltop.example'])
  await mails()
  assert.deepEqual(
    letters.map(one => one.to),
    ['first@hilltop.example'],
  )
})

test('a reminder that falls in the night waits for the morning', async () => {
  const { referral } = await linked()
  await mails()
  assert.equal(letters.length, 1)
  // The clock of who is asked runs in their own hours: the night is set by hand.
  await truth.query('update referrals.referral set reminded = 1 where id = $1', [referral])
  const day = 86_400_000
  /** By the demonstration country's clock, UTC−4. */
  const night = new Date(Math.floor(Date.now() / day) * day + day + 26 * 3_600_000)
  await mails(night)
  await mails(later(night, 8 * 60))
  assert.equal(letters.length, 1)
  await mails(later(night, 9 * 60))
  assert.equal(letters.length, 2)
})

for (const [what, ends] of [
  [
    'taken back',
    async ({ referral }) =>
      void (await (await asker()).call(referrals.revoke, { params: { referral }, version: 1, body: {} })),
  ],
  [
    'asked by a link that was taken back',
    async ({ referral }) =>
      void (await (await asker()).call(withoutAccount.endLink, { params: { referral }, body: {} })),
  ],
  ['answered', answered],
  ['run out', async ({ due }) => void (await reminds(later(due, 30 * 24 * 60)))],
  ['withdrawn from', async ({ of }) => void (await (await asker()).call(consent.withdraw, withdrawing(of)))],
] as readonly [string, (one: Awaited<ReturnType<typeof linked>>) => Promise<void>][])
  test(`what is ${what} is reminded of no more, and nothing of the mail is kept`, async () => {
    const one = await linked('emergency')
    await mails()
    await ends(one)
    await truth.query('update referrals.referral set reminded = reminded + 1 where id = $1', [one.referral])
    await mails(later(one.at.at(-1)!, 1))
    assert.equal(letters.length, 1)
    assert.equal((await kept(one.referral)).sealed_mail, null)
  })

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, startHarness } from '../../../../../tests/harness/harness.ts'
import { askedOf, linkTo, unregistered } from '../../make.ts'
import { overdue } from '../overdue.ts'
import { remindLinks } from './remind.ts'

const letters: { to: string; text: string }[] = []
let server: SMTPServer
let harness: Harness
before(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
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
})
after(async () => {
  await harness?.stop()
  await new Promise<void>(resolve => server.close(() => resolve()))
})

test('the mail says that something waits, and where; not what, not for whom, and never the code', async () => {
  const clinic = await unregistered(harness, 'front@hilltop.example')
  const { referral } = await askedOf(harness, clinic)
  const made = await linkTo(harness, referral, true)
  assert.equal(made.mailed, true)
  const [letter, ...more] = letters
  assert.deepEqual([letter!.to, more], ['front@hilltop.example', []])
  const plain = letter!.text.replace(/=\r\n/g, '').replace(/=3D/g, '=')
  assert.ok(plain.includes(made.link))
  assert.ok(!plain.includes(made.code))
  assert.match(plain, /Subject: Something waits for you/)
  assert.equal(plain.split('\r\n\r\n').slice(1).join(' ').trim(), `Something waits for you: ${made.link}`)
})

test('who holds the link and does not answer is told once for each reminder that it still waits, and never after that', async () => {
  const clinic = await unregistered(harness, 'desk@hilltop.example')
  const { referral } = await askedOf(harness, clinic)
  const made = await linkTo(harness, referral, true)
  const mine = () => letters.filter(one => one.to === 'desk@hilltop.example')
  const truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  const ran = pool(harness.database.url('jobs'), 1, 'reminders')
  const links = remindLinks(harness.services)
  const at = async (now: Date) => {
    for (const job of [overdue, links]) await inTransaction(ran, undefined, tx => job.run(tx, now))
  }
  const { rows } = await truth.query('select remind_at, due_at from referrals.referral where id = $1', [referral])
  const [first] = rows[0].remind_at as Date[]
  await at(new Date(first!.getTime() - 60_000))
  assert.equal(mine().length, 1)
  await at(first!)
  await at(new Date(first!.getTime() + 60_000))
  assert.equal(mine().length, 2)
  const again = mine()[1]!.text
  assert.match(again, /Something still waits for you/)
  for (const word of [made.link.split('k=')[1]!, made.code, 'http']) assert.ok(!again.includes(word), word)
  // Answered, or taken back: nothing more.
  await truth.query(`update referrals.referral set status = 'revoked' where id = $1`, [referral])
  await at(rows[0].due_at)
  assert.equal(mine().length, 2)
  await ran.end()
  await truth.end()
})

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { caseInCare } from '#capabilities/care/make.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import { taskBody, toWhom } from '#capabilities/tasks/make.ts'
import { noticeAll } from '#capabilities/tasks/server/notice.ts'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { accountId, type PersonKey } from '../../../../tools/demonstration/people.ts'
import { auth } from '../../auth/contract.ts'
import { inTransaction, pool } from '../../db/context.ts'
import { notify } from '../contract.ts'
import { quietUntil } from './quiet.ts'
import { sendWaiting } from './send.ts'

/** A mail server on the loopback that keeps what it is given, byte for byte. */
function mailServer() {
  const received: { to: string; raw: string }[] = []
  const refused = new Set<string>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _, done) =>
      done(refused.has(address) ? Object.assign(new Error('no such box'), { responseCode: 550 }) : undefined),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', part => parts.push(part))
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]!.address
        received.push({ to, raw: Buffer.concat(parts).toString('utf8') })
        done()
      })
    },
  })
  return { server, received, refused }
}

let harness: Harness
let jobs: pg.Pool
let mail: ReturnType<typeof mailServer>
let port: number
const listen = (server: SMTPServer, at: number) =>
  new Promise<number>(resolve => {
    const listening = server.listen(at, '127.0.0.1', () => resolve((listening.address() as { port: number }).port))
  })
const close = (server: SMTPServer) => new Promise<void>(resolve => server.close(() => resolve()))
before(async () => {
  mail = mailServer()
  port = await listen(mail.server, 0)
  harness = await startHarness({ mail: { url: `smtp://127.0.0.1:${port}`, from: 'notices@post.example' } })
  jobs = pool(harness.database.url('jobs'), 2, 'samaan-test-jobs')
})
after(async () => {
  await jobs.end()
  await harness.stop()
  await close(mail.server)
})
beforeEach(async () => {
  mail.received.length = 0
  await inTransaction(jobs, undefined, async tx => {
    await tx.client.query('delete from notify.outbox; delete from notify.told; delete from notify.choice')
  })
})

const dayMs = 86_400_000
/** A moment of tomorrow by the demonstration country's clock, UTC−4. */
const at = (hour: number, minute = 0) =>
  new Date(Math.floor(Date.now() / dayMs) * dayMs + dayMs + (hour + 4) * 3_600_000 + minute * 60_000)
const notice = (now: Date) => inTransaction(jobs, undefined, tx => noticeAll(tx, harness.services, now))
const send = (now: Date) => inTransaction(jobs, undefined, tx => sendWaiting(tx, harness.services, now))
const round = async (now: Date) => {
  await notice(now)
  await send(now)
}
const outbox = async () =>
  (await jobs.query('select account_id, state, tries, code, next_at from notify.outbox order by id')).rows
const choose = async (key: PersonKey, every: '1' | '4' | '24' | null = '4') =>
  (await harness.as(key)).call(notify.choose, { body: { every } })
async function given(to: PersonKey, change: object = {}): Promise<string> {
  const id = await caseInCare(harness)
  const body = taskBody(toWhom(to), { words: 'Planted: Quintanilla hides in the mill.', ...change })
  await (await harness.as('dalia')).call(tasks.make, { params: { case: id }, body })
  return id
}

test('nobody gets mail who did not ask for it, and who asked gets one that says nothing', async () => {
  const id = await given('dalia')
  await round(at(10))
  assert.equal(mail.received.length, 0)
  await choose('dalia')
  await round(at(10))
  assert.equal(mail.received.length, 1)
  const { to, raw } = mail.received[0]!
  const { email } = await (await harness.as('dalia')).call(auth.me, {})
  assert.equal(to, email)
  assert.match(raw, /^Subject: Something waits for you\r$/m)
  assert.match(raw, /^From: Notices <notices@post\.example>\r$/m)
  assert.match(raw, /http:\/\/localhost:4001\/\r?$/m)
  const row = (await jobs.query('select id from notify.outbox')).rows[0].id
  const words = ['Planted', 'Quintanilla', 'Yeferson', 'mill', 'Dalia', 'Moreau', 'case', 'task', 'unit', 'urgent', id]
  // The address is the mail server's to know.
  const rest = raw.replace(email, '').toLowerCase()
  for (const word of words) assert.ok(!rest.includes(word.toLowerCase()), `${word} in ${raw}`)
  const known = new Set([
    'Subject',
    'From',
    'To',
    'Message-ID',
    'Date',
    'MIME-Version',
    'Content-Type',
    'Content-Transfer-Encoding',
    'Auto-Submitted',
  ])
  const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
  assert.deepEqual(
    head
      .split(/\r\n(?!\s)/)
      .map(line => line.split(':')[0]!)
      .filter(name => !known.has(name)),
    [],
  )
  assert.match(head, new RegExp(`Message-ID: <${row}@post\\.example>`))
})

test('it is in the language of who gets it', async () => {
  await given('ines', { words: undefined })
  await choose('ines')
  await round(at(10))
  assert.match(mail.received[0]!.raw, /^Subject: Algo le espera\r$/m)
  assert.match(mail.received[0]!.raw, /^From: Avisos </m)
})

test('there is at most one in the hours chosen, and none for what was told already', async () => {
  await given('dalia')
  await choose('dalia', '4')
  await round(at(9))
  await round(at(9, 5))
  assert.equal(mail.received.length, 1)
  for (const minute of [10, 20, 30]) {
    await given('dalia')
    await round(at(9, minute))
  }
  assert.equal(mail.received.length, 1)
  assert.equal((await outbox()).filter(one => one.state === 'waiting').length, 1)
  await send(at(12, 59))
  assert.equal(mail.received.length, 1)
  await round(at(13, 1))
  assert.equal(mail.received.length, 2)
  await round(at(19))
  assert.equal(mail.received.length, 2)
})

test('at night it waits for the morning, unless it is an emergency', async () => {
  await given('dalia')
  await choose('dalia', '1')
  await round(at(20, 0))
  assert.equal(mail.received.length, 0)
  await send(at(24 + 6, 59))
  assert.equal(mail.received.length, 0)
  await send(at(24 + 7, 0))
  assert.equal(mail.received.length, 1)
  await given('dalia', { urgency: 'emergency' })
  await round(at(24 + 22))
  assert.equal(mail.received.length, 2)
})

test('what waits till the morning leaves at once when an emergency joins it', async () => {
  await given('dalia')
  await choose('dalia', '1')
  await round(at(21))
  await given('dalia', { urgency: 'emergency' })
  await round(at(21, 30))
  assert.equal(mail.received.length, 1)
})

test('a server that is away loses nothing: it is tried again and leaves once', async () => {
  await given('dalia')
  await choose('dalia')
  await close(mail.server)
  for (const [now, tries] of [
    [at(10), 1],
    [at(10, 0), 1],
    [at(10, 2), 2],
    [at(10, 8), 3],
  ] as const) {
    await round(now)
    const [one] = await outbox()
    assert.deepEqual([one.state, one.tries], ['waiting', tries])
    assert.match(one.code, /^E[A-Z]+$/)
  }
  const { waiting, failing } = await (await harness.as('odette')).call(notify.standing, {})
  assert.deepEqual([waiting, failing], [1, 1])
  const again = mailServer()
  mail.server = again.server
  mail.received = again.received
  mail.refused = again.refused
  await listen(mail.server, port)
  await send(at(11))
  await send(at(12))
  assert.equal(mail.received.length, 1)
  assert.equal((await outbox())[0].state, 'sent')
})

test('an address that is refused for good is marked with the code, and others get theirs', async () => {
  await given('dalia')
  await given('tobias', { words: undefined })
  await Promise.all([choose('dalia'), choose('tobias')])
  const { email } = await (await harness.as('dalia')).call(auth.me, {})
  mail.refused.add(email)
  await round(at(10))
  assert.deepEqual(
    (await outbox()).map(one => [one.account_id, one.state, one.code]).sort(),
    [
      [accountId('dalia'), 'bounced', '550'],
      [accountId('tobias'), 'sent', null],
    ].sort(),
  )
  mail.refused.clear()
})

test('who no longer wants mail, or may no longer sign in, gets none that waits', async () => {
  await given('dalia')
  await choose('dalia')
  await notice(at(10))
  await choose('dalia', null)
  await send(at(10))
  assert.deepEqual([mail.received.length, (await outbox())[0].state], [0, 'dropped'])
})

test('only an administrator is told how the mail goes, and without a mail server nobody can ask for it', async () => {
  await assert.rejects((await harness.as('dalia')).call(notify.standing, {}), { code: 'not-found' })
  const without = await startHarness()
  try {
    const dalia = await without.as('dalia')
    assert.deepEqual(await dalia.call(notify.choice, {}), { available: false, every: null })
    await assert.rejects(dalia.call(notify.choose, { body: { every: '4' } }), { code: 'not-now' })
    assert.equal((await (await without.as('odette')).call(notify.standing, {})).available, false)
  } finally {
    await without.stop()
  }
})

test('the night is the country’s own, also when its clocks change', () => {
  const utc = (text: string) => new Date(`${text}Z`)
  assert.equal(quietUntil('America/Port_of_Spain', utc('2026-03-02T23:59:00'))?.toISOString(), undefined)
  assert.equal(
    quietUntil('America/Port_of_Spain', utc('2026-03-03T00:00:00'))?.toISOString(),
    '2026-03-03T11:00:00.000Z',
  )
  assert.equal(
    quietUntil('America/Port_of_Spain', utc('2026-03-03T10:59:00'))?.toISOString(),
    '2026-03-03T11:00:00.000Z',
  )
  assert.equal(quietUntil('America/Port_of_Spain', utc('2026-03-03T11:00:00')), undefined)
  // The night of 7 to 8 March 2026 is an hour shorter there.
  assert.equal(quietUntil('America/New_York', utc('2026-03-08T02:00:00'))?.toISOString(), '2026-03-08T11:00:00.000Z')
})

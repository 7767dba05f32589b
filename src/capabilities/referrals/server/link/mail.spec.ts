import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { type Harness, startHarness } from '../../../../../tests/harness/harness.ts'
import { askedOf, linkTo, unregistered } from '../../make.ts'

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

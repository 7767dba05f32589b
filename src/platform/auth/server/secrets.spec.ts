import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Keys } from '../../crypto/keys.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { Problem } from '../../problem/problem.ts'
import { codeAt, goodPassword } from '../make.ts'
import { checkPassword, isTotpCode, newPassword, offerAuthenticator, totpStep } from './secrets.ts'

let folder: string
let keys: Keys
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samaan-secrets-'))
  keys = await Keys.open(join(folder, 'keys'), { create: true })
})
after(async () => {
  keys.close()
  await rm(folder, { recursive: true })
})

const fieldOf = (error: unknown) => (error as Problem).fields.map(one => `${one.field} ${one.code}`).join()
const wrong = (password: string, expected: string) =>
  assert.throws(
    () => checkPassword(password, 'marisol@santa-aurelia.example'),
    error => fieldOf(error) === expected,
    password,
  )

test('a password is long, varied and not the person’s own address', () => {
  wrong('elevenchars', 'password too-short')
  wrong('ababababababab', 'password guessable')
  wrong('my Marisol 2026!', 'password guessable')
  checkPassword(goodPassword, 'marisol@santa-aurelia.example')
})

test('the offered secret is shown as text, address and picture, and opens only at its own challenge', async () => {
  const id = uuidv7()
  const account = { id: uuidv7(), email: 'noor@santa-aurelia.example' }
  const { shown, sealed } = offerAuthenticator(keys, id, account.email)
  assert.match(shown.uri, new RegExp(`^otpauth://totp/Samaan.*secret=${shown.secret}`))
  assert.match(Buffer.from(shown.qr.split(',')[1]!, 'base64').toString(), /^<svg [\s\S]*<\/svg>$/)
  assert.ok(!sealed.includes(shown.secret))
  const now = new Date('2026-03-02T12:00:00Z')
  const given = { password: goodPassword, code: codeAt(shown.secret, now) }
  const kept = await newPassword(keys, account, { id, totp: sealed }, given, now)
  assert.equal(totpStep(keys, account.id, kept, given.code, now), undefined, 'the code of the set-up is used up')
  const later = new Date(now.getTime() + 30_000)
  assert.equal(totpStep(keys, account.id, kept, codeAt(shown.secret, later), later), kept.totp_step + 1)
  assert.throws(() => totpStep(keys, uuidv7(), kept, given.code, now), { name: 'KeyError' }, 'moved to another account')
})

test('a set-up with a wrong code names the code', async () => {
  const id = uuidv7()
  const account = { id: uuidv7(), email: 'noor@santa-aurelia.example' }
  const { shown, sealed } = offerAuthenticator(keys, id, account.email)
  const now = new Date('2026-03-02T12:00:00Z')
  const right = codeAt(shown.secret, now)
  const code = `${(Number(right[0]) + 5) % 10}${right.slice(1)}`
  await assert.rejects(
    newPassword(keys, account, { id, totp: sealed }, { password: goodPassword, code }, now),
    error => error instanceof Problem && fieldOf(error) === 'code wrong',
  )
})

test('six digits are an authenticator’s, everything else is a recovery code', () => {
  assert.ok(isTotpCode('123 456'))
  assert.ok(!isTotpCode('1234567'))
  assert.ok(!isTotpCode('7k2m-0000'))
})

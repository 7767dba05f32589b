import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Keys } from '#platform/crypto/keys.ts'
import { keepCheckpoint, keptLength, keptNotes, latestKept } from './checkpoint-log.ts'
import { keyId, parseCheckpoint, signCheckpoint, verifierKey, verifyCheckpoint } from './note.ts'
import { leafHash } from './tree.ts'

const origin = 'audit.xy.samaan'
let folder: string
let keys: Keys

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'samaan-note-'))
  keys = await Keys.open(join(folder, 'keys'), { create: true })
})
after(() => rmSync(folder, { recursive: true }))

const note = (size: number) => signCheckpoint({ origin, size, root: leafHash(String(size)) }, keys.auditKey())
const check = (text: string) => verifyCheckpoint(text, origin, keys.auditKey().publicKey)

test('the example key of C2SP signed-note has the id that its documentation shows', () => {
  // golang.org/x/mod/sumdb: sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8
  const key = Buffer.from('Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8', 'base64')
  assert.equal(keyId('sum.golang.org', key.subarray(1)).toString('hex'), '033de0ae')
  assert.equal(
    verifierKey('sum.golang.org', key.subarray(1)),
    'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
  )
})

test('a signed checkpoint has the lines of the format and verifies', () => {
  const text = note(20_852_163)
  const root = leafHash('20852163').toString('base64')
  assert.match(text, /^audit\.xy\.samaan\n20852163\n[^\n]+\n\n— audit\.xy\.samaan [A-Za-z0-9+/=]+\n$/u)
  assert.equal(text.split('\n')[2], root)
  assert.deepEqual(check(text), { origin, size: 20_852_163, root: leafHash('20852163') })
})

test('any changed character makes a checkpoint worthless', () => {
  const text = note(7)
  for (let i = 0; i < text.length; i++) {
    const changed = text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1)
    assert.equal(check(changed), undefined, `character ${i}`)
  }
})

test('another origin, another key and a note without signature are refused', async () => {
  const other = await Keys.open(join(folder, 'other'), { create: true })
  assert.equal(verifyCheckpoint(note(7), origin, other.auditKey().publicKey), undefined)
  assert.equal(verifyCheckpoint(note(7), 'audit.zz.samaan', keys.auditKey().publicKey), undefined)
  assert.equal(check(note(7).split('\n\n')[0]!), undefined)
  assert.throws(() => signCheckpoint({ origin: 'a b', size: 1, root: leafHash('') }, keys.auditKey()), TypeError)
})

test('signatures of keys that nobody knows are ignored; a false one of the known key is not', () => {
  const witness = `— witness.example ${Buffer.alloc(76, 1).toString('base64')}\n`
  assert.equal(check(note(7) + witness)?.size, 7)
  const forged = note(8).split('\n\n')[1]!
  assert.equal(check(note(7) + forged), undefined)
})

test('sizes and roots have one spelling only', () => {
  for (const [size, root] of [
    ['07', leafHash('').toString('base64')],
    ['-1', leafHash('').toString('base64')],
    ['7', 'AAAA'],
    ['7', leafHash('').toString('base64url')],
  ]) {
    assert.equal(parseCheckpoint(`${origin}\n${size}\n${root}\n\n— ${origin} AAAA\n`), undefined)
  }
})

async function all(): Promise<string[]> {
  const notes: string[] = []
  for await (const one of keptNotes(folder, keptLength(folder))) notes.push(one)
  return notes
}

test('checkpoints are kept in order, and a record cut off by a crash heals', async () => {
  assert.equal(latestKept(folder), undefined)
  assert.deepEqual(await all(), [])
  const notes = Array.from({ length: 400 }, (_, i) => note(i + 1))
  for (const one of notes.slice(0, 399)) keepCheckpoint(folder, one)
  assert.equal(latestKept(folder), notes[398])
  assert.equal(readFileSync(join(folder, 'checkpoints', 'latest'), 'utf8'), notes[398])
  const log = join(folder, 'checkpoints', 'log')
  const whole = readFileSync(log)
  for (const cut of [1, 2, 50, 120, 150]) {
    writeFileSync(log, whole)
    truncateSync(log, whole.length - cut)
    assert.equal(latestKept(folder), notes[397])
    keepCheckpoint(folder, notes[399]!)
    assert.deepEqual((await all()).slice(-2), [notes[397], notes[399]])
  }
  writeFileSync(log, whole)
  assert.deepEqual(await all(), notes.slice(0, 399))
})

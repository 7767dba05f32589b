import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { serialize } from 'node:v8'
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { decodeParcel, largestParcel, ParcelFlaw, parcelKey, verifyParcel } from '#platform/sync/parcel-format.ts'
import { inBuffer, indexOf, needleOf } from '../../../tests/canary/scan.ts'
import { type Database, openDatabase, type StoreName } from './database.ts'
import { device, finished, makeClock, makePorts, makeTransport, noSeal, otherPhrase, phrase, start } from './make.ts'
import { openPhone, type PhoneOptions } from './phone.ts'
import { passphraseRounds } from './vault-keys.ts'

const stores: readonly StoreName[] = ['meta', 'rows', 'parcels', 'sealed', 'files']
/** Everything that the browser keeps, as bytes: keys and values, text in both of the engine's encodings. */
const dump = (database: Database): Promise<Buffer> =>
  database.transact(stores, 'readonly', async tx => {
    const parts: Buffer[] = []
    for (const store of stores) {
      const all = [await tx.keys(store), await tx.all(store)]
      parts.push(serialize(all), Buffer.from(JSON.stringify(all)), Buffer.from(JSON.stringify(all), 'utf16le'))
    }
    return Buffer.concat(parts)
  })

// Fifty texts as a screening would hold them: names, places, words of the person's own.
const planted = Array.from(
  { length: 50 },
  (_, n) => `Marisol Peñaranda-${n * 7919} ${['Nieve', 'Übach', 'calle'][n % 3]}`,
)
const index = indexOf(planted.map(needleOf))
let identity: string
let recipient: string
before(async () => {
  identity = await generateIdentity()
  recipient = await identityToRecipient(identity)
})

async function journey(options: PhoneOptions) {
  const clock = makeClock()
  const ports = makePorts(clock)
  const phone = await openPhone(ports, { rounds: 10, ...options })
  const publicKey = await phone.vault.create({ passphrase: phrase }, start)
  await phone.enrol({ ...device, recipient })
  const ids: string[] = []
  for (const [n, text] of planted.entries()) {
    await phone.rows.put({ kind: 'draft', id: text, group: text, value: { text, [text]: n } })
    if (n % 5 === 0) ids.push(await phone.outbox.add(finished({ name: text }, { group: text })))
  }
  await phone.pull({
    pull: async () => ({
      // A hash, by contract: it stands in clear.
      cursor: 'Zm9v',
      visible: { case: planted.map(text => [text, text, text] as const) },
      time: start,
    }),
    rows: async (_, asked) => asked.map(id => ({ id, version: id, record: { name: id } })),
  })
  const answer = { state: 'refused', code: planted[1]!, fields: [{ field: planted[2]!, code: planted[3]! }] } as const
  await phone.send(makeTransport({ deliver: async id => (id === ids[0] ? answer : { state: 'done' }) }))
  await phone.outbox.edit(ids[0]!, finished({ name: planted[4]! }))
  phone.vault.lock()
  await phone.vault.unlock({ passphrase: otherPhrase }).catch(() => undefined)
  const raw = await openDatabase(ports.factory)
  return { phone, raw, ids, publicKey }
}

describe('what a phone keeps', () => {
  test('holds none of fifty planted texts, in any encoding; a phone that does not seal holds them', async () => {
    const { raw, phone } = await journey({})
    const bytes = await dump(raw)
    assert.ok(bytes.length > 100_000)
    assert.deepEqual(inBuffer(bytes, index), [])
    for (const word of [...phrase.split(' '), 'screening', 'identification', 'draft', 'outbox', 'case'])
      assert.equal(bytes.includes(word), false, word)
    await phone.vault.destroy('asked')
    const after = await dump(raw)
    assert.deepEqual(inBuffer(after, index), [])
    // The controls: the same search finds what is there.
    const open = await journey({ seal: noSeal })
    assert.equal(inBuffer(await dump(open.raw), index).length, 10)
    for (const text of planted.slice(0, 25))
      await raw.transact(['files'], 'readwrite', tx =>
        tx.put('files', { file: text, part: 1, bytes: new Uint8Array() }),
      )
    for (const [n, text] of planted.entries())
      await raw.transact(['files'], 'readwrite', tx =>
        tx.put('files', { file: 'x', part: n, bytes: new Uint8Array(Buffer.from(text, n % 2 ? 'utf8' : 'utf16le')) }),
      )
    assert.equal(inBuffer(await dump(raw), index).length, 50)
  })

  test('the server opens and checks what was sealed to it; nobody else does', async () => {
    const { raw, ids, publicKey } = await journey({})
    const { subtle } = globalThis.crypto
    const sealed = (await raw.transact(['sealed'], 'readonly', tx => tx.get('sealed', ids[1]!)))!.bytes
    const open = async (key: string) => {
      const decrypter = new Decrypter()
      decrypter.addIdentity(key)
      return decrypter.decrypt(sealed)
    }
    const content = await verifyParcel(subtle, await parcelKey(subtle, publicKey), decodeParcel(await open(identity)))
    assert.deepEqual(content.body, { name: planted[5] })
    await assert.rejects(open(await generateIdentity()))
  })

  test('one size fits many: parcels of different length are padded to the same bytes', async () => {
    const ports = makePorts(makeClock())
    const phone = await openPhone(ports, { rounds: 10 })
    await phone.vault.create({ passphrase: phrase }, start)
    await phone.enrol({ ...device, recipient })
    for (const length of [0, 100, 500]) await phone.outbox.add(finished('x'.repeat(length)))
    assert.equal(new Set((await phone.outbox.list()).map(one => one.size)).size, 1)
    await assert.rejects(phone.outbox.add(finished('x'.repeat(largestParcel))), ParcelFlaw)
    assert.equal((await phone.outbox.list()).length, 3)
  })

  test('a passphrase is stretched by a million rounds', async t => {
    assert.equal(passphraseRounds, 1_000_000)
    const phone = await openPhone(makePorts(makeClock()))
    await phone.vault.create({ passphrase: phrase }, start)
    phone.vault.lock()
    const begun = performance.now()
    await phone.vault.unlock({ passphrase: phrase })
    t.diagnostic(`unlocking with a passphrase took ${Math.round(performance.now() - begun)} ms`)
  })
})

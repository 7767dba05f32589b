import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, explained, screeningBody } from '../../../../tests/harness/make.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { credentialHeader, mostKept, mostRows, sync } from '../contract.ts'
import { hello, newPhone, type Phone } from '../make.ts'
import { markOf, marksIn, ofCase } from '../marks.ts'

let harness: Harness
let owner: pg.Client
let marisol: Persona
let phone: Phone
before(async () => {
  harness = await startHarness()
  owner = new pg.Client({ connectionString: harness.database.url('super') })
  await owner.connect()
  marisol = await harness.as('marisol')
  phone = await newPhone(marisol)
})
after(async () => {
  await owner.end()
  await harness.stop()
})
const pull = (by: Persona, device: string, cursor?: string) =>
  by.call(sync.pull, { query: { device, ...(cursor ? { cursor } : {}) } })
const rows = (by: Persona, device: string, kind: string, ids: readonly string[]) =>
  by.call(sync.rows, { query: { device, kind, ids: ids.join(',') } })
const idsOf = (answer: { visible?: Record<string, [string, string, string | null][]> }, kind: string) =>
  (answer.visible?.[kind] ?? []).map(([id]) => id)

test('a record that is pulled is what its own reading answers, and is audited as read', async () => {
  const body = screeningBody({ story: 'Told at noon' })
  await marisol.call(screening.record, { body })
  const first = await pull(marisol, phone.id)
  assert.deepEqual(idsOf(first, 'screening').includes(body.id), true)
  const [row] = (await rows(marisol, phone.id, 'screening', [body.id])).items
  assert.deepEqual(row?.record, await marisol.call(screening.read, { params: { screening: body.id } }))
  assert.equal((row?.record as { story?: string })?.story, 'Told at noon')
  const events = await owner.query('select body from audit.event where case_id = $1 order by id', [body.case])
  const read = events.rows.map(one => JSON.parse(one.body)).filter(one => one.event === 'screening.read')
  // One for the phone, one for the reading it is compared with.
  assert.equal(read.length, 2)
})

test('nothing changed is a small answer, and any change is another cursor', async () => {
  const { cursor } = await pull(marisol, phone.id)
  const again = await pull(marisol, phone.id, cursor)
  assert.deepEqual({ ...again, now: '' }, { state: 'welcome', now: '', cursor })
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const next = await pull(marisol, phone.id, cursor)
  assert.notEqual(next.cursor, cursor)
  const versionIn = (answer: typeof next) => answer.visible!.screening!.find(([id]) => id === body.id)![1]
  await owner.query(`update cases.folder set identification = 'pending' where id = $1`, [body.case])
  const after = await pull(marisol, phone.id, next.cursor)
  assert.notEqual(versionIn(after), versionIn(next))
})

test('what a person may no longer read is not among what is visible, nor answered', async () => {
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const had = await pull(marisol, phone.id)
  await owner.query('delete from policy.case_access where case_id = $1', [body.case])
  const has = await pull(marisol, phone.id, had.cursor)
  assert.ok(idsOf(had, 'screening').includes(body.id))
  assert.ok(!idsOf(has, 'screening').includes(body.id))
  assert.deepEqual((await rows(marisol, phone.id, 'screening', [body.id])).items, [])
})

test('a locked phone is told what it may keep by marks that only say what it has, and nothing while that holds', async () => {
  const salt = 'a1b2'
  const told = async (known?: string) => {
    const { text } = await hello(harness, credentialHeader(phone.id, phone.credential), {
      salt,
      ...(known ? { known } : {}),
    })
    const { cursor, marks } = JSON.parse(text) as { cursor: string; marks?: string }
    return { text, cursor, marks: marks === undefined ? undefined : marksIn(marks) }
  }
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const { cursor, visible } = await pull(marisol, phone.id)
  const before = await told()
  assert.equal(before.cursor, cursor, 'with a session or without, it is the same copy')
  assert.equal((await told(cursor)).marks, undefined)
  const all = Object.entries(visible!).flatMap(([kind, kept]) =>
    kept.flatMap(([id, , of]) => [[kind, id] as const, ...(of ? [[ofCase, of] as const] : [])]),
  )
  const expected = await Promise.all(all.map(([kind, id]) => markOf(crypto.subtle, salt, kind, id)))
  assert.deepEqual([...before.marks!].sort(), [...new Set(expected)].sort())
  assert.ok(!before.text.includes(body.id) && !before.text.includes(body.case))
  await owner.query('delete from policy.case_access where case_id = $1', [body.case])
  const after = await told(before.cursor)
  assert.ok(before.marks!.has(await markOf(crypto.subtle, salt, 'screening', body.id)))
  assert.ok(!after.marks!.has(await markOf(crypto.subtle, salt, 'screening', body.id)))
  assert.ok(!after.marks!.has(await markOf(crypto.subtle, salt, ofCase, body.case)))
})

test('nobody pulls what somebody else recorded', async () => {
  const kofi = await harness.as('kofi')
  const theirs = await newPhone(kofi)
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  assert.ok(!idsOf(await pull(kofi, theirs.id), 'screening').includes(body.id))
  assert.deepEqual((await rows(kofi, theirs.id, 'screening', [body.id])).items, [])
  // Nor with another's phone.
  await assert.rejects(pull(kofi, phone.id), { code: 'not-found' })
  await assert.rejects(rows(kofi, phone.id, 'screening', [body.id]), { code: 'not-found' })
})

test('intake has the cases they made as well, as the case itself answers; an officer has none', async () => {
  const tobias = await harness.as('tobias')
  const theirs = await newPhone(tobias)
  const body = screeningBody()
  await tobias.call(screening.record, { body })
  const seen = await pull(tobias, theirs.id)
  assert.deepEqual(idsOf(seen, 'case'), [body.case])
  const [row] = (await rows(tobias, theirs.id, 'case', [body.case])).items
  assert.deepEqual(row?.record, await tobias.call(cases.read, { params: { case: body.case } }))
  assert.equal((row?.record as { identity?: { givenName: string } })?.identity?.givenName, 'Yeferson')
  await tobias.call(cases.open, { params: { case: body.case }, version: 1, body: {} })
  assert.notEqual((await pull(tobias, theirs.id, seen.cursor)).cursor, seen.cursor)
  assert.deepEqual(idsOf(await pull(marisol, phone.id), 'case'), [])
})

test('a revoked phone is told so, and nothing else', async () => {
  const kofi = await harness.as('kofi')
  const gone = await newPhone(kofi)
  const body = screeningBody()
  await kofi.call(sync.revoke, { params: { device: gone.id } })
  await kofi.call(screening.record, { body })
  assert.deepEqual({ ...(await pull(kofi, gone.id)), now: '' }, { state: 'revoked', now: '' })
  assert.deepEqual(await rows(kofi, gone.id, 'screening', [body.id]), { state: 'revoked', items: [] })
})

test('a phone has two hundred of a kind at most, the newest; how many bytes', async t => {
  const made: string[] = []
  for (let i = 0; i < mostKept + 5; i++) {
    const body = screeningBody({ story: Array.from({ length: 20 }, () => uuidv7()).join(' ') })
    await marisol.call(screening.record, { body })
    made.push(body.id)
  }
  const began = performance.now()
  const address = (path: string) => marisol.fetch(`/api${path}`).then(answer => answer.text())
  const manifest = await address(`/sync/pull?device=${phone.id}`)
  const ids = idsOf(JSON.parse(manifest), 'screening')
  assert.deepEqual(ids, made.slice(-mostKept).reverse())
  const pages: string[] = []
  for (let from = 0; from < ids.length; from += mostRows)
    pages.push(await address(`/sync/rows?device=${phone.id}&kind=screening&ids=${ids.slice(from, from + mostRows)}`))
  const took = performance.now() - began
  assert.equal(pages.flatMap(page => JSON.parse(page).items).length, mostKept)
  const again = await address(`/sync/pull?device=${phone.id}&cursor=${JSON.parse(manifest).cursor}`)
  const size = (texts: readonly string[]) =>
    `${texts.reduce((sum, one) => sum + Buffer.byteLength(one), 0)} bytes, ${texts.reduce((sum, one) => sum + gzipSync(one).length, 0)} compressed`
  t.diagnostic(`what is visible: ${size([manifest])}`)
  t.diagnostic(`200 screenings in ${pages.length} pages: ${size(pages)}, ${Math.round(took)} ms on this server`)
  t.diagnostic(`nothing changed: ${size([again])}`)
  assert.ok(again.length < 130)
})

test('more ids than a page holds, or a kind that is none, are refused', async () => {
  await assert.rejects(rows(marisol, phone.id, 'gossip', [phone.id]), { code: 'invalid-input' })
  await assert.rejects(rows(marisol, phone.id, 'screening', Array(mostRows + 1).fill(phone.id)), {
    code: 'invalid-input',
  })
})

test('what was agreed and what was referred come with the case they belong to', async () => {
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const unit = organisationId('counter-trafficking-unit')
  const agreed = consentBody([unit])
  await marisol.call(consent.give, { params: { case: body.case }, body: agreed })
  const letterBody = {
    id: uuidv7(),
    case: body.case,
    kind: 'identification' as const,
    to: unit,
    urgency: 'urgent' as const,
    consent: agreed.id,
    share: ['ID' as const, 'STA' as const],
  }
  await marisol.call(referrals.send, { body: letterBody })
  const [given, sent] = [agreed.id, letterBody.id]
  const seen = (await pull(marisol, phone.id)).visible!
  const of = (kind: string, id: string) => seen[kind]?.find(one => one[0] === id)?.[2]
  assert.deepEqual(
    [of('screening', body.id), of('consents', body.case), of('referral', sent)],
    [body.case, body.case, body.case],
  )
  const [ledger] = (await rows(marisol, phone.id, 'consents', [body.case])).items
  assert.deepEqual(ledger?.record, await marisol.call(consent.list, { params: { case: body.case } }))
  const [letter] = (await rows(marisol, phone.id, 'referral', [sent])).items
  assert.deepEqual(letter?.record, await marisol.call(referrals.read, { params: { referral: sent } }))
  await marisol.call(consent.withdraw, {
    params: { case: body.case, consent: given },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  const after = (await pull(marisol, phone.id)).visible!
  for (const [kind, id] of [
    ['consents', body.case],
    ['referral', sent],
  ] as const)
    assert.notEqual(after[kind]?.find(one => one[0] === id)?.[1], seen[kind]?.find(one => one[0] === id)?.[1], kind)
})

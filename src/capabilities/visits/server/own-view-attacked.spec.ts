import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { consent } from '#capabilities/consent/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import { visits } from '../contract.ts'
import { checkDigit } from '../digits.ts'
import { codeFor, post, type Seen, type Slowed, said, sharedWithShelter, siteOf } from '../make.ts'

let harness: Harness
let dalia: Persona
let site: Slowed
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  dalia = await harness.as('dalia')
  site = siteOf(harness)
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const step = (form: Record<string, string>, headers?: Record<string, string>) => post(site.app, form, 'en', headers)
const isOver = (page: Seen) => /This has ended/.test(said(page))
async function kept() {
  const { id } = await keptCase(harness)
  return { id, ...(await sharedWithShelter(harness, id)) }
}
const enter = async (id: string) => step({ n: (await codeFor(harness, id)).digits })
/** Past the moment in which a second tap counts as the first. */
const later = (id: string) =>
  truth.query(`update visits.visit set stepped_at = stepped_at - interval '4 seconds' where case_id = $1`, [id])
const live = async (of: string, given: string) =>
  (await dalia.call(consent.list, { params: { case: of } })).items.find(one => one.id === given)!.live

describe('the hidden field', () => {
  test('opens nothing after the end, and an older one that comes back ends the visit', async () => {
    const { id, consent: given } = await kept()
    const first = await enter(id)
    const second = await step({ v: first.field, do: 'agreed' })
    assert.ok(!isOver(second))
    await later(id)
    assert.ok(isOver(await step({ v: first.field, do: 'agreed' })), 'what was left behind is called back')
    assert.ok(isOver(await step({ v: second.field, do: 'withdraw', consent: given })), 'and nothing goes on')
    assert.ok(await live(id, given))
    const again = await enter(id)
    const ended = await step({ v: again.field, do: 'end' })
    assert.ok(isOver(ended) && ended.field === '')
    assert.ok(isOver(await step({ v: again.field, do: 'start' })))
  })

  test('works once more for the second of two quick taps, and leaves nothing twice', async () => {
    const { id } = await kept()
    const first = await enter(id)
    const form = { v: first.field, do: 'ask', text: 'Twice?' }
    const both = await Promise.all([step(form), step(form)])
    assert.ok(both.every(one => !isOver(one)))
    assert.equal((await dalia.call(visits.ofCase, { params: { case: id } })).questions!.length, 1)
  })

  test('of two tabs that go on from the same page, the later one ends the visit', async () => {
    const { id } = await kept()
    const first = await enter(id)
    const left = await step({ v: first.field, do: 'agreed' })
    const right = await step({ v: first.field, do: 'questions' })
    assert.ok(!isOver(left) && !isOver(right))
    assert.ok(!isOver(await step({ v: left.field, do: 'start' })))
    await later(id)
    assert.ok(isOver(await step({ v: right.field, do: 'start' })))
  })

  test('tampered with in any byte, cut, longer, or of another, it is nothing', async () => {
    const one = await kept()
    const first = await enter(one.id)
    const bytes = Buffer.from(first.field, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1 << (at % 8)
      assert.ok(isOver(await step({ v: changed.toString('base64url'), do: 'start' })), String(at))
    }
    for (const v of [first.field.slice(1), `${first.field}A`, '', 'x'.repeat(5000), `${first.field}=`])
      assert.ok(isOver(await step({ v, do: 'start' })))
    assert.ok(!isOver(await step({ v: first.field, do: 'start' })), 'none of it cost the person their visit')
  })

  test('never reaches a consent of another case, nor one that is none', async () => {
    const [mine, other] = [await kept(), await kept()]
    for (const stranger of [other.consent, uuidv7(), mine.referral]) {
      const page = await enter(mine.id)
      assert.ok(isOver(await step({ v: page.field, do: 'withdraw', consent: stranger })))
    }
    const page = await enter(mine.id)
    const stop = await step({ v: page.field, do: 'stop', consent: other.consent })
    assert.match(said(stop), /What you agreed to/)
    assert.ok(!stop.text.includes(other.consent))
    assert.ok((await live(mine.id, mine.consent)) && (await live(other.id, other.consent)))
  })

  test('runs out: unused for fifteen minutes, after an hour, and when the code is taken back', async () => {
    const { id } = await kept()
    for (const change of [`until = now() - interval '1 second'`, `ended_at = now()`]) {
      const page = await enter(id)
      await truth.query(`update visits.visit set ${change} where case_id = $1`, [id])
      assert.ok(isOver(await step({ v: page.field, do: 'start' })), change)
    }
    const page = await enter(id)
    const { code } = await dalia.call(visits.ofCase, { params: { case: id } })
    await dalia.call(visits.revokeCode, { params: { case: id, code: code!.id } })
    assert.ok(isOver(await step({ v: page.field, do: 'start' })))
    const long = await enter(id)
    await truth.query(`update visits.visit set opened_at = now() - interval '59 minutes' where case_id = $1`, [id])
    await step({ v: long.field, do: 'start' })
    const { rows } = await truth.query(
      `select extract(epoch from until - now())::int as left from visits.visit where case_id = $1 and ended_at is null`,
      [id],
    )
    assert.ok(rows[0].left <= 60, `${rows[0].left} s left`)
  })

  test('another site’s page sends nothing', async () => {
    const { id } = await kept()
    const page = await enter(id)
    const crossed = await step({ v: page.field, do: 'end' }, { 'sec-fetch-site': 'cross-site' })
    assert.equal(crossed.status, 403)
    assert.ok(!isOver(await step({ v: page.field, do: 'start' }, { 'sec-fetch-site': 'same-origin' })))
  })
})

describe('the number', () => {
  test('used twice at once, opens exactly one visit', async () => {
    const { id } = await kept()
    const { digits } = await codeFor(harness, id)
    const all = await Promise.all(Array.from({ length: 8 }, () => step({ n: digits })))
    assert.equal(all.filter(one => one.field !== '').length, 1)
    const { rows } = await truth.query('select count(*)::int as n from visits.visit where case_id = $1', [id])
    assert.equal(rows[0].n, 1)
  })

  test('is read with gaps, dashes and the digits of other scripts', async () => {
    for (const spelt of [
      (digits: string) => digits.replace(/(.{4})/g, '$1 '),
      (digits: string) => ` ${digits.replace(/(.{4})(?=.)/g, '$1-')}\u00a0`,
      (digits: string) => digits.replace(/\d/g, one => String.fromCodePoint(0x660 + Number(one))),
      (digits: string) => digits.replace(/\d/g, one => String.fromCodePoint(0x966 + Number(one))),
      (digits: string) => digits.replace(/\d/g, one => String.fromCodePoint(0xff10 + Number(one))),
    ]) {
      const { id } = await kept()
      assert.notEqual((await step({ n: spelt((await codeFor(harness, id)).digits) })).field, '')
    }
  })

  test('wrong, used, run out, taken back, replaced, of a sealed, an erased or a dead person’s case: one and the same page', async () => {
    const wrong = '0'.repeat(15) + checkDigit('0'.repeat(15))
    const said = new Map<string, string>()
    const look = async (what: string, digits: string) => {
      const { status, text, headers } = await step({ n: digits })
      said.set(what, `${status} ${[...headers].join()} ${text}`)
    }
    await look('wrong', wrong)
    await look('no number', 'drop table')
    await look('empty', '')
    await look('very long', '9'.repeat(20_000))
    const change = async (what: string, statement: string) => {
      const { id } = await kept()
      const { digits } = await codeFor(harness, id)
      await truth.query(statement.replaceAll('$1', `'${id}'`))
      await look(what, digits)
    }
    await change('used', `update visits.code set used_at = now() where case_id = $1`)
    await change(
      'run out',
      `update visits.code set made_at = now() - interval '2 days', until = now() - interval '1 second' where case_id = $1`,
    )
    await change(
      'sealed',
      `insert into policy.case_hidden (case_id, basis, basis_id, named) values ($1, 'sealed', $1, array[(select coordinator from cases.folder where id = $1)])`,
    )
    await change(
      'erased',
      `delete from visits.code where case_id = $1; insert into policy.case_hidden (case_id, basis, basis_id) values ($1, 'erased', $1)`,
    )
    await change(
      'dead',
      `update cases.folder set identification = 'deceased', identification_before = 'pending' where id = $1`,
    )
    const { id } = await kept()
    const old = await codeFor(harness, id)
    const next = await codeFor(harness, id)
    await look('replaced', old.digits)
    await dalia.call(visits.revokeCode, { params: { case: id, code: next.id } })
    await look('taken back', next.digits)
    for (const [what, page] of said) assert.equal(page, said.get('wrong'), what)
    assert.equal(said.size, 11)
  })

  test('of a closed case still shows what was agreed to and takes it back; nothing is asked there any more', async () => {
    const { id, consent: given } = await kept()
    const { digits } = await codeFor(harness, id)
    await truth.query(`update cases.folder set status = 'closed' where id = $1`, [id])
    const first = await step({ n: digits })
    assert.match(said(first), /This is closed/)
    const page = await step({ v: first.field, do: 'questions' })
    assert.doesNotMatch(page.text, /<textarea/)
    assert.match(said(await step({ v: page.field, do: 'withdraw', consent: given })), /It is taken back/)
    const again = await enter(id)
    assert.ok(isOver(await step({ v: again.field, do: 'ask', text: 'Hello?' })))
  })

  const guesses = process.env.SAMAAN_FULL === '1' ? 10_000 : 2_000
  test(`${guesses} guesses look the same, are slowed and hit nothing; nobody is refused`, async t => {
    const { id } = await kept()
    const { digits } = await codeFor(harness, id)
    await truth.query('delete from visits.failure')
    site.delays.length = 0
    const looks = new Set<string>()
    const times: number[] = []
    const guess = async (at: number) => {
      const drawn = String(1_000_000_000_000_00 * 7 + at * 7919)
        .padStart(15, '0')
        .slice(0, 15)
      const begun = performance.now()
      const page = await step({ n: drawn + checkDigit(drawn) })
      times.push(performance.now() - begun)
      looks.add(`${page.status} ${page.text}`)
    }
    for (let at = 0; at < guesses; at += 50) await Promise.all(Array.from({ length: 50 }, (_, one) => guess(at + one)))
    assert.equal(looks.size, 1)
    const slowed = site.delays.filter(one => one > 0)
    assert.ok(slowed.length > guesses - 1_000 && Math.max(...slowed) === 2_000)
    // One after another, so that what is compared is not the queue.
    const gap: Record<'wrong' | 'used', number[]> = { wrong: [], used: [] }
    await truth.query(`update visits.code set used_at = now() where case_id = $1`, [id])
    for (let at = 0; at < 200; at++)
      for (const what of ['wrong', 'used'] as const) {
        const drawn = String(8_000_000_000_000_00 + at * 13)
          .padStart(15, '0')
          .slice(0, 15)
        const begun = performance.now()
        await step({ n: what === 'used' ? digits : drawn + checkDigit(drawn) })
        gap[what].push(performance.now() - begun)
      }
    const middle = (all: number[]) => all.sort((a, b) => a - b)[all.length >> 1]!
    t.diagnostic(
      `${guesses} guesses: ${middle(times).toFixed(1)} ms each of 50 at once; asked to wait ${Math.round(slowed.reduce((a, b) => a + b, 0) / 1000)} s in all; ` +
        `one by one a number that is none takes ${middle(gap.wrong).toFixed(2)} ms, a used one ${middle(gap.used).toFixed(2)} ms`,
    )
    assert.notEqual((await enter(id)).field, '', 'the right one still opens')
    const { rows } = await truth.query('select count(*)::int as n from visits.failure')
    assert.equal(rows[0].n, 1, 'an address that everybody has is not counted apart')
  })
})

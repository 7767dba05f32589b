import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import type { CountryPack } from '#platform/country/pack.ts'
import type { NotifiedFact } from '#platform/country/vocabulary.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, explained, openedCase, screeningBody } from '../../../../tests/harness/make.ts'
import { organisationId, type PersonKey, people } from '../../../../tools/demonstration/people.ts'
import { consent, type Notification } from '../contract.ts'

let harness: Harness
let marisol: Persona
let tobias: Persona
let truth: pg.Client
let shipped: CountryPack
const packs = () => harness.services.packs as Map<string, CountryPack>
before(async () => {
  harness = await startHarness()
  shipped = packs().get('XSA')!
  marisol = await harness.as('marisol')
  tobias = await harness.as('tobias')
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})

/** The country as it would be if somebody had read its law and a lawyer had signed; each part can be missing. */
function verified(change: (pack: CountryPack) => void = () => {}, facts?: NotifiedFact[]): void {
  const pack = structuredClone(shipped)
  pack.demonstration = false
  pack.signedOff = { name: 'A. Lawyer', role: 'Counsel', on: '2026-11-22' }
  const flag = pack.law.flags.find(({ code }) => code === 'notification-without-consent')!
  Object.assign(flag, { value: true, verified: 'V', source: 'section 12' })
  Object.assign(pack.law.notification, { verified: 'V', source: 'section 12' })
  if (facts) pack.law.notification.value!.facts = facts
  change(pack)
  packs().set('XSA', pack)
}

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
async function refused(change: Parameters<typeof screeningBody>[0] = {}) {
  const body = screeningBody({ sector: 'fishing', urgency: 'urgent', ...change })
  await marisol.call(screening.record, { body })
  const refusal = { id: uuidv7(), ...explained('sharing-1') }
  await marisol.call(consent.refuse, { params: { case: body.case }, body: refusal })
  return { of: body.case, refusal: refusal.id }
}
const notify = (of: string, refusal: string, by = marisol) =>
  by.call(consent.notify, { params: { case: of }, body: { refusal, exploitation: 'labour' } })
const told = async (by = tobias): Promise<Notification[]> => (await by.call(consent.notifications, { query: {} })).items

describe('telling the competent body of an adult who refused', () => {
  test('is not done, nor offered, as long as the law is not verified', async () => {
    packs().set('XSA', shipped)
    const { of, refusal } = await refused()
    const tries: Record<string, (pack: CountryPack) => void> = {
      'the duty was read elsewhere': pack =>
        Object.assign(pack.law.flags.find(one => one.code === 'notification-without-consent')!, { verified: 'V2' }),
      'what it asks for was not read': pack => Object.assign(pack.law.notification, { verified: 'G' }),
      'nobody signed': pack => Object.assign(pack, { signedOff: null }),
      'an invented country': pack => Object.assign(pack, { demonstration: true }),
      'nothing is known of what it asks for': pack =>
        Object.assign(pack.law.notification, { value: null, verified: 'none' }),
    }
    const offered = async () => (await marisol.call(directory.country, {})).notification
    assert.equal(await codeOf(notify(of, refusal)), 'not-found', 'as shipped')
    assert.equal(await offered(), null)
    for (const [why, change] of Object.entries(tries)) {
      verified(change)
      assert.equal(await codeOf(notify(of, refusal)), 'not-found', why)
      assert.equal(await offered(), null, why)
    }
    assert.deepEqual(await told(), [])
    verified()
    assert.deepEqual(await offered(), ['sector', 'exploitation', 'urgency'])
    assert.equal(await codeOf(notify(of, refusal)), 'done')
  })

  test('keeps codes and a month, and nothing that leads back', async () => {
    verified()
    await truth.query('truncate consent.notified, consent.notification')
    const { of, refusal } = await refused()
    await notify(of, refusal)
    const [one, ...more] = await told()
    assert.deepEqual(more, [])
    const { id, ...rest } = one!
    assert.deepEqual(rest, {
      country: 'XSA',
      month: new Date().toISOString().slice(0, 7),
      sector: 'fishing',
      exploitation: 'labour',
      urgency: 'urgent',
      converted: false,
    })
    // Version 4: neither a time nor the client's own id.
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    const row = await truth.query('select * from consent.notification')
    for (const hint of [of, refusal, marisol.account, marisol.organisation])
      assert.ok(!JSON.stringify(row.rows).includes(hint), hint)
    assert.deepEqual(await told(await harness.as('dalia')), [one])
  })

  test('keeps only what the law asks for', async () => {
    verified(() => {}, ['urgency'])
    await truth.query('truncate consent.notified, consent.notification')
    const { of, refusal } = await refused()
    await notify(of, refusal)
    const [one] = await told()
    assert.deepEqual([one?.sector, one?.exploitation, one?.urgency], [null, null, 'urgent'])
  })

  test('is done once, for a no that stands in the ledger, and not for somebody who agreed', async () => {
    verified()
    const { of, refusal } = await refused()
    assert.equal(await codeOf(notify(of, uuidv7())), 'invalid-input')
    assert.equal(await codeOf(notify(of, refusal)), 'done')
    assert.equal(await codeOf(notify(of, refusal)), 'already-exists')
    const other = await refused()
    await marisol.call(consent.give, {
      params: { case: other.of },
      body: consentBody([organisationId('samaan-house')]),
    })
    assert.equal(await codeOf(notify(other.of, other.refusal)), 'not-now')
    assert.equal(await codeOf(notify(other.of, refusal)), 'invalid-input', 'the no of somebody else')
  })

  test('a child is never told of in this way', async () => {
    verified()
    const before = (await told()).length
    for (const change of [{ child: 'yes' as const }, { child: 'in-doubt' as const }, { identity: { age: 16 } }]) {
      const { of, refusal } = await refused(change)
      assert.equal(await codeOf(notify(of, refusal)), 'not-found')
    }
    assert.equal((await told()).length, before)
  })

  test('only who screened the person tells, and only the competent body’s intake and coordinators read', async () => {
    verified()
    const { of, refusal } = await refused()
    for (const { key } of people)
      if (key !== 'marisol') assert.equal(await codeOf(notify(of, refusal, await harness.as(key))), 'not-found', key)
    const readers = new Set<PersonKey>(
      people
        .filter(one => one.body === 'counter-trafficking-unit' && ['intake', 'coordinator'].includes(one.role))
        .map(one => one.key),
    )
    assert.ok(readers.size >= 2)
    for (const { key } of people) {
      const answer = await codeOf(told(await harness.as(key)))
      assert.equal(answer, readers.has(key) ? 'done' : 'not-found', key)
    }
  })

  test('where the person agrees after all, it is marked in the same transaction and shown when the month is over', async () => {
    verified()
    await truth.query('truncate consent.notified, consent.notification')
    const first = await refused()
    const second = await refused()
    await notify(first.of, first.refusal)
    await notify(second.of, second.refusal)
    const marked = async () =>
      (await truth.query('select count(*)::int as n from consent.notification where converted_month is not null'))
        .rows[0].n
    const unable = { ...consentBody([organisationId('samaan-house')]), saidAt: '2100-01-01T00:00:00.000Z' }
    assert.equal(
      await codeOf(marisol.call(consent.give, { params: { case: first.of }, body: unable })),
      'invalid-input',
    )
    assert.equal(await marked(), 0)
    await marisol.call(consent.give, {
      params: { case: first.of },
      body: consentBody([organisationId('counter-trafficking-unit')]),
    })
    assert.equal(await marked(), 1)
    // A mark that appears on the day of a referral would say which person it was.
    assert.deepEqual(
      (await told()).map(one => one.converted),
      [false, false],
    )
    const today = new Date()
    harness.setNow(new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1)))
    assert.deepEqual((await told()).map(one => one.converted).sort(), [false, true])
    harness.setNow(undefined)
  })

  test('nothing of it stands in the history of the case, which the unit reads later', async () => {
    verified()
    const { of, refusal } = await refused()
    await notify(of, refusal)
    const events = await truth.query('select event, about from cases.timeline where case_id = $1', [of])
    assert.ok(!JSON.stringify(events.rows).includes('notif'))
    const opened = await openedCase(harness)
    const { timeline } = await tobias.call(cases.read, { params: { case: opened } })
    assert.ok(timeline.length > 0)
  })

  test('the list comes in pages, in which no month is out of order', async () => {
    verified()
    await truth.query('truncate consent.notified, consent.notification')
    await truth.query(
      `insert into consent.notification (country, month)
       select 'XSA', '2026-' || lpad((1 + n % 4)::text, 2, '0') from generate_series(1, 11) n`,
    )
    await truth.query(`insert into consent.notification (country, month) values ('TTO', '2026-01')`)
    const found: Notification[] = []
    let after: string | undefined
    do {
      const page = await tobias.call(consent.notifications, { query: { limit: '4', ...(after && { after }) } })
      found.push(...page.items)
      after = page.next
    } while (after)
    assert.equal(new Set(found.map(one => one.id)).size, 11)
    const months = found.map(one => one.month)
    assert.deepEqual(months, [...months].sort().reverse())
  })
})

describe('past the server', () => {
  test('the application cannot read which case was told of, nor write either table', async () => {
    const app = new pg.Client({ connectionString: harness.database.url('app') })
    await app.connect()
    try {
      const tried = async (text: string) => {
        await app.query('begin')
        await app.query(
          `select set_config('samaan.role', 'intake', true), set_config('samaan.country', 'XSA', true),
             set_config('samaan.user', $1, true), set_config('samaan.principals', $2, true),
             set_config('samaan.organisation', $3, true)`,
          [tobias.account, `{${tobias.account},${tobias.organisation}}`, tobias.organisation],
        )
        const got = await app.query(text).then(
          () => 'done',
          (error: { code: string }) => error.code,
        )
        await app.query('rollback')
        return got
      }
      assert.equal(await tried('select * from consent.notification'), 'done')
      assert.equal(await tried('select * from consent.notified'), '42501')
      assert.equal(await tried(`insert into consent.notification (country, month) values ('XSA', '2026-01')`), '42501')
      assert.equal(await tried('delete from consent.notification'), '42501')
      assert.equal(await tried(`update consent.notification set converted_month = '2026-01'`), '42501')
      const { of, refusal } = await refused()
      assert.equal(await tried(`select consent.notify('${of}', '${refusal}', 'labour', '{sector}')`), '42501')
      assert.equal(await tried(`select consent.convert('${of}')`), '42501')
    } finally {
      await app.end()
    }
  })
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { openedCase } from '../../../../../tests/harness/make.ts'
import { refusal } from '../../../../../tests/harness/refusal.ts'
import { accountId, organisationId } from '../../../../../tools/demonstration/people.ts'
import { performance } from '../../contract-performance.ts'

let harness: Harness
let p: Record<'dalia' | 'tobias' | 'celeste' | 'jonah' | 'marisol' | 'ines' | 'selma', Persona>
let truth: pg.Client
let of: string
const [house, clinic] = [organisationId('samaan-house'), organisationId('claro-clinic')]
const quarter = '2024-Q3'
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  const keys = ['dalia', 'tobias', 'celeste', 'jonah', 'marisol', 'ines', 'selma'] as const
  p = Object.fromEntries(await Promise.all(keys.map(async key => [key, await harness.as(key)]))) as typeof p
  of = await openedCase(harness)
  await lay(house, 'accepted', 7)
  await lay(house, 'declined', 6, { decline_reason: 'no-place', place: 'woman', service: 'safe-accommodation' })
  await lay(house, 'declined', 1, { decline_reason: 'safety' })
  await lay(house, 'expired', 2, { service: 'safe-accommodation', place: 'woman' })
  await lay(clinic, 'declined', 3, { decline_reason: 'no-place' })
  await lay(clinic, 'accepted', 30, { sent: '2024-10-01T00:00:00Z' })
})
after(async () => {
  await truth.end()
  await harness.stop()
})

async function lay(to: string, status: string, times: number, more: Record<string, string> = {}) {
  const { sent = '2024-08-01T08:00:00Z', service = 'food', place = null, decline_reason: reason = null } = more
  for (let one = 0; one < times; one++)
    await truth.query(
      `insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation, urgency,
         status, consent_id, shared, due_at, warn_at, sent_at, answered_at, decline_reason, place)
       select $1, $2, 'XSA', 'service', $3, $4, $5, $4, 'urgent', $6, c.id, 64, now(), now(), $7::timestamptz,
         case when $6 <> 'expired' then $7::timestamptz + interval '2 hours' end, $8, $9 from consent.record c limit 1`,
      [uuidv7(), of, service, to, accountId('dalia'), status, sent, reason, place],
    )
}
const asked = (by: Persona, whose: 'country' | 'own', when = quarter) =>
  by.call(performance.read, { query: { of: whose, quarter: when } })

test('the country is told in numbers, none below five and none that follows from others', async () => {
  const { items, unmet } = await asked(p.selma, 'country')
  const seen = items.find(one => one.organisation === house)!
  assert.deepEqual([seen.all, seen.minutes, seen.became.waiting], [16, 120, 0])
  // Two ran out of time; what came closest to it goes with it, or sixteen less the others would tell.
  assert.deepEqual([seen.became.expired, seen.became.declined, seen.became.accepted], [null, 7, null])
  assert.deepEqual(seen.declined, { safety: null, 'no-place': null })
  const other = items.find(one => one.organisation === clinic)!
  assert.deepEqual([other.all, other.minutes, other.became.declined, other.became.accepted], [null, null, null, 0])
  const beds = unmet.find(one => one.service === 'safe-accommodation')!
  assert.deepEqual(
    [beds.place, beds.area, beds.all, beds.counts],
    ['woman', null, 8, { 'no-place': null, expired: null, partly: 0 }],
  )
  const food = unmet.find(one => one.service === 'food')!
  assert.deepEqual([food.all, food.counts['no-place']], [null, null])
  assert.ok(!JSON.stringify({ items, unmet }).includes(of))
  assert.deepEqual(await asked(p.dalia, 'country'), await asked(p.tobias, 'country'))
})

test('what was taken on in part counts as that, whatever came of the part', async () => {
  const when = '2023-Q1'
  const sent = '2023-02-01T08:00:00Z'
  await lay(house, 'partly-accepted', 9, { sent, service: 'food' })
  await lay(house, 'accepted', 5, { sent, service: 'food' })
  // Begun, done and ended, part and whole alike.
  const next = async (status: string, more: string, from: string, many: number) =>
    truth.query(
      `update referrals.referral set status = $1, ${more} where id in
         (select id from referrals.referral where status = $2 and sent_at = $3::timestamptz limit ${many})`,
      [status, from, sent],
    )
  await next('in-service', 'began_at = now()', 'partly-accepted', 5)
  await next('done', `outcome = 'helped'`, 'in-service', 3)
  await next('ended', `end_reason = 'person-left'`, 'partly-accepted', 2)
  const own = (await asked(p.celeste, 'own', when)).items[0]!
  assert.deepEqual(
    [own.all, own.became.partly, own.became.accepted, own.became.done, own.became.ended, own.ended],
    [14, 9, 5, 0, 0, {}],
  )
  const { unmet } = await asked(p.selma, 'country', when)
  assert.deepEqual(
    unmet.map(({ service, counts }) => [service, counts]),
    [['food', { 'no-place': 0, expired: 0, partly: 9 }]],
  )
})

test('the reasons of what is withheld are withheld, or they would add up to it', async () => {
  const when = '2023-Q2'
  const sent = '2023-05-01T08:00:00Z'
  await lay(house, 'expired', 2, { sent })
  await lay(house, 'declined', 6, { sent, decline_reason: 'no-place' })
  await lay(house, 'accepted', 9, { sent })
  const seen = (await asked(p.selma, 'country', when)).items[0]!
  assert.deepEqual([seen.all, seen.became.accepted, seen.became.declined, seen.became.expired], [17, 9, null, null])
  assert.deepEqual(seen.declined, { 'no-place': null })
  assert.deepEqual((await asked(p.celeste, 'own', when)).items[0]!.declined, { 'no-place': 6 })
})

test('an organisation reads its own numbers as they are, and nobody else’s', async () => {
  const { items, unmet } = await asked(p.celeste, 'own')
  assert.deepEqual(
    items.map(one => [one.organisation, one.all, one.became.declined, one.became.expired]),
    [[house, 16, 7, 2]],
  )
  assert.deepEqual([items[0]!.declined, unmet], [{ safety: 1, 'no-place': 6 }, []])
  assert.deepEqual((await asked(p.jonah, 'own', '2024-Q4')).items[0]!.all, 30)
  for (const by of ['celeste', 'jonah', 'marisol', 'ines'] as const)
    assert.equal(await refusal(asked(p[by], 'country')), 'not-found', by)
  for (const by of ['marisol', 'ines', 'selma'] as const)
    assert.equal(await refusal(asked(p[by], 'own')), 'not-found', by)
  assert.equal(await refusal(asked(p.dalia, 'country', '2024-08')), 'quarter code')
})

test('the database asks again who asks', async () => {
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  const told = async (key: 'celeste' | 'dalia' | 'tobias', role: string, statement: string) => {
    await app.query('begin')
    await app.query(
      `select set_config('samaan.user', $1, true), set_config('samaan.role', $2, true), set_config('samaan.country', 'XSA', true)`,
      [accountId(key), role],
    )
    const rows = await app.query(statement).then(
      ({ rowCount }) => (rowCount ?? 0) > 0,
      () => false,
    )
    await app.query('rollback')
    return rows
  }
  const country = `select * from referrals.performance(true, '2024-07-01')`
  const unmet = `select * from referrals.unmet('2024-07-01')`
  for (const statement of [country, unmet]) {
    assert.equal(await told('dalia', 'coordinator', statement), true)
    assert.equal(await told('celeste', 'shelter-manager', statement), false)
    // A role that nobody gave them.
    assert.equal(await told('celeste', 'secretariat', statement), false)
  }
  assert.equal(await told('celeste', 'shelter-manager', 'select * from referrals.pace()'), false)
  await truth.query(`update auth.assignment set role = 'supervisor' where account_id = $1`, [accountId('tobias')])
  assert.equal(await told('tobias', 'supervisor', country), true)
  assert.equal(
    await told('celeste', 'shelter-manager', `select * from referrals.performance(false, '2024-07-01')`),
    true,
  )
  await app.end()
})

test('the sheet holds what the screen shows, and no formula', async () => {
  await truth.query(`update directory.organisation set name = '=HYPERLINK("x")' where id = $1`, [house])
  const text = await sheet()
  assert.match(text, /^quarter,table,/)
  assert.ok(text.includes(`2024-Q3,answers,"'=HYPERLINK(""x"")",,,all,16\r\n`), text)
  assert.ok(text.includes('expired,\r\n'))
})
const sheet = async (): Promise<string> => {
  const response = await p.dalia.fetch(`/api/referral-performance.csv?of=country&quarter=${quarter}`)
  return response.text()
}

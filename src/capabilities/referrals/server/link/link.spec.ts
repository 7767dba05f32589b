import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { explained, keptCase } from '../../../../../tests/harness/make.ts'
import { referrals } from '../../contract.ts'
import { withoutAccount } from '../../contract-link.ts'
import { askedOf, boxOf, type Clinic, linkTo, post, type Seen, type Slowed, said, unregistered } from '../../make.ts'

let harness: Harness
let marisol: Persona
let site: Slowed
let truth: pg.Client
let clinic: Clinic
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
  site = boxOf(harness)
  clinic = await unregistered(harness)
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const step = (form: Record<string, string>, lang: 'en' | 'es' = 'en') => post(site.app, form, lang)
const isOver = (page: Seen) => /This has ended/.test(said(page))
const isShut = (page: Seen) => page.field === '' && /This did not open/.test(said(page))
const read = (referral: string) => marisol.call(referrals.read, { params: { referral } })
async function opened(options: Parameters<typeof askedOf>[2] = {}) {
  const asked = await askedOf(harness, clinic, options)
  const { typed } = await linkTo(harness, asked.referral)
  const { k, n } = typed
  return { ...asked, k, n, page: await step({ k, n }) }
}
/** Past the moment in which a second tap counts as the first. */
const later = () => truth.query(`update referrals.link_visit set stepped_at = stepped_at - interval '4 seconds'`)

describe('an organisation without an account', () => {
  test('reads exactly what is shared, and is asked each time', async () => {
    const { page, k, n, case: id } = await opened()
    assert.match(said(page), /You are asked for help.*Medical care.*Urgent/)
    assert.match(said(page), /She would like to see a woman\./)
    const { rows } = await truth.query('select reference from cases.folder where id = $1', [id])
    assert.ok(said(page).includes(rows[0].reference))
    assert.match(said(page), /Given name/)
    assert.equal(page.headers.get('set-cookie'), null)
    assert.equal(page.headers.get('cache-control'), 'no-store')
    assert.match(page.text, /<title>Messages<\/title>/)
    assert.doesNotMatch(page.text, /<script|\sstyle=|\son[a-z]+=/i)
    assert.ok(!page.text.includes(id) && !page.text.includes(k) && !page.text.includes(n))
    assert.match(said(await step({ k, n })), /You are asked for help/, 'the same link and code open it again')
    const coded = await opened({ share: ['STA'] })
    assert.match(said(coded.page), /Who the person is was not shared/)
    assert.doesNotMatch(said(coded.page), /Given name/)
  })

  test('says yes, begins and is done: the moves, the places and the history are those of an account', async () => {
    const house = await unregistered(harness)
    await truth.query(`insert into directory.place (service_id, kind, total, free) values ($1, 'woman', 1, 1)`, [
      house.offer,
    ])
    const free = async () =>
      (await truth.query('select free from directory.place where service_id = $1', [house.offer])).rows[0].free
    const { referral, case: id } = await askedOf(harness, house, { place: 'woman' })
    const { k, n } = (await linkTo(harness, referral)).typed
    const first = await step({ k, n })
    const asking = await step({ v: first.field, do: 'ask:accepted' })
    const yes = await step({ v: asking.field, do: 'give:accepted', words: 'Come at nine.' })
    assert.match(said(yes), /Your yes has arrived.*Come at nine\./)
    const taken = await read(referral)
    assert.deepEqual([taken.status, taken.placeTaken, taken.answer], ['accepted', 'woman', 'Come at nine.'])
    assert.equal(await free(), 0)
    const other = await askedOf(harness, house, { place: 'woman' })
    const second = await linkTo(harness, other.referral)
    const late = await step({ v: (await step(second.typed)).field, do: 'give:accepted' })
    assert.match(said(late), /No such place is counted as free/)
    assert.equal((await read(other.referral)).status, 'sent')
    const begun = await step({ v: yes.field, do: 'give:begun' })
    assert.equal((await read(referral)).status, 'in-service')
    const wrong = await step({ v: begun.field, do: 'give:done' })
    assert.match(wrong.text, /id="outcome-error"/)
    const done = await step({ v: wrong.field, do: 'give:done', outcome: 'helped' })
    assert.match(said(done), /Thank you for your help/)
    assert.equal(done.field, '')
    const over = await read(referral)
    assert.deepEqual([over.status, over.outcome, over.placeTaken], ['done', 'helped', null])
    assert.equal(await free(), 1)
    assert.ok(isShut(await step({ k, n })), 'what was shared is closed, and the link with it')
    const history = await truth.query(
      'select event, account_id, organisation_id, about from cases.timeline where case_id = $1 order by at, id',
      [id],
    )
    const theirs = history.rows.filter(row => row.about.by === 'link')
    assert.deepEqual(
      theirs.map(row => row.event),
      ['referral.link-read', 'referral.accepted', 'referral.begun', 'referral.done'],
    )
    assert.ok(theirs.every(row => row.account_id === null && row.organisation_id === house.id))
    const log = await truth.query(
      `select body::jsonb ->> 'event' as event, body::jsonb ->> 'role' as role, body::jsonb ->> 'organisation' as organisation
       from audit.event where case_id = $1 and actor_id is null order by at, id`,
      [id],
    )
    assert.deepEqual(
      log.rows.map(row => row.event),
      ['read', 'accepted', 'read', 'begun', 'read', 'done'].map(one => `referral.link-${one}`),
    )
    assert.ok(log.rows.every(row => row.role === 'link' && row.organisation === house.id))
  })

  test('says no with a reason, or takes on a part: it has to say which', async () => {
    const one = await opened()
    const asking = await step({ v: one.page.field, do: 'ask:declined' }, 'es')
    const wrong = await step({ v: asking.field, do: 'give:declined', words: 'Full.' }, 'es')
    assert.match(wrong.text, /id="declined-error"/)
    assert.match(wrong.text, />\s*Full\.</, 'nothing typed is lost')
    const no = await step({ v: wrong.field, do: 'give:declined', declined: 'no-place', words: 'Full.' }, 'es')
    assert.match(said(no), /Gracias por decirlo/)
    const declined = await read(one.referral)
    assert.deepEqual([declined.status, declined.declineReason, declined.answer], ['declined', 'no-place', 'Full.'])
    const two = await opened()
    const which = await step({ v: two.page.field, do: 'give:partly-accepted' })
    assert.match(said(which), /Say which part/)
    const part = await step({ v: which.field, do: 'give:partly-accepted', words: 'The tests.' })
    assert.match(said(part), /Your answer has arrived/)
    assert.equal((await read(two.referral)).status, 'partly-accepted')
  })

  test('two quick taps are one answer; Back and Reload show nothing', async () => {
    const one = await opened()
    const form = { v: one.page.field, do: 'give:accepted', words: 'Yes.' }
    const both = await Promise.all([step(form), step(form)])
    assert.ok(both.every(page => !isOver(page)))
    const taken = await read(one.referral)
    assert.deepEqual([taken.status, taken.version], ['accepted', 2])
    await later()
    assert.ok(isOver(await step(form)), 'what was left behind is called back')
    assert.ok(isOver(await step({ v: both[0]!.field, do: 'start' })), 'and nothing goes on')
  })

  test('the sheet for the person says that it was read there', async () => {
    const { id } = await keptCase(harness)
    const dalia = await harness.as('dalia')
    const given = { id: uuidv7(), ...explained('sharing-1'), withhold: [] }
    await dalia.call(consent.give, {
      params: { case: id },
      body: { ...given, purposes: ['services'], recipients: [clinic.id], compartments: ['ID', 'STA'] },
    })
    const referral = uuidv7()
    await dalia.call(referrals.send, {
      body: {
        ...{ id: referral, case: id, kind: 'service', service: 'medical-care', to: clinic.id, urgency: 'urgent' },
        ...{ consent: given.id, share: ['ID'] },
      },
    })
    const { link, code } = await dalia.call(withoutAccount.makeLink, { params: { referral }, body: { mail: false } })
    await step({ k: new URL(link).searchParams.get('k')!, n: code })
    const sheet = await dalia.call(referrals.received, { params: { case: id }, query: { language: 'en' } })
    assert.match(sheet.items.find(one => one.id === referral)!.read, /First opened/)
    const { timeline } = await dalia.call(cases.read, { params: { case: id } })
    const entry = timeline.find(one => one.event === 'referral.link-read')!
    assert.deepEqual([entry.name, entry.organisation], [null, 'Hilltop Clinic'])
  })
})

describe('a link that opens nothing', () => {
  test('looks the same whatever the reason: wrong code, taken back, consent withdrawn, ended, or never made', async () => {
    const never = await step({ k: '0'.repeat(26), n: '12345678' })
    const shut: [string, Seen][] = []
    const wrong = await opened()
    shut.push(['wrong code', await step({ k: wrong.k, n: wrong.n === '11111111' ? '22222222' : '11111111' })])
    const back = await opened()
    await marisol.call(withoutAccount.endLink, { params: { referral: back.referral }, body: {} })
    shut.push(['taken back', await step({ k: back.k, n: back.n })])
    assert.ok(isOver(await step({ v: back.page.field, do: 'start' })), 'the page that is open ends with it')
    const agreed = await opened()
    await marisol.call(consent.withdraw, {
      params: { case: agreed.case, consent: agreed.consent },
      body: { id: uuidv7(), ...explained('withdrawing-1') },
    })
    shut.push(['withdrawn', await step({ k: agreed.k, n: agreed.n })])
    assert.ok(isOver(await step({ v: agreed.page.field, do: 'give:accepted' })))
    assert.equal((await read(agreed.referral)).status, 'revoked')
    const revoked = await opened()
    await marisol.call(referrals.revoke, { params: { referral: revoked.referral }, version: 1, body: {} })
    shut.push(['revoked', await step({ k: revoked.k, n: revoked.n })])
    const newer = await opened()
    await linkTo(harness, newer.referral)
    shut.push(['one before', await step({ k: newer.k, n: newer.n })])
    const expired = await opened()
    await truth.query(`select referrals.expire('infinity')`)
    shut.push(['expired', await step({ k: expired.k, n: expired.n })])
    const plain = ({ text }: Seen) => text.replace(/(value="|\?k=)[0-9a-z]{26}/g, '$1')
    for (const [what, page] of shut) {
      assert.equal(page.status, never.status, what)
      assert.equal(plain(page), plain(never), what)
      assert.deepEqual([...page.headers.keys()].sort(), [...never.headers.keys()].sort(), what)
    }
    const look = async (k: string) => plain({ text: await (await site.app.request(`/en/box?k=${k}`)).text() } as Seen)
    assert.equal(await look(newer.k), await look('0'.repeat(26)), 'opening the address alone asks nothing of anybody')
  })

  test('each wrong code is slower than the one before; the tenth closes the link, and who made it sees that', async () => {
    const one = await opened()
    site.delays.length = 0
    for (let i = 0; i < 10; i++) assert.ok(isShut(await step({ k: one.k, n: `0000000${i}` })))
    assert.ok(site.delays.at(-1)! > 0)
    assert.ok(isShut(await step({ k: one.k, n: one.n })))
    assert.ok(isOver(await step({ v: one.page.field, do: 'start' })))
    const doors = await marisol.call(withoutAccount.doors, { params: { referral: one.referral } })
    assert.equal(doors.link?.state, 'closed')
    const { rows } = await truth.query(`select 1 from cases.timeline where case_id = $1 and event = $2`, [
      one.case,
      'referral.link-closed',
    ])
    assert.equal(rows.length, 1)
    site.delays.length = 0
    const nowhere = 'z'.repeat(26)
    for (let i = 0; i < 4; i++) await step({ k: nowhere, n: '12345678' })
    assert.ok(site.delays.at(-1)! > 0, 'what is no link is answered as slowly')
  })

  test('the hidden field opens nothing when it is changed, cut, of another, or of another slice', async () => {
    const one = await opened()
    const bytes = Buffer.from(one.page.field, 'base64url')
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 1
      assert.ok(isOver(await step({ v: changed.toString('base64url'), do: 'start' })))
    }
    for (const v of [one.page.field.slice(1), `${one.page.field}A`, '', 'x'.repeat(5000)])
      assert.ok(isOver(await step({ v, do: 'start' })))
    assert.ok(!isOver(await step({ v: one.page.field, do: 'start' })))
  })

  test('another site cannot post there, and a form that is none is refused', async () => {
    const one = await opened()
    const from = await post(site.app, { v: one.page.field, do: 'start' }, 'en', { 'sec-fetch-site': 'cross-site' })
    assert.deepEqual([from.status, isOver(from)], [403, true])
    assert.equal((await post(site.app, { k: one.k, n: one.n, more: '1' })).status, 400)
    assert.equal((await post(site.app, { v: one.page.field, do: 'start', words: 'x'.repeat(500_000) })).status, 413)
    const long = await step({ v: one.page.field, do: 'give:accepted', words: 'x'.repeat(2001) })
    assert.match(said(long), /2000 letters/)
    const signs = await step({ v: long.field, do: 'give:accepted', words: 'a\u202eb' })
    assert.match(said(signs), /Some signs/)
    const markup = await step({ v: signs.field, do: 'give:accepted', words: '<b>&"=1+1' })
    assert.match(markup.text, /&lt;b&gt;&amp;&quot;=1\+1/)
  })
})

test('who did not send it and is not in charge makes no link, and meets a record that is missing', async () => {
  const one = await askedOf(harness, clinic)
  const refused = async (who: 'kofi' | 'celeste' | 'jonah' | 'odette' | 'dalia', referral: string) => {
    const answer = await (await harness.as(who)).fetch(`/api/referrals/${referral}/doors`)
    return [answer.status, (await answer.text()).replace(/"request":"[^"]*"/, '')]
  }
  for (const who of ['kofi', 'celeste', 'jonah', 'odette', 'dalia'] as const)
    assert.deepEqual(await refused(who, one.referral), await refused(who, uuidv7()), who)
})

test('what is kept opens nothing: no token, no code and no digits of one stand anywhere in the database', async () => {
  const { k, n } = await opened()
  const { rows } = await truth.query(`select row_to_json(l)::text as text from referrals.link l
    union all select row_to_json(v)::text from referrals.link_visit v union all select body from audit.event`)
  for (const { text } of rows) assert.ok(!text.includes(k) && !text.includes(`"${n}"`))
})

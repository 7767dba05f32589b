import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sync } from '#platform/sync/contract.ts'
import { newPhone } from '#platform/sync/make.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import { visits } from '../contract.ts'
import { codeFor, post, type Slowed, said, sharedWithShelter, siteOf } from '../make.ts'

let harness: Harness
let dalia: Persona
let celeste: Persona
let site: Slowed
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  dalia = await harness.as('dalia')
  celeste = await harness.as('celeste')
  site = siteOf(harness)
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const step = (form: Record<string, string>, lang: 'en' | 'es' = 'en') => post(site.app, form, lang)
const { t } = await import('#platform/words/load.ts').then(one => one.loadWords().en)

/** A visit to a new case that the shelter helps with. */
async function visiting(lang: 'en' | 'es' = 'en') {
  const { id } = await keptCase(harness)
  const shared = await sharedWithShelter(harness, id)
  const { digits } = await codeFor(harness, id)
  return { id, ...shared, first: await step({ n: digits }, lang), digits }
}

describe('what a person does with their number', () => {
  test('they see how things stand, what they agreed to, and take it back: sharing ends and help goes on', async () => {
    const { id, consent: given, referral, first } = await visiting()
    assert.match(said(first), /Nothing is decided yet/)
    const agreed = await step({ v: first.field, do: 'agreed' })
    assert.match(said(agreed), /Help for you.*A place that helps.*Who you are and how to reach you/)
    const stop = await step({ v: agreed.field, do: 'stop', consent: given })
    assert.match(said(stop), /Take this back\?/)
    assert.ok((await celeste.call(referrals.read, { params: { referral } })).identity)
    const stopped = await step({ v: stop.field, do: 'withdraw', consent: given })
    assert.match(said(stopped), /It is taken back.*Your help goes on/)
    const seen = await celeste.call(referrals.read, { params: { referral } })
    assert.deepEqual([seen.identity, seen.status, seen.reference], [undefined, 'accepted', ''])
    const looked = async (of: string) => {
      const answer = await celeste.fetch(`/api/cases/${of}/consents`)
      const body = (await answer.text()).replace(/"request":"[^"]*"/, '')
      return [answer.status, [...answer.headers.keys()].sort().join(), body]
    }
    assert.deepEqual(await looked(id), await looked(uuidv7()), 'the recipient meets a record that is missing')
    const record = (await dalia.call(consent.list, { params: { case: id } })).items.at(-1)!
    assert.deepEqual(
      [record.kind, record.withdraws, record.givenBy, record.form, record.textVersion, record.explainedBy],
      ['withdrawn', given, 'person', 'written', 'own-withdrawing-1', dalia.account],
    )
    const checked = await step({ v: stopped.field, do: 'check', safe: 'no', contact: 'yes' })
    assert.match(said(checked), /Do you need help right now/)
    const view = await dalia.call(visits.ofCase, { params: { case: id } })
    assert.deepEqual([view.code?.state, view.checks[0]?.safe, view.checks[0]?.contact], ['used', 'no', true])
    await dalia.call(visits.noteCheck, { params: { case: id, check: view.checks[0]!.id } })
    const over = await step({ v: checked.field, do: 'end' })
    assert.match(said(over), /This has ended/)
    const { rows } = await truth.query(
      `select body::jsonb ->> 'event' as event from audit.event where case_id = $1 and actor_id is null order by at, id`,
      [id],
    )
    assert.deepEqual(
      rows.map(row => row.event),
      ['visit.opened', 'visit.read', 'visit.read', 'visit.withdrawn', 'visit.safety-checked'],
    )
  })

  test('the phone of who made the case is told at its next contact', async () => {
    const { id, consent: given, first } = await visiting()
    const marisol = await harness.as('marisol')
    const phone = await newPhone(marisol)
    const kept = async () => {
      const { visible } = await marisol.call(sync.pull, { query: { device: phone.id } })
      return visible?.consents?.find(([of]) => of === id)?.[1]
    }
    const before = await kept()
    assert.ok(before)
    await step({ v: first.field, do: 'withdraw', consent: given })
    assert.notEqual(await kept(), before)
  })

  test('a question reaches the coordinator, and its answer the person at the next visit', async () => {
    const { id, first } = await visiting('es')
    const text = 'Can my sister 👩‍👧 visit?\n<b>bold</b> & "quotes"'
    const page = await step({ v: first.field, do: 'questions' }, 'es')
    const asked = await step({ v: page.field, do: 'ask', text }, 'es')
    assert.match(said(asked), /Se envió/)
    const [one, ...more] = (await dalia.call(visits.ofCase, { params: { case: id } })).questions!
    assert.deepEqual([one!.text, more], [text, []])
    await dalia.call(visits.answerQuestion, {
      params: { case: id, question: one!.id },
      version: one!.version,
      body: { text: 'Yes, <i>any</i> day.' },
    })
    const { digits } = await codeFor(harness, id)
    const again = await step({ n: digits })
    const answered = await step({ v: again.field, do: 'questions' })
    assert.match(answered.text, /Yes, &lt;i&gt;any&lt;\/i&gt; day\./)
    assert.match(answered.text, /&lt;b&gt;bold&lt;\/b&gt;/)
    assert.ok((await dalia.call(visits.ofCase, { params: { case: id } })).questions![0]!.readAt)
  })

  test('no page names a place, a provider, an organisation, a person or a day', async () => {
    const { id, consent: given, first } = await visiting()
    const pages = [first]
    const forms: Record<string, string>[] = [
      { do: 'agreed' },
      { do: 'stop', consent: given },
      { do: 'questions' },
      { do: 'withdraw', consent: given },
      { do: 'check', safe: 'yes' },
      { do: 'start' },
    ]
    for (const form of forms) pages.push(await step({ v: pages.at(-1)!.field, ...form }))
    const names = await truth.query(`select name from directory.organisation union select name from auth.account`)
    for (const page of pages) {
      assert.doesNotMatch(said(page), /This has ended/)
      for (const { name } of names.rows) assert.ok(!page.text.includes(name), name)
      assert.doesNotMatch(said(page), /victim|police|shelter|traffick|\b20\d\d\b|Quintanilla|Blue house/i)
      assert.doesNotMatch(page.text, /<script|\sstyle=|\son[a-z]+=/i)
      assert.ok(!page.text.includes(id))
      assert.equal(page.headers.get('set-cookie'), null)
      assert.equal(page.headers.get('cache-control'), 'no-store')
      assert.match(page.text, /<title>Notes<\/title>/)
      assert.match(page.text, /class="button exit-now"/)
    }
    assert.ok(t('visit.title'))
  })
})

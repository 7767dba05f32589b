import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { feedback } from '#capabilities/referrals/contract-feedback.ts'
import { helpGiven } from '#capabilities/referrals/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import { codeFor, post, type Slowed, said, siteOf } from '../make.ts'

// What a person says of a help on a visit of their own: only if they want to, by its kind, and taken back as easily.

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
const step = (form: Record<string, string>) => post(site.app, form)
const enter = async (id: string) => step({ n: (await codeFor(harness, id)).digits })
async function helped(until: 'accepted' | 'in-service' | 'done' = 'done') {
  const { id } = await keptCase(harness)
  return { id, ...(await helpGiven(harness, id, until)) }
}
const read = (referral: string) => dalia.call(feedback.read, { params: { referral } })
const answers = { respect: 'yes', explained: 'partly', agreed: 'no', safe: 'unsaid' }

test('they say how it was, anew, and take it back; their coordinator reads what stands', async () => {
  const { id, referral } = await helped()
  const first = await enter(id)
  assert.match(said(first), /Say how the help was/)
  const list = await step({ v: first.field, do: 'helps' })
  assert.match(said(list), /You do not have to.*A place that helps/)
  const form = await step({ v: list.field, do: 'say', help: referral })
  assert.equal((form.text.match(/type="radio"/g) ?? []).length, 20)
  assert.doesNotMatch(form.text, /\schecked/)
  const told = await step({
    v: form.field,
    do: 'tell',
    help: referral,
    ...answers,
    text: 'The night was <b>quiet</b>.',
  })
  assert.match(said(told), /Thank you.*You said how it was/)
  assert.doesNotMatch(said(told), /quiet/, 'what was said is not shown again')
  const found = await read(referral)
  assert.deepEqual(found.said?.answers, { respect: 'yes', explained: 'partly', agreed: 'no', safe: null, again: null })
  assert.deepEqual([found.said?.words, found.said?.toldTo], ['The night was <b>quiet</b>.', null])
  // What they wrote themselves nobody else changes.
  assert.deepEqual(found.moves, [])
  const body = { respect: 'yes', explained: null, agreed: null, safe: null, again: null } as const
  await assert.rejects(dalia.call(feedback.tell, { params: { referral }, body }), { code: 'not-now' })
  await assert.rejects(dalia.call(feedback.takeBack, { params: { referral } }), { code: 'not-now' })
  const anew = await step({ v: told.field, do: 'tell', help: referral, again: 'no' })
  assert.deepEqual((await read(referral)).said?.answers?.again, 'no')
  assert.equal((await read(referral)).said?.words, undefined)
  const back = await step({ v: anew.field, do: 'untell', help: referral })
  assert.match(said(back), /It is taken back/)
  assert.equal((await read(referral)).said, null)
  const { rows } = await truth.query(
    `select body::jsonb ->> 'event' as event from audit.event where case_id = $1 and actor_id is null order by at, id`,
    [id],
  )
  assert.deepEqual(
    rows.map(row => row.event).filter(one => one.startsWith('visit.feedback')),
    ['visit.feedback-told', 'visit.feedback-told', 'visit.feedback-taken-back'],
  )
  const history = (await dalia.call(cases.read, { params: { case: id } })).timeline.map(one => one.event)
  assert.deepEqual(history.filter(one => /feedback/.test(one)).sort(), [
    'referral.feedback',
    'referral.feedback',
    'referral.feedback-taken-back',
  ])
})

test('what was told to somebody is theirs too, to say otherwise or to take back', async () => {
  const { id, referral } = await helped()
  const body = { respect: 'yes', explained: null, agreed: null, safe: null, again: null, words: 'As I said.' } as const
  await dalia.call(feedback.tell, { params: { referral }, body })
  const list = await step({ v: (await enter(id)).field, do: 'helps' })
  assert.match(said(list), /You said how it was/)
  assert.doesNotMatch(list.text, /As I said/)
  await step({ v: list.field, do: 'untell', help: referral })
  assert.equal((await read(referral)).said, null)
})

test('saying nothing leaves nothing, and nothing is asked again', async () => {
  const { id, referral } = await helped('in-service')
  const list = await step({ v: (await enter(id)).field, do: 'helps' })
  const page = await step({ v: list.field, do: 'tell', help: referral, respect: 'unsaid', text: '  \n' })
  assert.match(said(page), /You said nothing, and that is all right/)
  assert.equal((await read(referral)).said, null)
  // An answer that is none says nothing either.
  const odd = await step({ v: page.field, do: 'tell', help: referral, respect: 'perhaps' })
  assert.match(said(odd), /You said nothing/)
})

test('nothing is offered before help has begun', async () => {
  const { id, referral } = await helped('accepted')
  const first = await enter(id)
  assert.doesNotMatch(said(first), /Say how the help was/)
  const list = await step({ v: first.field, do: 'helps' })
  assert.match(said(list), /There is nothing here now/)
  assert.match(said(await step({ v: list.field, do: 'say', help: referral })), /This has ended/)
})

test('the help of somebody else is not there', async () => {
  const [mine, theirs] = [await helped(), await helped()]
  for (const deed of ['say', 'tell', 'untell']) {
    const first = await enter(mine.id)
    const page = await step({ v: first.field, do: deed, help: theirs.referral, respect: 'no' })
    assert.match(said(page), /This has ended/, deed)
    assert.match(said(await step({ v: (await enter(mine.id)).field, do: deed, help: uuidv7() })), /This has ended/)
  }
  assert.equal((await read(theirs.referral)).said, null)
})

test('a text that cannot be taken comes back with the answers as they were chosen', async () => {
  const { id, referral } = await helped()
  let page = await step({ v: (await enter(id)).field, do: 'helps' })
  for (const [text, why] of [
    ['x'.repeat(501), /too long/],
    ['evil\u202etxt', /signs/],
  ] as const) {
    page = await step({ v: page.field, do: 'tell', help: referral, ...answers, text })
    assert.match(said(page), why)
    assert.deepEqual(page.text.match(/id="[a-z]+-[a-z]+" name="[a-z]+" value="[a-z]+" checked/g)?.length, 3)
  }
  assert.equal((await read(referral)).said, null)
})

test('of two helps of one kind each has a number, and no page names who helped, where or when', async () => {
  const { id, referral } = await helped()
  const second = await helpGiven(harness, id, 'in-service')
  const pages = [await enter(id)]
  const forms: Record<string, string>[] = [
    { do: 'helps' },
    { do: 'say', help: referral },
    { do: 'tell', help: second.referral, respect: 'no', text: 'Planted.' },
    { do: 'untell', help: second.referral },
  ]
  for (const form of forms) pages.push(await step({ v: pages.at(-1)!.field, ...form }))
  assert.match(said(pages[1]!), /A place that helps · Number 1.*A place that helps · Number 2/)
  const names = await truth.query(`select name from directory.organisation union select name from auth.account`)
  for (const page of pages) {
    assert.doesNotMatch(said(page), /This has ended/)
    for (const { name } of names.rows) assert.ok(!page.text.includes(name), name)
    assert.doesNotMatch(said(page), /victim|police|shelter|traffick|\b20\d\d\b|Quintanilla|Blue house|Planted/i)
    assert.doesNotMatch(page.text, /<script|\sstyle=|\son[a-z]+=/i)
    assert.ok(!page.text.includes(id))
  }
})

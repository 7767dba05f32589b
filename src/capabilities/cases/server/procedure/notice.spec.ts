import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { decisionBody, openedCase } from '../../../../../tests/harness/make.ts'
import { readPdf } from '../../../../../tests/harness/read-pdf.ts'
import { cases } from '../../contract.ts'

let harness: Harness
let ines: Persona
let rufus: Persona
let tobias: Persona
before(async () => {
  harness = await startHarness()
  ines = await harness.as('ines')
  rufus = await harness.as('rufus')
  tobias = await harness.as('tobias')
})
after(() => harness.stop())

/** A case with a decision. @returns the case and the decision */
async function decided(outcome: 'positive' | 'negative', confirmed = true) {
  const id = await openedCase(harness)
  const body = await decisionBody(ines, id, outcome, { reasons: 'Nobody but the unit reads this.' })
  const version = async () => (await tobias.call(cases.read, { params: { case: id } })).version
  await ines.call(cases.decide, { params: { case: id }, version: await version(), body })
  if (outcome === 'negative' && confirmed)
    await rufus.call(cases.confirm, {
      params: { case: id, decision: body.id },
      version: await version(),
      body: { answer: 'confirmed' },
    })
  return { id, decision: body.id }
}
const fetchNotice = (by: Persona, { id, decision }: { id: string; decision: string }, language = 'en') =>
  by.fetch(`/api/cases/${id}/decisions/${decision}/notice/${language}`)
const noticeOf = async (...parts: Parameters<typeof fetchNotice>) => {
  const response = await fetchNotice(...parts)
  assert.equal(response.status, 200)
  return { response, read: readPdf(new Uint8Array(await response.arrayBuffer())) }
}
const flat = (text: string) => text.replace(/\s+/g, ' ')

test('a negative decision is told kindly: what, by which body, what can be asked for and until when, and that help goes on', async () => {
  const made = await decided('negative')
  const { response, read } = await noticeOf(ines, made)
  const { reference, clocks } = await tobias.call(cases.read, { params: { case: made.id } })
  assert.equal(response.headers.get('content-type'), 'application/pdf')
  assert.equal(response.headers.get('content-disposition'), `attachment; filename="decision-${reference}-en.pdf"`)
  assert.deepEqual([read.accessible, read.marked, read.language, read.title], [true, true, 'en', 'What was decided'])
  const until = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'America/Port_of_Spain' }).format(
    new Date(clocks.find(one => one.kind === 'reconsideration-request')!.dueAt),
  )
  for (const said of [
    'there are no reasonable grounds to believe that you were trafficked',
    'This does not say that you did not tell the truth.',
    'Counter Trafficking Unit. Somebody of this body decided',
    'A second person looked at it and agreed.',
    `looked at again, until ${until}.`,
    'It goes on either way.',
    'For Yeferson Quintanilla',
    `Reference: ${reference}`,
    'Demonstration. This is not a real document.',
  ])
    assert.ok(flat(read.text).includes(said), `${said}\n${read.text}`)
})

test('nobody else is named in it, and nothing of the reasons', async () => {
  const made = await decided('negative')
  const { read } = await noticeOf(rufus, made)
  for (const never of ['Inés', 'Calloway', 'Rufus', 'Adeyemi', 'Marisol', 'Nobody but the unit', 'deception', 'victim'])
    assert.ok(!read.text.includes(never), never)
})

test('a positive one says how long there is to rest, in the language of the person', async () => {
  const made = await decided('positive')
  const { read } = await noticeOf(ines, made, 'es')
  assert.equal(read.language, 'es')
  assert.match(flat(read.text), /tiempo para descansar y pensar, al menos hasta el \d+ de \p{L}+ de \d{4}/u)
  assert.match(flat(read.text), /La ayuda que recibe no depende de esta decisión/)
})

test('there is none of a decision that waits, of another case, or for who has no part in it', async () => {
  const waiting = await decided('negative', false)
  assert.equal((await fetchNotice(ines, waiting)).status, 409)
  const made = await decided('positive')
  assert.equal((await fetchNotice(ines, { id: waiting.id, decision: made.decision })).status, 404)
  for (const key of ['dalia', 'marisol', 'celeste', 'tobias'] as const)
    assert.equal((await fetchNotice(await harness.as(key), made)).status, 404, key)
})

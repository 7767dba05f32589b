import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Hono } from 'hono'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { directory } from '../contract.ts'
import { openSite } from '../make.ts'

let harness: Harness
let site: Hono
const clinic = organisationId('claro-clinic')
const casa = organisationId('casa-puente')
const shelter = organisationId('samaan-house')
before(async () => {
  harness = await startHarness()
  site = openSite(harness)
})
after(() => harness.stop())

const mainOf = (text: string): string =>
  (/<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
async function shown(form?: Record<string, string>, lang = 'en') {
  const answer = await site.request(
    `http://localhost:4000/${lang}/find`,
    form && {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    },
  )
  const text = await answer.text()
  const names = [...text.matchAll(/class="find-name">([^<]*)/g)].map(([, name]) => name)
  return { status: answer.status, headers: answer.headers, text, said: mainOf(text), names }
}
async function offer(organisation: string, more: object): Promise<string> {
  const id = uuidv7()
  const { call } = await harness.as('odette')
  const body = { id, kind: 'psychosocial' as const, languages: [], public: true, ...more }
  await call(directory.offer, { params: { organisation }, body })
  return id
}

test('before anything is listed the page says so, and where to call', async () => {
  const { status, said, text } = await shown()
  assert.equal(status, 200)
  assert.match(said, /The list is still empty/)
  assert.doesNotMatch(text, /<select/)
  assert.match(text, /href="tel:\+?\d+"/)
})

test('what is public is found by need, place, language and whether it is open, and nothing else is', async () => {
  const hours = [{ days: [1], from: '08:00', to: '12:00' }]
  const talk = await offer(clinic, { name: 'Talking', area: 'claro', languages: ['es'], cost: 'free', hours })
  await offer(casa, { name: 'Soup', kind: 'food', languages: ['en'], howToAsk: ['walk-in', 'in-samaan'] })
  await offer(casa, { name: 'Kept quiet', public: false })
  await offer(shelter, { name: 'Behind walls', public: false })
  const pack = harness.services.packs.get('XSA')!
  const monday = new Date('2026-03-02T14:00:00Z')
  harness.setNow(monday)
  try {
    assert.deepEqual((await shown()).names, ['Soup', 'Talking'])
    const names = async (form: Record<string, string>) => (await shown(form)).names
    assert.deepEqual(await names({ need: 'food' }), ['Soup'])
    assert.deepEqual(await names({ place: 'claro' }), ['Soup', 'Talking'], 'what is everywhere is there too')
    assert.deepEqual(await names({ place: 'windward' }), ['Soup'])
    assert.deepEqual(await names({ language: 'es' }), ['Talking'])
    assert.deepEqual(await names({ open: 'now' }), ['Talking'], `open at 10 in ${pack.timeZone.value}`)
    harness.setNow(new Date(monday.getTime() + 7_200_000))
    assert.deepEqual(await names({ open: 'now' }), [])
    assert.match((await shown({ open: 'now' })).said, /Nothing like this is on the list/)
    const alone = await shown({ need: 'psychosocial', one: talk })
    assert.deepEqual(alone.names, ['Talking'])
    assert.match(alone.said, /Free of charge.*Spanish.*Claro/)
    assert.match((await shown({ one: uuidv7() })).said, /not on the list any more/)
    assert.doesNotMatch((await shown()).text, /Kept quiet|Behind walls|Samaan House/)
  } finally {
    harness.setNow(undefined)
  }
})

test('no title, address or header tells what was looked for, and another language goes on with it', async () => {
  const { text, headers } = await shown({ need: 'food' })
  assert.match(text, /<title>Places and times<\/title>/)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('set-cookie'), null)
  assert.doesNotMatch(text, /<script|href="[^"]*food/)
  const carried = /name="v" value="([^"]*)"/.exec(text)?.[1] ?? ''
  assert.deepEqual((await shown({ v: carried, do: 'start' }, 'es')).names, ['Soup'])
  assert.match((await shown({ v: carried, do: 'start' }, 'es')).said, /Vaya sin avisar/)
})

test('names are text, whatever is in them, and nobody is shown an error for what they sent', async () => {
  await offer(casa, { name: '<img src=x onerror=alert(1)>', description: '"><script>x</script> =1+1' })
  const { text } = await shown()
  assert.doesNotMatch(text, /<img|<script/)
  assert.match(text, /&lt;img src=x onerror=alert\(1\)&gt;/)
  for (const form of [
    { need: 'nothing', place: '../..', language: '%00', page: '-4', open: 'x', one: "'" },
    { page: '9999' },
    { v: '%', do: 'start' },
  ])
    assert.equal((await shown(form as unknown as Record<string, string>)).status, 200)
  const broken = await site.request('http://localhost:4000/en/find', {
    method: 'POST',
    body: 'need=%ff&x'.repeat(2000),
  })
  assert.equal(broken.status, 200)
})

test('a long list has pages', async () => {
  for (let n = 0; n < 22; n++) await offer(casa, { name: `Class ${n}`, kind: 'education' })
  const first = await shown({ need: 'education' })
  assert.deepEqual([first.names.length, /Page 1 of 2/.test(first.said)], [20, true])
  const second = await shown({ need: 'education', page: '2' })
  assert.equal(new Set([...first.names, ...second.names]).size, 22)
})

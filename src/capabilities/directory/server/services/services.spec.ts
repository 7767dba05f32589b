import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { refusal } from '../../../../../tests/harness/refusal.ts'
import { organisationId } from '../../../../../tools/demonstration/people.ts'
import { directory, type OfferedService } from '../../contract.ts'

let harness: Harness
let celeste: Persona
let jonah: Persona
before(async () => {
  harness = await startHarness()
  ;[celeste, jonah] = await Promise.all([harness.as('celeste'), harness.as('jonah')])
})
after(() => harness.stop())

const [shelter, clinic] = [organisationId('samaan-house'), organisationId('claro-clinic')]
type Said = Omit<In<typeof directory.offer.body>, 'id'>
const offer = async (by: Persona, organisation: string, said: Partial<Said> = {}): Promise<string> => {
  const id = uuidv7()
  await by.call(directory.offer, {
    params: { organisation },
    body: { id, kind: 'psychosocial', languages: ['en'], ...said },
  })
  return id
}
const found = async (by: Persona, query: Record<string, string> = {}): Promise<OfferedService[]> =>
  (await by.call(directory.services, { query: { limit: '100', ...query } })).items
const get = async (by: Persona, organisation: string, id: string) =>
  (await by.call(directory.get, { params: { organisation } })).services.find(one => one.id === id)!
const weekdays = [1, 2, 3, 4, 5]

test('what is said of a service is read as it was said, and said anew on the version that was seen', async () => {
  const said = {
    languages: ['en', 'ht'],
    name: 'Talking together',
    description: 'One hour, as often as it helps.',
    sexes: ['female' as const],
    minAge: 12,
    maxAge: 25,
    withChildren: true,
    nationalities: ['HTI'],
    residence: ['irregular' as const],
    exploitation: ['labour' as const],
    accessNeeds: ['step-free' as const],
    cost: 'free' as const,
    howToAsk: ['call' as const, 'in-samaan' as const],
    hours: [{ days: weekdays, from: '08:00', to: '16:00' }],
    openOnHolidays: true,
    public: true,
  }
  const id = await offer(jonah, clinic, { ...said, area: 'claro' })
  const { version, open: _, ...read } = await get(celeste, clinic, id)
  const none = { interpreterSexes: [], vouchedBy: null, places: [] }
  assert.deepEqual(read, { id, kind: 'psychosocial', active: true, area: 'claro', ...said, ...none })
  const parts = { params: { organisation: clinic, service: id }, version, body: { languages: ['es'] } }
  await jonah.call(directory.changeService, parts)
  assert.equal(await refusal(jonah.call(directory.changeService, parts)), 'version-stale')
  const after = await get(celeste, clinic, id)
  assert.deepEqual([after.name, after.hours, after.public, after.languages], [null, null, false, ['es']])
  const other = { ...parts, version: after.version }
  assert.equal(await refusal(celeste.call(directory.changeService, other)), 'not-found')
})

test('hours that overlap, end before they begin or are no time are refused by name', async () => {
  const at = (...hours: { days: number[]; from: string; to: string }[]) => refusal(offer(jonah, clinic, { hours }))
  const day = { days: weekdays, from: '08:00', to: '12:00' }
  assert.equal(await at(day, { days: [5, 6], from: '11:00', to: '13:00' }), 'hours hours-overlap')
  assert.equal(await at(day, { days: weekdays, from: '12:00', to: '16:00' }), 'done')
  assert.equal(await at({ ...day, days: [1, 1] }), 'hours hours-overlap')
  assert.equal(await at({ ...day, from: '16:00' }), 'hours.0.to hours-order')
  assert.equal(await at({ ...day, to: '25:00' }), 'hours.0.to time')
  assert.equal(await at({ ...day, days: [] }), 'hours.0.days required')
  assert.equal(await at({ ...day, days: [8] }), 'hours.0.days.0 too-large')
  assert.equal(await refusal(offer(jonah, clinic, { minAge: 30, maxAge: 18 })), 'maxAge ages-order')
})

test('what shelters people is in no public list, and only interpreters are vouched for', async () => {
  assert.equal(await refusal(offer(celeste, shelter, { public: true })), 'public sheltered-public')
  const id = await offer(jonah, clinic, {
    kind: 'interpretation',
    vouchedBy: 'The court',
    interpreterSexes: ['female'],
  })
  const other = await offer(jonah, clinic, { kind: 'food', vouchedBy: 'The court' })
  assert.equal((await get(jonah, clinic, id)).vouchedBy, 'The court')
  assert.equal((await get(jonah, clinic, other)).vouchedBy, null)
})

test('services are found by kind, language, place, words, and by whether they are open', async () => {
  const id = await offer(jonah, clinic, {
    kind: 'transport',
    languages: ['fr'],
    area: 'claro',
    name: 'The blue van',
    hours: [{ days: weekdays, from: '08:00', to: '16:00' }],
  })
  const has = async (query: Record<string, string>) => (await found(jonah, query)).some(one => one.id === id)
  for (const [name, value] of Object.entries({ kind: 'transport', language: 'fr', area: 'claro', search: 'BLUE' }))
    assert.equal(await has({ [name]: value }), true, name)
  for (const [name, value] of Object.entries({ kind: 'food', language: 'de', area: 'north-coast', search: 'yellow' }))
    assert.equal(await has({ [name]: value }), false, name)
  // The demonstration country keeps the clock of UTC−4 all year; 7 January 2026 is a Wednesday.
  for (const [at, open] of [
    ['2026-01-07T12:00:00Z', true],
    ['2026-01-07T11:59:59Z', false],
    ['2026-01-07T19:59:59Z', true],
    ['2026-01-07T20:00:00Z', false],
    ['2026-01-10T15:00:00Z', false],
    ['2026-01-01T15:00:00Z', false],
  ] as const) {
    harness.setNow(new Date(at))
    assert.equal(await has({ open: 'now' }), open, at)
    assert.equal((await found(jonah, { search: 'blue' }))[0]!.open, open, at)
  }
  harness.setNow(undefined)
})

test('a list of services is read page by page', async () => {
  const all = (await found(jonah)).map(one => one.id)
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await jonah.call(directory.services, { query: { limit: '4', ...(after ? { after } : {}) } })
    seen.push(...page.items.map(one => one.id))
    after = page.next
  } while (after)
  assert.deepEqual(seen, all)
})

test('places are kept by who is there, and seen by who asks for them', async () => {
  const id = await offer(celeste, shelter, { kind: 'safe-accommodation' })
  const places = [
    { kind: 'woman' as const, total: 6, free: 2 },
    { kind: 'family' as const, total: 2, free: 0 },
  ]
  const params = { organisation: shelter, service: id }
  const seen = async (by: Persona) => (await get(by, shelter, id)).places.map(one => [one.kind, one.free, one.total])
  await celeste.call(directory.setPlaces, { params, version: 1, body: { places } })
  assert.deepEqual(await seen(celeste), [
    ['family', 0, 2],
    ['woman', 2, 6],
  ])
  const [marisol, amara, odette] = await Promise.all([harness.as('marisol'), harness.as('amara'), harness.as('odette')])
  assert.deepEqual(await seen(marisol), await seen(celeste))
  assert.deepEqual(await seen(amara), [])
  for (const by of [jonah, marisol, odette])
    assert.equal(await refusal(by.call(directory.setPlaces, { params, version: 2, body: { places } })), 'not-found')
  const has = async (free: string) => (await found(marisol, { free })).some(one => one.id === id)
  assert.deepEqual([await has('woman'), await has('family'), await has('man')], [true, false, false])
  const count = (by: Persona, kind: 'woman' | 'man', version: number, free: number) =>
    refusal(by.call(directory.countPlaces, { params: { ...params, kind }, version, body: { free } }))
  assert.equal(await count(celeste, 'woman', 1, 7), 'free more-than-total')
  assert.equal(await count(celeste, 'woman', 1, -1), 'free too-small')
  assert.equal(await count(celeste, 'man', 1, 1), 'not-found')
  assert.equal(await count(jonah, 'woman', 1, 1), 'not-found')
  const all = await Promise.all(Array.from({ length: 5 }, (_, n) => count(celeste, 'woman', 1, n)))
  assert.deepEqual(all.sort(), ['done', ...Array(4).fill('version-stale')])
  await celeste.call(directory.setPlaces, { params, version: 2, body: { places: [] } })
  assert.deepEqual(await seen(celeste), [])
})

test('which places there are is said on the counts that were seen: a place that was taken meanwhile is not free again', async () => {
  const id = await offer(celeste, shelter, { kind: 'safe-accommodation' })
  const params = { organisation: shelter, service: id }
  const read = () => get(celeste, shelter, id)
  const free = async () => (await read()).places.map(one => [one.kind, one.free, one.total])
  type Places = In<typeof directory.setPlaces.body>['places']
  const set = (version: number, places: Places) =>
    refusal(celeste.call(directory.setPlaces, { params, version, body: { places } }))
  assert.equal(await set(1, [{ kind: 'woman', total: 2, free: 2 }]), 'done')
  const { version, places } = await read()
  const seen = places[0]!.version
  const taken = { params: { ...params, kind: 'woman' as const }, version: seen, body: { free: 1 } }
  await celeste.call(directory.countPlaces, taken)
  assert.equal(await set(version, [{ kind: 'woman', total: 3, free: 3, seen }]), 'version-stale')
  assert.equal(await set(version, [{ kind: 'woman', total: 3, free: 3 }]), 'version-stale', 'nor unseen')
  assert.deepEqual(await free(), [['woman', 1, 2]])
  const now = (await read()).places[0]!.version
  assert.equal(await set(version, [{ kind: 'woman', total: 3, free: 2, seen: now }]), 'done')
  assert.deepEqual(await free(), [['woman', 2, 3]])
  // A kind that has none is begun again as one that never was.
  assert.equal(await set((await read()).version, []), 'done')
  assert.equal(await set((await read()).version, [{ kind: 'woman', total: 1, free: 1 }]), 'done')
  assert.deepEqual(await free(), [['woman', 1, 1]])
})

test('more free than there are, a kind twice and a negative count are refused by name', async () => {
  const id = await offer(celeste, shelter, { kind: 'safe-accommodation' })
  const set = (...places: { kind: 'woman'; total: number; free: number }[]) =>
    refusal(
      celeste.call(directory.setPlaces, {
        params: { organisation: shelter, service: id },
        version: 1,
        body: { places },
      }),
    )
  assert.equal(await set({ kind: 'woman', total: 1, free: 2 }), 'places.0.free more-than-total')
  assert.equal(
    await set({ kind: 'woman', total: -1, free: 0 }),
    'places.0.total too-small,places.0.free more-than-total',
  )
  assert.equal(await set({ kind: 'woman', total: 1, free: 1 }, { kind: 'woman', total: 2, free: 1 }), 'places twice')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OfferedService } from '#capabilities/directory/contract.ts'
import { type Need, ranked } from './rank.ts'

const service = (name: string, more: Partial<OfferedService> = {}): OfferedService =>
  ({
    id: name,
    languages: ['en'],
    open: null,
    places: [],
    organisation: { id: name, name, kind: 'ngo', phone: null },
    ...more,
  }) as unknown as OfferedService
const place = (kind: 'woman' | 'anybody', free: number) => ({ kind, total: 5, free, toldAt: '', version: 1 })
const need = (more: Partial<Need> = {}): Need => ({ urgent: false, agreed: new Set(['a', 'b', 'c']), ...more })
const order = (services: OfferedService[], asked: Need) => ranked(services, asked).map(one => one.service.id)

test('whom the person agreed to comes first, then who has a place, then who speaks the language', () => {
  const free = service('a', { places: [place('woman', 1)] })
  const full = service('b', { places: [place('woman', 0)], languages: ['es'] })
  const uncounted = service('c', { languages: ['es'] })
  const strange = service('d', { places: [place('anybody', 3)], languages: ['es'] })
  assert.deepEqual(order([strange, full, uncounted, free], need({ place: 'woman', language: 'es' })), [
    'a',
    'c',
    'b',
    'd',
  ])
  const [first, , third] = ranked([strange, full, uncounted, free], need({ place: 'woman', language: 'es' }))
  assert.deepEqual(first!.why, ['agreed', 'place-free', 'other-language'])
  assert.deepEqual(third!.why, ['agreed', 'no-place', 'language'])
})

test('in a hurry whoever is open now comes before who is closed, even with a place', () => {
  const closed = service('a', { open: false, places: [place('woman', 1)] })
  const open = service('b', { open: true, places: [place('woman', 0)] })
  assert.deepEqual(order([closed, open], need({ place: 'woman' })), ['a', 'b'])
  assert.deepEqual(order([closed, open], need({ place: 'woman', urgent: true })), ['b', 'a'])
})

test('what nobody said speaks neither for nor against, and equals stand by name', () => {
  assert.deepEqual(
    ranked([service('b'), service('a')], need()).map(one => [one.service.id, one.why]),
    [
      ['a', ['agreed']],
      ['b', ['agreed']],
    ],
  )
})

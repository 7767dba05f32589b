import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as z from 'zod/mini'
import { canonical } from './canonical.ts'
import { type AuditEvent, auditEvent } from './event.ts'
import { eventInsert, idsHash } from './record.ts'

const id = '01890a5d-ac96-774b-bcce-b302099a8057'
const event: AuditEvent = {
  id,
  at: '2026-03-01T10:00:00.000Z',
  actor: id,
  role: 'coordinator',
  organisation: id,
  operation: 'referrals.accept',
  event: 'referral.accepted',
  case: id,
  compartments: ['ID', 'SVC'],
  purpose: 'assistance',
  basis: null,
  outcome: 'done',
  request: id,
}

test('an event is written in one canonical spelling, with its columns', () => {
  const { text, values } = eventInsert({ ...event, count: 3, ids: idsHash(['b', 'a']) })
  assert.match(text, /^insert into audit\.event /)
  assert.deepEqual(values.slice(0, 5), [id, event.at, id, id, 'referrals.accept'])
  assert.equal(
    values[5],
    `{"actor":"${id}","at":"2026-03-01T10:00:00.000Z","basis":null,"case":"${id}","compartments":["ID","SVC"],"count":3,` +
      `"event":"referral.accepted","id":"${id}","ids":"${idsHash(['a', 'b'])}","operation":"referrals.accept",` +
      `"organisation":"${id}","outcome":"done","purpose":"assistance","request":"${id}","role":"coordinator"}`,
  )
})

test('nothing that could be a name or free text gets in', () => {
  for (const wrong of [
    { role: 'Ana Pérez' },
    { reason: 'she said no' },
    { operation: 'referrals accept' },
    { actor: 'ana' },
    { at: '2026-03-01' },
    { compartments: ['ALL'] },
    { outcome: 'maybe' },
    { count: -1 },
    { ids: 'ana' },
    { note: 'x' },
    { request: undefined },
  ]) {
    assert.throws(() => eventInsert({ ...event, ...wrong } as AuditEvent), Object.keys(wrong)[0])
    assert.equal(z.safeParse(auditEvent, { ...event, ...wrong }).success, false)
  }
})

test('canonical JSON as in RFC 8785', () => {
  // §3.2.3: names sorted by UTF-16 units; §3.2.2.3: numbers as ECMAScript writes them.
  assert.equal(
    canonical({
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Hebrew',
      '1': 'One',
      '\u{1f600}': 'Smile',
      '\u0080': 'C',
      ö: 'O',
    }),
    '{"\\r":"CR","1":"One","\u0080":"C","ö":"O","\u20ac":"Euro","\u{1f600}":"Smile","\ufb33":"Hebrew"}',
  )
  assert.equal(
    canonical([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0]),
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
  )
  assert.equal(canonical({ b: undefined, a: [{ d: true, c: null }] }), '{"a":[{"c":null,"d":true}]}')
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined]) {
    assert.throws(() => canonical(wrong), TypeError)
  }
})

test('canonical JSON reads back as the same value, and the order of names does not matter', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string({ unit: 'grapheme' }),
        fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }), fc.constant(null)),
      ),
      value => {
        const text = canonical(value)
        assert.deepEqual(Object.entries(JSON.parse(text)).sort(), Object.entries(value).sort())
        return canonical(Object.fromEntries(Object.entries(value).reverse())) === text
      },
    ),
  )
})

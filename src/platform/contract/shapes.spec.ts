import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { uuidv7 } from '#platform/crypto/random.ts'
import { fits } from './parse.ts'
import { email, id, newId, paging } from './shapes.ts'
import { wrongSaid } from './shapes-said.ts'

const taken = (schema: z.ZodMiniType, values: readonly unknown[]) => values.filter(value => fits(schema, value))

test('a new id is a UUIDv7 of now, or of a clock less than a day ahead', () => {
  const day = 86_400_000
  const good = [uuidv7(), uuidv7(Date.now() - 400 * day), uuidv7(Date.now() + day - 60_000)]
  const bad = [
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'ffffffff-ffff-7fff-bfff-ffffffffffff',
    uuidv7(Date.now() + day + 60_000),
    '0195a1b2-0000-4000-8000-000000000001',
    '0195a1b2-0000-7000-0000-000000000001',
    uuidv7().toUpperCase(),
    '',
  ]
  assert.deepEqual(taken(newId(), good), good)
  assert.deepEqual(taken(newId(), bad), [])
  // Older ids of other kinds stay readable.
  assert.ok(fits(id(), '0195a1b2-0000-4000-8000-000000000001'))
})

test('a list goes on after an id and after nothing else', () => {
  const query = z.object(paging)
  const after = uuidv7()
  assert.ok(fits(query, { after }))
  for (const none of ['abc', '../..', after.toUpperCase(), `${after}0`, '']) {
    const { error } = z.safeParse(query, { after: none })
    assert.deepEqual(
      error?.issues.map(issue => [issue.path.join('.'), issue.message]),
      [['after', 'cursor']],
      none,
    )
  }
})

test('an e-mail address is one address and nothing that adds another', () => {
  const good = ["siobhan.o'neill@example.org", 'first+last_2@mail.gov.tt', 'x@a-b.example', 'A@B.cd']
  const bad = [
    'x?bcc=evil%40evil.example&x@c.d',
    'x?y@c.d',
    'x&y@c.d',
    'x%40y@c.d',
    'x#y@c.d',
    'x@y@c.d',
    'x,y@c.d',
    'x;y@c.d',
    'x y@c.d',
    '<x@c.d>',
    '"x"@c.d',
    'x@c',
    'x@-c.d',
    'x@c-.d',
    'x@c..d',
    'x@.d',
    'x@c.d.',
    '@c.d',
    `${'x'.repeat(250)}@c.de`,
  ]
  assert.deepEqual(taken(email(), good), good)
  assert.deepEqual(taken(email(), bad), [])
})

test('what was said lies between sixty days ago and a small difference of clocks', () => {
  const now = new Date('2026-03-14T12:00:00Z')
  const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()
  const day = 24 * 60
  const codes = [-61 * day, -59 * day, -1, 0, 14, 16, 400 * day].map(each => wrongSaid(after(each), now)[0]?.code)
  assert.deepEqual(codes, ['too-old', undefined, undefined, undefined, undefined, 'future', 'future'])
  assert.deepEqual(wrongSaid('1900-01-01T00:00:00Z', now, 'limitsTold.saidAt'), [
    { field: 'limitsTold.saidAt', code: 'too-old' },
  ])
})

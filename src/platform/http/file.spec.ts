import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkedFile, fileResponse } from './file.ts'

const bytes = new Uint8Array([1, 2, 3])

test('a file has a name that is nothing but a name', () => {
  assert.deepEqual(checkedFile('x.y', { name: 'card-2.1_a.xlsx', bytes, more: 1 }), { name: 'card-2.1_a.xlsx', bytes })
  for (const name of [
    '',
    '.hidden',
    'a"b',
    'a/b',
    'a\\b',
    '..',
    'a..b',
    'a b',
    'a\r\nb',
    'ñ.xlsx',
    'a'.repeat(121),
    undefined,
    7,
  ])
    assert.throws(() => checkedFile('x.y', { name, bytes }), String(name))
  for (const answer of [undefined, null, {}, { name: 'a.xlsx' }, { name: 'a.xlsx', bytes: 'text' }])
    assert.throws(() => checkedFile('x.y', answer))
})

test('a file is saved and never shown', async () => {
  const response = fileResponse('application/xml', { name: 'a.xml', bytes }, async () => {})
  assert.equal(response.headers.get('content-disposition'), 'attachment; filename="a.xml"')
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
  assert.equal(response.headers.get('content-type'), 'application/xml; charset=utf-8')
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), bytes)
})

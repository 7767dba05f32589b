import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailTo } from './mail-to.ts'

test('an address writes to one e-mail address, whatever stands in it', () => {
  assert.equal(mailTo('help@casa.example'), 'mailto:help@casa.example')
  const odd = new URL(mailTo('x?bcc=evil%40evil.example&x@c.d'))
  assert.equal(odd.search, '')
  assert.equal(decodeURIComponent(odd.pathname), 'x?bcc=evil%40evil.example&x@c.d')
})

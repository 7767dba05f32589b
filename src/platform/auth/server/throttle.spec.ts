import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLoopback, neighbourhood, waitSeconds } from './throttle.ts'

test('the free tries cost nothing, then the wait doubles up to fifteen minutes', () => {
  assert.deepEqual(
    [0, 1, 4].map(n => waitSeconds(n, 4)),
    [0, 0, 0],
  )
  assert.deepEqual(
    [5, 6, 7, 8].map(n => waitSeconds(n, 4)),
    [2, 4, 8, 16],
  )
  assert.equal(waitSeconds(14, 4), 900)
  assert.equal(waitSeconds(1_000_000, 4), 900)
})

test('a wait never gets shorter with one more failure', () => {
  for (let n = 0; n < 60; n++) assert.ok(waitSeconds(n + 1, 6) >= waitSeconds(n, 6), String(n))
})

test('addresses of one /24 or /48 are one neighbourhood, others are not', () => {
  assert.equal(neighbourhood('203.0.113.9'), neighbourhood('203.0.113.250'))
  assert.notEqual(neighbourhood('203.0.113.9'), neighbourhood('203.0.114.9'))
  assert.equal(neighbourhood('::ffff:203.0.113.9'), neighbourhood('203.0.113.1'))
  assert.equal(neighbourhood('2001:db8:1::1'), neighbourhood('2001:0DB8:0001:ffff::2'))
  assert.notEqual(neighbourhood('2001:db8:1::1'), neighbourhood('2001:db8:2::1'))
  assert.equal(neighbourhood('::1'), '0:0:0::/48')
  assert.equal(neighbourhood('fe80::1%eth0'), 'fe80:0:0::/48')
  assert.equal(neighbourhood('not an address'), 'unknown')
})

test('only this machine is loopback', () => {
  for (const own of ['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1']) assert.ok(isLoopback(own), own)
  for (const other of ['128.0.0.1', '10.0.0.1', '::2', 'unknown', '127.0.0.1.example.org', '', '::ffff:10.0.0.1'])
    assert.ok(!isLoopback(other), other)
})

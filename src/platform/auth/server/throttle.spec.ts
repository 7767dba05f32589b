import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLoopback, isPlace, neighbourhood, noteHiddenPlaces, placeDelay, waitSeconds } from './throttle.ts'

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

test('a place makes nobody wait for longer than two seconds', () => {
  assert.deepEqual(
    [0, 20, 21, 22, 23, 24, 25, 1_000_000].map(n => placeDelay(n, 20)),
    [0, 0, 250, 500, 1000, 2000, 2000, 2000],
  )
})

test('an address that everybody has is no place, and in production that is said once', () => {
  assert.ok(isPlace('203.0.113.9') && isPlace('2001:db8::1'))
  for (const shared of ['127.0.0.1', '::1', 'unknown']) assert.ok(!isPlace(shared), shared)
  const said: unknown[] = []
  const log = (line: unknown) => said.push(line)
  noteHiddenPlaces({ mode: 'demonstration', log }, '127.0.0.1')
  noteHiddenPlaces({ mode: 'production', log }, '203.0.113.9')
  assert.deepEqual(said, [])
  noteHiddenPlaces({ mode: 'production', log }, '127.0.0.1')
  noteHiddenPlaces({ mode: 'production', log }, 'unknown')
  assert.deepEqual(said, [{ event: 'addresses-hidden', setting: 'SAMAAN_TRUST_PROXY' }])
})

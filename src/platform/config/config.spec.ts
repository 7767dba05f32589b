import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ConfigError, readConfig } from './config.ts'

const linesOf = (work: () => unknown): string => {
  try {
    work()
    return ''
  } catch (error) {
    return (error as ConfigError).lines.join('\n')
  }
}

test('a demonstration starts at another moment, and at no other is it ahead of the machine', () => {
  const { aheadMs } = readConfig({ SAMAAN_CLOCK: '2126-12-25T06:00:00Z' }, 'demonstration')
  assert.ok(Math.abs(Date.now() + aheadMs - Date.parse('2126-12-25T06:00:00Z')) < 60_000)
  assert.equal(readConfig({}, 'demonstration').aheadMs, 0)
  assert.equal(readConfig({ SAMAAN_CLOCK: '' }, 'demonstration').aheadMs, 0)
})

test('a moment that is none is refused', () => {
  for (const wrong of ['tomorrow', '2026-12-25', '2026-12-25T06:00:00', '2026-13-25T06:00:00Z', '0'])
    assert.match(
      linesOf(() => readConfig({ SAMAAN_CLOCK: wrong }, 'demonstration')),
      /SAMAAN_CLOCK/,
      wrong,
    )
})

test('a production refuses to be at any other moment than now', () => {
  assert.match(
    linesOf(() => readConfig({ SAMAAN_CLOCK: '2026-12-25T06:00:00Z' }, 'production')),
    /SAMAAN_CLOCK/,
  )
  assert.doesNotMatch(
    linesOf(() => readConfig({}, 'production')),
    /SAMAAN_CLOCK/,
  )
})

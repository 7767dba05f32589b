import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dimensions, getProfile, indicatorProfiles } from './indicators.ts'
import { readingCodes } from './scoring.ts'

const folder = fileURLToPath(new URL('./words/', import.meta.url))

async function wordsOf(language: string): Promise<Record<string, string>> {
  const words: Record<string, string> = {}
  for (const name of ['indicators-desk', 'readings-desk'])
    Object.assign(words, JSON.parse(await readFile(`${folder}${name}.${language}.json`, 'utf8')))
  return words
}

const keys = [
  ...indicatorProfiles.flatMap(code => getProfile(code).indicators).map(({ code }) => `screening.indicator.${code}`),
  ...indicatorProfiles.map(code => `screening.profile.${code}`),
  ...dimensions.map(code => `screening.dimension.${code}`),
  ...readingCodes.flatMap(code => ['title', 'explanation', 'next'].map(part => `screening.reading.${code}.${part}`)),
  ...['weights-missing', 'not-signed-off'].map(code => `screening.reading.refused.${code}`),
]

test('every code has words in English and in Spanish', async () => {
  const [english, spanish] = [await wordsOf('en'), await wordsOf('es')]
  for (const key of keys) {
    assert.ok(english[key], `${key} en`)
    assert.ok(spanish[key], `${key} es`)
    assert.notEqual(english[key], spanish[key], key)
  }
  assert.deepEqual(Object.keys(spanish).sort(), Object.keys(english).sort())
})

test('no two rows of a profile bear the same words within a dimension', async () => {
  for (const words of [await wordsOf('en'), await wordsOf('es')])
    for (const profile of indicatorProfiles.map(getProfile))
      for (const dimension of profile.dimensions) {
        const labels = profile.indicators
          .filter(each => each.dimension === dimension)
          .map(({ code }) => words[`screening.indicator.${code}`])
        assert.equal(new Set(labels).size, labels.length, `${profile.profile} ${dimension}`)
      }
})

test('no text of the slice names a status or judges the person', async () => {
  for (const name of await readdir(folder))
    assert.doesNotMatch(
      await readFile(`${folder}${name}`, 'utf8'),
      /victim|víctima|migrante? exitos|successful migrant/i,
      name,
    )
})

test('every reading says that a referral does not wait for it', async () => {
  const [english, spanish] = [await wordsOf('en'), await wordsOf('es')]
  for (const code of readingCodes) {
    assert.match(english[`screening.reading.${code}.next`]!, /offer help.*referral never waits/is, code)
    assert.match(spanish[`screening.reading.${code}.next`]!, /ofrezca ayuda.*derivación nunca espera/is, code)
  }
})

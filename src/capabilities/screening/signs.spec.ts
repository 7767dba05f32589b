import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dimensions, getProfile, indicatorProfiles } from './indicators.ts'
import { readingCodes } from './scoring.ts'
import { type AskAnswer, readShortScreen, screenResults, shortScreen, signCard } from './signs.ts'

const folder = fileURLToPath(new URL('./words/', import.meta.url))

async function wordsOf(language: string): Promise<Record<string, string>> {
  const words: Record<string, string> = {}
  for (const name of ['indicators-desk', 'readings-desk', 'signs'])
    Object.assign(words, JSON.parse(await readFile(`${folder}${name}.${language}.json`, 'utf8')))
  return words
}

const keys = [
  ...indicatorProfiles.flatMap(code => getProfile(code).indicators).map(({ code }) => `screening.indicator.${code}`),
  ...indicatorProfiles.map(code => `screening.profile.${code}`),
  ...dimensions.map(code => `screening.dimension.${code}`),
  ...readingCodes.flatMap(code => ['title', 'explanation', 'next'].map(part => `screening.reading.${code}.${part}`)),
  ...['weights-missing', 'not-signed-off'].map(code => `screening.reading.refused.${code}`),
  ...signCard.items.map(code => `screening.sign.${code}`),
  ...shortScreen.items.flatMap(code => [`screening.ask.${code}`, `screening.ask.${code}.hint`]),
  ...screenResults.flatMap(code => ['title', 'explanation'].map(part => `screening.ask-result.${code}.${part}`)),
  ...[signCard, shortScreen].map(({ code }) => `screening.instrument.${code}`),
]

test('the card has twelve signs and the short screen eight questions', () => {
  assert.equal(new Set(signCard.items).size, 12)
  assert.equal(new Set(shortScreen.items).size, 8)
})

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

test('the field instruments do not ask about sex or about violence done', async () => {
  const forbidden = /\bsex|violen|\bhit\b|beat|\brape|golpe|abus/i
  for (const words of [await wordsOf('en'), await wordsOf('es')])
    for (const [key, text] of Object.entries(words))
      if (/^screening\.(sign|ask)\./.test(key)) assert.doesNotMatch(text, forbidden, key)
})

test('every reading says that a referral does not wait for it', async () => {
  const [english, spanish] = [await wordsOf('en'), await wordsOf('es')]
  for (const code of readingCodes) {
    assert.match(english[`screening.reading.${code}.next`]!, /offer help.*referral never waits/is, code)
    assert.match(spanish[`screening.reading.${code}.next`]!, /ofrezca ayuda.*remisión nunca espera/is, code)
  }
})

test('any yes means to talk further, and nothing else does', () => {
  const allOf = (answer: AskAnswer) => Object.fromEntries(shortScreen.items.map(code => [code, answer]))
  for (const code of shortScreen.items) assert.equal(readShortScreen({ ...allOf('no'), [code]: 'yes' }), 'talk-further')
  for (const answer of ['no', 'unknown', 'not-said', 'not-asked'] as const)
    assert.equal(readShortScreen(allOf(answer)), 'nothing-heard')
  assert.equal(readShortScreen({ 'no-such-question': 'yes' }), 'nothing-heard')
})

test('the instruments say that they are not validated', () => {
  for (const { validity, licence, source } of [signCard, shortScreen]) {
    assert.equal(validity.status, 'not-validated')
    assert.ok(validity.statement && licence && source)
  }
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { countryChoices, countryName, languageChoices, languageName } from '#platform/country/names.ts'
import { loadWords } from '#platform/words/load.ts'
import { toggled } from './choices.ts'
import { clockState } from './clock-state.ts'
import { joinedDate, partsOfDate } from './date-parts.ts'
import { problemText } from './problem-text.ts'

describe('choices', () => {
  const options = [{ value: 'a' }, { value: 'b' }, { value: 'none', exclusive: true }]

  test('an exclusive answer and the others rule each other out', () => {
    assert.deepEqual(toggled(['a', 'b'], options[2]!, options), ['none'])
    assert.deepEqual(toggled(['none'], options[0]!, options), ['a'])
  })

  test('an answer is added, and taken back when pressed again', () => {
    assert.deepEqual(toggled(['a'], options[1]!, options), ['a', 'b'])
    assert.deepEqual(toggled(['a', 'b'], options[0]!, options), ['b'])
  })
})

describe('date fields', () => {
  test('three fields make a date and a date fills three fields', () => {
    assert.equal(joinedDate({ day: '4', month: '7', year: '1998' }), '1998-07-04')
    assert.deepEqual(partsOfDate('1998-07-04'), { day: '4', month: '7', year: '1998' })
  })

  test('an unfinished date keeps what was typed and is no date', () => {
    const value = joinedDate({ day: '4', month: '', year: '1998' })
    assert.ok(Number.isNaN(Date.parse(value)))
    assert.deepEqual(partsOfDate(value), { day: '4', month: '', year: '1998' })
  })

  test('three empty fields are nothing', () => {
    assert.equal(joinedDate(partsOfDate('')), '')
  })
})

describe('a clock', () => {
  const clock = { due: '2026-03-14T12:00:00Z', warnAt: '2026-03-14T10:00:00Z' }
  const at = (time: string) => new Date(`2026-03-14T${time}Z`)

  test('is due, then soon, then overdue from the very moment', () => {
    assert.equal(clockState(clock, at('09:59:59')), 'due')
    assert.equal(clockState(clock, at('10:00:00')), 'soon')
    assert.equal(clockState(clock, at('12:00:00')), 'overdue')
  })

  test('never warns while paused or once done', () => {
    assert.equal(clockState({ ...clock, paused: true }, at('13:00:00')), 'paused')
    assert.equal(clockState({ ...clock, paused: true, doneAt: '2026-03-14T13:00:00Z' }, at('14:00:00')), 'done')
  })
})

describe('names of languages and countries', () => {
  test('are in the reader’s language', () => {
    assert.equal(languageName('ht', 'en'), 'Haitian Creole')
    assert.equal(languageName('ht', 'es'), 'Criollo haitiano')
    assert.equal(countryName('DOM', 'en'), 'Dominican Republic')
    assert.equal(countryName('DOM', 'es'), 'República Dominicana')
  })

  test('of what stands in no list are the code itself', () => {
    assert.equal(countryName('XSA', 'en'), 'XSA')
    assert.equal(countryName('', 'en'), '')
    assert.equal(languageName('not a code', 'en'), 'not a code')
  })

  test('are the same in a list of choices, each once', () => {
    const countries = countryChoices('es')
    assert.equal(new Set(countries.map(one => one.value)).size, countries.length)
    for (const { value, label } of countries) assert.equal(countryName(value, 'es'), label)
    const languages = languageChoices('en', ['ht', 'en'])
    assert.deepEqual(
      languages.slice(0, 2).map(one => one.value),
      ['ht', 'en'],
    )
    assert.equal(new Set(languages.map(one => one.value)).size, languages.length)
  })
})

describe('the text of a problem', () => {
  const { en, es } = loadWords()

  test('is the server’s own words where it sent some', () => {
    const body = {
      type: 'about:blank',
      title: 'Some answers need another look',
      status: 400,
      code: 'invalid-input',
      errors: [{ field: 'person.age', code: 'too-big', detail: 'The age is too high' }],
    }
    assert.deepEqual(problemText(Object.assign(new Error('invalid-input'), { body }), en), {
      title: body.title,
      detail: undefined,
      errors: [{ field: 'person.age', message: 'The age is too high' }],
      again: false,
    })
  })

  test('says that the connection is gone when a fetch failed', () => {
    assert.equal(problemText(new TypeError('Failed to fetch'), en).detail, en.t('ui.problem.offline'))
  })

  test('never shows the message of a defect', () => {
    const text = JSON.stringify(problemText(new Error('secret at line 3'), es))
    assert.ok(!text.includes('secret'))
    assert.ok(text.includes(es.t('ui.problem.other')))
  })

  test('a refusal looks like something missing', () => {
    assert.equal(problemText({ status: 403 }, en).detail, problemText({ status: 404 }, en).detail)
  })
})

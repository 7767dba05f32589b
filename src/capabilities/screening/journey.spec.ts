import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parse } from '#platform/contract/parse.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { screening } from './contract.ts'
import {
  type Answers,
  answered,
  childOf,
  type Field,
  findPage,
  type Made,
  nextOpen,
  noCard,
  pageOf,
  pages,
  pathOf,
  recordOf,
  type Using,
  wrongOn,
} from './journey.ts'

const made: Made = {
  id: uuidv7(),
  case: uuidv7(),
  limitsTold: uuidv7(),
  country: 'XSA',
  startedAt: '2026-03-14T15:00:00.000Z',
  toldAt: '2026-03-14T15:01:00.000Z',
  card: { instrument: 'labour-sign-card', version: '2', answers: { signs: ['kept-in'] }, declined: [], done: true },
  shortScreen: { instrument: 'short-screen', version: '2', answers: { papers: 'yes' }, declined: [], done: true },
}
const adult: Answers = {
  signCard: 'labour-sign-card',
  questions: 'short-screen',
  placeSafe: 'yes',
  language: 'es',
  interpreter: 'none',
  child: 'no',
  'limitsTold.givenBy': 'person',
  told: ['yes'],
  ask: 'no',
  worried: 'no',
  danger: 'no',
  urgency: 'routine',
}
const ids = (answers: Answers) => pathOf(answers).map(page => page.id)
const asks = (answers: Answers) => ids(answers).filter(id => id === 'questions')

const offered = {
  languages: ['es', 'ht'],
  countries: ['XSA', 'VEN'],
  cards: ['labour-sign-card', 'police-sign-card', noCard],
} as const

/** Any answer that the drawn page can give to each field, or none. */
const anyAnswers: fc.Arbitrary<Answers> = fc.record(
  Object.fromEntries(
    pages
      .flatMap(page => page.fields)
      .map(({ name, kind, options, max, required }) => {
        const codes = typeof options === 'string' ? offered[options] : (options ?? [])
        if (kind === 'moment') return [name, fc.constantFrom('', '2026-03-01T08:30', 'once')]
        if (kind === 'tick') return [name, fc.subarray([...codes])]
        if (codes.length > 0) return [name, fc.constantFrom(...codes, ...(required ? [] : ['']))]
        if (kind === 'number') return [name, fc.oneof(fc.nat(130).map(String), fc.constantFrom('', '-', '1.5'))]
        if (kind === 'phone') return [name, fc.constantFrom('', '+999 555 0142', '12', '------')]
        return [name, fc.string({ maxLength: Math.min(max ?? 50, 50), unit: 'binary' })]
      }),
  ),
  { requiredKeys: [] },
)

describe('the screening journey', () => {
  test('the limits of confidentiality are told before anything is asked of the person', () => {
    fc.assert(
      fc.property(anyAnswers, answers => {
        const path = ids(answers)
        const limits = path.indexOf('limits')
        assert.ok(limits >= 0)
        for (const later of ['ask', 'person', 'reach', 'told', ...asks(answers)])
          if (path.includes(later)) assert.ok(path.indexOf(later) > limits, later)
      }),
    )
  })

  test('a child, and whoever may be one, is not asked the questions', () => {
    for (const child of ['yes', 'in-doubt']) {
      const answers = { ...adult, child, ask: 'yes' }
      assert.deepEqual(asks(answers), [])
      assert.ok(ids(answers).includes('child'))
      assert.equal(recordOf(answers, made).shortScreen, undefined)
      assert.equal(recordOf(answers, made).card?.instrument, 'labour-sign-card')
    }
    assert.equal(asks({ ...adult, ask: 'yes' }).length, 1)
  })

  test('an age under the country’s leads to the child path, whatever the person seemed', () => {
    const aged = (age: string, childUnder = 18, from: Answers = { ...adult, ask: 'yes' }) =>
      answered(from, 'identity.age', age, childUnder)
    const child = aged('11')
    assert.equal(findPage('person')!.next(child), 'younger')
    assert.equal(findPage('younger')!.part, 'child')
    assert.equal(ids(child).filter(id => id === 'younger').length, 1)
    assert.deepEqual(asks(child), [])
    assert.equal(recordOf(child, made).shortScreen, undefined)
    assert.equal(recordOf(child, made).child, 'yes')
    assert.equal(childOf(child), 'yes')
    assert.equal(recordOf({ ...child, 'limitsTold.givenBy': 'guardian' }, made).limitsTold.givenBy, 'guardian')
    assert.equal(nextOpen(child, made), 'check')
    assert.equal(recordOf(aged('20', 21), made).child, 'yes')
    for (const none of ['18', '40', '', '-', '1.5', 'x']) {
      assert.equal(findPage('person')!.next(aged(none)), 'reach', none)
      assert.equal(childOf(aged(none)), 'no', none)
    }
    // An age typed digit by digit, or corrected, counts as it stands.
    assert.equal(recordOf(aged('19', 18, aged('1')), made).child, 'no')
    assert.equal(asks(aged('19', 18, aged('1'))).length, 1)
  })

  test('age in doubt stays in doubt, and nobody is told twice', () => {
    const doubt = answered({ ...adult, child: 'in-doubt' }, 'identity.age', '15', 18)
    assert.equal(recordOf(doubt, made).child, 'in-doubt')
    assert.equal(ids(doubt).includes('younger'), false)
    assert.equal(recordOf(answered(doubt, 'identity.age', '40', 18), made).child, 'in-doubt')
  })

  test('nobody is questioned where others may listen', () => {
    const answers = { ...adult, placeSafe: 'no', ask: 'yes' }
    assert.deepEqual(asks(answers), [])
    assert.equal(ids(answers)[2], 'unsafe')
    assert.equal(recordOf(answers, made).shortScreen, undefined)
  })

  test('an interpreter of the person’s circle has to be replaced first', () => {
    const page = findPage('talk')!
    const by = (interpreterFree: string) =>
      wrongOn(page, { ...adult, interpreter: 'by-phone', interpreterFree }, made).map(wrong => wrong.code)
    assert.deepEqual(by('no'), ['interpreter'])
    assert.deepEqual(by('yes'), [])
    assert.deepEqual(by(''), ['choose'])
  })

  test('nothing about the person is needed, and no answer is needed to go on to sending', () => {
    assert.equal(nextOpen(adult, made), 'check')
    const body = parse(screening.record.body, recordOf(adult, made), 'body')
    assert.deepEqual(body.identity, { language: 'es' })
    assert.equal(body.story, undefined)
  })

  test('a guardian hears the limits for a child and for nobody else', () => {
    const answers = { ...adult, child: 'yes', 'limitsTold.givenBy': 'guardian' }
    assert.equal(nextOpen(answers, made), 'check')
    assert.equal(recordOf(answers, made).limitsTold.givenBy, 'guardian')
    assert.equal(nextOpen({ ...answers, child: 'no' }, made), 'limits')
  })

  test('danger is an emergency and shows the urgent steps', () => {
    const answers = { ...adult, danger: 'yes', urgency: 'routine' }
    assert.equal(recordOf(answers, made).urgency, 'emergency')
    assert.equal(ids(answers).at(-1), 'danger')
  })

  test('a new language or interpreter means telling the limits again', () => {
    assert.equal(nextOpen(answered(adult, 'language', 'fr', 18), made), 'limits')
    assert.equal(nextOpen(answered(adult, 'interpreter', 'none', 18), made), 'limits')
    assert.equal(nextOpen(answered(adult, 'story', 'More', 18), made), 'check')
  })

  test('a changed answer opens the pages it needs and no others', () => {
    assert.equal(nextOpen({ ...adult, ask: 'yes' }, { ...made, shortScreen: undefined }), 'questions')
    assert.equal(nextOpen({ ...adult, ask: 'yes' }, made), 'check')
    assert.equal(nextOpen({ ...adult, danger: undefined }, made), 'urgency')
  })

  test('a value that the server refuses is found on its own page, and leads back to it', () => {
    const answers = { ...adult, 'identity.phone': '12', 'identity.age': '300' }
    assert.deepEqual(wrongOn(findPage('reach')!, answers, made), [{ field: 'identity.phone', code: 'phone' }])
    assert.deepEqual(wrongOn(findPage('person')!, answers, made), [
      { field: 'identity.age', code: 'too-large', limit: 120 },
    ])
    assert.equal(pageOf('identity.phone', pathOf(answers))?.id, 'reach')
    assert.equal(pageOf('card.answers.signs', pathOf(answers))?.id, 'signs')
    assert.equal(pageOf('shortScreen.answers.debt', pathOf({ ...answers, ask: 'yes' }))?.id, 'questions')
    assert.equal(pageOf('country', pathOf(answers)), undefined)
  })

  test('whatever passes page by page is accepted by the contract of the command', () => {
    let passed = 0
    fc.assert(
      fc.property(anyAnswers, random => {
        const answers = { ...adult, ...random }
        if (nextOpen(answers, made) !== 'check') return
        passed++
        parse(screening.record.body, JSON.parse(JSON.stringify(recordOf(answers, made))), 'body')
      }),
      { numRuns: 2000 },
    )
    assert.ok(passed > 20, `only ${passed} were whole`)
  })

  test('what was shown goes along in its version, and what was declined beside what was answered', () => {
    const asked = { ...adult, ask: 'yes' }
    const used: Using = { ...made.shortScreen!, declined: ['debt'] }
    const body = parse(screening.record.body, recordOf(asked, { ...made, shortScreen: used }), 'body')
    assert.deepEqual(body.card, { instrument: 'labour-sign-card', version: '2', answers: { signs: ['kept-in'] } })
    assert.deepEqual(body.shortScreen, {
      instrument: 'short-screen',
      version: '2',
      answers: { papers: 'yes' },
      declined: ['debt'],
    })
    const without = { ...asked, signCard: noCard, questions: undefined }
    assert.equal(ids(without).includes('signs'), false)
    assert.equal(ids(without).includes('ask'), false)
    assert.equal(nextOpen(without, { ...made, card: undefined, shortScreen: undefined }), 'check')
  })

  test('what was on paper has its own date and author, and is not sent without them', () => {
    const written = new Date(Date.now() - 400 * 86_400_000).toISOString().slice(0, 16)
    const paper = { ...adult, paper: 'yes' }
    assert.deepEqual(
      wrongOn(findPage('start')!, paper, made).map(wrong => wrong.field),
      ['paper.writtenAt', 'paper.writtenBy'],
    )
    const whole = { ...paper, 'paper.writtenAt': written, 'paper.writtenBy': 'Sister Amparo' }
    assert.equal(nextOpen(whole, made), 'check')
    const body = parse(screening.record.body, recordOf(whole, made), 'body')
    const at = new Date(written).toISOString()
    assert.deepEqual(body.paper, { writtenAt: at, writtenBy: 'Sister Amparo' })
    assert.deepEqual([body.saidAt, body.limitsTold.saidAt], [at, at])
    for (const [when, code] of [
      ['2001-01-01T08:00', 'too-old'],
      ['2999-01-01T08:00', 'future'],
    ] as const)
      assert.deepEqual(wrongOn(findPage('start')!, { ...whole, 'paper.writtenAt': when }, made), [
        { field: 'paper.writtenAt', code },
      ])
    assert.equal(recordOf(adult, made).paper, undefined)
  })

  test('every page, field and answer has words in every language', () => {
    const catalogues = loadCatalogues(['base'])
    const keys = pages
      .filter(page => !page.form)
      .flatMap(page => [`screening.page.${page.id}.title`, ...page.fields.flatMap(field => wordsOf(field))])
    for (const catalogue of Object.values(catalogues))
      assert.deepEqual(
        keys.filter(key => !Object.hasOwn(catalogue, key)),
        [],
      )
  })
})

function wordsOf({ name, options, words }: Field): string[] {
  const codes = Array.isArray(options) ? (options as string[]) : []
  return [`screening.field.${name}`, ...codes.map(code => `${words ?? `screening.option.${name}`}.${code}`)]
}

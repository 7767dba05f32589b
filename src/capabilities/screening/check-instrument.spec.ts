import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadWords } from '#platform/words/load.ts'
import { checkInstrument, ruleLimits } from './check-instrument.ts'
import type { Instrument } from './instrument.ts'
import { labourCard } from './instruments/card-labour.ts'
import { shippedInstruments } from './instruments/shipped.ts'
import { shortScreen } from './instruments/short-screen.ts'
import type { Condition, Rule } from './rules.ts'

const withRules = (...changes: Partial<Rule>[]): Instrument => ({
  ...shortScreen,
  rules: changes.map((change, index) => ({ ...shortScreen.rules[0]!, code: `r${index}`, ...change })),
})
const when = (condition: Condition): Instrument => withRules({ when: condition })
const withAbout = (change: object): Instrument => ({ ...shortScreen, about: { ...shortScreen.about, ...change } })
const withForm = (change: object): Instrument => ({ ...shortScreen, form: { ...shortScreen.form, ...change } })
const atLeast = (change: object): Instrument =>
  when({ kind: 'at-least', count: 1, questions: ['papers'], answers: ['yes'], ...change })

const words = loadWords()
/** What is found, as code and column. */
const found = (instrument: Instrument): string[] => {
  const flaws = checkInstrument(instrument)
  for (const { code } of flaws)
    for (const lang of ['en', 'es'] as const) assert.ok(words[lang].has(`forms.flaw.${code}`), `${lang}: ${code}`)
  return flaws.map(({ code, sheet, column }) => `${sheet} ${column} ${code}`)
}

describe('an instrument', () => {
  for (const instrument of shippedInstruments)
    it(`${instrument.form.id} holds`, () => assert.deepEqual(found(instrument), []))

  const wrong: readonly (readonly [what: string, instrument: Instrument, flaws: readonly string[]])[] = [
    ['a question that is not there', atLeast({ questions: ['pasport'] }), ['rules questions name-unknown']],
    ['an answer that is not offered', atLeast({ answers: ['perhaps'] }), ['rules answers rule-answer']],
    ['a note as a question', atLeast({ questions: ['before'] }), ['rules answers rule-no-choices']],
    ['a count beyond its questions', atLeast({ count: 2 }), ['rules count rule-count']],
    ['a count of nothing', atLeast({ count: 0 }), ['rules count rule-count']],
    ['half a count', atLeast({ count: 0.5 }), ['rules count rule-count']],
    ['no questions', atLeast({ questions: [] }), ['rules questions instrument-needed', 'rules count rule-count']],
    [
      'a question without numbers',
      when({ kind: 'number', question: 'papers', atLeast: 2 }),
      ['rules question rule-no-number'],
    ],
    [
      'a number compared with nothing',
      when({ kind: 'number', question: 'papers' }),
      ['rules question rule-no-number', 'rules at_least instrument-needed'],
    ],
    [
      'not saying taken for a sign',
      when({ kind: 'dimension', answers: ['yes', 'not-said'], strong: ['papers'], medium: [], weak: [] }),
      ['rules answers rule-open-answer'],
    ],
    [
      'a sign with two weights',
      when({ kind: 'dimension', answers: ['yes'], strong: ['papers'], medium: ['papers'], weak: [] }),
      ['rules strong rule-twice'],
    ],
    ['a rule that is not there', when({ kind: 'any', rules: ['ghost'] }), ['rules rules rule-unknown']],
    ['two rules of one code', withRules({ code: 'same' }, { code: 'same' }), ['rules code rule-twice']],
    ['a code with a space', withRules({ code: 'Talk now' }), ['rules code rule-code']],
    ['advice in one language', withRules({ advice: { en: 'Help.' } }), ['rules advice::es instrument-language']],
    ['a rule without its source', withRules({ source: ' ' }), ['rules source instrument-needed']],
    ['a role of nobody', withAbout({ whoMayUse: ['captain'] }), ['about who_may_use instrument-role']],
    ['nobody who may use it', withAbout({ whoMayUse: [] }), ['about who_may_use instrument-needed']],
    ['questions put to a child', withAbout({ person: 'child' }), ['about person instrument-child-asked']],
    ['questions put to anybody', withAbout({ person: 'any' }), ['about person instrument-child-asked']],
    ['a layer of its own', withAbout({ layer: 'quiz' }), ['about layer instrument-choice']],
    [
      'what is known of it in one language',
      withAbout({ validity: { ...shortScreen.about.validity, statement: { es: 'No probado.' } } }),
      ['about validity_statement::en instrument-language'],
    ],
    ['an id that no address can hold', withForm({ id: 'Short Screen' }), ['settings form_id instrument-code']],
    ['a version with a slash', withForm({ version: '2/3' }), ['settings version instrument-version']],
  ]
  for (const [what, instrument, flaws] of wrong)
    it(`with ${what} is refused, with its sheet and column`, () => assert.deepEqual(found(instrument), flaws))

  it('with rules in a circle is refused at each of them, and at what rests on them', () => {
    const circle = withRules(
      { code: 'a', when: { kind: 'any', rules: ['b'] } },
      { code: 'b', when: { kind: 'none', rules: ['c'] } },
      { code: 'c', when: { kind: 'all', rules: ['a', 'free'] } },
      { code: 'free' },
      { code: 'self', when: { kind: 'any', rules: ['self'] } },
    )
    const flaws = checkInstrument(circle, { ruleRows: [2, 3, 5, 6, 9] })
    assert.deepEqual(
      flaws.map(({ code, row, detail }) => [code, row, detail]),
      [
        ['rule-circle', 2, 'a'],
        ['rule-circle', 3, 'b'],
        ['rule-circle', 5, 'c'],
        ['rule-circle', 9, 'self'],
      ],
    )
  })

  it('may count a written question that was declined, and no other answer to it', () => {
    const told = { kind: 'question' as const, name: 'told', type: 'text' as const, appearance: 'multiline not-said' }
    const label = { en: 'What happened?', es: '¿Qué pasó?' }
    const withTold = (answer: string): Instrument => {
      const one = atLeast({ questions: ['told'], answers: [answer] })
      return { ...one, form: { ...one.form, body: [...one.form.body, { ...told, label }] } }
    }
    assert.deepEqual(found(withTold('not-said')), [])
    assert.deepEqual(found(withTold('yes')), ['rules answers rule-answer'])
  })

  it('with a name that stands in two places is refused where a rule cites it', () => {
    const [question] = labourCard.form.body
    const group = { kind: 'group' as const, name: 'again', children: [question!] }
    const twice: Instrument = { ...labourCard, form: { ...labourCard.form, body: [...labourCard.form.body, group] } }
    assert.deepEqual(found(twice), ['rules question name-ambiguous'])
  })

  it('with more rules, or longer ones, than anybody reads is refused at once', () => {
    const many = withRules(...Array.from({ length: 5_000 }, () => ({})))
    assert.ok(found(many).includes('rules code too-many-rules'))
    const long = atLeast({ questions: Array.from({ length: ruleLimits.cited + 1 }, (_, index) => `q${index}`) })
    assert.ok(found(long).includes('rules questions rule-too-long'))
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Flaw, limits } from '#platform/forms/definition.ts'
import { importInWorker } from '#platform/forms/import-in-worker.ts'
import { type Rows, spreadsheet } from '../../../../../tests/harness/sheets.ts'
import type { Instrument } from '../../instrument.ts'
import { shippedInstruments } from '../../instruments/shipped.ts'
import { instrumentFrom, instrumentWorkbook, ownSheets } from './instrument-workbook.ts'

const read = async (bytes: Uint8Array) => instrumentFrom(await importInWorker({ bytes, further: ownSheets }))

describe('the workbook of an instrument', () => {
  for (const instrument of shippedInstruments)
    it(`reads ${instrument.form.id} back as it was written`, async () => {
      const { instrument: again, flaws, warnings } = await read(await instrumentWorkbook(instrument))
      assert.deepEqual(flaws, [])
      assert.deepEqual(warnings, [])
      assert.deepEqual(again, JSON.parse(JSON.stringify(instrument)) as Instrument)
    })
})

/** A good instrument as sheets, with one of them changed. */
const sheets = (change: Readonly<Record<string, Rows>> = {}): Readonly<Record<string, Rows>> => ({
  survey: [
    ['type', 'name', 'label::en'],
    ['select_one yn', 'paid', 'Were you paid?'],
    ['integer', 'hours', 'Hours a day'],
  ],
  choices: [
    ['list_name', 'name', 'label::en'],
    ['yn', 'yes', 'Yes'],
    ['yn', 'no', 'No'],
  ],
  settings: [
    ['form_id', 'form_title', 'version'],
    ['pay-card', 'Pay', '1'],
  ],
  rules,
  about,
  ...change,
})
const rules: Rows = [
  ['code', 'label::en', 'advice::en', 'kind', 'count', 'questions', 'answers', 'question', 'at_least', 'source'],
  ['not-paid', 'Not paid', 'Offer advice.', 'at-least', 1, 'paid', 'no', null, null, 'Invented'],
  ['long-days', 'Long days', 'Offer advice.', 'number', null, null, null, 'hours', 12, 'Invented'],
]
const about: Rows = [
  [
    ...['layer', 'sector', 'person', 'who_may_use', 'training_needed', 'source', 'verified', 'licence'],
    ...['validity', 'validity_statement::en', 'validity_source', 'validity_verified'],
  ],
  ['card', 'labour', 'any', 'officer, intake', 'no', 'Ours', 'G', 'Ours', 'not-validated', 'Not tested.', 'Ours', 'G'],
]
const withCell = (rows: Rows, row: number, header: string, value: string | number | null): Rows => {
  const column = rows[0]!.indexOf(header)
  return rows.map((cells, at) => (at === row ? cells.map((cell, index) => (index === column ? value : cell)) : cells))
}
const places = (flaws: readonly Flaw[]) =>
  flaws.map(({ code, sheet, row, column }) => [code, sheet, row, column].filter(one => one !== undefined).join(' '))
const flawsOf = async (change: Readonly<Record<string, Rows>>) =>
  places((await read(await spreadsheet(sheets(change)))).flaws)

describe('a workbook that people wrote', () => {
  it('is read with numbers, commas and columns in any order', async () => {
    const { instrument, flaws } = await read(await spreadsheet(sheets()))
    assert.deepEqual(flaws, [])
    assert.deepEqual(
      instrument?.rules.map(({ code, when }) => [code, when]),
      [
        ['not-paid', { kind: 'at-least', count: 1, questions: ['paid'], answers: ['no'] }],
        ['long-days', { kind: 'number', question: 'hours', atLeast: 12 }],
      ],
    )
    assert.deepEqual(instrument?.about.whoMayUse, ['officer', 'intake'])
    assert.doesNotMatch(JSON.stringify(instrument), /"at":/)
  })

  it('may have no rules, and says so when it has no `about`', async () => {
    assert.deepEqual(await flawsOf({ rules: [] as Rows }), [])
    assert.deepEqual(await flawsOf({ about: [] as Rows }), ['sheet-missing'])
  })

  const wrong: readonly (readonly [what: string, change: Readonly<Record<string, Rows>>, flaws: readonly string[]])[] =
    [
      [
        'a question that is not there',
        { rules: withCell(rules, 1, 'questions', 'payed') },
        ['name-unknown rules 2 questions'],
      ],
      [
        'a kind that is none',
        { rules: withCell(rules, 2, 'kind', 'total') },
        ['rule-kind rules 3 kind', 'instrument-needed rules 3 rules'],
      ],
      [
        'a cell that its kind does not look at',
        { rules: withCell(rules, 1, 'at_least', 3) },
        ['rule-cell rules 2 at_least'],
      ],
      [
        'a word for a number',
        { rules: withCell(rules, 2, 'at_least', 'many') },
        ['rule-count rules 3 at_least', 'instrument-needed rules 3 at_least'],
      ],
      [
        'a label that is missing',
        { rules: withCell(rules, 2, 'label::en', null) },
        ['instrument-language rules 3 label::en'],
      ],
      ['a column that means nothing', { rules: withCell(rules, 0, 'count', 'score') }, ['column-name rules 1 score']],
      [
        'a column in no language',
        { rules: withCell(rules, 0, 'label::en', 'label::!!') },
        [
          'language-name rules 1 label::!!',
          'instrument-language rules 2 label::en',
          'instrument-language rules 3 label::en',
        ],
      ],
      ['a second row about it', { about: [...about, about[1]!] }, ['about-row about 3 layer']],
      [
        'a yes or no that is neither',
        { about: withCell(about, 1, 'training_needed', 'perhaps') },
        ['instrument-choice about 2 training_needed'],
      ],
      [
        'a text that is too long',
        { about: withCell(about, 1, 'licence', 'x'.repeat(limits.textLength + 1)) },
        ['text-too-long about 2 licence', 'instrument-needed about 2 licence'],
      ],
      [
        'a flaw in the form and one in the rules',
        {
          survey: [
            ['type', 'name', 'label::en'],
            ['colour', 'paid', 'Were you paid?'],
          ],
          rules: withCell(rules, 2, 'kind', 'total'),
        },
        ['type-unknown survey 2 type', 'rule-kind rules 3 kind'],
      ],
    ]
  for (const [what, change, flaws] of wrong)
    it(`with ${what} is refused with sheet, row and column`, async () => assert.deepEqual(await flawsOf(change), flaws))

  it('with thousands of rules is refused without reading them all', async () => {
    const many: Rows = [rules[0]!, ...Array.from({ length: 5_000 }, () => rules[1]!)]
    const flaws = await flawsOf({ rules: many })
    assert.equal(flaws[0], 'too-many-rows rules')
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Rows, spreadsheet } from '../../../../tests/harness/sheets.ts'
import type { Flaw } from '../definition.ts'
import { FormFlaw } from '../flaw.ts'
import { importXlsForm } from './import.ts'

type Sheets = Readonly<Record<string, Rows>>

async function flawsOf(sheets: Sheets): Promise<readonly Flaw[]> {
  try {
    await importXlsForm(await spreadsheet(sheets))
  } catch (error) {
    if (error instanceof FormFlaw) return error.flaws
    throw error
  }
  return []
}

/** `code sheet:row:column`, the shortest that says where. */
const brief = ({ code, sheet, row, column }: Flaw): string =>
  `${code} ${[sheet, row, column].filter(Boolean).join(':')}`
const survey = (...rows: Rows): Sheets => ({ survey: [['type', 'name', 'label'], ...rows] })
const refusals: readonly [what: string, sheets: Sheets, expected: readonly string[]][] = [
  ['no sheet of questions', { one: [['a']], two: [['b']] }, ['sheet-missing ']],
  [
    'no column of types',
    {
      survey: [
        ['name', 'label'],
        ['a', 'A'],
      ],
    },
    ['column-missing survey', 'type-missing survey:2'],
  ],
  ['an empty form', survey(), ['form-empty survey']],
  ['an unknown type', survey(['txt', 'a', 'A']), ['type-unknown survey:2:type']],
  ['a type of another program', survey(['background-audio', 'a', null]), ['type-not-supported survey:2:type']],
  ['a question without a type', survey([null, 'a', 'A']), ['type-missing survey:2:type']],
  ['a question without a name', survey(['text', null, 'A']), ['name-missing survey:2:name']],
  ['a name with a space', survey(['text', 'a b', 'A']), ['name-invalid survey:2:name']],
  [
    'a name that objects have',
    survey(['text', '__proto__', 'A'], ['text', 'constructor', 'B']),
    ['name-reserved survey:2:name', 'name-reserved survey:3:name'],
  ],
  ['one name twice', survey(['text', 'a', 'A'], ['text', 'a', 'B']), ['name-twice survey:3:name']],
  ['a group that nothing ends', survey(['begin group', 'g', 'G'], ['text', 'a', 'A']), ['not-closed survey:2:type']],
  [
    'an end without a beginning',
    survey(['text', 'a', 'A'], ['end repeat', null, null]),
    ['end-unmatched survey:3:type'],
  ],
  [
    'a repeat ended as a group',
    survey(['begin repeat', 'r', 'R'], ['text', 'a', 'A'], ['end group', null, null], ['end repeat', null, null]),
    ['end-unmatched survey:4:type'],
  ],
  ['a list that is not there', survey(['select_one x', 'a', 'A']), ['list-unknown survey:2:type']],
  ['a select without a list', survey(['select_one', 'a', 'A']), ['list-missing survey:2:type']],
  ['choices out of answers', survey(['select_one ${b}', 'a', 'A']), ['choices-from-answers survey:2:type']],
  ['a file that was not sent', survey(['select_one_from_file places.csv', 'a', 'A']), ['file-missing survey:2:type']],
  ['a calculation without one', survey(['calculate', 'a', null]), ['calculation-missing survey:2']],
  [
    'an expression that does not end',
    {
      survey: [
        ['type', 'name', 'label', 'Relevance'],
        ['text', 'a', 'A', 'if('],
      ],
    },
    ['expression-unfinished survey:2:Relevance'],
  ],
  ['a reference to nothing', survey(['note', 'a', 'Hello ${b}']), ['name-unknown survey:2:label']],
  [
    'a circle',
    {
      survey: [
        ['type', 'name', 'label', 'relevant'],
        ['text', 'a', 'A', '${b} = 1'],
        ['text', 'b', 'B', '${a} = 1'],
      ],
    },
    ['cycle survey:2'],
  ],
  [
    'one choice twice',
    {
      ...survey(['select_one x', 'a', 'A']),
      choices: [
        ['list_name', 'name', 'label'],
        ['x', 'y', 'Y'],
        ['x', 'y', 'Z'],
      ],
    },
    ['choice-twice choices:3:name'],
  ],
  [
    'a choice with a space among several to choose',
    {
      ...survey(['select_multiple x', 'a', 'A']),
      choices: [
        ['list name', 'value', 'label'],
        ['x', 'y z', 'Y'],
      ],
    },
    ['choice-with-space survey:2:type'],
  ],
  [
    'a column of choices that objects have',
    {
      ...survey(['text', 'a', 'A']),
      choices: [
        ['list_name', 'name', 'label', '__proto__'],
        ['x', 'y', 'Y', '1'],
      ],
    },
    ['name-reserved choices:1:__proto__'],
  ],
  [
    'one column twice',
    {
      survey: [
        ['type', 'name', 'label', 'caption'],
        ['text', 'a', 'A', 'B'],
      ],
    },
    ['column-twice survey:1:caption'],
  ],
  [
    'a constraint on a group',
    {
      survey: [
        ['type', 'name', 'label', 'constraint'],
        ['begin group', 'g', 'G', '. > 1'],
        ['text', 'a', 'A', null],
        ['end group', null, null, null],
      ],
    },
    ['cell-not-here survey:2:constraint'],
  ],
  [
    'a range that goes nowhere',
    {
      survey: [
        ['type', 'name', 'label', 'parameters'],
        ['range', 'a', 'A', 'start=1 end=5 step=9'],
      ],
    },
    ['range survey:2:parameters'],
  ],
  ['entities', { ...survey(['text', 'a', 'A']), entities: [['dataset'], ['trees']] }, ['sheet-not-supported entities']],
  ['a control character', survey(['text', 'a', 'A\u{85}']), ['character survey:2:label']],
  [
    'a default language without its words',
    {
      survey: [
        ['type', 'name', 'label::en', 'label::es'],
        ['text', 'a', 'A', null],
      ],
      settings: [['default_language'], ['es']],
    },
    ['missing-default-translation survey:2:label::es'],
  ],
  [
    'a default language that no column has',
    {
      survey: [
        ['type', 'name', 'label::en'],
        ['text', 'a', 'A'],
      ],
      settings: [['default_language'], ['fr']],
    },
    ['default-language-missing settings', 'missing-default-translation survey:2:label::en'],
  ],
]

describe('a sheet is refused for', () => {
  for (const [what, sheets, expected] of refusals) {
    test(what, async () => {
      assert.deepEqual((await flawsOf(sheets)).map(brief), expected)
    })
  }
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Rows, spreadsheet } from '../../../../tests/harness/sheets.ts'
import type { Flaw, FormNode, Question } from '../definition.ts'
import { FormFlaw } from '../flaw.ts'
import { importXlsForm } from './import.ts'

type Sheets = Readonly<Record<string, Rows>>

const load = async (sheets: Sheets, files?: ReadonlyMap<string, string>) =>
  importXlsForm(await spreadsheet(sheets), files)

async function flawsOf(sheets: Sheets, files?: ReadonlyMap<string, string>): Promise<readonly Flaw[]> {
  try {
    await load(sheets, files)
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
const question = (nodes: readonly FormNode[], index = 0): Question => {
  const node = nodes[index]
  assert.ok(node?.kind === 'question')
  return node
}

describe('an import', () => {
  test('tells everything that is wrong at once, and at most a hundred things', async () => {
    const flaws = await flawsOf(survey(['txt', 'a', 'A'], ['text', 'b c', 'B'], ['select_one x', 'd', 'D']))
    assert.deepEqual(
      flaws.map(({ row }) => row),
      [2, 3, 4],
    )
    const many = await flawsOf(survey(...Array.from({ length: 300 }, () => ['text', '!', 'A'])))
    assert.equal(many.length, 100)
  })

  test('understands the words of older sheets', async () => {
    const { definition } = await load({
      Survey: [
        ['Type', 'Name', 'caption:English (en)', 'label : es', 'bind::relevant', 'READONLY', 'media::image::es'],
        ['add select one prompt using yn', 'a', 'A', 'Á', null, null, null],
        ['select all that apply from yn', 'b', 'B', 'Bé', '${a} = “y”', 'yes', 'b.png'],
        ['begin_group', 'g', 'G', 'G', null, null, null],
        ['phone number', 'c', 'C', 'Cé', null, null, null],
        ['END  GROUP', null, null, null, null, null, null],
      ],
      CHOICES: [
        ['list name', 'value', 'label:English (en)', 'label:es'],
        ['yn', 'y', 'Yes', 'Sí'],
      ],
    })
    assert.deepEqual(definition.languages, ['en', 'es'])
    assert.equal(definition.defaultLanguage, 'en')
    const b = question(definition.body, 1)
    assert.deepEqual(
      [b.type, b.relevant, b.readOnly, b.media],
      ['select-multiple', '${a} = "y"', 'true()', { image: { es: 'b.png' } }],
    )
    const group = definition.body[2]
    assert.ok(group?.kind === 'group')
    assert.equal(question(group.children).constraint, "regex(., '^\\d*$')")
  })

  test('keeps the places of its rows, blank and disabled ones left out', async () => {
    const { definition } = await load({
      survey: [
        ['type', 'name', 'label', 'disabled'],
        [null, null, null, null],
        ['text', 'a', 'A', 'yes'],
        ['text', 'b', 'B', 'no'],
      ],
    })
    assert.deepEqual(
      definition.body.map(({ name, at }) => [name, at]),
      [['b', { sheet: 'survey', row: 4 }]],
    )
  })

  test('warns of what it does not use, naming sheet and column', async () => {
    const { warnings } = await load({
      survey: [
        ['type', 'name', 'label', 'intent', 'hint::es', 'hint::en'],
        ['text', 'a', '<b>A</b>', 'x', 'pista', null],
        [null, null, null, 'a remark', null, null],
      ],
      choises: [['list_name']],
      _notes: [['to ourselves']],
      settings: [
        ['form_id', 'public_key'],
        ['my form', 'abc'],
      ],
    })
    assert.deepEqual(warnings.map(brief), [
      'sheet-ignored choises',
      'form-id-changed settings:2:form_id',
      'setting-ignored settings:2:public_key',
      'column-ignored survey:1:intent',
      'missing-translation-column survey:label',
      'missing-translation-column survey:label',
      'html-plain survey:2:label',
      'missing-translation survey:2:hint::en',
      'row-skipped survey:3',
    ])
  })

  test('keeps markup in labels as the plain text it is', async () => {
    const { definition } = await load(survey(['note', 'a', '<script>alert(1)</script>']))
    assert.equal(definition.body[0]?.label?.default, '<script>alert(1)</script>')
  })

  test('a label without a language is in the language that the settings name', async () => {
    const { definition } = await load({
      survey: [
        ['type', 'name', 'label', 'label::Español'],
        ['text', 'a', 'A', 'Á'],
      ],
      settings: [
        ['default_language', 'form_title', 'version'],
        ['English (en)', 'Form', 7],
      ],
    })
    assert.deepEqual(definition.languages, ['en', 'es'])
    assert.deepEqual(definition.body[0]?.label, { en: 'A', es: 'Á' })
    assert.deepEqual([definition.title, definition.version], [{ en: 'Form' }, '7'])
  })

  test('`or_other` adds a choice to its list and a question after its own', async () => {
    const { definition } = await load({
      survey: [
        ['type', 'name', 'label::en', 'label::es'],
        ['select_one x or_other', 'a', 'A', 'Á'],
      ],
      choices: [
        ['list_name', 'name', 'label::en', 'label::es'],
        ['x', 'y', 'Yes', 'Sí'],
      ],
    })
    assert.deepEqual(
      definition.lists[0]?.choices.map(choice => choice.name),
      ['y', 'other'],
    )
    assert.deepEqual(
      definition.body.map(({ name, relevant }) => [name, relevant]),
      [
        ['a', undefined],
        ['a_other', "selected(../a, 'other')"],
      ],
    )
  })

  test('a loop becomes a group for each choice', async () => {
    const { definition } = await load({
      ...survey(['begin loop over x', 'l', 'L'], ['integer', 'n', 'How many %(label)s?'], ['end loop', null, null]),
      choices: [
        ['list_name', 'name', 'label'],
        ['x', 'hen', 'hens'],
        ['x', 'cow', 'cows'],
      ],
    })
    const loop = definition.body[0]
    assert.ok(loop?.kind === 'group')
    assert.deepEqual(
      loop.children.map(child => [child.name, child.kind === 'group' && child.children[0]?.label?.default]),
      [
        ['hen', 'How many hens?'],
        ['cow', 'How many cows?'],
      ],
    )
  })

  test('a file that came with the sheet gives its choices', async () => {
    const { definition } = await load(
      survey(['select_one_from_file places.csv', 'a', 'A']),
      new Map([['places.csv', 'name,label,region\r\np1,"Place, the first",north\r\np2,Second,\r\n']]),
    )
    assert.deepEqual(definition.lists, [
      {
        name: 'places.csv',
        choices: [
          { name: 'p1', label: { default: 'Place, the first' }, columns: { region: 'north' } },
          { name: 'p2', label: { default: 'Second' }, columns: {} },
        ],
      },
    ])
  })

  test('choices of the sheet external_choices are a list like any other, beside one of the same name', async () => {
    const { definition } = await load({
      survey: [
        ['type', 'name', 'label', 'choice_filter'],
        ['select_one x', 'a', 'A', null],
        ['select_one_external x', 'b', 'B', 'kind = ${a}'],
      ],
      choices: [
        ['list_name', 'name', 'label'],
        ['x', 'y', 'Y'],
      ],
      External_Choices: [
        ['list_name', 'name', 'label', 'kind'],
        ['x', 'z', 'Z', 'y'],
      ],
    })
    assert.deepEqual(
      definition.lists.map(({ name, choices }) => [name, choices.map(choice => choice.name)]),
      [
        ['x', ['y']],
        ['x_external', ['z']],
      ],
    )
    assert.deepEqual(question(definition.body, 1).choices, { list: 'x_external', filter: 'kind = ${a}' })
  })

  test('nothing in a sheet reaches the prototype of objects', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString']
    for (const name of names) {
      await flawsOf({
        survey: [
          ['type', 'name', `label::${name}`, name],
          [`select_one ${name}`, name, 'A', 'polluted'],
        ],
        choices: [
          ['list_name', 'name', 'label', name],
          [name, name, 'A', 'polluted'],
        ],
        settings: [
          [name, `form_title::${name}`],
          ['polluted', 'polluted'],
        ],
      })
    }
    assert.equal(Object.getOwnPropertyNames(Object.prototype).length, 12)
    assert.equal(({} as Record<string, unknown>).polluted, undefined)
  })
})

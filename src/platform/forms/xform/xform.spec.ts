import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Rows, spreadsheet } from '../../../../tests/harness/sheets.ts'
import type { FormDefinition } from '../definition.ts'
import { FormFlaw } from '../flaw.ts'
import { importXlsForm } from '../xlsform/import.ts'
import { toXForm } from './xform.ts'

async function form(survey: Rows, more: Readonly<Record<string, Rows>> = {}): Promise<FormDefinition> {
  return (await importXlsForm(await spreadsheet({ survey, ...more }))).definition
}

/** Elements of a kind as written, spaces inside attributes made one. */
const tags = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?=[ />])[^>]*>`, 'g'))].map(([tag]) =>
    tag.replace(/" | "/g, '"').replace(/\s+/g, ' '),
  )
const bind = (xml: string, path: string): string =>
  tags(xml, 'bind').find(tag => tag.includes(`nodeset="${path}"`)) ?? ''

const people = await form(
  [
    [
      'type',
      'name',
      'label',
      'relevant',
      'calculation',
      'choice_filter',
      'constraint',
      'repeat_count',
      'default',
      'trigger',
    ],
    ['text', 'who', 'Who', null, null, null, null, null, null, null],
    ['begin repeat', 'person', 'P', null, null, null, null, '3', null, null],
    ['text', 'own', 'Name', null, null, null, null, null, '${who}', null],
    ['integer', 'age', 'Age of ${own}', "${own} != ''", null, null, null, null, null, null],
    ['begin group', 'g', 'G', '${age} > 1', null, null, null, null, null, null],
    ['select_one town', 'town', 'T', null, null, 'district = ${own}', null, null, null, null],
    [
      'calculate',
      'both',
      null,
      null,
      'concat(${own}, indexed-repeat(${own}, ${person}, ${age}))',
      null,
      null,
      null,
      null,
      null,
    ],
    ['end group', null, null, null, null, null, null, null, null, null],
    ['begin repeat', 'visit', 'V', null, null, null, null, '${age} - 1', null, null],
    ['date', 'day', 'Day', null, null, null, ". < '2030-01-01' and . > ${born}", null, 'today()', null],
    ['date', 'born', 'Born', null, null, null, null, null, '2000-01-01', null],
    ['end repeat', null, null, null, null, null, null, null, null, null],
    ['end repeat', null, null, null, null, null, null, null, null, null],
    ['calculate', 'total', null, null, 'sum(${age}) + count(${person})', null, null, null, null, null],
    ['calculate', 'at', null, null, 'now()', null, null, null, null, '${who}'],
  ],
  {
    choices: [
      ['list_name', 'name', 'label', 'district'],
      ['town', 'a', 'A & <b>', 'x'],
    ],
  },
)

describe('an XForm', () => {
  const xml = toXForm(people)

  test('names what is in the same row by the way to it, and all rows by the whole path', () => {
    assert.match(bind(xml, '/data/person/age'), /relevant=" ?\.\.\/own != ''"/)
    assert.match(bind(xml, '/data/person/visit/day'), /and \. &gt; \.\.\/born ?"/)
    assert.match(bind(xml, '/data/total'), /sum\( \/data\/person\/age \) \+ count\( \/data\/person \)/)
  })

  test('names the node of indexed-repeat by its path and its row by the way to it', () => {
    assert.match(
      bind(xml, '/data/person/g/both'),
      /concat\( \.\.\/\.\.\/own , indexed-repeat\( \/data\/person\/own , \/data\/person , \.\.\/\.\.\/age \)\)/,
    )
  })

  test('filters choices from where the question stands, not from where the choice does', () => {
    assert.match(tags(xml, 'itemset')[0]!, /instance\('town'\)\/root\/item\[district = current\(\)\/\.\.\/\.\.\/own \]/)
  })

  test('counts rows by a node of its own, each row of an outer repeat by its own', () => {
    assert.match(bind(xml, '/data/person_count'), /calculate="3"/)
    assert.deepEqual(
      tags(xml, 'repeat').map(tag => /jr:count=" ?([^" ]*)/.exec(tag)?.[1]),
      ['/data/person_count', '../visit_count'],
    )
  })

  test('works defaults out when the form begins and when a row is added; plain ones stand in the record', () => {
    assert.deepEqual(
      tags(xml, 'setvalue').map(tag => [/event="([^"]*)/.exec(tag)?.[1], /ref="([^"]*)/.exec(tag)?.[1]]),
      [
        ['odk-instance-first-load', '/data/person/own'],
        ['odk-instance-first-load', '/data/person/visit/day'],
        ['xforms-value-changed', '/data/at'],
        ['odk-new-repeat', '/data/person/own'],
        ['odk-new-repeat', '/data/person/visit/day'],
      ],
    )
    assert.match(xml, /<born>2000-01-01<\/born>/)
    assert.doesNotMatch(bind(xml, '/data/at'), /calculate/)
  })

  test('shows answers inside labels, and text as the text it is', () => {
    assert.match(xml, /<label>Age of <output value=" \.\.\/own "\/><\/label>/)
    assert.match(xml, /<label>A &amp; &lt;b&gt;<\/label>/)
  })

  test('repeats a text in the languages that lack it and says which language is the form’s own', async () => {
    const translated = await form([
      ['type', 'name', 'label::en', 'label::es', 'constraint', 'constraint_message::es', 'media::image::en'],
      ['integer', 'a', 'How many?', '¿Cuántos?', '. > 0', 'Más de 0', 'a.png'],
      ['note', 'b', 'Thanks', null, null, null, null],
    ])
    const texts = toXForm(translated).replace(/^.*<itext>|<\/itext>.*$/gs, '')
    assert.equal(
      texts,
      [
        '<translation lang="en" default="true()">',
        '<text id="/data/a:jr:constraintMsg"><value>Más de 0</value></text>',
        '<text id="/data/a:label"><value>How many?</value><value form="image">jr://images/a.png</value></text>',
        '<text id="/data/b:label"><value>Thanks</value></text>',
        '</translation><translation lang="es">',
        '<text id="/data/a:jr:constraintMsg"><value>Más de 0</value></text>',
        '<text id="/data/a:label"><value>¿Cuántos?</value></text>',
        '<text id="/data/b:label"><value>Thanks</value></text>',
        '</translation>',
      ].join(''),
    )
  })

  test('carries ranges, ranks, files, audits and how a form is laid out', async () => {
    const xform = toXForm(
      await form(
        [
          ['type', 'name', 'label', 'parameters', 'appearance'],
          ['range', 'r', 'R', 'start=0 end=1 step=0.5', null],
          ['rank town', 'k', 'K', 'randomize=true seed=${r}', null],
          ['audio', 's', 'S', 'quality=voice-only', 'new'],
          ['audit', null, null, null, null],
        ],
        {
          choices: [
            ['list_name', 'name', 'label'],
            ['town', 'a', 'A'],
          ],
          settings: [
            ['style', 'version', 'instance_name'],
            ['pages', '7', '${r}'],
          ],
        },
      ),
    )
    assert.match(xform, /<range ref="\/data\/r" start="0" end="1" step="0.5">/)
    assert.match(bind(xform, '/data/r'), /type="decimal"/)
    assert.match(
      xform,
      /<odk:rank ref="\/data\/k">.*<itemset nodeset="randomize\(instance\('town'\)\/root\/item, {2}\/data\/r \)">/,
    )
    assert.match(bind(xform, '/data/s'), /odk:quality="voice-only"/)
    assert.match(xform, /<h:body class="pages">/)
    assert.match(xform, /<data id="form" version="7">.*<meta><instanceID\/><instanceName\/><audit\/><\/meta><\/data>/)
    assert.match(bind(xform, '/data/meta/audit'), /type="binary"/)
  })

  test('a reference to nothing is refused', () => {
    const broken: FormDefinition = {
      ...people,
      body: [{ kind: 'question', type: 'text', name: 'a', relevant: '${nobody} = 1' }],
    }
    assert.throws(
      () => toXForm(broken),
      (error: unknown) => error instanceof FormFlaw && error.flaws[0].code === 'name-unknown',
    )
  })
})

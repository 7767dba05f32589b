import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { FormFlaw } from '#platform/forms/flaw.ts'
import { toXForm } from '#platform/forms/xform/xform.ts'
import { importXlsForm } from '#platform/forms/xlsform/import.ts'
import { languageOf } from '#platform/forms/xlsform/languages.ts'
import { readXml } from '#platform/forms/xlsform/xml.ts'
import { corpus, withoutCorpora } from './corpora.ts'

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: (Tag | string)[]
}

function tree(xml: string): Tag {
  const top: Tag = { name: '', attributes: new Map(), children: [] }
  const stack = [top]
  readXml(xml, {
    open(name, attributes) {
      const tag: Tag = { name, attributes: attributes(), children: [] }
      stack.at(-1)!.children.push(tag)
      stack.push(tag)
    },
    close: () => void stack.pop(),
    text: text => void stack.at(-1)!.children.push(text),
  })
  return top
}

const tags = (tag: Tag): Tag[] => tag.children.filter(child => typeof child !== 'string')
const all = (tag: Tag, name: string): Tag[] =>
  tags(tag).flatMap(child => [...(child.name === name ? [child] : []), ...all(child, name)])

/** An XForm as far as two programs must agree on it: paths, binds and texts, the root's name aside. */
function agreed(xml: string) {
  const top = tree(xml)
  const record = tags(all(top, 'instance')[0]!)[0]!
  const paths: string[] = []
  const visit = (tag: Tag, above: string): void => {
    const path = above === '' ? '/data' : `${above}/${tag.name}`
    paths.push(path)
    for (const child of tags(tag)) visit(child, path)
  }
  visit(record, '')
  const plain = (text: string): string =>
    text
      .replaceAll(`/${record.name}/`, '/data/')
      .replace(/[“”]/g, '"')
      .replace(/\s+/g, ' ')
      .replace(/ ?([(),]) ?/g, '$1')
      .trim()
  const binds = all(top, 'bind').map(({ attributes }) =>
    Object.fromEntries(
      ['nodeset', 'type', 'relevant', 'constraint', 'required', 'calculate', 'readonly', 'preload']
        .map(name => [name, plain(attributes.get(name) ?? '')])
        .filter(([name, value]) => value !== '' && !(name === 'required' && value === 'false()')),
    ),
  )
  // A bind that only carries attributes of a certain program says nothing.
  const saying = binds.filter(bind => Object.keys(bind).length > 1)
  const texts = new Map<string, string>()
  for (const translation of all(top, 'translation')) {
    const language = languageOf(translation.attributes.get('lang')!)!.tag
    for (const text of all(translation, 'text')) {
      for (const value of all(text, 'value')) {
        const words = value.children.map(piece =>
          typeof piece === 'string' ? piece : `{${piece.attributes.get('value')}}`,
        )
        const key = [language, plain(text.attributes.get('id')!), value.attributes.get('form') ?? ''].join(' ')
        texts.set(key, plain(words.join('')))
      }
    }
  }
  const itemsets = all(top, 'itemset').map(({ attributes }) => plain(attributes.get('nodeset')!))
  const controls = all(top, 'body').flatMap(body =>
    ['input', 'select1', 'select', 'upload', 'trigger', 'group', 'repeat', 'range', 'rank'].flatMap(name =>
      all(body, name).map(
        ({ attributes }) =>
          `${name} ${plain(attributes.get('ref') ?? attributes.get('nodeset') ?? '')} ${attributes.get('appearance') ?? ''}`,
      ),
    ),
  )
  return { paths, binds: saying, texts, itemsets, controls: controls.sort() }
}

const sheet = (name: string): Buffer => readFileSync(corpus(`xlsform/sheets/${name}.xlsx`))

/** Why a sheet is refused; the others must import. */
const refused: Readonly<Record<string, readonly string[]>> = {
  // Its calculation is a sentence with an apostrophe.
  bad_calc: ['expression-text-open'],
  // Asks for parts of OpenStreetMap and keeps entities, which this program does not.
  case_insensitivity: ['sheet-not-supported', 'type-not-supported'],
}

describe('public XLSForms', { skip: withoutCorpora }, () => {
  const names = withoutCorpora
    ? []
    : readdirSync(corpus('xlsform/sheets'))
        .filter(file => file.endsWith('.xlsx'))
        .map(file => file.slice(0, -5))
  for (const name of names) {
    const codes = refused[name]
    if (codes) {
      test(`${name} is refused: ${codes.join(', ')}`, async () => {
        await assert.rejects(importXlsForm(sheet(name)), (error: unknown) => {
          assert.ok(error instanceof FormFlaw)
          assert.deepEqual(
            error.flaws.map(flaw => flaw.code),
            codes,
          )
          return true
        })
      })
    } else {
      test(`${name} imports and becomes an XForm`, async () => {
        const { definition } = await importXlsForm(sheet(name))
        assert.ok(agreed(toXForm(definition)).paths.length > 2)
      })
    }
  }

  test("the migration agency's case form imports whole", async () => {
    const { definition } = await importXlsForm(readFileSync(corpus('htcds/htcds_xlsform.xlsx')))
    const theirs = agreed(readFileSync(corpus('htcds/htcds_xform.xml'), 'utf8'))
    const ours = agreed(toXForm(definition))
    assert.deepEqual(
      ours.binds.map(({ nodeset }) => nodeset).filter(path => !path?.includes('/meta/')),
      theirs.binds.map(({ nodeset }) => nodeset).filter(path => !path?.includes('/meta/')),
    )
    assert.equal(definition.lists.find(list => list.name === 'citizenship')?.choices.length, 249)
  })
})

describe('the XForm of a public sheet agrees with the one that pyxform makes', { skip: withoutCorpora }, () => {
  const expected = withoutCorpora ? [] : readdirSync(corpus('xlsform/expected')).map(file => file.slice(0, -4))
  for (const name of expected) {
    test(name, async () => {
      const ours = agreed(toXForm((await importXlsForm(sheet(name))).definition))
      const theirs = agreed(readFileSync(corpus(`xlsform/expected/${name}.xml`), 'utf8'))
      assert.deepEqual(ours.paths, theirs.paths)
      assert.deepEqual(ours.binds, theirs.binds)
      assert.deepEqual(ours.itemsets, theirs.itemsets)
      assert.deepEqual(ours.controls, theirs.controls)
      for (const [place, text] of theirs.texts) {
        // A dash stands where pyxform found no translation; there our form repeats the one there is.
        // The groups of a flat form all get the form's own path there, and one text between them.
        if (text !== '-' && !place.includes(` /${name}:`)) assert.equal(ours.texts.get(place), text, place)
      }
    })
  }
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { definitions } from '../../../../tests/harness/definitions.ts'
import type { FormDefinition, FormNode } from '../definition.ts'
import { FormFlaw } from '../flaw.ts'
import { toXForm } from '../xform/xform.ts'
import { exportFiles, exportXlsForm } from './export.ts'
import { importXlsForm } from './import.ts'
import { openWorkbook } from './workbook.ts'
import { readXml } from './xml.ts'

const bare = (definition: FormDefinition): FormDefinition => {
  const node = ({ at: _, ...rest }: FormNode): FormNode =>
    (rest.kind === 'question' ? rest : { ...rest, children: rest.children.map(node) }) as FormNode
  return { ...definition, body: definition.body.map(node) }
}

describe('an exported form', () => {
  test('reads back as the same definition', async () => {
    await fc.assert(
      fc.asyncProperty(definitions, async definition => {
        const again = await importXlsForm(await exportXlsForm(definition), exportFiles(definition))
        assert.deepEqual(bare(again.definition), bare(definition))
      }),
      { numRuns: 60 },
    )
  })

  test('becomes an XForm that is well-formed', () => {
    fc.assert(
      fc.property(definitions, definition => {
        let depth = 0
        readXml(toXForm(definition), { open: () => depth++, close: () => depth--, text() {} })
        assert.equal(depth, 0)
      }),
      { numRuns: 60 },
    )
  })

  const form = (label: string): FormDefinition => ({
    id: 'f',
    version: '1',
    title: { default: 'F' },
    languages: ['default'],
    defaultLanguage: 'default',
    lists: [],
    body: [{ kind: 'question', type: 'text', name: 'a', label: { default: label } }],
  })

  for (const label of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '=cmd|x',
    'constructor',
    '__proto__',
    '_x0041_',
    '007',
    'TRUE',
    '2026-11-22',
  ]) {
    test(`keeps ${label} as the text it is`, async () => {
      const bytes = await exportXlsForm(form(label))
      assert.equal((await importXlsForm(bytes)).definition.body[0]?.label?.default, label)
      const workbook = await openWorkbook(bytes)
      await workbook.rows(
        'survey',
        () => true,
        code => assert.fail(code),
      )
    })
  }

  test('is refused for characters that no XML can hold', async () => {
    const refused = (error: unknown) => error instanceof FormFlaw && error.flaws[0].code === 'character'
    await assert.rejects(exportXlsForm(form('a\u0000b')), refused)
    assert.throws(() => toXForm(form('a\u0000b')), refused)
  })
})

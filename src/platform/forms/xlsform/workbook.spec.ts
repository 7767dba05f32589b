import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { archive, inlineRow, type Part, spreadsheet, surveyParts } from '../../../../tests/harness/sheets.ts'
import { limits } from '../definition.ts'
import { FormFlaw } from '../flaw.ts'
import { importXlsForm } from './import.ts'
import { dateText, showsDate } from './values.ts'
import { openWorkbook } from './workbook.ts'

const survey = inlineRow('type', 'name', 'label') + inlineRow('text', 'a', 'A')

async function codes(bytes: Uint8Array): Promise<string[]> {
  try {
    await importXlsForm(bytes)
  } catch (error) {
    if (error instanceof FormFlaw) return error.flaws.map(flaw => [flaw.code, flaw.column].filter(Boolean).join(' '))
    throw error
  }
  return []
}

const withPart = (part: Part): Uint8Array => archive([...surveyParts(survey), part])
const withSheet = (sheetData: string): Uint8Array => archive(surveyParts(sheetData))
const instead = (name: string, text: string): Uint8Array =>
  archive(surveyParts(survey).map(part => (part.name === name ? { name, text } : part)))

describe('what is inside an uploaded spreadsheet', () => {
  test('the plainest spreadsheet imports, so that what follows is refused for its own reason', async () => {
    assert.deepEqual(await codes(withSheet(survey)), [])
  })

  test('what is no spreadsheet is refused', async () => {
    assert.deepEqual(await codes(new TextEncoder().encode('type,name,label\ntext,a,A\n'.repeat(9))), ['file-not-xlsx'])
    assert.deepEqual(await codes(new Uint8Array()), ['file-not-xlsx'])
    assert.deepEqual(await codes(archive([{ name: 'mimetype', text: 'a' }])), ['file-not-xlsx'])
    assert.deepEqual(await codes(withSheet(survey).subarray(0, 300)), ['file-broken'])
  })

  test('a file that is too large is refused before it is looked into', async () => {
    assert.deepEqual(await codes(new Uint8Array(limits.fileBytes + 1)), ['file-too-large'])
  })

  test('a bomb is refused by what its directory says', async () => {
    const bomb = { name: 'xl/media/a.bin', text: 'a', claimed: limits.unpackedBytes }
    assert.deepEqual(await codes(withPart(bomb)), ['file-too-large-unpacked'])
  })

  test('a bomb that lies about its size is not unpacked beyond it', async () => {
    const parts = surveyParts(survey).map(part =>
      part.name.endsWith('sheet1.xml') ? { ...part, text: ' '.repeat(60_000_000), claimed: 1_000 } : part,
    )
    assert.deepEqual(await codes(archive(parts)), ['file-broken'])
  })

  test('a document type is refused, so that no entity is ever expanded', async () => {
    const evil = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet><sheetData/></worksheet>'
    assert.deepEqual(await codes(instead('xl/worksheets/sheet1.xml', evil)), ['file-doctype'])
    assert.deepEqual(await codes(withSheet(inlineRow('type', 'name') + inlineRow('text', '&b;'))), ['file-broken'])
  })

  test('macros and links to other files are refused', async () => {
    assert.deepEqual(await codes(withPart({ name: 'xl/vbaProject.bin', text: 'a' })), ['file-macros'])
    const link = { name: 'xl/externalLinks/externalLink1.xml', text: '<externalLink/>' }
    assert.deepEqual(await codes(withPart(link)), ['file-external-links'])
  })

  test('every formula is named by its cell; TRUE() and FALSE() are no formulas', async () => {
    const formula =
      '<row><c t="inlineStr"><is><t>text</t></is></c><c><f>A1&amp;A2</f><v>x</v></c><c><f>1+1</f></c></row>'
    const said = await codes(withSheet(inlineRow('type', 'name', 'label') + formula))
    assert.deepEqual(said, ['cell-formula B2', 'cell-formula C2', 'name-missing name'])
    const truth = '<row><c t="inlineStr"><is><t>text</t></is></c><c t="b"><f>FALSE()</f><v>1</v></c></row>'
    const { definition } = await importXlsForm(withSheet(inlineRow('type', 'name') + truth))
    assert.equal(definition.body[0]?.name, 'FALSE')
  })

  test('XML that does not end is refused', async () => {
    assert.deepEqual(await codes(instead('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row>')), ['file-broken'])
    assert.deepEqual(await codes(instead('xl/worksheets/sheet1.xml', '<a><b></a></b>')), ['file-broken'])
  })

  test('a hundred thousand questions are refused, and reading stops soon after the last that may be', async () => {
    const rows = Array.from(
      { length: 100_000 },
      (_, index) => `<row><c t="inlineStr"><is><t>text</t></is></c><c><v>${index}</v></c></row>`,
    )
    const bytes = withSheet(inlineRow('type', 'name') + rows.join(''))
    assert.deepEqual([...new Set(await codes(bytes))].slice(0, 1), ['too-many-nodes'])
    let read = 0
    const workbook = await openWorkbook(bytes)
    await workbook.rows(
      'survey',
      () => ++read < 10,
      () => {},
    )
    assert.equal(read, 10)
  })

  test('as many questions as there may be are imported', async () => {
    const rows = Array.from(
      { length: limits.nodes },
      (_, index) => `<row><c t="str"><v>text</v></c><c t="str"><v>q${index}</v></c><c t="str"><v>Q</v></c></row>`,
    )
    const { definition } = await importXlsForm(withSheet(inlineRow('type', 'name', 'label') + rows.join('')))
    assert.equal(definition.body.length, limits.nodes)
  })

  test('what is written to keep a reader busy is given up soon', async () => {
    const long = 'a '.repeat(400_000)
    const cell = (text: string): string => inlineRow('type', 'name', 'label') + inlineRow('text', 'a', text)
    assert.deepEqual(await codes(withSheet(`<row ${long}></row>`)), ['file-broken'])
    assert.deepEqual(await codes(withSheet(`<row>${'<c/>'.repeat(20_000)}</row>`)), ['file-broken'])
    assert.deepEqual(await codes(withSheet(cell('&lt;a '.repeat(6_000)))), [])
    const formula = `<row><c><f>${' '.repeat(1_000_000)}x</f></c></row>`
    assert.deepEqual(await codes(withSheet(survey + formula)), ['cell-formula A3'])
    const many = `<row>${'<c><v>1</v></c>'.repeat(300)}</row>`.repeat(2_000)
    assert.deepEqual(await codes(withSheet(survey + many)), ['file-too-large-unpacked'])
  })

  test('numbers, truth and dates become the text that a person would have typed', async () => {
    const day = new Date('2026-11-22T00:00:00Z')
    const bytes = await spreadsheet({
      survey: [
        ['type', 'name', 'label', 'default'],
        ['integer', 'a', 42, 7],
        ['text', 'b', true, 0.1],
        ['date', 'c', 'C', day],
      ],
    })
    const { definition } = await importXlsForm(bytes)
    assert.deepEqual(
      definition.body.map(node => [node.label?.default, node.kind === 'question' && node.default]),
      [
        ['42', '7'],
        ['TRUE', '0.1'],
        ['C', '2026-11-22'],
      ],
    )
  })

  test('dates are told from numbers by their format, and counted as spreadsheets count', () => {
    assert.deepEqual(
      [showsDate(14, undefined), showsDate(1, undefined), showsDate(170, '"day" 0'), showsDate(170, 'd/m/yy')],
      [true, false, false, true],
    )
    assert.equal(dateText(46348, false), '2026-11-22')
    assert.equal(dateText(44886, true), '2026-11-22')
    assert.equal(dateText(46348.5, false), '2026-11-22T12:00:00')
    assert.equal(dateText(0.25, false), '06:00:00')
    assert.equal(dateText(1, false), '1900-01-01')
  })
})

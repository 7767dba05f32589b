import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Flaw } from '#platform/forms/definition.ts'
import { flawSentence } from '#platform/forms/flaw-words.ts'
import { loadWords } from '#platform/words/load.ts'
import { archive, inlineRow, type Part, type Rows, spreadsheet, surveyParts } from './harness/sheets.ts'

const words = loadWords()
/** What the child may use for everything that it holds itself, in MB; a sheet may be 50 MB unpacked. */
const room = 256

const head = ['type', 'name', 'label']
const survey = (...rows: Rows): Promise<Uint8Array> => spreadsheet({ survey: [head, ...rows] })
const wide = (columns: readonly string[], ...rows: Rows): Promise<Uint8Array> =>
  spreadsheet({ survey: [[...head, ...columns], ...rows] })
const plain = inlineRow(...head) + inlineRow('text', 'a', 'A')
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook whose cells share their texts. */
const shared = (strings: string, sheetData: string): Uint8Array =>
  archive([
    ...surveyParts(sheetData).map(part =>
      part.name === 'xl/_rels/workbook.xml.rels'
        ? {
            ...part,
            text: String(part.text).replace(
              '</Relationships>',
              `<Relationship Id="s" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
            ),
          }
        : part,
    ),
    { name: 'xl/sharedStrings.xml', text: `<sst>${strings}</sst>` },
  ])

const many = (count: number, make: (index: number) => Part): Part[] => Array.from({ length: count }, (_, i) => make(i))

/** The end of the directory says where each part is: all are made to be the first. */
function overlapping(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  const parts = copy.readUInt16LE(copy.length - 12)
  let at = copy.readUInt32LE(copy.length - 6)
  for (let index = 0; index < parts; index++) {
    copy.writeUInt32LE(0, at + 42)
    at += 46 + copy.readUInt16LE(at + 28) + copy.readUInt16LE(at + 30) + copy.readUInt16LE(at + 32)
  }
  return copy
}

interface Bad {
  readonly make: () => Uint8Array | Promise<Uint8Array>
  /** The first thing said of it. */
  readonly code: string
  /** It imports, and is told what to look at. */
  readonly imports?: true
}

const bad: Readonly<Record<string, Bad>> = {
  'relevance in a circle': {
    make: () =>
      wide(
        ['relevant'],
        ['text', 'a', 'A', "${b} = 'x'"],
        ['text', 'b', 'B', "${c} = 'x'"],
        ['text', 'c', 'C', "${a} = 'x'"],
      ),
    code: 'cycle',
  },
  '100,000 questions': {
    make: () =>
      archive(
        surveyParts(
          inlineRow(...head) +
            Array.from(
              { length: 100_000 },
              (_, i) => `<row><c t="str"><v>text</v></c><c t="str"><v>q${i}</v></c><c><v>1</v></c></row>`,
            ).join(''),
        ),
      ),
    code: 'too-many-nodes',
  },
  'a pattern with a back reference': {
    make: () => wide(['constraint'], ['text', 'a', 'A', "regex(., '^(a+)\\1+$')"]),
    code: 'pattern',
  },
  'a pattern with 999 copies of 999 copies of 999': {
    make: () => wide(['constraint'], ['text', 'a', 'A', "regex(., '((a{999}){999}){999}')"]),
    code: 'pattern',
  },
  'names of JavaScript': {
    make: () => survey(['text', '__proto__', 'A'], ['text', 'constructor', 'B']),
    code: 'name-reserved',
  },
  'a column named as JavaScript names things': {
    make: () =>
      spreadsheet({
        survey: [head, ['select_one l', 'a', 'A']],
        choices: [
          ['list_name', 'name', 'label', '__proto__'],
          ['l', 'x', 'X', 'y'],
        ],
      }),
    code: 'name-reserved',
  },
  'HTML in a label': {
    make: () => survey(['text', 'a', '<img src=x onerror=alert(1)><b>A</b>']),
    code: 'html-plain',
    imports: true,
  },
  'a language without its words': {
    make: () =>
      spreadsheet({
        survey: [
          ['type', 'name', 'label::en', 'label::es'],
          ['text', 'a', 'A', null],
        ],
        settings: [['default_language'], ['es']],
      }),
    code: 'missing-default-translation',
  },
  'a language that no column has': {
    make: () =>
      spreadsheet({
        survey: [
          ['type', 'name', 'label::en'],
          ['text', 'a', 'A'],
        ],
        settings: [['default_language'], ['fr']],
      }),
    code: 'default-language-missing',
  },
  'a formula': {
    make: () =>
      archive(
        surveyParts(
          `${plain}<row><c t="str"><v>text</v></c><c><f>HYPERLINK("http://example.org/"&amp;A1)</f><v>b</v></c></row>`,
        ),
      ),
    code: 'cell-formula',
  },
  'a link to another file': {
    make: () =>
      archive([...surveyParts(plain), { name: 'xl/externalLinks/externalLink1.xml', text: '<externalLink/>' }]),
    code: 'file-external-links',
  },
  'a document type with entities that multiply': {
    make: () =>
      archive(
        surveyParts(plain).map(part =>
          part.name.endsWith('sheet1.xml')
            ? { ...part, text: `<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>${part.text}` }
            : part,
        ),
      ),
    code: 'file-doctype',
  },
  'a bomb that says so: 4 GB': {
    make: () => archive([...surveyParts(plain), { name: 'xl/media/a.bin', text: 'a', claimed: 4_000_000_000 }]),
    code: 'file-too-large-unpacked',
  },
  'a bomb of a thousand to one within what may be unpacked': {
    make: () => archive(surveyParts(inlineRow('type', 'name') + ' '.repeat(49_000_000))),
    code: 'form-empty',
  },
  'a bomb in a bomb': {
    make: () =>
      archive([
        ...surveyParts(plain),
        ...many(40, i => ({
          name: `xl/media/${i}.zip`,
          text: archive([{ name: 'a', text: Buffer.alloc(1_500_000) }]),
        })),
        ...many(40, i => ({ name: `xl/media/${i}.bin`, text: Buffer.alloc(1_500_000) })),
      ]),
    code: 'file-too-large-unpacked',
  },
  'a part that is larger than it says': {
    make: () =>
      archive(
        surveyParts(plain).map(part =>
          part.name.endsWith('sheet1.xml') ? { ...part, text: ' '.repeat(60_000_000), claimed: 1_000 } : part,
        ),
      ),
    code: 'file-broken',
  },
  'parts that share their bytes': {
    make: () => overlapping(archive([...surveyParts(plain), ...many(1_000, i => ({ name: `xl/${i}`, text: '' }))])),
    code: 'file-broken',
  },
  '20,000 empty parts': {
    make: () => archive([...surveyParts(plain), ...many(20_000, i => ({ name: `xl/${i}`, text: '' }))]),
    code: 'file-too-large-unpacked',
  },
  // 76 bytes each and a name: more than a file may have.
  '1,000,000 empty parts': {
    make: () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(80_000_000)]),
    code: 'file-too-large',
  },
  'a million shared texts': {
    make: () => shared('<si><t>a</t></si>'.repeat(1_000_000), plain),
    code: 'file-too-large-unpacked',
  },
  'one long text in 200,000 cells': {
    make: () =>
      shared(
        `<si><t>${'a'.repeat(15_000)}</t></si>`,
        plain + `<row>${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`.repeat(2_000),
      ),
    code: 'file-too-large-unpacked',
  },
}

interface Said {
  readonly refused: boolean
  readonly flaws: readonly Flaw[]
  readonly ms: number
  readonly residentMB: number
}

describe('a bad sheet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'samaan-sheets-'))
  const said = new Map<string, Said>()
  after(() => rmSync(folder, { recursive: true }))

  before(async () => {
    const files: string[] = []
    for (const [index, { make }] of Object.values(bad).entries()) {
      const file = join(folder, `${index}.xlsx`)
      writeFileSync(file, await make())
      files.push(file)
    }
    // One process for all: what one sheet leaves behind counts against the next.
    const child = fileURLToPath(new URL('forms/bad-sheets.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${room}`, child, ...files], {
      maxBuffer: 10_000_000,
    })
    const lines = stdout.trim().split('\n')
    for (const [index, name] of Object.keys(bad).entries()) said.set(name, JSON.parse(lines[index]!) as Said)
  })

  for (const [name, { code, imports }] of Object.entries(bad)) {
    test(`${name}: ${imports ? 'imports as plain text' : 'refused'}, with a sentence in English and Spanish`, () => {
      const { refused, flaws, ms, residentMB } = said.get(name)!
      assert.equal(refused, imports !== true, JSON.stringify(flaws[0]))
      assert.equal(flaws[0]?.code, code)
      const [en, es] = [flawSentence(words.en, flaws[0]!), flawSentence(words.es, flaws[0]!)]
      assert.ok(en.length > 20 && es.length > 20 && en !== es && !/forms\.flaw/.test(en + es), `${en} | ${es}`)
      console.log(`${name}: ${ms} ms, at most ${residentMB} MB resident so far\n  ${en}\n  ${es}`)
    })
  }
})

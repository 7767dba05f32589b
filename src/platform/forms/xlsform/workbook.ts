import { limits } from '../definition.ts'
import { flaw } from '../flaw.ts'
import { type Archive, openArchive } from './archive.ts'
import { columnIndex, columnLetters, constantFormula, dateText, numberText, showsDate, unescaped } from './values.ts'
import { Enough, readXml } from './xml.ts'

/** One row that holds something. `number` counts from 1; `cells` by column from 0, trimmed, never empty. */
export interface Row {
  readonly number: number
  readonly cells: ReadonlyMap<number, string>
}

export interface Workbook {
  readonly sheets: readonly string[]
  /**
   * Hands out the rows of a sheet until `take` answers false. Formulas and errors in cells are told to `wrong`.
   * @throws FormFlaw file-broken, file-doctype, file-too-large-unpacked
   */
  rows(
    sheet: string,
    take: (row: Row) => boolean,
    wrong: (code: string, row: number, cell: string) => void,
  ): Promise<void>
}

/** Columns of a sheet, as many as any program has; cells of all sheets that are kept. */
const maxColumns = 16_384
const maxCells = 500_000

interface Inside {
  /** Cells handed out until now, and characters in them: many cells may share one long text. */
  cells: number
  letters: number
  readonly archive: Archive
  readonly strings: readonly string[]
  readonly dates: ReadonlySet<number>
  readonly from1904: boolean
}

/**
 * Opens an .xlsx without unpacking more than `limits` allow. Macros and links to other files are refused.
 * @throws FormFlaw file-too-large, file-too-large-unpacked, file-not-xlsx, file-broken, file-doctype, file-macros,
 * file-external-links
 */
export async function openWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const archive = openArchive(bytes)
  const names = archive.names
  if (names.some(name => /vbaProject|xl\/macrosheets\//i.test(name))) flaw('file-macros')
  if (names.some(name => /^xl\/(externalLinks|connections)/i.test(name))) flaw('file-external-links')
  const types = (await archive.text('[Content_Types].xml')) ?? flaw('file-not-xlsx')
  if (/macroEnabled/i.test(types)) flaw('file-macros')
  const main = await mainPart(archive)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = await relationsOf(archive, main, folder)
  const { sheets, from1904 } = await contents(archive, main, relations)
  const strings = await sharedStrings(archive, relations)
  const dates = await dateStyles(archive, relations)
  const inside: Inside = { cells: 0, letters: 0, archive, strings, dates, from1904 }
  return {
    sheets: [...sheets.keys()],
    rows: async (sheet, take, wrong) => {
      const part = sheets.get(sheet)
      const xml = part === undefined ? undefined : await archive.text(part)
      if (xml === undefined) flaw('file-broken', sheet)
      sheetRows(xml, inside, take, wrong)
    },
  }
}

async function mainPart(archive: Archive): Promise<string> {
  const relations = await relationsOf(archive, '', '')
  const part = [...relations.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  return archive.names.includes(part) ? part : flaw('file-not-xlsx')
}

interface Relation {
  readonly type: string
  readonly target: string
}

async function relationsOf(archive: Archive, part: string, folder: string): Promise<ReadonlyMap<string, Relation>> {
  const found = new Map<string, Relation>()
  const xml = await archive.text(`${folder}_rels/${part.slice(folder.length)}.rels`)
  if (xml === undefined) return found
  readXml(xml, {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const all = attributes()
      const type = all.get('Type') ?? ''
      if (/\/externalLink/.test(type)) flaw('file-external-links')
      if (all.get('TargetMode') === 'External') return
      const target = all.get('Target') ?? ''
      found.set(all.get('Id') ?? '', {
        type: type.slice(type.lastIndexOf('/') + 1),
        target: target.startsWith('/') ? target.slice(1) : resolved(folder + target),
      })
    },
    close() {},
    text() {},
  })
  return found
}

function resolved(path: string): string {
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

async function contents(archive: Archive, main: string, relations: ReadonlyMap<string, Relation>) {
  const sheets = new Map<string, string>()
  let from1904 = false
  readXml((await archive.text(main)) ?? flaw('file-broken', main), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes().get('date1904') ?? '')
      if (name !== 'sheet') return
      const all = attributes()
      const relation = relations.get(all.get('id') ?? '')
      const title = (all.get('name') ?? '').trim()
      if (relation?.type === 'worksheet' && !sheets.has(title)) sheets.set(title, relation.target)
    },
    close() {},
    text() {},
  })
  if (sheets.size === 0) flaw('file-not-xlsx')
  return { sheets, from1904 }
}

const partOf = (relations: ReadonlyMap<string, Relation>, type: string): string | undefined =>
  [...relations.values()].find(relation => relation.type === type)?.target

async function sharedStrings(archive: Archive, relations: ReadonlyMap<string, Relation>): Promise<string[]> {
  const strings: string[] = []
  const part = partOf(relations, 'sharedStrings')
  const xml = part === undefined ? undefined : await archive.text(part)
  if (xml === undefined) return strings
  let text = ''
  let inText = false
  // Phonetic guides (`rPh`) stand beside the text and are no part of it.
  let phonetic = false
  readXml(xml, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') phonetic = true
    },
    close(name) {
      if (name === 'si') {
        if (strings.push(clean(unescaped(text))) > maxCells) flaw('file-too-large-unpacked')
      } else if (name === 't') inText = false
      else if (name === 'rPh') phonetic = false
    },
    text(more) {
      if (inText && !phonetic) text += more
    },
  })
  return strings
}

/** Which cell styles show their number as a date. */
async function dateStyles(archive: Archive, relations: ReadonlyMap<string, Relation>): Promise<Set<number>> {
  const dates = new Set<number>()
  const part = partOf(relations, 'styles')
  const xml = part === undefined ? undefined : await archive.text(part)
  if (xml === undefined) return dates
  const codes = new Map<number, string>()
  let inCells = false
  let style = 0
  readXml(xml, {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true
      else if (name === 'numFmt') codes.set(Number(attributes().get('numFmtId')), attributes().get('formatCode') ?? '')
      else if (name === 'xf' && inCells) {
        const id = Number(attributes().get('numFmtId') ?? 0)
        if (showsDate(id, codes.get(id))) dates.add(style)
        style++
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
    text() {},
  })
  return dates
}

interface OpenCell {
  attributes: () => ReadonlyMap<string, string>
  value: string
  formula: string | undefined
  shared: string | undefined
}

function sheetRows(
  xml: string,
  inside: Inside,
  take: (row: Row) => boolean,
  wrong: (code: string, row: number, cell: string) => void,
): void {
  let number = 0
  let column = -1
  let cells = new Map<number, string>()
  let cell: OpenCell | undefined
  let into: 'value' | 'formula' | undefined
  const formulas = new Map<string, string>()
  readXml(xml, {
    open(name, attributes) {
      if (name === 'row') {
        const given = Number(attributes().get('r'))
        number = Number.isInteger(given) && given > number ? given : number + 1
        column = -1
        cells = new Map()
      } else if (name === 'c') {
        if (++column >= maxColumns) flaw('file-broken')
        cell = { attributes, value: '', formula: undefined, shared: undefined }
      } else if (name === 'v' || name === 't') into = 'value'
      else if (name === 'rPh') into = undefined
      else if (name === 'f' && cell) {
        into = 'formula'
        cell.formula = ''
        if (attributes().get('t') === 'shared') cell.shared = attributes().get('si')
      }
    },
    close(name) {
      if (name === 'row') {
        inside.cells += cells.size
        if (inside.cells > maxCells) flaw('file-too-large-unpacked')
        if (cells.size > 0 && !take({ number, cells })) throw new Enough()
      } else if (name === 'v' || name === 't' || name === 'f') into = undefined
      else if (name === 'c' && cell) {
        if (cell.value !== '' || cell.formula !== undefined) {
          column = columnIndex(cell.attributes().get('r') ?? '') ?? column
          const text = textOf(cell, inside, formulas, code => wrong(code, number, `${columnLetters(column)}${number}`))
          inside.letters += text.length + (cell.formula?.length ?? 0)
          if (inside.letters > limits.unpackedBytes) flaw('file-too-large-unpacked')
          if (text !== '') cells.set(column, text)
        }
        cell = undefined
      }
    },
    text(text) {
      if (!cell || !into) return
      if (into === 'value') cell.value += text
      else cell.formula += text
    },
  })
}

function textOf(cell: OpenCell, inside: Inside, formulas: Map<string, string>, wrong: (code: string) => void): string {
  const { value } = cell
  if (cell.formula !== undefined) {
    const formula = cell.formula || (cell.shared === undefined ? '' : (formulas.get(cell.shared) ?? ''))
    if (cell.shared !== undefined && cell.formula) formulas.set(cell.shared, cell.formula)
    const constant = constantFormula(formula)
    if (!constant) wrong('cell-formula')
    return constant ?? ''
  }
  const attributes = cell.attributes()
  switch (attributes.get('t')) {
    case 's':
      return inside.strings[Number(value)] ?? flaw('file-broken')
    case 'str':
    case 'inlineStr':
      return clean(unescaped(value))
    case 'b':
      return value.trim() === '1' ? 'TRUE' : 'FALSE'
    case 'e':
      wrong('cell-error')
      return ''
    case 'd':
      return clean(value)
    default: {
      const date = inside.dates.has(Number(attributes.get('s') ?? 0)) && Number.isFinite(Number(value))
      return date ? dateText(Number(value), inside.from1904) : clean(numberText(value))
    }
  }
}

const clean = (text: string): string => text.replace(/\r\n?/g, '\n').trim()

import { deflateRawSync } from 'node:zlib'
import writeXlsxFile from 'write-excel-file/node'
import { escaped } from '#platform/forms/xlsform/values.ts'

type Value = string | number | boolean | Date | null

/** Rows with their values; the first is the header. */
export type Rows = readonly (readonly Value[])[]

/** An .xlsx with these sheets, as an office program would write it. */
export async function spreadsheet(sheets: Readonly<Record<string, Rows>>): Promise<Uint8Array> {
  const cell = (value: Value) =>
    value === null || value === ''
      ? null
      : value instanceof Date
        ? { value, type: Date, format: 'yyyy-mm-dd' }
        : typeof value === 'string'
          ? { value: escaped(value), type: String }
          : { value }
  const written = Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: rows.map(row => row.map(cell)) }))
  return new Uint8Array(await writeXlsxFile(written).toBuffer())
}

export interface Part {
  readonly name: string
  readonly text: string | Uint8Array
  /** What the directory says of its unpacked size; the truth otherwise. */
  readonly claimed?: number
}

/** A zip archive made by hand, so that it can lie. */
export function archive(parts: readonly Part[]): Uint8Array {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text, claimed } of parts) {
    const plain = Buffer.from(text)
    const packed = deflateRawSync(plain)
    const title = Buffer.from(name)
    // Flags, method, time, date, checksum, packed size, size: the same in both headers.
    const fields = Buffer.alloc(20)
    fields.writeUInt16LE(8, 2)
    fields.writeUInt32LE(packed.length, 12)
    fields.writeUInt32LE(claimed ?? plain.length, 16)
    const lengths = Buffer.alloc(4)
    lengths.writeUInt16LE(title.length, 0)
    const local = Buffer.concat([Buffer.from('PK\x03\x04\x14\0'), fields, lengths, title, packed])
    const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0\x14\0'), fields, lengths, Buffer.alloc(14), title])
    central.writeUInt32LE(at, 42)
    files.push(local)
    directory.push(central)
    at += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...files, ...directory, end]))
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of an .xlsx whose sheet `survey` holds this XML inside `sheetData`. */
export function surveyParts(sheetData: string): Part[] {
  return [
    { name: '[Content_Types].xml', text: '<Types/>' },
    {
      name: '_rels/.rels',
      text: `<Relationships><Relationship Id="a" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text: `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="survey" sheetId="1" r:id="b"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `<Relationships><Relationship Id="b" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      text: `<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`,
    },
  ]
}

/** A row of cells that hold their text themselves. */
export const inlineRow = (...texts: readonly string[]): string =>
  `<row>${texts.map(text => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`

import { type Flaw, limits, type Texts } from '#platform/forms/definition.ts'
import { short } from '#platform/forms/flaw.ts'
import { tokensOf } from '#platform/forms/xlsform/headers.ts'
import { languageOf } from '#platform/forms/xlsform/languages.ts'
import { forbidden } from '#platform/forms/xlsform/values.ts'
import type { Row } from '#platform/forms/xlsform/workbook.ts'

/** A header of one of our own sheets, and where its column stands. */
interface Column {
  readonly index: number
  readonly header: string
  readonly field: string
  readonly language: string | undefined
}

/** One of our own sheets: its first row names the fields, `field` or `field::language`. Tells what it cannot hold. */
export class Sheet {
  readonly rows: readonly Line[]
  readonly columns: readonly Column[]

  /**
   * @param fields what a column may be called; those of `translated` carry a language
   * @param plain the language of a translated column that names none
   */
  constructor(
    { name: sheet, rows }: { readonly name: string; readonly rows: readonly Row[] },
    fields: readonly string[],
    translated: readonly string[],
    plain: string,
    flaws: Flaw[],
  ) {
    const [head, ...lines] = rows
    const columns: Column[] = []
    const refuse = (flaw: Flaw) => {
      if (flaws.length < 100) flaws.push(flaw)
    }
    for (const [index, header] of head?.cells ?? []) {
      const [first = '', ...rest] = tokensOf(header.slice(0, 200))
      const field = first.toLowerCase().replaceAll(/[\s-]+/g, '_')
      const at = { sheet, row: head!.number, column: short(header) }
      if (!fields.includes(field) || (rest.length > 0 && !translated.includes(field))) {
        refuse({ code: 'column-name', ...at })
        continue
      }
      const language = translated.includes(field)
        ? rest.length > 0
          ? languageOf(rest.join('::'))?.tag
          : plain
        : undefined
      if (translated.includes(field) && language === undefined)
        refuse({ code: 'language-name', ...at, detail: short(rest.join('::')) })
      else if (columns.some(one => one.field === field && one.language === language))
        refuse({ code: 'column-twice', ...at })
      else columns.push({ index, header, field, language })
    }
    this.columns = columns
    this.rows = lines.map(row => new Line(sheet, columns, row, refuse))
  }
}

/** One row, read by the names of its columns. */
export class Line {
  readonly number: number
  readonly #sheet: string
  readonly #columns: readonly Column[]
  readonly #row: Row
  readonly #refuse: (flaw: Flaw) => void

  constructor(sheet: string, columns: readonly Column[], row: Row, refuse: (flaw: Flaw) => void) {
    this.#sheet = sheet
    this.#columns = columns
    this.#row = row
    this.#refuse = refuse
    this.number = row.number
  }

  refuse(code: string, field: string, detail?: string): void {
    const column = this.#columns.find(one => one.field === field)?.header ?? field
    this.#refuse({
      code,
      sheet: this.#sheet,
      row: this.number,
      column: short(column),
      ...(detail === undefined ? {} : { detail: short(detail) }),
    })
  }

  /** The cell as it stands; '' where it is empty or cannot be read. */
  text(field: string): string {
    const column = this.#columns.find(one => one.field === field)
    return column ? this.#cell(column) : ''
  }

  texts(field: string): Texts {
    const found: [string, string][] = []
    for (const column of this.#columns) {
      const text = column.field === field ? this.#cell(column) : ''
      if (text !== '') found.push([column.language!, text])
    }
    return Object.fromEntries(found)
  }

  /** Names with spaces between them; commas do as well. */
  names(field: string): readonly string[] {
    return this.text(field)
      .split(/[\s,]+/)
      .filter(Boolean)
  }

  /** undefined where the cell is empty or no number. */
  amount(field: string): number | undefined {
    const text = this.text(field)
    if (text === '') return undefined
    const value = Number(text)
    if (Number.isFinite(value)) return value
    this.refuse('rule-count', field, text)
    return undefined
  }

  #cell(column: Column): string {
    const text = this.#row.cells.get(column.index) ?? ''
    if (forbidden.test(text)) this.refuse('character', column.field)
    else if (text.length > limits.textLength) this.refuse('text-too-long', column.field, String(limits.textLength))
    else return text
    return ''
  }
}

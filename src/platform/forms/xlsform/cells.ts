import { limits, type Media, type Texts } from '../definition.ts'
import type { Findings, Spot } from './findings.ts'
import type { Column, Field } from './headers.ts'
import { forbidden } from './values.ts'
import type { Row } from './workbook.ts'

/** One row of survey or choices, read by what its columns mean. */
export class Cells {
  readonly #columns: readonly Column[]
  readonly #row: Row
  readonly #sheet: string
  readonly #findings: Findings
  readonly #needed: string | undefined

  /** `needed`: the language that every label must be in, where the settings name one. */
  constructor(sheet: string, columns: readonly Column[], row: Row, findings: Findings, needed?: string) {
    this.#needed = needed
    this.#sheet = sheet
    this.#columns = columns
    this.#row = row
    this.#findings = findings
  }

  get number(): number {
    return this.#row.number
  }

  /** Where a cell of this row stands; without a column of that kind, the row alone. */
  spot(field?: Field, language?: string): Spot {
    const column = field && (this.#column(field, language) ?? this.#column(field))
    return { sheet: this.#sheet, row: this.#row.number, ...(column ? { column: column.header } : {}) }
  }

  #column(field: Field, language?: string): Column | undefined {
    return this.#columns.find(
      column => column.field === field && (language === undefined || column.language === language),
    )
  }

  has(field: Field): boolean {
    return this.#columns.some(column => column.field === field && this.#row.cells.has(column.index))
  }

  /** The cell as code reads it: curly quotes, which word processors put in, become straight. '' where it is empty. */
  code(field: Field): string {
    const column = this.#column(field)
    const text = (column && this.#row.cells.get(column.index)) ?? ''
    if (!this.#readable(text, field === 'default' ? limits.textLength : limits.expressionLength, column)) return ''
    return text
      .replace(/[“”„‟]/g, '"')
      .replace(/[‘’‚‛]/g, "'")
      .replaceAll(' ', ' ')
  }

  /** The cell as people read it. */
  plain(field: Field): string {
    const column = this.#column(field)
    const text = (column && this.#row.cells.get(column.index)) ?? ''
    return this.#readable(text, limits.textLength, column) ? text : ''
  }

  /** The texts of a translatable field, or undefined where no language has one. */
  texts(field: Field): Record<string, string> | undefined {
    const found: Record<string, string> = {}
    for (const column of this.#columns) {
      const text = column.field === field ? this.#row.cells.get(column.index) : undefined
      if (text === undefined || !this.#readable(text, limits.textLength, column)) continue
      if (/<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/i.test(text)) this.#findings.warn('html-plain', this.#at(column))
      found[column.language!] = text
    }
    if (Object.keys(found).length === 0) return undefined
    if (field !== 'image' && field !== 'audio' && field !== 'video') this.#compare(field, found)
    return found
  }

  /** A text that one language has and another lacks. */
  #compare(field: Field, found: Readonly<Record<string, string>>): void {
    if (field === 'label' && this.#needed !== undefined && found[this.#needed] === undefined) {
      this.#findings.refuse('missing-default-translation', this.spot(field, this.#needed), this.#needed)
    }
    for (const column of this.#columns) {
      if (column.field !== field || column.language === this.#needed || found[column.language!] !== undefined) continue
      this.#findings.warn('missing-translation', this.#at(column), column.language)
    }
  }

  media(): Media | undefined {
    const found: { -readonly [Kind in keyof Media]: Texts } = {}
    for (const kind of ['image', 'audio', 'video'] as const) {
      const files = this.texts(kind)
      if (!files) continue
      for (const [language, file] of Object.entries(files)) {
        if (/[/\\:]|^\.\.?$/.test(file) || file.length > 200) {
          this.#findings.refuse('media-name', this.spot(kind, language), file)
        }
      }
      found[kind] = files
    }
    return Object.keys(found).length > 0 ? found : undefined
  }

  /** Further columns of the choices sheet. */
  further(): Record<string, string> {
    const found: Record<string, string> = {}
    for (const column of this.#columns) {
      const text = column.field === undefined ? this.#row.cells.get(column.index) : undefined
      if (text !== undefined && this.#readable(text, limits.textLength, column)) found[column.header] = text
    }
    return found
  }

  /** Tells of filled cells that a row of this kind has no use for: those that would change what it means refuse it. */
  unused(fields: readonly Field[], refuse: ReadonlySet<Field>): void {
    for (const field of fields) {
      if (!this.has(field) || isNo(this.plain(field))) continue
      if (refuse.has(field)) this.#findings.refuse('cell-not-here', this.spot(field), this.plain('type'))
      else this.#findings.warn('cell-not-used', this.spot(field), this.plain('type'))
    }
  }

  #at = (column: Column): Spot => ({ sheet: this.#sheet, row: this.#row.number, column: column.header })

  #readable(text: string, longest: number, column: Column | undefined): boolean {
    if (text === '' || !column) return text === ''
    if (forbidden.test(text)) this.#findings.refuse('character', this.#at(column))
    else if (text.length > longest) this.#findings.refuse('text-too-long', this.#at(column), String(longest))
    else return true
    return false
  }
}

export const isYes = (text: string): boolean => /^(yes|true(\(\))?)$/i.test(text)
export const isNo = (text: string): boolean => /^(no|false(\(\))?)$/i.test(text)

/** yes → true(), no and nothing → undefined, an expression → itself. */
export const condition = (text: string): string | undefined =>
  text === '' || isNo(text) ? undefined : isYes(text) ? 'true()' : text

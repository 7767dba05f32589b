/** A report in one language: headings, sentences and tables. Plain texts; nothing in them is read as markup. */
export interface Report {
  /** ISO 639-1. */
  readonly language: string
  readonly title: string
  /** Who reports: an organisation. */
  readonly from: string
  /** Short lines under the title: what it is about, the day. */
  readonly about: readonly string[]
  /** Said above everything, as that this is a demonstration; null: nothing. */
  readonly mark: string | null
  readonly parts: readonly ReportPart[]
}
export interface ReportPart {
  readonly title: string
  readonly lines: readonly string[]
  readonly table?: ReportTable
}
export interface ReportTable {
  /** What the table is of, for who hears it read. */
  readonly about: string
  /** Relative widths, one for each column. */
  readonly widths: readonly number[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The template of every report. It is a constant; what is said comes by `sys.inputs`. */
export const reportTemplate = `
#let report = json(bytes(sys.inputs.report))
#set document(title: report.title, author: report.from)
#set text(font: "Noto Sans", lang: report.language, size: 10pt, fallback: false, fill: rgb("#1b1f23"), hyphenate: false)
#set par(leading: 0.6em, spacing: 0.8em, justify: false)
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 18mm), numbering: "1 / 1")
#show heading.where(level: 1): it => block(below: 0.8em, text(size: 18pt, weight: "bold", it.body))
#show heading.where(level: 2): it => block(above: 1.4em, below: 0.7em, sticky: true, text(size: 12pt, weight: "bold", it.body))
#show table.cell.where(y: 0): set text(weight: "bold")
#show figure: set block(breakable: true)
#show figure: set align(left)
#if report.mark != none [ #block(stroke: 1pt, inset: 8pt, width: 100%, text(weight: "bold", report.mark)) ]
#par(report.from)
#heading(level: 1, report.title)
#for line in report.about { par(spacing: 0.6em, line) }
#for part in report.parts {
  heading(level: 2, part.title)
  for line in part.lines { par(line) }
  if "table" in part {
    let content = part.table
    figure(
      kind: table,
      supplement: none,
      numbering: none,
      outlined: false,
      table(
        columns: content.widths.map(w => w * 1fr),
        align: left + top,
        inset: 5pt,
        stroke: 0.5pt + rgb("#8a9199"),
        table.header(..content.head.map(one => table.cell(one))),
        ..content.rows.flatten().map(one => table.cell(one)),
      ),
    )
  }
}
`

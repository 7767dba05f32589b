/** A letter to a person, in one language. Plain texts; nothing in them is read as markup. */
export interface Letter {
  /** ISO 639-1. */
  readonly language: string
  readonly title: string
  /** Who writes: an organisation. */
  readonly from: string
  /** Short lines under the title: the reference, the day. */
  readonly about: readonly string[]
  /** Said above everything, as that this is a demonstration; null: nothing. */
  readonly mark: string | null
  readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[]
  readonly end: string
}

/** The template of every letter. It is a constant; what is said comes by `sys.inputs`. */
export const letterTemplate = `
#let letter = json(bytes(sys.inputs.letter))
#set document(title: letter.title, author: letter.from)
#set text(font: "Noto Sans", lang: letter.language, size: 12pt, fallback: false, fill: rgb("#1b1f23"), hyphenate: false)
#set par(leading: 0.7em, spacing: 1em, justify: false)
#set page(paper: "a4", margin: (x: 26mm, top: 20mm, bottom: 20mm), numbering: "1 / 1")
#show heading.where(level: 1): it => block(below: 0.9em, text(size: 20pt, weight: "bold", it.body))
#show heading.where(level: 2): it => block(above: 1.5em, below: 0.75em, text(size: 13pt, weight: "bold", it.body))
#if letter.mark != none [ #block(stroke: 1pt, inset: 8pt, width: 100%, text(weight: "bold", letter.mark)) ]
#par(letter.from)
#heading(level: 1, letter.title)
#for line in letter.about { par(spacing: 0.6em, line) }
#for part in letter.parts {
  heading(level: 2, part.title)
  for line in part.lines { par(line) }
}
#v(1em)
#par(letter.end)
`

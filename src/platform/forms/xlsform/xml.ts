import { flaw } from '../flaw.ts'

/** What stands in an XML text, one thing at a time. Names come without their prefix. */
export interface XmlReader {
  /** Attributes are read only when asked for: most elements of a sheet are empty cells. */
  open(name: string, attributes: () => ReadonlyMap<string, string>): void
  close(name: string): void
  text(text: string): void
}

const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,40});?/g, (whole, name: string) => {
    const known = named.get(name)
    if (known !== undefined && whole.endsWith(';')) return known
    const code = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name)
    const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : 0
    // An entity that the text declares itself is never expanded: there are none without a DTD, which is refused.
    if (point === 0 || point > 0x10ffff) flaw('file-broken', whole)
    return String.fromCodePoint(point)
  })
}

const attribute = /\s*([^\s="']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const end = tag.replace(/\/$/, '').trimEnd().length
  // Each is looked for where the last one ended: what is no attribute ends the file, not a long search.
  for (let at = 0; at < end; at = attribute.lastIndex) {
    attribute.lastIndex = at
    const match = attribute.exec(tag) ?? flaw('file-broken')
    found.set(withoutPrefix(match[1]!), decoded(match[2] ?? match[3] ?? ''))
  }
  return found
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Ends a reading early without an error. */
export class Enough extends Error {}

/**
 * Reads well-formed XML as spreadsheets hold it. A document type is refused, so that no entity is ever expanded and
 * nothing outside is read.
 * @throws FormFlaw file-doctype, file-broken
 */
export function readXml(xml: string, reader: XmlReader): void {
  const open: string[] = []
  let at = 0
  try {
    for (;;) {
      const start = xml.indexOf('<', at)
      if (start > at && open.length > 0) reader.text(decoded(xml.slice(at, start).replaceAll('\r\n', '\n')))
      if (start < 0) break
      at = thing(xml, start, open, reader)
    }
  } catch (error) {
    if (error instanceof Enough) return
    throw error
  }
  if (open.length > 0) flaw('file-broken')
}

/** Reads what begins at `start`; answers where the next begins. */
function thing(xml: string, start: number, open: string[], reader: XmlReader): number {
  const second = xml.charCodeAt(start + 1)
  if (second === 0x3f) return after(xml, '?>', start)
  if (second === 0x21) {
    if (xml.startsWith('<!--', start)) return after(xml, '-->', start + 4)
    if (!xml.startsWith('<![CDATA[', start)) flaw('file-doctype')
    const end = after(xml, ']]>', start)
    reader.text(xml.slice(start + 9, end - 3))
    return end
  }
  const end = tagEnd(xml, start)
  if (second === 0x2f) {
    const name = withoutPrefix(xml.slice(start + 2, end - 1).trimEnd())
    if (open.pop() !== name) flaw('file-broken')
    reader.close(name)
    return end
  }
  const alone = xml.charCodeAt(end - 2) === 0x2f
  let nameEnd = start + 1
  while (nameEnd < end - 1 && !/[\s/]/.test(xml[nameEnd]!)) nameEnd++
  const name = withoutPrefix(xml.slice(start + 1, nameEnd))
  reader.open(name, () => attributesOf(xml.slice(nameEnd, end - 1)))
  if (alone) reader.close(name)
  else if (open.push(name) > 100) flaw('file-broken')
  return end
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from)
  return found < 0 ? flaw('file-broken') : found + mark.length
}

/** The end of a tag: `>` may stand inside quotes. */
function tagEnd(xml: string, start: number): number {
  let quote = 0
  for (let at = start + 1; at < xml.length; at++) {
    const code = xml.charCodeAt(at)
    if (quote) {
      if (code === quote) quote = 0
    } else if (code === 0x22 || code === 0x27) quote = code
    else if (code === 0x3e) return at + 1
  }
  return flaw('file-broken')
}

import { inflateSync } from 'node:zlib'

/** What a reader of a PDF is told, as far as our own documents go: text in its order, tags, title, language. */
export interface ReadPdf {
  readonly text: string
  readonly tags: readonly string[]
  readonly marked: boolean
  readonly accessible: boolean
  readonly title: string | undefined
  readonly language: string | undefined
}

const octal = /\\([0-7]{1,3}|[nrtbf()\\]|\r?\n)/g
const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
const unescaped = (text: string) =>
  text.replace(octal, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (named[code] ?? code.trim()),
  )
const utf16 = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** The letters of a font by the two bytes that stand for them. */
function lettersOf(map: string): Map<number, string> {
  const letters = new Map<number, string>()
  for (const [, block = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', text = ''] of block.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g))
      letters.set(Number.parseInt(code, 16), utf16(text))
  for (const [, block = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', text = ''] of block.matchAll(
      /<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>/g,
    ))
      for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code++)
        letters.set(code, String.fromCodePoint(Number.parseInt(text, 16) + code - Number.parseInt(from, 16)))
  return letters
}

/** Where the string that begins here ends: brackets in it come in pairs or are escaped. */
function endOf(content: string, from: number): number {
  for (let at = from + 1, depth = 1; at < content.length; at++) {
    if (content[at] === '\\') at++
    else if (content[at] === '(') depth++
    else if (content[at] === ')' && --depth === 0) return at
  }
  return content.length
}

/** Reads a PDF of ours without any library: objects stand one after the other, streams are deflated. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const raw = Buffer.from(bytes)
  const all = raw.toString('latin1')
  const objects = new Map<number, { head: string; stream: string }>()
  const begins = /(?:^|\n)(\d+) 0 obj\s/g
  for (let found = begins.exec(all); found; found = begins.exec(all)) {
    const from = found.index + found[0].length
    const end = all.indexOf('endobj', from)
    const streamAt = all.indexOf('stream\n', from)
    const hasStream = streamAt >= 0 && streamAt < end
    const head = all.slice(from, hasStream ? streamAt : end)
    let stream = ''
    if (hasStream) {
      const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
      const data = raw.subarray(streamAt + 7, streamAt + 7 + length)
      stream = (/FlateDecode/.test(head) ? inflateSync(data) : data).toString('latin1')
      begins.lastIndex = streamAt + 7 + length
    }
    objects.set(Number(found[1]), { head, stream })
  }
  const heads = [...objects.values()].map(one => one.head)
  const text: string[] = []
  for (const { head } of objects.values()) {
    if (!/\/Type \/Page\b(?!s)/.test(head)) continue
    const fonts = new Map<string, Map<number, string>>()
    for (const [, name = '', object = ''] of head.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(object))?.head ?? '')?.[1]
      fonts.set(name, lettersOf(objects.get(Number(map))?.stream ?? ''))
    }
    const content = objects.get(Number(/\/Contents (\d+) 0 R/.exec(head)?.[1]))?.stream ?? ''
    let font: Map<number, string> | undefined
    let line = ''
    const part = /\/(f\d+) [\d.]+ Tf|\(|\] TJ/g
    for (let found = part.exec(content); found; found = part.exec(content)) {
      if (found[1]) font = fonts.get(found[1])
      else if (found[0] === '(') {
        const end = endOf(content, found.index)
        const pairs = Buffer.from(unescaped(content.slice(found.index + 1, end)), 'latin1')
        for (let at = 0; at + 1 < pairs.length; at += 2) line += font?.get(pairs.readUInt16BE(at)) ?? '\ufffd'
        part.lastIndex = end + 1
      } else {
        text.push(line)
        line = ''
      }
    }
  }
  const catalog = heads.find(head => /\/Type \/Catalog/.test(head)) ?? ''
  const about = [...objects.values()].find(one => /\/Type \/Metadata/.test(one.head))?.stream ?? ''
  return {
    text: text.join('\n'),
    tags: heads.flatMap(head => (/\/Type \/StructElem/.test(head) ? (/\/S \/(\w+)/.exec(head)?.[1] ?? []) : [])),
    marked: /\/MarkInfo <<\s*\/Marked true/.test(catalog) && /\/StructTreeRoot \d+ 0 R/.test(catalog),
    accessible: /pdfuaid:part>1</.test(about),
    title: /<dc:title><rdf:Alt><rdf:li[^>]*>([^<]*)</.exec(Buffer.from(about, 'latin1').toString('utf8'))?.[1],
    language: /\/Lang \((\w+)\)/.exec(catalog)?.[1],
  }
}

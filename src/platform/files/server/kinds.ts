import { brandsOf, entriesOfZip, tracksOfMp4, tracksOfWebm } from './containers.ts'

/** What may be kept, by its bytes and by nothing that anybody says about it; also the ending of its name. */
export const kinds = ['jpg', 'png', 'webp', 'heic', 'pdf', 'm4a', 'ogg', 'webm', 'docx', 'odt'] as const
export type Kind = (typeof kinds)[number]
/** Of which a copy without metadata is made here. HEIC needs a decoder that we do not carry. */
export const isDrawn = (kind: Kind): boolean => kind === 'jpg' || kind === 'png' || kind === 'webp'

/** Why a file is not kept. */
export type RefusalCode = 'type' | 'empty' | 'too-large' | 'video' | 'macros' | 'broken-image' | 'too-many-pixels'

const starts = (bytes: Buffer, text: string, at = 0): boolean =>
  bytes.length >= at + text.length && bytes.toString('latin1', at, at + text.length) === text

/** The kind of a file by its bytes, or why it is not kept. The list is closed: what is not known is not kept. */
export function kindOf(bytes: Buffer): Kind | { refused: RefusalCode } {
  if (bytes.length === 0) return { refused: 'empty' }
  if (starts(bytes, '\xff\xd8\xff')) return 'jpg'
  if (starts(bytes, '\x89PNG\r\n\x1a\n')) return 'png'
  if (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8)) return 'webp'
  if (starts(bytes, '%PDF-')) return 'pdf'
  if (starts(bytes, 'OggS')) return ofOgg(bytes)
  if (starts(bytes, '\x1a\x45\xdf\xa3')) return ofWebm(bytes)
  if (starts(bytes, 'ftyp', 4)) return ofMedia(bytes)
  if (starts(bytes, 'PK')) return ofZip(bytes)
  return { refused: 'type' }
}

/** Of a HEIF file with HEVC inside; other codecs under the same roof are not known here. */
const still: ReadonlySet<string> = new Set(['heic', 'heix', 'heim', 'heis'])
function ofMedia(bytes: Buffer): Kind | { refused: RefusalCode } {
  const brands = brandsOf(bytes)
  if (brands.some(one => still.has(one))) return 'heic'
  const tracks = tracksOfMp4(bytes)
  if (!tracks || tracks.length === 0) return { refused: 'type' }
  if (tracks.includes('vide')) return { refused: 'video' }
  return tracks.every(one => one === 'soun') ? 'm4a' : { refused: 'type' }
}

function ofWebm(bytes: Buffer): Kind | { refused: RefusalCode } {
  const tracks = tracksOfWebm(bytes)
  if (!tracks || tracks.length === 0) return { refused: 'type' }
  if (tracks.includes(1)) return { refused: 'video' }
  return tracks.every(one => one === 2) ? 'webm' : { refused: 'type' }
}

/** The first page of each stream says what it carries, and all of those stand first (RFC 3533). */
function ofOgg(bytes: Buffer): Kind | { refused: RefusalCode } {
  let sound = false
  for (let at = 0; at + 28 <= bytes.length && starts(bytes, 'OggS', at); ) {
    const isFirst = (bytes[at + 5]! & 2) !== 0
    if (!isFirst) break
    const segments = bytes[at + 26]!
    let size = 0
    for (let each = 0; each < segments; each++) size += bytes[at + 27 + each] ?? 0
    const body = at + 27 + segments
    if (starts(bytes, '\x80theora', body) || starts(bytes, 'BBCD', body)) return { refused: 'video' }
    if (!['OpusHead', '\x01vorbis', '\x7fFLAC', 'Speex   '].some(head => starts(bytes, head, body)))
      return { refused: 'type' }
    sound = true
    at = body + size
  }
  return sound ? 'ogg' : { refused: 'type' }
}

function ofZip(bytes: Buffer): Kind | { refused: RefusalCode } {
  const zip = entriesOfZip(bytes)
  if (!zip) return { refused: 'type' }
  const names = new Set(zip.names)
  const written = names.has('[Content_Types].xml') && names.has('word/document.xml')
  const open =
    zip.names[0] === 'mimetype' && zip.first?.toString('latin1') === 'application/vnd.oasis.opendocument.text'
  // Both at once is neither.
  if (written === open) return { refused: 'type' }
  if (zip.names.some(name => /(^|\/)vbaProject\.bin$|^Basic\/|^Scripts\//i.test(name))) return { refused: 'macros' }
  return written ? 'docx' : 'odt'
}

import sharp from 'sharp'

// Small whole files of each kind that may be kept, made here byte by byte.

const box = (type: string, ...inside: Buffer[]): Buffer => {
  const body = Buffer.concat(inside)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + body.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}
const text = (value: string): Buffer => Buffer.from(value, 'latin1')

/** An MP4 with a track of each of these handlers (`soun`, `vide`). */
export const mp4Of = (brand: string, ...handlers: string[]): Buffer =>
  Buffer.concat([
    box('ftyp', text(brand), Buffer.alloc(4), text('isom')),
    box(
      'moov',
      ...handlers.map(one => box('trak', box('mdia', box('hdlr', Buffer.alloc(8), text(one), Buffer.alloc(13))))),
    ),
    box('mdat', Buffer.alloc(64, 5)),
  ])

const element = (id: string, ...inside: Buffer[]): Buffer => {
  const body = Buffer.concat(inside)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(0x10000000 | body.length)
  return Buffer.concat([Buffer.from(id, 'hex'), size, body])
}
/** A WebM with a track of each of these kinds: 1 video, 2 sound. */
export const webmOf = (...tracks: number[]): Buffer =>
  Buffer.concat([
    element('1a45dfa3', element('4282', text('webm'))),
    element(
      '18538067',
      element(
        '1654ae6b',
        ...tracks.map(one => element('ae', element('d7', Buffer.of(1)), element('83', Buffer.of(one)))),
      ),
      element('1f43b675', Buffer.alloc(40, 3)),
    ),
  ])

/** An Ogg whose first pages carry these codecs' heads. */
export const oggOf = (...heads: string[]): Buffer =>
  Buffer.concat([
    ...heads.map(head => {
      const body = Buffer.concat([text(head), Buffer.alloc(11)])
      return Buffer.concat([text('OggS\0\x02'), Buffer.alloc(20), Buffer.of(1, body.length), body])
    }),
    Buffer.concat([text('OggS\0\0'), Buffer.alloc(20), Buffer.of(1, 30), Buffer.alloc(30)]),
  ])

/** A zip of stored entries. */
export function zipOf(entries: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(entries)) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50)
    head.writeUInt32LE(content.length, 18)
    head.writeUInt32LE(content.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt32LE(content.length, 20)
    entry.writeUInt32LE(content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    local.push(head, text(name), text(content))
    directory.push(entry, text(name))
    at += 30 + name.length + content.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, ...directory, end])
}
export const docx = (more: Record<string, string> = {}): Buffer =>
  zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>', ...more })
export const odt = (more: Record<string, string> = {}): Buffer =>
  zipOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>', ...more })
export const pdf = (content = ''): Buffer => text(`%PDF-1.4\n${content}\n%%EOF`)
export const heic = (): Buffer =>
  Buffer.concat([box('ftyp', text('heic'), Buffer.alloc(4), text('mif1heic')), box('meta', Buffer.alloc(40))])

/** A photograph as a phone takes it: where it was taken, with what, and a comment, all of which must not travel. */
export async function photograph(canary: string, width = 600, height = 400): Promise<Buffer> {
  const noise = Buffer.alloc(width * height * 3)
  for (let at = 0; at < noise.length; at++) noise[at] = (at * 7919) % 251
  const taken = await sharp(noise, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: `${canary}-make`, Artist: `${canary}-artist` },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '10/1 39/1 1234/100',
        GPSLongitudeRef: 'W',
        GPSLongitude: '61/1 30/1 4321/100',
        GPSMapDatum: `${canary}-place`,
      },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>${canary}-xmp</rdf></x:xmpmeta>`)
    .jpeg()
    .toBuffer()
  const comment = text(`${canary}-comment`)
  const marker = Buffer.alloc(4)
  marker.writeUInt16BE(0xfffe)
  marker.writeUInt16BE(comment.length + 2, 2)
  // After the start marker a comment, and after the picture's end something more.
  return Buffer.concat([taken.subarray(0, 2), marker, comment, taken.subarray(2), text(`${canary}-trailer`)])
}

// Looks into files that hold several things, only as far as it takes to say what is in them. Every step moves forward and
// every count is bounded, so that a made-up file costs no more than its own bytes.

const ascii = (bytes: Buffer, at: number, length: number): string => bytes.toString('latin1', at, at + length)

interface Box {
  readonly type: string
  readonly from: number
  readonly to: number
}
const mostBoxes = 2_000

/** The boxes of an ISO base media file (ISO/IEC 14496-12) that lie side by side; undefined when they do not fit. */
function boxesIn(bytes: Buffer, from: number, to: number): Box[] | undefined {
  const found: Box[] = []
  for (let at = from; at < to; ) {
    if (at + 8 > to || found.length >= mostBoxes) return undefined
    let size = bytes.readUInt32BE(at)
    let head = 8
    if (size === 1) {
      if (at + 16 > to) return undefined
      const wide = bytes.readBigUInt64BE(at + 8)
      if (wide > BigInt(to)) return undefined
      size = Number(wide)
      head = 16
    } else if (size === 0) size = to - at
    if (size < head || at + size > to) return undefined
    found.push({ type: ascii(bytes, at + 4, 4), from: at + head, to: at + size })
    at += size
  }
  return found
}
const inside = (bytes: Buffer, box: Box | undefined, type: string): Box[] =>
  (box ? (boxesIn(bytes, box.from, box.to) ?? []) : []).filter(one => one.type === type)

/** Brands of a file that begins with `ftyp`; empty when it does not. */
export function brandsOf(bytes: Buffer): string[] {
  if (bytes.length < 16 || ascii(bytes, 4, 4) !== 'ftyp') return []
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 256)
  const brands = [ascii(bytes, 8, 4)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(bytes, at, 4))
  return brands
}

/** What the tracks of an MP4 are: `soun`, `vide`, …; undefined when it is none. */
export function tracksOfMp4(bytes: Buffer): string[] | undefined {
  const movie = boxesIn(bytes, 0, bytes.length)?.find(one => one.type === 'moov')
  if (!movie) return undefined
  return inside(bytes, movie, 'trak').map(track => {
    const [media] = inside(bytes, track, 'mdia')
    const [handler] = inside(bytes, media, 'hdlr')
    return handler && handler.from + 12 <= handler.to ? ascii(bytes, handler.from + 8, 4) : ''
  })
}

/** A number of EBML (RFC 8794) and how many bytes it takes; the length marker is left out of sizes, kept in ids. */
function vint(bytes: Buffer, at: number, isId: boolean): { value: number; size: number; unknown: boolean } | undefined {
  const first = bytes[at]
  if (first === undefined || first === 0) return undefined
  const size = Math.clz32(first) - 23
  if (size > (isId ? 4 : 8) || at + size > bytes.length) return undefined
  let value = isId ? first : first & (0xff >> size)
  let ones = (first & (0xff >> size)) === 0xff >> size
  for (let next = 1; next < size; next++) {
    value = value * 256 + bytes[at + next]!
    ones &&= bytes[at + next] === 0xff
  }
  return { value, size, unknown: !isId && ones }
}
const ebml = { head: 0x1a45dfa3, docType: 0x4282, segment: 0x18538067, tracks: 0x1654ae6b, entry: 0xae, kind: 0x83 }

/** What the tracks of a WebM are: 1 is video, 2 is sound; undefined when it is none. */
export function tracksOfWebm(bytes: Buffer): number[] | undefined {
  const found: number[] = []
  let docType = ''
  let steps = 0
  const walk = (from: number, to: number): boolean => {
    for (let at = from; at < to; ) {
      const id = vint(bytes, at, true)
      const length = id && vint(bytes, at + id.size, false)
      if (!id || !length || ++steps > mostBoxes) return false
      const start = at + id.size + length.size
      const end = length.unknown ? to : start + length.value
      if (end > to) return found.length > 0
      if (id.value === ebml.docType) docType = ascii(bytes, start, end - start)
      if (id.value === ebml.kind && end > start) found.push(bytes[end - 1]!)
      const open =
        id.value === ebml.head || id.value === ebml.segment || id.value === ebml.tracks || id.value === ebml.entry
      if (open && !walk(start, end)) return false
      at = end
    }
    return true
  }
  if (bytes.length < 4 || bytes.readUInt32BE(0) !== ebml.head) return undefined
  walk(0, bytes.length)
  return docType === 'webm' ? found : undefined
}

const mostEntries = 1_000
/** The names in a zip's directory, and the first entry's own bytes where they are stored as they are; undefined when it is none. */
export function entriesOfZip(bytes: Buffer): { names: string[]; first: Buffer | undefined } | undefined {
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== 0x04034b50) return undefined
  // The end of the directory stands last, before a comment of at most 64 KiB.
  let end = bytes.length - 22
  const last = Math.max(0, end - 65_535)
  while (end >= last && bytes.readUInt32LE(end) !== 0x06054b50) end--
  if (end < last) return undefined
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count > mostEntries) return undefined
  const names: string[] = []
  for (let each = 0; each < count; each++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) return undefined
    const length = bytes.readUInt16LE(at + 28)
    names.push(bytes.toString('utf8', at + 46, at + 46 + length))
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  const stored = bytes.readUInt16LE(8) === 0
  const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)
  return { names, first: stored ? bytes.subarray(start, start + Math.min(bytes.readUInt32LE(18), 200)) : undefined }
}

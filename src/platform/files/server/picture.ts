import sharp from 'sharp'
import type { Kind, RefusalCode } from './kinds.ts'

/** More would take more memory than one file may. */
export const mostPixels = 40_000_000
const cleanEdge = 3_000
const thumbnailEdge = 240
const seconds = 20

// One picture at a time is drawn; what was drawn is not kept.
sharp.cache(false)
sharp.concurrency(1)

export interface Drawn {
  /** JPEG, without anything that the original says beside its picture: no place, no time, no device, no preview. */
  readonly clean: Buffer
  readonly thumbnail: Buffer
}

const formats: Partial<Record<Kind, string>> = { jpg: 'jpeg', png: 'png', webp: 'webp' }

/**
 * Draws a picture anew. Whatever else stood in the file, before, after or between, is not in what comes out.
 * @param bytes one whole file of this kind
 */
export async function draw(kind: Kind, bytes: Buffer): Promise<Drawn | { refused: RefusalCode }> {
  const open = (from: Buffer) =>
    sharp(from, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true, pages: 1 }).timeout({ seconds })
  try {
    const { format, width, height } = await open(bytes).metadata()
    if (format !== formats[kind]) return { refused: 'broken-image' }
    if (width * height > mostPixels) return { refused: 'too-many-pixels' }
    const clean = await open(bytes)
      .autoOrient()
      .resize({ width: cleanEdge, height: cleanEdge, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 85 })
      .toBuffer()
    const thumbnail = await open(clean)
      .resize({ width: thumbnailEdge, height: thumbnailEdge, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 60 })
      .toBuffer()
    return { clean, thumbnail }
  } catch (error) {
    // The library's message may quote the file; only what it means is kept.
    return { refused: /pixel limit/i.test(String((error as Error).message)) ? 'too-many-pixels' : 'broken-image' }
  }
}

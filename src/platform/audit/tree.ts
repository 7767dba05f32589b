import { sha256 } from '#platform/crypto/hash.ts'

// RFC 6962 §2.1: the byte in front keeps a leaf from being taken for a node.
const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

export function leafHash(entry: string | Uint8Array): Buffer {
  return sha256(Buffer.concat([LEAF, typeof entry === 'string' ? Buffer.from(entry) : entry]))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([NODE, left, right]))
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export const emptyRoot = sha256('')

/** Leaves in one tile: C2SP tlog-tiles' height of 8. */
export const TILE = 256
const LEVEL_BITS = 8

export interface Tile {
  readonly level: number
  readonly no: number
  /** Up to 256 hashes of 32 bytes. At level L each is the root of a full subtree of 256^L leaves. */
  readonly hashes: Buffer
}

/** The place and length of the last tile of each level of a tree, without those that are empty or full. */
export function edgeTiles(size: number): { level: number; no: number; width: number }[] {
  const edge: { level: number; no: number; width: number }[] = []
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE)) {
    if (count % TILE > 0) edge.push({ level, no: Math.floor(count / TILE), width: count % TILE })
  }
  return edge
}

/** The root of 1, 2, 4 … 256 hashes: a full subtree. */
function fullRoot(hashes: readonly Buffer[]): Buffer {
  let row = hashes
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!))
  }
  return row[0]!
}

/**
 * A growing tree that remembers only its right edge: at most 255 hashes a level, four levels for four milliards of
 * leaves. Appending touches about one hash a leaf; the tiles to be stored are those that {@link takeTiles} gives.
 */
export class GrowingTree {
  #size: number
  readonly #edge: Buffer[][] = []
  #changed = new Map<string, Tile>()

  /** @param tiles the edge of a tree of this size, as `edgeTiles` names it; longer tiles are cut to it */
  constructor(size = 0, tiles: readonly Tile[] = []) {
    this.#size = size
    for (const { level, no, width } of edgeTiles(size)) {
      const tile = tiles.find(one => one.level === level && one.no === no)
      if (tile === undefined || tile.hashes.length < width * 32) throw new RangeError('a tile of the edge is missing')
      this.#edge[level] = Array.from({ length: width }, (_, i) => tile.hashes.subarray(i * 32, i * 32 + 32))
    }
  }

  get size(): number {
    return this.#size
  }

  append(leaf: Buffer): void {
    let hash = leaf
    this.#size += 1
    for (let level = 0, count = this.#size; ; level++, count = count / TILE) {
      const row = this.#edge[level] ?? []
      this.#edge[level] = row
      row.push(hash)
      if (row.length < TILE) break
      this.#note(level, count / TILE - 1, row)
      hash = fullRoot(row)
      this.#edge[level] = []
    }
  }

  #note(level: number, no: number, row: readonly Buffer[]): void {
    this.#changed.set(`${level}/${no}`, { level, no, hashes: Buffer.concat(row) })
  }

  /** Every tile filled since the last call, and the edge as it is now. */
  takeTiles(): Tile[] {
    for (const { level, no } of edgeTiles(this.#size)) this.#note(level, no, this.#edge[level]!)
    const tiles = [...this.#changed.values()]
    this.#changed = new Map()
    return tiles
  }

  root(): Buffer {
    let root: Buffer | undefined
    // From the smallest full subtree, on the right, to the largest: each level's hashes by the binary digits of their
    // count, lowest first.
    for (const row of this.#edge) {
      let end = row?.length ?? 0
      for (let bit = 1; bit <= end; bit *= 2) {
        if ((end & bit) === 0) continue
        const full = fullRoot(row!.slice(end - bit, end))
        root = root === undefined ? full : nodeHash(full, root)
        end -= bit
      }
    }
    return root ?? emptyRoot
  }
}

/** Reads the root of the full subtree of 2^level leaves that begins at leaf index · 2^level. */
export type SubtreeReader = (level: number, index: number) => Buffer | Promise<Buffer>

/** A reader over tiles: `tile(level, no)` gives the stored hashes of one tile, possibly not full. */
export function readerOf(tile: (level: number, no: number) => Buffer | Promise<Buffer>): SubtreeReader {
  return async (level, index) => {
    const high = Math.floor(level / LEVEL_BITS)
    const width = 2 ** (level % LEVEL_BITS)
    const first = index * width
    const hashes = await tile(high, Math.floor(first / TILE))
    const at = (first % TILE) * 32
    if (hashes.length < at + width * 32) throw new RangeError('a tile is shorter than the tree')
    return fullRoot(Array.from({ length: width }, (_, i) => hashes.subarray(at + i * 32, at + i * 32 + 32)))
  }
}

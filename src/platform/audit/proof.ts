import { emptyRoot, nodeHash, type SubtreeReader } from './tree.ts'

/** The largest power of two below n: where RFC 6962 cuts a tree of n > 1 leaves in two. */
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** MTH of leaves begin … end-1 (RFC 6962 §2.1), where begin is a multiple of a power of two not below the length. */
async function rangeRoot(begin: number, end: number, read: SubtreeReader): Promise<Buffer> {
  const n = end - begin
  if (n === 0) return emptyRoot
  const level = Math.log2(n)
  if (Number.isInteger(level)) return read(level, begin / n)
  const k = split(n)
  return nodeHash(await rangeRoot(begin, begin + k, read), await rangeRoot(begin + k, end, read))
}

/** The root of the first `size` leaves. */
export function rootAt(size: number, read: SubtreeReader): Promise<Buffer> {
  return rangeRoot(0, size, read)
}

/** That a leaf stands in a tree: its sister hashes from the leaf upwards (RFC 6962 §2.1.1). */
export async function inclusionProof(leaf: number, size: number, read: SubtreeReader): Promise<Buffer[]> {
  if (leaf < 0 || leaf >= size) throw new RangeError('no such leaf')
  const proof: Buffer[] = []
  for (let begin = 0, end = size; end - begin > 1; ) {
    const middle = begin + split(end - begin)
    if (leaf < middle) {
      proof.unshift(await rangeRoot(middle, end, read))
      end = middle
    } else {
      proof.unshift(await rangeRoot(begin, middle, read))
      begin = middle
    }
  }
  return proof
}

/** That a tree of `size` leaves begins with the tree of `old` leaves (RFC 6962 §2.1.2). */
export async function consistencyProof(old: number, size: number, read: SubtreeReader): Promise<Buffer[]> {
  if (old < 0 || old > size) throw new RangeError('no such tree')
  if (old === 0 || old === size) return []
  const proof: Buffer[] = []
  let begin = 0
  let end = size
  // Whether the old tree fills what is left exactly from its beginning: then its root is known to the verifier.
  let known = true
  while (old !== end) {
    const middle = begin + split(end - begin)
    if (old <= middle) {
      proof.unshift(await rangeRoot(middle, end, read))
      end = middle
    } else {
      proof.unshift(await rangeRoot(begin, middle, read))
      begin = middle
      known = false
    }
  }
  if (!known) proof.unshift(await rangeRoot(begin, end, read))
  return proof
}

/** Whether the proof leads from a leaf's hash to the root (the algorithm of RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  leaf: number,
  size: number,
  hash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (leaf < 0 || leaf >= size) return false
  let at = leaf
  let last = size - 1
  let made: Buffer = Buffer.from(hash)
  for (const sister of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      made = nodeHash(sister, made)
      while (at % 2 === 0 && at !== 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else {
      made = nodeHash(made, sister)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && made.equals(root)
}

/** Whether the proof shows that the newer tree begins with the older (the algorithm of RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  old: number,
  size: number,
  oldRoot: Uint8Array,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (old > size || old < 0) return false
  if (old === size) return proof.length === 0 && Buffer.compare(oldRoot, root) === 0
  if (old === 0) return proof.length === 0 && emptyRoot.equals(oldRoot)
  const path = [...proof]
  if (Number.isInteger(Math.log2(old))) path.unshift(oldRoot)
  const start = path.shift()
  if (start === undefined) return false
  let at = old - 1
  let last = size - 1
  while (at % 2 === 1) {
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  let before: Buffer = Buffer.from(start)
  let after: Buffer = Buffer.from(start)
  for (const sister of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      before = nodeHash(sister, before)
      after = nodeHash(sister, after)
      while (at % 2 === 0 && at !== 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else {
      after = nodeHash(after, sister)
    }
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && before.equals(oldRoot) && after.equals(root)
}

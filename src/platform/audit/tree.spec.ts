import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { consistencyProof, inclusionProof, rootAt, verifyConsistency, verifyInclusion } from './proof.ts'
import { edgeTiles, emptyRoot, GrowingTree, leafHash, nodeHash, readerOf, type Tile } from './tree.ts'

/** RFC 6962 §2.1 read aloud: slow, and written apart from what it checks. */
function plainRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return emptyRoot
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)))
}

const leaves = Array.from({ length: 1_500 }, (_, i) => leafHash(`leaf ${i}`))

function grow(size: number, batch = size || 1): { tree: GrowingTree; tiles: Map<string, Tile> } {
  const tiles = new Map<string, Tile>()
  let tree = new GrowingTree()
  for (let from = 0; from < size; from += batch) {
    // Each batch goes on from what was stored, as the sequencer does.
    tree = new GrowingTree(from, [...tiles.values()])
    for (const leaf of leaves.slice(from, Math.min(from + batch, size))) tree.append(leaf)
    for (const tile of tree.takeTiles()) tiles.set(`${tile.level}/${tile.no}`, tile)
  }
  return { tree, tiles }
}

const readerFrom = (tiles: Map<string, Tile>) =>
  readerOf((level, no) => tiles.get(`${level}/${no}`)?.hashes ?? Buffer.alloc(0))

test('the roots of the certificate-transparency test tree', () => {
  const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const tree = new GrowingTree()
  assert.equal(tree.root().toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  entries.forEach((entry, i) => {
    tree.append(leafHash(Buffer.from(entry, 'hex')))
    assert.equal(tree.root().toString('hex'), roots[i])
  })
})

test('the root does not depend on how the tree was grown, across the border of a tile', () => {
  for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 1_000, 1_500]) {
    const expected = plainRoot(leaves.slice(0, size))
    for (const batch of [size, 7, 256]) assert.deepEqual(grow(size, batch).tree.root(), expected, `${size} by ${batch}`)
  }
})

test('a tree of more than 65,536 leaves goes on over three levels of tiles', () => {
  const tree = new GrowingTree()
  const all = Array.from({ length: 65_800 }, (_, i) => leaves[i % leaves.length]!)
  for (const leaf of all) tree.append(leaf)
  assert.deepEqual(tree.root(), plainRoot(all))
  assert.deepEqual(
    tree
      .takeTiles()
      .filter(tile => tile.level === 2)
      .map(tile => tile.hashes.length),
    [32],
  )
})

test('a tree does not open on tiles that are missing or short', () => {
  const { tiles } = grow(300)
  assert.deepEqual(edgeTiles(300), [
    { level: 0, no: 1, width: 44 },
    { level: 1, no: 0, width: 1 },
  ])
  assert.throws(() => new GrowingTree(301, [...tiles.values()]), RangeError)
  assert.throws(() => new GrowingTree(300, []), RangeError)
})

test('every inclusion proof of small trees holds, and for no other leaf or place', async () => {
  const read = readerFrom(grow(40).tiles)
  for (let size = 1; size <= 40; size++) {
    const root = plainRoot(leaves.slice(0, size))
    for (let leaf = 0; leaf < size; leaf++) {
      const proof = await inclusionProof(leaf, size, read)
      assert.ok(verifyInclusion(leaf, size, leaves[leaf]!, proof, root))
      assert.ok(!verifyInclusion(leaf, size, leaves[leaf + 1]!, proof, root))
      if (size > 1) assert.ok(!verifyInclusion((leaf + 1) % size, size, leaves[leaf]!, proof, root))
      assert.ok(!verifyInclusion(leaf, size, leaves[leaf]!, [...proof, root], root))
    }
  }
})

test('every consistency proof of small trees holds, and not with another root', async () => {
  const read = readerFrom(grow(40).tiles)
  for (let size = 1; size <= 40; size++) {
    const root = plainRoot(leaves.slice(0, size))
    for (let old = 0; old <= size; old++) {
      const oldRoot = plainRoot(leaves.slice(0, old))
      const proof = await consistencyProof(old, size, read)
      assert.ok(verifyConsistency(old, size, oldRoot, root, proof), `${old} in ${size}`)
      assert.ok(!verifyConsistency(old, size, leaves[99]!, root, proof))
      if (old > 0) assert.ok(!verifyConsistency(old, size, oldRoot, leaves[99]!, proof))
    }
  }
})

test('proofs hold at random places of a tree over several tiles, and fail with any hash changed', async () => {
  const size = 1_500
  const read = readerFrom(grow(size).tiles)
  const root = plainRoot(leaves)
  await fc.assert(
    fc.asyncProperty(fc.nat(size - 1), fc.nat(10_000), async (leaf, n) => {
      assert.deepEqual(await rootAt(leaf + 1, read), plainRoot(leaves.slice(0, leaf + 1)))
      const inclusion = await inclusionProof(leaf, size, read)
      assert.ok(verifyInclusion(leaf, size, leaves[leaf]!, inclusion, root))
      const consistency = await consistencyProof(leaf + 1, size, read)
      const oldRoot = plainRoot(leaves.slice(0, leaf + 1))
      assert.ok(verifyConsistency(leaf + 1, size, oldRoot, root, consistency))
      for (const proof of [inclusion, consistency]) {
        if (proof.length === 0) continue
        const changed = proof.map(hash => Buffer.from(hash))
        changed[n % proof.length]![n % 32]! ^= 1
        assert.ok(proof === inclusion ? !verifyInclusion(leaf, size, leaves[leaf]!, changed, root) : true)
        assert.ok(proof === inclusion || !verifyConsistency(leaf + 1, size, oldRoot, root, changed))
      }
    }),
    { numRuns: 60 },
  )
})

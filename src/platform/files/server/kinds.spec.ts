import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import sharp from 'sharp'
import { pngOf } from '../make.ts'
import { kindOf } from './kinds.ts'
import { docx, heic, mp4Of, odt, oggOf, pdf, photograph, webmOf, zipOf } from './make.ts'
import { draw } from './picture.ts'

const whole = async (): Promise<readonly (readonly [string, Buffer])[]> => [
  ['jpg', await photograph('x')],
  ['png', pngOf(40, 30)],
  ['webp', await sharp(pngOf(40, 30)).webp().toBuffer()],
  ['heic', heic()],
  ['pdf', pdf()],
  ['m4a', mp4Of('M4A ', 'soun')],
  ['m4a', mp4Of('isom', 'soun')],
  ['ogg', oggOf('OpusHead')],
  ['ogg', oggOf('\x01vorbis')],
  ['webm', webmOf(2)],
  ['docx', docx()],
  ['odt', odt()],
]

test('each kind that may be kept is known by its bytes', async () => {
  for (const [kind, bytes] of await whole()) assert.equal(kindOf(bytes), kind)
})

test('everything else is refused, and says why', () => {
  const refused: readonly (readonly [string, Buffer])[] = [
    ['empty', Buffer.alloc(0)],
    ['video', mp4Of('isom', 'soun', 'vide')],
    ['video', webmOf(2, 1)],
    ['video', oggOf('OpusHead', '\x80theora')],
    ['macros', docx({ 'word/vbaProject.bin': 'x' })],
    ['macros', odt({ 'Basic/Standard/Module1.xml': 'x' })],
    ...[
      '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      '<!doctype html><script>1</script>',
      'GIF89a',
      'MZ\x90',
      '\x7fELF',
      '%!PS-Adobe',
      '{\\rtf1',
      'plain words',
      ' %PDF-1.4',
      'PK\x03\x04',
      'OggS',
      '\x1a\x45\xdf\xa3',
    ].map(text => ['type', Buffer.from(text, 'latin1')] as const),
    ['type', zipOf({ 'xl/workbook.xml': 'x', '[Content_Types].xml': 'x' })],
    ['type', zipOf({ mimetype: 'application/epub+zip' })],
    ['type', zipOf({ 'a.jar': 'x' })],
    // Both at once is neither.
    [
      'type',
      zipOf({
        mimetype: 'application/vnd.oasis.opendocument.text',
        '[Content_Types].xml': '',
        'word/document.xml': '',
      }),
    ],
    ['type', zipOf(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`word/${at}`, ''])))],
    ['type', mp4Of('qt  ')],
    ['type', mp4Of('isom', 'text')],
  ]
  for (const [code, bytes] of refused)
    assert.deepEqual(kindOf(bytes), { refused: code }, bytes.toString('latin1', 0, 40))
})

test('files that were cut, changed or made up never break the look at them', async () => {
  const seeds = (await whole()).map(([, bytes]) => bytes.subarray(0, 3000))
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.nat(3000),
      fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 12 }),
      (seed, length, changes) => {
        const bytes = Buffer.from(seed.subarray(0, length))
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        const kind = kindOf(bytes)
        assert.ok(typeof kind === 'string' || typeof kind.refused === 'string')
      },
    ),
    { numRuns: 3000 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), bytes => void kindOf(Buffer.from(bytes))),
    { numRuns: 1000 },
  )
})

test('a picture drawn anew has no place, no device, no comment and nothing after its end', async () => {
  const canary = 'ZQ-canary-7719'
  const taken = await photograph(canary)
  const before = await sharp(taken).metadata()
  assert.ok(before.exif && before.xmp)
  assert.equal(before.orientation, 6)
  for (const each of ['make', 'artist', 'place', 'xmp', 'comment', 'trailer'])
    assert.ok(taken.includes(`${canary}-${each}`), `${each} was planted`)
  const drawn = await draw('jpg', taken)
  assert.ok('clean' in drawn)
  for (const copy of [drawn.clean, drawn.thumbnail]) {
    const about = await sharp(copy).metadata()
    assert.equal(about.exif, undefined)
    assert.equal(about.xmp, undefined)
    assert.equal(about.iptc, undefined)
    assert.equal(about.icc, undefined)
    assert.ok(!copy.includes(canary))
    assert.ok(!copy.includes('Exif') && !copy.includes('GPS'))
    // Upright without being told: the turn went into the picture.
    assert.ok(about.height > about.width)
  }
})

test('a file that is two things at once is only a picture when it is drawn anew', async () => {
  const page = '<script>alert(1)</script>'
  const both = Buffer.concat([await photograph('x'), Buffer.from(page), zipOf({ 'a.jar': page })])
  assert.equal(kindOf(both), 'jpg')
  const drawn = await draw('jpg', both)
  assert.ok('clean' in drawn)
  assert.ok(!drawn.clean.includes('script') && !drawn.clean.includes('PK\x03\x04'))
})

test('a bomb is refused by what it says of itself, and does not fill memory', async () => {
  const before = process.memoryUsage().rss
  for (const [width, height, rows] of [
    [30_000, 30_000, 8],
    [65_000, 700, 1],
    [9000, 9000, 9000],
  ] as const)
    assert.deepEqual(await draw('png', pngOf(width, height, rows)), { refused: 'too-many-pixels' })
  assert.ok(process.memoryUsage().rss - before < 100 << 20)
})

test('a picture that breaks off, or is another kind inside, is refused', async () => {
  const jpeg = await photograph('x')
  assert.deepEqual(await draw('jpg', jpeg.subarray(0, 2000)), { refused: 'broken-image' })
  assert.deepEqual(await draw('png', jpeg), { refused: 'broken-image' })
  assert.deepEqual(await draw('jpg', Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.alloc(50)])), {
    refused: 'broken-image',
  })
})

import assert from 'node:assert/strict'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { loadCatalogues, messagesForBrowser } from './load.ts'
import { parse } from './parse.ts'
import { createWords, languages, type Piece, pickLanguage } from './words.ts'

const source = join(import.meta.dirname, '../..')
const catalogues = loadCatalogues()

/** "name:type" of every argument; a choice also names its cases, which code passes in. */
function argumentsOf(pieces: readonly Piece[], found = new Set<string>()): Set<string> {
  for (const piece of pieces) {
    if (piece.type === 0 || piece.type === 7) continue
    const cases = piece.type === 5 ? `(${Object.keys(piece.options).sort().join('|')})` : ''
    found.add(`${piece.value}:${piece.type}${cases}`)
    if (piece.type === 5 || piece.type === 6)
      for (const one of Object.values(piece.options)) argumentsOf(one.value, found)
  }
  return found
}

/** Several sets of values for a message: each case of its choices, and counts that a language may tell apart. */
function samplesFor(message: string): Record<string, string | number | Date>[] {
  const found = [...argumentsOf(parse(message))].map(one => /^(.+):(\d)(?:\((.+)\))?$/.exec(one)!)
  return [0, 1, 2, 5, 1234, 1_000_000].map((count, place) =>
    Object.fromEntries(
      found.map(([, name, type, cases]) => {
        const of = cases?.split('|')
        const value = of ? of[place % of.length]! : type === '6' || type === '2' ? count : `<${name}>`
        return [name!, value]
      }),
    ),
  )
}

/** Keys used in code: literals exactly, templates as a pattern whose holes take any text. */
function keysUsed(code: string): { exact: string[]; patterns: string[] } {
  const exact = [...code.matchAll(/\bt\(\s*(['"])([^'"`\n]+)\1/g)].map(match => match[2]!)
  const patterns = [...code.matchAll(/\bt\(\s*`([^`]+)`/g)].map(match => match[1]!)
  return { exact, patterns }
}

const patternOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\$\{[^}]*\}/)
      .map(escaped)
      .join('.+')}$`,
  )

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&')
}

describe('words', () => {
  test('every language has the same keys', () => {
    const english = Object.keys(catalogues.en).sort()
    assert.ok(english.length > 0)
    for (const { code } of languages) assert.deepEqual(Object.keys(catalogues[code]).sort(), english, code)
  })

  test('a message takes the same arguments in every language', () => {
    for (const [key, text] of Object.entries(catalogues.en)) {
      const of = (message: string) => [...argumentsOf(parse(message))].sort()
      for (const { code } of languages) assert.deepEqual(of(catalogues[code][key]!), of(text), `${key} in ${code}`)
    }
  })

  test('a message is written as the ICU formatter writes it', () => {
    for (const { code, locale } of languages) {
      const { t } = createWords(code, catalogues[code])
      for (const [key, text] of Object.entries(catalogues[code])) {
        const formatter = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
        for (const values of samplesFor(text)) assert.equal(t(key, values), String(formatter.format(values)), key)
      }
    }
  })

  test('Spanish has one word for one thing, and “usted” for everybody', () => {
    // derivar: what social workers of the region say. Llave de acceso: what telephones sold there call a passkey.
    const others =
      /\bremit|\bremisi|clave de acceso|quien tiene (la|su) tutela|forzoso|\bt[uú]s?\b|\b(puedes|quieres|tienes)\b/i
    for (const [key, text] of Object.entries(catalogues.es)) assert.doesNotMatch(text, others, key)
  })

  test('every key used in code exists', () => {
    const missing: string[] = []
    const keys = Object.keys(catalogues.en)
    for (const file of globSync('**/*.{ts,tsx}', { cwd: source })) {
      if (/\.spec\.tsx?$|\.d\.ts$|[\\/]gallery[\\/]/.test(file)) continue
      const { exact, patterns } = keysUsed(readFileSync(join(source, file), 'utf8'))
      missing.push(...exact.filter(key => key.includes('.') && !(key in catalogues.en)).map(key => `${file}: ${key}`))
      for (const pattern of patterns) {
        const matcher = patternOf(pattern)
        if (!keys.some(key => matcher.test(key))) missing.push(`${file}: ${pattern}`)
      }
    }
    assert.deepEqual(missing, [])
  })

  test('the scan sees literal and template keys', () => {
    const hole = '$' + '{kind}'
    const used = keysUsed(`a(t('x.one'), words.t("x.two", { n }), t(\`x.${hole}.title\`), format('x.three'))`)
    assert.deepEqual(used, { exact: ['x.one', 'x.two'], patterns: [`x.${hole}.title`] })
    assert.ok(patternOf(`x.${hole}.title`).test('x.any.title'))
    assert.ok(!patternOf(`x.${hole}.title`).test('x.any.hint'))
  })

  test('the messages of the browser say what the texts say', () => {
    const fromTexts = createWords('en', loadCatalogues(['base']).en)
    const fromBrowser = createWords('en', messagesForBrowser('en', 'base'))
    assert.equal(
      fromBrowser.t('ui.step.progress', { step: 3, of: 7 }),
      fromTexts.t('ui.step.progress', { step: 3, of: 7 }),
    )
    assert.equal(fromBrowser.t('ui.continue'), fromTexts.t('ui.continue'))
  })
})

describe('createWords', () => {
  const messages = {
    'a.n': '{n, plural, one {# place} other {# places}}',
    'a.plain': 'It’s <b>so</b>',
    'a.on': 'On {d, date, long}',
    'a.exact': '{n, plural, =0 {none} =2 {a pair} one {# place} other {# places}}',
    'a.rank': '{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
    'a.with': '{n, plural, offset:1 =1 {you} one {you and # more} other {you and # more}}',
    'a.who': '{who, select, officer {an officer{n, plural, =1 {} other { and #}}} other {somebody}}',
  }

  test('a missing key throws, and shows itself in production', () => {
    assert.throws(() => createWords('en', messages, { strict: true }).t('a.none'), /a\.none/)
    assert.throws(() => createWords('en', messages, { strict: true }).t('toString'), /toString/)
    assert.equal(createWords('en', messages, { strict: false }).t('a.none'), 'a.none')
  })

  test('a missing value throws, and shows the key in production', () => {
    assert.throws(() => createWords('en', messages, { strict: true }).t('a.n'), /a\.n/)
    assert.equal(createWords('en', messages, { strict: false }).t('a.n'), 'a.n')
  })

  test('plurals count and tags stay text', () => {
    const { t } = createWords('en', messages)
    assert.equal(t('a.n', { n: 1 }), '1 place')
    assert.equal(t('a.n', { n: 1200 }), '1,200 places')
    assert.equal(t('a.plain'), 'It’s <b>so</b>')
  })

  test('exact counts, ranks, offsets and choices inside choices are written as the ICU formatter writes them', () => {
    const { t } = createWords('en', messages)
    for (const key of ['a.exact', 'a.rank', 'a.with', 'a.who'] as const)
      for (const n of [0, 1, 2, 3, 4, 21, 1.5, -1, 1200])
        for (const who of ['officer', 'nobody'])
          assert.equal(
            t(key, { n, who }),
            new IntlMessageFormat(messages[key], 'en-001').format({ n, who }),
            `${key} ${n}`,
          )
  })

  test('a form that the browser has no code for is refused', () => {
    const { t } = createWords('en', {
      'a.share': '{n, number, percent}',
      'a.at': 'at {d, time}',
      'a.day': '{d, date, full}',
    })
    for (const key of ['a.share', 'a.at', 'a.day']) assert.throws(() => t(key, { n: 1, d: new Date() }), RegExp(key))
  })

  test('who asked to be told of a missing key is told, and words that came later are there', () => {
    const growing: Record<string, string> = {}
    const told: string[] = []
    const { t } = createWords('en', growing, { strict: false, missing: key => told.push(key) })
    assert.equal(t('a.late'), 'a.late')
    growing['a.late'] = 'Here now'
    assert.equal(t('a.late'), 'Here now')
    assert.deepEqual(told, ['a.late'])
  })

  test('a moment is shown in the country’s time zone and a day stays that day', () => {
    const words = createWords('en', messages, { timeZone: 'America/Port_of_Spain' })
    assert.equal(words.date('2026-03-14T01:00:00Z'), '13 Mar 2026')
    assert.equal(words.date('2026-03-14'), '14 Mar 2026')
    assert.match(words.time('2026-03-14T01:05:00Z'), /9:05/)
    assert.equal(words.t('a.on', { d: new Date('2026-03-14T01:00:00Z') }), 'On 13 March 2026')
    assert.equal(createWords('es', messages).date('2026-03-14', 'long'), '14 de marzo de 2026')
  })

  test('a distance in time takes the largest whole unit', () => {
    const now = new Date('2026-03-14T12:00:00Z')
    const words = createWords('en', {})
    assert.equal(words.relative('2026-03-14T15:30:00Z', now), 'in 3 hours')
    assert.equal(words.relative('2026-03-12T11:00:00Z', now), '2 days ago')
    assert.equal(createWords('es', {}).relative('2026-03-14T12:20:00Z', now), 'dentro de 20 minutos')
  })
})

describe('pickLanguage', () => {
  test('what a person chose wins over what the browser says', () => {
    assert.equal(pickLanguage('en-GB,en;q=0.9', 'es'), 'es')
    assert.equal(pickLanguage('es-DO', 'xx'), 'es')
  })

  test('the browser’s best language that we speak is taken', () => {
    assert.equal(pickLanguage('fr-FR,es;q=0.8,en;q=0.5'), 'es')
    assert.equal(pickLanguage('es;q=0.2, en-TT;q=0.7'), 'en')
    assert.equal(pickLanguage('es;q=0'), 'en')
  })

  test('nothing, or nonsense, is English', () => {
    for (const header of [undefined, null, '', '*', ';;;,,,', 'x'.repeat(100_000)])
      assert.equal(pickLanguage(header), 'en')
  })
})

describe('loadCatalogues', () => {
  const withFiles = (files: Record<string, unknown>, run: (root: string) => void) => {
    const root = mkdtempSync(join(tmpdir(), 'samaan-words-'))
    try {
      for (const [file, content] of Object.entries(files)) {
        mkdirSync(join(root, file, '..'), { recursive: true })
        writeFileSync(join(root, file), JSON.stringify(content))
      }
      run(root)
    } finally {
      rmSync(root, { recursive: true })
    }
  }

  test('one key with two texts is refused, with the same text it is not', () => {
    withFiles({ 'a/words/en.json': { k: 'one' }, 'b/words/more.en.json': { k: 'two' } }, root =>
      assert.throws(() => loadCatalogues(undefined, root), /"k" has one text/),
    )
    withFiles({ 'a/words/en.json': { k: 'one' }, 'b/words/more.en.json': { k: 'one' } }, root =>
      assert.equal(loadCatalogues(undefined, root).en.k, 'one'),
    )
  })

  test('a file of an unknown language or with an empty text is refused', () => {
    withFiles({ 'a/words/xx.json': { k: 'one' } }, root =>
      assert.throws(() => loadCatalogues(undefined, root), /language/),
    )
    withFiles({ 'a/words/en.json': { k: ' ' } }, root =>
      assert.throws(() => loadCatalogues(undefined, root), /not a text/),
    )
  })

  test('desk and site words stay out of what every staff member loads', () => {
    withFiles(
      { 'a/words/en.json': { k: 'k' }, 'a/words/list-desk.en.json': { d: 'd' }, 'site/words/en.json': { s: 's' } },
      root => {
        assert.deepEqual(Object.keys(messagesForBrowser('en', 'base', root)), ['k'])
        assert.deepEqual(Object.keys(messagesForBrowser('en', 'desk', root)), ['d'])
        assert.deepEqual(Object.keys(loadCatalogues(['site'], root).en), ['s'])
      },
    )
  })
})

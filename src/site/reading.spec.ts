import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { loadPacks } from '#platform/country/load.ts'
import { loadWords } from '#platform/words/load.ts'
import { siteApp } from './app.ts'
import { href, routes } from './page.ts'

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** Syllables of an English word: groups of vowels, less a silent e at the end. */
function syllables(word: string): number {
  const bare = word.toLowerCase().replace(/[^a-z]/g, '')
  return Math.max(
    1,
    count(bare.replace(/([^aeiouyl])e$|([aeiouy]l)e$/, '$1$2').replace(/([^td])ed$/, '$1d'), /[aeiouy]+/g),
  )
}

/** School grade after Flesch and Kincaid (1975): 0.39 words a sentence + 11.8 syllables a word − 15.59. */
function grade(text: string): number {
  const words = text.match(/[A-Za-z’']+/g) ?? []
  const sentences = Math.max(1, count(text, /[.!?:]+(\s|$)/g))
  const spoken = words.reduce((sum, word) => sum + syllables(word), 0)
  return 0.39 * (words.length / sentences) + 11.8 * (spoken / words.length) - 15.59
}

/**
 * Ease of a Spanish text after Fernández Huerta (1959): 206.84 − 60 syllables a word − 1.02 words a sentence.
 * From 65 on it counts as fairly easy (INFLESZ scale).
 */
function facility(text: string): number {
  const words = text.match(/\p{L}+/gu) ?? []
  const sentences = Math.max(1, count(text, /[.!?:]+(\s|$)/g))
  const spoken = words.reduce((sum, word) => sum + Math.max(1, count(word, /[aeiouáéíóúü]+/gi)), 0)
  return 206.84 - 60 * (spoken / words.length) - 1.02 * (words.length / sentences)
}

/** What a page's main part says. Blocks without a full stop are given one, as a reader pauses there. */
function prose(page: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(page)?.[0] ?? ''
  return main
    .replace(/<svg[\s\S]*?<\/svg>|<bdi[\s\S]*?<\/bdi>|<div class="paper">[\s\S]*?<\/div>/g, '')
    .replace(/<\/(p|li|h\d|dd|dt|a)>/g, '.\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[a-z#0-9]+;/g, ' ')
    .replace(/([.!?:])\s*\./g, '$1')
}

describe('reading', () => {
  test('the measure knows easy from hard', () => {
    assert.deepEqual(['cat', 'make', 'people', 'danger', 'information', 'called'].map(syllables), [1, 1, 2, 2, 4, 1])
    assert.ok(grade('You can call. We will help you.') < 2)
    assert.ok(grade('Confidentiality obligations notwithstanding, institutional representatives communicate.') > 15)
    assert.ok(facility('Usted puede llamar. No está solo.') > 80)
    assert.ok(facility('La confidencialidad institucional condiciona comunicaciones posteriores.') < 20)
  })

  test('a child of twelve can read every page', async () => {
    const packs = await loadPacks(join(import.meta.dirname, '../../countries'))
    for (const code of ['XSA', 'TTO']) {
      const pack = packs.get(code)
      assert.ok(pack)
      const app = siteApp({ pack, words: loadWords(), siteOrigin: 'http://localhost:4000' })
      const read = async (path: string) => prose(await (await app.request(path)).text())
      for (const route of [...routes, '/nowhere']) {
        const english = await read(href('en', route))
        assert.ok(grade(english) <= 6, `${code} ${route}: grade ${grade(english).toFixed(1)}`)
        const spanish = await read(href('es', route))
        assert.ok(facility(spanish) >= 65, `${code} ${route}: facility ${facility(spanish).toFixed(0)}`)
      }
    }
  })
})

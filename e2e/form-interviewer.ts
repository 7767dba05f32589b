import assert from 'node:assert/strict'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import type { GalleryApp } from './form-gallery.ts'
import { axe, desk, fits, openPage, phone, shot } from './harness.ts'

const catalogues = loadCatalogues(['base'])

/** Somebody with the form open. `query` as the gallery reads it. */
export async function interviewer(
  app: GalleryApp,
  query: string,
  options: BrowserContextOptions = {},
  prepare?: () => void,
) {
  const opened = await openPage(app, { viewport: phone, hasTouch: options.viewport !== desk, ...options })
  const { page, context, problems } = opened
  page.setDefaultTimeout(20_000)
  if (prepare) await context.addInitScript(prepare)
  const asked = new URLSearchParams(query)
  const { t } = createWords(
    (asked.get('lang') ?? 'en') as LanguageCode,
    catalogues[(asked.get('lang') ?? 'en') as LanguageCode],
  )
  const name = `form-${query.replaceAll(/\W+/g, '-')}-${options.colorScheme ?? 'light'}`
  await page.goto(`${app.staff}/?${query}`)
  await page.locator('h1').waitFor()
  let place = 0
  const button = (label: string) => page.getByRole('button', { name: label, exact: true })
  const moves = () => page.evaluate(() => (window as unknown as { interview: { moves: number } }).interview.moves)
  return {
    page,
    t,
    button,
    field: (path: string) => page.locator(`[id="${path}"]`),
    /** Holds what is on the screen to the checker and to the width of the screen. */
    async look(full = true) {
      const label = `${name}-${String(++place).padStart(2, '0')}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
      if (full) assert.deepEqual(await small(page), [], label)
    },
    async title(text: string) {
      await page.getByRole('heading', { level: 1 }).filter({ hasText: text }).waitFor()
      const focused = await page.evaluate(() => document.activeElement?.tagName)
      assert.equal(focused, 'H1', `${text}: focus is on its title`)
    },
    async goOn() {
      const before = await moves()
      await page.locator('button[type=submit]').click()
      await page.waitForFunction(
        was => (window as unknown as { interview: { moves: number } }).interview.moves > was,
        before,
      )
    },
    async pick(label: string) {
      await page.locator('.choice', { hasText: label }).first().click()
    },
    async close() {
      assert.deepEqual(problems(), [])
      await context.close()
    },
  }
}

/** What is pressed and is less than 44 px high or wide. */
const small = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, textarea, .choice, summary')].flatMap(one => {
      const { width, height } = one.getBoundingClientRect()
      const inCard = one.closest('.choice') && one !== one.closest('.choice')
      const hidden = one.classList.contains('hidden-visually') || inCard
      return hidden || (width >= 44 && height >= 44) ? [] : [`${one.outerHTML.slice(0, 120)} ${width}x${height}`]
    }),
  )

import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { type ServerType, serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { directory } from '#capabilities/directory/contract.ts'
import { openSite } from '#capabilities/directory/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords } from '#platform/words/words.ts'
import { type Harness, startHarness } from '../tests/harness/harness.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { axe, desk, fits, openBrowser, phone, shot } from './harness.ts'

// Somebody looks for help without saying who they are, on a phone or at a desk, in the light or the dark, without script.

const screens = { phone, desk }
const catalogues = loadCatalogues()

let harness: Harness
let server: ServerType
let browser: Browser
let origin: string
before(async () => {
  harness = await startHarness()
  const site = openSite(harness)
  server = await new Promise<ServerType>(done => {
    const made = serve({ fetch: site.fetch, port: 0, hostname: '127.0.0.1' }, () => done(made))
  })
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  server?.close()
  await harness?.stop()
})

async function fill(): Promise<void> {
  const { call } = await harness.as('odette')
  const offer = (body: string, more: object) =>
    call(directory.offer, {
      params: { organisation: organisationId(body) },
      body: { id: uuidv7(), kind: 'psychosocial' as const, languages: ['en', 'es'], public: true, ...more },
    })
  const always = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }]
  await offer('claro-clinic', {
    name: 'Talking together',
    description: 'One hour with somebody who listens, as often as it helps. Nobody writes down why you came.',
    area: 'claro',
    sexes: ['female'],
    minAge: 16,
    withChildren: true,
    cost: 'free',
    howToAsk: ['call', 'walk-in'],
    accessNeeds: ['step-free', 'easy-words'],
    hours: [
      { days: [1, 2, 3, 4, 5], from: '08:00', to: '12:30' },
      { days: [2, 4], from: '14:00', to: '18:00' },
    ],
  })
  await offer('claro-clinic', { kind: 'medical-care', cost: 'reduced', howToAsk: ['appointment'], hours: always })
  await offer('casa-puente', {
    kind: 'food',
    name: 'A warm meal and a bag to take home for the whole family',
    cost: 'free',
    howToAsk: ['walk-in', 'in-samaan'],
    hours: always,
    openOnHolidays: true,
  })
  await offer('casa-puente', { kind: 'cash', name: 'Kept quiet', public: false })
}

type Look = { lang: 'en' | 'es'; size: keyof typeof screens; dark: boolean }
/** Every two of language, screen and light meet in one of them. */
const looks: readonly Look[] = [
  { lang: 'en', size: 'phone', dark: true },
  { lang: 'en', size: 'desk', dark: false },
  { lang: 'es', size: 'phone', dark: false },
  { lang: 'es', size: 'desk', dark: true },
]

/** A page as it is without script, held to the checker in a browser that has some. */
async function check(page: Page, name: string, { lang, size, dark }: Look): Promise<void> {
  const html = await page.content()
  await shot(page, `find-${name}-${lang}-${size}-${dark ? 'dark' : 'light'}`)
  const context = await browser.newContext({
    bypassCSP: true,
    colorScheme: dark ? 'dark' : 'light',
    viewport: screens[size],
  })
  try {
    const other = await context.newPage()
    const address = `${origin}/${lang}/find`
    await other.route(address, route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
    for (const width of [320, screens[size].width]) {
      await other.setViewportSize({ width, height: screens[size].height })
      await other.goto(address)
      await fits(other, `${name} at ${width}`)
    }
    await axe(other, `${name} ${lang} ${size}`)
  } finally {
    await context.close()
  }
}

async function journey(look: Look, walk: (page: Page, t: (key: string, values?: object) => string) => Promise<void>) {
  const { t } = createWords(look.lang, catalogues[look.lang])
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: look.lang,
    viewport: screens[look.size],
    colorScheme: look.dark ? 'dark' : 'light',
  })
  try {
    const page = await context.newPage()
    await walk(page, t as never)
    assert.deepEqual(await context.cookies(), [])
  } finally {
    await context.close()
  }
}

/** Two that differ in everything, for what is drawn of the same parts. */
const few = [looks[0]!, looks[3]!]

test('while nothing is listed it says so and where to call', async () => {
  for (const look of few)
    await journey(look, async (page, t) => {
      await page.goto(`${origin}/${look.lang}/find`)
      await page.getByRole('heading', { name: t('find.empty') }).waitFor()
      await check(page, 'empty', look)
    })
})

test('somebody finds the door, chooses what they need, sees one place alone, and changes the language', async () => {
  await fill()
  for (const look of looks)
    await journey(look, async (page, t) => {
      const press = (key: string) => page.getByRole('button', { name: t(key), exact: true }).click()
      const names = async () => page.locator('.find-name').allTextContents()
      await page.goto(`${origin}/${look.lang}`)
      await page.getByRole('link', { name: t('find.door.title') }).click()
      assert.equal(await page.title(), t('find.title'))
      assert.equal((await names()).length, 3)
      await check(page, 'all', look)

      await page.getByLabel(t('find.need')).selectOption('psychosocial')
      await page.getByLabel(t('find.place')).selectOption('claro')
      await page.getByLabel(t('find.language')).selectOption('es')
      await press('find.go')
      assert.deepEqual(await names(), ['Talking together'])
      assert.equal(new URL(page.url()).search, '')
      assert.equal(await page.getByLabel(t('find.need')).inputValue(), 'psychosocial')
      await check(page, 'found', look)

      await page.getByRole('button', { name: `${t('find.one')}: Talking together` }).click()
      await check(page, 'one', look)
      await page.emulateMedia({ media: 'print' })
      assert.equal(await page.locator('.paper').isVisible(), true)
      for (const hidden of ['.exit', '.brand', 'h1', '.find'])
        assert.equal(await page.locator(hidden).first().isVisible(), false, hidden)
      await shot(page, `find-paper-${look.lang}`, false)
      await page.emulateMedia({ media: 'screen' })
      await press('find.back')
      assert.deepEqual(await names(), ['Talking together'])

      const other = look.lang === 'en' ? 'es' : 'en'
      await page.locator(`.languages [lang=${other}]`).click()
      assert.equal(new URL(page.url()).pathname, `/${other}/find`)
      assert.deepEqual(await names(), ['Talking together'])
      await page.locator(`.languages [lang=${look.lang}]`).click()

      await page.getByLabel(t('find.need')).selectOption('food')
      await page.getByLabel(t('find.open')).check({ force: true })
      await press('find.go')
      assert.deepEqual(await names(), ['A warm meal and a bag to take home for the whole family'])
      await page.getByLabel(t('find.need')).selectOption('medical-care')
      await page.getByLabel(t('find.place')).selectOption('')
      await press('find.go')
      await page.getByLabel(t('find.need')).selectOption('psychosocial')
      await page.getByLabel(t('find.language')).selectOption('')
      harness.setNow(new Date('2026-03-01T04:00:00Z'))
      try {
        await press('find.go')
      } finally {
        harness.setNow(undefined)
      }
      await page.getByRole('heading', { name: t('find.none') }).waitFor()
      if (few.includes(look)) await check(page, 'none', look)
      assert.equal(await page.locator('.exit-now').count(), 1)
    })
})

import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type ServerType, serve } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { loadPacks } from '#platform/country/load.ts'
import { loadWords } from '#platform/words/load.ts'
import { siteApp } from '../src/site/app.ts'
import { href, routes } from '../src/site/page.ts'
import { axe, desk, fits, openBrowser, phone, shot } from './harness.ts'

const screens = { phone, desk }
const langs = ['en', 'es'] as const

let browser: Browser
const servers: ServerType[] = []
const origins = new Map<string, string>()

before(async () => {
  const words = loadWords()
  for (const [code, pack] of await loadPacks(join(import.meta.dirname, '../countries'))) {
    // The port is known only once it listens, and the site's own origin only then.
    const server = await new Promise<ServerType>(done => {
      const made = serve({ fetch: request => app.fetch(request), port: 0, hostname: '127.0.0.1' }, () => done(made))
    })
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`
    const app = siteApp({ pack, words, siteOrigin: origin, staffOrigin: 'http://localhost:4001' })
    servers.push(server)
    origins.set(code, origin)
  }
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  for (const server of servers) server.close()
})

/** Opens a page of its own, which may reach nothing but the site, and closes it afterwards. */
async function visit(options: BrowserContextOptions, run: (page: Page, asked: string[]) => Promise<void>) {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options })
  const asked: string[] = []
  await context.route('**/*', route => {
    const url = route.request().url()
    asked.push(url)
    if ([...origins.values()].some(origin => url.startsWith(origin))) return route.continue()
    return route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>Sunny' })
  })
  try {
    await run(await context.newPage(), asked)
  } finally {
    await context.close()
  }
}

const originOf = (code: string): string => origins.get(code) ?? assert.fail(`no site for ${code}`)

async function boxOf(page: Page, selector: string) {
  return (await page.locator(selector).first().boundingBox()) ?? assert.fail(`${selector} is not drawn`)
}

describe('the public site without script', () => {
  for (const [name, viewport] of Object.entries(screens))
    for (const lang of langs)
      test(`somebody finds a number on a ${name} in ${lang}`, async () => {
        await visit({ viewport, locale: lang }, async (page, asked) => {
          await page.goto(originOf('XSA'))
          assert.equal(new URL(page.url()).pathname, `/${lang}`)
          const fold = viewport.height - (name === 'phone' ? (await boxOf(page, '.exit')).height : 0)
          for (const seen of ['.button-help', '.hero .call-link']) {
            const { y, height } = await boxOf(page, seen)
            assert.ok(y + height <= fold, `${seen} ends at ${y + height}, below the first screen`)
          }
          await shot(page, `${name}-${lang}-home-first`, false)
          await page.click('.button-help')
          assert.equal(new URL(page.url()).pathname, `/${lang}/help`)
          const { y, height } = await boxOf(page, 'main .call-link')
          assert.ok(y + height <= fold, 'the first number is on the first screen')
          assert.equal(await page.locator('main a[href="tel:+9990000100"]').count(), 1)
          await shot(page, `${name}-${lang}-help-first`, false)

          const other = lang === 'en' ? 'es' : 'en'
          await page.click(`.languages a[lang=${other}]`)
          assert.equal(new URL(page.url()).pathname, `/${other}/help`)
          assert.deepEqual(await page.context().cookies(), [])
          assert.deepEqual(
            asked.filter(url => !url.startsWith(originOf('XSA'))),
            [],
          )

          await page.click('.exit-now')
          assert.equal(await page.title(), 'Weather')
        })
      })

  test('the way out stays at the thumb, however far one reads, and is large enough', async () => {
    await visit({ viewport: phone, hasTouch: true }, async page => {
      await page.goto(`${originOf('XSA')}/en/about`)
      await page.keyboard.press('End')
      for (const selector of ['.exit-now', '.exit-what']) {
        const { y, height } = await boxOf(page, selector)
        assert.ok(height >= 44, `${selector} is ${height} high`)
        assert.ok(y > phone.height / 2 && y + height <= phone.height, `${selector} is at ${y}`)
      }
      await page.setViewportSize(desk)
      const { y, height } = await boxOf(page, '.exit-now')
      assert.ok(y >= 0 && y + height <= desk.height && height >= 44)
    })
  })

  test('nothing has to be scrolled sideways, down to 320 pixels and with text twice as large', async () => {
    for (const [width, scale] of [
      [320, 1],
      [360, 1],
      [640, 2],
    ] as const)
      await visit(
        { viewport: { width: width / scale, height: 640 / scale }, deviceScaleFactor: scale, javaScriptEnabled: true },
        async page => {
          for (const code of ['XSA', 'TTO'])
            for (const route of [...routes, '/nowhere'])
              for (const lang of langs) {
                await page.goto(originOf(code) + href(lang, route))
                await fits(page, `${code} ${lang} ${route} at ${width}`)
              }
        },
      )
  })

  test('the keyboard reaches the way out second, and focus is never behind the bar', async () => {
    await visit({ viewport: phone, javaScriptEnabled: true }, async page => {
      await page.goto(`${originOf('XSA')}/en/help`)
      const total = await page.locator('a[href]').count()
      const bar = (await boxOf(page, '.exit')).y
      for (let at = 0; at < total; at++) {
        await page.keyboard.press('Tab')
        const focus = await page.evaluate(() => {
          const { activeElement: element } = document
          const box = element?.getBoundingClientRect()
          return {
            name: element?.className ?? '',
            top: box?.top ?? 0,
            bottom: box?.bottom ?? 0,
            bar: !!element?.closest('.exit'),
          }
        })
        if (at === 0) assert.equal(focus.name, 'skip-link')
        if (at === 2) assert.match(focus.name, /exit-now/)
        if (!focus.bar)
          assert.ok(focus.top >= 0 && focus.bottom <= bar, `${focus.name} from ${focus.top} to ${focus.bottom}`)
      }
    })
  })

  test('on paper there is a card of plain labels and numbers, and no way back to here', async () => {
    await visit({ viewport: desk }, async page => {
      await page.goto(`${originOf('XSA')}/en/help`)
      await page.emulateMedia({ media: 'print' })
      assert.equal(await page.locator('.paper').isVisible(), true)
      for (const hidden of ['.exit', '.brand', 'h1', '.steps'])
        assert.equal(await page.locator(hidden).first().isVisible(), false, hidden)
      await shot(page, 'paper')
    })
  })
})

// The checker is itself a script, so these pages run with scripts on and without the site's policy.
describe('the public site under axe', () => {
  for (const colorScheme of ['light', 'dark'] as const)
    test(`has no violation in ${colorScheme}`, async () => {
      for (const [name, viewport] of Object.entries(screens))
        await visit({ viewport, colorScheme, javaScriptEnabled: true, bypassCSP: true }, async page => {
          for (const [code, seen] of [
            ['XSA', [...routes, '/nowhere']],
            ['TTO', ['/', '/help']],
          ] as const)
            for (const route of seen)
              for (const lang of langs) {
                await page.goto(originOf(code) + href(lang, route))
                await axe(page, `${code} ${lang} ${route} ${name}`)
                if (lang === 'en' || code === 'XSA')
                  await shot(page, `${code}-${name}-${colorScheme}-${lang}${route.replace('/', '-')}`)
              }
        })
    })
})

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type Connected, overNetwork } from '../tests/harness/over-network.ts'
import { startProgram } from '../tests/harness/program.ts'
import type { PersonKey } from '../tools/demonstration/people.ts'
import type { Signal } from './signal.ts'

const home = join(import.meta.dirname, '..')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const program = process.env.CHROMIUM ?? '/usr/bin/chromium'
/** A folder to put pictures of every screen in. */
const pictures = process.env.SAMAAN_PICTURES

/** For every browser of a test: nothing of its own goes out, and a page reaches nothing but this machine. */
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
]

/** A browser, or a plain word on how to get one. */
export async function openBrowser(): Promise<Browser> {
  assert.ok(existsSync(program), `${program} is missing; with Debian: apt-get install chromium`)
  return chromium.launch({ executablePath: program, args: browserArgs })
}

export const phone = { width: 360, height: 740 }
export const desk = { width: 1280, height: 800 }

/** The whole program as its users start it, in the demonstration country, with data of its own. */
export interface App {
  readonly staff: string
  /** The staff app past whatever stands between a browser and the program. */
  readonly direct: string
  readonly site: string
  readonly data: string
  readonly browser: Browser
  /** By how many milliseconds it is ahead of this machine, where it was started at another moment. */
  readonly ahead?: number | undefined
  /** What the program has said so far. */
  readonly said: () => string
  /** Somebody who works without a screen, for what a journey is not about. */
  readonly as: (key: PersonKey) => Promise<Connected>
  stop(): Promise<void>
}

/**
 * Starts the program on free ports and waits until it serves. `dist/staff` has to be built before.
 * @param with.signal what browsers reach it through, where a test takes it away
 * @param with.clock the moment at which it starts, in UTC, where that is another than now
 * @param with.clamd where a virus scanner listens, where there is one
 */
export async function startApp({
  signal,
  clock,
  clamd,
}: {
  signal?: Signal
  clock?: string
  clamd?: string
} = {}): Promise<App> {
  assert.ok(existsSync(join(home, 'dist/staff/index.html')), 'dist/staff is missing; build the staff app first')
  const data = mkdtempSync(join(tmpdir(), 'samaan-e2e-'))
  try {
    const ahead = clock ? Date.parse(clock) - Date.now() : undefined
    const env = {
      ...(signal ? { SAMAAN_STAFF_ORIGIN: signal.origin } : {}),
      ...(clock ? { SAMAAN_CLOCK: clock } : {}),
      ...(clamd ? { SAMAAN_CLAMD: clamd } : {}),
    }
    const running = await startProgram({ data, env })
    signal?.reaches(running.port + 1)
    const browser = await openBrowser().catch(async error => {
      await running.stop()
      throw error
    })
    return {
      staff: signal?.origin ?? running.staff,
      direct: running.staff,
      site: running.site,
      data,
      browser,
      ahead,
      said: running.said,
      as: overNetwork(running.staff).as,
      async stop() {
        await browser.close()
        await running.stop()
        rmSync(data, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(data, { recursive: true, force: true })
    throw error
  }
}

/** A page, and what went wrong on it so far. */
export interface Opened {
  readonly page: Page
  readonly context: BrowserContext
  readonly problems: () => string[]
}

/** A page of its own that reaches nothing but this program. Errors of the page fail whoever asks `problems()`. */
export async function openPage(
  app: Pick<App, 'browser' | 'staff' | 'site' | 'ahead'>,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  // The checker of accessibility is itself a script, which the pages' own policy would refuse.
  const context = await app.browser.newContext({ viewport: phone, bypassCSP: true, ...options })
  // As somebody who chose their language on this device before: that choice comes before the account's own.
  if (options.locale)
    await context.addInitScript(lang => {
      // A page of the browser's own, such as that nothing is sent twice, keeps nothing.
      if (!location.protocol.startsWith('http')) return
      if (!localStorage.getItem('samaan.language')) localStorage.setItem('samaan.language', lang)
    }, options.locale)
  if (app.ahead) await context.clock.install({ time: Date.now() + app.ahead })
  const found: string[] = []
  // Looked at and not held up: a page whose requests are held up fetches everything anew each time.
  context.on('request', one => {
    const { protocol, origin } = new URL(one.url())
    if (/^https?:$/.test(protocol) && ![app.staff, app.site].includes(origin)) found.push(`asks for ${one.url()}`)
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', error => found.push(String(error)))
  page.on('console', message => {
    // A refused command is a finding of the page's own and shown there.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) found.push(message.text())
  })
  return { page, context, problems: () => found }
}

/** Signs in through the demonstration's own door and opens the first page of whoever it is. */
export async function signInAs(app: App, page: Page, name: string): Promise<void> {
  await page.goto(app.staff)
  const failed = await page.evaluate(async wanted => {
    const people = (await (await fetch('/api/auth/demonstration')).json()) as { items: { id: string; name: string }[] }
    const account = people.items.find(one => one.name === wanted)?.id
    if (!account) return `nobody is called ${wanted}`
    const answer = await fetch('/api/auth/demonstration/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account }),
    })
    return answer.ok ? '' : `sign-in answered ${answer.status}`
  }, name)
  assert.equal(failed, '')
  await page.goto(app.staff)
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** Holds the page to all rules of the accessibility checker, once nothing on it changes its colour any more. */
export async function axe(page: Page, name: string): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(one => Number.isFinite(one.effect?.getComputedTiming().endTime))
        .map(one => one.finished),
    ),
  )
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    return (await checker.run()).violations
  })
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => `${node.html} ${node.failureSummary}`).join('\n')}`),
    [],
    name,
  )
}

/** A picture of the page, where somebody asked for pictures. */
export async function shot(page: Page, name: string, fullPage = true): Promise<void> {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage })
}

/** Nothing has to be scrolled sideways. */
export async function fits(page: Page, name: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(over <= 0, `${name} is ${over} px too wide`)
}

/** JavaScript that a page fetches from now on: files, and bytes of their bodies as they went over the wire. */
export async function countScripts(page: Page): Promise<() => { files: number; bytes: number }> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  // As on the first visit.
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const scripts = new Set<string>()
  const bodies = new Map<string, number>()
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    bodies.set(requestId, (bodies.get(requestId) ?? 0) + encodedDataLength)
  })
  return () => ({
    files: scripts.size,
    bytes: [...scripts].reduce((sum, id) => sum + (bodies.get(id) ?? 0), 0),
  })
}

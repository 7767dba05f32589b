import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { uuidv7 } from '#platform/crypto/random.ts'
import { openPage, phone, signInAs, startApp } from '../e2e/harness.ts'
import { officer, toQuestions } from '../e2e/officer.ts'
import { makeSignal } from '../e2e/signal.ts'
import { screeningBody } from '../tests/harness/make.ts'

// A cheap phone on a bad network: a processor slowed to a quarter, 1 Mbit/s, 400 ms there and back. Prints what it takes
// until a page can be used, each as the median and the worst of several runs. The app has to be built before.

const runs = Number(process.env.RUNS ?? 5)
const words = 'copper lantern walks under maple'

const slow = async (page: Page, network = true): Promise<CDPSession> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await session.send('Network.enable')
  if (network)
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: 125_000,
      uploadThroughput: 125_000,
    })
  return session
}
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>
const times = new Map<string, number[]>()
const note = (what: string, ms: number) => times.set(what, [...(times.get(what) ?? []), ms])
const timed = async (what: string, work: () => Promise<unknown>) => {
  const begun = performance.now()
  await work()
  note(what, performance.now() - begun)
}
const fresh = (app: Awaited<ReturnType<typeof startApp>>, more = {}) =>
  openPage(app, { viewport: phone, locale: 'en', extraHTTPHeaders: { 'accept-encoding': 'gzip, br' }, ...more })

const signal = await makeSignal()
const app = await startApp({ signal })
try {
  // What somebody has on a phone who was signed in before, without anything else of the browser's.
  const { page: first, context: signedIn } = await fresh(app)
  await signInAs(app, first, 'Marisol Prentice')
  const cookies = await signedIn.cookies()
  await signedIn.close()

  for (let run = 0; run < runs; run++) {
    const { page, context } = await fresh(app)
    await slow(page)
    await timed('first visit: sign-in page', async () => {
      await page.goto(app.staff, { waitUntil: 'commit' })
      await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor({ timeout: 60_000 })
    })
    await context.close()
  }
  for (let run = 0; run < runs; run++) {
    const { page, context } = await fresh(app)
    await context.addCookies(cookies)
    await slow(page)
    await timed('first visit, signed in: an officer can start a screening', async () => {
      await page.goto(app.staff, { waitUntil: 'commit' })
      await page.getByRole('link', { name: 'Start a screening' }).waitFor({ timeout: 60_000 })
    })
    await context.close()
  }

  const { page, context } = await fresh(app)
  await context.addCookies(cookies)
  await prepare(page)
  signal.lose()
  await slow(page, false)
  for (let run = 0; run < runs; run++) {
    await page.goto('about:blank')
    await timed('start without signal: the phone asks for its words', async () => {
      await page.goto(app.staff, { waitUntil: 'commit' })
      await page.getByLabel('Your five words').waitFor()
    })
    await page.getByLabel('Your five words').fill(words)
    await timed('opening it: from the press to the first page', async () => {
      await page.getByRole('button', { name: 'Open', exact: true }).click()
      await page.getByRole('link', { name: 'Start a screening' }).waitFor({ timeout: 60_000 })
    })
  }
  await questions(page)
  await context.close()
  signal.comeBack()
  await firstCopy(cookies)
  for (const [what, all] of times) {
    const sorted = [...all].sort((a, b) => a - b)
    const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!)
    console.log(`${what}: ${at(0.5)} ms, worst ${at(1)} ms (${all.length})`)
  }
} finally {
  await app.stop()
  await signal.close()
}

async function prepare(page: Page): Promise<void> {
  await page.goto(`${app.staff}/phone`)
  await page.getByRole('radio', { name: 'With five words' }).check()
  await page.getByLabel('Your five words').fill(words)
  await page.getByLabel('The same words once more').fill(words)
  await page.getByRole('button', { name: 'Prepare this phone' }).click()
  await page.getByText('This phone is prepared').waitFor({ timeout: 30_000 })
  await page.evaluate(() => navigator.serviceWorker.ready)
}

/** From the press on "Skip" until the next question stands there, as the page itself sees it. */
async function questions(page: Page): Promise<void> {
  const one = await officer(app, 'en', { page, context: page.context(), problems: () => [] }, false)
  await toQuestions(one)
  await page.getByRole('heading', { level: 1, name: 'Antes de preguntar' }).waitFor()
  await one.goOn()
  await one.button(one.t('ui.skip')).waitFor()
  for (let asked = 0; asked < 7; asked++) {
    const took = await page.evaluate(async label => {
      const heading = () => document.querySelector('h1')?.textContent
      const before = heading()
      const skip = [...document.querySelectorAll('button')].find(one => one.textContent === label)!
      const begun = performance.now()
      skip.click()
      while (heading() === before) await new Promise(done => requestAnimationFrame(done))
      return performance.now() - begun
    }, one.t('ui.skip'))
    note('question to question', took)
  }
}

/** The first copy of 200 screenings over the slow network: seconds, and bytes over the wire. */
async function firstCopy(cookies: Cookies): Promise<void> {
  const cookie = cookies.map(one => `${one.name}=${one.value}`).join('; ')
  for (let made = 0; made < 200; made++) {
    const body = screeningBody({ story: `${'What was told, in a few sentences. '.repeat(12)}${made}` })
    const answer = await fetch(`${app.direct}/api/screenings`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }
  const { page, context } = await fresh(app)
  await context.addCookies(cookies)
  await page.goto(`${app.staff}/phone`)
  const session = await slow(page)
  const wanted = new Set<string>()
  let bytes = 0
  let begun = 0
  let ended = 0
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.includes('/api/sync/')) return
    begun ||= performance.now()
    wanted.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!wanted.has(requestId)) return
    bytes += encodedDataLength
    ended = performance.now()
  })
  await prepare(page)
  await page.getByText('Not since the app was opened').waitFor({ state: 'detached', timeout: 120_000 })
  console.log(`first copy of 200 screenings: ${((ended - begun) / 1000).toFixed(1)} s, ${(bytes / 1024).toFixed(0)} KB`)
  await context.close()
}

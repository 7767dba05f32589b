import { chromium } from 'playwright-core'
import { screening } from '#capabilities/screening/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import { sync } from '#platform/sync/contract.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import type { PersonKey } from '../tools/demonstration/people.ts'
import { type App, browserArgs, type Opened, phone, program } from './harness.ts'
import type { Officer } from './officer.ts'

/** A phone of its own with a profile on the disk, as a person carries it; nothing of the pages' own policy is lifted. */
export async function openFieldPhone(profile: string, lang: LanguageCode): Promise<Opened> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    args: browserArgs,
    viewport: phone,
    hasTouch: true,
    locale: lang,
    colorScheme: lang === 'es' ? 'dark' : 'light',
  })
  const found: string[] = []
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(20_000)
  page.on('pageerror', error => found.push(String(error)))
  page.on('console', message => {
    // Without signal browsers say so for every request.
    if (message.type() === 'error' && !/status of 4\d\d|net::ERR_/.test(message.text())) found.push(message.text())
  })
  return { page, context, problems: () => found }
}

export const words = 'copper lantern walks under maple'

/** Prepares the phone of whoever is signed in, with five words, and waits until it would start without signal. */
export async function prepare(app: App, { page, t, look, button, pick }: Officer): Promise<void> {
  await page.goto(`${app.staff}/phone`)
  await pick('phone.prepare.way.phrase')
  await page.getByLabel(t('phone.phrase'), { exact: true }).fill('copper lantern')
  await button(t('phone.prepare')).click()
  await page.getByText(t('phone.phrase.few')).waitFor()
  await look('prepare')
  await page.getByLabel(t('phone.phrase'), { exact: true }).fill(words)
  await page.getByLabel(t('phone.phrase.again'), { exact: true }).fill(words)
  await button(t('phone.prepare')).click()
  await page.getByText(t('phone.ready')).waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page
    .locator('.summary-row', { hasText: t('phone.starts') })
    .getByText(t('phone.starts.yes'))
    .waitFor()
  await look('prepared')
}

/** Locks it by hand, from the sheet of the person. */
export async function lock({ page, t, title }: Officer): Promise<void> {
  await page.locator('.person > summary').click()
  await page
    .locator('.person-sheet')
    .getByRole('button', { name: t('staff.lock') })
    .click()
  await title('phone.locked.title')
}

export async function unlock({ page, t, button }: Officer, by = words): Promise<void> {
  await page.getByLabel(t('phone.phrase'), { exact: true }).fill(by)
  await button(t('phone.locked.open')).click()
}

/** What the server has of an officer's screenings. */
export async function recordedAt(app: App, key: PersonKey): Promise<Answer<typeof screening.list>['items']> {
  const { call } = await app.as(key)
  return (await call(screening.list, { query: { limit: '100' } })).items
}

/** Ends every phone of somebody's from elsewhere. @returns how many */
export async function endPhones(app: App, key: PersonKey): Promise<number> {
  const { call } = await app.as(key)
  const open = (await call(sync.listDevices, {})).items.filter(one => !one.revokedAt)
  for (const { id } of open) await call(sync.revoke, { params: { device: id } })
  return open.length
}

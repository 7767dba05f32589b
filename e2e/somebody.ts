import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode, type Words } from '#platform/words/words.ts'
import { type Authenticator, withAuthenticator } from './authenticator.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs } from './harness.ts'

const catalogues = loadCatalogues(['base', 'desk'])

export interface Somebody {
  readonly app: App
  readonly page: Page
  readonly t: Words['t']
  readonly keys: Authenticator
  readonly press: (label: string) => Promise<void>
  readonly titled: (title: string) => Promise<void>
  readonly look: (what: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** A browser with an authenticator of its own; everything it comes to is held to the checker. */
export async function somebody(
  app: App,
  who: string,
  lang: LanguageCode,
  size: 'phone' | 'desk',
  dark = false,
): Promise<Somebody> {
  const viewport = size === 'phone' ? phone : desk
  const { page, context, problems } = await openPage(app, {
    locale: lang,
    viewport,
    colorScheme: dark ? 'dark' : 'light',
  })
  const keys = await withAuthenticator(page)
  const { t } = createWords(lang, catalogues[lang])
  const titled = (title: string) => page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
  return {
    app,
    page,
    t,
    keys,
    titled,
    press: label => page.getByRole('button', { name: label, exact: true }).first().click(),
    look: async what => {
      const label = `sign-in-${lang}-${size}-${dark ? 'dark' : 'light'}-${who}-${what}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
    },
    close: async () => {
      assert.deepEqual(problems(), [], `${who} met errors of the page`)
      await context.close()
    },
  }
}

export async function administrator(
  app: App,
  name: string,
  lang: LanguageCode,
  size: 'phone' | 'desk' = 'desk',
): Promise<Somebody> {
  const one = await somebody(app, name.split(' ')[0]!, lang, size)
  await signInAs(app, one.page, name)
  await one.titled(one.t('people.title'))
  return one
}

export async function signOut({ page, t, press, titled }: Somebody): Promise<void> {
  await page.locator('details.person > summary').click()
  await press(t('auth.sign-out'))
  await titled(t('auth.sign-in.title'))
}

export const openPerson = async ({ app, page, titled, t }: Somebody, name: string): Promise<void> => {
  await page.goto(`${app.staff}/people`)
  await titled(t('people.title'))
  await page.locator('a.row-link', { hasText: name }).click()
  await titled(name)
}

export const linkShown = async ({ app, page }: Somebody): Promise<string> => {
  const link = await page.locator('[data-link]').innerText()
  assert.match(link, new RegExp(`^${app.staff}/invitation#[A-Za-z0-9_-]{43}$`))
  return link
}

/** Opens the second way in, which stands folded under the first. */
export const passwordWay = async ({ page, t }: Somebody, answer: { email: string; password: string; code: string }) => {
  if (!(await page.getByLabel(t('auth.sign-in.email')).isVisible()))
    await page.getByText(t('auth.sign-in.other-way'), { exact: true }).click()
  await page.getByLabel(t('auth.sign-in.email')).fill(answer.email)
  await page.getByLabel(t('auth.sign-in.password'), { exact: true }).fill(answer.password)
  await page.getByLabel(t('auth.sign-in.code'), { exact: true }).fill(answer.code)
  await page.getByRole('button', { name: t('auth.sign-in.submit'), exact: true }).click()
}

export const inside = ({ page }: Somebody) => page.locator('details.person').waitFor()

/** The second administrator confirms the one role of somebody that waits. */
export async function confirmRole(app: App, name: string, lang: LanguageCode, size: 'phone' | 'desk' = 'desk') {
  const hollis = await administrator(app, 'Hollis Grant', lang, size)
  const { page, t } = hollis
  await openPerson(hollis, name)
  const question = page.getByRole('button', { name: new RegExp(`^${t('people.waiting.confirm')}:`) })
  await question.click()
  await hollis.look('confirm-role')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('people.waiting.confirm'), exact: true })
    .click()
  await question.waitFor({ state: 'detached' })
  await hollis.look('confirmed-role')
  await hollis.close()
}

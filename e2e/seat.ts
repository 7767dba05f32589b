import assert from 'node:assert/strict'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { type PersonKey, people } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs } from './harness.ts'

const catalogues = loadCatalogues(['base', 'desk'])
/** Who, in which language, on which screen, and whether it is dark. */
export type Who = [key: PersonKey, lang: LanguageCode, size: 'phone' | 'desk', dark?: boolean]

/** A person of the demonstration at a browser of their own; `about` names its pictures. */
export async function seat(app: App, about: string, ...[key, lang, size, dark = false]: Who) {
  const { page, context, problems } = await openPage(app, {
    locale: lang,
    viewport: size === 'phone' ? phone : desk,
    colorScheme: dark ? 'dark' : 'light',
  })
  const { t } = createWords(lang, catalogues[lang])
  await signInAs(app, page, people.find(one => one.key === key)!.name)
  return {
    page,
    t,
    go: (path: string) => page.goto(`${app.staff}${path}`),
    press: (label: string | RegExp) => page.getByRole('button', { name: label }).first().click(),
    choose: (label: string, what: string) =>
      page.getByLabel(label, { exact: true }).first().selectOption({ label: what }),
    date: async (field: string, day: string) => {
      const [year, month, date] = day.split('-')
      await page.locator(`[id="${field}"]`).fill(date!)
      await page.locator(`[id="${field}-month"]`).fill(month!)
      await page.locator(`[id="${field}-year"]`).fill(year!)
    },
    sees: (text: string | RegExp) => page.getByText(text).first().waitFor(),
    look: async (what: string) => {
      const label = `${about}-${key}-${lang}-${size}-${dark ? 'dark' : 'light'}-${what}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
    },
    leave: async () => {
      assert.deepEqual(problems(), [])
      await context.close()
    },
  }
}

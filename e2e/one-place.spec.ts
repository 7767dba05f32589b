import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { openedCase, putInCharge } from '../tests/harness/make.ts'
import { type App, axe, desk, fits, openPage, shot, signInAs, startApp } from './harness.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base', 'desk'])

/** The coordinator's browser at a case that she is in charge of. */
async function coordinator(lang: LanguageCode, dark: boolean) {
  const { page, context, problems } = await openPage(app, {
    locale: lang,
    viewport: desk,
    colorScheme: dark ? 'dark' : 'light',
  })
  await signInAs(app, page, 'Dalia Moreau')
  return { page, context, problems }
}
for (const lang of ['en', 'es'] as const)
  test(`two people write where somebody is: the later sees both and decides; it is shown when asked for and gone after a minute, in ${lang}`, async () => {
    const { t } = createWords(lang, catalogues[lang])
    const first = await coordinator(lang, false)
    const later = await coordinator(lang, lang === 'es')
    const id = await openedCase(app, {}, ['ID'])
    await putInCharge(app, id)
    const field = (page: Page) => page.getByLabel(t('case.location.change'))
    for (const { page } of [first, later]) {
      await page.goto(`${app.staff}/cases/${id}`)
      await field(page).waitFor()
    }
    const save = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true }).click()
    const press = async (page: Page) => {
      const answered = page.waitForResponse(answer => answer.request().method() === 'PUT')
      await save(page, t('case.save'))
      return (await answered).status()
    }
    await field(first.page).fill(`By the mill, ${lang}`)
    await field(later.page).fill(`By the chapel, ${lang}`)
    assert.equal(await press(first.page), 200)
    assert.equal(await press(later.page), 412)
    await later.page.getByText(t('case.location.changed')).waitFor()
    await later.page.getByRole('alert').getByText(`By the mill, ${lang}`).waitFor()
    assert.equal(await field(later.page).inputValue(), `By the chapel, ${lang}`)
    await shot(later.page, `${lang}-place-conflict`)
    await axe(later.page, 'conflict')
    await fits(later.page, 'conflict')
    await save(later.page, t('case.location.mine'))
    await later.page.getByText(t('case.location.changed')).waitFor({ state: 'detached' })
    const { page } = first
    await page.clock.install()
    await page.reload()
    const show = page.getByRole('button', { name: t('case.location.show'), exact: true })
    await show.waitFor()
    assert.ok(!(await page.content()).includes(`By the chapel, ${lang}`))
    await shot(page, `${lang}-place-hidden`)
    await axe(page, 'hidden')
    await show.click()
    await field(page).waitFor()
    assert.equal(await field(page).inputValue(), `By the chapel, ${lang}`)
    await page.emulateMedia({ media: 'print' })
    assert.equal(await field(page).isVisible(), false, 'on paper')
    await page.emulateMedia({ media: 'screen' })
    await shot(page, `${lang}-place-shown`)
    await axe(page, 'shown')
    await fits(page, 'shown')
    // What is being typed is never taken away; what stands there is gone after a minute.
    await field(page).fill(`By the chapel and the well, ${lang}`)
    await page.clock.fastForward(61_000)
    assert.equal(await field(page).inputValue(), `By the chapel and the well, ${lang}`)
    await field(page).fill(`By the chapel, ${lang}`)
    await page.clock.fastForward(61_000)
    await show.waitFor()
    assert.ok(!(await page.content()).includes(`By the chapel, ${lang}`))
    for (const one of [first, later]) {
      assert.deepEqual(one.problems(), [])
      await one.context.close()
    }
  })

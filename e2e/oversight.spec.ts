import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { keptCase } from '../tests/harness/make.ts'
import { type PersonKey, people } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs, startApp } from './harness.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base', 'desk'])
/** Somebody at a page, who holds everything they come to against the checker. */
async function at(key: PersonKey, path: string, lang: LanguageCode, size: 'phone' | 'desk', dark = false) {
  const opened = await openPage(app, {
    locale: lang,
    viewport: size === 'phone' ? phone : desk,
    colorScheme: dark ? 'dark' : 'light',
  })
  const { page, context, problems } = opened
  const { t } = createWords(lang, catalogues[lang])
  await signInAs(app, page, people.find(one => one.key === key)!.name)
  await page.goto(`${app.staff}${path}`)
  return {
    page,
    t,
    titled: (title: string) => page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor(),
    press: (label: string) => page.getByRole('button', { name: label, exact: true }).first().click(),
    look: async (what: string) => {
      const label = `oversight-${lang}-${size}-${dark ? 'dark' : 'light'}-${what}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
    },
    close: async () => {
      assert.deepEqual(problems(), [], `${key} met errors of the page`)
      await context.close()
    },
  }
}

for (const [lang, size, dark] of [
  ['en', 'desk', false],
  ['es', 'phone', true],
] as const)
  test(`a case is opened in an emergency, judged by another, and the person is told (${lang}, ${size})`, async () => {
    const { id, reference } = await keptCase(app)

    const bastien = await at('bastien', `/cases/${id}`, lang, size, dark)
    await bastien.page
      .getByRole('main')
      .getByRole('link', { name: bastien.t('glass.menu') })
      .click()
    await bastien.titled(bastien.t('glass.title'))
    await bastien.press(bastien.t('glass.do'))
    await bastien.page.getByText(bastien.t('glass.reference-needed')).first().waitFor()
    await bastien.look('glass-empty')
    const fill = async (typed: string) => {
      await bastien.page.getByLabel(bastien.t('glass.reference'), { exact: true }).fill(typed)
      await bastien.page.getByLabel(bastien.t('glass.reason'), { exact: true }).selectOption('nobody-reached')
      await bastien.page
        .getByLabel(bastien.t('glass.text'), { exact: true })
        .fill('Screams at the house, Dalia does not answer.')
      await bastien.press(bastien.t('glass.do'))
    }
    await fill('00000-00000')
    await bastien.page.getByText(bastien.t('glass.not-found')).first().waitFor()
    await fill(reference)
    await bastien.titled(reference)
    await bastien.page.getByText('Quintanilla').waitFor()
    await bastien.page.getByText('Wants to call her sister').waitFor()
    await bastien.look('glass-open')
    // On paper there is nothing.
    await bastien.page.emulateMedia({ media: 'print' })
    assert.equal(await bastien.page.getByText('Quintanilla').isVisible(), false)
    await bastien.page.emulateMedia({ media: 'screen' })

    const wren = await at('wren', '/', lang, size, dark)
    await wren.titled(wren.t('oversight.home'))
    await wren.page.getByText(wren.t('alert.kind.glass-broken')).first().waitFor()
    await wren.look('home')
    await wren.page.goto(`${app.staff}/oversight/glasses`)
    await wren.titled(wren.t('oversight.queue.title'))
    await wren.press(reference)
    await wren.page.getByText('Screams at the house').waitFor()
    await wren.look('queue')
    await wren.page.getByLabel(wren.t('glass.review.not-justified'), { exact: true }).check()
    await wren.page.getByLabel(wren.t('oversight.queue.text'), { exact: true }).fill('She had her phone on all day.')
    await wren.press(wren.t('oversight.queue.save'))
    await wren.page.getByRole('button', { name: reference, exact: true }).waitFor({ state: 'detached' })
    await bastien.page.reload()
    await bastien.titled(bastien.t('glass.over'))
    await bastien.page.goto(`${app.staff}/glass`)
    await bastien.page.getByText('She had her phone on all day.').first().waitFor()
    await bastien.close()

    const dalia = await at('dalia', `/cases/${id}?tab=log`, lang, size, dark)
    await dalia.page.getByText(dalia.t('oversight.log.ask')).waitFor()
    await dalia.page.getByText(dalia.t('oversight.event.case.glass-read')).first().waitFor()
    await dalia.look('log')
    await dalia.press(dalia.t('oversight.log.tell'))
    await dalia.page.getByText(dalia.t('oversight.log.ask')).waitFor({ state: 'detached' })
    await dalia.page.goto(`${app.staff}/alerts`)
    await dalia.titled(dalia.t('alert.title'))
    await dalia.page.getByText(dalia.t('alert.kind.glass-reviewed')).first().waitFor()
    await dalia.look('alerts')
    await dalia.close()

    await wren.page.goto(`${app.staff}/oversight/events`)
    await wren.titled(wren.t('oversight.events.title'))
    await wren.page.getByLabel(wren.t('oversight.reference'), { exact: true }).fill(reference)
    await wren.press(wren.t('oversight.events.ask'))
    await wren.page.getByText(wren.t('oversight.event.oversight.glass-broken')).first().waitFor()
    await wren.look('events')
    for (const [path, title] of [
      ['unusual', 'oversight.unusual.title'],
      ['bars', 'oversight.bars.title'],
      ['sealings', 'oversight.sealings.title'],
      ['erasures', 'oversight.erasures.title'],
      ['canaries', 'oversight.canaries.title'],
    ] as const) {
      await wren.page.goto(`${app.staff}/oversight/${path}`)
      await wren.titled(wren.t(title))
      await wren.look(path)
    }
    await wren.close()
  })

test('an officer on a phone opens what they see of a case in an emergency; sealing and erasing take two', async () => {
  const { id, reference } = await keptCase(app)
  const kofi = await at('kofi', '/glass', 'es', 'phone')
  await kofi.titled(kofi.t('glass.title'))
  await kofi.page.getByLabel(kofi.t('glass.reference'), { exact: true }).fill(reference)
  await kofi.page.getByLabel(kofi.t('glass.reason'), { exact: true }).selectOption('person-missing')
  await kofi.page.getByLabel(kofi.t('glass.text'), { exact: true }).fill('No volvió anoche y no contesta nadie.')
  await kofi.press(kofi.t('glass.do'))
  await kofi.titled(reference)
  await kofi.page.getByText('Quintanilla').waitFor()
  assert.equal(await kofi.page.getByText('sister').count(), 0)
  await kofi.look('officer')
  await kofi.close()

  const wren = await at('wren', '/oversight/glasses', 'en', 'desk')
  await wren.press(reference)
  await wren.page.getByLabel(wren.t('glass.review.justified'), { exact: true }).check()
  await wren.page.getByLabel(wren.t('oversight.queue.text'), { exact: true }).fill('He was looking for her.')
  await wren.press(wren.t('oversight.queue.save'))
  await wren.page.getByRole('button', { name: reference, exact: true }).waitFor({ state: 'detached' })
  await wren.page.goto(`${app.staff}/oversight/sealings`)
  await wren.page.getByLabel(wren.t('oversight.reference'), { exact: true }).fill(reference)
  await wren.page.getByLabel(wren.t('oversight.why'), { exact: true }).selectOption('threat')
  await wren.page.getByLabel(wren.t('oversight.sealings.text'), { exact: true }).fill('A car waits outside.')
  await wren.press(wren.t('oversight.sealings.save'))
  await wren.page.getByText('A car waits outside.').waitFor()
  await wren.look('sealing-proposed')

  const dalia = await at('dalia', '/oversight/sealings', 'en', 'desk')
  await dalia.press(dalia.t('oversight.sealings.confirm'))
  await dalia.page.getByText(dalia.t('oversight.sealings.state.confirmed'), { exact: true }).first().waitFor()
  await dalia.look('sealed')
  const tobias = (await app.as('tobias')).call
  await assert.rejects(tobias(cases.read, { params: { case: id } }), { code: 'not-found' })

  await wren.page.goto(`${app.staff}/oversight/erasures`)
  await wren.page.locator('input[name=reference]').first().fill(reference)
  await wren.page.getByLabel(wren.t('oversight.erasures.ground'), { exact: true }).selectOption('person-asked')
  await wren.page.getByLabel(wren.t('oversight.sealings.text'), { exact: true }).fill('She asked for it in person.')
  await wren.press(wren.t('oversight.sealings.save'))
  await wren.page.getByText('She asked for it in person.').waitFor()
  await wren.close()

  await dalia.page.goto(`${app.staff}/oversight/erasures`)
  await dalia.press(dalia.t('oversight.erasures.confirm'))
  const dialog = dalia.page.getByRole('dialog')
  await dialog.waitFor()
  await dalia.look('erase-sure')
  await dialog.getByRole('button', { name: dalia.t('oversight.erasures.confirm'), exact: true }).click()
  await dalia.page.getByText(dalia.t('oversight.erasures.empty')).waitFor()
  await dalia.page.goto(`${app.staff}/cases/${id}`)
  await dalia.page.getByText(dalia.t('glass.cannot-find')).waitFor()
  await dalia.close()
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { type App, axe, countScripts, fits, openPage, shot, signInAs, startApp } from './harness.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base'])

/** An officer's hands: everything is found by its words, as a person finds it. */
async function officer(lang: LanguageCode) {
  const { page, context, problems } = await openPage(app, { locale: lang, hasTouch: true })
  const { t } = createWords(lang, catalogues[lang])
  let seen = 0
  const look = async (name: string) => {
    const label = `${lang}-${String(++seen).padStart(2, '0')}-${name}`
    await shot(page, label)
    await axe(page, label)
    await fits(page, label)
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const link = (name: string) => page.getByRole('link', { name, exact: true })
  return {
    page,
    t,
    look,
    problems,
    close: () => context.close(),
    button,
    link,
    title: (key: string, values?: Record<string, string>) =>
      page.getByRole('heading', { level: 1, name: t(key, values), exact: true }).waitFor(),
    pick: (key: string, values?: Record<string, string | number>, place = 0) =>
      page
        .getByRole('radio', { name: t(key, values) })
        .nth(place)
        .check({ force: true }),
    tick: (name: string, place = 0) => page.getByRole('checkbox', { name }).nth(place).check({ force: true }),
    fill: (key: string, value: string) => page.getByLabel(t(key)).fill(value),
    choose: (key: string, value: string) => page.getByLabel(t(key)).selectOption(value),
    goOn: () => button(t('ui.continue')).click(),
  }
}
type Officer = Awaited<ReturnType<typeof officer>>

/** Everything up to the check of the answers, as an adult who answers two of the questions. */
async function screen(one: Officer, story: string) {
  const { t, look, title, pick, tick, fill, choose, goOn, page, button } = one
  await one.link(t('screening.home.start')).click()
  await title('screening.page.place.title')
  await look('place')
  await pick('screening.option.placeSafe.yes')
  await goOn()
  await title('screening.page.talk.title')
  await choose('screening.field.language', 'es')
  await pick('screening.option.interpreter.by-phone')
  await pick('screening.option.interpreterFree.yes')
  await look('talk')
  await goOn()
  await title('screening.page.age.title')
  await look('age')
  await pick('screening.option.child.no', { age: 18 })
  await goOn()
  await title('screening.page.limits.title')
  await page.getByText(catalogues.es['consent.text.limits-1.2']!).waitFor()
  await goOn()
  await page.getByRole('alert').waitFor()
  await look('limits-not-told')
  await pick('screening.option.limitsTold.givenBy.person')
  await tick(t('screening.option.told.yes'))
  await look('limits')
  await goOn()
  await title('screening.page.signs.title')
  await tick(t('screening.sign.papers-with-other'))
  await tick(t('screening.sign.long-hours'))
  await look('signs')
  await goOn()
  await title('screening.page.work.title')
  await choose('screening.field.sector', 'agriculture')
  await look('work')
  await goOn()
  await title('screening.page.ask.title')
  await pick('screening.option.ask.yes')
  await look('ask')
  await goOn()
  await title('screening.ask.promises')
  await pick('screening.asked.yes')
  await look('question')
  await goOn()
  await title('screening.ask.debt')
  await pick('screening.asked.not-said')
  await goOn()
  for (const code of ['for-others', 'papers', 'contact', 'housing', 'told-to-lie', 'made-to-earn']) {
    await title(`screening.ask.${code}`)
    await button(t('ui.skip')).click()
  }
  await title('screening.page.person.title')
  await fill('screening.field.identity.givenName', 'Yeferson')
  await fill('screening.field.identity.age', '24')
  await pick('sex.male')
  await choose('screening.field.identity.nationality', 'VEN')
  await look('person')
  await goOn()
  await title('screening.page.reach.title')
  await fill('screening.field.identity.phone', '12')
  await goOn()
  await page.getByRole('alert').waitFor()
  await look('reach-wrong')
  await fill('screening.field.identity.phone', '+999 555 0142')
  await pick('screening.option.identity.safeToCall.text-only')
  await goOn()
  await title('screening.page.told.title')
  await fill('screening.field.story', story)
  await pick('screening.option.worried.yes')
  await look('told')
  await goOn()
  await title('screening.page.urgency.title')
  await page.getByRole('radio', { name: t('screening.option.danger.no'), exact: true }).check({ force: true })
  await pick('screening.option.urgency.urgent')
  await look('urgency')
  await goOn()
  await title('screening.check.title')
  await look('check')
}

/** From the result page to a yes on record: the unit may know all, the clinic only who the person is. */
async function consentToTwo(one: Officer) {
  const { t, look, title, pick, tick, goOn, page } = one
  await one.link(t('screening.done.ask-consent')).click()
  await title('consent.ask.who.title')
  await tick('Claro')
  await look('consent-who')
  await goOn()
  await title('consent.ask.read.title')
  await page.getByText(catalogues.es['consent.text.sharing-1.3']!).waitFor()
  await look('consent-read')
  await pick('consent.ask.read.yes')
  await goOn()
  await title('consent.ask.share.title')
  await tick(t('consent.ask.share.ID'), 0)
  await tick(t('consent.ask.share.SVC'), 0)
  await tick(t('consent.ask.share.ID'), 1)
  await look('consent-share')
  await goOn()
  await title('consent.ask.how.title')
  await look('consent-how')
  await goOn()
  await title('consent.ask.check.title')
  await look('consent-check')
  await one.button(t('consent.ask.check.save')).click()
}

describe('an officer with a phone', () => {
  for (const lang of ['en', 'es'] as const)
    test(`screens, asks, refers and follows the referral in ${lang}`, async () => {
      const one = await officer(lang)
      const { t, look, title, pick, fill, goOn, page } = one
      await signInAs(app, page, 'Marisol Prentice')
      await switchTo(page, lang)
      await title('screening.home.title')
      await page.getByRole('heading', { name: t('screening.list.title') }).waitFor()
      await look('home')
      await one.link(t('screening.home.danger')).click()
      await title('screening.danger.title')
      await page.getByText('+999 000 0001').waitFor()
      await look('danger')
      await page.goBack()

      await screen(one, 'He said the boat left without him.')
      await one.button(t('screening.check.send')).click()
      await page.getByText(t('screening.done.concern.title')).waitFor()
      await page.getByText('He said the boat left without him.').waitFor()
      await look('recorded')
      const reference = (await page.getByRole('heading', { level: 1 }).textContent())!.split(' ').at(-1)!

      await consentToTwo(one)
      await title('referral.sent.to.title')
      await look('referral-to')
      await goOn()
      await title('referral.sent.urgency.title')
      await pick('referral.sent.urgency.urgent')
      await look('referral-urgency')
      await goOn()
      await title('referral.sent.message.title')
      await fill('referral.sent.message.label', 'At the office until five.')
      await look('referral-message')
      await goOn()
      await title('referral.sent.check.title')
      await look('referral-check')
      await one.button(t('referral.sent.check.send')).click()
      await title('referral.sent.page.title', { reference })
      await page.getByText(t('referral.sent.done.tell')).waitFor()
      await look('referral-sent')

      await page
        .getByRole('navigation')
        .getByRole('link', { name: t('referral.sent.nav'), exact: true })
        .click()
      await title('referral.sent.title')
      await one.link(reference).waitFor()
      await look('referrals')
      await fill('referral.sent.search', 'no such')
      await page.getByText(t('referral.sent.none.title')).waitFor()
      await look('referrals-none')
      await one.button(t('referral.sent.clear')).click()
      await one.link(reference).click()
      await one.button(t('referral.sent.revoke')).click()
      await page.getByRole('dialog').waitFor()
      await look('revoke')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('referral.sent.revoke'), exact: true })
        .click()
      await page.getByText(t('referral.status.revoked')).first().waitFor()
      await look('revoked')

      await page
        .getByRole('navigation')
        .getByRole('link', { name: t('screening.nav.home'), exact: true })
        .click()
      await one.link(reference).waitFor()
      await fill('screening.list.search', reference.toLowerCase())
      await one.link(reference).waitFor()
      await one.page.getByLabel(t('screening.list.referred')).selectOption('no')
      await page.getByText(t('screening.list.none.title')).waitFor()
      await look('home-filtered')
      assert.deepEqual(one.problems(), [])
      await one.close()
    })

  test('a no is written down, sends nothing, and shows where there is help', async () => {
    const one = await officer('en')
    const { t, look, title, pick, page } = one
    await signInAs(app, page, 'Marisol Prentice')
    await switchTo(page, 'en')
    await screen(one, 'She wants to think about it.')
    await one.button(t('screening.check.send')).click()
    await one.link(t('screening.done.ask-consent')).click()
    await one.goOn()
    await pick('consent.ask.read.no')
    await one.goOn()
    await title('consent.no.title')
    await look('consent-no')
    await one.button(t('consent.no.save')).click()
    await title('consent.help.title')
    await page.getByText('+999 000 0100').waitFor()
    await look('help')
    assert.equal(await page.getByText('Samaan House').count(), 0, 'no shelter is named')
    assert.equal(await page.getByText('She wants').count(), 0)
    await one.button(t('consent.help.back')).click()
    await title('screening.home.title')
    assert.deepEqual(one.problems(), [])
    await one.close()
  })

  test('stopping leaves nothing on the screen, and going on loses nothing', async () => {
    const one = await officer('en')
    const { t, look, title, pick, goOn, page } = one
    await signInAs(app, page, 'Marisol Prentice')
    await switchTo(page, 'en')
    await one.link(t('screening.home.start')).click()
    await pick('screening.option.placeSafe.no')
    await goOn()
    await title('screening.page.unsafe.title')
    await look('unsafe')
    await goOn()
    await one.choose('screening.field.language', 'ht')
    await pick('screening.option.interpreter.in-person')
    await pick('screening.option.interpreterFree.no')
    await goOn()
    await page.getByRole('alert').waitFor()
    await look('interpreter')
    await pick('screening.option.interpreterFree.yes')
    await goOn()
    await pick('screening.option.child.in-doubt')
    await goOn()
    await title('screening.page.child.title')
    await page.getByText('+999 000 0110').waitFor()
    await look('child')
    await one.button(t('ui.stop')).click()
    await title('screening.stopped.title')
    await look('stopped')
    assert.equal(await page.getByText(t('screening.page.child.title')).count(), 0)
    await one.button(t('screening.stopped.keep')).click()
    await page.getByText(t('screening.home.draft.title')).waitFor()
    await look('home-draft')
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter(key => key !== 'samaan.language')), [])
    await one.link(t('screening.home.draft.go-on')).click()
    await title('screening.page.limits.title')
    await one.button(t('ui.back')).click()
    await title('screening.page.child.title')
    await one.button(t('ui.back')).click()
    assert.ok(await page.getByRole('radio', { name: t('screening.option.child.in-doubt') }).isChecked())
    await one.button(t('ui.stop')).click()
    await one.button(t('screening.stopped.delete')).click()
    await one.link(t('screening.home.start')).waitFor()
    await one.close()
  })

  test('what the first page fetches stays small', async () => {
    const { page, context } = await openPage(app, { extraHTTPHeaders: { 'accept-encoding': 'gzip' } })
    await signInAs(app, page, 'Marisol Prentice')
    await page.waitForLoadState('networkidle')
    const first = await countScripts(page)
    await page.goto(app.staff)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    const { files, bytes } = first()
    console.log(`officer’s first page: ${(bytes / 1024).toFixed(1)} KB of JavaScript over the wire in ${files} files`)
    assert.ok(files > 0 && bytes <= 180 * 1024, `${bytes} bytes`)
    await context.close()
  })
})

/** The language of the account is whatever its owner last chose; the tests choose for themselves. */
async function switchTo(page: Page, lang: LanguageCode): Promise<void> {
  await page.evaluate(wanted => localStorage.setItem('samaan.language', wanted), lang)
  await page.reload()
  await page.locator(`html[lang=${lang}]`).waitFor({ state: 'attached' })
}

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { consentBody, explained, screeningBody } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, axe, fits, openPage, shot, signInAs, startApp } from './harness.ts'

const catalogues = loadCatalogues(['base', 'desk'])
const wordsOf = (lang: LanguageCode) => createWords(lang, catalogues[lang])

/** A device with a voice of its own for Spanish, and one for English that would send the text away. */
const twoVoices = () => {
  const here = window as unknown as { said: string[]; ends: () => void }
  let now: { text: string; onend?: () => void; onerror?: () => void } | undefined
  here.said = []
  here.ends = () => {
    const words = now
    now = undefined
    words?.onend?.()
  }
  Object.assign(window, {
    SpeechSynthesisUtterance: class {
      text: string
      constructor(text: string) {
        this.text = text
      }
    },
  })
  Object.defineProperty(window, 'speechSynthesis', {
    value: {
      getVoices: () => [
        { lang: 'es-419', localService: true },
        { lang: 'en-GB', localService: false },
      ],
      speak: (words: NonNullable<typeof now>) => {
        now = words
        here.said.push(words.text)
      },
      cancel: () => {
        const words = now
        now = undefined
        if (words) here.said.push('silence')
        setTimeout(() => words?.onerror?.(), 0)
      },
      addEventListener() {},
      removeEventListener() {},
    },
  })
}
const said = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said)
const post = (page: Page, path: string, body: object) =>
  page.evaluate(
    async ([to, text, key]) =>
      (
        await fetch(`/api${to}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key!, 'if-match': '"1"' },
          body: text!,
        })
      ).status,
    [path, JSON.stringify(body), uuidv7()] as const,
  )
/** The country as it would be with these answers. */
const country = (page: Page, change: object) =>
  page.route('**/api/country', async route => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), ...change } })
  })

describe('what is said about consent, and what is given after a no', () => {
  let app: App
  before(async () => {
    app = await startApp()
  })
  after(() => app?.stop())

  /** An officer on the way to ask somebody who was screened. */
  async function asking(lang: LanguageCode, child = false) {
    const it = await openPage(app, { locale: lang, colorScheme: lang === 'es' ? 'dark' : 'light' })
    await it.page.addInitScript(twoVoices)
    await signInAs(app, it.page, 'Marisol Prentice')
    const body = screeningBody(child ? { child: 'yes' } : {})
    assert.equal(await post(it.page, '/screenings', body), 200)
    const { t } = wordsOf(lang)
    const button = (key: string) => it.page.getByRole('button', { name: t(key), exact: true })
    const look = async (name: string) => {
      await shot(it.page, `consent-${lang}-${name}`)
      await axe(it.page, name)
      await fits(it.page, name)
    }
    const open = async (path: string) => {
      await it.page.goto(app.staff + path)
    }
    return { ...it, t, button, look, open, caseId: body.case }
  }

  test('a text is read by a voice of this device paragraph by paragraph, and is silent when its page is left', async () => {
    const { page, t, button, look, open, caseId, problems, context } = await asking('en')
    await open(`/cases/${caseId}/consent`)
    await button('ui.continue').click()
    await button('consent.read.start').click()
    const lines = page.locator('.to-read-line')
    assert.equal(await lines.locator('svg').count(), 6)
    await page.evaluate(() => (window as unknown as { ends: () => void }).ends())
    await page.locator('.to-read-line[data-read]').nth(0).waitFor()
    assert.equal(await lines.nth(1).getAttribute('data-read'), 'true')
    await look('read')
    await button('consent.read.pause').click()
    await button('consent.read.go-on').click()
    await button('consent.read.stop').waitFor()
    const es = catalogues.es
    assert.deepEqual((await said(page)).slice(1), [
      es['consent.text.sharing-1.2'],
      'silence',
      es['consent.text.sharing-1.2'],
    ])
    // The English voice would send the text away, so there is none; and what was being read has ended.
    await page.getByRole('radio', { name: 'English' }).check()
    await page.getByText(t('consent.read.no-voice', { language: 'English' })).waitFor()
    assert.equal((await said(page)).at(-1), 'silence')
    await page.getByRole('radio', { name: 'Español' }).check()
    await button('consent.read.start').click()
    await button('ui.back').click()
    await page.getByRole('heading', { level: 1, name: t('consent.ask.who.title') }).waitFor()
    assert.equal((await said(page)).at(-1), 'silence')
    assert.deepEqual(problems(), [])
    await context.close()
  })

  test('in a language that nobody has signed, no consent text and no urgent step is shown anywhere', async () => {
    const { page, t, open, caseId, context } = await asking('es')
    const given = consentBody([organisationId('counter-trafficking-unit')])
    assert.equal(await post(page, `/cases/${caseId}/consents`, given), 200)
    const withheld = { en: 'withheld', es: 'withheld' }
    const referral = {
      id: uuidv7(),
      case: caseId,
      kind: 'identification',
      to: organisationId('counter-trafficking-unit'),
      urgency: 'urgent',
      consent: given.id,
      share: ['ID'],
    }
    assert.equal(await post(page, '/referrals', referral), 200)
    await country(page, { standing: { consent: withheld, danger: withheld } })
    const step = 'enfrente al empleador'
    await open('/danger')
    await page.getByText(t('country.steps.withheld')).waitFor()
    assert.equal(await page.getByText(step).count(), 0)
    await open(`/cases/${caseId}/consents/${given.id}/withdraw`)
    await page.getByText(t('consent.read.withheld')).waitFor()
    await page.getByText(t('consent.withdraw.danger')).click()
    await page.getByText(t('country.steps.withheld')).waitFor()
    assert.equal(await page.getByText(catalogues.es['consent.text.withdrawing-1.1'] as string).count(), 0)
    await context.close()
    // Of the unit, who holds an interview.
    const unit = await openPage(app, { locale: 'es', viewport: { width: 1280, height: 800 } })
    await signInAs(app, unit.page, 'Tobias Fenwick')
    assert.equal(await post(unit.page, `/referrals/${referral.id}/accept`, {}), 200)
    await country(unit.page, { standing: { consent: withheld, danger: withheld } })
    await unit.page.goto(`${app.staff}/cases/${caseId}/interview`)
    await unit.page.getByRole('radio').first().check()
    await unit.page.getByText(t('country.steps.withheld')).waitFor()
    assert.equal(await unit.page.getByText(step).count(), 0)
    await unit.context.close()
  })

  test('the card speaks the person’s language, names nobody to be afraid of, and is all that is printed', async () => {
    const { page, t, button, look, open, caseId, context, problems } = await asking('en')
    await open(`/cases/${caseId}/consent`)
    await button('ui.continue').click()
    await page
      .getByRole('radio', { name: t('consent.ask.read.no'), exact: false })
      .last()
      .check()
    await button('ui.continue').click()
    await button('consent.no.save').click()
    await page.getByRole('heading', { level: 1, name: t('consent.help.title') }).waitFor()
    await page.getByText(t('consent.notify.off')).waitFor()
    await page.getByRole('radio', { name: 'Español' }).check()
    await page.getByRole('heading', { name: 'Teléfonos útiles' }).waitFor()
    await page.getByText('+999 000 0250').waitFor()
    const card = await page.locator('.service-card').innerText()
    assert.doesNotMatch(card, /traffick|trata\b|polic|Samaan House|Immigration|unit/i)
    await look('card')
    await button('consent.card.turn').click()
    await page.getByRole('dialog').waitFor()
    await look('turned')
    await page.keyboard.press('Escape')
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    const printed = (await page.locator('body').innerText()).trim()
    assert.ok(printed.startsWith('Teléfonos útiles') && !printed.includes('Marisol'), printed.slice(0, 200))
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    assert.deepEqual(problems(), [])
    await context.close()
  })

  test('a child’s yes is given by somebody beside the child, and nothing else can be chosen', async () => {
    const { page, t, button, look, open, caseId, context } = await asking('es', true)
    await open(`/cases/${caseId}/consent`)
    await button('ui.continue').click()
    await page.getByRole('radio', { name: t('consent.ask.read.yes') }).check()
    await button('ui.continue').click()
    await page.getByRole('checkbox', { name: t('consent.ask.share.ID') }).check()
    await page.locator('.kept-note').getByText(t('consent.kept.SVC')).waitFor()
    await button('ui.continue').click()
    await page.getByText(t('consent.ask.how.by.child-hint')).waitFor()
    assert.equal(await page.getByRole('radio', { name: t('consent.ask.how.by.child-person'), exact: true }).count(), 0)
    await button('ui.continue').click()
    await page.getByRole('alert').waitFor()
    await look('child')
    await page.getByRole('radio', { name: t('consent.ask.how.by.child-guardian') }).check()
    await page.getByRole('radio', { name: t('consent.ask.how.assent.yes'), exact: true }).check()
    await button('ui.continue').click()
    await button('consent.ask.check.save').click()
    await page.waitForURL(/\/refer/)
    await open(`/cases/${caseId}/consents`)
    await page.getByText(t('compartment.SVC')).waitFor()
    await look('agreed')
    await context.close()
  })

  test('a child’s no is all right, and the officer is reminded of whom to tell', async () => {
    const { page, t, button, open, look, caseId, context } = await asking('en', true)
    await open(`/cases/${caseId}/consent`)
    await button('ui.continue').click()
    await page
      .getByRole('radio', { name: t('consent.ask.read.no') })
      .last()
      .check()
    await button('ui.continue').click()
    await page.getByRole('radio', { name: t('consent.ask.how.by.child-person'), exact: true }).check()
    await button('consent.no.save').click()
    await page.getByText(t('consent.help.child')).waitFor()
    assert.equal(await page.getByText(t('consent.notify.off')).count(), 0)
    await look('child-no')
    await context.close()
  })

  test('where a verified law wants it, the officer sees what is told before it is', async () => {
    const { page, t, button, look, open, caseId, context } = await asking('en')
    const refusal = { id: uuidv7(), ...explained('sharing-1') }
    assert.equal(await post(page, `/cases/${caseId}/refusals`, refusal), 200)
    await country(page, { notification: ['exploitation'] })
    const told: unknown[] = []
    await page.route('**/notification', route => {
      told.push(route.request().postDataJSON())
      return route.fulfill({ status: 204 })
    })
    await open(`/help?after=no&case=${caseId}&refusal=${refusal.id}`)
    await button('consent.notify.send').click()
    await page.getByText(t('consent.ask.wrong.choose')).waitFor()
    assert.deepEqual(told, [])
    await look('notify')
    await page.getByRole('radio', { name: t('consent.notify.exploitation.not-known') }).check()
    await button('consent.notify.send').click()
    await page.getByText(t('consent.notify.done')).waitFor()
    assert.deepEqual(told, [{ refusal: refusal.id, exploitation: 'not-known' }])
    await context.close()
  })

  test('the unit reads what it was told, or that nothing is', async () => {
    const { page, context } = await openPage(app, { locale: 'en', viewport: { width: 1280, height: 800 } })
    const { t } = wordsOf('en')
    await signInAs(app, page, 'Tobias Fenwick')
    await page
      .getByRole('link', { name: t('case.nav'), exact: true })
      .first()
      .waitFor()
    assert.equal(
      await page.getByRole('link', { name: t('consent.notifications.nav'), exact: true, includeHidden: true }).count(),
      0,
    )
    await page.goto(`${app.staff}/notifications`)
    await page.getByText(t('consent.notifications.empty-off')).waitFor()
    await axe(page, 'notifications')
    await context.close()
  })
})

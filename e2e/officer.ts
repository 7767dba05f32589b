import type { Page } from 'playwright-core'
import { labourCard } from '#capabilities/screening/instruments/card-labour.ts'
import { shortScreen } from '#capabilities/screening/instruments/short-screen.ts'
import type { FormNode, Question } from '#platform/forms/definition.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { type App, axe, fits, type Opened, openPage, shot, signInAs } from './harness.ts'

const catalogues = loadCatalogues(['base'])

/** The questions that are put to the person, in their order. */
const questions = shortScreen.form.body.filter(
  (node: FormNode): node is Question => node.kind === 'question' && node.type === 'select-one',
)
/** A sign of the card in one language. */
const sign = (name: string, lang: LanguageCode): string =>
  labourCard.form.lists.flatMap(list => list.choices).find(one => one.name === name)!.label[lang]!

/** Who is screened. */
export const told = { givenName: 'Yeferson', phone: '+999 555 0142' }

/** An officer's hands: everything is found by its words, as a person finds it. */
export async function officer(app: App, lang: LanguageCode, opened?: Opened, looks = true) {
  const { page, context, problems } =
    opened ??
    (await openPage(app, {
      locale: lang,
      hasTouch: true,
      // Both appearances are seen without playing everything twice.
      colorScheme: lang === 'es' ? 'dark' : 'light',
    }))
  const { t } = createWords(lang, catalogues[lang])
  let seen = 0
  const look = async (name: string) => {
    if (!looks) return
    const label = `${lang}-${String(++seen).padStart(2, '0')}-${name}`
    await shot(page, label)
    await axe(page, label)
    await fits(page, label)
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const link = (name: string) => page.getByRole('link', { name, exact: true })
  return {
    page,
    lang,
    t,
    look,
    problems,
    close: () => context.close(),
    button,
    link,
    title: (key: string, values?: Record<string, string>) =>
      page.getByRole('heading', { level: 1, name: t(key, values), exact: true }).waitFor(),
    /** A choice by its words; what hints at it may follow them. */
    pick: (key: string, values?: Record<string, string | number>) =>
      page
        .getByRole('radio', { name: new RegExp(`^${t(key, values).replace(/[().?]/g, '\\$&')}`) })
        .first()
        .check(),
    tick: (name: string, place = 0) => page.getByRole('checkbox', { name }).nth(place).check(),
    fill: (key: string, value: string) => page.getByLabel(t(key)).fill(value),
    choose: (key: string, value: string) => page.getByLabel(t(key)).selectOption(value),
    goOn: () => button(t('ui.continue')).click(),
  }
}
export type Officer = Awaited<ReturnType<typeof officer>>

/** Which signs to look for: the card of the officer's own kind of work is suggested, and asked once a visit. */
export async function chooseCard(one: Officer) {
  await one.title('screening.page.start.title')
  await one.page.getByRole('radio', { name: labourCard.form.title[one.lang]!, exact: true }).waitFor()
  await one.page.waitForFunction(() => document.querySelector('input[name=signCard]:checked'))
  await one.look('card')
  await one.goOn()
}

/** The pages of the card: the signs, in the officer's language, and what else was noticed. */
export async function marks(one: Officer, signs: readonly string[]) {
  const { page, lang } = one
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  await heading({ en: 'What did you notice?', es: '¿Qué notó usted?' }[lang]).waitFor()
  for (const name of signs) await page.getByRole('checkbox', { name: sign(name, lang) }).check()
  await one.look('signs')
  await one.goOn()
  await heading({ en: 'What else did you notice?', es: '¿Qué más notó?' }[lang]).waitFor()
  await one.look('signs-else')
  await one.button(one.t('ui.skip')).click()
}

/** The questions in the person's language, which is Spanish; those without an answer are skipped. */
export async function answers(one: Officer, given: Readonly<Record<string, string>>) {
  const { page } = one
  // What to know before the first.
  await page.getByRole('heading', { level: 1, name: 'Antes de preguntar' }).waitFor()
  await one.look('before-questions')
  await one.goOn()
  for (const { name, label } of questions) {
    await page.getByRole('heading', { level: 1, name: label!.es! }).waitFor()
    const answer = given[name]
    if (answer === undefined) await one.button(one.t('ui.skip')).click()
    else {
      await page.getByRole('radio', { name: answer }).check()
      await one.look(`question-${name}`)
      await one.goOn()
    }
  }
}

/** Everything up to the first question to an adult. */
export async function toQuestions(one: Officer) {
  const { t, look, title, pick, tick, choose, goOn, page } = one
  await one.link(t('screening.home.start')).click()
  await chooseCard(one)
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
  await marks(one, ['papers-with-other', 'long-hours'])
  await title('screening.page.work.title')
  await choose('screening.field.sector', 'agriculture')
  await look('work')
  await goOn()
  await title('screening.page.ask.title')
  await pick('screening.option.ask.yes')
  await look('ask')
  await goOn()
}

/** Everything up to the check of the answers, as an adult who answers two of the questions. */
export async function screen(one: Officer, story: string) {
  const { t, look, title, pick, fill, choose, goOn, page } = one
  await toQuestions(one)
  await answers(one, { promises: 'Sí', debt: 'Prefiere no decirlo' })
  await title('screening.page.person.title')
  await fill('screening.field.identity.givenName', told.givenName)
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
  await fill('screening.field.identity.phone', told.phone)
  await pick('screening.option.identity.safeToCall.text-only')
  await goOn()
  await title('screening.page.told.title')
  await fill('screening.field.story', story)
  await pick('screening.option.worried.yes')
  await look('told')
  await goOn()
  await title('screening.page.urgency.title')
  await page.getByRole('radio', { name: t('screening.option.danger.no'), exact: true }).check()
  await pick('screening.option.urgency.urgent')
  await look('urgency')
  await goOn()
  await title('screening.check.title')
  await look('check')
}

/** Everything up to the check of the answers, for a child with a support person: no question is put to a child. */
export async function screenChild(one: Officer, story: string) {
  const { t, title, pick, tick, fill, choose, goOn, page, button } = one
  await one.link(t('screening.home.start')).click()
  await chooseCard(one)
  await pick('screening.option.placeSafe.yes')
  await goOn()
  await choose('screening.field.language', 'es')
  await pick('screening.option.interpreter.none')
  await goOn()
  await pick('screening.option.child.yes', { age: 18 })
  await goOn()
  await title('screening.page.child.title')
  await goOn()
  await title('screening.page.limits.title')
  await pick('screening.option.limitsTold.givenBy.support-person')
  await tick(t('screening.option.told.yes'))
  await goOn()
  await marks(one, ['papers-with-other'])
  await title('screening.page.work.title')
  await button(t('ui.skip')).click()
  await title('screening.page.person.title')
  await button(t('ui.skip')).click()
  await title('screening.page.reach.title')
  await button(t('ui.skip')).click()
  await title('screening.page.told.title')
  await fill('screening.field.story', story)
  await pick('screening.option.worried.yes')
  await goOn()
  await page.getByRole('radio', { name: t('screening.option.danger.no'), exact: true }).check()
  await pick('screening.option.urgency.urgent')
  await goOn()
  await title('screening.check.title')
}

/** From the result page to a yes on record: the unit may know all, the other only who the person is. */
export async function consentToTwo(one: Officer, other: string) {
  const { t, look, title, pick, tick, goOn, page } = one
  await one.link(t('screening.done.ask-consent')).click()
  await title('consent.ask.who.title')
  await tick(other)
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

/** From the yes on record to the sent referral, for the unit. */
export async function refer(one: Officer, message: string) {
  const { t, look, title, pick, fill, goOn } = one
  await title('referral.sent.to.title')
  await look('referral-to')
  await goOn()
  await title('referral.sent.urgency.title')
  await pick('referral.sent.urgency.urgent')
  await look('referral-urgency')
  await goOn()
  await title('referral.sent.message.title')
  await fill('referral.sent.message.label', message)
  await look('referral-message')
  await goOn()
  await title('referral.sent.check.title')
  await look('referral-check')
  await one.button(t('referral.sent.check.send')).click()
  await one.page.getByText(t('referral.sent.done.tell')).waitFor()
  await look('referral-sent')
}

/** From a referral's page: the person changed their mind, and nothing can be sent any more. */
export async function takeBackConsent(one: Officer) {
  const { t, look, title, page } = one
  await one.link(t('consent.agreed.title')).click()
  await title('consent.agreed.title')
  await page.getByText(t('consent.agreed.live'), { exact: true }).waitFor()
  await look('agreed')
  await page.getByText(t('consent.withdraw'), { exact: true }).click()
  await title('consent.withdraw.title')
  await page.getByText(catalogues.es['consent.text.withdrawing-1.3']!).waitFor()
  await look('withdraw')
  await page.getByText(t('consent.ask.how.title'), { exact: true }).click()
  await look('withdraw-how')
  await page.getByLabel(t('consent.withdraw.by')).selectOption('support-person')
  await one.button(t('consent.withdraw.save')).click()
  await title('consent.withdrawn.title')
  await page.getByText(t('consent.withdrawn.recorded')).waitFor()
  await look('withdrawn')
  await page.reload()
  await title('consent.withdrawn.title')
  await one.link(t('consent.agreed.title')).click()
  await page.getByText(t('consent.agreed.withdrawn'), { exact: true }).waitFor()
  await look('agreed-withdrawn')
  await page.goto(page.url().replace(/consents$/, 'refer'))
  await page.getByText(t('referral.sent.no-consent.title')).waitFor()
}

/** The whole of an officer's part, as Marisol Prentice; answers the case's reference. */
export async function screenAndRefer(
  app: App,
  one: Officer,
  story: string,
  other = 'Samaan House',
  message = 'At the office until five.',
): Promise<string> {
  const { t, look, page } = one
  await signInAs(app, page, 'Marisol Prentice')
  await switchTo(page, one.lang)
  await screen(one, story)
  await one.button(t('screening.check.send')).click()
  await page.getByRole('heading', { level: 2, name: t('screening.done.concern.title') }).waitFor()
  await page.getByText(story).waitFor()
  await look('recorded')
  const reference = (await page.getByRole('heading', { level: 1 }).textContent())!.split(' ').at(-1)!
  await consentToTwo(one, other)
  await refer(one, message)
  return reference
}

/** The language of the account is whatever its owner last chose; the tests choose for themselves. */
export async function switchTo(page: Page, lang: LanguageCode): Promise<void> {
  await page.evaluate(wanted => localStorage.setItem('samaan.language', wanted), lang)
  await page.reload()
  await page.locator(`html[lang=${lang}]`).waitFor({ state: 'attached' })
}

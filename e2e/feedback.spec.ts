import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { feedback } from '#capabilities/referrals/contract-feedback.ts'
import { rounds } from '#capabilities/referrals/contract-rounds.ts'
import { askedOf, helpGiven, unregistered } from '#capabilities/referrals/make.ts'
import { grouped } from '#capabilities/visits/digits.ts'
import { codeFor } from '#capabilities/visits/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { consentBody, keptCase } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// A help is asked of three, one after another; and the person says how it was, if they want to, where nobody who gave it reads it.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'feedback', ...who)
const catalogues = loadCatalogues()

/** The person's own phone, without script, at the page that their number opens. */
async function person(id: string, lang: LanguageCode, dark: boolean) {
  const { t } = createWords(lang, catalogues[lang])
  const { page, context, problems } = await openPage(app, {
    javaScriptEnabled: false,
    locale: lang,
    viewport: phone,
    colorScheme: dark ? 'dark' : 'light',
  })
  const press = (key: string) =>
    page
      .getByRole('button', { name: t(key), exact: true })
      .first()
      .click()
  await page.goto(`${app.site}/${lang}/notes`)
  await page.getByLabel(t('visit.enter.label'), { exact: true }).fill(grouped((await codeFor(app, id)).digits))
  await press('visit.enter.go')
  return {
    page,
    t,
    press,
    sees: (key: string) => page.getByText(t(key)).first().waitFor(),
    /** As it was drawn without script, in a browser that has one for the checker. */
    look: async (what: string) => {
      const html = await page.content()
      const other = await openPage(app, { colorScheme: dark ? 'dark' : 'light', locale: lang })
      const address = `${app.site}/${lang}/notes`
      await other.page.route(address, route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
      for (const { width, height } of [{ width: 320, height: 640 }, phone, desk]) {
        const name = `feedback-person-${lang}-${dark ? 'dark' : 'light'}-${what}-${width}`
        await other.page.setViewportSize({ width, height })
        await other.page.goto(address)
        await fits(other.page, name)
        await shot(other.page, name)
        await axe(other.page, name)
      }
      await other.context.close()
    },
    close: async () => {
      assert.deepEqual(problems(), [])
      await context.close()
    },
  }
}

/** A link is made at the page of a referral, and the clinic takes the person on and says what came of it. */
async function answeredByLink({ page, t, press, sees }: Awaited<ReturnType<typeof at>>): Promise<void> {
  const referral = page.url()
  await page.getByRole('link', { name: t('doors.open') }).click()
  await press(t('doors.link.make'))
  await sees(t('doors.made.apart'))
  const link = (await page.locator('.link-card bdi').innerText()).trim()
  const code = (await page.locator('.link-code').innerText()).trim()
  const theirs = await openPage(app, { javaScriptEnabled: false, locale: 'en', viewport: phone })
  const box = createWords('en', catalogues.en).t
  const go = (key: string) =>
    theirs.page
      .getByRole('button', { name: box(key), exact: true })
      .first()
      .click()
  await theirs.page.goto(link)
  await theirs.page.getByLabel(box('box.enter.label'), { exact: true }).fill(code)
  await go('box.enter.go')
  await go('box.do.accepted')
  await go('box.send')
  await go('box.do.begun')
  await go('box.do.done')
  await go('box.send')
  await theirs.page.getByLabel(box('referral.outcome.helped'), { exact: true }).check({ force: true })
  await go('box.send')
  await theirs.page.getByText(box('box.over.heading')).first().waitFor()
  assert.deepEqual(theirs.problems(), [])
  await theirs.context.close()
  await page.goto(referral)
}

test('three are asked in turn: a no, the next who takes on a part, the third who takes on the rest, done; and the person says how it was', async () => {
  const [coordinator, odette, third] = [await app.as('dalia'), await app.as('odette'), await unregistered(app)]
  const offer = { id: uuidv7(), kind: 'psychosocial' as const, languages: ['en'] }
  await odette.call(directory.offer, { params: { organisation: third.id }, body: offer })
  const { id, reference } = await keptCase(app)
  const given = consentBody([organisationId('samaan-house'), organisationId('claro-clinic'), third.id])
  await coordinator.call(consent.give, { params: { case: id }, body: given })
  const dalia = await at('dalia', 'en', 'desk')
  await dalia.go(`/cases/${id}/refer`)
  await dalia.choose(dalia.t('referral.new.service'), dalia.t('service.kind.psychosocial'))
  await dalia.page.getByRole('radio', { name: dalia.t('referral.way.in-turn') }).check({ force: true })
  const houses = dalia.page.getByRole('checkbox', { name: /^(Samaan House|Claro Clinic)/ })
  for (let n = 0; n < 2; n += 1) await houses.nth(n).check({ force: true })
  await dalia.press(dalia.t('referral.way.save'))
  await dalia.sees(dalia.t('referral.round.next'))
  const round = async () => (await coordinator.call(rounds.ofCase, { params: { case: id } })).items[0]!
  const first = (await round()).asked[0]!.organisation

  // Whoever is first says no; the next is asked by rule, within a minute.
  const [no, yes] = first === 'Samaan House' ? (['celeste', 'jonah'] as const) : (['jonah', 'celeste'] as const)
  const refuses = await at(no, 'es', 'phone', true)
  await refuses.go('/')
  await refuses.page.getByRole('link', { name: reference }).first().click()
  await refuses.press(refuses.t('referral.decline'))
  await refuses.page.getByRole('radio', { name: refuses.t('referral.decline.no-place') }).check({ force: true })
  await refuses.press(refuses.t('referral.decline.save'))
  await refuses.sees(refuses.t('referral.status.declined'))
  await refuses.leave()
  for (const until = Date.now() + 150_000; (await round()).asked.length < 2; await pause(100))
    assert.ok(Date.now() < until, 'the next is not asked')

  const helps = await at(yes, 'en', 'phone')
  await helps.go('/')
  await helps.page.getByRole('link', { name: reference }).first().click()
  await helps.press(helps.t('referral.accept'))
  await helps.page.getByRole('checkbox', { name: helps.t('referral.accept.part') }).check({ force: true })
  await helps.page.getByLabel(helps.t('referral.accept.answer')).fill('Two mornings a week.')
  await helps.press(helps.t('referral.accept'))
  await helps.sees(helps.t('referral.status.partly-accepted'))

  // The rest is asked of the third, in which nobody has an account.
  const second = (await round()).asked[1]!.referral
  await dalia.go(`/referrals/${second}`)
  await dalia.page.getByRole('link', { name: dalia.t('referral.next') }).click()
  await dalia.page.getByRole('radio', { name: /^Hilltop Clinic/ }).check({ force: true })
  await dalia.look('rest')
  await dalia.press(dalia.t('referral.new.save'))
  await dalia.sees(dalia.t('referral.status.sent'))
  await answeredByLink(dalia)
  await dalia.page.reload()
  await dalia.sees(dalia.t('referral.status.done'))

  await helps.press(helps.t('referral.begin'))
  await helps.sees(helps.t('referral.status.in-service'))
  await helps.press(helps.t('referral.finish'))
  await helps.page.getByRole('radio', { name: helps.t('referral.outcome.helped-in-part') }).check({ force: true })
  await helps.press(helps.t('referral.finish'))
  await helps.page.getByRole('button', { name: helps.t('referral.finish') }).waitFor({ state: 'detached' })
  await helps.sees(helps.t('referral.status.done'))
  const before = await helps.page.getByRole('main').innerText()

  const one = await person(id, 'en', false)
  await one.look('start')
  await one.press('visit.start.helps')
  await one.sees('visit.helps.lead')
  await one.look('helps')
  await one.press('visit.helps.say')
  await one.look('form')
  for (const [question, answer] of [
    ['respect', 'yes'],
    ['explained', 'partly'],
    ['agreed', 'yes'],
    ['safe', 'yes'],
    ['again', 'unsaid'],
  ])
    await one.page.locator(`#${question}-${answer}`).check({ force: true })
  await one.page.getByLabel(one.t('visit.say.words')).fill('The woman there listened.')
  await one.look('filled')
  await one.press('visit.say.send')
  await one.sees('visit.helps.told')
  await one.look('told')
  await one.press('visit.end')
  await one.close()

  // Who gave the help sees what they saw before.
  await helps.page.reload()
  await helps.sees(helps.t('referral.status.done'))
  assert.equal(await helps.page.getByRole('main').innerText(), before)
  await helps.leave()
  await dalia.go(`/referrals/${second}`)
  await dalia.sees('The woman there listened.')
  await dalia.look('read')
  await dalia.leave()
})

for (const [lang, size, dark] of [
  ['en', 'desk', false],
  ['es', 'phone', true],
] as const)
  test(`the coordinator writes down what the person says, and takes it back for them (${lang}, ${size})`, async () => {
    const { id } = await keptCase(app)
    const { referral } = await helpGiven(app, id)
    const dalia = await at('dalia', lang, size, dark)
    const { t, page } = dalia
    await dalia.go(`/referrals/${referral}`)
    await dalia.sees(t('feedback.none'))
    await dalia.look('none')
    await dalia.press(t('feedback.tell'))
    await dalia.press(t('feedback.form.save'))
    await dalia.sees(t('feedback.form.needed'))
    await dalia.look('form-wrong')
    for (const id of ['respect', 'safe-no', 'again-unsaid']) await page.locator(`[id="${id}"]`).check({ force: true })
    await page.getByLabel(t('feedback.form.words')).fill('At night somebody shouted.')
    await dalia.look('form')
    await dalia.press(t('feedback.form.save'))
    await dalia.sees('At night somebody shouted.')
    await dalia.look('told')
    await dalia.press(t('feedback.take-back'))
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('feedback.take-back'), exact: true })
      .click()
    await dalia.sees(t('feedback.none'))
    await dalia.leave()
    const other = await person(id, lang, dark)
    await other.press('visit.start.helps')
    await other.press('visit.helps.say')
    await other.press('visit.say.send')
    await other.sees('visit.helps.nothing')
    await other.look('nothing')
    await other.close()
  })

test('an officer who met the person and asked writes it down on their phone, and reads none of it', async () => {
  const [celeste, officer] = await Promise.all([app.as('celeste'), app.as('marisol')])
  const { referral } = await askedOf(app, { id: organisationId('samaan-house') })
  await celeste.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  await celeste.call(referrals.begin, { params: { referral }, version: 2, body: {} })
  const marisol = await at('marisol', 'es', 'phone')
  await marisol.go(`/referrals/${referral}`)
  await marisol.sees(marisol.t('feedback.none'))
  await marisol.look('officer')
  await marisol.press(marisol.t('feedback.tell'))
  await marisol.page.locator('[id="respect"]').check({ force: true })
  await marisol.press(marisol.t('feedback.form.save'))
  await marisol.sees(marisol.t('feedback.written'))
  await marisol.look('officer-told')
  await marisol.leave()
  const read = await officer.call(feedback.read, { params: { referral } })
  assert.equal(read.said?.answers, undefined)
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { visits } from '#capabilities/visits/contract.ts'
import { grouped } from '#capabilities/visits/digits.ts'
import { codeFor, sharedWithShelter } from '#capabilities/visits/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { keptCase, openedCase } from '../tests/harness/make.ts'
import { type PersonKey, people } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs, startApp } from './harness.ts'

// Somebody sees their own case on a phone that may be watched, without script, and takes back what they agreed to while a
// shelter reads: sharing stops, help goes on, and who received what is printed for them.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues()
const screens = { phone, desk }
type Look = { lang: LanguageCode; size: keyof typeof screens; dark: boolean }

/** A page as it was drawn without script, held to the checker where there is one: at 320 pixels, on a phone and at a desk. */
async function check(html: string, name: string, { dark, lang }: Look): Promise<void> {
  const { page, context } = await openPage(app, { colorScheme: dark ? 'dark' : 'light', locale: lang })
  try {
    const address = `${app.site}/${lang}/notes`
    await page.route(address, route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
    for (const [width, height] of [
      [320, 640],
      [phone.width, phone.height],
      [desk.width, desk.height],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.goto(address)
      await fits(page, `${name} at ${width}`)
      await shot(page, `own-view-${name}-${lang}-${width}-${dark ? 'dark' : 'light'}`)
      // Between the narrowest and the widest nothing else is drawn.
      if (width !== phone.width) await axe(page, `${name} at ${width}`)
    }
    const wrong = await page.evaluate(() => {
      const all = [...document.querySelectorAll('[id]')].map(one => one.id)
      const named = [...document.querySelectorAll('[for], [aria-describedby], [aria-labelledby]')].flatMap(one =>
        ['for', 'aria-describedby', 'aria-labelledby'].flatMap(each => one.getAttribute(each)?.split(' ') ?? []),
      )
      return [...all.filter((one, at) => all.indexOf(one) !== at), ...named.filter(one => !all.includes(one))]
    })
    assert.deepEqual(wrong, [], name)
    // What the parser had to mend would be another number.
    for (const tag of ['form', 'section', 'p', 'ul', 'dl', 'fieldset', 'button'])
      assert.equal(
        html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0,
        await page.locator(tag).count(),
        `${name}: ${tag}`,
      )
  } finally {
    await context.close()
  }
}

/** The person's own browser: no script at all. */
async function person(look: Look) {
  const { t } = createWords(look.lang, catalogues[look.lang])
  const { page, context, problems } = await openPage(app, {
    javaScriptEnabled: false,
    locale: look.lang,
    viewport: phone,
    colorScheme: look.dark ? 'dark' : 'light',
  })
  return {
    page,
    t,
    press: (key: string) =>
      page
        .getByRole('button', { name: t(key), exact: true })
        .first()
        .click(),
    titled: (key: string) => page.getByRole('heading', { level: 1, name: t(key), exact: true }).waitFor(),
    look: async (name: string) => {
      assert.equal(await page.title(), t('visit.title'))
      assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, `/${look.lang}/notes`)
      assert.equal(await page.locator('.exit-now').count(), 1)
      assert.deepEqual(await context.cookies(), [])
      await check(await page.content(), name, look)
    },
    close: async () => {
      assert.deepEqual(problems(), [])
      await context.close()
    },
  }
}
async function staff(key: PersonKey, path: string, look: Look) {
  const opened = await openPage(app, {
    locale: look.lang,
    viewport: screens[look.size],
    colorScheme: look.dark ? 'dark' : 'light',
  })
  const { page, context, problems } = opened
  const { t } = createWords(look.lang, catalogues[look.lang])
  await signInAs(app, page, people.find(one => one.key === key)!.name)
  await page.goto(`${app.staff}${path}`)
  return {
    page,
    t,
    press: (words: string) =>
      page
        .getByRole('button', { name: t(words), exact: true })
        .first()
        .click(),
    follow: (words: string) =>
      page
        .getByRole('main')
        .getByRole('link', { name: t(words), exact: true })
        .first()
        .click(),
    titled: (words: string) => page.getByRole('heading', { level: 1, name: t(words), exact: true }).waitFor(),
    sees: (text: string) => page.getByText(text).first().waitFor(),
    look: async (what: string) => {
      const label = `own-view-${key}-${what}-${look.lang}-${look.size}-${look.dark ? 'dark' : 'light'}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
    },
    close: async () => {
      assert.deepEqual(problems(), [])
      await context.close()
    },
  }
}
/** What is left of a page on paper. */
async function onPaper(page: Page, run: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  await run()
  await page.emulateMedia({ media: 'screen' })
}
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

for (const look of [
  { lang: 'en', size: 'desk', dark: false },
  { lang: 'es', size: 'phone', dark: true },
] as const)
  test(`an adult takes a consent back by themselves, mid-way (${look.lang}, ${look.size})`, async context => {
    const { id } = await keptCase(app)
    const { consent: given, referral } = await sharedWithShelter(app, id)
    const [shelter, unit] = await Promise.all([app.as('celeste'), app.as('dalia')])
    const celeste = await staff('celeste', `/referrals/${referral}`, look)
    await celeste.sees('Quintanilla')

    // The number, face to face.
    const dalia = await staff('dalia', `/cases/${id}?tab=own`, look)
    await dalia.sees(dalia.t('visit.code.none'))
    await dalia.look('none')
    await dalia.follow('visit.make')
    await dalia.titled('visit.make.title')
    await dalia.press('visit.make.do')
    await dalia.sees(dalia.t('visit.make.needed'))
    await dalia.look('make-wrong')
    await dalia.page.getByLabel(dalia.t('visit.make.watched.unsure'), { exact: true }).check({ force: true })
    await dalia.page.getByLabel(dalia.t('visit.make.lasts.half-day'), { exact: true }).check({ force: true })
    await dalia.look('make')
    await dalia.press('visit.make.do')
    await dalia.titled('visit.made.title')
    const typed = (await dalia.page.locator('.visit-card').innerText()).trim()
    assert.match(typed, /^\d{4} \d{4} \d{4} \d{4}$/)
    await dalia.look('made')
    await onPaper(dalia.page, async () => {
      await shot(dalia.page, `own-view-card-${look.lang}`)
      assert.equal(
        (await dalia.page.locator('body').innerText()).trim(),
        typed,
        'nothing stands on the card but the number',
      )
    })

    // The person's own phone.
    const one = await person(look)
    const { t, page, press } = one
    await page.goto(app.site)
    await page.getByRole('link', { name: t('visit.door.title'), exact: true }).click()
    await one.titled('visit.enter.heading')
    await one.look('enter')
    await page.getByLabel(t('visit.enter.label'), { exact: true }).fill('1234 5678 9012 3456')
    await press('visit.enter.go')
    await page.getByText(t('visit.enter.wrong')).waitFor()
    await one.look('enter-wrong')
    await page.getByLabel(t('visit.enter.label'), { exact: true }).fill(typed)
    await press('visit.enter.go')
    await one.titled('visit.start.heading')
    await page.getByText(t('visit.status.pending')).waitFor()
    await one.look('start')
    await press('visit.start.agreed')
    await one.titled('visit.agreed.heading')
    await one.look('agreed')
    await page
      .locator('.visit-agreed', { hasText: t('visit.kind.helps') })
      .getByRole('button')
      .click()
    await one.titled('visit.stop.heading')
    await one.look('stop')

    // Until now the shelter reads.
    const params = { case: id }
    assert.equal(await codeOf(shelter.call(consent.list, { params })), 'done')
    const missing = await codeOf(shelter.call(consent.list, { params: { case: uuidv7() } }))
    const pressed = performance.now()
    await press('visit.stop.yes')
    await one.titled('visit.stopped.heading')
    assert.equal(await codeOf(shelter.call(consent.list, { params })), missing)
    const stopped = performance.now() - pressed
    assert.equal(missing, 'not-found')
    const read = await shelter.call(referrals.read, { params: { referral } })
    assert.deepEqual(
      [read.identity, read.status, read.reference],
      [undefined, 'accepted', ''],
      'help goes on, in codes',
    )
    context.diagnostic(`from the press of the button to the recipient’s refusal: ${Math.round(stopped)} ms`)
    // The recipient's own browser, at its next contact.
    await celeste.page.reload()
    await celeste.page.getByRole('heading', { level: 1 }).waitFor()
    assert.equal(await celeste.page.getByText('Quintanilla').count(), 0)
    await celeste.close()

    await one.look('stopped')
    await page.getByLabel(t('visit.safe.no'), { exact: true }).check({ force: true })
    await page.getByLabel(t('visit.safe.contact'), { exact: true }).check({ force: true })
    await press('visit.safe.send')
    await one.titled('visit.checked.heading')
    await one.look('checked')
    await press('visit.back')
    await press('visit.start.ask')
    await press('visit.ask.send')
    await page.getByText(t('visit.ask.required')).waitFor()
    await one.look('ask-wrong')
    await page.getByLabel(t('visit.ask.label')).fill('¿Puedo llamar a mi hermana <b>hoy</b>?')
    await press('visit.ask.send')
    await page.getByText(t('visit.ask.sent')).waitFor()
    await one.look('asked')
    // In another language, without losing the visit.
    const other = look.lang === 'en' ? 'es' : 'en'
    await page.locator(`.languages button[lang=${other}]`).click()
    const elsewhere = createWords(other, catalogues[other]).t
    await page.getByRole('heading', { level: 1, name: elsewhere('visit.start.heading') }).waitFor()
    await page.locator(`.languages button[lang=${look.lang}]`).click()
    await one.titled('visit.start.heading')
    await press('visit.end')
    await one.titled('visit.ended.heading')
    await one.look('ended')
    // Somebody else takes the phone and presses Back: nothing of it is shown.
    await page.goBack().catch(() => undefined)
    // The browser puts a page of its own there, which asks whether to send anything twice; until then it goes nowhere else.
    await page.waitForURL(/^chrome-error:/)
    assert.equal(await page.getByText(t('visit.start.agreed')).count(), 0)
    await page.goto(`${app.site}/${look.lang}/notes`)
    await page.getByLabel(t('visit.enter.label'), { exact: true }).fill(typed)
    await press('visit.enter.go')
    await page.getByText(t('visit.enter.wrong')).waitFor()
    await one.close()

    // The coordinator sees it, answers, and goes through who received what.
    await dalia.page.goto(`${app.staff}/cases/${id}`)
    await dalia.sees(dalia.t('visit.notice.checks'))
    await dalia.look('notice')
    await dalia.follow('visit.notice.open')
    await dalia.sees('¿Puedo llamar a mi hermana <b>hoy</b>?')
    await dalia.sees(dalia.t('visit.check.contact'))
    await dalia.look('asked')
    await dalia.press('visit.check.note')
    await dalia.page.getByLabel(dalia.t('visit.question.answer'), { exact: true }).fill('Sí, cuando quiera.')
    await dalia.press('visit.question.send')
    await dalia.sees(dalia.t('visit.question.unread'))
    await dalia.look('answered')
    await dalia.follow('received.open')
    await dalia.titled('received.open')
    await dalia.sees('Samaan House')
    await dalia.look('received')
    const sheets = { en: 'You took your agreement back', es: 'Usted retiró su acuerdo' }
    for (const lang of ['en', 'es'] as const) {
      await dalia.page.getByLabel(dalia.t('received.language'), { exact: true }).selectOption(lang)
      await dalia.sees(sheets[lang])
      await onPaper(dalia.page, async () => {
        const paper = await dalia.page.locator('body').innerText()
        assert.match(paper, /Samaan House/)
        assert.doesNotMatch(paper, /Quintanilla|Dalia|[0-9]{5}-[0-9]{5}/)
        await shot(dalia.page, `own-view-sheet-${look.lang}-${lang}`)
      })
    }
    await dalia.close()
    const sheet = await unit.call(referrals.received, { params, query: { language: 'en' } })
    const entry = sheet.items.find(each => each.id === referral)!
    assert.deepEqual([entry.organisation, entry.shared, entry.stands], ['Samaan House', ['ID', 'STA'], false])
    assert.match(entry.read, /First opened/)
    const ledger = (await unit.call(consent.list, { params })).items
    assert.equal(ledger.at(-1)!.withdraws, given)

    // The answer, at the next visit.
    const again = await person(look)
    await again.page.goto(`${app.site}/${look.lang}/notes`)
    const { digits } = await codeFor(app, id)
    await again.page.getByLabel(t('visit.enter.label'), { exact: true }).fill(grouped(digits))
    await again.press('visit.enter.go')
    await again.press('visit.start.ask')
    await again.page.getByText('Sí, cuando quiera.').waitFor()
    await again.look('answer')
    await again.close()
    assert.ok((await unit.call(visits.ofCase, { params })).questions![0]!.readAt)
    assert.ok(!app.said().includes(digits) && !app.said().includes(digits.slice(0, 8)))
  })

test('before there is a coordinator, who screened the person makes the number on their phone', async () => {
  const look = { lang: 'es', size: 'phone', dark: false } as const
  const id = await openedCase(app)
  const marisol = await staff('marisol', `/cases/${id}/consents`, look)
  await marisol.follow('visit.make')
  await marisol.titled('visit.make.title')
  await marisol.page.getByLabel(marisol.t('visit.make.watched.yes'), { exact: true }).check({ force: true })
  assert.equal(await marisol.page.getByLabel(marisol.t('visit.make.lasts.week'), { exact: true }).count(), 0)
  await marisol.page.getByLabel(marisol.t('visit.make.lasts.half-hour'), { exact: true }).check({ force: true })
  await marisol.look('make')
  await marisol.press('visit.make.do')
  await marisol.titled('visit.made.title')
  const typed = (await marisol.page.locator('.visit-card').innerText()).trim()
  await marisol.page.goto(`${app.staff}/cases/${id}/consents`)
  await marisol.follow('received.open')
  await marisol.sees('Counter Trafficking Unit')
  await marisol.look('received')
  await marisol.close()
  const one = await person(look)
  await one.page.goto(`${app.site}/${look.lang}/notes`)
  await one.page.getByLabel(one.t('visit.enter.label'), { exact: true }).fill(typed)
  await one.press('visit.enter.go')
  await one.titled('visit.start.heading')
  // Nobody is in charge yet who could answer.
  assert.equal(await one.page.getByRole('button', { name: one.t('visit.start.ask'), exact: true }).count(), 0)
  await one.press('visit.end')
  await one.titled('visit.ended.heading')
  await one.close()
})

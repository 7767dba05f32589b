import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { askedOf, keyIn, linkTo, unregistered } from '#capabilities/referrals/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { openFile } from '#platform/crypto/sealed-file.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { explained } from '../tests/harness/make.ts'
import { readPdf } from '../tests/harness/read-pdf.ts'
import { type App, axe, desk, fits, openPage, phone, shot, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// A clinic in which nobody has an account is asked for help, and answers by a link and a code, without script; and on paper.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'link', ...who)
const catalogues = loadCatalogues()
const none = '0'.repeat(26)

/** A browser at the clinic: no script at all. What it draws is held to the checker where there is one. */
async function clinic(lang: LanguageCode, dark = false) {
  const { t } = createWords(lang, catalogues[lang])
  const { page, context, problems } = await openPage(app, {
    ...{ javaScriptEnabled: false, locale: lang, viewport: phone, colorScheme: dark ? 'dark' : 'light' },
  })
  const look = async (name: string) => {
    assert.equal(await page.title(), t('box.title'))
    assert.deepEqual(await context.cookies(), [])
    const html = await page.content()
    const drawn = await openPage(app, { colorScheme: dark ? 'dark' : 'light', locale: lang })
    try {
      const address = `${app.site}/${lang}/box`
      await drawn.page.route(address, route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
      for (const [width, height] of [
        [320, 640],
        [phone.width, phone.height],
        [desk.width, desk.height],
      ] as const) {
        await drawn.page.setViewportSize({ width, height })
        await drawn.page.goto(address)
        await fits(drawn.page, `${name} at ${width}`)
        await shot(drawn.page, `link-box-${name}-${lang}-${width}-${dark ? 'dark' : 'light'}`)
        if (width !== phone.width) await axe(drawn.page, `${name} at ${width}`)
      }
    } finally {
      await drawn.context.close()
    }
  }
  const press = (label: string) => page.getByRole('button', { name: label, exact: true }).first().click()
  return {
    page,
    t,
    look,
    press,
    sees: (text: string | RegExp) => page.getByText(text).first().waitFor(),
    types: async (code: string) => {
      await page.getByLabel(t('box.enter.label'), { exact: true }).fill(code)
      await press(t('box.enter.go'))
    },
    leave: async () => {
      assert.deepEqual(problems(), [])
      await context.close()
    },
  }
}

for (const { lang, dark } of [
  { lang: 'en', dark: false },
  { lang: 'es', dark: true },
] as const)
  test(`a clinic without an account answers by link, without script (${lang})`, { timeout: 120_000 }, async () => {
    const { referral } = await askedOf(app, await unregistered(app))
    const marisol = await at('marisol', lang, 'phone', dark)
    await marisol.go(`/referrals/${referral}`)
    await marisol.sees(marisol.t('doors.nobody'))
    await marisol.look('nobody-signs-in')
    await marisol.page.getByRole('link', { name: marisol.t('doors.open') }).click()
    await marisol.look('doors')
    await marisol.press(marisol.t('doors.link.make'))
    await marisol.sees(marisol.t('doors.made.apart'))
    await marisol.look('made')
    const link = (await marisol.page.locator('.link-card bdi').innerText()).trim()
    const code = (await marisol.page.locator('.link-code').innerText()).trim()
    assert.match(code, /^\d{4} \d{4}$/)
    await marisol.page.emulateMedia({ media: 'print' })
    assert.equal(
      (await marisol.page.locator('body').innerText()).trim(),
      link,
      'nothing stands on the card but the link',
    )
    await shot(marisol.page, `link-card-${lang}`)
    await marisol.page.emulateMedia({ media: 'screen' })
    await marisol.press(marisol.t('doors.made.done'))
    await marisol.sees(marisol.t('doors.link.unopened'))

    const theirs = await clinic(lang, dark)
    await theirs.page.goto(link.replace(/\/(en|es)\//, `/${lang}/`))
    await theirs.look('enter')
    await theirs.types('00000000')
    await theirs.sees(theirs.t('box.enter.wrong'))
    await theirs.look('wrong')
    await theirs.types(code)
    await theirs.sees(theirs.t('box.asked.heading'))
    await theirs.sees('She would like to see a woman.')
    await theirs.look('asked')
    // In another language, without losing the page.
    const other = lang === 'en' ? 'es' : 'en'
    await theirs.page.locator(`.languages button[lang=${other}]`).click()
    await theirs.sees(createWords(other, catalogues[other]).t('box.asked.heading'))
    await theirs.page.locator(`.languages button[lang=${lang}]`).click()
    await theirs.press(theirs.t('box.do.partly-accepted'))
    await theirs.press(theirs.t('box.send'))
    await theirs.sees(theirs.t('box.words.required'))
    await theirs.look('part-which')
    await theirs.page.getByLabel(theirs.t('box.words.part'), { exact: true }).fill('Tests <b>first</b>.')
    await theirs.press(theirs.t('box.send'))
    await theirs.sees(theirs.t('box.taken.partly-accepted'))
    await theirs.look('taken')
    await marisol.go(`/referrals/${referral}`)
    await marisol.sees(marisol.t('referral.status.partly-accepted'))
    await marisol.sees('Tests <b>first</b>.')
    await theirs.press(theirs.t('box.do.begun'))
    await theirs.sees(theirs.t('box.taken.begun'))
    await theirs.press(theirs.t('box.do.done'))
    await theirs.press(theirs.t('box.send'))
    await theirs.look('outcome')
    await theirs.page.getByLabel(theirs.t('referral.outcome.helped'), { exact: true }).check({ force: true })
    await theirs.press(theirs.t('box.send'))
    await theirs.sees(theirs.t('box.over.heading'))
    await theirs.look('over')
    // Somebody else takes the phone and presses Back: nothing of it is shown.
    await theirs.page.goBack().catch(() => undefined)
    assert.equal(await theirs.page.getByText('She would like to see a woman.').count(), 0)
    await theirs.leave()
    await marisol.page.reload()
    await marisol.sees(marisol.t('referral.status.done'))
    await marisol.look('done')
    await marisol.leave()
    assert.ok(!app.said().includes(keyIn(link)) && !app.said().includes(code.replace(' ', '')))
  })

test('after the person took their consent back the link looks as if it had never been', async () => {
  const asked = await askedOf(app, await unregistered(app))
  const { link, code } = await linkTo(app, asked.referral)
  const theirs = await clinic('en')
  await theirs.page.goto(link)
  await theirs.types(code)
  await theirs.sees(theirs.t('box.asked.heading'))
  const marisol = await app.as('marisol')
  await marisol.call(consent.withdraw, {
    params: { case: asked.case, consent: asked.consent },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  await theirs.press(theirs.t('box.do.acknowledged'))
  await theirs.sees(theirs.t('box.ended.heading'))
  await theirs.look('ended')
  const answer = async (key: string) => {
    await theirs.page.goto(`${app.site}/en/box?k=${key}`)
    await theirs.types(code)
    await theirs.sees(theirs.t('box.enter.wrong'))
    return (await theirs.page.content()).replaceAll(key, '')
  }
  assert.equal(await answer(keyIn(link)), await answer(none))
  await theirs.leave()
})

test('a sheet that is sealed to a passphrase opens, and its return code brings the answer back', async () => {
  const { referral } = await askedOf(app, await unregistered(app))
  const marisol = await at('marisol', 'en', 'desk')
  await marisol.go(`/referrals/${referral}/doors`)
  await marisol.sees(marisol.t('doors.paper.open'))
  await marisol.page
    .getByRole('radio', { name: new RegExp(`^${marisol.t('doors.paper.seal.passphrase')}`) })
    .check({ force: true })
  await marisol.page.getByRole('checkbox', { name: new RegExp(marisol.t('doors.paper.abroad')) }).check({ force: true })
  await marisol.press(marisol.t('doors.paper.make'))
  await marisol.sees(marisol.t('problem.field.not-agreed-abroad'))
  await marisol.look('not-agreed-abroad')
  await marisol.page
    .getByRole('checkbox', { name: new RegExp(marisol.t('doors.paper.abroad')) })
    .uncheck({ force: true })
  await marisol.press(marisol.t('doors.paper.make'))
  await marisol.sees(marisol.t('doors.paper.passphrase'))
  await marisol.look('sheet')
  const passphrase = (await marisol.page.locator('.link-code').innerText()).trim()
  const [saved] = await Promise.all([
    marisol.page.waitForEvent('download'),
    marisol.page.getByRole('link', { name: marisol.t('doors.paper.save') }).click(),
  ])
  assert.match(saved.suggestedFilename(), /^document-[0-9a-f]{6}\.pdf\.age$/)
  const file = Readable.from([readFileSync(await saved.path())], { objectMode: false })
  const sheet = readPdf(await buffer(await openFile(file, passphrase)))
  assert.equal(sheet.accessible, true)
  const code = /this code: (\d{4} \d{4})/.exec(sheet.text.replace(/\s+/g, ' '))![1]!

  await marisol.page.locator('#code').fill('0000 0000')
  await marisol.page.getByRole('radio', { name: marisol.t('doors.told.accepted'), exact: true }).check({ force: true })
  await marisol.press(marisol.t('doors.told.save'))
  await marisol.sees(marisol.t('doors.told.wrong'))
  await marisol.look('wrong-return-code')
  await marisol.page.locator('#code').fill(code)
  await marisol.press(marisol.t('doors.told.save'))
  await marisol.page
    .getByRole('radio', { name: marisol.t('doors.told.begun'), exact: true })
    .waitFor({ state: 'attached' })
  await marisol.look('told')
  await marisol.go(`/referrals/${referral}`)
  await marisol.sees(marisol.t('referral.status.accepted'))
  await marisol.leave()
})

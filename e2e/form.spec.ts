import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Outcome } from '#staff/form/interview.ts'
import { type GalleryApp, startGallery } from './form-gallery.ts'
import { interviewer } from './form-interviewer.ts'
import { fits } from './harness.ts'

let app: GalleryApp
before(async () => {
  app = await startGallery()
})
after(() => app?.stop())

describe('a form on a phone', () => {
  for (const [lang, colorScheme, contrast] of [
    ['en', 'light', 'no-preference'],
    ['es', 'dark', 'no-preference'],
    ['en', 'dark', 'more'],
  ] as const)
    test(`asks a question of every kind, in ${lang}, ${colorScheme}, contrast ${contrast}`, async () => {
      const one = await interviewer(app, `lang=${lang}&media=yes`, { colorScheme, contrast, locale: lang })
      const { page, t, field, goOn, look, pick, button } = one
      const title = (en: string, es: string) => one.title(lang === 'en' ? en : es)
      const said = (en: string, es: string) => (lang === 'en' ? en : es)
      await title('Say first', 'Diga primero')
      await look()
      await goOn()
      await title('What should we call you', 'Cómo quiere')
      await field('words/name').fill('Ana')
      await look()
      await goOn()
      await title('What would you like to tell us, Ana', 'Qué quiere contarnos, Ana')
      await field('words/told').fill('<b>x</b>')
      await pick(t('form.not-said'))
      assert.equal(await field('words/told').inputValue(), '', 'what is not said does not stay')
      await look()
      await goOn()
      await field('words/tag').fill('0042')
      await goOn()

      await title('Numbers and dates', 'Números y fechas')
      await field('numbers/age').fill('31')
      await field('numbers/wage').fill('12,5')
      await field('numbers/born').fill('7')
      await field('numbers/born:month').fill('11')
      await field('numbers/born:year').fill('1994')
      await field('numbers/arrived').fill('3')
      await field('numbers/arrived:year').fill('2026')
      await field('numbers/rises').fill('05:30')
      await field('numbers/met').fill('2026-03-14T23:05')
      await look()
      await goOn()

      await title('Can you leave', 'Puede irse')
      await pick(said('No', 'No'))
      await look()
      await goOn()
      await title('What would happen', 'Qué pasaría')
      await button(t('ui.skip')).click()
      await title('Where did you work', 'Dónde trabajó')
      await pick(said('None of these', 'Nada de esto'))
      await pick(said('On a boat', 'En un barco'))
      await pick(t('form.other'))
      await look()
      await goOn()
      await title('Where else', 'Dónde más')
      await field('choices/work_other').fill('…')
      await goOn()
      await title('Where are you from', 'De dónde es')
      await field('choices/island').fill('curac')
      await pick('Curaçao')
      await look()
      await goOn()
      await field('choices/language').selectOption('cuba')
      await look()
      await goOn()
      await title('What would help most', 'Qué ayudaría más')
      const papers = said('Papers', 'Documentos')
      await button(t('form.rank.up', { what: papers })).press('Enter')
      await button(t('form.rank.up', { what: papers })).press('Enter')
      await page
        .getByRole('status')
        .filter({ hasText: t('form.rank.moved', { what: papers, place: 1, of: 4 }) })
        .waitFor()
      const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
      assert.equal(label, t('form.rank.up', { what: papers }), 'what was moved to the top keeps the focus')
      await look()
      await goOn()
      await title('How safe', 'Qué tan a salvo')
      await page.getByText(t('form.range.none')).waitFor()
      await field('choices/safe').press('Space')
      await field('choices/safe').press('ArrowRight')
      await look()
      await goOn()
      await pick(t('form.acknowledge'))
      await look()
      await goOn()

      await title('A picture of the contract', 'Una imagen del contrato')
      await page.getByText(t('form.file.no-people')).waitFor()
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.alloc(2048) })
      await page.getByText('x.png').waitFor()
      await look()
      await goOn()
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'a.ogg', mimeType: 'audio/ogg', buffer: Buffer.alloc(9) })
      await button(t('form.file.remove-what', { what: 'a.ogg' })).click()
      assert.equal(await page.getByText('a.ogg').count(), 0)
      await goOn()
      await look()
      await goOn()
      await goOn()
      await title('Where is the place', 'Dónde está el lugar')
      await field('things/place').fill('10.66 -61.51')
      await look()
      for (let more = 0; more < 3; more++) await goOn()

      await title('Is there somebody else', 'Hay alguien más')
      await pick(said('Yes', 'Sí'))
      await goOn()
      await field('people[1]/who').fill('Lu')
      await goOn()
      await title('About how old is Lu', 'Qué edad tiene más o menos Lu')
      await goOn()
      await title('Others who may need help', 'Otras personas')
      await look()
      await goOn()
      await title('Summary', 'Resumen')
      await page.getByText('Ana, 31').waitFor()
      await look()
      await goOn()

      await title(t('form.check.title'), t('form.check.title'))
      await look()
      assert.ok((await page.locator('h2').allInnerTexts()).includes(said('Numbers and dates', 'Números y fechas')))
      await page.locator('button[type=submit]').click()
      const outcome = JSON.parse(await page.locator('[data-outcome]').innerText()) as Outcome
      const { begun, ...answers } = outcome.answers
      assert.match(String(begun), /^20/)
      assert.deepEqual(answers, {
        words: { name: 'Ana', tag: '0042' },
        numbers: {
          age: 31,
          wage: 12.5,
          born: '1994-11-07',
          arrived: '2026-03-01',
          rises: '05:30:00',
          met: '2026-03-14T23:05:00',
        },
        adult: '1',
        choices: {
          free: 'no',
          work: ['boat', 'other'],
          work_other: '…',
          island: 'curacao',
          language: 'cuba',
          first: ['papers', 'bed', 'doctor', 'money'],
          safe: 1,
          limits: 'OK',
        },
        things: { paper: 'kept-2048', place: '10.66 -61.51' },
        others: 'yes',
        people: [{ who: 'Lu' }],
        sum: 'Ana, 31',
      })
      assert.deepEqual(outcome.declined, ['words/told'])
      await one.close()
    })

  test('what is wrong is said at the field and above, with the field named, and nothing typed is lost', async () => {
    const one = await interviewer(app, 'lang=en&person=es')
    const { page, t, field, goOn, pick, button, look } = one
    for (let page = 0; page < 4; page++) await goOn()
    await field('numbers/age').fill('twelve')
    await field('numbers/wage').fill('1,500')
    await field('numbers/born').fill('31')
    await page.locator('button[type=submit]').click()
    const summary = page.getByRole('alert')
    await summary
      .getByText(t('form.problem.about', { what: '¿Qué edad tiene?', message: t('form.problem.not-integer') }))
      .waitFor()
    assert.equal(await summary.getByRole('link').count(), 3)
    assert.equal(await page.locator('.field-error').count(), 3)
    await look()
    await summary.getByRole('link').nth(1).click()
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'numbers/wage')
    const shown = async () => [
      await field('numbers/age').inputValue(),
      await field('numbers/wage').inputValue(),
      await field('numbers/born').inputValue(),
    ]
    assert.deepEqual(await shown(), ['twelve', '1,500', '31'])
    await button('English').click()
    await page.getByText('Numbers and dates').first().waitFor()
    assert.equal(await page.locator('.form-beside').count(), 0, 'in the officer’s own language nothing stands beside')
    assert.deepEqual(await shown(), ['twelve', '1,500', '31'])
    await button('Español').click()
    await button(t('ui.skip')).click()
    await one.title('Puede irse')
    await button(t('ui.back')).click()
    assert.deepEqual(await shown(), ['twelve', '1,500', '31'])
    await field('numbers/age').fill('130')
    await page.getByText('Mire la edad una vez más.').first().waitFor()
    assert.equal(
      await page.evaluate(() => document.activeElement?.id),
      'numbers/age',
      'the summary leaves the writer alone',
    )
    await field('numbers/age').fill('12')
    await field('numbers/wage').fill('1500')
    await field('numbers/born').fill('')
    await goOn()

    await pick('No sabe')
    await goOn()
    await field('choices/stopped').fill('No sé')
    await button(t('ui.back')).click()
    await pick('Sí')
    await goOn()
    await one.title('Dónde trabajó')
    await button(t('ui.back')).click()
    await pick('No sabe')
    await goOn()
    assert.equal(await field('choices/stopped').inputValue(), 'No sé')
    await one.close()
  })

  test('pausing shows a page that tells nothing and coming back asks nothing; stopping leaves nothing', async () => {
    const one = await interviewer(app, 'lang=en&person=es')
    const { page, t, field, goOn, button, look } = one
    await goOn()
    await field('words/name').fill('Ana')
    await button(t('form.pause')).click()
    await one.title(t('form.paused.title'))
    await look()
    const text = await page.locator('body').innerText()
    assert.equal(text.replace(/\s+/g, ' ').trim(), `${t('form.paused.title')} ${t('form.paused.go-on')}`)
    assert.equal(await page.title(), 'Samaan')
    await button(t('form.paused.go-on')).click()
    await one.title('Cómo quiere')
    assert.equal(await field('words/name').inputValue(), 'Ana')
    await button(t('ui.stop')).click()
    await one.title(t('form.stopped.title'))
    await look()
    assert.doesNotMatch(await page.content(), /Ana|llamemos/)
    assert.equal(await page.title(), 'Samaan')
    await button(t('form.stopped.go-on')).click()
    assert.equal(await field('words/name').inputValue(), 'Ana')
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0])
    await one.close()
  })

  test('rows are added, changed, taken away and taken back', async () => {
    const one = await interviewer(app, 'lang=en&person=en')
    const { page, t, field, goOn, pick, button } = one
    await page.evaluate(() => (window as unknown as { interview: { go(path: string): void } }).interview.go('others'))
    await pick('Yes')
    await goOn()
    for (const name of ['Lu', 'Mo', 'Pat']) {
      await page.getByRole('heading', { level: 1, name: 'What should we call this person?' }).waitFor()
      await page.locator('input[id$="who"]').fill(name)
      await goOn()
      await goOn()
      await one.title('Others who may need help')
      if (name !== 'Pat') await button(t('form.rows.add-more')).click()
    }
    const names = (at: number) => `Others who may need help ${at}`
    await button(t('form.rows.remove-what', { what: names(2) })).click()
    await page.getByText(t('form.rows.removed', { what: names(2) })).waitFor()
    await one.look()
    await button(t('form.rows.undo-what', { what: names(2) })).click()
    await page.getByText('Mo', { exact: true }).waitFor()
    await button(t('form.rows.remove-what', { what: names(1) })).click()
    await button(t('ui.check.change-what', { what: names(2) })).click()
    await one.title('What should we call this person?')
    assert.equal(await field('people[1]/who').inputValue(), 'Mo', 'the first has gone, the second is the first')
    await field('people[1]/who').fill('Moe')
    await goOn()
    await goOn()
    await one.title('Others who may need help')
    await page.getByText('Moe').waitFor()
    await page.getByText('Pat').waitFor()
    assert.equal(await page.getByText('Lu', { exact: true }).count(), 0)
    await one.close()
  })

  test('the check leads to an answer and back, and what is missing keeps it from being sent', async () => {
    const one = await interviewer(app, 'lang=en&person=en')
    const { page, t, field, goOn, button } = one
    for (let skips = 0; skips < 40 && !(await page.getByText(t('form.check.title')).count()); skips++) {
      const skip = button(t('ui.skip'))
      if (await skip.count()) await skip.click()
      else await goOn()
    }
    await page.locator('button[type=submit]').click()
    await page.getByRole('alert').getByText('The age decides who helps. A guess is fine.').waitFor()
    await one.look()
    await button(t('ui.check.change-what', { what: 'How old are you?' })).click()
    await one.title('Numbers and dates')
    await field('numbers/age').fill('20')
    await goOn()
    await one.title(t('form.check.title'))
    await page.locator('button[type=submit]').click()
    await page.locator('[data-outcome]').waitFor()
    await one.close()
  })

  test('everything is done by keyboard, and at 200 % nothing is cut off', async () => {
    const one = await interviewer(app, 'lang=es&person=es', { viewport: { width: 180, height: 370 } })
    const { page, field, goOn } = one
    for (let pages = 0; pages < 4; pages++) {
      await fits(page, 'at 200 %')
      await goOn()
    }
    await fits(page, 'numbers at 200 %')
    await field('numbers/age').focus()
    await page.keyboard.type('31')
    await page.keyboard.press('Enter')
    await one.title('Puede irse')
    await fits(page, 'choices at 200 %')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    assert.ok(await field('choices/free').isChecked())
    await one.close()
  })
})

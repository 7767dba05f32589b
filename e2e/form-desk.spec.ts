import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Outcome } from '#staff/form/interview.ts'
import { type GalleryApp, startGallery } from './form-gallery.ts'
import { interviewer } from './form-interviewer.ts'
import { desk } from './harness.ts'

let app: GalleryApp
before(async () => {
  app = await startGallery()
})
after(() => app?.stop())

test('reading aloud takes voices of this device alone, or a recording, and falls silent with the page', async () => {
  const spoken = () => {
    const heard: string[] = []
    const voice = (lang: string, localService: boolean) => ({
      lang,
      localService,
      name: lang,
      default: false,
      voiceURI: lang,
    })
    Object.assign(window, { heard })
    Object.defineProperty(window, 'speechSynthesis', {
      value: {
        getVoices: () => [voice('en-GB', false), voice('es-ES', true)],
        speak: (words: { text: string; lang: string }) => heard.push(`${words.lang}: ${words.text}`),
        cancel: () => heard.push('silence'),
      },
    })
    window.SpeechSynthesisUtterance = class {
      text: string
      lang = ''
      constructor(text: string) {
        this.text = text
      }
    } as unknown as typeof SpeechSynthesisUtterance
    HTMLMediaElement.prototype.play = async function () {
      heard.push(`recording ${new URL(this.src).pathname}`)
    }
  }
  const one = await interviewer(app, 'lang=en&person=es&media=yes', {}, spoken)
  const { page, t, goOn, button } = one
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0))
  await heard()
  await button(t('form.read.start')).click()
  assert.deepEqual(
    (await heard()).filter(one => one !== 'silence'),
    ['es-ES: Diga primero que nadie está obligado a responder.', 'es-ES: Después empiece.'],
  )
  await goOn()
  assert.ok((await heard()).includes('silence'), 'the next page is silent')
  await button(t('form.read.start')).click()
  assert.deepEqual(await heard(), ['recording /media/name-es.mp3'])
  await button(t('form.pause')).click()
  assert.ok((await heard()).includes('silence'), 'a pause is silent')
  await button(t('form.paused.go-on')).click()
  await button('English').click()
  await page.getByText('What should we call you?').waitFor()
  assert.equal(await button(t('form.read.start')).count(), 0, 'a voice from elsewhere would send the text away')
  await one.close()
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`a desk shows a group a page, ${colorScheme}`, async () => {
    const one = await interviewer(app, 'lang=en&person=es', { viewport: desk, colorScheme })
    const { page, t, field, goOn, pick, button, look } = one
    await one.title('Con palabras')
    await look(false)
    await field('words/name').fill('Ana')
    await page.getByText('¿Qué quiere contarnos, Ana?').waitFor()
    await goOn()
    await field('numbers/age').fill('31')
    await look(false)
    await goOn()
    await look(false)
    await goOn()
    await look(false)
    await goOn()
    await pick('Sí')
    await goOn()
    await one.title('Otras personas')
    await field('people[1]/who').fill('Lu')
    await button(t('form.rows.add-more')).click()
    await field('people[2]/who').fill('Mo')
    await look(false)
    await button(t('form.rows.remove-what', { what: 'Otras personas que quizás necesiten ayuda 1' })).click()
    await goOn()
    await goOn()
    await one.title(t('form.check.title'))
    await look(false)
    await page.locator('button[type=submit]').click()
    const { answers } = JSON.parse(await page.locator('[data-outcome]').innerText()) as Outcome
    assert.deepEqual(answers.people, [{ who: 'Mo' }])
    await one.close()
  })

test('on paper the form says in words when a question is asked', async () => {
  const one = await interviewer(app, 'lang=en&form=print&person=es', { viewport: desk })
  const { page, t } = one
  const about = (number: number, answer: string) =>
    t('form.print.only-if', { what: t('form.print.is', { number, answer }) })
  await page.getByText(about(10, '“No” or “No sabe”')).waitFor()
  await page.getByText(about(26, '“Sí”')).waitFor()
  await page.getByText(t('form.print.typed-in')).waitFor()
  await page.getByText(t('form.print.about', { id: 'every-question', version: '1', language: 'Español' })).waitFor()
  await one.look(false)
  assert.equal(await page.getByText('Resumen').count(), 0, 'nobody writes what the form works out')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('button').count(), 0)
  await one.close()
})

test('on a slow phone no character is dropped', async () => {
  const one = await interviewer(app, 'lang=en&big=1000')
  const { page, field, t, button } = one
  // Four times as slow as a machine that does other things besides.
  page.setDefaultTimeout(120_000)
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const text = 'The quick brown fox jumps over the lazy dog, and again: 0123456789.'
  await field('q0').pressSequentially(text)
  assert.equal(await field('q0').inputValue(), text)
  const times: number[] = []
  for (let place = 0; place < 12; place++) {
    times.push(
      await page.evaluate(async () => {
        const { interview } = window as unknown as { interview: { moves: number } }
        const before = interview.moves
        const title = document.querySelector('h1')?.textContent
        const begun = performance.now()
        document.querySelector<HTMLButtonElement>('button[type=submit]')!.click()
        while (interview.moves === before || document.querySelector('h1')?.textContent === title)
          await new Promise(requestAnimationFrame)
        return performance.now() - begun
      }),
    )
  }
  const sorted = times.toSorted((a, b) => a - b)
  console.log(
    `question to question at 4 × slow-down, 1,000 questions: median ${sorted[6]!.toFixed(0)} ms, worst ${sorted[11]!.toFixed(0)} ms`,
  )
  for (let place = 0; place < 12; place++) await button(t('ui.back')).click()
  assert.equal(await field('q0').inputValue(), text)
  const sizes = ['engine', 'pattern', 'FormRunner', 'FormPrint'].map(
    name => `${name} ${(app.sent(name) / 1024).toFixed(1)}`,
  )
  console.log(`fetched when a form is opened, KB of JavaScript as sent: ${sizes.join(', ')}`)
  assert.ok(app.sent('engine') > 0)
  await one.close()
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type App, phone, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// A clinic says when it is open and for whom; the shelter counts its free places in two taps; an officer finds both.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'services', ...who)

test('a clinic says what it offers, is shown what is wrong with its hours, and changes it', async () => {
  const { page, t, go, press, sees, look, leave } = await at('jonah', 'en', 'desk')
  await go('/organisations')
  await page.getByRole('link', { name: 'Claro Clinic' }).click()
  await page.getByRole('link', { name: t('directory.service.add'), exact: true }).click()
  await press(t('service.form.save'))
  await page.getByRole('alert').first().waitFor()
  await look('form-empty')
  await page.getByLabel(t('directory.service')).selectOption('psychosocial')
  await page.getByLabel(t('service.form.name')).fill('Talking together')
  await page.getByLabel(t('service.form.description')).fill('One hour with somebody who listens, as often as it helps.')
  await page.getByLabel(t('service.served.female')).first().check({ force: true })
  await page.locator('#minAge').fill('30')
  await page.locator('#maxAge').fill('18')
  await press(t('service.form.hours.add'))
  await press(t('service.form.hours.add'))
  await press(t('service.form.save'))
  await sees(t('problem.field.ages-order'))
  await sees(t('problem.field.hours-overlap'))
  await look('form-wrong')
  await page.locator('#maxAge').fill('60')
  await press(t('service.form.hours.remove'))
  await page.getByLabel(t('service.form.public')).first().check({ force: true })
  await press(t('service.form.save'))
  await sees('Talking together')
  await look('organisation')
  await page.getByRole('link', { name: t('services.change-named', { service: 'Talking together' }) }).click()
  await page.getByLabel(t('service.form.hours.always')).first().check({ force: true })
  await press(t('service.form.save'))
  await sees(t('services.hours.always'))
  await leave()
})

test('the shelter counts its free places in two taps, and whoever looks for one sees it', async () => {
  const celeste = await at('celeste', 'es', 'phone', true)
  await celeste.go('/places')
  await celeste.sees(celeste.t('places.none'))
  await celeste.look('places-none')
  await celeste.press(celeste.t('places.set'))
  const fill = async (kind: string, total: string, free: string) => {
    await celeste.page.locator(`[id="${kind}.total"]`).fill(total)
    await celeste.page.locator(`[id="${kind}.free"]`).fill(free)
  }
  await celeste.press(celeste.t('places.set.save'))
  await celeste.page.getByRole('alert').first().waitFor()
  await fill('woman', '4', '6')
  await celeste.press(celeste.t('places.set.save'))
  await celeste.sees(celeste.t('problem.field.more-than-total'))
  await celeste.look('places-wrong')
  await fill('woman', '6', '2')
  await fill('family', '2', '1')
  await celeste.press(celeste.t('places.set.save'))
  await celeste.page.locator('.place').first().waitFor()
  await celeste.look('places')

  const marisol = await at('marisol', 'en', 'phone')
  await marisol.go('/services')
  const first = marisol.page.locator('.record-page .card h2').first()
  await first.waitFor()
  const { y, height } = (await first.boundingBox())!
  assert.ok(y + height < phone.height, 'the first service is seen without scrolling')
  await marisol.look('all')
  await marisol.page.getByText(marisol.t('directory.filters', { count: 0 })).click()
  await marisol.choose(marisol.t('services.free-for'), marisol.t('place.kind.family'))
  await marisol.sees(marisol.t('directory.filters', { count: 1 }))
  const free = (count: number) =>
    marisol.t('services.places.one', { kind: marisol.t('place.kind.family'), free: count, total: 2 })
  await marisol.sees(free(1))
  await marisol.look('found')

  await celeste.go('/organisations')
  await celeste.sees('Claro Clinic')
  await celeste.look('organisations')
  await celeste.go('/today')
  await celeste.page
    .getByRole('link', { name: celeste.t('places.title') })
    .first()
    .click()
  await celeste.press(celeste.t('places.fewer', { kind: celeste.t('place.kind.family') }))
  await celeste.page.locator('.place-count strong', { hasText: '0' }).first().waitFor()
  await celeste.leave()

  await marisol.go('/services')
  await marisol.sees(free(0))
  await marisol.page.getByText(marisol.t('directory.filters', { count: 0 })).click()
  await marisol.choose(marisol.t('services.free-for'), marisol.t('place.kind.family'))
  await marisol.sees(marisol.t('services.none'))
  await marisol.look('none')
  await marisol.leave()
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { type Standard, situation, standards } from '#capabilities/situation/contract.ts'
import { definitionOf, reasonOf } from '#capabilities/situation/definition.ts'
import { currentForm } from '#capabilities/situation/instruments/shipped.ts'
import { finished } from '#capabilities/situation/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../tests/harness/day.ts'
import { readPdf } from '../tests/harness/read-pdf.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// Two of the office look at a clinic apart, settle what they see differently, and the clinic does something about a gap.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'situation', ...who)
type Seat = Awaited<ReturnType<typeof seat>>
const form = currentForm('provider')
const flat = (text: string) => text.replace(/\s+/g, ' ')
const asks = (name: string, lang: 'en' | 'es') =>
  standards.flatMap(one => [...form.standards[one]]).find(one => one.name === name)!.asks[lang]
const standardOf = (standard: Standard, lang: 'en' | 'es') =>
  definitionOf('provider', form).body.find(one => one.name === standard)!.label![lang]!

/** Says yes to everything but one thing, for which a reason is written. */
async function answer({ page, t, press }: Seat, lang: 'en' | 'es', but?: { name: string; reason: string }) {
  for (const standard of standards) {
    await page.getByRole('heading', { name: standardOf(standard, lang) }).waitFor()
    for (const { name } of form.standards[standard]) {
      const said = name === but?.name ? 'no' : 'yes'
      await page.locator(`input[value="${said}"][name*="${name}"]`).first().check({ force: true })
      if (name === but?.name) await page.locator(`textarea[name*="${reasonOf(name)}"]`).fill(but.reason)
    }
    await press(t('ui.continue'))
  }
}
async function saved({ page }: Seat, label: string): Promise<ReturnType<typeof readPdf>> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: label }).click()
  return readPdf(readFileSync(await (await waiting).path()))
}

test('two assessors answer apart, settle a difference and finish; the clinic does what it said it would', async () => {
  const selma = await at('selma', 'en', 'desk')
  await selma.sees(selma.t('situation.list.empty'))
  await selma.look('list-empty')
  await selma.page.getByRole('link', { name: selma.t('situation.new') }).click()
  await selma.press(selma.t('situation.new.begin'))
  await selma.page.getByRole('alert').first().waitFor()
  await selma.look('new-empty')
  const box = selma.page.getByRole('combobox', { name: selma.t('situation.organisation') })
  await box.fill('Claro')
  await selma.page.getByRole('option', { name: 'Claro Clinic' }).click()
  await selma.press(selma.t('situation.new.begin'))
  // Begun in error, and once more.
  await selma.page.locator('#reason').selectOption('mistake')
  await selma.press(selma.t('situation.drop'))
  await selma.look('drop')
  await selma.page
    .getByRole('dialog')
    .getByRole('button', { name: selma.t('situation.drop') })
    .click()
  await selma.sees(selma.t('situation.state.dropped'))
  await selma.look('dropped')
  await selma.go('/assessments/new')
  await box.fill('Claro')
  await selma.page.getByRole('option', { name: 'Claro Clinic' }).click()
  await selma.press(selma.t('situation.new.begin'))
  await selma.page.getByRole('link', { name: selma.t('situation.answer.begin') }).click()
  await selma.page.getByRole('heading', { name: standardOf('accommodation', 'en') }).waitFor()
  await selma.look('answer')
  await answer(selma, 'en', { name: 'hea_private', reason: 'People wait in the same room.' })
  await selma.press(selma.t('situation.answer.hand-in'))
  await selma.sees(selma.t('situation.answer.handed-in'))
  await selma.look('handed-in')
  const address = selma.page.url().replace(app.staff, '')

  const teo = await at('teo', 'es', 'phone', true)
  await teo.go(address)
  await teo.page.getByRole('link', { name: teo.t('situation.answer.begin') }).click()
  await teo.page.getByRole('heading', { name: standardOf('accommodation', 'es') }).waitFor()
  await teo.look('answer')
  await answer(teo, 'es')
  await teo.press(teo.t('situation.answer.hand-in'))
  await teo.sees(teo.t('situation.differences'))
  await teo.look('comparing')
  await teo.press(teo.t('situation.settle.which', { question: asks('hea_private', 'es') }))
  await teo.press(teo.t('situation.settle.save'))
  await teo.page.getByRole('alert').first().waitFor()
  await teo.page.locator('input[name="said"][value="partly"]').check({ force: true })
  await teo.page.getByLabel(teo.t('situation.settle.note')).fill('Hay un cuarto, pero se oye todo.')
  await teo.press(teo.t('situation.settle.save'))
  await teo.sees('Hay un cuarto, pero se oye todo.')
  await teo.sees(teo.t('situation.finish.other'))
  await teo.look('settled')

  await selma.go(address)
  await selma.press(selma.t('situation.finish'))
  await selma.sees(selma.t('situation.state.finished'))
  await teo.go(address)
  await teo.sees(teo.t('situation.state.finished'))
  await teo.look('finished')
  await teo.leave()
  await selma.page.getByText(selma.t('situation.why', { count: 1 })).click()
  await selma.sees('People wait in the same room.')
  const topic = form.standards.health.find(one => one.name === 'hea_private')!.topic.en
  await selma.press(selma.t('situation.action.add-which', { topic }))
  await selma.press(selma.t('situation.action.save'))
  await selma.page.getByRole('alert').first().waitFor()
  await selma.look('action-empty')
  await selma.page
    .getByLabel(selma.t('situation.action.what'), { exact: false })
    .fill('Empty the store room for talks.')
  await selma.date('dueOn', inDays(10))
  await selma.press(selma.t('situation.action.save'))
  await selma.page.locator('.situation-action').waitFor()
  await selma.look('finished')
  const paper = await saved(selma, selma.t('situation.pdf'))
  assert.equal(paper.accessible && paper.marked, true)
  assert.equal(paper.language, 'en')
  for (const said of [
    'Claro Clinic',
    'People wait in the same room.',
    'Hay un cuarto, pero se oye todo.',
    'Empty the store room for talks.',
    selma.t('situation.gap.partly', { topic }),
    selma.t('situation.score.of', { points: '8.5', of: 9 }),
  ])
    assert.ok(flat(paper.text).includes(said), `${said}\n${paper.text}`)
  assert.ok(paper.tags.includes('TH') && paper.tags.includes('H2'), String(paper.tags))
  await selma.leave()

  const jonah = await at('jonah', 'en', 'phone')
  await jonah.page
    .getByRole('link', { name: jonah.t('situation.nav') })
    .first()
    .click()
  await jonah.sees('Empty the store room for talks.')
  await jonah.look('actions')
  await jonah.press(jonah.t('situation.action.finish-which', { what: 'Empty the store room for talks.' }))
  await jonah.page.getByLabel(jonah.t('situation.action.finish-words')).fill('There is a room with a door now.')
  await jonah.press(jonah.t('situation.action.finish-save'))
  await jonah.sees(jonah.t('situation.actions.none'))
  await jonah.go('/assessments')
  await jonah.page.getByRole('link', { name: 'Claro Clinic' }).first().click()
  await jonah.sees(/There is a room with a door now\./)
  await jonah.look('assessment')
  await jonah.leave()
})

test('the same area at two times stands beside itself, and what can be reached from where, with a table and on paper', async () => {
  const [first, second] = [await app.as('selma'), await app.as('teo')]
  const about = { subject: 'area', area: 'windward' } as const
  await finished(first, second, about, { leg_week: 'no', day_come: 'no' })
  const later = await finished(first, second, about, { day_come: 'partly', int_sign: 'na' })
  const teo = await at('teo', 'es', 'desk', true)
  await teo.go(`/assessments/${later}/compare`)
  await teo.sees(teo.t('situation.compare.more'))
  await teo.look('compare')
  await teo.go('/situation/coverage')
  await teo.page.locator('.situation-tile').nth(6).waitFor()
  await teo.look('coverage')
  await teo.choose(teo.t('situation.coverage.choose'), teo.t('service.kind.legal-aid'))
  await teo.look('coverage-kind')
  const paper = await saved(teo, teo.t('situation.pdf'))
  assert.equal(paper.accessible, true)
  assert.equal(paper.language, 'es')
  for (const said of ['Barlovento', teo.t('situation.coverage.sheltered'), teo.t('service.kind.legal-aid')])
    assert.ok(flat(paper.text).includes(said), `${said}\n${paper.text}`)
  await teo.leave()

  const dalia = await at('dalia', 'en', 'phone')
  await dalia.go('/situation/coverage')
  await dalia.page.locator('.situation-tile').nth(6).waitFor()
  await dalia.look('coverage')
  await dalia.leave()
  const celeste = await app.as('celeste')
  await assert.rejects(celeste.call(situation.coverage, {}))
})

test('a picture of a room is shown small, without where it was taken', async () => {
  const { id } = await (await app.as('selma')).call(situation.make, {
    body: {
      id: uuidv7(),
      subject: 'provider',
      organisation: organisationId('casa-puente'),
    },
  })
  const selma = await at('selma', 'es', 'phone')
  await selma.go(`/assessments/${id}`)
  await selma.sees(selma.t('situation.pictures'))
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
    'base64',
  )
  await selma.page.locator('input[type=file]').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: picture })
  await selma.page.locator('.situation-pictures img').waitFor()
  await selma.look('picture')
  await selma.leave()
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { justice } from '#capabilities/justice/contract.ts'
import { interestBody, planted } from '#capabilities/justice/make.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { inDays } from '../tests/harness/day.ts'
import { keptCase } from '../tests/harness/make.ts'
import { type PersonKey, people } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs, startApp } from './harness.ts'

// A police user sees nothing of care; after an order that two people of the unit stand for, exactly what it says; after
// its end nothing again, but the receipt.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base', 'desk'])
/** Somebody at a page, who holds everything they come to against the checker. */
async function at(key: PersonKey, lang: LanguageCode, size: 'phone' | 'desk', dark = false) {
  const { page, context, problems } = await openPage(app, {
    locale: lang,
    viewport: size === 'phone' ? phone : desk,
    colorScheme: dark ? 'dark' : 'light',
  })
  const { t } = createWords(lang, catalogues[lang])
  await signInAs(app, page, people.find(one => one.key === key)!.name)
  return {
    page,
    t,
    go: (path: string) => page.goto(`${app.staff}${path}`),
    press: (label: string) => page.getByRole('button', { name: label, exact: true }).first().click(),
    follow: (label: string) => page.getByRole('link', { name: label, exact: true }).first().click(),
    type: (label: string, words: string) => page.getByLabel(label, { exact: true }).first().fill(words),
    choose: (label: string, what: string) =>
      page.getByLabel(label, { exact: true }).first().selectOption({ label: what }),
    tick: (label: string) => page.getByRole('checkbox', { name: label }).first().check({ force: true }),
    date: async (field: string, day: string) => {
      const [year, month, date] = day.split('-')
      await page.locator(`#${field}`).fill(date!)
      await page.locator(`#${field}-month`).fill(month!)
      await page.locator(`#${field}-year`).fill(year!)
    },
    sees: (text: string | RegExp) => page.getByText(text).first().waitFor(),
    shows: async (text: string) => (await page.locator('body').innerText()).includes(text),
    look: async (what: string) => {
      const label = `justice-${key}-${lang}-${size}-${dark ? 'dark' : 'light'}-${what}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
    },
    leave: async () => {
      assert.deepEqual(problems(), [])
      await context.close()
    },
  }
}

test('police read nothing of care; by a confirmed order exactly what it names, with a receipt; after its end nothing', async () => {
  const { id, reference } = await keptCase(app)
  const petra = await at('petra', 'en', 'desk')
  await petra.sees(petra.t('justice.leads.title'))
  await petra.go('/handed')
  await petra.sees(petra.t('justice.handed.empty'))
  await petra.look('nothing')
  for (const path of [`/api/cases/${id}`, `/api/cases/${id}/file`, `/api/cases/${id}/handed`, '/api/cases'])
    assert.equal(await petra.page.evaluate(async from => (await fetch(from)).status, path), 404, path)

  const tobias = await at('tobias', 'en', 'desk')
  await tobias.go(`/cases/${id}?tab=given`)
  await tobias.sees(tobias.t('justice.orders.none'))
  await tobias.look('given-before')
  await tobias.follow(tobias.t('justice.order.new'))
  await tobias.type(tobias.t('justice.order.court'), 'Second Assize of Port Saman')
  await tobias.type(tobias.t('justice.order.number'), '118/2026')
  await tobias.date('madeOn', inDays(-1))
  await tobias.tick(tobias.t('compartment.ID'))
  await tobias.tick(tobias.t('compartment.SVC'))
  await tobias.tick(tobias.t('justice.purpose.investigation'))
  await tobias.page.locator('#organisation').selectOption({ index: 1 })
  await tobias.tick('Petra Okafor')
  await tobias.date('until', inDays(7))
  await tobias.look('order')
  await tobias.press(tobias.t('justice.order.save'))
  await tobias.sees(tobias.t('justice.order-state.proposed'))
  // Nobody confirms their own.
  assert.equal(await tobias.page.getByRole('button', { name: tobias.t('justice.order.confirm') }).count(), 0)
  await tobias.leave()
  await petra.page.reload()
  await petra.sees(petra.t('justice.handed.empty'))

  const ines = await at('ines', 'es', 'phone')
  await ines.go(`/cases/${id}?tab=given`)
  await ines.sees(ines.t('justice.order-state.proposed'))
  await ines.look('to-confirm')
  await ines.press(ines.t('justice.order.confirm'))
  await ines.sees(ines.t('justice.order-state.confirmed'))
  await ines.leave()

  await petra.page.reload()
  await petra.follow(petra.t('justice.handed.open'))
  await petra.sees(petra.t('justice.handed.before'))
  await petra.look('before-reading')
  await petra.press(petra.t('justice.handed.receive'))
  await petra.sees(planted.name)
  await petra.sees(planted.note)
  assert.equal(await petra.shows(planted.place), false)
  assert.ok(await petra.shows(reference))
  const hash = await petra.page.locator('.justice-hash').first().innerText()
  assert.match(hash, /^[0-9a-f]{64}$/)
  await petra.look('read')
  await petra.page.emulateMedia({ media: 'print' })
  assert.equal(await petra.page.getByText(planted.note).first().isVisible(), false, 'the receipt prints alone')
  assert.ok(await petra.page.getByText(hash).first().isVisible())
  await petra.page.emulateMedia({ media: null })

  const dalia = await at('dalia', 'en', 'desk', true)
  await dalia.go(`/cases/${id}?tab=given`)
  await dalia.sees(hash)
  await dalia.look('given')
  await dalia.press(dalia.t('justice.order.revoke'))
  await dalia.page
    .locator('dialog[open]')
    .getByRole('button', { name: dalia.t('justice.order.revoke') })
    .click()
  await dalia.sees(dalia.t('justice.order-state.revoked'))
  await dalia.leave()

  const again = await petra.page.evaluate(async () => {
    const seen = performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)
    const path = seen.reverse().find(one => /^\/api\/handed\/[^/]+\/receipts\/[^/]+$/.test(one))!
    return (await fetch(path)).status
  })
  assert.equal(again, 404)
  await petra.go('/handed')
  await petra.sees(petra.t('justice.handed.empty'))
  await petra.press(petra.t('justice.receipt.show'))
  await petra.sees(hash)
  await petra.look('receipt-kept')
  await petra.leave()
})

test('an investigator writes down a lead, works on it and shares it; a prosecutor reads what was shared', async () => {
  const petra = await at('petra', 'es', 'phone', true)
  await petra.sees(petra.t('justice.leads.empty'))
  await petra.look('leads-empty')
  await petra.follow(petra.t('justice.leads.new'))
  await petra.press(petra.t('justice.lead.save'))
  await petra.page.getByRole('alert').first().waitFor()
  await petra.look('lead-errors')
  await petra.type(petra.t('justice.lead.title'), 'Trabajo de noche tras el bar Ancla')
  await petra.tick(petra.t('justice.subject.forced-labour'))
  await petra.type(petra.t('justice.lead.content'), 'Una furgoneta blanca trae a cuatro personas cada noche.')
  await petra.page.locator('#source').fill('Un vecino que no quiere que se diga su nombre.')
  await petra.choose(petra.t('justice.lead.source-grade'), petra.t('justice.grade.B'))
  await petra.choose(petra.t('justice.lead.information-grade'), petra.t('justice.grade.3'))
  await petra.choose(petra.t('justice.lead.handling'), petra.t('justice.handling.prosecution'))
  await petra.page.locator('#case').fill('12345-67890')
  await petra.press(petra.t('justice.lead.save'))
  await petra.press(petra.t('justice.lead.take-up'))
  await petra.sees(petra.t('justice.status.in-work'))
  await petra.page.locator('#text').fill('Vista dos veces.')
  await petra.press(petra.t('justice.lead.note-save'))
  await petra.sees('Vista dos veces.')
  await petra.page.locator('#prosecutor').selectOption({ index: 1 })
  await petra.press(petra.t('justice.lead.share-save'))
  await petra.sees(petra.t('justice.lead.share-end'))
  for (const [to, day] of [
    ['investigation', '2026-02-02'],
    ['with-prosecutor', '2026-03-03'],
  ] as const) {
    await petra.page.locator('#to').selectOption(to)
    await petra.date('on', day)
    await petra.press(petra.t('justice.proceedings.save'))
    await petra.page.getByRole('heading', { name: petra.t(`justice.proceedings.${to}`) }).waitFor()
  }
  await petra.look('lead')
  await petra.leave()

  const leonie = await at('leonie', 'en', 'desk')
  await leonie.page.getByRole('searchbox').fill('ancla')
  await leonie.follow('Trabajo de noche tras el bar Ancla')
  await leonie.sees('Una furgoneta blanca')
  assert.equal(await leonie.shows('Un vecino'), false)
  await leonie.page.locator('#to').selectOption('charged')
  await leonie.date('on', '2026-04-04')
  await leonie.press(leonie.t('justice.proceedings.save'))
  await leonie.page.getByRole('heading', { name: leonie.t('justice.proceedings.charged') }).waitFor()
  await leonie.look('shared')
  await leonie.leave()
  const vasco = await at('vasco', 'en', 'desk')
  await vasco.sees('Trabajo de noche')
  await vasco.look('leads')
  await vasco.follow('Trabajo de noche tras el bar Ancla')
  await vasco.follow(vasco.t('justice.lead.change'))
  await vasco.sees(vasco.t('justice.lead.save-changes'))
  await vasco.look('change')
  await vasco.leave()
})

test('a lead about a colleague is none for them, until whoever closed it opens it', async () => {
  const petra = await at('petra', 'es', 'phone')
  await petra.go('/leads/new')
  await petra.type(petra.t('justice.lead.title'), 'Papers sold at the counter')
  await petra.tick(petra.t('justice.subject.corruption'))
  await petra.page.locator('#content').fill('Somebody at the desk is said to warn the owner.')
  await petra.page.locator('#sourceGrade').selectOption('B')
  await petra.page.locator('#informationGrade').selectOption('3')
  await petra.page.locator('#handling').selectOption('body-only')
  const choose = async (name: RegExp) => {
    const label = await petra.page.locator('#bar-account option').filter({ hasText: name }).innerText()
    await petra.choose(petra.t('justice.bars.who'), label)
  }
  const why = () => petra.choose(petra.t('justice.bars.why'), petra.t('justice.bars.reason.suspect'))
  // Who is chosen and not yet added is meant all the same: nothing is saved while the reason is missing.
  await choose(/Vasco/)
  await petra.press(petra.t('justice.lead.save'))
  await petra.page.locator('#bar-reason[aria-invalid=true]').waitFor()
  await why()
  await petra.press(petra.t('justice.bars.save'))
  await petra.sees(/Vasco Thibault/)
  await petra.look('lead-closed-to')
  await petra.press(petra.t('justice.bars.remove'))
  await choose(/Vasco/)
  await why()
  await petra.press(petra.t('justice.lead.save'))
  await petra.sees(petra.t('justice.bars.end'))
  await choose(/Léonie/)
  await why()
  await petra.press(petra.t('justice.bars.save'))
  await petra.page
    .getByRole('button', { name: petra.t('justice.bars.end') })
    .nth(1)
    .waitFor()
  await petra.look('lead-bars')
  const path = new URL(petra.page.url()).pathname

  const vasco = await at('vasco', 'en', 'desk')
  await vasco.go('/leads')
  await vasco.sees(vasco.t('justice.leads.title'))
  assert.equal(await vasco.shows('Papers sold at the counter'), false)
  await vasco.go(path)
  await vasco.sees(vasco.t('problem.not-found'))
  await vasco.look('no-such-lead')
  await petra.press(petra.t('justice.bars.end'))
  await petra.page
    .getByRole('button', { name: petra.t('justice.bars.end') })
    .nth(1)
    .waitFor({ state: 'detached' })
  await vasco.page.reload()
  await vasco.sees('Papers sold at the counter')
  await vasco.look('lead-again')
  await petra.leave()
  await vasco.leave()
})

test('a vital interest opens at once and is ended by a second person who does not uphold it', async () => {
  const { id } = await keptCase(app)
  const dalia = await at('dalia', 'es', 'phone')
  await dalia.go(`/cases/${id}/handed/interest`)
  await dalia.sees(dalia.t('justice.interest.new'))
  await dalia.page.locator('#reason').selectOption('life-in-danger')
  await dalia.page.locator('#words').fill(interestBody('', '').words)
  await dalia.tick(dalia.t('compartment.LOC'))
  await dalia.page.locator('#organisation').selectOption({ index: 1 })
  await dalia.page.locator('#account').selectOption({ label: 'Petra Okafor' })
  await dalia.look('interest')
  await dalia.press(dalia.t('justice.interest.save'))
  await dalia.sees(dalia.t('justice.interest-state.open'))
  await dalia.look('interest-given')
  await dalia.leave()
  const petra = (await app.as('petra')).call
  const { items } = await petra(justice.handed, {})
  assert.equal(items.length, 1)
  const tobias = await at('tobias', 'en', 'phone', true)
  await tobias.go(`/cases/${id}?tab=given`)
  await tobias.press(tobias.t('justice.interest.end'))
  await tobias.sees(tobias.t('justice.interest-state.not-upheld'))
  await tobias.look('not-upheld')
  await tobias.leave()
  assert.deepEqual((await petra(justice.handed, {})).items, [])
})

test('somebody wants police to know who they are: the named investigator reads the name, until it is taken back', async () => {
  const { id, reference } = await keptCase(app)
  const dalia = await at('dalia', 'es', 'phone')
  await dalia.go(`/cases/${id}?tab=given`)
  await dalia.follow(dalia.t('justice.consent.new'))
  await dalia.page.locator('#organisation').selectOption({ index: 1 })
  await dalia.tick('Petra Okafor')
  await dalia.sees(/Petra Okafor, de Santa Aurelia Police Service/)
  await dalia.look('wish-read')
  await dalia.press(dalia.t('justice.consent.save'))
  await dalia.page.getByRole('alert').first().waitFor()
  // A no is written down nowhere, and leads back.
  await dalia.page.getByRole('radio', { name: dalia.t('justice.consent.no') }).check({ force: true })
  await dalia.press(dalia.t('justice.consent.save'))
  await dalia.follow(dalia.t('justice.consent.new'))
  const petraCalls = (await app.as('petra')).call
  const standing = async () => (await petraCalls(justice.handed, {})).items.filter(one => one.basis === 'consent')
  assert.deepEqual(await standing(), [])
  await dalia.page.locator('#organisation').selectOption({ index: 1 })
  await dalia.tick('Petra Okafor')
  await dalia.page.getByRole('radio', { name: dalia.t('justice.consent.yes') }).check({ force: true })
  await dalia.look('wish-answered')
  await dalia.press(dalia.t('justice.consent.save'))
  await dalia.sees(dalia.t('justice.receipts.none'))

  const petra = await at('petra', 'en', 'desk')
  await petra.go('/handed')
  await petra.sees(petra.t('justice.handed.consent'))
  await petra.look('wished')
  await petra.follow(petra.t('justice.handed.open'))
  await petra.press(petra.t('justice.handed.receive'))
  await petra.sees(planted.name)
  await petra.sees(petra.t('justice.handed.consent-text'))
  assert.ok(await petra.shows(reference))
  for (const kept of [planted.note, planted.place, 'Dalia']) assert.equal(await petra.shows(kept), false, kept)
  await petra.look('wished-read')

  // Of the unit nobody else is shown it, though they see what was given.
  const tobias = await at('tobias', 'en', 'desk')
  await tobias.go(`/cases/${id}?tab=given`)
  await tobias.sees(tobias.t('justice.receipts.none'))
  assert.equal(await tobias.shows(tobias.t('justice.consent.new')), false)
  await tobias.look('wish-unseen')
  await tobias.leave()

  await dalia.go(`/cases/${id}?tab=given`)
  await dalia.sees(dalia.t('justice.handed.consent'))
  await dalia.look('wish-received')
  await dalia.go(`/cases/${id}/consents`)
  await dalia.sees(dalia.t('consent.agreed.named'))
  await dalia.look('wish-kept')
  await dalia.follow(dalia.t('consent.withdraw.which', { when: await dalia.page.locator('h2').first().innerText() }))
  await dalia.sees(/ya no puede leer quién es la persona/)
  await dalia.look('wish-withdraw')
  await dalia.press(dalia.t('consent.withdraw.save'))
  await dalia.sees(dalia.t('consent.withdrawn.title'))
  await dalia.leave()

  assert.deepEqual(await standing(), [])
  await petra.page.reload()
  await petra.press(petra.t('justice.handed.receive'))
  await petra.sees(petra.t('problem.not-found'))
  assert.equal(await petra.shows(planted.name), false)
  await petra.look('wish-over')
  await petra.leave()
})

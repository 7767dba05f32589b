import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { inDays } from '../tests/harness/day.ts'
import { consentBody, openedCase, putInCharge } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs, startApp } from './harness.ts'

// From the first assessment to the closing and on: what a coordinator does with a person, and who else has a say in it.

const catalogues = loadCatalogues(['base', 'desk'])
let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

/** A case that Dalia is in charge of. @returns its id */
async function caseOfHers(child: boolean): Promise<string> {
  const id = await openedCase(app, child ? { child: 'in-doubt' } : {}, ['ID'])
  await putInCharge(app, id)
  return id
}

interface Somebody {
  readonly page: Page
  readonly t: ReturnType<typeof createWords>['t']
  readonly go: (path: string) => Promise<void>
  readonly press: (key: string) => Promise<void>
  readonly look: (name: string) => Promise<void>
  readonly leave: () => Promise<void>
}
async function opens(who: string, lang: LanguageCode, size: typeof desk, dark = false): Promise<Somebody> {
  const { page, context, problems } = await openPage(app, {
    locale: lang,
    viewport: size,
    colorScheme: dark ? 'dark' : 'light',
  })
  await signInAs(app, page, who)
  const { t } = createWords(lang, catalogues[lang])
  let seen = 0
  return {
    page,
    t,
    go: async path => {
      await page.goto(`${app.staff}${path}`)
    },
    press: key =>
      page
        .getByRole('button', { name: t(key), exact: true })
        .first()
        .click(),
    look: async name => {
      await page.locator('h1').waitFor()
      const label = `care-${lang}-${who.split(' ')[0]}-${++seen}-${name}`
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
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`)
/** Types a date into its three fields. */
async function date(page: Page, name: string, days: number): Promise<void> {
  const [year, month, day] = inDays(days).split('-')
  await field(page, `${name}-day`).fill(day!)
  await field(page, `${name}-month`).fill(month!)
  await field(page, `${name}-year`).fill(year!)
}

for (const [lang, size, dark] of [
  ['en', desk, false],
  ['es', phone, true],
] as const)
  test(`a coordinator assesses, plans with the person, records, follows up and closes, in ${lang}`, async () => {
    const id = await caseOfHers(false)
    const dalia = await opens('Dalia Moreau', lang, size, dark)
    const { page, t, go, press, look } = dalia

    await go(`/cases/${id}?tab=care`)
    await page.getByRole('link', { name: t('care.part.assessment'), exact: true }).waitFor()
    await look('the-tab')

    await page.getByRole('link', { name: t('care.part.assessment'), exact: true }).click()
    await look('no-assessment')
    await press('care.assessment.new')
    await field(page, 'domains.0.domain').selectOption('safety')
    await field(page, 'domains.0.severity').selectOption('high')
    await field(page, 'domains.0.note').fill('The recruiter calls every night.')
    await press('care.assessment.add-determinant')
    await field(page, 'domains.0.determinants.0.factor').selectOption('protective')
    await field(page, 'domains.0.determinants.0.level').selectOption('household')
    await field(page, 'domains.0.determinants.0.severity').selectOption('moderate')
    await press('care.assessment.add-need')
    await field(page, 'needs.0.service').selectOption('legal-aid')
    await field(page, 'needs.0.urgency').selectOption('this-week')
    // What is missing is said beside its field, and nothing typed is lost.
    await press('care.assessment.save')
    await page.getByRole('alert').first().waitFor()
    await look('assessment-with-an-error')
    assert.equal(await field(page, 'domains.0.note').inputValue(), 'The recruiter calls every night.')
    await field(page, 'domains.0.determinants.0.evidence').fill('A sister who calls daily')
    await press('care.assessment.save')
    await page.getByText('A sister who calls daily').waitFor()
    await look('assessed')

    await go(`/cases/${id}/care/safety`)
    await press('care.safety.write')
    await press('care.safety.add-threat')
    await field(page, 'threats.0.what').fill('He waits at the bus stop')
    await field(page, 'threats.0.source').selectOption('suspect')
    await field(page, 'threats.0.target').selectOption('person')
    await field(page, 'threats.0.likelihood').selectOption('4')
    await field(page, 'threats.0.impact').selectOption('4')
    await page.getByText(t('care.risk.high'), { exact: true }).first().waitFor()
    await page.getByLabel(t('care.way.text')).check()
    await field(page, 'codeWord').fill('tamarind soup')
    await date(page, 'reviewOn', 5)
    await look('safety-plan')
    await press('care.safety.save')
    await page.getByText('He waits at the bus stop').waitFor()
    assert.equal(await page.getByText('tamarind soup').count(), 0)
    await press('care.safety.code-word-show')
    await page.getByText('tamarind soup').waitFor()
    await look('code-word')

    await go(`/cases/${id}/care/plan`)
    await press('care.plan.begin')
    await field(page, 'goals.0.goal').fill('Papers in my own hands')
    await field(page, 'goals.0.actions.0.what').fill('Ask the consul')
    await field(page, 'goals.0.actions.0.service').selectOption('travel-documents')
    await field(page, 'goals.0.actions.0.owner').selectOption('coordinator')
    await field(page, 'ownWords').fill('I want to call my sister on Sundays.')
    await look('writing-the-plan')
    await press('care.plan.save')
    await page.getByText(t('care.plan.state.draft')).waitFor()
    await press('care.plan.agree')
    await field(page, 'givenBy').first().check()
    await field(page, 'how').first().check()
    await look('agreeing')
    await press('care.plan.agree-save')
    await page.getByText(t('care.plan.to-do')).waitFor()
    await look('agreed')
    await page.getByRole('link', { name: t('care.plan.print') }).click()
    await page.locator('.care-sheet').waitFor()
    await field(page, 'language').selectOption(lang === 'en' ? 'es' : 'en')
    await page.locator(`.care-sheet[lang="${lang === 'en' ? 'es' : 'en'}"]`).waitFor()
    assert.equal(await page.locator('.care-sheet').getByText('Dalia').count(), 0)
    await look('the-sheet')

    await go(`/cases/${id}/care/services`)
    await press('care.services.record')
    await page.locator('#action').selectOption({ label: 'Ask the consul' })
    await page.getByLabel(t('care.outcome.delivered'), { exact: true }).check()
    await field(page, 'organisation').selectOption(organisationId('legal-aid'))
    await date(page, 'on', -2)
    await field(page, 'quantity').fill('2')
    await field(page, 'unit').selectOption('session')
    await field(page, 'cost').fill('125.50')
    await look('recording')
    await press('care.services.save')
    await page.getByText('XSD 125').first().waitFor()
    await look('services')

    await go(`/cases/${id}/care/follow-ups`)
    await press('care.follow-up.plan')
    await date(page, 'dates.0', 2)
    await press('care.follow-up.plan-save')
    await page.getByText(t('care.follow-up.coming')).waitFor()
    await look('follow-ups')
    await go('/today')
    await field(page, 'ahead').selectOption('7')
    await page.getByText(t('care.follow-up.contact')).first().waitFor()
    await look('today')
    await page
      .locator('li', { hasText: t('care.follow-up.contact') })
      .first()
      .getByRole('button')
      .click()
    await page.getByText(t('care.follow-up.contact')).first().waitFor({ state: 'detached' })

    await go(`/cases/${id}/care/closing`)
    await press('care.closing.begin')
    for (const box of await page.locator('[name="explained"]').all()) await box.check()
    await field(page, 'reason').selectOption('plan-completed')
    await field(page, 'planned').first().check()
    await field(page, 'reasons').fill('What is open goes on elsewhere.')
    await look('proposing')
    await press('care.closing.save')
    await page.getByText(t('care.closing.state.proposed')).waitFor()
    await look('proposed')

    // Somebody else of the unit agrees; of the care they see nothing.
    const tobias = await opens('Tobias Fenwick', lang, size, dark)
    await tobias.go(`/cases/${id}?tab=closing`)
    await tobias.page.getByText('What is open goes on elsewhere.').waitFor()
    assert.equal(await tobias.page.getByRole('tab', { name: t('care.tab'), exact: true }).count(), 0)
    await tobias.look('second')
    await tobias.press('care.closing.approve')
    await tobias.page
      .getByRole('dialog')
      .getByRole('button', { name: t('care.closing.approve') })
      .click()
    await tobias.page.getByText(t('care.closing.state.approved'), { exact: true }).first().waitFor()
    await tobias.look('closed')
    await tobias.leave()

    await go(`/cases/${id}/care/closing`)
    await field(page, 'reason').fill('She called and wants to go on.')
    await press('care.closing.reopen')
    await page.getByText(t('care.closing.state.reopened'), { exact: true }).waitFor()
    await look('reopened')
    await dalia.leave()
  })

test('a child has a guardian in time, and each step is weighed before it is taken', async () => {
  const id = await caseOfHers(true)
  const dalia = await opens('Dalia Moreau', 'en', desk)
  const { page, t, go, press, look } = dalia
  await go('/today')
  await field(page, 'ahead').selectOption('7')
  await page.getByText(t('case.clock.child-guardian')).first().waitFor()

  await go(`/cases/${id}/care/child`)
  await page.getByText(t('care.guardian.none')).waitFor()
  await field(page, 'name').fill('Ruthanne Ibarra')
  await field(page, 'relation').selectOption('relative')
  await field(page, 'verified').selectOption('documents-seen')
  await field(page, 'how').fill('Birth certificates seen')
  await page.getByLabel(t('case.yes'), { exact: true }).check()
  await press('care.guardian.save')
  await page.getByText(t('problem.field.suspected-guardian')).first().waitFor()
  await look('suspected')
  await field(page, 'name').fill('Corwin Abelard')
  await field(page, 'relation').selectOption('appointed')
  await page.getByLabel(t('case.no'), { exact: true }).check()
  await press('care.guardian.save')
  await page.getByText(t('care.guardian.since')).waitFor()

  await press('care.child.weigh')
  await field(page, 'step').selectOption('placement')
  await field(page, 'childSaid').fill('With my aunt.')
  await field(page, 'reasons').fill('The aunt was visited twice.')
  await page.getByLabel(t('care.interest.in-interest'), { exact: true }).check()
  await look('weighing')
  await press('care.child.save')
  await page.getByText('With my aunt.').waitFor()
  await look('child')
  await dalia.leave()
})

test('who shelters the person records what was given, from the referral that they accepted', async () => {
  const id = await caseOfHers(false)
  const shelter = organisationId('samaan-house')
  const given = consentBody([shelter])
  const referral = uuidv7()
  const { call: dalia } = await app.as('dalia')
  await dalia(consent.give, { params: { case: id }, body: given })
  await dalia(referrals.send, {
    body: {
      id: referral,
      case: id,
      kind: 'service',
      service: 'safe-accommodation',
      to: shelter,
      urgency: 'urgent',
      consent: given.id,
      share: ['STA'],
    },
  })
  await (await app.as('celeste')).call(referrals.accept, { params: { referral }, version: 1, body: {} })
  const celeste = await opens('Celeste Abara', 'en', phone)
  const { page, t, go, press, look } = celeste
  await go(`/referrals/${referral}`)
  await page.getByRole('link', { name: t('care.asked.link') }).click()
  await page.getByText(t('care.asked.none')).waitFor()
  await press('care.services.record')
  await field(page, 'service').selectOption('safe-accommodation')
  await field(page, 'outcome').nth(1).check()
  await date(page, 'on', -2)
  await look('recording')
  await press('care.services.save')
  await page.getByText(t('care.outcome.declined-by-person'), { exact: true }).waitFor()
  await look('recorded')
  await celeste.leave()
})

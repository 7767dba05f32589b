import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { consentBody, screeningBody } from '../tests/harness/make.ts'
import { type Rows, spreadsheet } from '../tests/harness/sheets.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs, startApp } from './harness.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base', 'desk'])
const about: Rows = [
  [
    ...['layer', 'sector', 'person', 'who_may_use', 'training_needed', 'source', 'verified', 'licence'],
    ...['validity', 'validity_statement::en', 'validity_statement::es', 'validity_source', 'validity_verified'],
  ],
  [
    ...['short-screen', 'labour', 'adult', 'intake, decision-maker', 'no', 'Written for this test', 'G', 'Ours'],
    ...['not-validated', 'Not tested with people.', 'Sin probar con personas.', 'Ours', 'G'],
  ],
]
/** A short form about pay; `type` stands in the row of its second question. */
const sheet = async (type: string) => ({
  name: 'pay.xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(
    await spreadsheet({
      survey: [
        ['type', 'name', 'label::en', 'label::es'],
        ['select_one yn', 'paid', 'Are you paid for your work?', '¿Le pagan por su trabajo?'],
        [type, 'hours', 'How many hours a day?', '¿Cuántas horas al día?'],
      ],
      choices: [
        ['list_name', 'name', 'label::en', 'label::es'],
        ['yn', 'yes', 'Yes', 'Sí'],
        ['yn', 'no', 'No', 'No'],
      ],
      settings: [
        ['form_id', 'form_title::en', 'form_title::es', 'version', 'default_language'],
        ['pay-talk', 'A talk about pay', 'Hablar de la paga', '1', 'en'],
      ],
      rules: [
        [
          'code',
          'label::en',
          'label::es',
          'advice::en',
          'advice::es',
          'kind',
          'count',
          'questions',
          'answers',
          'source',
        ],
        [
          ...['not-paid', 'Work without pay', 'Trabajo sin paga', 'Offer advice on pay.', 'Ofrezca orientación.'],
          ...['at-least', 1, 'paid', 'no', 'Written for this test'],
        ],
      ],
      about,
    }),
  ),
})

async function somebody(name: string, lang: LanguageCode) {
  const { page, context, problems } = await openPage(app, { locale: lang, viewport: desk })
  const { t } = createWords(lang, catalogues[lang])
  await signInAs(app, page, name)
  await page.locator('details.person').waitFor()
  return {
    page,
    t,
    press: (label: string) => page.getByRole('button', { name: label, exact: true }).first().click(),
    pick: (label: string) => page.getByRole('radio', { name: label, exact: true }).check({ force: true }),
    titled: (title: string) => page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor(),
    /** At a desk and on a phone. */
    look: async (what: string) => {
      for (const viewport of [phone, desk]) {
        await page.setViewportSize(viewport)
        const label = `instruments-${lang}-${what}-${viewport.width}`
        await shot(page, label)
        await axe(page, label)
        await fits(page, label)
      }
    },
    close: async () => {
      assert.deepEqual(problems(), [], `${name} met errors of the page`)
      await context.close()
    },
  }
}
type Somebody = Awaited<ReturnType<typeof somebody>>

test('a supervisor is told the row and column of what is wrong, keeps a good sheet as a draft, and cannot publish it alone', async () => {
  const silas = await somebody('Silas Beaumont', 'en')
  const { page, t, titled, look, press } = silas
  await page.goto(`${app.staff}/instruments`)
  await titled(t('screening.instruments.title'))
  await page.getByRole('link', { name: 'Interview with an adult' }).waitFor()
  await look('list')
  await page.getByRole('link', { name: t('screening.instruments.new'), exact: true }).click()
  await titled(t('screening.sheet.title'))
  const file = page.getByLabel(t('screening.sheet.file'))
  await file.setInputFiles({ name: 'a.xlsx', mimeType: 'text/plain', buffer: Buffer.from('no workbook') })
  await page.getByText(t('screening.sheet.refused.not-xlsx')).waitFor()
  await file.setInputFiles({ name: 'b.xlsx', mimeType: 'text/plain', buffer: Buffer.alloc(5_000_001) })
  await page.getByText(t('screening.sheet.refused.too-large')).waitFor()

  await file.setInputFiles(await sheet('intger'))
  await page.getByText(t('screening.sheet.nothing-stored')).waitFor()
  const flaw = page.getByRole('row').filter({ hasText: t('forms.flaw.type-unknown', { detail: 'intger' }) })
  assert.deepEqual((await flaw.getByRole('cell').allInnerTexts()).slice(0, 3), ['survey', '3', 'type'])
  assert.equal(await page.getByRole('button', { name: t('screening.sheet.keep') }).count(), 0)
  await look('flaws')

  await file.setInputFiles(await sheet('integer'))
  await page.getByText(t('screening.sheet.good')).waitFor()
  await look('good')
  await press(t('screening.instruments.try'))
  await page.getByText(t('screening.try.note')).waitFor()
  await page.getByText('Are you paid for your work?').first().waitFor()
  await look('try')
  await page.locator('.choice', { hasText: 'No' }).first().click()
  await page.locator('button[type=submit]').click()
  await press(t('screening.try.finish'))
  await page.getByRole('heading', { name: 'Work without pay' }).waitFor()
  await look('tried')
  await press(t('screening.try.back'))
  await press(t('screening.sheet.keep'))
  await titled('A talk about pay')
  await page.getByText(t('screening.instruments.draft.own')).waitFor()
  assert.equal(await page.getByRole('button', { name: t('screening.instruments.publish') }).count(), 0)
  for (const kind of ['workbook', 'xform'])
    assert.equal((await page.request.get(`${app.staff}/api/instruments/pay-talk/${kind}?version=1`)).status(), 200)
  await press(t('screening.instruments.print'))
  await titled('A talk about pay')
  await look('print')
  await silas.close()
})

test('a second person reads the draft, publishes it, and anybody of them may withdraw it', async () => {
  const odette = await somebody('Odette Larkin', 'es')
  const { page, t, titled, look, press } = odette
  await page.goto(`${app.staff}/instruments/pay-talk/1`)
  await titled('Hablar de la paga')
  await page.locator('details.dimension > summary').first().click()
  await look('draft')
  await press(t('screening.instruments.publish'))
  await page.getByText(t('screening.instruments.published')).waitFor()
  await page.getByText(t('screening.instruments.state.published'), { exact: true }).waitFor()
  const focused = await page.evaluate(() => document.activeElement?.textContent)
  assert.equal(focused, t('screening.instruments.published'))
  await press(t('screening.instruments.withdraw'))
  await page.getByRole('dialog').getByText(t('screening.instruments.withdraw.title')).waitFor()
  await look('withdraw')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('ui.cancel') })
    .click()
  await odette.close()
})

/** A case that an officer referred and this person opened. @returns its id */
async function openedBy({ page }: Somebody): Promise<string> {
  const marisol = await somebody('Marisol Prentice', 'en')
  const unit = organisationId('counter-trafficking-unit')
  const screened = screeningBody()
  const given = consentBody([unit])
  const referral = { id: uuidv7(), case: screened.case, kind: 'identification', to: unit, urgency: 'urgent' }
  await send(marisol.page, 'screenings', screened)
  await send(marisol.page, `cases/${screened.case}/consents`, given)
  await send(marisol.page, 'referrals', { ...referral, consent: given.id, share: ['ID', 'SVC', 'STA'] })
  await send(page, `referrals/${referral.id}/accept`, {})
  await marisol.close()
  return screened.case
}
const send = async (page: Page, path: string, body: unknown) =>
  assert.equal(
    await page.evaluate(
      async ([to, text, key]) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': key!, 'if-match': '"1"' }
        const answer = await fetch(`/api/${to}`, { method: 'POST', headers, body: text! })
        return answer.ok ? '' : `${to}: ${answer.status} ${await answer.text()}`
      },
      [path, JSON.stringify(body), uuidv7()],
    ),
    '',
  )

/** From the case to the first question: danger, how to talk, and the limits of confidentiality. */
async function begin({ page, t, titled, press, pick, look }: Somebody, instrument: RegExp) {
  await page.getByRole('link', { name: t('screening.interviews.start'), exact: true }).click()
  await titled(t('screening.interview.danger'))
  await pick(t('screening.interview.danger.yes'))
  await page.getByText(t('screening.interview.danger.now')).waitFor()
  await page.getByRole('heading', { name: t('country.steps.title') }).waitFor()
  await look('danger')
  await pick(t('screening.interview.danger.no'))
  await press(t('ui.continue'))
  await titled(t('screening.interview.choose'))
  await press(t('ui.continue'))
  await page.getByRole('alert').waitFor()
  await page.getByRole('radio', { name: instrument }).check({ force: true })
  await pick(t('screening.option.interpreter.none'))
  await pick(t('screening.interview.interviewer.woman'))
  await look('choose')
  await press(t('ui.continue'))
  await titled(t('screening.page.limits.title'))
  await press(t('ui.continue'))
  await page.getByRole('alert').waitFor()
  await pick(t('screening.option.limitsTold.givenBy.person'))
  await page.getByRole('checkbox', { name: t('screening.option.told.yes') }).check({ force: true })
  await look('limits')
  await press(t('ui.continue'))
}

let held = ''
test('intake holds an interview and sees what was found, why, and what would change it; and may read it otherwise', async () => {
  const tobias = await somebody('Tobias Fenwick', 'en')
  const { page, t, look, press } = tobias
  held = await openedBy(tobias)
  await page.goto(`${app.staff}/cases/${held}?tab=screening`)
  await page.getByText(t('screening.interviews.none')).waitFor()
  await begin(tobias, /^Interview with an adult/)
  await page.locator('.form').waitFor()
  // What was said before the questions began is not asked once more.
  assert.ok(await page.getByRole('radio', { name: 'No', exact: true }).first().isChecked())
  await look('adult')
  await press(t('ui.stop'))
  await press(t('form.stopped.delete'))
  await page.getByText(t('screening.interviews.none')).waitFor()
  await begin(tobias, /^A talk about pay/)
  await page.getByText('Are you paid for your work?').first().waitFor()
  await look('question')
  await page.locator('.choice', { hasText: 'No' }).first().click()
  await page.locator('button[type=submit]').click()
  await press(t('screening.interview.send'))
  await page.getByRole('heading', { level: 4, name: 'Work without pay' }).waitFor()
  await page.getByText('Are you paid for your work? – No').waitFor()
  await page
    .locator('.interviews')
    .getByText(t('screening.findings.change.fewer', { count: 1 }))
    .waitFor()
  await look('findings')
  await press(t('screening.override.open'))
  await page.getByLabel(t('screening.override.why')).fill('The pay came later, in one sum.')
  await press(t('screening.override.save'))
  await page.getByText('The pay came later, in one sum.').waitFor()
  await page.getByRole('heading', { level: 4, name: 'Work without pay' }).waitFor()
  await look('overridden')
  await tobias.close()
})

test('who decides sees the finding, why it was given, and what a person made of it', async () => {
  const ines = await somebody('Inés Calloway', 'es')
  const { page, t, look } = ines
  await page.goto(`${app.staff}/cases/${held}?tab=screening`)
  await page.getByRole('heading', { level: 4, name: 'Trabajo sin paga' }).waitFor()
  await page.getByText('¿Le pagan por su trabajo? – No').waitFor()
  await page.getByText('The pay came later, in one sum.').waitFor()
  await page.getByText(t('screening.override.reason.misunderstood')).waitFor()
  await look('decider')
  await page.getByRole('link', { name: t('screening.instruments.title'), exact: true }).click()
  await page.getByRole('link', { name: 'Entrevista con una persona adulta' }).click()
  await page.getByRole('heading', { level: 1, name: 'Entrevista con una persona adulta' }).waitFor()
  assert.equal(await page.getByText(t('screening.instruments.download')).count(), 0, 'only those who edit')
  for (const summary of await page.locator('details.dimension > summary').all()) await summary.click()
  await look('rules')
  await ines.close()
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startCluster } from '#platform/db/cluster.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { assertScanFinds, foundIn, type Places, scanEverywhere, sizeOf } from '../tests/canary/everywhere.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs, startApp } from './harness.ts'
import { officer, screenAndRefer, switchTo, told } from './officer.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base', 'desk'])
/** What is said on the way. Each holds a word that stands nowhere else in the world, so that it can be looked for. */
const story = 'He sorts fruit from five in the morning and his papers are with Okwandrel, the foreman.'
const message = 'At the office until five; ask for Tharrowbeck.'
const accepted = 'We are on our way to the Vellimarsh gate.'
const reasons = 'What he told fits what the inspector saw at Brackenhollow.'
const room = 'A room is ready behind the Quillfern door.'
const search = 'jefersson'
/** Whatever must stand nowhere in clear: names, numbers, sentences, and the words that would be left of them. */
const kept = [
  told.givenName,
  told.phone,
  search,
  ...[story, message, accepted, reasons, room],
  ...['Okwandrel', 'Tharrowbeck', 'Vellimarsh', 'Brackenhollow', 'Quillfern'],
]

/** Somebody at a desk, or with a phone, who looks at every screen they come to. */
async function somebody(name: string, lang: LanguageCode, viewport = desk) {
  const { page, context, problems } = await openPage(app, { locale: lang, viewport })
  const { t } = createWords(lang, catalogues[lang])
  let seen = 0
  await signInAs(app, page, name)
  await switchTo(page, lang)
  return {
    page,
    t,
    close: async () => {
      assert.deepEqual(problems(), [], `${name} met errors of the page`)
      await context.close()
    },
    look: async (what: string) => {
      const label = `${lang}-${name.split(' ')[0]}-${String(++seen).padStart(2, '0')}-${what}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
    },
    press: (label: string) => page.getByRole('button', { name: label, exact: true }).first().click(),
    tab: (label: string) => page.getByRole('tab', { name: label, exact: true }).click(),
    row: (reference: string) => page.getByRole('link', { name: reference, exact: true }).first().click(),
    pick: (label: string) => page.getByRole('radio', { name: label, exact: true }).check({ force: true }),
    tick: (label: string) => page.getByRole('checkbox', { name: label, exact: true }).check({ force: true }),
  }
}

/** The unit's desk: the referral is seen, acknowledged and accepted, which opens the case and gives it to a coordinator. */
async function unitOpens(reference: string, lang: LanguageCode) {
  const one = await somebody('Tobias Fenwick', lang)
  const { t, page, look, press } = one
  await page.getByRole('heading', { level: 1, name: t('referral.inbox.title') }).waitFor()
  await look('inbox')
  await page.getByLabel(t('referral.search')).fill(reference.slice(0, 5))
  await one.row(reference)
  await page.getByRole('heading', { level: 1, name: t('referral.title', { reference }) }).waitFor()
  await page.getByText(told.givenName).waitFor()
  await look('referral')
  await press(t('referral.acknowledge'))
  await page.getByText(t('referral.status.acknowledged')).first().waitFor()
  await press(t('referral.accept-open'))
  await look('accept')
  await page.getByLabel(t('referral.accept.answer')).fill(accepted)
  await press(t('referral.accept-open'))
  await page.getByText(t('referral.status.accepted')).first().waitFor()
  await page.getByRole('link', { name: t('referral.open-case') }).click()
  await page.getByRole('heading', { level: 1, name: reference }).waitFor()
  await page.getByText(t('case.status.opened'), { exact: true }).first().waitFor()
  await page.getByLabel(t('case.assign.label')).selectOption({ label: 'Dalia Moreau' })
  await look('case')
  await press(t('case.assign.save'))
  await page.getByText('Dalia Moreau').first().waitFor()
  await one.tab(t('case.tab.screening'))
  await page.getByText(story).waitFor()
  await look('screening')
  await press(t('screening.unit.complete'))
  for (const code of ['exploited-hours', 'exploited-low-pay'])
    await page
      .getByRole('group', { name: t(`screening.indicator.${code}`), exact: true })
      .getByRole('radio', { name: t('screening.unit.answer.yes'), exact: true })
      .check()
  await look('indicators')
  await press(t('screening.unit.save'))
  await page.getByText(t('screening.reading.weights-not-signed-off')).waitFor()
  await look('reading')
  await one.tab(t('case.tab.history'))
  await page.getByText(t('case.event.case.opened')).waitFor()
  await look('history')
  await one.close()
}

async function decides(reference: string, lang: LanguageCode) {
  const one = await somebody('Inés Calloway', lang)
  const { t, page, look, press, pick, tick } = one
  await page.getByRole('heading', { level: 1, name: t('case.list.title') }).waitFor()
  await look('cases')
  await one.row(reference)
  await one.tab(t('case.tab.decision'))
  await pick(t('procedure.outcome.reasonable-grounds.positive'))
  await press(t('case.decide.save'))
  await page.getByRole('alert').first().waitFor()
  await look('decide-missing')
  await tick(t('element.recruitment'))
  await tick(t('element.deception'))
  await tick(t('element.forced-labour'))
  for (const element of ['act', 'means', 'purpose'])
    await page.getByLabel(t(`procedure.grounds.${element}`), { exact: true }).fill(reasons)
  await page
    .getByRole('checkbox', { name: t('procedure.evidence.screening') })
    .first()
    .check({ force: true })
  await page.locator('input[name="evidence.0.why"]').fill(reasons)
  await page.getByLabel(t('case.decide.reasons')).fill(reasons)
  await press(t('case.decide.save'))
  await page.getByText(t('case.identification.reasonable-grounds')).first().waitFor()
  await look('decided')
  await one.close()
}

async function coordinatorRefers(reference: string, lang: LanguageCode) {
  const one = await somebody('Dalia Moreau', lang)
  const { t, page, look, press, tick } = one
  await one.row(reference)
  await page.getByRole('link', { name: t('referral.new') }).click()
  await page.getByLabel(t('referral.new.service')).selectOption('safe-accommodation')
  await page.getByRole('radio', { name: /^Samaan House/ }).check({ force: true })
  await tick(t('compartment.ID'))
  await look('new-referral')
  await press(t('referral.new.save'))
  await page.getByText(t('referral.status.sent')).first().waitFor()
  await look('referral')
  await page.goto(`${app.staff}/cases/find`)
  await page.getByLabel(t('case.search.label')).fill(search)
  await press(t('case.search.button'))
  await page
    .getByRole('link', { name: /Yeferson/ })
    .first()
    .waitFor()
  await look('found')
  await one.close()
}

async function shelterAccepts(reference: string, lang: LanguageCode) {
  const one = await somebody('Celeste Abara', lang, phone)
  const { t, page, look, press } = one
  await page.getByRole('heading', { level: 1, name: t('referral.inbox.title') }).waitFor()
  await look('inbox')
  await one.row(reference)
  await page.getByText(told.givenName).waitFor()
  await look('referral')
  await press(t('referral.accept'))
  await page.getByLabel(t('referral.accept.answer')).fill(room)
  await press(t('referral.accept'))
  await page.getByText(t('referral.status.accepted')).first().waitFor()
  await look('accepted')
  await page.getByRole('link', { name: t('consent.withdraw.save'), exact: true }).click()
  await page.getByRole('heading', { level: 1, name: t('consent.withdraw.title') }).waitFor()
  await page.getByText(t('consent.withdraw.stops-others')).waitFor()
  await look('withdraw')
  await press(t('consent.withdraw.save'))
  await page.getByRole('heading', { level: 1, name: t('consent.withdrawn.title') }).waitFor()
  await look('withdrawn')
  await page.getByRole('link', { name: t('consent.withdrawn.inbox'), exact: true }).click()
  await one.close()
}

describe('the main job, from a farm to a bed', () => {
  for (const lang of ['en', 'es'] as const)
    test(`five people do it in ${lang}`, async () => {
      const marisol = await officer(app, lang)
      const reference = await screenAndRefer(app, marisol, story, 'Samaan House', message)
      await marisol.close()
      await unitOpens(reference, lang)
      await decides(reference, lang)
      await coordinatorRefers(reference, lang)
      await shelterAccepts(reference, lang)
    })

  test('and the audit of it all is whole', async () => {
    const verify = () =>
      spawnSync(process.execPath, [join(import.meta.dirname, '../src/cli.ts'), 'audit', 'verify'], {
        env: { ...process.env, SAMAAN_DATA: app.data, DATABASE_URL: '' },
        encoding: 'utf8',
      })
    let done = verify()
    // The sequencer numbers what was committed within a second or so.
    for (let tries = 0; tries < 20 && !/, 0 not numbered/.test(done.stdout); tries++) {
      await pause(100)
      done = verify()
    }
    assert.equal(done.status, 0, `${done.stdout}${done.stderr}`)
    assert.match(done.stdout, /, 0 not numbered yet/)
  })

  test('and no name, number or sentence of it stands anywhere in clear', async t => {
    const postgres = join(app.data, 'postgres')
    const places: Places = {
      superUrl: (await startCluster({ folder: postgres })).urls.super,
      cluster: postgres,
      folders: [app.data],
      log: app.said,
    }
    // The same scan has to find what is there: a planted text, and in the log the address that stands in its first lines.
    await assertScanFinds(places, 'ControlTextThatMustBeFound', app.site)
    const scans = await scanEverywhere(places, kept)
    t.diagnostic(sizeOf(scans))
    assert.deepEqual(foundIn(scans), [])
  })
})

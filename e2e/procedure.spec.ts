import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { cases } from '#capabilities/cases/contract.ts'
import { startCluster } from '#platform/db/cluster.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { decisionBody, openedCase, putInCharge } from '../tests/harness/make.ts'
import { readPdf } from '../tests/harness/read-pdf.ts'
import { type PersonKey, people } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs, startApp } from './harness.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base', 'desk'])
interface Setting {
  readonly lang: LanguageCode
  readonly narrow?: boolean
  readonly dark?: boolean
}
/** Somebody at the case's Decision tab, who looks at everything they come to. */
const at = (key: PersonKey, id: string, setting: Setting) =>
  atPage(key, { path: `/cases/${id}?tab=decision`, title: 'procedure.title' }, setting)
async function atPage(
  key: PersonKey,
  { path, title }: { readonly path: string; readonly title: string },
  { lang, narrow, dark }: Setting,
) {
  const { page, context, problems } = await openPage(app, {
    locale: lang,
    viewport: narrow ? phone : desk,
    colorScheme: dark ? 'dark' : 'light',
  })
  const { t } = createWords(lang, catalogues[lang])
  let seen = 0
  await signInAs(app, page, people.find(one => one.key === key)!.name)
  await page.goto(`${app.staff}${path}`)
  await page
    .getByRole('heading', { name: t(title) })
    .first()
    .waitFor()
  return {
    page: page as Page,
    t,
    look: async (what: string) => {
      const label = `procedure-${lang}-${narrow ? 'narrow' : 'wide'}-${key}-${String(++seen).padStart(2, '0')}-${what}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
    },
    press: (label: string) => page.getByRole('button', { name: label, exact: true }).first().click(),
    pick: (label: string) => page.getByRole('radio', { name: label }).first().check({ force: true }),
    tick: (label: string) => page.getByRole('checkbox', { name: label }).first().check({ force: true }),
    fill: (label: string, text: string) => page.getByLabel(label, { exact: true }).first().fill(text),
    stands: (state: string) =>
      page
        .locator('.tag', { hasText: t(`case.identification.${state}`) })
        .first()
        .waitFor(),
    clock: (kind: string) => page.locator('.procedure-clock', { hasText: t(`case.clock.${kind}`) }).first(),
    close: async () => {
      assert.deepEqual(problems(), [], `${key} met errors of the page`)
      await context.close()
    },
  }
}
type At = Awaited<ReturnType<typeof at>>

const tickAlleged = async ({ tick, t }: At) => {
  for (const element of ['recruitment', 'deception', 'forced-labour']) await tick(t(`element.${element}`))
}
async function decides(one: At, stage: string, outcome: 'positive' | 'negative') {
  await one.pick(one.t(`procedure.outcome.${stage}.${outcome}`))
  if (outcome === 'positive') await tickAlleged(one)
  for (const element of ['act', 'means', 'purpose'])
    await one.fill(one.t(`procedure.grounds.${element}`), 'It is in what he told.')
  await one.tick(one.t('procedure.evidence.screening'))
  await one.page.locator('input[name="evidence.0.why"]').fill('It says who kept the papers.')
  await one.fill(one.t('case.decide.reasons'), 'What was told fits what was seen.')
}
async function moves(one: At, move: string) {
  await one.press(one.t(`procedure.move.${move}`))
  await one.fill(one.t('procedure.reasons'), 'She said so when we met.')
}
async function noticeOf(one: At, language: 'en' | 'es') {
  const link = one.page.getByRole('link', { name: one.t(`procedure.notice.${language}`) }).first()
  const href = await link.getAttribute('href')
  const bytes = await one.page.evaluate(
    async path => [...new Uint8Array(await (await fetch(path)).arrayBuffer())],
    href!,
  )
  return readPdf(Uint8Array.from(bytes))
}

describe('the procedure of a case', () => {
  test('from the first decision through recovery and conclusive grounds to closure, with every clock', async () => {
    const id = await openedCase(app)
    const reference = await putInCharge(app, id)
    const setting = { lang: 'en' } as const
    const ines = await at('ines', id, setting)
    await ines.clock('reasonable-grounds').waitFor()
    await ines.look('to-decide')
    await ines.pick(ines.t('procedure.outcome.reasonable-grounds.positive'))
    await tickAlleged(ines)
    await ines.press(ines.t('case.decide.save'))
    await ines.page.getByRole('alert').first().waitFor()
    await ines.look('missing')
    await decides(ines, 'reasonable-grounds', 'positive')
    await ines.look('reasonable')
    await ines.press(ines.t('case.decide.save'))
    await ines.stands('reasonable-grounds')
    await ines.look('decided')
    const letter = await noticeOf(ines, 'es')
    assert.deepEqual([letter.accessible, letter.language], [true, 'es'])
    await ines.close()

    const dalia = await at('dalia', id, setting)
    const { t } = dalia
    for (const kind of ['recovery-period', 'recovery-review']) await dalia.clock(kind).waitFor()
    await dalia.press(t('procedure.pause.of', { name: t('case.clock.recovery-period') }))
    await dalia.page.getByLabel(t('procedure.pause.reason')).selectOption({ label: t('case.pause.person-asks') })
    await dalia.look('pause')
    await dalia.press(t('procedure.pause.save'))
    await dalia.page.getByText(t('case.pause.person-asks')).first().waitFor()
    await dalia.look('paused')
    await dalia.press(t('procedure.resume.of', { name: t('case.clock.recovery-period') }))
    await dalia.press(t('procedure.extend.of', { name: t('case.clock.recovery-period') }))
    await dalia.fill(t('procedure.extend.by', { unit: t('procedure.unit.calendar-days') }), '15')
    await dalia.fill(t('procedure.reasons'), 'She asks for time.')
    await dalia.press(t('procedure.extend.save'))
    await dalia.page
      .getByText(
        t('procedure.taken.extend-clock', {
          clock: t('case.clock.recovery-period'),
          by: 15,
          unit: t('procedure.unit.calendar-days'),
        }),
      )
      .waitFor()
    await moves(dalia, 'review-recovery')
    await dalia.look('review')
    await dalia.press(t('procedure.move.save'))
    await dalia.clock('recovery-review').waitFor({ state: 'detached' })
    await moves(dalia, 'end-recovery')
    await dalia.press(t('procedure.move.save'))
    await dalia.stands('conclusive-pending')
    await dalia.clock('conclusive-grounds').waitFor()
    await dalia.look('pending')
    await dalia.press(t('procedure.track.change-of', { name: t('procedure.track.support') }))
    await dalia.page
      .getByLabel(t('procedure.track.now', { name: t('procedure.track.support') }))
      .selectOption({ label: t('procedure.track.support.offered') })
    await dalia.look('track')
    await dalia.press(t('procedure.track.save'))
    await dalia.page.locator('.tag', { hasText: t('procedure.track.support.offered') }).waitFor()
    await dalia.page.goto(`${app.staff}/clocks`)
    await dalia.page.getByRole('heading', { level: 1, name: t('procedure.clocks.title') }).waitFor()
    await dalia.page.getByRole('link', { name: reference }).first().waitFor()
    await dalia.look('clocks')
    await dalia.close()

    const rufus = await at('rufus', id, setting)
    await decides(rufus, 'conclusive-grounds', 'positive')
    await rufus.look('conclusive')
    await rufus.press(rufus.t('case.decide.save'))
    await rufus.stands('conclusive-grounds')
    await rufus.page.locator('.procedure-clock').first().waitFor({ state: 'detached' })
    await rufus.look('recognised')
    assert.match((await noticeOf(rufus, 'en')).text, /You are recognised as a victim/)
    await rufus.close()

    // The care comes to its end: proposed by who is in charge, agreed by somebody else of the unit.
    const last = await at('dalia', id, setting)
    await last.page.goto(`${app.staff}/cases/${id}/care/closing`)
    await last.press(last.t('care.closing.begin'))
    for (const box of await last.page.locator('[name="explained"]').all()) await box.check()
    await last.page.locator('[name="reason"]').selectOption('plan-completed')
    await last.page.locator('[name="planned"]').first().check()
    await last.page.locator('[name="reasons"]').fill('He works, and lives with his cousin.')
    await last.press(last.t('care.closing.save'))
    await last.page.getByText(last.t('care.closing.state.proposed')).waitFor()
    await last.close()
    const tobias = await at('tobias', id, setting)
    await tobias.page.goto(`${app.staff}/cases/${id}?tab=closing`)
    await tobias.press(tobias.t('care.closing.approve'))
    await tobias.page
      .getByRole('dialog')
      .getByRole('button', { name: tobias.t('care.closing.approve') })
      .click()
    await tobias.page.getByText(tobias.t('care.closing.state.approved'), { exact: true }).first().waitFor()
    const { call } = await app.as('tobias')
    const closed = await call(cases.read, { params: { case: id } })
    assert.equal(closed.status, 'closed')
    assert.deepEqual([...new Set((closed.clocks ?? []).map(one => one.kind))].sort(), [
      'conclusive-grounds',
      'reasonable-grounds',
      'recovery-period',
      'recovery-review',
    ])
    assert.ok((closed.clocks ?? []).every(one => one.stoppedAt !== null))
    await tobias.look('closed')
    await tobias.close()
  })

  test('no, a second person, a reconsideration by others, and yes after all', async () => {
    const id = await openedCase(app)
    await putInCharge(app, id)
    const setting = { lang: 'es', narrow: true, dark: true } as const
    const ines = await at('ines', id, setting)
    await ines.look('to-decide')
    await decides(ines, 'reasonable-grounds', 'negative')
    await ines.look('negative')
    await ines.press(ines.t('case.decide.save'))
    await ines.stands('proposed-negative')
    await ines.page.getByText(ines.t('case.decide.waiting', { name: 'Inés Calloway' })).waitFor()
    await ines.close()
    const rufus = await at('rufus', id, setting)
    await rufus.look('second')
    await rufus.press(rufus.t('case.decide.confirm'))
    await rufus.stands('no-reasonable-grounds')
    await rufus.clock('reconsideration-request').waitFor()
    assert.match(
      (await noticeOf(rufus, 'es')).text.replace(/\s+/g, ' '),
      /Puede pedir que esta decisión se vuelva a examinar, hasta el/,
    )
    await rufus.close()

    const dalia = await at('dalia', id, setting)
    await moves(dalia, 'request-reconsideration')
    await dalia.press(dalia.t('procedure.move.save'))
    await dalia.page.getByRole('alert').first().waitFor()
    await dalia.pick(dalia.t('procedure.asker.person'))
    await dalia.look('asks')
    await dalia.press(dalia.t('procedure.move.save'))
    await dalia.stands('reconsidering-reasonable-grounds')
    await dalia.close()

    for (const key of ['ines', 'rufus'] as const) {
      const before = await at(key, id, setting)
      await before.stands('reconsidering-reasonable-grounds')
      assert.equal(await before.page.getByRole('button', { name: before.t('case.decide.save') }).count(), 0)
      await before.close()
    }
    const noemi = await at('noemi', id, setting)
    await noemi.look('again')
    await decides(noemi, 'reasonable-grounds', 'positive')
    await noemi.press(noemi.t('case.decide.save'))
    await noemi.stands('proposed-reasonable-grounds-again')
    await noemi.close()
    const second = await at('rufus', id, setting)
    await second.press(second.t('case.decide.confirm'))
    await second.stands('reasonable-grounds')
    await second.clock('recovery-period').waitFor()
    await second.look('after-all')
    await second.close()
  })

  test('a decision that is overdue is told to who supervises the unit, who says what they do about it; deciding ends it', async () => {
    const id = await openedCase(app)
    const reference = await putInCharge(app, id)
    const cluster = await startCluster({ folder: join(app.data, 'postgres') })
    const truth = new pg.Client({ connectionString: cluster.urls.super })
    await truth.connect()
    await truth.query(
      `update cases.clock set starts_at = now() - interval '12 days', warn_at = now() - interval '4 days',
         due_at = now() - interval '2 days' where case_id = $1`,
      [id],
    )
    await truth.end()
    const { call } = await app.as('greta')
    // The job runs every minute.
    const deadline = Date.now() + 150_000
    while ((await call(cases.escalations, {})).items.length === 0) {
      assert.ok(Date.now() < deadline, 'nobody was told')
      await setTimeout(1000)
    }

    const today = { path: '/today', title: 'tasks.title' }
    for (const setting of [
      { lang: 'es', narrow: true },
      { lang: 'en', dark: true },
    ] as const) {
      const greta = await atPage('greta', today, setting)
      await greta.page
        .getByText(greta.t('tasks.what.escalation', { clock: greta.t('case.clock.reasonable-grounds') }))
        .waitFor()
      await greta.look('day')
      await greta.page.getByRole('link', { name: reference }).first().click()
      await greta.page.getByRole('heading', { level: 1, name: greta.t('escalation.title') }).waitFor()
      await greta.page.getByText('Dalia Moreau').waitFor()
      await greta.look('overdue')
      await greta.press(greta.t('escalation.answer.do-of', { reference }))
      await greta.press(greta.t('escalation.answer.save'))
      await greta.page.getByRole('alert').first().waitFor()
      await greta.look('missing')
      if (setting.lang === 'en') {
        await greta.pick(greta.t('escalation.answer.spoken-with'))
        await greta.look('says')
        await greta.press(greta.t('escalation.answer.save'))
        await greta.page.getByRole('button', { name: greta.t('escalation.answer.save') }).waitFor({ state: 'detached' })
        await greta.page.getByText(greta.t('escalation.answer.spoken-with')).waitFor()
        await greta.look('said')
        await greta.page.goto(`${app.staff}/today`)
        await greta.page.getByRole('heading', { level: 1, name: greta.t('tasks.title') }).waitFor()
        await greta.page.locator('.things, .empty').first().waitFor()
        assert.equal(await greta.page.getByText(reference).count(), 0)
      }
      await greta.close()
    }

    const dalia = await at('dalia', id, { lang: 'en' })
    await dalia.page.getByRole('tab', { name: dalia.t('case.tab.history'), exact: true }).click()
    const clock = dalia.t('case.clock.reasonable-grounds')
    for (const event of [
      dalia.t('case.event.case.escalated', { clock, told: 'first' }),
      dalia.t('case.event.case.escalation-answered', { clock, what: dalia.t('escalation.answer.spoken-with') }),
    ])
      await dalia.page.getByText(event).waitFor()
    await dalia.look('history')
    await dalia.close()

    const ines = await app.as('ines')
    const { version } = await ines.call(cases.read, { params: { case: id } })
    const body = await decisionBody(ines, id, 'positive')
    await ines.call(cases.decide, { params: { case: id }, version, body })
    const greta = await atPage(
      'greta',
      { path: '/escalations', title: 'escalation.title' },
      { lang: 'en', narrow: true },
    )
    await greta.page.getByText(greta.t('escalation.none'), { exact: true }).waitFor()
    await greta.look('nothing')
    await greta.page.goto(`${app.staff}/`)
    await greta.page.getByRole('link', { name: greta.t('escalation.title') }).waitFor()
    await greta.look('first-page')
    await greta.close()
  })
})

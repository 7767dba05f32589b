import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { cases } from '#capabilities/cases/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { consentBody, screeningBody } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { openFieldPhone, prepare, unlock } from './field-phone.ts'
import { type App, axe, desk, fits, type Opened, openPage, phone, shot, signInAs, startApp } from './harness.ts'
import { officer, switchTo } from './officer.ts'
import { makeSignal, type Signal } from './signal.ts'

// Two people change one phone number: both see both, one decides, and it is gone for both.

const catalogues = loadCatalogues(['base', 'desk'])
let app: App
let signal: Signal
before(async () => {
  signal = await makeSignal()
  app = await startApp({ signal })
})
after(async () => {
  await app?.stop()
  await signal?.close()
})

type Words = ReturnType<typeof createWords>
interface Somebody extends Opened {
  readonly t: Words['t']
  readonly look: (name: string) => Promise<void>
}
function looking(name: string, lang: LanguageCode, opened: Opened): Somebody {
  const words = createWords(lang, catalogues[lang])
  let seen = 0
  return {
    ...opened,
    t: words.t,
    look: async what => {
      const label = `conflicts-${name}-${lang}-${++seen}-${what}`
      await shot(opened.page, label)
      await axe(opened.page, label)
      await fits(opened.page, label)
    },
  }
}

async function changePhone({ page, t, look }: Somebody, number: string): Promise<void> {
  await page.getByRole('button', { name: t('case.identity.change'), exact: true }).click()
  await page.getByLabel(t('case.person.phone')).fill(number)
  await look('changing')
  await page.getByRole('button', { name: t('case.identity.save'), exact: true }).click()
  await page.getByRole('button', { name: t('case.identity.change'), exact: true }).waitFor()
}
const told = '+999 555 0142'
/** Screened and referred by the one, accepted by the other, through the same operations as their pages use. */
async function referredCase(met: Page, unit: Page): Promise<string> {
  const send = (page: Page, path: string, body: unknown, version?: number) =>
    page.evaluate(
      async ([to, text, key, read]) => {
        const answer = await fetch(`/api${to}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': key,
            ...(read ? { 'if-match': `"${read}"` } : {}),
          },
          body: text,
        })
        if (!answer.ok) throw new Error(`${to} answered ${answer.status} ${await answer.text()}`)
      },
      [path, JSON.stringify(body), uuidv7(), version] as const,
    )
  const screened = screeningBody()
  const to = organisationId('counter-trafficking-unit')
  const agreed = consentBody([to])
  const referral = uuidv7()
  await send(met, '/screenings', screened)
  await send(met, `/cases/${screened.case}/consents`, agreed)
  await send(met, '/referrals', {
    id: referral,
    case: screened.case,
    kind: 'identification',
    to,
    urgency: 'urgent',
    consent: agreed.id,
    share: ['ID', 'SVC', 'STA'],
  })
  await send(unit, `/referrals/${referral}/accept`, {}, 1)
  return screened.case
}
const identityOf = async (page: Page, id: string) => {
  await page.goto(`${app.staff}/cases/${id}/identity`)
}

test('the officer and the unit change one phone number; both see both, one decides, and it is gone for both', async () => {
  const met = await openPage(app, { locale: 'en', hasTouch: true })
  const marisol = looking('officer', 'en', met)
  const one = marisol
  await signInAs(app, one.page, 'Marisol Prentice')
  await switchTo(one.page, 'en')
  const opened = await openPage(app, { viewport: desk, locale: 'es', colorScheme: 'dark' })
  const tobias = looking('unit', 'es', opened)
  const { page: theirs, t: es } = tobias
  await signInAs(app, theirs, 'Tobias Fenwick')
  await switchTo(theirs, 'es')
  const id = await referredCase(one.page, theirs)

  // Both look before either changes.
  await identityOf(one.page, id)
  await one.page.getByText(told).waitFor()
  await marisol.look('who')
  await one.page.getByRole('button', { name: marisol.t('case.identity.change'), exact: true }).click()
  await one.page.getByLabel(marisol.t('case.person.phone')).fill('12')
  await one.page.getByRole('button', { name: marisol.t('case.identity.save'), exact: true }).click()
  await one.page.getByRole('alert').waitFor()
  await marisol.look('wrong')
  await one.page.getByLabel(marisol.t('case.person.phone')).fill('+999 555 0170')

  await theirs.goto(`${app.staff}/cases/${id}`)
  await theirs.getByRole('link', { name: es('case.identity.change'), exact: true }).click()
  await theirs.getByRole('heading', { level: 1, name: es('case.identity.title') }).waitFor()
  await theirs.getByText(told).waitFor()
  await tobias.look('who')
  await changePhone(tobias, '+999 555 0180')
  await theirs.getByText('+999 555 0180').waitFor()
  await tobias.look('changed')

  await one.page.getByRole('button', { name: marisol.t('case.identity.save'), exact: true }).click()
  await one.page.getByText(marisol.t('case.conflicts.waiting', { count: 1 })).waitFor()
  await one.page.getByText(marisol.t('case.identity.late')).waitFor()
  // What stood first stands.
  await one.page.getByText('+999 555 0180').waitFor()
  await marisol.look('waiting')

  // Both see both.
  await one.page.getByRole('link', { name: marisol.t('case.conflicts.look') }).click()
  await one.page.getByRole('heading', { level: 1, name: marisol.t('case.conflicts.title') }).waitFor()
  await theirs.goto(`${app.staff}/cases/${id}`)
  await theirs.getByText(es('case.conflicts.waiting', { count: 1 })).waitFor()
  await tobias.look('case')
  await theirs.getByRole('link', { name: es('case.conflicts.look') }).click()
  for (const { page } of [one, tobias])
    for (const number of ['+999 555 0170', '+999 555 0180']) await page.getByText(number, { exact: true }).waitFor()
  await marisol.look('inbox')
  await tobias.look('inbox')
  for (const { page } of [one, tobias]) assert.equal(await page.locator('input[type=radio]:checked').count(), 0)

  // Nothing is decided by a press on the button alone.
  await theirs.getByRole('button', { name: es('case.conflicts.settle'), exact: true }).click()
  await theirs.getByRole('alert').waitFor()
  await tobias.look('not-chosen')
  await theirs.getByRole('radio', { name: es('case.conflicts.keep', { value: '+999 555 0170' }) }).check()
  await theirs.getByRole('button', { name: es('case.conflicts.settle'), exact: true }).click()
  await theirs.getByText(es('case.conflicts.none'), { exact: true }).waitFor()
  // What was pressed is gone; the focus is where it is said what came of it.
  const focused = await theirs.evaluate(() => document.activeElement?.textContent)
  assert.equal(focused, es('case.conflicts.settled'))
  await tobias.look('decided')

  // The officer decides differently on what they still see: it is asked once more, and nothing is lost.
  await one.page.getByRole('radio', { name: marisol.t('case.conflicts.other') }).check()
  await one.page.getByLabel(marisol.t('case.person.phone'), { exact: true }).fill('+999 555 0190')
  await marisol.look('other')
  await one.page.getByRole('button', { name: marisol.t('case.conflicts.settle'), exact: true }).click()
  await one.page.getByText(marisol.t('case.conflicts.again')).waitFor()
  await marisol.look('again')
  await one.page.getByRole('radio', { name: marisol.t('case.conflicts.keep', { value: '+999 555 0190' }) }).check()
  await one.page.getByRole('button', { name: marisol.t('case.conflicts.settle'), exact: true }).click()
  await one.page.getByText(marisol.t('case.conflicts.none'), { exact: true }).waitFor()
  await marisol.look('empty')

  for (const { page } of [one, tobias]) {
    await identityOf(page, id)
    await page.getByText('+999 555 0190').waitFor()
    assert.equal(await page.getByText('+999 555 0180').count(), 0)
    await page.goto(`${app.staff}/conflicts`)
    await page.locator('.empty').waitFor()
  }
  assert.deepEqual([...met.problems(), ...opened.problems()], [])
  await met.context.close()
  await opened.context.close()
})

test('who looks after a case on a phone reads it in the dark too', async () => {
  const opened = await openPage(app, { viewport: phone, locale: 'es', colorScheme: 'dark', hasTouch: true })
  const one = looking('phone', 'es', opened)
  await signInAs(app, opened.page, 'Marisol Prentice')
  await switchTo(opened.page, 'es')
  await opened.page.goto(`${app.staff}/conflicts`)
  await opened.page.locator('.empty').waitFor()
  await one.look('empty')
  assert.deepEqual(opened.problems(), [])
  await opened.context.close()
})

test('what is changed without signal waits beside what the unit wrote meanwhile; it is decided without signal too', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'samaan-phone-'))
  const one = await officer(app, 'es', await openFieldPhone(profile, 'es'))
  const { page, t, button } = one
  const desks = await openPage(app, { viewport: desk, locale: 'en' })
  try {
    await signInAs(app, page, 'Marisol Prentice')
    await switchTo(page, 'es')
    await signInAs(app, desks.page, 'Tobias Fenwick')
    const id = await referredCase(page, desks.page)
    // The unit where there is signal.
    const { call: unit } = await app.as('tobias')
    const params = { case: id }
    await prepare(app, one)

    signal.lose()
    await identityOf(page, id)
    await one.title('phone.locked.title')
    await unlock(one)
    await button(t('case.identity.change')).click()
    // What can be told on the spot is not left to the server, days later.
    await page.getByRole('textbox', { name: t('case.person.phone') }).fill('12')
    await button(t('case.identity.save')).click()
    await page.getByRole('alert').getByText(t('problem.field.phone')).waitFor()
    await page.getByRole('textbox', { name: t('case.person.phone') }).fill('+999 555 0170')
    await button(t('case.identity.save')).click()
    await page.getByText(t('case.identity.waits')).waitFor()
    await page.getByText('+999 555 0170').waitFor()
    await page.getByText(t('case.identity.not-sent')).waitFor()
    await one.look('changed-without-signal')

    const { fields } = await unit(cases.identity, { params })
    await unit(cases.editIdentity, {
      params,
      body: { id: uuidv7(), edits: [{ field: 'phone', value: '+999 555 0180', base: fields.phone!.version }] },
    })
    signal.comeBack()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText(t('case.conflicts.waiting', { count: 1 })).waitFor({ timeout: 30_000 })
    await page.getByText('+999 555 0180').waitFor()

    signal.lose()
    await page.evaluate(() => dispatchEvent(new Event('offline')))
    await page.getByRole('link', { name: t('case.conflicts.look') }).click()
    for (const number of ['+999 555 0170', '+999 555 0180']) await page.getByText(number, { exact: true }).waitFor()
    await one.look('inbox-without-signal')
    await page.getByRole('radio', { name: t('case.conflicts.keep', { value: '+999 555 0170' }) }).check()
    await button(t('case.conflicts.settle')).click()
    await page.getByText(t('case.conflicts.waits')).waitFor()
    await page.getByText(t('case.conflicts.none'), { exact: true }).waitFor()
    const still = await unit(cases.identity, { params })
    assert.deepEqual([still.fields.phone?.value, still.conflicts], ['+999 555 0180', 1])

    signal.comeBack()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    let now = still
    for (let tries = 0; tries < 150 && now.conflicts > 0; tries++) {
      await pause(100)
      now = await unit(cases.identity, { params })
    }
    assert.deepEqual([now.fields.phone?.value, now.conflicts], ['+999 555 0170', 0])
    assert.deepEqual(one.problems(), [])
  } finally {
    signal.comeBack()
    await one.close()
    await desks.context.close()
    rmSync(profile, { recursive: true, force: true })
  }
})

import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { withAuthenticator } from './authenticator.ts'
import { endPhones, lock, openFieldPhone, prepare, recordedAt, unlock, words } from './field-phone.ts'
import { type App, signInAs, startApp } from './harness.ts'
import { consentToTwo, type Officer, officer, screen, screenChild, switchTo } from './officer.ts'
import { makeSignal, type Signal } from './signal.ts'

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
let profile: string
let open: Officer | undefined
beforeEach(() => {
  signal.comeBack()
  profile = mkdtempSync(join(tmpdir(), 'samaan-phone-'))
})
afterEach(async () => {
  signal.comeBack()
  await open?.close().catch(() => undefined)
  // A person has three phones at most.
  for (const key of ['marisol', 'kofi'] as const) await endPhones(app, key)
  rmSync(profile, { recursive: true, force: true })
})

const until = async (what: string, holds: () => Promise<boolean>) => {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return
    await pause(100)
  }
  assert.fail(what)
}
async function fieldOfficer(name: string, lang: 'en' | 'es', looks = false): Promise<Officer> {
  const one = await officer(app, lang, await openFieldPhone(profile, lang), looks)
  open = one
  await signInAs(app, one.page, name)
  await switchTo(one.page, lang)
  return one
}

// Texts that stand nowhere else in the world.
const planted = Array.from({ length: 200 }, (_, at) => `q${(at * 7919 + 104_729).toString(36)}zw${(at + 31) ** 3}vx`)
const control = 'controltextthatmustbefound'

/** Which of some texts stand in the files of a folder, in either of the ways a browser writes text. */
function foundIn(folder: string, texts: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(one => one.isFile())
  const found = new Set<string>()
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name))
    for (const text of texts) if (bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) found.add(text)
  }
  return [...found]
}

describe('a phone in the field', () => {
  test('two screenings without signal arrive while it is locked, and nothing of them is readable on it', async () => {
    const one = await fieldOfficer('Marisol Prentice', 'es', true)
    const { t, page, look, title } = one
    await prepare(app, one)
    signal.lose()
    await page.goto(app.staff)
    await title('phone.locked.title')
    await look('locked')
    await unlock(one, 'copper lantern walks under birch')
    await page.getByText(t('phone.locked.wrong')).waitFor()
    await look('locked-wrong')
    await unlock(one)
    await title('screening.home.title')
    await page.getByText(t('phone.line.offline', { count: 0 })).waitFor()
    await look('home-without-signal')

    await screen(one, planted.slice(0, 100).join(' '))
    await one.button(t('screening.check.send')).click()
    await page.getByRole('heading', { level: 2, name: t('screening.done.concern.title') }).waitFor()
    await page.getByText(planted[0]!).waitFor()
    await look('recorded-waiting')
    await consentToTwo(one, 'Samaan House')
    await one.goOn()
    await one.pick('referral.sent.urgency.urgent')
    await one.goOn()
    await one.fill('referral.sent.message.label', planted.slice(100, 110).join(' '))
    await one.goOn()
    await one.button(t('referral.sent.check.send')).click()
    await page.getByText(t('phone.waiting.text')).waitFor()
    await look('referral-waiting')

    await page.goto(`${app.staff}/`)
    await unlock(one)
    await screenChild(one, planted.slice(110).join(' '))
    await one.button(t('screening.check.send')).click()
    await page.getByRole('heading', { level: 2, name: t('screening.done.concern.title') }).waitFor()
    await one.link(t('phone.line.offline', { count: 4 })).click()
    await title('phone.outbox.title')
    await page.getByText(t('phone.what.referrals.send')).first().waitFor()
    await look('outbox')

    await lock(one)
    await look('locked-waiting')
    assert.deepEqual(await recordedAt(app, 'marisol'), [])
    signal.comeBack()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await until('both arrive', async () => (await recordedAt(app, 'marisol')).length === 2)
    await title('phone.locked.title')
    const arrived = await recordedAt(app, 'marisol')
    assert.deepEqual(arrived.map(row => row.child).sort(), [false, true])

    await unlock(one)
    await page.getByRole('link', { name: t('screening.nav.home'), exact: true }).click()
    for (const { reference } of arrived) await one.link(reference).waitFor()
    await look('home-after')
    await page
      .getByRole('navigation')
      .getByRole('link', { name: t('referral.sent.nav'), exact: true })
      .click()
    await page.locator('.tag').getByText(t('referral.status.sent'), { exact: true }).waitFor()
    await page.goto(`${app.staff}/outbox`)
    await unlock(one)
    await page.getByText(t('phone.outbox.none')).waitFor()
    await look('outbox-empty')
    assert.deepEqual(one.problems(), [])

    // The scan finds what is there in clear.
    await page.evaluate(text => {
      const opened = indexedDB.open('control', 1)
      opened.onupgradeneeded = () => opened.result.createObjectStore('control')
      return new Promise<void>(resolve => {
        opened.onsuccess = () => {
          const writing = opened.result.transaction('control', 'readwrite', { durability: 'strict' })
          writing.objectStore('control').put({ text }, 1)
          writing.oncomplete = () => resolve()
        }
      })
    }, control)
    await one.close()
    assert.deepEqual(foundIn(profile, [control]), [control])
    assert.deepEqual(foundIn(profile, [...planted, ...words.split(' ').slice(0, 2), 'Yeferson']), [])
  })

  test('a closed app sends what waits when the browser has signal again', async () => {
    const one = await fieldOfficer('Marisol Prentice', 'en')
    const { t, page } = one
    await prepare(app, one)
    const before = (await recordedAt(app, 'marisol')).length
    signal.lose()
    await one.link(t('phone.home')).click()
    await screen(one, 'He waits at the gate.')
    await one.button(t('screening.check.send')).click()
    await page.getByRole('heading', { level: 2, name: t('screening.done.concern.title') }).waitFor()
    const context = page.context()
    const other = await context.newPage()
    await page.close()
    signal.comeBack()
    const session = await context.newCDPSession(other)
    const registered = new Promise<string>(resolve =>
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        for (const { registrationId, scopeURL } of registrations)
          if (scopeURL.startsWith(app.staff)) resolve(registrationId)
      }),
    )
    await session.send('ServiceWorker.enable')
    const registrationId = await registered
    await session.send('ServiceWorker.dispatchSyncEvent', {
      origin: app.staff,
      registrationId,
      tag: 'outbox',
      lastChance: false,
    })
    await until('it arrives', async () => (await recordedAt(app, 'marisol')).length === before + 1)
    await context.close()
  })

  test('unfinished work comes back after the phone was locked; five wrong tries erase the copy and lose nothing', async () => {
    const one = await fieldOfficer('Marisol Prentice', 'en')
    const { t, page, title, look } = one
    await prepare(app, one)
    const before = (await recordedAt(app, 'marisol')).length
    signal.lose()
    await one.link(t('phone.home')).click()
    await screen(one, 'She would like to ring her sister.')
    await lock(one)
    assert.equal(await page.getByText('She would like').count(), 0)
    await unlock(one)
    await title('screening.check.title')
    await page.getByText('She would like to ring her sister.').waitFor()
    await one.button(t('screening.check.send')).click()
    await page.getByRole('heading', { level: 2, name: t('screening.done.concern.title') }).waitFor()
    await lock(one)
    for (let tries = 1; tries < 5; tries++) {
      await unlock(one, `wrong words ${'abcde'.repeat(tries)} come in here`)
      await page.getByText(t('phone.locked.left', { count: 5 - tries })).waitFor()
    }
    await unlock(one, 'and these are wrong too')
    await page.getByText(t('phone.locked.forgot')).waitFor({ state: 'detached' })
    signal.comeBack()
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await until('it arrives', async () => (await recordedAt(app, 'marisol')).length === before + 1)
    // Whoever guessed has not come in by guessing: the session of its owner is over.
    await title('auth.sign-in.title')
    await page.reload()
    await title('auth.sign-in.title')
    await page.getByRole('button', { name: /Marisol Prentice/ }).click()
    await one.link(t('phone.ended.tries')).waitFor()
    await look('ended')
    await one.close()
  })

  test('a phone that is ended from elsewhere erases its copy at the next contact', async () => {
    const one = await fieldOfficer('Kofi Lindqvist', 'es')
    const { t, page, look } = one
    await prepare(app, one)
    await page.getByText(t('staff.this-phone')).nth(1).waitFor()
    assert.equal(await endPhones(app, 'kofi'), 1)
    await one.button(t('phone.update')).click()
    await one.title('auth.sign-in.title')
    await page.getByRole('button', { name: /Kofi Lindqvist/ }).click()
    await page.getByText(t('phone.ended.revoked')).first().waitFor()
    await look('ended-elsewhere')
    // The same browser, prepared anew.
    await prepare(app, one)
    assert.deepEqual(one.problems(), [])
    await one.close()
  })

  test('a session that is over does not stop the work, and signing in again brings what is new', async () => {
    const one = await fieldOfficer('Marisol Prentice', 'en')
    const { t, page, title } = one
    await prepare(app, one)
    await page.context().clearCookies()
    await page.reload()
    await unlock(one)
    await page.getByText(t('phone.line.signed-out', { count: 0 })).waitFor()
    await page.getByText(t('phone.signed-out')).waitFor()
    await one.button(t('auth.sign-in.title')).click()
    await title('auth.sign-in.title')
    await page.getByRole('button', { name: /Marisol Prentice/ }).click()
    await page.getByText(t('phone.ready')).waitFor()
    await page.getByText(t('phone.signed-out')).waitFor({ state: 'detached' })
    await one.close()
  })

  test('somebody else on the same browser comes in as anybody does, and sees nothing of its owner', async () => {
    const one = await fieldOfficer('Marisol Prentice', 'en')
    const { t, page, title } = one
    await prepare(app, one)
    await lock(one)
    // Nor by the address bar, past the lock and under the live session.
    assert.equal((await page.goto(`${app.staff}/api/screenings`))?.status(), 404)
    await page.goto(app.staff)
    await page.getByText(t('phone.locked.forgot')).click()
    await one.button(t('phone.locked.other')).click()
    await title('auth.sign-in.title')
    await page.getByRole('button', { name: /Kofi Lindqvist/ }).click()
    await page.locator('.person-name').getByText('Kofi Lindqvist').waitFor()
    await page.goto(`${app.staff}/phone`)
    await title('phone.locked.title')
    await unlock(one)
    // Its owner's words open it for its owner; who is signed in is somebody else.
    await page.getByText(t('phone.aside')).waitFor()
    await one.close()
  })

  test('a passkey opens it instead of words, without signal too', async () => {
    const one = await fieldOfficer('Marisol Prentice', 'en')
    const { t, page, title } = one
    await withAuthenticator(page, { hasPrf: true })
    await page.goto(`${app.staff}/account`)
    await page.getByLabel(t('auth.passkeys.label')).fill('This phone')
    await one.button(t('auth.passkeys.add')).click()
    await page.getByText(t('account.passkey.added')).waitFor()
    await page.goto(`${app.staff}/phone`)
    await one.pick('phone.prepare.way.passkey')
    await one.button(t('phone.prepare')).click()
    await page.getByText(t('phone.ready')).waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page
      .locator('.summary-row', { hasText: t('phone.starts') })
      .getByText(t('phone.starts.yes'))
      .waitFor()
    signal.lose()
    await page.goto(app.staff)
    await title('phone.locked.title')
    await one.button(t('phone.locked.open-passkey')).click()
    await title('screening.home.title')
    assert.deepEqual(one.problems(), [])
    await one.close()
  })
})

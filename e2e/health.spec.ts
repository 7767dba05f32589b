import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { consent } from '#capabilities/consent/contract.ts'
import { treatedByClinic } from '#capabilities/health/make.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { orderBody } from '#capabilities/justice/make.ts'
import { sha256 } from '#platform/crypto/hash.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { pdf, photograph } from '#platform/files/server/make.ts'
import { explained, keptCase } from '../tests/harness/make.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// What a clinic writes and adds stays there; the coordinator reads it while the person agrees; police, what a court orders.

let app: App
let folder: string
before(async () => {
  app = await startApp()
  folder = mkdtempSync(join(tmpdir(), 'samaan-health-'))
})
after(async () => {
  await app?.stop()
  rmSync(folder, { recursive: true, force: true })
})
const at = (...who: Who) => seat(app, 'health', ...who)

const found = 'Old scar tissue on both wrists; sleeps two hours a night.'
const corrected = 'Old scar tissue on the left wrist; sleeps two hours a night.'
const picture = 'scan of the left wrist.jpg'
const planted = 'plantedInTheScan'

/** Saves what a link offers. @returns its bytes */
async function saved(page: Page, link: Locator): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  assert.match(download.suggestedFilename(), /^health-[0-9a-f]{8}\.(jpg|pdf)$/)
  return readFileSync(await download.path())
}

test('a clinic writes and corrects; the coordinator reads while the person agrees, police by an order with a receipt', async () => {
  const { id } = await keptCase(app)
  const { referral } = await treatedByClinic(app, id)

  const jonah = await at('jonah', 'en', 'phone')
  await jonah.go(`/referrals/${referral}`)
  await jonah.page.getByRole('link', { name: jonah.t('health.link'), exact: true }).click()
  await jonah.sees(jonah.t('health.none'))
  await jonah.look('none')
  await jonah.press(jonah.t('health.write'))
  await jonah.press(jonah.t('health.save'))
  await jonah.page.getByRole('alert').first().waitFor()
  await jonah.look('form')
  await jonah.page.getByRole('radio', { name: jonah.t('health.about.findings') }).check({ force: true })
  await jonah.page.getByLabel(jonah.t('health.text'), { exact: true }).fill(found)
  const inFolder = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const files = jonah.page.locator('input[type=file]')
  await files.setInputFiles([
    inFolder(picture, await photograph(planted, 1200, 900)),
    inFolder('letter.pdf', pdf('Dear colleague')),
    inFolder('nothing.pdf', Buffer.alloc(0)),
  ])
  await jonah.sees(jonah.t('attachment.files.wrong.empty', { name: 'nothing.pdf' }))
  await jonah.page.locator('.attachment-chosen img').waitFor()
  await jonah.look('chosen')
  await jonah.page
    .getByRole('button', { name: jonah.t('attachment.files.remove-what', { name: 'letter.pdf' }) })
    .click()
  await jonah.press(jonah.t('health.save'))
  await jonah.sees(found)
  const original = jonah.page.getByRole('link', {
    name: jonah.t('attachment.save-what', { copy: 'original', name: picture }),
  })
  await original.waitFor()
  assert.equal(await jonah.page.getByText('letter.pdf').count(), 0)
  await jonah.press(jonah.t('health.files.add'))
  await jonah.press(jonah.t('attachment.files.send'))
  await jonah.sees(jonah.t('attachment.files.wrong.needed', { name: '', most: 10 }))
  await files.setInputFiles([join(folder, 'letter.pdf')])
  // What cannot be sent stays chosen, and is named.
  await jonah.page.route('**/api/files**', route => route.fulfill({ status: 204 }))
  await jonah.press(jonah.t('attachment.files.send'))
  await jonah.sees(jonah.t('attachment.files.wrong.not-sent', { name: 'letter.pdf' }))
  await jonah.look('not-sent')
  await jonah.page.unroute('**/api/files**')
  await jonah.press(jonah.t('attachment.files.send'))
  const letter = jonah.page.getByRole('link', {
    name: jonah.t('attachment.save-what', { copy: 'original', name: 'letter.pdf' }),
  })
  await letter.waitFor()
  await jonah.look('files')
  assert.ok((await saved(jonah.page, original)).includes(planted))
  assert.ok((await saved(jonah.page, letter)).includes('Dear colleague'))
  await jonah.press(jonah.t('health.correct'))
  await jonah.page.getByLabel(jonah.t('health.text'), { exact: true }).fill(corrected)
  await jonah.press(jonah.t('health.save'))
  await jonah.sees(jonah.t('health.was-corrected'))
  await jonah.look('notes')

  const spanish = await at('jonah', 'es', 'phone', true)
  await spanish.go(`/cases/${id}/health`)
  await spanish.press(spanish.t('health.files.add'))
  await spanish.page
    .locator('input[type=file]')
    .setInputFiles([join(folder, 'letter.pdf'), join(folder, 'nothing.pdf')])
  await spanish.sees(spanish.t('attachment.files.wrong.empty', { name: 'nothing.pdf' }))
  await spanish.look('adding')
  await spanish.page
    .getByRole('button', { name: spanish.t('attachment.files.remove-what', { name: 'letter.pdf' }) })
    .click()
  // Whoever works by keyboard goes on where files are chosen.
  assert.equal(await spanish.page.evaluate(() => document.activeElement?.id), 'attached-files')
  await spanish.leave()

  const dalia = await at('dalia', 'es', 'desk', true)
  await dalia.go(`/cases/${id}?tab=health`)
  await dalia.sees(dalia.t('health.closed'))
  const closed = await dalia.page.locator('body').innerText()
  assert.ok(!closed.includes('scar tissue') && !closed.includes(picture))
  await dalia.look('closed')

  // The person is asked where they are treated, and says yes for the unit alone.
  await jonah.page.getByRole('link', { name: jonah.t('health.ask') }).click()
  await jonah.press(jonah.t('ui.continue'))
  await jonah.page.getByRole('radio', { name: jonah.t('consent.ask.read.yes') }).check()
  await jonah.press(jonah.t('ui.continue'))
  const choice = jonah.page.getByRole('checkbox', { name: jonah.t('consent.ask.share.HLT') })
  assert.equal(await choice.isChecked(), false)
  await choice.check()
  await jonah.look('share')
  await jonah.press(jonah.t('ui.continue'))
  await jonah.press(jonah.t('ui.continue'))
  await jonah.sees(jonah.t('consent.ask.share.HLT'))
  await jonah.look('check')
  await jonah.press(jonah.t('consent.ask.check.save'))
  await jonah.page.waitForURL(/\/health/)
  await jonah.leave()

  await dalia.page.reload()
  await dalia.sees(corrected)
  await dalia.sees(dalia.t('health.agreed'))
  await dalia.look('agreed')
  const copy = (which: 'clean' | 'original', name: string) =>
    dalia.page.getByRole('link', { name: dalia.t('attachment.save-what', { copy: which, name }) })
  const clean = await saved(dalia.page, copy('clean', picture))
  assert.ok(clean.length > 1000 && !clean.includes(planted))
  assert.ok((await saved(dalia.page, copy('original', 'letter.pdf'))).includes('Dear colleague'))
  assert.equal(await copy('original', picture).count(), 0)

  const { call } = await app.as('dalia')
  const params = { case: id }
  const given = (await call(consent.list, { params })).items.find(one => one.compartments.includes('HLT'))!
  await call(consent.withdraw, {
    params: { ...params, consent: given.id },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  await dalia.page.reload()
  await dalia.sees(dalia.t('health.closed'))
  assert.ok(!(await dalia.page.locator('body').innerText()).includes('scar tissue'))
  await dalia.leave()

  const body = orderBody(organisationId('police'), [accountId('petra')], { compartments: ['HLT'] })
  await (await app.as('tobias')).call(justice.recordOrder, { params, body })
  await (await app.as('ines')).call(justice.answerOrder, {
    params: { ...params, order: body.id },
    version: 1,
    body: { answer: 'confirmed' },
  })
  const petra = await at('petra', 'en', 'desk')
  await petra.go('/handed')
  await petra.page
    .getByRole('link', { name: petra.t('justice.handed.open') })
    .first()
    .click()
  await petra.press(petra.t('justice.handed.receive'))
  await petra.sees(corrected)
  const shown = await petra.page.locator('main').innerText()
  assert.ok(!shown.includes('Jonah') && !shown.includes('Claro'))
  assert.match(await petra.page.locator('.justice-sheet .justice-hash').first().innerText(), /^[0-9a-f]{64}$/)
  const scan = petra.page.getByRole('link', { name: petra.t('justice.handed.save-what', { name: picture }) })
  const handed = await saved(petra.page, scan)
  assert.ok(handed.length > 1000 && !handed.includes(planted))
  // What was saved is what the receipt’s fingerprint covers.
  await petra.sees(sha256(handed).toString('hex'))
  await petra.look('handed')
  await petra.leave()
})

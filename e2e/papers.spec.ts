import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { cases } from '#capabilities/cases/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { leadBody } from '#capabilities/justice/make.ts'
import { pdf, photograph } from '#platform/files/server/make.ts'
import { keptCase } from '../tests/harness/make.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// Files by what they tell: a paper that says who somebody is, a letter of the services, a file of a lead; and what becomes of one in
// which a virus scanner found something.

let app: App
let folder: string
/** Speaks as clamd does, and says what a test wants. */
let scanner: Server
let says = 'stream: OK\0'
before(async () => {
  scanner = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', piece => {
      if (piece.subarray(-4).equals(Buffer.alloc(4))) socket.end(says)
    })
  })
  await new Promise<void>(resolve => scanner.listen(0, '127.0.0.1', resolve))
  app = await startApp({ clamd: `127.0.0.1:${(scanner.address() as AddressInfo).port}` })
  folder = mkdtempSync(join(tmpdir(), 'samaan-papers-'))
})
after(async () => {
  await app?.stop()
  scanner.close()
  rmSync(folder, { recursive: true, force: true })
})
const at = (...who: Who) => seat(app, 'papers', ...who)
type Seat = Awaited<ReturnType<typeof at>>
const inFolder = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
const copyOf = ({ page, t }: Seat, copy: 'clean' | 'original', name: string) =>
  page.getByRole('link', { name: t('attachment.save-what', { copy, name }), exact: true })
async function saved(page: Page, link: Locator): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  return readFileSync(await download.path())
}
async function attach({ page, t, press }: Seat, file: string, purpose: string) {
  const pick = (name: string) => page.getByRole('radio', { name }).first().check({ force: true })
  await pick(t(`attachment.purpose.${purpose}`))
  await page.locator('input[type=file]').setInputFiles(file)
  await pick(t('attachment.original.yes'))
  await press(t('attachment.save'))
  await page.getByText(t('attachment.sent')).waitFor()
}
/** Decides about the last file of the list, which waits. */
async function decide({ page, t, look }: Seat, what: string, reason: string) {
  await page
    .getByRole('radio', { name: t(`oversight.held.${what}`) })
    .last()
    .check({ force: true })
  await page
    .getByLabel(t('oversight.held.reason'), { exact: true })
    .selectOption({ label: t(`oversight.held.reason.${reason}`) })
  await look('held')
  await page
    .getByRole('button', { name: t('oversight.held.save'), exact: true })
    .last()
    .click()
}

test('a paper that says who somebody is opens for who may read that; a letter of the services does not; no page does for police', async () => {
  const { id } = await keptCase(app)
  const passport = 'passport page.jpg'
  const dalia = await at('dalia', 'en', 'desk')
  await dalia.go(`/cases/${id}?tab=files`)
  await dalia.sees(dalia.t('attachment.none'))
  await dalia.look('none')
  await dalia.press(dalia.t('attachment.add'))
  await dalia.press(dalia.t('attachment.save'))
  await dalia.page.getByRole('alert').first().waitFor()
  await dalia.look('errors')
  await attach(dalia, inFolder(passport, await photograph('plantedInThePassport', 1200, 900)), 'identity-document')
  await attach(dalia, inFolder('letter.pdf', pdf('Dear colleague')), 'document')
  await attach(dalia, inFolder('page.pdf', Buffer.from('<html><script>alert(1)</script></html>')), 'document')
  await dalia.sees(dalia.t('attachment.code.type'))
  await copyOf(dalia, 'original', 'letter.pdf').waitFor()
  await dalia.look('files')
  await dalia.leave()

  const tobias = await at('tobias', 'es', 'phone', true)
  await tobias.go(`/cases/${id}?tab=files`)
  await tobias.sees(tobias.t('attachment.of-identity'))
  const shown = await tobias.page.locator('main').innerText()
  assert.ok(shown.includes(passport) && !shown.includes('letter.pdf') && !shown.includes('page.pdf'))
  await tobias.look('of-identity')
  const clean = await saved(tobias.page, copyOf(tobias, 'clean', passport))
  assert.ok(clean.length > 1000 && !clean.includes('plantedInThePassport'))
  await tobias.leave()

  const petra = await at('petra', 'en', 'desk')
  const { items } = await (await app.as('dalia')).call(cases.listAttachments, { params: { case: id }, query: {} })
  for (const { id: file } of items)
    for (const path of [`/api/cases/${id}/attachments`, `/api/cases/${id}/attachments/${file}/original`])
      assert.equal(await petra.page.evaluate(async from => (await fetch(from)).status, path), 404, path)
  await petra.leave()
})

test('a file of a lead in which the scanner found something waits for who protects data, and comes back to who sent it', async () => {
  const body = leadBody()
  await (await app.as('petra')).call(justice.makeLead, { body })
  const petra = await at('petra', 'en', 'desk')
  await petra.go(`/leads/${body.id}`)
  await petra.sees(petra.t('justice.lead.files-none'))
  says = 'stream: Eicar-Test-Signature FOUND\0'
  const add = async (...names: string[]) => {
    await petra.press(petra.t('justice.lead.files-add'))
    await petra.page
      .locator('input[type=file]')
      .setInputFiles(names.map(name => inFolder(name, pdf(`What stands in ${name}`))))
    await petra.look('chosen')
    await petra.press(petra.t('attachment.files.send'))
  }
  await add('gate rota.pdf', 'lorry papers.pdf')
  await petra.sees(petra.t('attachment.code.infected'))
  assert.equal(await copyOf(petra, 'original', 'gate rota.pdf').count(), 0)
  await petra.look('set-aside')

  const wren = await at('wren', 'es', 'phone')
  await wren.go('/oversight/held-files')
  await wren.sees('Eicar-Test-Signature')
  const told = await wren.page.locator('main').innerText()
  assert.ok(!told.includes('gate rota') && !told.includes('Petra'))
  await wren.press(wren.t('oversight.held.save'))
  await wren.sees(wren.t('oversight.held.need-answer'))
  await decide(wren, 'release', 'false-alarm')
  await wren.sees(wren.t('oversight.held.done.release'))
  await wren.look('released')
  await wren.leave()

  const again = await at('wren', 'en', 'desk', true)
  await again.go('/oversight/held-files')
  await again.sees('Eicar-Test-Signature')
  await decide(again, 'refuse', 'harmful')
  await again.sees(again.t('oversight.held.done.refuse'))
  await again.leave()

  // What was decided is done a moment later.
  const links = petra.page.getByRole('link', { name: /rota|papers/ })
  const refused = petra.page.getByText(petra.t('attachment.code.refused-by-person'))
  for (let tries = 0; tries < 20; tries += 1) {
    await petra.page.reload()
    await petra.sees(petra.t('justice.lead.files'))
    if ((await links.count()) > 0 && (await refused.count()) > 0) break
    await pause(1000)
  }
  assert.equal(await refused.count(), 1)
  await petra.look('decided')
  assert.ok((await saved(petra.page, links.first())).includes('What stands in'))
  await petra.leave()

  for (const key of ['dalia', 'celeste'] as const) {
    const one = await at(key, 'en', 'phone')
    const path = `/api/leads/${body.id}`
    assert.equal(await one.page.evaluate(async from => (await fetch(from)).status, path), 404)
    await one.leave()
  }
})

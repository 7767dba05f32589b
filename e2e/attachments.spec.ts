import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { screening } from '#capabilities/screening/contract.ts'
import { photograph } from '#platform/files/server/make.ts'
import { screeningBody } from '../tests/harness/make.ts'
import { lock, openFieldPhone, prepare, unlock } from './field-phone.ts'
import { type App, signInAs, startApp } from './harness.ts'
import { officer, switchTo } from './officer.ts'
import { makeSignal, type Signal } from './signal.ts'

let app: App
let signal: Signal
let folder: string
before(async () => {
  signal = await makeSignal()
  app = await startApp({ signal })
  folder = mkdtempSync(join(tmpdir(), 'samaan-attach-'))
})
after(async () => {
  await app?.stop()
  await signal?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A case of Marisol's, as if screened before. */
async function madeCase(): Promise<string> {
  const body = screeningBody()
  await (await app.as('marisol')).call(screening.record, { body })
  return body.case
}

/** Which of some texts stand in the files of the browser's profile. */
const inProfile = (profile: string, texts: readonly string[]): string[] => {
  const all = readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter(one => one.isFile())
    .map(one => readFileSync(join(one.parentPath, one.name)))
  return texts.filter(text => all.some(bytes => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))))
}

test('a picture is attached without signal, waits sealed, and is sent when there is signal', async t => {
  const canary = 'plantedInThePhotograph'
  const name = 'papersOfTheBlueHouse.jpg'
  writeFileSync(join(folder, name), await photograph(canary, 1200, 900))
  const profile = join(folder, 'profile')
  const one = await officer(app, 'en', await openFieldPhone(profile, 'en'), false)
  const { page, t: words, button, pick } = one
  try {
    await signInAs(app, page, 'Marisol Prentice')
    await switchTo(page, 'en')
    const caseId = await madeCase()
    await prepare(app, one)
    await page.goto(`${app.staff}/cases/${caseId}/files`)
    // A page that begins anew has no keys.
    await unlock(one)
    await page.getByText(words('attachment.no-people')).waitFor()
    signal.lose()
    await pick('attachment.purpose.document')
    await page.locator('input[type=file]').setInputFiles(join(folder, name))
    const preview = page.locator('.attachment-chosen img')
    await preview.waitFor()
    const small = Buffer.from((await preview.getAttribute('src'))!.split(',')[1]!, 'base64')
    assert.ok(
      small.length > 500 && !small.includes(canary) && !small.includes('Exif'),
      'the thumbnail says nothing beside',
    )
    await pick('attachment.original.yes')
    await button(words('attachment.save')).click()
    await page.getByText(words('attachment.kept-here')).waitFor()
    await page.getByText(words('attachment.way.waiting')).first().waitFor()
    if (process.env.SAMAAN_PICTURES)
      await page.screenshot({ path: join(process.env.SAMAAN_PICTURES, 'attached-offline.png'), fullPage: true })
    assert.deepEqual(inProfile(profile, [canary, name, `${canary}-place`]), [])
    await lock(one)
    await unlock(one)
    signal.comeBack()
    await page.getByText(words('attachment.way.retry')).waitFor()
    const sent = page.waitForResponse(
      response => response.request().method() === 'PATCH' && response.headers()['upload-state'] !== 'receiving',
    )
    await button(words('attachment.way.retry')).click()
    const state = (await sent).headers()['upload-state']
    assert.ok(['kept', 'whole'].includes(state!), state)
    t.diagnostic(`the last piece: ${state}`)
    assert.deepEqual(one.problems(), [])
  } finally {
    await one.close().catch(() => undefined)
  }
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type App, signInAs, startApp } from './harness.ts'
import { type Somebody, somebody } from './somebody.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

/** A passkey of the account, or an entry of the roster, by what its line says. */
const line = ({ page }: Somebody, text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text })

async function addPasskey({ page, t, press }: Somebody, label: string): Promise<void> {
  await page.getByLabel(t('auth.passkeys.label')).fill(label)
  await press(t('auth.passkeys.add'))
  await page.getByText(t('account.passkey.added')).waitFor()
}

/** Puts the one person of the organisation on call, from and to as the field writes them. */
async function putOnCall({ page, t, press }: Somebody, name: string, from?: string, to?: string): Promise<void> {
  await press(t('directory.on-call.add'))
  await page.getByLabel(t('directory.on-call.who')).selectOption({ label: name })
  if (from) await page.getByLabel(t('directory.on-call.from'), { exact: true }).fill(from)
  if (to) await page.getByLabel(t('directory.on-call.to'), { exact: true }).fill(to)
  await press(t('directory.on-call.do'))
  await page.getByRole('button', { name: t('directory.on-call.add'), exact: true }).waitFor()
}

// Each keeps the roster of another house: nobody is on call twice at a time.
for (const [lang, size, name, place] of [
  ['en', 'desk', 'Celeste Abara', 'Samaan House'],
  ['es', 'phone', 'Jonah Pickering', 'Claro Clinic'],
] as const)
  describe(`what people keep themselves, in ${lang} on a ${size}`, () => {
    test('a passkey is given another name, and what was typed wrongly is told beside the field', async () => {
      const jonah = await somebody(app, 'Jonah', lang, size, lang === 'es')
      const { page, t, titled, press, look } = jonah
      await signInAs(app, page, 'Jonah Pickering')
      await page.goto(`${app.staff}/account`)
      await titled(t('staff.my-account'))
      const [first, second] = [`Old phone ${lang}`, `Clinic laptop ${lang}`]
      await addPasskey(jonah, first)
      await line(jonah, first).getByText(t('account.passkey.never-used')).waitFor()
      const rename = () =>
        page.getByRole('button', { name: t('account.passkey.rename-named', { label: first }) }).click()
      await rename()
      await page.getByLabel(t('account.passkey.new-name')).fill(' ')
      await look('rename')
      await press(t('account.passkey.rename-do'))
      await page.getByText(t('problem.field.required')).waitFor()
      await look('rename-missing')
      await press(t('ui.cancel'))
      await rename()
      await page.getByLabel(t('account.passkey.new-name')).fill(second)
      await press(t('account.passkey.rename-do'))
      await line(jonah, second).waitFor()
      assert.equal(await page.getByText(first, { exact: true }).count(), 0)
      await page.reload()
      await line(jonah, second).waitFor()
      await look('renamed')
      await jonah.close()
    })

    test('a duty that runs is ended early, and one that has not begun is taken off', async () => {
      const keeper = await somebody(app, name.split(' ')[0]!, lang, size, lang === 'es')
      const { page, t, titled, look } = keeper
      await signInAs(app, page, name)
      const house = await page.evaluate(
        async called =>
          (await (await fetch(`/api/organisations?search=${encodeURIComponent(called)}`)).json()).items[0].id as string,
        place,
      )
      await page.goto(`${app.staff}/organisations/${house}`)
      await titled(place)
      const day = (away: number) => new Date(Date.now() + away * 86_400_000).toISOString().slice(0, 16)
      await putOnCall(keeper, name, day(-2), day(2))
      await putOnCall(keeper, name, day(5), day(6))
      await look('on-call')
      for (const verb of ['end', 'cancel'] as const) {
        await page.getByRole('button', { name: t(`directory.on-call.${verb}-named`, { name }) }).click()
        await page.getByRole('dialog', { name: t(`directory.on-call.${verb}-question`, { name }) }).waitFor()
        await look(`on-call-${verb}`)
        const answer = page
          .getByRole('dialog')
          .getByRole('button', { name: t(`directory.on-call.${verb}`), exact: true })
        await answer.click()
        await page
          .getByRole('button', { name: t(`directory.on-call.${verb}-named`, { name }) })
          .waitFor({ state: 'detached' })
      }
      await page.getByText(t('directory.on-call.none')).waitFor()
      await keeper.close()
    })
  })

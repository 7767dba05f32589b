import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { totpCode } from '#platform/crypto/totp.ts'
import { type App, startApp } from './harness.ts'
import {
  administrator,
  confirmRole,
  inside,
  linkShown,
  openPerson,
  passwordWay,
  type Somebody,
  signOut,
  somebody,
} from './somebody.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const password = 'six grey herons by the river'
const step = () => Math.floor(Date.now() / 30_000)

for (const [lang, size] of [
  ['en', 'phone'],
  ['es', 'desk'],
] as const)
  describe(`coming in, ${lang} on a ${size}`, () => {
    const name = lang === 'en' ? 'Maribel Ostrander' : 'Nicanor Tavish'
    const email = `${name.split(' ')[0]!.toLowerCase()}@santa-aurelia.example`
    let person: Somebody
    let link = ''

    test('an administrator invites a person and gets a link, shown once', async () => {
      const odette = await administrator(app, 'Odette Larkin', lang, size)
      const { page, t, press, titled, look } = odette
      await page.getByRole('link', { name: t('people.invite'), exact: true }).click()
      await titled(t('people.invite'))
      await press(t('people.invite.do'))
      await page.getByRole('alert').first().waitFor()
      await look('invite-missing')
      await page.getByLabel(t('people.name')).fill(name)
      await page.getByLabel(t('people.email')).fill('odette@santa-aurelia.example')
      await page.getByRole('radio', { name: lang === 'en' ? 'English' : 'Español' }).check({ force: true })
      await page.getByLabel(t('people.role'), { exact: true }).selectOption({ label: t('role.officer') })
      await page.getByLabel(t('people.organisation'), { exact: true }).selectOption({ label: 'Labour Inspectorate' })
      await press(t('people.invite.do'))
      // The address is somebody else's: said beside the field, and nothing that was typed is gone.
      await page.getByText(t('problem.field.taken')).first().waitFor()
      assert.equal(await page.getByLabel(t('people.name')).inputValue(), name)
      await page.getByLabel(t('people.email')).fill(email)
      await press(t('people.invite.do'))
      link = await linkShown(odette)
      await look('link')
      await page.reload()
      await titled(t('people.invite'))
      assert.equal(await page.getByText(link).count(), 0)
      await odette.close()
    })

    test('the person reads who invites them, makes a passkey and is in', async () => {
      person = await somebody(app, name.split(' ')[0]!, lang, size)
      const { page, t, press, titled, look, keys } = person
      await page.goto(link)
      await titled(t('auth.invitation.title-join', { name }))
      await page.getByText(t('sign-in.invitation.by-join', { name: 'Odette Larkin' })).waitFor()
      await page.getByText('Labour Inspectorate').waitFor()
      await page.getByText(t('auth.invitation.password'), { exact: true }).click()
      await look('invitation')
      await press(t('auth.invitation.finish'))
      await page.getByRole('alert').first().waitFor()
      await look('invitation-missing')
      await keys.refuse(true)
      await press(t('auth.invitation.passkey'))
      await page.getByText(t('sign-in.invitation.passkey-unused')).waitFor()
      await keys.refuse(false)
      await press(t('auth.invitation.passkey'))
      await titled(t('sign-in.done.title'))
      assert.equal(await keys.count(), 1)
      assert.ok(!page.url().includes('#'), 'the spent token is out of the address')
      await look('done')
      await press(t('sign-in.done.go'))
      // One person asked for the role: it opens nothing before another confirms it.
      await titled(t('auth.role.waiting-title'))
      await look('waiting-role')
      await confirmRole(app, name, lang, size)
      await page.reload()
      await titled(t('auth.role.title'))
      await page.getByRole('button', { name: new RegExp(t('role.officer')) }).click()
      await inside(person)
      const [cookie, ...others] = await page.context().cookies(app.staff)
      assert.deepEqual(others, [])
      assert.match(cookie!.name, /^__Host-/)
      assert.deepEqual([cookie!.secure, cookie!.httpOnly, cookie!.sameSite], [true, true, 'Strict'])
    })

    test('the link opens nothing a second time', async () => {
      const stranger = await somebody(app, 'stranger', lang, size)
      await stranger.page.goto(link)
      await stranger.page.getByText(stranger.t('auth.invitation.gone')).waitFor()
      await stranger.look('gone')
      await stranger.close()
    })

    test('they sign out, and in again by passkey', async () => {
      await signOut(person)
      const { t, press, page, keys } = person
      await keys.refuse(true)
      await press(t('auth.sign-in.passkey'))
      await page.getByText(t('auth.sign-in.passkey-failed')).waitFor()
      await person.look('unused')
      await keys.refuse(false)
      await press(t('auth.sign-in.passkey'))
      await inside(person)
    })

    let secret = ''
    let codes: string[] = []
    let setAt = 0

    test('a change of the ways in asks for a fresh proof and then goes on', async () => {
      const { page, t, press, titled, look } = person
      await page.goto(`${app.staff}/account`)
      await titled(t('staff.my-account'))
      await page.getByText(t('account.password.none')).waitFor()
      await look('account')
      // The server's own clock decides when a proof is too old; this once it is played as if it were.
      await page.route(
        '**/api/auth/password/begin',
        route =>
          route.fulfill({
            status: 403,
            contentType: 'application/problem+json',
            body: JSON.stringify({ type: 'about:blank', title: 'x', status: 403, code: 'step-up-needed' }),
          }),
        { times: 1 },
      )
      await press(t('account.password.set'))
      await page.getByRole('dialog', { name: t('auth.step-up.title') }).waitFor()
      await page.getByRole('button', { name: t('auth.step-up.passkey') }).waitFor()
      await look('step-up')
      await press(t('auth.step-up.passkey'))
      await page.getByLabel(t('auth.password.new')).fill(password)
      assert.ok((await page.getByAltText(t('auth.authenticator.picture')).getAttribute('src'))?.startsWith('data:'))
      secret = (await page.locator('.secret-text').innerText()).replace(/\s/g, '')
      await look('password')
      await page.getByLabel(t('auth.authenticator.code')).fill('000000')
      await press(t('auth.password.change'))
      await page.getByText(t('problem.field.wrong')).first().waitFor()
      assert.equal(await page.getByLabel(t('auth.password.new')).inputValue(), password)
      setAt = step()
      await page.getByLabel(t('auth.authenticator.code')).fill(totpCode(secret, setAt))
      await press(t('auth.password.change'))
      await page.locator('.codes').waitFor()
      codes = await page.locator('.codes li').allInnerTexts()
      assert.equal(new Set(codes).size, 10)
      await look('codes')
      await press(t('auth.codes.kept'))
      await page.getByText(t('auth.codes.left', { count: 10 })).waitFor()
    })

    test('they come in by password and code, and each recovery code opens once', async () => {
      const { page, t } = person
      await signOut(person)
      await passwordWay(person, { email, password, code: totpCode(secret, setAt + 1) })
      await inside(person)
      await signOut(person)
      await passwordWay(person, { email, password, code: codes[0]! })
      await inside(person)
      await signOut(person)
      await passwordWay(person, { email, password, code: codes[0]! })
      await page.getByText(t('problem.sign-in-failed')).waitFor()
      // What need not be typed again stays.
      assert.equal(await page.getByLabel(t('auth.sign-in.email')).inputValue(), email)
      await person.look('refused')
      await passwordWay(person, { email, password, code: codes[1]! })
      await inside(person)
    })

    test('with two roles they choose one', async () => {
      const odette = await administrator(app, 'Odette Larkin', lang)
      await openPerson(odette, name)
      await odette.press(odette.t('people.role.grant'))
      await odette.page
        .getByLabel(odette.t('people.role'), { exact: true })
        .selectOption({ label: odette.t('role.coordinator') })
      await odette.page
        .getByLabel(odette.t('people.organisation'), { exact: true })
        .selectOption({ label: 'Counter Trafficking Unit' })
      await odette.look('grant')
      await odette.press(odette.t('people.role.grant-do'))
      await odette.page.getByText(odette.t('people.waiting.tag')).first().waitFor()
      await odette.look('granted')
      await odette.close()
      await confirmRole(app, name, lang)
      const { page, t, press, titled, look } = person
      await signOut(person)
      await press(t('auth.sign-in.passkey'))
      await titled(t('auth.role.title'))
      await look('choose-role')
      await page.getByRole('button', { name: new RegExp(t('purpose.assistance')) }).click()
      await inside(person)
      await page.goto(`${app.staff}/account`)
      await titled(t('staff.my-account'))
      await look('account-roles')
      await page.getByRole('button', { name: new RegExp(t('role.officer')) }).click()
      await page.waitForURL(`${app.staff}/`)
      await inside(person)
    })

    test('who lost every way in is let in again by two people, and what was lost opens nothing', async () => {
      const odette = await administrator(app, 'Odette Larkin', lang)
      await openPerson(odette, name)
      const { t } = odette
      await odette.press(t('people.lost.ask'))
      await odette.look('lost-ask')
      await odette.page
        .getByRole('dialog')
        .getByRole('button', { name: t('people.lost.ask') })
        .click()
      await odette.page.getByText(t('people.lost.wait')).waitFor()
      await odette.look('lost-wait')
      assert.equal(await odette.page.getByRole('button', { name: t('people.lost.confirm') }).count(), 0)
      const status = await odette.page.evaluate(async () => {
        const { items } = await (await fetch('/api/recoveries')).json()
        const answer = await fetch(`/api/recoveries/${items[0].id}/confirm`, {
          method: 'POST',
          headers: { 'idempotency-key': crypto.randomUUID() },
        })
        return answer.status
      })
      assert.equal(status, 404)
      await odette.close()

      const hollis = await administrator(app, 'Hollis Grant', lang)
      await hollis.look('waiting')
      await openPerson(hollis, name)
      await hollis.press(t('people.lost.confirm'))
      await hollis.page
        .getByRole('dialog')
        .getByRole('button', { name: t('people.lost.confirm') })
        .click()
      const again = await linkShown(hollis)
      await hollis.look('lost-link')
      await hollis.close()

      const renewed = await somebody(app, `${name.split(' ')[0]!}-again`, lang, size)
      await renewed.page.goto(again)
      await renewed.titled(t('auth.invitation.title-recover', { name }))
      await renewed.look('recover')
      await renewed.press(t('auth.invitation.passkey'))
      await renewed.titled(t('sign-in.done.title'))
      await renewed.press(t('sign-in.done.go'))
      await renewed.titled(t('auth.role.title'))
      await renewed.page.getByRole('button', { name: new RegExp(t('role.officer')) }).click()
      await inside(renewed)
      await renewed.page.goto(`${app.staff}/account`)
      await renewed.page.getByText(t('auth.recovery.not-you')).waitFor()
      await renewed.look('account-recovered')

      const { page, titled, press } = person
      await page.goto(app.staff)
      await titled(t('auth.sign-in.title'))
      await press(t('auth.sign-in.passkey'))
      await page.getByText(t('problem.sign-in-failed')).waitFor()
      await passwordWay(person, { email, password, code: codes[2]! })
      await page.getByText(t('problem.sign-in-failed')).waitFor()
      await person.close()
      person = renewed
    })

    test('without a role there is a kind word and a way out', async () => {
      const odette = await administrator(app, 'Odette Larkin', lang)
      const { t } = odette
      await openPerson(odette, name)
      for (let left = 2; left > 0; left--) {
        await odette.page
          .getByRole('button', { name: new RegExp(`^${t('people.role.end')}:`) })
          .first()
          .click()
        await odette.page
          .getByRole('dialog')
          .getByRole('button', { name: t('people.role.end'), exact: true })
          .click()
        await odette.page.getByText(t('people.roles.past', { count: 3 - left })).waitFor()
      }
      await odette.look('ended')
      await odette.close()
      const { page, titled, look, press } = person
      await page.reload()
      await titled(t('sign-in.role.none-title'))
      await look('no-role')
      await press(t('auth.sign-out'))
      await titled(t('auth.sign-in.title'))
      await person.close()
    })
  })

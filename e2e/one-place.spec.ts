import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { uuidv7 } from '#platform/crypto/random.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { consentBody, screeningBody } from '../tests/harness/make.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, shot, signInAs, startApp } from './harness.ts'

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base', 'desk'])

/** The coordinator's browser at a case that she is in charge of. */
async function coordinator(lang: LanguageCode, dark: boolean) {
  const { page, context, problems } = await openPage(app, {
    locale: lang,
    viewport: desk,
    colorScheme: dark ? 'dark' : 'light',
  })
  await signInAs(app, page, 'Dalia Moreau')
  return { page, context, problems }
}
/** Does commands one after the other as somebody, past the screens. */
async function does(who: string, commands: readonly Sent[]) {
  const { page, context } = await openPage(app)
  await signInAs(app, page, who)
  for (const command of commands) {
    const status = await page.evaluate(
      async ({ path, body, version, key }) => {
        const answer = await fetch(path, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': key,
            ...(version ? { 'if-match': `"${version}"` } : {}),
          },
          body: JSON.stringify(body),
        })
        return answer.status
      },
      { version: 0, ...command, key: uuidv7() },
    )
    assert.equal(status, 200, `${who} ${command.path}`)
  }
  await context.close()
}
interface Sent {
  readonly path: string
  readonly body: unknown
  readonly version?: number
}

/** A case that Dalia is in charge of. @returns its id */
async function caseOfHers(): Promise<string> {
  const body = screeningBody()
  const given = consentBody([organisationId('counter-trafficking-unit')])
  const referral = uuidv7()
  await does('Marisol Prentice', [
    { path: '/api/screenings', body },
    { path: `/api/cases/${body.case}/consents`, body: given },
    {
      path: '/api/referrals',
      body: {
        id: referral,
        case: body.case,
        kind: 'identification',
        to: organisationId('counter-trafficking-unit'),
        urgency: 'urgent',
        consent: given.id,
        share: ['ID'],
      },
    },
  ])
  await does('Tobias Fenwick', [
    { path: `/api/referrals/${referral}/accept`, body: {}, version: 1 },
    { path: `/api/cases/${body.case}/assign`, body: { coordinator: accountId('dalia') }, version: 3 },
  ])
  return body.case
}

for (const lang of ['en', 'es'] as const)
  test(`two people write where somebody is: the later sees both and decides, in ${lang}`, async () => {
    const { t } = createWords(lang, catalogues[lang])
    const first = await coordinator(lang, false)
    const later = await coordinator(lang, lang === 'es')
    const id = await caseOfHers()
    const field = (page: Page) => page.getByLabel(t('case.location.change'))
    for (const { page } of [first, later]) {
      await page.goto(`${app.staff}/cases/${id}`)
      await field(page).waitFor()
    }
    const save = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true }).click()
    const press = async (page: Page) => {
      const answered = page.waitForResponse(answer => answer.request().method() === 'PUT')
      await save(page, t('case.save'))
      return (await answered).status()
    }
    await field(first.page).fill(`By the mill, ${lang}`)
    await field(later.page).fill(`By the chapel, ${lang}`)
    assert.equal(await press(first.page), 200)
    assert.equal(await press(later.page), 412)
    await later.page.getByText(t('case.location.changed')).waitFor()
    await later.page.getByRole('alert').getByText(`By the mill, ${lang}`).waitFor()
    assert.equal(await field(later.page).inputValue(), `By the chapel, ${lang}`)
    await shot(later.page, `${lang}-place-conflict`)
    await axe(later.page, 'conflict')
    await fits(later.page, 'conflict')
    await save(later.page, t('case.location.mine'))
    await later.page.getByText(t('case.location.changed')).waitFor({ state: 'detached' })
    await first.page.reload()
    await field(first.page).waitFor()
    assert.equal(await field(first.page).inputValue(), `By the chapel, ${lang}`)
    for (const one of [first, later]) {
      assert.deepEqual(one.problems(), [])
      await one.context.close()
    }
  })

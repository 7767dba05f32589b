import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loadCatalogues } from '#platform/words/load.ts'
import { type App, openPage, signInAs, startApp } from './harness.ts'

const key = 'screening.home.title'
const title = loadCatalogues(['base']).en[key]!
let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

test('a first page fetches one file of words; a key that the build did not see there comes with the rest', async () => {
  const { page, context, problems } = await openPage(app, { locale: 'en' })
  const fetched: string[] = []
  page.on('response', answer => {
    const file = /assets\/((?:en|es)-.+)$/.exec(answer.url())?.[1]
    if (file) fetched.push(file)
  })
  await signInAs(app, page, 'Marisol Prentice')
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.equal(new Set(fetched).size, 1, fetched.join(' '))
  const [first] = fetched
  // As if the build had put the title with the rest.
  await context.route(/assets\/en-/, async route => {
    const response = await route.fetch()
    const code = await response.text()
    await route.fulfill({
      response,
      body: route.request().url().endsWith(first!)
        ? code.replace(`"${key}"`, '"screening.home.elsewhere"')
        : code.replace('JSON.parse(`{', `$&"${key}":"${title}",`),
    })
  })
  await page.goto(app.staff)
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.ok(fetched.some(file => file !== first))
  assert.deepEqual(problems(), [])
  await context.close()
})

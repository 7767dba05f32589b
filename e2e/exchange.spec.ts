import { after, before, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// An administrator brings in a file of another directory: what would happen, what is refused and why, and then it is done.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const owner = { id: uuidv7(), name: 'Harbour Friends', description: 'Neighbours who help.' }
const service = (name: string, more: object = {}) => ({
  id: uuidv7(),
  organization_id: owner.id,
  name,
  status: 'active',
  ...more,
})
const file = JSON.stringify([
  owner,
  service('=SUM(A1) <b>Soup</b>'),
  service('Too young', { minimum_age: -2 }),
  service('Night shelter', { service_areas: [{ id: uuidv7(), name: 'Claro' }] }),
])

const seats: readonly Who[] = [
  ['odette', 'en', 'desk'],
  ['odette', 'es', 'desk', true],
]
for (const who of seats)
  test(`a file is looked at, shown row by row and brought in (${who[1]})`, async () => {
    const { page, t, go, press, sees, choose, look, leave } = await seat(app, 'exchange', ...who)
    await go('/organisations')
    await page.getByRole('link', { name: t('exchange.open') }).click()
    await sees(t('exchange.lead'))
    await look('empty')
    const pick = (text: Buffer) =>
      page.locator('#file').setInputFiles({ name: 'list.json', mimeType: 'application/json', buffer: text })
    await pick(Buffer.from(`\ufeff${file}`, 'utf16le'))
    await press(t('exchange.check'))
    await sees(t('problem.field.utf-8'))
    await look('unreadable')
    await pick(Buffer.from(file))
    await choose(t('exchange.kind'), t('service.kind.food'))
    await press(t('exchange.check'))
    await sees(t('problem.field.sheltered-import'))
    await sees(t('problem.field.too-small', { limit: 0 }))
    await look('checked')
    if (who[1] === 'en') {
      await press(t('exchange.go'))
      await sees(t('exchange.done'))
      await look('done')
    } else await sees(t('exchange.nothing'))
    await leave()
  })

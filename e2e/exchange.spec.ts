import { after, before, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// An administrator brings in a file of another directory: what would happen, what is refused and why, and then it is done.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const owner = { id: uuidv7(), name: 'Harbour Friends', description: 'Neighbours who help.' }
const location = {
  id: uuidv7(),
  location_type: 'physical',
  name: 'Harbour Hall',
  addresses: [
    {
      id: uuidv7(),
      address_1: '4 Quay Lane',
      city: 'Claro',
      state_province: 'Claro',
      postal_code: '1',
      country: 'XS',
      address_type: 'physical',
    },
  ],
}
const service = (name: string, more: object = {}) => ({
  id: uuidv7(),
  organization_id: owner.id,
  name,
  status: 'active',
  ...more,
})
const file = JSON.stringify([
  owner,
  service('=SUM(A1) <b>Soup</b>', {
    description: 'A warm meal every day at noon.',
    phones: [{ id: uuidv7(), number: '+999 555 0142' }],
    contacts: [{ id: uuidv7(), name: 'Ada Pierre', title: 'Cook' }],
    service_at_locations: [{ id: uuidv7(), location }],
  }),
  service('Refuge from the rain'),
  service('Too young', { minimum_age: -2 }),
  // Of a clinic that is here already, with another address.
  {
    id: organisationId('claro-clinic'),
    name: 'Claro Clinic',
    description: 'As ever.',
    email: 'clinic@elsewhere.example',
  },
  service('Night shelter', { service_areas: [{ id: uuidv7(), name: 'Claro' }] }),
])

const seats: readonly Who[] = [
  ['odette', 'en', 'desk'],
  ['odette', 'es', 'phone', true],
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
    if (who[1] === 'en') await sees('clinic@elsewhere.example')
    await look('checked')
    if (who[1] === 'en' && who[2] === 'desk') {
      await press(t('exchange.go'))
      await sees(t('exchange.done'))
      await look('done')
    } else await sees(t('exchange.nothing'))
    await leave()
  })

const readers: readonly Who[] = [
  ['odette', 'es', 'phone', true],
  ['odette', 'en', 'desk'],
]
for (const who of readers)
  test(`what came in is read before it is made public (${who[1]})`, async () => {
    const { page, t, go, press, sees, look, leave } = await seat(app, 'listing', ...who)
    await go('/organisations/exchange')
    await page.getByRole('link', { name: t('listing.open') }).click()
    await sees('Harbour Hall')
    await sees('4 Quay Lane, Claro, Claro, 1, XS')
    await sees('Ada Pierre, Cook')
    await sees(t('listing.alone.sounds-sheltered'))
    await look('waiting')
    await page.getByRole('link', { name: t('listing.form') }).click()
    await sees(t('service.brought'))
    await sees(t('service.form.public'))
    await look('form')
    if (who[1] === 'en') {
      await go('/organisations/listing')
      await press(t('listing.choose-all'))
      await look('chosen')
      await press(t('listing.go', { count: 1 }))
      await page
        .getByRole('dialog')
        .getByRole('button', { name: t('listing.go', { count: 1 }) })
        .click()
      await sees(t('listing.done', { count: 1 }))
      await look('done')
    }
    await leave()
  })

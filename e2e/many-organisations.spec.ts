import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { consentBody, screeningBody } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// A directory of more organisations than one page of it holds: whoever comes late in the alphabet can be agreed to and asked all the same.

let app: App
before(async () => {
  app = await startApp()
  const { call } = await app.as('odette')
  for (let n = 0; n < 101; n += 1)
    await call(directory.create, { body: { id: uuidv7(), kind: 'ngo', name: `Aid ${n}`, languages: [] } })
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'many', ...who)

test('the body that decides is asked about and referred to by its name, however many come before it', async () => {
  const officer = await app.as('marisol')
  const body = screeningBody()
  await officer.call(screening.record, { body })
  const marisol = await at('marisol', 'es', 'phone', true)
  const { page, go, sees, look, leave } = marisol
  await go(`/cases/${body.case}/consent?step=who`)
  await page.getByRole('checkbox', { name: /^Counter Trafficking Unit/, checked: true }).waitFor()
  await sees('Samaan House')
  await look('who')
  const given = consentBody([organisationId('counter-trafficking-unit'), organisationId('samaan-house')])
  await officer.call(consent.give, { params: { case: body.case }, body: given })
  await go(`/cases/${body.case}/refer`)
  await page.getByRole('radio', { name: /^Counter Trafficking Unit/ }).waitFor()
  await page.getByRole('radio', { name: /^Samaan House/ }).waitFor()
  await look('to')
  await leave()
})

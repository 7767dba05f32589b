import { after, before, test } from 'node:test'
import { itemsFor } from '#capabilities/cases/contract-charge.ts'
import { keptCase } from '../tests/harness/make.ts'
import { type PersonKey, people } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// The coordinator gives a case to a colleague: nothing goes before everything was gone through; then the giver has it no more.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const nameOf = (key: PersonKey) => people.find(one => one.key === key)!.name
const at = (...who: Who) => seat(app, 'hand-over', ...who)

test('whoever gives a case away goes through a list, loses the case, and the next one sees what was gone through', async () => {
  const { id } = await keptCase(app)
  const dalia = await at('dalia', 'en', 'desk')
  await dalia.go(`/cases/${id}`)
  await dalia.choose(dalia.t('case.assign.label'), nameOf('bastien'))
  await dalia.press(dalia.t('case.assign.save'))
  await dalia.page.getByRole('alert').first().waitFor()
  await dalia.look('not-yet')
  for (const item of itemsFor(false)) {
    const state = dalia.t(`case.charge.state.${item === 'code-word' ? 'not-needed' : 'done'}`)
    const of = dalia.page.locator('fieldset', { hasText: dalia.t(`case.charge.item.${item}`) })
    await of.getByRole('radio', { name: state }).check({ force: true })
  }
  await dalia.look('gone-through')
  await dalia.press(dalia.t('case.assign.save'))
  await dalia.sees(dalia.t('problem.not-found'))

  const bastien = await at('bastien', 'es', 'phone', true)
  await bastien.go(`/cases/${id}`)
  await bastien.sees(bastien.t('case.charge.item.code-word'))
  await bastien.sees(bastien.t('case.charge.state.not-needed'))
  await bastien.look('taken-over')
  await dalia.leave()
  await bastien.leave()
})

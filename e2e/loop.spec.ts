import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { consentBody, keptCase } from '../tests/harness/make.ts'
import { organisationId, stableId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// One organisation says no and the next who fits is asked; it takes on a part, begins and is done; a shelter takes a person
// into its last place, and whoever looks for one sees that it is gone.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'loop', ...who)
const [shelter, clinic] = [organisationId('samaan-house'), organisationId('claro-clinic')]

/** A case that Dalia is in charge of, of a person who agreed to both. */
async function agreed() {
  const kept = await keptCase(app)
  await (await app.as('dalia')).call(consent.give, { params: { case: kept.id }, body: consentBody([shelter, clinic]) })
  return kept
}

test('a no leads to the next who fits, who takes on a part, begins, and says what came of it', async () => {
  const { id, reference } = await agreed()
  const dalia = await at('dalia', 'en', 'desk')
  await dalia.go(`/cases/${id}/refer`)
  await dalia.choose(dalia.t('referral.new.service'), dalia.t('service.kind.psychosocial'))
  await dalia.page.getByRole('radio', { name: /^Samaan House/ }).check({ force: true })
  await dalia.page.locator('#message').fill('She would like to talk to a woman.')
  await dalia.sees(dalia.t('referral.new.preview'))
  await dalia.look('new')
  await dalia.press(dalia.t('referral.new.save'))
  await dalia.sees(dalia.t('referral.status.sent'))
  const first = dalia.page.url()

  const celeste = await at('celeste', 'es', 'phone', true)
  await celeste.go('/')
  await celeste.page.getByRole('link', { name: reference }).first().click()
  await celeste.press(celeste.t('referral.decline'))
  await celeste.page.getByRole('radio', { name: celeste.t('referral.decline.language') }).check({ force: true })
  await celeste.press(celeste.t('referral.decline.save'))
  await celeste.sees(celeste.t('referral.status.declined'))
  await celeste.leave()

  await dalia.page.goto(first)
  await dalia.page.getByRole('link', { name: dalia.t('referral.next') }).click()
  await dalia.page.getByRole('radio', { name: /^Claro Clinic/, checked: true }).waitFor()
  await dalia.look('next')
  await dalia.press(dalia.t('referral.new.save'))
  await dalia.sees(dalia.t('referral.status.sent'))

  const jonah = await at('jonah', 'en', 'phone')
  await jonah.go('/')
  await jonah.page.getByRole('link', { name: reference }).first().click()
  await jonah.press(jonah.t('referral.accept'))
  await jonah.page.getByRole('checkbox', { name: jonah.t('referral.accept.part') }).check({ force: true })
  await jonah.press(jonah.t('referral.accept'))
  await jonah.page.getByRole('alert').first().waitFor()
  await jonah.look('part-which')
  await jonah.page.locator('#answer').fill('Four talks. For more she needs somebody else.')
  await jonah.press(jonah.t('referral.accept'))
  await jonah.sees(jonah.t('referral.status.partly-accepted'))
  await jonah.look('part')
  await jonah.press(jonah.t('referral.begin'))
  await jonah.sees(jonah.t('referral.status.in-service'))
  await jonah.press(jonah.t('referral.finish'))
  await jonah.press(jonah.t('referral.finish'))
  await jonah.page.getByRole('alert').first().waitFor()
  await jonah.page.getByRole('radio', { name: jonah.t('referral.outcome.helped'), exact: true }).check({ force: true })
  await jonah.look('finish')
  const finished = jonah.page.waitForResponse(one => one.url().endsWith('/finish') && one.ok())
  await jonah.press(jonah.t('referral.finish'))
  await finished
  await jonah.sees(jonah.t('referral.status.done'))
  await jonah.leave()

  await dalia.page.reload()
  await dalia.sees(dalia.t('referral.outcome.helped'))
  await dalia.look('done')
  await dalia.leave()
})

test('the last place is taken with the yes, and free again when the person has moved on', async () => {
  const { id, reference } = await agreed()
  const service = stableId('service samaan-house safe-accommodation')
  const params = { organisation: shelter, service }
  const keeper = await app.as('celeste')
  await keeper.call(directory.setPlaces, {
    params,
    version: 1,
    body: { places: [{ kind: 'woman', total: 4, free: 1 }] },
  })
  const dalia = await at('dalia', 'es', 'desk', true)
  await dalia.go(`/cases/${id}/refer`)
  await dalia.choose(dalia.t('referral.new.service'), dalia.t('service.kind.safe-accommodation'))
  await dalia.choose(dalia.t('referral.new.place'), dalia.t('place.kind.woman'))
  await dalia.page.getByRole('radio', { name: /^Samaan House/ }).check({ force: true })
  await dalia.sees(dalia.t('referral.why.place-free'))
  await dalia.look('place')
  await dalia.press(dalia.t('referral.new.save'))
  await dalia.sees(dalia.t('referral.status.sent'))

  const celeste = await at('celeste', 'en', 'phone')
  await celeste.go('/')
  await celeste.page.getByRole('link', { name: reference }).first().click()
  await celeste.press(celeste.t('referral.accept'))
  await celeste.sees(celeste.t('referral.accept.place'))
  await celeste.look('which-place')
  await celeste.press(celeste.t('referral.accept'))
  await celeste.sees(celeste.t('referral.status.accepted'))
  const referral = celeste.page.url()

  await dalia.go(`/cases/${id}/refer`)
  await dalia.choose(dalia.t('referral.new.service'), dalia.t('service.kind.safe-accommodation'))
  await dalia.choose(dalia.t('referral.new.place'), dalia.t('place.kind.woman'))
  await dalia.sees(dalia.t('referral.why.no-place'))
  await dalia.leave()

  await celeste.page.goto(referral)
  await celeste.press(celeste.t('referral.end'))
  await celeste.page.getByRole('radio', { name: celeste.t('referral.end.moved') }).check({ force: true })
  await celeste.press(celeste.t('referral.end'))
  await celeste.sees(celeste.t('referral.status.ended'))
  await celeste.look('ended')
  await celeste.go('/places')
  await celeste.page.locator('.place-count strong', { hasText: '1' }).waitFor()
  await celeste.leave()
})

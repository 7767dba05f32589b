import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { whereabouts } from '#capabilities/referrals/contract-whereabouts.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { consentBody, keptCase } from '../tests/harness/make.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { type App, startApp } from './harness.ts'
import { seat, type Who } from './seat.ts'

// A shelter takes a person on and says where to bring them; the coordinator in charge asks, tells whoever brings them, and nobody else reads it.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())
const at = (...who: Who) => seat(app, 'whereabouts', ...who)

/** A bed is asked for by the coordinator; who met the person asked the shelter for something too. */
async function asked() {
  const { id, reference } = await keptCase(app)
  const to = organisationId('samaan-house')
  const dalia = await app.as('dalia')
  const given = consentBody([to], { purposes: ['services'], compartments: ['ID', 'STA'] })
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const of = { case: id, kind: 'service' as const, to, urgency: 'urgent' as const, consent: given.id }
  const referral = uuidv7()
  await dalia.call(referrals.send, {
    body: { ...of, id: referral, service: 'safe-accommodation', share: ['ID'] },
  })
  const officers = uuidv7()
  const marisol = await app.as('marisol')
  await marisol.call(referrals.send, { body: { ...of, id: officers, service: 'food', share: ['STA'] } })
  return { id, reference, referral, officers }
}

for (const [lang, small, dark] of [
  ['en', 'phone', false],
  ['es', 'desk', true],
] as const)
  test(`the shelter says where to bring the person, the coordinator asks and it is gone after a minute, in ${lang}`, async () => {
    const { id, referral, officers } = await asked()
    const first = `At nine by the blue boathouse, ${lang}. Ask for Perla; say "marigold".`
    const later = `At ten by the chapel, ${lang}.`
    const shelter = await at('celeste', lang, small, dark)
    const { page, t, press, sees } = shelter
    const button = (label: string) => page.getByRole('button', { name: label, exact: true })
    const field = page.getByLabel(t('where.text'), { exact: true })
    await shelter.go(`/referrals/${referral}`)
    await button(t('referral.accept')).first().waitFor()
    assert.equal(await page.getByText(t('where.title'), { exact: true }).count(), 0, 'before the yes')
    await press(t('referral.accept'))
    await sees(t('referral.accept.answer'))
    await press(t('referral.accept'))
    await sees(t('referral.status.accepted'))
    await sees(t('where.hidden'))
    await shelter.look('hidden')

    // By keyboard alone.
    await button(t('where.say')).focus()
    await page.keyboard.press('Enter')
    await sees(t('where.who.text'))
    await field.focus()
    await page.keyboard.type(first)
    await shelter.look('say')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await sees(t('where.saved'))
    assert.ok(!(await page.content()).includes('boathouse'))

    // Said without looking at what stands already: both stand there, and whoever writes decides.
    await page.reload()
    await press(t('where.say'))
    await field.fill(later)
    await press(t('where.save'))
    await sees(t('where.changed'))
    await page.getByRole('alert').getByText(first).waitFor()
    await shelter.look('changed')
    await press(t('where.mine'))
    await sees(t('where.saved'))

    // The coordinator asks.
    const dalia = await at('dalia', lang, small === 'phone' ? 'desk' : 'phone', dark)
    await dalia.page.clock.install()
    await dalia.go(`/referrals/${referral}`)
    await dalia.sees(t('where.hidden'))
    assert.equal(await dalia.page.getByRole('button', { name: t('where.say') }).count(), 0)
    const show = dalia.page.getByRole('button', { name: t('where.show'), exact: true })
    await dalia.look('coordinator-hidden')
    await show.click()
    await dalia.sees(later)
    await dalia.sees(t('where.tell'))
    await dalia.look('coordinator-shown')
    await dalia.page.emulateMedia({ media: 'print' })
    assert.equal(await dalia.page.getByText(later).isVisible(), false, 'on paper')
    await dalia.page.emulateMedia({ media: 'screen' })
    await dalia.page.clock.fastForward(61_000)
    await show.waitFor()
    assert.ok(!(await dalia.page.content()).includes('chapel'))
    // That it was said stands in the history, without a word of it.
    await dalia.go(`/cases/${id}?tab=history`)
    await dalia.sees(t('case.event.referral.where-said'))
    assert.ok(!(await dalia.page.content()).includes('chapel'))

    // Whoever met the person, the unit's intake and police find nothing: no page and no answer says it.
    const marisol = await at('marisol', lang, 'phone', dark)
    await marisol.go(`/referrals/${officers}`)
    await marisol.sees(t('referral.status.sent'))
    assert.equal(await marisol.page.getByText(t('where.title'), { exact: true }).count(), 0)
    await marisol.leave()
    const tobias = await at('tobias', lang, 'desk', dark)
    await tobias.go(`/referrals/${referral}`)
    await tobias.sees(t('referral.about'))
    assert.equal(await tobias.page.getByText(t('where.title'), { exact: true }).count(), 0)
    await tobias.go(`/cases/${id}?tab=history`)
    await tobias.sees(t('case.event.referral.accepted'))
    assert.equal(await tobias.page.getByText(t('case.event.referral.where-said')).count(), 0)
    await tobias.leave()
    const refused = async (key: 'marisol' | 'tobias' | 'petra' | 'wren' | 'celeste') => {
      const by = await app.as(key)
      for (const one of [referral, officers])
        await assert.rejects(
          by.call(whereabouts.read, { params: { referral: one } }),
          (error: { code?: string }) => error.code === 'not-found',
          key,
        )
    }
    for (const key of ['marisol', 'tobias', 'petra', 'wren'] as const) await refused(key)

    // Taken back, said again, and over with the help: then nobody of the shelter reads it.
    await page.reload()
    await press(t('where.show'))
    await sees(later)
    await press(t('where.take-back'))
    await sees(t('where.take-back-sure'))
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: t('where.take-back') })
      .click()
    await sees(t('where.taken-back'))
    await dalia.go(`/referrals/${referral}`)
    await show.click()
    await dalia.sees(t('where.none-yet'))
    await press(t('where.say'))
    await field.fill(first)
    await press(t('where.save'))
    await sees(t('where.saved'))
    await press(t('referral.end'))
    await page.getByRole('radio', { name: t('referral.end.moved') }).check({ force: true })
    await press(t('referral.end'))
    await sees(t('referral.status.ended'))
    assert.equal(await page.getByText(t('where.title'), { exact: true }).count(), 0)
    await refused('celeste')
    await shelter.leave()
    await dalia.leave()
  })

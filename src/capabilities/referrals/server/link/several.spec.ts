import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { explained, keptCase } from '../../../../../tests/harness/make.ts'
import { referrals } from '../../contract.ts'
import { withoutAccount } from '../../contract-link.ts'
import { rounds } from '../../contract-rounds.ts'
import { boxOf, type Clinic, keyIn, post, type Slowed, said, unregistered } from '../../make.ts'

// Several clinics without an account are asked at once: whoever says yes first by link gives the help, and nobody else is asked.

let harness: Harness
let dalia: Persona
let site: Slowed
let clinics: Clinic[]
before(async () => {
  harness = await startHarness()
  dalia = await harness.as('dalia')
  site = boxOf(harness)
  clinics = [await unregistered(harness), await unregistered(harness)]
})
after(() => harness.stop())

/** Both asked at once, each with the page of its link open. */
async function asked() {
  const { id } = await keptCase(harness)
  const given = { id: uuidv7(), ...explained('sharing-1'), withhold: [] }
  const recipients = clinics.map(one => one.id)
  await dalia.call(consent.give, {
    params: { case: id },
    body: { ...given, purposes: ['services'], recipients, compartments: ['ID', 'STA'] },
  })
  const to = clinics.map(one => ({ id: uuidv7(), organisation: one.id, offer: one.offer }))
  const round = uuidv7()
  await dalia.call(rounds.askSeveral, {
    body: {
      ...{ id: round, case: id, service: 'medical-care', way: 'at-once', urgency: 'urgent', consent: given.id },
      ...{ share: ['ID'], to },
    },
  })
  const pages = await Promise.all(
    to.map(async one => {
      const made = await dalia.call(withoutAccount.makeLink, { params: { referral: one.id }, body: { mail: false } })
      const typed = { k: keyIn(made.link), n: made.code }
      return { referral: one.id, typed, page: await post(site.app, typed) }
    }),
  )
  return { case: id, pages }
}
const status = async (referral: string) => (await dalia.call(referrals.read, { params: { referral } })).status

test('the others’ links are closed by the first yes', async () => {
  const { case: id, pages } = await asked()
  const [one, other] = [pages[0]!, pages[1]!]
  await post(site.app, { v: one.page.field, do: 'give:accepted' })
  assert.deepEqual([await status(one.referral), await status(other.referral)], ['accepted', 'revoked'])
  assert.match(said(await post(site.app, { v: other.page.field, do: 'give:accepted' })), /This has ended/)
  assert.match(said(await post(site.app, other.typed)), /This did not open/)
  const { items } = await dalia.call(rounds.ofCase, { params: { case: id } })
  assert.equal(items[0]!.state, 'answered')
})

test('of two who say yes by link at the same moment one does', async () => {
  for (let i = 0; i < 5; i++) {
    const { pages } = await asked()
    await Promise.all(pages.map(({ page }) => post(site.app, { v: page.field, do: 'give:accepted' })))
    const became = await Promise.all(pages.map(({ referral }) => status(referral)))
    assert.deepEqual(became.toSorted(), ['accepted', 'revoked'])
  }
})

test('a part leaves the others asked', async () => {
  const { pages } = await asked()
  await post(site.app, { v: pages[0]!.page.field, do: 'give:partly-accepted', words: 'The tests.' })
  assert.deepEqual([await status(pages[0]!.referral), await status(pages[1]!.referral)], ['partly-accepted', 'sent'])
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { where } from '#capabilities/cases/contract-where.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, explained, openedCase, screeningBody } from '../../../../tests/harness/make.ts'
import { accountId, organisationId } from '../../../../tools/demonstration/people.ts'
import { referrals } from '../contract.ts'

// Two sessions at the same moment, many times over: what one of them does is whole before the other looks, or after.
const rounds = 25
const unit = organisationId('counter-trafficking-unit')
const shelter = organisationId('samaan-house')
let harness: Harness
let truth: pg.Client
let marisol: Persona
let again: Persona
let tobias: Persona
let celeste: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  marisol = await harness.as('marisol')
  again = await harness.as('marisol')
  tobias = await harness.as('tobias')
  celeste = await harness.as('celeste')
})
after(async () => {
  await truth?.end()
  await harness?.stop()
})

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
async function agreed(recipients: string[]) {
  const body = screeningBody()
  await marisol.call(screening.record, { body })
  const given = consentBody(recipients)
  await marisol.call(consent.give, { params: { case: body.case }, body: given })
  return { case: body.case, consent: given.id }
}
const sending = (
  of: { case: string; consent: string },
  kind: 'identification' | 'service',
  to: string,
  id = uuidv7(),
) => ({
  body: {
    id,
    ...of,
    kind,
    ...(kind === 'service' ? { service: 'safe-accommodation' as const } : {}),
    to,
    urgency: 'urgent' as const,
    share: kind === 'service' ? (['ID'] as const).slice() : (['ID', 'SVC'] as const).slice(),
  },
})
const withdrawing = (of: { case: string; consent: string }) => ({
  params: of,
  body: { id: uuidv7(), ...explained('withdrawing-1') },
})
/** Starts two things at once; who comes first changes from round to round. */
const together = (round: number, one: () => Promise<string>, other: () => Promise<string>): Promise<string[]> =>
  round % 2 === 0
    ? Promise.all([one(), other()])
    : Promise.all([other(), one()]).then(([second, first]) => [first!, second!])

test('a withdrawal and a referral at the same moment leave no share without a consent', async t => {
  const told: Record<string, number> = {}
  for (let round = 0; round < rounds; round += 1) {
    const kind = round % 3 === 0 ? 'service' : 'identification'
    const to = kind === 'service' ? shelter : unit
    const of = await agreed([unit, shelter])
    const [sent, withdrawn] = await together(
      round,
      () => codeOf(marisol.call(referrals.send, sending(of, kind, to))),
      () => codeOf(again.call(consent.withdraw, withdrawing(of))),
    )
    told[`${sent}, ${withdrawn}`] = (told[`${sent}, ${withdrawn}`] ?? 0) + 1
    assert.equal(withdrawn, 'done')
    assert.ok(['done', 'invalid-input'].includes(sent!), sent)
    const shares = await truth.query(`select 1 from policy.case_access where case_id = $1 and basis = 'share'`, [
      of.case,
    ])
    const open = await truth.query(
      `select status from referrals.referral where case_id = $1 and status in ('sent', 'acknowledged')`,
      [of.case],
    )
    assert.deepEqual([shares.rowCount, open.rows], [0, []], `round ${round}: ${sent}, ${withdrawn}`)
  }
  t.diagnostic(JSON.stringify(told))
})

test('a withdrawal and an acceptance at the same moment: the service’s share is over, the unit took the case or did not', async t => {
  const told: Record<string, number> = {}
  for (let round = 0; round < rounds; round += 1) {
    const kind = round % 2 === 0 ? 'service' : 'identification'
    const to = kind === 'service' ? shelter : unit
    const of = await agreed([unit, shelter])
    const referral = uuidv7()
    await marisol.call(referrals.send, sending(of, kind, to, referral))
    const [accepted, withdrawn] = await together(
      round >> 1,
      () =>
        codeOf(
          (kind === 'service' ? celeste : tobias).call(referrals.accept, {
            params: { referral },
            version: 1,
            body: {},
          }),
        ),
      () => codeOf(again.call(consent.withdraw, withdrawing(of))),
    )
    told[`${kind}: ${accepted}, ${withdrawn}`] = (told[`${kind}: ${accepted}, ${withdrawn}`] ?? 0) + 1
    assert.equal(withdrawn, 'done')
    assert.ok(['done', 'version-stale', 'not-found', 'already-answered'].includes(accepted!), accepted)
    const rows = await truth.query(`select basis from policy.case_access where case_id = $1 order by 1`, [of.case])
    const holder = accepted === 'done' && kind === 'identification'
    assert.deepEqual(
      rows.rows.map(one => one.basis),
      holder ? ['holder', 'own'] : ['own'],
    )
  }
  t.diagnostic(JSON.stringify(told))
})

test('two withdrawals at the same moment: one is written down, and both are told so', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const of = await agreed([unit])
    const both = await Promise.all([
      marisol.call(consent.withdraw, withdrawing(of)),
      again.call(consent.withdraw, withdrawing(of)),
    ])
    assert.equal(both[0].id, both[1].id)
  }
})

test('two referrals for identification at the same moment: the later is told not now, or both leave', async t => {
  const told: Record<string, number> = {}
  for (let round = 0; round < rounds; round += 1) {
    const of = await agreed([unit])
    const both = await Promise.all([
      codeOf(marisol.call(referrals.send, sending(of, 'identification', unit))),
      codeOf(again.call(referrals.send, sending(of, 'identification', unit))),
    ])
    const line = both.sort().join(', ')
    told[line] = (told[line] ?? 0) + 1
    assert.ok(['done, not-now', 'done, done'].includes(line), line)
  }
  t.diagnostic(JSON.stringify(told))
})

test('two people write where somebody is at the same moment: one is done, the other sees a conflict', async () => {
  const of = await openedCase(harness)
  await tobias.call(charge.assign, {
    params: { case: of },
    version: (await tobias.call(cases.read, { params: { case: of } })).version,
    body: { coordinator: accountId('dalia') },
  })
  const dalia = await harness.as('dalia')
  const twice = await harness.as('dalia')
  const read = () => dalia.call(where.read, { params: { case: of } })
  for (let round = 0; round < rounds; round += 1) {
    const { version } = await read()
    const place = (who: string) => ({ params: { case: of }, version, body: { text: `${who} in round ${round}` } })
    const [one, other] = await together(
      round,
      () => codeOf(dalia.call(cases.changeLocation, place('one'))),
      () => codeOf(twice.call(cases.changeLocation, place('other'))),
    )
    assert.deepEqual([one, other].sort(), ['done', 'version-stale'])
    const now = await read()
    assert.equal(now.text, `${one === 'done' ? 'one' : 'other'} in round ${round}`)
    assert.equal(now.version, version + 1)
  }
})

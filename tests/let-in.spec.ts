import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { care } from '#capabilities/care/contract.ts'
import { caseInCare } from '#capabilities/care/make.ts'
import { cases } from '#capabilities/cases/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { interestBody, orderBody } from '#capabilities/justice/make.ts'
import { matching } from '#capabilities/matching/contract.ts'
import { inChargeOf, taken } from '#capabilities/matching/make.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId, type PersonKey, people } from '../tools/demonstration/people.ts'
import { type Harness, type Persona, startHarness } from './harness/harness.ts'
import { decisionBody, keptCase, openedCase } from './harness/make.ts'
import { refusal } from './harness/refusal.ts'

// F7: whoever let somebody in that day is no second person beside them, nor they beside who let them in. For every kind of
// record that takes two.
let harness: Harness
let truth: pg.Client
const p = {} as Record<PersonKey, Persona>
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  for (const { key } of people) p[key] = await harness.as(key)
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const referenceOf = async (id: string) => (await p.tobias.call(cases.read, { params: { case: id } })).reference
const inCharge = async () => {
  const id = await openedCase(harness)
  await inChargeOf(harness, id, 'dalia')
  return id
}
const police = organisationId('police')

interface Waiting {
  readonly table: string
  readonly by: PersonKey
  readonly second: PersonKey
  /** What opens something, and what gives it back. */
  readonly yes: () => Promise<unknown>
  readonly no: () => Promise<unknown>
}
const answering = async <A>(yes: A, no: A, answer: (said: A) => Promise<unknown>) => ({
  yes: () => answer(yes),
  no: () => answer(no),
})
const kinds: readonly (() => Promise<Waiting>)[] = [
  async () => {
    const id = await openedCase(harness)
    const read = () => p.rufus.call(cases.read, { params: { case: id } })
    const body = await decisionBody(p.ines, id, 'negative')
    await p.ines.call(cases.decide, { params: { case: id }, version: (await read()).version, body })
    const params = { case: id, decision: body.id }
    const both = await answering('confirmed' as const, 'returned' as const, async answer =>
      p.rufus.call(cases.confirm, { params, version: (await read()).version, body: { answer } }),
    )
    return { table: 'cases.decision', by: 'ines', second: 'rufus', ...both }
  },
  async () => {
    const id = await caseInCare(harness)
    const { open } = await p.dalia.call(care.closing, { params: { case: id } })
    const closure = uuidv7()
    const reasons = 'Everything that was agreed was done.'
    const explained = open.map(one => one.id)
    const body = { id: closure, reason: 'plan-completed' as const, planned: true, reasons, explained }
    await p.dalia.call(care.proposeClosure, { params: { case: id }, body })
    const both = await answering('approved' as const, 'returned' as const, answer =>
      p.ines.call(care.secondClosure, { params: { case: id, closure }, version: 1, body: { answer } }),
    )
    return { table: 'care.closure', by: 'dalia', second: 'ines', ...both }
  },
  async () => {
    const familyName = `Camacho${uuidv7().replace(/\W|\d/g, '')}`
    const lead = await taken(harness, 'marisol', { givenName: 'Xiomara', familyName, age: 31 })
    const away = await taken(harness, 'kofi', { givenName: 'Siomara', familyName, age: 31 })
    const merge = uuidv7()
    const body = { id: merge, other: await referenceOf(away), leads: 'this' as const, reason: 'The same sister came.' }
    await p.tobias.call(matching.proposeMerge, { params: { case: lead }, body })
    const both = await answering('confirmed' as const, 'returned' as const, answer =>
      p.ines.call(matching.answerMerge, { params: { merge }, version: 1, body: { answer } }),
    )
    return { table: 'matching.merge', by: 'tobias', second: 'ines', ...both }
  },
  async () => {
    const reference = await referenceOf(await inCharge())
    const sealing = uuidv7()
    const [reason, text] = ['insider' as const, 'Her brother works at the counter.']
    const body = { id: sealing, reference, action: 'seal' as const, named: [p.rufus.account], reason, text }
    await p.wren.call(oversight.proposeSealing, { body })
    const both = await answering('confirmed' as const, 'returned' as const, answer =>
      p.dalia.call(oversight.answerSealing, { params: { sealing }, version: 1, body: { answer } }),
    )
    return { table: 'oversight.sealing', by: 'wren', second: 'dalia', ...both }
  },
  async () => {
    const reference = await referenceOf(await inCharge())
    const erasure = uuidv7()
    const body = { id: erasure, reference, ground: 'person-asked' as const, text: 'She asked in person.' }
    await p.wren.call(oversight.proposeErasure, { body })
    const both = await answering('confirmed' as const, 'returned' as const, answer =>
      p.dalia.call(oversight.answerErasure, { params: { erasure }, version: 1, body: { answer } }),
    )
    return { table: 'oversight.erasure', by: 'wren', second: 'dalia', ...both }
  },
  async () => {
    const { id } = await keptCase(harness)
    const body = orderBody(police, [p.petra.account])
    await p.dalia.call(justice.recordOrder, { params: { case: id }, body })
    const both = await answering('confirmed' as const, 'returned' as const, answer =>
      p.ines.call(justice.answerOrder, { params: { case: id, order: body.id }, version: 1, body: { answer } }),
    )
    return { table: 'justice.court_order', by: 'dalia', second: 'ines', ...both }
  },
  async () => {
    const { id } = await keptCase(harness)
    const body = interestBody(police, p.petra.account)
    await p.dalia.call(justice.recordInterest, { params: { case: id }, body })
    const both = await answering('upheld' as const, 'not-upheld' as const, outcome =>
      p.ines.call(justice.reviewInterest, {
        params: { case: id, interest: body.id },
        version: 1,
        body: { outcome },
      }),
    )
    return { table: 'justice.vital_interest', by: 'dalia', second: 'ines', ...both }
  },
]

const letIn = (whom: PersonKey, by: PersonKey | null, ago = '1 hour') =>
  truth.query(`update auth.assignment set granted_by = $2, granted_at = now() - $3::interval where account_id = $1`, [
    accountId(whom),
    by && accountId(by),
    ago,
  ])

test('two of whom one let the other in that day are no two people, whatever takes two', async () => {
  for (const wait of kinds) {
    const { table, by, second, yes } = await wait()
    for (const [whom, one] of [
      [by, second],
      [second, by],
    ] as const) {
      await letIn(whom, one)
      assert.equal(await refusal(yes()), 'let-in', `${table}: ${one} let ${whom} in`)
      await letIn(whom, one, '25 hours')
    }
    // The day after they are.
    assert.equal(await refusal(yes()), 'done', table)
    // What opens nothing may be said by anybody.
    const another = await wait()
    await letIn(by, second)
    assert.equal(await refusal(another.no()), 'done', table)
    await letIn(by, null)
    await letIn(second, null)
  }
})

test('whoever made an account that day does not confirm its role', async () => {
  const { rows } = await truth.query(
    `select tgrelid::regclass::text as on from pg_trigger where tgname = 'require_apart' order by 1`,
  )
  assert.deepEqual(
    rows.map(one => one.on),
    [...(await Promise.all(kinds.map(async wait => (await wait()).table))), 'auth.assignment'].sort(),
  )
  const asked = `insert into auth.assignment (id, account_id, role, organisation_id, country, until, granted_by)
    select gen_random_uuid(), account_id, 'intake', organisation_id, country, until, $2 from auth.assignment
    where account_id = $1 limit 1 returning id`
  const made = (ago: string) =>
    truth.query(`update auth.account set created_by = $1, created_at = now() - $2::interval where id = $3`, [
      accountId('odette'),
      ago,
      accountId('marisol'),
    ])
  const { id } = (await truth.query(asked, [accountId('marisol'), accountId('silas')])).rows[0]
  const confirm = () =>
    truth.query('update auth.assignment set confirmed_by = $1, confirmed_at = now() where id = $2', [
      accountId('odette'),
      id,
    ])
  await made('1 hour')
  await assert.rejects(confirm(), { code: 'SM001' })
  await made('25 hours')
  await confirm()
})

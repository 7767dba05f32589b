import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { caseInCare, helpedByShelter } from '#capabilities/care/make.ts'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { explained } from '../../../../tests/harness/make.ts'
import { accountId, organisationId, type PersonKey, people } from '../../../../tools/demonstration/people.ts'
import { tasks } from '../contract.ts'
import { taskBody, toWhom } from '../make.ts'

// Whatever people do to tasks, and whatever is done to their places in the case meanwhile: no task is left with nobody who
// sees it, and nobody sees one without a place. Who has a place is worked out here once more, from the rows.

const cast = ['dalia', 'bastien', 'tobias', 'ines', 'rufus', 'celeste', 'marisol', 'jonah', 'petra'] as const
let harness: Harness
let truth: pg.Client
let as: ReadonlyMap<PersonKey, Persona>
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  as = new Map(await Promise.all(cast.map(async key => [key, await harness.as(key)] as const)))
})
after(async () => {
  await truth.end()
  await harness.stop()
})

interface Play {
  readonly id: string
  readonly reference: string
  shelter: string | undefined
  coordinator: 'dalia' | 'bastien'
  readonly bars: Map<PersonKey, string>
}
interface Row {
  readonly id: string
  readonly version: number
  readonly state: string
  readonly account_id: string | null
  readonly organisation_id: string
  readonly role: string
  readonly made_by: string
}
const rowsOf = async (id: string): Promise<Row[]> =>
  (await truth.query('select * from tasks.task where case_id = $1 order by id', [id])).rows
const quietly = (request: Promise<unknown>) => request.then(() => true).catch(() => false)

type Step = (play: Play, who: PersonKey, whom: PersonKey, which: number) => Promise<unknown>
const move =
  (verb: 'take' | 'finish' | 'undo'): Step =>
  async ({ id }, who, _, which) => {
    const rows = await rowsOf(id)
    const one = rows[which % Math.max(1, rows.length)]
    if (one) await quietly(as.get(who)!.call(tasks[verb], { params: { task: one.id }, version: one.version, body: {} }))
  }
const steps: readonly Step[] = [
  async ({ id }, who, whom, which) => {
    const { words: _, ...body } = taskBody(toWhom(whom, which % 2 === 0))
    await quietly(as.get(who)!.call(tasks.make, { params: { case: id }, body }))
  },
  // Most are asked for by who is in charge.
  async ({ id, coordinator }, _, whom, which) =>
    quietly(
      as.get(coordinator)!.call(tasks.make, { params: { case: id }, body: taskBody(toWhom(whom, which % 2 === 0)) }),
    ),
  move('take'),
  move('finish'),
  move('undo'),
  async ({ id }, who, whom, which) => {
    const rows = await rowsOf(id)
    const one = rows[which % Math.max(1, rows.length)]
    const to = { to: toWhom(whom) }
    if (one) await quietly(as.get(who)!.call(tasks.give, { params: { task: one.id }, version: one.version, body: to }))
  },
  async play => {
    const next = play.coordinator === 'dalia' ? 'bastien' : 'dalia'
    const { call } = as.get('tobias')!
    const { version } = await call(cases.read, { params: { case: play.id } })
    const body = { coordinator: accountId(next) }
    if (await quietly(call(charge.assign, { params: { case: play.id }, version, body }))) play.coordinator = next
  },
  async play => {
    if (play.coordinator !== 'dalia') return
    if (play.shelter === undefined) {
      play.shelter = await helpedByShelter(harness, play.id).then(
        one => one.consent,
        () => undefined,
      )
      return
    }
    const params = { case: play.id, consent: play.shelter }
    const body = { id: uuidv7(), ...explained('withdrawing-1') }
    if (await quietly(as.get('dalia')!.call(consent.withdraw, { params, body }))) play.shelter = undefined
  },
  async (play, _, whom) => {
    if (whom === 'tobias') return
    const { call } = as.get('tobias')!
    const barred = play.bars.get(whom)
    if (barred !== undefined) {
      await call(oversight.endBar, { params: { bar: barred } } as never)
      play.bars.delete(whom)
      return
    }
    const bar = { id: uuidv7(), reference: play.reference, account: accountId(whom), reason: 'family' as const }
    if (await quietly(call(oversight.bar, { body: bar }))) play.bars.set(whom, bar.id)
  },
]

/** The places of a case by the rows: who, by which reason, and whom it is hidden from. */
async function placesOf(id: string): Promise<(key: PersonKey) => boolean> {
  const access = (await truth.query('select * from policy.case_access where case_id = $1 and until > now()', [id])).rows
  const hidden = (await truth.query('select account_id from policy.case_hidden where case_id = $1', [id])).rows
  const barred = new Set(hidden.map(one => one.account_id))
  return key => {
    const { role, body } = people.find(one => one.key === key)!
    const [account, organisation] = [accountId(key), organisationId(body)]
    const has = (basis: string, principal: string) =>
      access.some(
        one => one.basis === basis && one.principal === principal && (basis !== 'share' || one.accepted === true),
      )
    if (barred.has(account)) return false
    if (role === 'coordinator') return has('assigned', account)
    if (role === 'officer') return has('own', account)
    if (role === 'intake' || role === 'decision-maker') return has('holder', organisation)
    return (role === 'provider' || role === 'shelter-manager') && has('share', organisation)
  }
}

async function check({ id }: Play): Promise<void> {
  const rows = await rowsOf(id)
  const hasPlace = await placesOf(id)
  const seenBy = new Map<string, PersonKey[]>()
  for (const key of cast) {
    const { call } = as.get(key)!
    const listed = await call(tasks.ofCase, { params: { case: id } }).then(
      one => one.items.map(each => each.id),
      () => [],
    )
    const day = await call(tasks.today, { query: { ahead: '7', kind: 'task' } })
    const shown = new Set([...listed, ...day.items.filter(one => one.case === id).map(one => one.id)])
    assert.ok(shown.size === 0 || hasPlace(key), `${key} has no place and sees ${shown.size}`)
    for (const one of shown) seenBy.set(one, [...(seenBy.get(one) ?? []), key])
    const mine = day.items.filter(one => one.case === id).map(one => one.id)
    for (const row of rows.filter(one => mine.includes(one.id)))
      assert.ok(row.account_id === accountId(key) || row.account_id === null, `${key} is shown another’s task`)
  }
  for (const row of rows.filter(one => one.state === 'open' || one.state === 'taken')) {
    assert.ok((seenBy.get(row.id) ?? []).length > 0, `nobody sees ${row.id}`)
    const holder = people.find(one => accountId(one.key) === row.account_id)
    if (holder) assert.ok(hasPlace(holder.key), `${holder.key} has it without a place`)
    const could = people.some(one => one.role === row.role && hasPlace(one.key))
    assert.ok(could, `it lies with ${row.role}, of whom nobody has a place`)
  }
}

test('tasks follow places, whatever is done in whatever order', async () => {
  const rounds = process.env.SAMAAN_FULL === '1' ? 60 : 6
  const person = fc.constantFrom(...cast)
  const step = fc.tuple(fc.nat(steps.length - 1), person, person, fc.nat(20))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 18, maxLength: 24 }), async played => {
      const id = await caseInCare(harness)
      const { reference } = await as.get('tobias')!.call(cases.read, { params: { case: id } })
      const play: Play = { id, reference, shelter: undefined, coordinator: 'dalia', bars: new Map() }
      play.shelter = (await helpedByShelter(harness, id)).consent
      for (const [which, who, whom, n] of played) {
        await steps[which]!(play, who, whom, n)
        await check(play)
      }
    }),
    { numRuns: rounds, endOnFailure: true },
  )
})

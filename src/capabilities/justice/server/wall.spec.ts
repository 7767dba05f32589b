import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { health } from '#capabilities/health/contract.ts'
import { noteBody, treatedByClinic } from '#capabilities/health/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { ceilingOf } from '#platform/policy/ceiling.ts'
import { bit, maskOf } from '#platform/policy/compartments.ts'
import { actsForOrganisation, ofTheUnit, type Role } from '#platform/policy/roles.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase as caseWithCare, explained } from '../../../../tests/harness/make.ts'
import { accountId, organisationId, type PersonKey, people } from '../../../../tools/demonstration/people.ts'
import { handedCompartments, justice } from '../contract.ts'
import { interestBody, leadBody, orderBody, policeConsentBody } from '../make.ts'

// The wall between care and law enforcement, as rules that hold for every order and every lead, and not as examples.

let harness: Harness
let app: pg.Client
let truth: pg.Client
const personas = new Map<PersonKey, Persona>()
const who = (key: PersonKey) => personas.get(key)!
before(async () => {
  harness = await startHarness()
  app = new pg.Client({ connectionString: harness.database.url('app') })
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await Promise.all([app.connect(), truth.connect()])
  for (const { key } of people) personas.set(key, await harness.as(key))
})
after(async () => {
  await Promise.all([app.end(), truth.end()])
  await harness.stop()
})

/** Rows of a table, with the policies of the product taken away and only the fence of that person left. */
async function rawly(key: PersonKey, table: string, where = 'true', values: unknown[] = []): Promise<number> {
  const { role, body } = people.find(one => one.key === key)! as { role: Role; body: string }
  const [account, organisation] = [accountId(key), organisationId(body)]
  await app.query('begin')
  try {
    await app.query(
      `select set_config('samaan.user', $1, true), set_config('samaan.principals', $2, true), set_config('samaan.role', $3, true),
        set_config('samaan.country', 'XSA', true), set_config('samaan.compartments', $4, true), set_config('samaan.organisation', $5, true)`,
      [
        account,
        `{${actsForOrganisation.has(role) ? `${account},${organisation}` : account}}`,
        role,
        String(ceilingOf[role]),
        ofTheUnit.has(role) ? organisation : '',
      ],
    )
    return (await app.query(`select count(*)::int as n from ${table} t where ${where}`, values)).rows[0].n
  } finally {
    await app.query('rollback')
  }
}

/** With something in each compartment that an order can name. */
async function keptCase() {
  const kept = await caseWithCare(harness)
  await treatedByClinic(harness, kept.id)
  await who('jonah').call(health.write, { params: { case: kept.id }, body: noteBody() })
  return kept
}

const police = ['petra', 'vasco', 'leonie'] as const
const bases = fc.record({
  kind: fc.constantFrom('order', 'interest', 'consent'),
  compartments: fc.subarray([...handedCompartments], { minLength: 1 }),
  named: fc.subarray([...police], { minLength: 1 }),
  // What becomes of it, in the order in which it happens.
  end: fc.constantFrom('waits', 'stands', 'revoked', 'returned', 'over'),
})
interface Basis {
  readonly id: string
  readonly live: boolean
  readonly named: readonly PersonKey[]
  readonly mask: number
}

async function give(caseId: string, wanted: ReturnType<typeof bases.generate>['value']): Promise<Basis> {
  const organisation = who('petra').organisation
  const named = wanted.kind === 'interest' ? wanted.named.slice(0, 1) : wanted.named
  const accounts = named.map(accountId)
  const params = { case: caseId }
  const { compartments, end } = wanted
  let id: string
  let live = true
  if (wanted.kind === 'order') {
    const body = orderBody(organisation, accounts, { compartments })
    id = body.id
    const of = { ...params, order: id }
    await who('tobias').call(justice.recordOrder, { params, body })
    if (end !== 'waits')
      await who('ines').call(justice.answerOrder, {
        params: of,
        version: 1,
        body: { answer: end === 'returned' ? 'returned' : 'confirmed' },
      })
    if (end === 'revoked') await who('dalia').call(justice.revokeOrder, { params: of, version: 2, body: {} })
    live = end === 'stands'
  } else if (wanted.kind === 'consent') {
    const body = policeConsentBody(organisation, accounts)
    id = body.id
    await who('dalia').call(justice.recordConsent, { params, body })
    live = end === 'stands' || end === 'waits'
    const said = { id: uuidv7(), ...explained('withdrawing-1') }
    if (end === 'revoked' || end === 'returned')
      await who('dalia').call(consent.withdraw, { params: { ...params, consent: id }, body: said })
  } else {
    const body = interestBody(organisation, accounts[0]!, { compartments })
    id = body.id
    await ofAnother(caseId)
    await who('dalia').call(justice.recordInterest, { params, body })
    const outcome = end === 'stands' ? 'upheld' : end === 'returned' || end === 'revoked' ? 'not-upheld' : undefined
    if (outcome)
      await who('tobias').call(justice.reviewInterest, {
        params: { ...params, interest: id },
        version: 1,
        body: { outcome },
      })
    live = end === 'stands' || end === 'waits'
  }
  if (end === 'over') {
    await truth.query(`update policy.case_glimpse set until = now() - interval '1 millisecond' where basis_id = $1`, [
      id,
    ])
    live = false
  }
  // A person's own yes says who they are, whatever else is asked for.
  return { id, live, named, mask: wanted.kind === 'consent' ? bit.ID : maskOf(compartments) }
}

/** What stands so far was written down by a colleague: nobody goes on by themselves with what was not upheld. */
const ofAnother = (caseId: string) =>
  truth.query('update justice.vital_interest set by_account = $1 where case_id = $2', [accountId('bastien'), caseId])

const shelves = [
  ['cases.identity', bit.ID],
  ['cases.note', bit.SVC],
  ['cases.location', bit.LOC],
  ['health.note', bit.HLT],
] as const

test('F1: police and prosecution read of a case what a live basis names to them by name, and nothing else, by any way', async () => {
  const { id } = await keptCase()
  await fc.assert(
    fc.asyncProperty(fc.array(bases, { minLength: 1, maxLength: 4 }), async wanted => {
      const given: Basis[] = []
      for (const one of wanted) given.push(await give(id, one))
      for (const key of police) {
        const live = given.filter(one => one.live && one.named.includes(key))
        const open = live.reduce((mask, one) => mask | one.mask, 0)
        for (const [table, needed] of shelves)
          assert.equal(await rawly(key, table, 't.case_id = $1', [id]), open & needed ? 1 : 0, `${key} ${table}`)
        assert.equal(await rawly(key, 'cases.folder', 't.id = $1', [id]), open ? 1 : 0, `${key} folder`)
        for (const table of [
          'cases.timeline',
          'cases.decision',
          'cases.clock',
          'cases.search_term',
          'cases.attachment',
        ])
          assert.equal(await rawly(key, table), 0, `${key} ${table}`)
        assert.equal((await who(key).fetch(`/api/cases/${id}`)).status, 404)
        for (const one of given) {
          const receipt = uuidv7()
          const params = { handed: one.id, receipt }
          const mine = one.live && one.named.includes(key)
          const received = await who(key)
            .call(justice.receive, { params, body: { id: receipt } })
            .then(
              () => true,
              error => {
                assert.equal(error.code, 'not-found')
                return false
              },
            )
          assert.equal(received, mine, `${key} receives`)
          if (!received) continue
          const { content } = await who(key).call(justice.readHanded, { params })
          const shown = maskOf([
            ...('identity' in content ? (['ID'] as const) : []),
            ...('notes' in content ? (['SVC'] as const) : []),
            ...('health' in content ? (['HLT'] as const) : []),
            ...('location' in content ? (['LOC'] as const) : []),
          ])
          // By each basis its own compartments, whatever another opens beside it.
          assert.equal(shown, one.mask, `${key} reads by one`)
        }
        const listed = (await who(key).call(justice.handed, {})).items.map(one => one.id)
        assert.deepEqual([...listed].sort(), live.map(one => one.id).sort(), `${key} lists`)
      }
      await truth.query('delete from policy.case_glimpse where case_id = $1', [id])
    }),
    { numRuns: Number(process.env.SAMAAN_RUNS ?? 10) },
  )
})

test('F7: whoever wrote a basis down never seconds it, and nobody is given one by themselves', async () => {
  const { id } = await keptCase()
  const params = { case: id }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('tobias' as const, 'dalia' as const),
      fc.constantFrom('confirmed' as const, 'returned' as const),
      async (by, said) => {
        const order = orderBody(who('petra').organisation, [accountId('petra')])
        await who(by).call(justice.recordOrder, { params, body: order })
        const interest = interestBody(who('petra').organisation, accountId('petra'))
        await ofAnother(id)
        await who(by).call(justice.recordInterest, { params, body: interest })
        const refused = (error: { code: string }) => error.code === 'not-found'
        const answering = { params: { ...params, order: order.id }, version: 1, body: { answer: said } }
        await assert.rejects(who(by).call(justice.answerOrder, answering), refused)
        const outcome = said === 'confirmed' ? ('upheld' as const) : ('not-upheld' as const)
        const reviewing = { params: { ...params, interest: interest.id }, version: 1, body: { outcome } }
        await assert.rejects(who(by).call(justice.reviewInterest, reviewing), refused)
        // Nor past the rules of the product: the database counts the people too.
        for (const table of ['court_order', 'vital_interest'])
          await assert.rejects(
            truth.query(
              `update justice.${table} set state = $1, second_by = by_account, second_at = now() where id = $2`,
              [table === 'court_order' ? 'confirmed' : 'upheld', table === 'court_order' ? order.id : interest.id],
            ),
            /check/,
          )
        const own = orderBody(who(by).organisation, [who(by).account])
        await assert.rejects(who(by).call(justice.recordOrder, { params, body: own }), { code: 'invalid-input' })
      },
    ),
    { numRuns: 4 },
  )
})

test('F11: what is hidden from somebody stays hidden, whatever orders name them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray([...police], { minLength: 1 }), async hidden => {
      const { id } = await keptCase()
      const { id: order } = await give(id, {
        kind: 'order',
        compartments: [...handedCompartments],
        named: [...police],
        end: 'stands',
      })
      for (const key of hidden)
        await truth.query(
          `insert into policy.case_hidden (case_id, basis, basis_id, account_id) values ($1, 'conflict', gen_random_uuid(), $2)`,
          [id, accountId(key)],
        )
      for (const key of police) {
        const open = !hidden.includes(key)
        for (const [table] of shelves)
          assert.equal(await rawly(key, table, 't.case_id = $1', [id]), open ? 1 : 0, `${key} ${table}`)
        const listed = (await who(key).call(justice.handed, {})).items.some(one => one.id === order)
        assert.equal(listed, open, key)
      }
    }),
    { numRuns: 3 },
  )
})

/** Everything that the people of care and of the unit are shown of a case, byte for byte. */
async function shownToCare(id: string): Promise<string> {
  const paths = [
    `/api/cases/${id}`,
    `/api/cases/${id}/log`,
    `/api/cases/${id}/handed`,
    `/api/cases/${id}/consents`,
    `/api/cases/${id}/file`,
    '/api/cases?limit=100',
    '/api/cases/search?words=Quintanilla',
    '/api/cases/export.csv',
    '/api/clocks',
    '/api/referrals?box=inbox',
  ]
  const seen: string[] = []
  for (const { key, role } of people) {
    if (police.includes(key as (typeof police)[number])) continue
    for (const path of paths) {
      const reply = await who(key).fetch(path, { headers: { accept: 'application/json' } })
      seen.push(`${role} ${path} ${reply.status} ${(await reply.text()).replace(/"request":"[^"]*"/, '')}`)
    }
  }
  return seen.join('\n')
}
/** The log of a case grows by being read: only what leads could add to it is looked at apart. */
const eventsOf = async (id: string) =>
  (
    await truth.query(
      `select count(*)::int as n from audit.event where case_id = $1 and body::jsonb ->> 'event' like 'justice.lead%'`,
      [id],
    )
  ).rows[0].n
const withoutLog = (shown: string) =>
  shown
    .split('\n')
    .filter(line => !line.includes('/log'))
    .join('\n')

test('F2, F3: a lead about a case, whatever is done with it, shows nowhere that care looks, and opens nothing of the case', async () => {
  const { id, reference } = await keptCase()
  const before = withoutLog(await shownToCare(id))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('note', 'take-up', 'share', 'search', 'close', 'read'), { maxLength: 6 }),
      async deeds => {
        const body = leadBody({ case: reference, title: 'Quintanilla and the mill' })
        const lead = body.id
        const params = { lead }
        await who('petra').call(justice.makeLead, { body })
        for (const deed of deeds) {
          const { version, status } = await who('petra').call(justice.readLead, { params })
          const open = status !== 'closed'
          const add = { id: uuidv7(), text: `About ${reference}.` }
          if (deed === 'note') await who('vasco').call(justice.addLeadNote, { params, body: add })
          if (deed === 'take-up' && status === 'open')
            await who('vasco').call(justice.moveLead, { params, version, body: { to: 'in-work' } })
          if (deed === 'close' && open)
            await who('petra').call(justice.moveLead, { params, version, body: { to: 'closed', reason: 'unfounded' } })
          if (deed === 'share' && open) {
            const share = { id: uuidv7(), account: accountId('leonie'), source: true }
            await who('petra')
              .call(justice.shareLead, { params, body: share })
              .catch(error => assert.equal(error.code, 'conflict'))
          }
          if (deed === 'search') await who('petra').call(justice.listLeads, { query: { words: reference } })
          if (deed === 'read') await who('vasco').call(justice.readLead, { params })
        }
        for (const { key } of people) {
          if (police.includes(key as (typeof police)[number])) continue
          for (const table of ['lead', 'lead_content', 'lead_source', 'lead_note', 'lead_term', 'lead_share'])
            assert.equal(await rawly(key, `justice.${table}`), 0, `${key} ${table}`)
        }
        for (const key of police) {
          assert.equal((await who(key).fetch(`/api/cases/${id}`)).status, 404, key)
          assert.equal(await rawly(key, 'cases.folder', 't.id = $1', [id]), 0, `${key} folder`)
          for (const [table] of shelves)
            assert.equal(await rawly(key, table, 't.case_id = $1', [id]), 0, `${key} ${table}`)
        }
      },
    ),
    { numRuns: 6 },
  )
  assert.equal(withoutLog(await shownToCare(id)), before)
  assert.equal(await eventsOf(id), 0)
  const { items } = await who('dalia').call(cases.search, { query: { words: 'mill' } })
  assert.deepEqual(items, [])
})

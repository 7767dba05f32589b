import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { removeCluster, startCluster } from '#platform/db/cluster.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { type App, type Person, signIn, startApp } from './crash/app.ts'
import { explained, screeningBody } from './harness/make.ts'
import { twoPorts } from './harness/ports.ts'

/** Kills of the app; the full proof has twenty (SAMAAN_FULL=1). */
const rounds = process.env.SAMAAN_FULL ? 20 : 4
const writersOfEachKind = 8
const answeredBetweenKills = 60

let data: string
let port: number
let app: App
before(async () => {
  data = await mkdtemp(join(tmpdir(), 'samaan-crash-'))
  port = await twoPorts()
  app = await startApp(data, port)
})
after(async () => {
  await app?.stop()
  await removeCluster(join(data, 'postgres'))
  await rm(data, { recursive: true, force: true })
})

/** The database behind the app, as its owner of everything. */
async function inDatabase<T>(work: (client: pg.Client, folder: string) => Promise<T>): Promise<T> {
  const cluster = await startCluster({ folder: join(data, 'postgres') })
  const client = new pg.Client({ connectionString: cluster.urls.super })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client, cluster.data)
  } finally {
    await client.end().catch(() => {})
  }
}

/** A case of the unit with Dalia in charge, so that its location can be written again and again. */
async function caseInCharge(marisol: Person, tobias: Person): Promise<string> {
  const made = screeningBody()
  const unit = organisationId('counter-trafficking-unit')
  const [given, referral] = [uuidv7(), uuidv7()]
  await marisol.call(screening.record, { body: made, key: uuidv7() })
  await marisol.call(consent.give, {
    params: { case: made.case },
    body: {
      id: given,
      ...explained('sharing-1'),
      purposes: ['identification'],
      recipients: [unit],
      compartments: ['ID', 'SVC', 'STA'],
      withhold: [],
    },
    key: uuidv7(),
  })
  await marisol.call(referrals.send, {
    body: {
      id: referral,
      case: made.case,
      kind: 'identification',
      to: unit,
      urgency: 'urgent',
      consent: given,
      share: ['ID', 'SVC', 'STA'],
    },
    key: uuidv7(),
  })
  await tobias.call(referrals.accept, { params: { referral }, body: {}, version: 1, key: uuidv7() })
  const { version } = await tobias.call(cases.read, { params: { case: made.case } })
  await tobias.call(charge.assign, {
    params: { case: made.case },
    body: { coordinator: accountId('dalia') },
    version,
    key: uuidv7(),
  })
  return made.case
}

/** What was answered: a command that was told "done" must be there, once, whatever happened in between. */
interface Ledger {
  readonly screenings: { id: string; case: string; reference: string }[]
  /** Answered changes of the location, by case. */
  readonly locations: Map<string, number>
  resent: number
}
const answered = ({ screenings, locations }: Ledger): number =>
  screenings.length + [...locations.values()].reduce((sum, one) => sum + one, 0)

/** Sixteen writers that never stop by themselves: half make new cases, half write over one case each. */
function startWriters(ledger: Ledger, marisol: Person, dalia: Person, ownCases: readonly string[]) {
  let stopping = false
  let given = false
  const again = () => {
    ledger.resent += 1
    return !given
  }
  const recorder = async () => {
    while (!stopping) {
      const body = screeningBody()
      const { reference } = await marisol.insist(screening.record, { body, key: uuidv7() }, again)
      ledger.screenings.push({ id: body.id, case: body.case, reference })
    }
  }
  const overwriter = async (id: string) => {
    for (let count = 1; !stopping; count += 1) {
      const parts = { params: { case: id }, body: { text: `Room ${count}` }, version: count - 1, key: uuidv7() }
      await dalia.insist(cases.changeLocation, parts, again)
      ledger.locations.set(id, count)
    }
  }
  const all = [...ownCases.map(overwriter), ...Array.from({ length: writersOfEachKind }, recorder)]
  assert.equal(all.length, 16)
  const done = Promise.all(all)
  done.catch(() => {})
  return {
    done,
    /** For when something else failed: no writer asks for ever. */
    giveUp: () => {
      stopping = true
      given = true
    },
    stop: async () => {
      stopping = true
      await done
    },
  }
}

/** Everything that was answered stands in the database exactly once, and nothing stands there half. */
async function settle(ledger: Ledger, t: { diagnostic: (line: string) => void }): Promise<void> {
  await inDatabase(async client => {
    const count = async (text: string, values: unknown[] = []) =>
      Number((await client.query(text, values)).rows[0].count)
    const ids = ledger.screenings.map(one => one.id)
    const { rows } = await client.query<{ id: string; case_id: string; reference: string; folders: string }>(
      `select s.id, s.case_id, f.reference from screening.screening s join cases.folder f on f.id = s.case_id where s.id = any ($1)`,
      [ids],
    )
    const stored = new Map(rows.map(row => [row.id, row]))
    const lost = ledger.screenings.filter(one => {
      const row = stored.get(one.id)
      return !row || row.case_id !== one.case || row.reference !== one.reference
    })
    assert.deepEqual(lost, [], 'acknowledged and lost')
    const folders = ledger.screenings.map(one => one.case)
    for (const table of ['cases.identity', 'policy.case_access', 'consent.record', 'screening.screening'])
      assert.equal(
        await count(`select count(*) from ${table} where case_id = any ($1)`, [folders]),
        folders.length,
        table,
      )
    const twice = await client.query(
      `select id from screening.screening group by id having count(*) > 1
       union all select case_id from screening.screening group by case_id having count(*) > 1`,
    )
    assert.deepEqual(twice.rows, [])
    for (const [id, done] of ledger.locations) {
      assert.equal(
        await count('select version as count from cases.location where case_id = $1', [id]),
        done,
        'location written twice or lost',
      )
      for (const [table, column] of [
        ['cases.timeline', 'event'],
        ['audit.event', 'operation'],
      ] as const)
        assert.equal(
          await count(
            `select count(*) from ${table} where case_id = $1 and ${column} in ('case.location-changed', 'cases.changeLocation')`,
            [id],
          ),
          done,
          `${table} tells of each change once`,
        )
    }
    assert.equal(
      await count(
        `select count(*) from audit.event where operation = 'screening.record' and body like '%"outcome":"done"%' and case_id = any ($1)`,
        [folders],
      ),
      folders.length,
      'one event for each screening',
    )
    assert.equal(await count(`select count(*) from pg_prepared_xacts`), 0)
  })
  t.diagnostic(`${answered(ledger)} commands answered, ${ledger.resent} sent again; 0 lost, 0 twice`)
}

test('the app is killed again and again under sixteen writers: nothing answered is lost, nothing is done twice', async t => {
  const [marisol, tobias, dalia] = [
    await signIn(port, 'marisol'),
    await signIn(port, 'tobias'),
    await signIn(port, 'dalia'),
  ]
  const ownCases: string[] = []
  while (ownCases.length < writersOfEachKind) ownCases.push(await caseInCharge(marisol, tobias))
  const ledger: Ledger = { screenings: [], locations: new Map(), resent: 0 }
  const writers = startWriters(ledger, marisol, dalia, ownCases)
  t.after(writers.giveUp)
  const failed = writers.done.then(() => undefined)
  const answers = async (more: number) => {
    for (const target = answered(ledger) + more; answered(ledger) < target; ) await Promise.race([pause(5), failed])
  }
  for (let round = 0; round < rounds; round += 1) {
    // Never at the same place of the writers' work.
    await answers(answeredBetweenKills + 7 * round)
    await app.kill()
    app = await startApp(data, port)
  }
  await answers(answeredBetweenKills)
  await writers.stop()
  assert.ok(ledger.resent > 0, 'no kill met a command on its way')
  await settle(ledger, t)
  t.diagnostic(`${rounds} kills of the app`)
})

test('app and database are killed together: the next start recovers by itself', async t => {
  const [marisol, tobias, dalia] = [
    await signIn(port, 'marisol'),
    await signIn(port, 'tobias'),
    await signIn(port, 'dalia'),
  ]
  const ownCases: string[] = []
  while (ownCases.length < writersOfEachKind) ownCases.push(await caseInCharge(marisol, tobias))
  const ledger: Ledger = { screenings: [], locations: new Map(), resent: 0 }
  const writers = startWriters(ledger, marisol, dalia, ownCases)
  t.after(writers.giveUp)
  while (answered(ledger) < answeredBetweenKills) await pause(5)
  const postmaster = await inDatabase(async (_, folder) =>
    Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]),
  )
  assert.ok(postmaster > 1)
  process.kill(postmaster, 'SIGKILL')
  await app.kill()
  app = await startApp(data, port)
  const before = answered(ledger)
  while (answered(ledger) < before + answeredBetweenKills) await Promise.race([pause(5), writers.done])
  await writers.stop()
  assert.ok(ledger.resent > 0)
  await settle(ledger, t)
})

test('what the app wrote on its way holds nothing of what was entered', () => {
  assert.doesNotMatch(app.said(), /Quintanilla|Yeferson|555 0142|Room \d/)
})

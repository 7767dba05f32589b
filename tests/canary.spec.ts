import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { readConfig } from '#platform/config/config.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { removeCluster, startCluster } from '#platform/db/cluster.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { inBuffer, indexOf, needleOf, type Scan, scanFiles, scanRows } from './canary/scan.ts'
import type { Harness } from './harness/harness.ts'
import { explained, screeningBody } from './harness/make.ts'

/** Texts that stand nowhere else in the world: whatever finds one of them has found what a person said. */
const canaries = {
  givenName: 'Zyphrendel',
  familyName: 'Quóstavick',
  knownAs: 'Brambulwhist',
  phone: '+999 555 7391846',
  document: 'XQ7719KLM4402',
  corrected: 'Vellimontrose',
  story: 'nineteenpurpleherons',
  message: 'waitsbehindthecistern',
  answer: 'thebluegatewithnobell',
  reasons: 'hispassportinthedrawer',
  location: 'thirdhousepastthesawmill',
  note: 'afraidofthetallforeman',
  refusal: 'nobedforatallman',
  searched: 'Zyphrend',
  malformed: 'unfinishedsentenceofhers',
}
const control = 'ControlTextThatMustBeFound'

let root: string
let harness: Harness
const logged: string[] = []
const write = process.stderr.write.bind(process.stderr)
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'samaan-canary-'))
  // A cluster of its own: its files hold this journey and nothing else.
  process.env.SAMAAN_TEST_CLUSTER = join(root, 'postgres')
  const { startHarness } = await import('./harness/harness.ts')
  harness = await startHarness({ log: readConfig({ SAMAAN_DATA: root }, 'demonstration').log })
  process.stderr.write = ((piece: string | Uint8Array) => {
    logged.push(String(piece))
    return true
  }) as typeof process.stderr.write
})
after(async () => {
  process.stderr.write = write
  await harness.stop()
  await removeCluster(join(root, 'postgres'))
  await rm(root, { recursive: true, force: true })
})

async function journey(): Promise<void> {
  const [marisol, tobias, dalia, ines, celeste] = await Promise.all(
    (['marisol', 'tobias', 'dalia', 'ines', 'celeste'] as const).map(harness.as),
  )
  const [unit, shelter] = [organisationId('counter-trafficking-unit'), organisationId('samaan-house')]
  const { givenName, familyName, knownAs, phone, document } = canaries
  const made = screeningBody({
    story: `There were ${canaries.story}.`,
    identity: { givenName, familyName, knownAs, phone, document, age: 24, sex: 'male' },
  })
  const key = uuidv7()
  await marisol!.call(screening.record, { body: made, key })
  await marisol!.call(screening.record, { body: made, key })
  const given = uuidv7()
  await marisol!.call(consent.give, {
    params: { case: made.case },
    body: {
      id: given,
      ...explained('sharing-1'),
      purposes: ['identification', 'services'],
      recipients: [unit, shelter],
      compartments: ['ID', 'SVC', 'STA'],
      withhold: [],
    },
  })
  const toUnit = uuidv7()
  await marisol!.call(referrals.send, {
    body: {
      id: toUnit,
      case: made.case,
      kind: 'identification',
      to: unit,
      urgency: 'urgent',
      consent: given,
      share: ['ID', 'SVC', 'STA'],
      message: `He ${canaries.message}.`,
    },
  })
  await tobias!.call(referrals.list, { query: { box: 'inbox', search: canaries.searched } })
  assert.match((await tobias!.call(referrals.read, { params: { referral: toUnit } })).message ?? '', /cistern/)
  await tobias!.call(referrals.accept, {
    params: { referral: toUnit },
    body: { answer: `By ${canaries.answer}` },
    version: 1,
  })
  let version = (await tobias!.call(cases.read, { params: { case: made.case } })).version
  await tobias!.call(cases.assign, { params: { case: made.case }, body: { coordinator: dalia!.account }, version })
  const { identityVersion } = await dalia!.call(cases.read, { params: { case: made.case } })
  await dalia!.call(cases.changeIdentity, {
    params: { case: made.case },
    body: { givenName, familyName: canaries.corrected, phone },
    version: identityVersion!,
  })
  await dalia!.call(cases.changeLocation, { params: { case: made.case }, body: { text: `The ${canaries.location}` } })
  await dalia!.call(cases.addNote, {
    params: { case: made.case },
    body: { id: uuidv7(), text: `He is ${canaries.note}` },
  })
  const found = await tobias!.call(cases.search, { query: { words: canaries.searched } })
  assert.equal(found.items[0]?.id, made.case)
  version = (await ines!.call(cases.read, { params: { case: made.case } })).version
  await ines!.call(cases.decide, {
    params: { case: made.case },
    body: {
      id: uuidv7(),
      outcome: 'positive',
      acts: ['recruitment'],
      means: ['deception'],
      exploitations: ['forced-labour'],
      reasons: `With ${canaries.reasons}`,
    },
    version,
  })
  const bed = uuidv7()
  await dalia!.call(referrals.send, {
    body: {
      id: bed,
      case: made.case,
      kind: 'service',
      service: 'safe-accommodation',
      to: shelter,
      urgency: 'emergency',
      consent: given,
      share: ['ID', 'STA'],
    },
  })
  assert.equal((await celeste!.call(referrals.read, { params: { referral: bed } })).identity?.givenName, givenName)
  await celeste!.call(referrals.decline, {
    params: { referral: bed },
    body: { reason: 'no-place', answer: `There is ${canaries.refusal}` },
    version: 1,
  })
  // What goes wrong must not tell either: refused input, a deny, a database that refuses, an address nobody knows.
  const raw = (body: string, path = '/api/screenings') =>
    marisol!.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() },
      body,
    })
  await raw(`{"story":"${canaries.malformed}`)
  await raw(JSON.stringify({ ...made, id: canaries.malformed, [canaries.malformed]: 1 }))
  await raw(JSON.stringify({ ...made, story: `${canaries.malformed}\u0000` }))
  await raw(JSON.stringify(made))
  await raw('{}', `/api/${canaries.malformed}`)
  await celeste!.fetch(`/api/cases/search?words=${canaries.malformed}`)
  await tobias!.fetch(`/api/cases/search?words=${canaries.malformed}&surprise=${canaries.malformed}`)
}

/** All three places: every row, every file of the cluster and of the app, every line that was written. */
async function scanAll(names: readonly string[]): Promise<Record<'rows' | 'files' | 'lines', Scan>> {
  const index = indexOf(names.map(needleOf))
  const cluster = await startCluster({ folder: join(root, 'postgres') })
  const client = new pg.Client({ connectionString: harness.database.url('super') })
  await client.connect()
  // What is still in memory goes to the files that are looked at.
  await client.query('checkpoint')
  await client.end()
  const rows = await scanRows(harness.database.url('super'), index)
  const folders = [...new Set([cluster.home, root, harness.services.config.dataFolder])]
  const files = await scanFiles(folders, index)
  const text = Buffer.from(logged.join(''))
  const lines = inBuffer(text, index).map(name => `log: ${name}`)
  return { rows, files, lines: { found: lines, looked: logged.length, bytes: text.length } }
}

test('after the whole journey no name, number or sentence of it stands anywhere in clear', async t => {
  await journey()
  const { rows, files, lines } = await scanAll(Object.values(canaries))
  t.diagnostic(
    `${rows.looked} rows (${rows.bytes} bytes), ${files.looked} files (${files.bytes >> 20} MB), ${lines.looked} log lines`,
  )
  assert.ok(rows.looked > 3000 && files.looked > 300 && files.bytes > 30 << 20)
  assert.deepEqual([...rows.found, ...files.found, ...lines.found], [])
})

test('the same scan finds a control text in a row, in a bytea, in the write-ahead log, in the data, in a file and in the log', async t => {
  const client = new pg.Client({ connectionString: harness.database.url('super') })
  await client.connect()
  await client.query('create table public.scratch (words text, bytes bytea, wide bytea)')
  await client.query('insert into public.scratch values ($1, null, null)', [control])
  await client.query('create table public.hidden (bytes bytea, wide bytea)')
  await client.query('insert into public.hidden values ($1, $2)', [
    Buffer.from(control),
    Buffer.from(control, 'utf16le'),
  ])
  await client.end()
  await writeFile(join(root, 'left-behind.tmp'), `x${Buffer.from(`y${control}`).toString('base64')}`)
  harness.services.config.log({ event: 'planted', words: control })
  const { rows, files, lines } = await scanAll([control])
  const where = [...rows.found, ...files.found, ...lines.found].map(one => one.split(': ')[0]!)
  for (const place of [
    /^public\.scratch$/,
    /^public\.hidden$/,
    /pg_wal\//,
    /base\/\d+\/\d+$/,
    /left-behind\.tmp$/,
    /^log$/,
  ])
    assert.ok(
      where.some(one => place.test(one)),
      `${place} not among ${where.join(' ')}`,
    )
  t.diagnostic(`found in ${where.length} places`)
})

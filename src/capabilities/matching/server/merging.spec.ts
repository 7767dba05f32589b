import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import type { PersonKey } from '../../../../tools/demonstration/people.ts'
import { matching } from '../contract.ts'
import { inChargeOf, taken } from '../make.ts'

let harness: Harness
let truth: ReturnType<typeof pool>
const p = {} as Record<PersonKey, Persona>
before(async () => {
  harness = await startHarness()
  truth = pool(harness.database.url('super'), 1, 'merging-spec-truth')
  for (const key of [
    'marisol',
    'kofi',
    'tobias',
    'ines',
    'rufus',
    'dalia',
    'bastien',
    'petra',
    'wren',
    'celeste',
    'jonah',
    'silas',
    'leonie',
    'odette',
  ] as const)
    p[key] = await harness.as(key)
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const ofCase = (by: Persona, id: string) => by.call(matching.ofCase, { params: { case: id } })
const referenceOf = async (id: string) => (await p.tobias.call(cases.read, { params: { case: id } })).reference
const propose = async (by: Persona, lead: string, away: string, leads: 'this' | 'other' = 'this') => {
  const id = uuidv7()
  const [own, other] = leads === 'this' ? [lead, away] : [away, lead]
  const body = { id, other: await referenceOf(other), leads, reason: 'The same sister came with both.' }
  await by.call(matching.proposeMerge, { params: { case: own }, body })
  return id
}
const answer = (by: Persona, merge: string, said: 'confirmed' | 'returned' = 'confirmed', version = 1) =>
  by.call(matching.answerMerge, { params: { merge }, version, body: { answer: said } })
const undo = (by: Persona, merge: string, version = 2) =>
  by.call(matching.unmerge, { params: { merge }, version, body: { reason: 'It was her cousin.' } })
/** Two cases with the unit: Dalia in charge of the first, Bastien of the second. */
async function two(familyName: string) {
  const lead = await taken(harness, 'marisol', { givenName: 'Xiomara', familyName, age: 31 })
  const away = await taken(harness, 'kofi', { givenName: 'Siomara', familyName, age: 31 })
  await inChargeOf(harness, lead, 'dalia')
  await inChargeOf(harness, away, 'bastien')
  return { lead, away }
}
async function merged(familyName: string) {
  const both = await two(familyName)
  const merge = await propose(p.tobias, both.lead, both.away)
  await answer(p.ines, merge)
  return { ...both, merge }
}
const note = (by: Persona, id: string) =>
  by.call(cases.addNote, { params: { case: id }, body: { id: uuidv7(), text: 'Called.' } })

test('two people with a right to both bring two cases together, and nobody alone', async () => {
  const { lead, away } = await two('Camacho')
  for (const by of [p.dalia, p.bastien]) {
    const body = {
      id: uuidv7(),
      other: await referenceOf(by === p.dalia ? away : lead),
      leads: 'this' as const,
      reason: 'x',
    }
    const refused = await by
      .call(matching.proposeMerge, { params: { case: by === p.dalia ? lead : away }, body })
      .catch((one: Refusal) => one)
    assert.deepEqual(
      (refused as Refusal).fields.map(one => one.code),
      ['no-such-case'],
      'the other is not theirs',
    )
  }
  for (const by of [p.marisol, p.kofi, p.petra, p.celeste, p.wren])
    await assert.rejects(propose(by, lead, away), { code: 'not-found' }, by.key)
  const merge = await propose(p.tobias, lead, away, 'other')
  await assert.rejects(propose(p.ines, lead, away), { code: 'conflict' })
  await assert.rejects(answer(p.tobias, merge), { code: 'not-found' })
  for (const by of [p.dalia, p.bastien, p.marisol]) await assert.rejects(answer(by, merge), { code: 'not-found' })
  assert.deepEqual(
    (await ofCase(p.ines, lead)).merges.map(one => [one.state, one.moves, one.lead.id, one.away.id]),
    [['proposed', ['answer'], lead, away]],
  )
  assert.deepEqual((await ofCase(p.tobias, away)).merges[0]?.moves, [])
  await note(p.bastien, away)
  await answer(p.ines, merge)
  await assert.rejects(answer(p.rufus, merge, 'returned', 2), { code: 'already-answered' })
  assert.deepEqual((await ofCase(p.tobias, away)).lead, { id: lead, reference: await referenceOf(lead) })
  await undo(p.rufus, merge)
  assert.equal((await ofCase(p.tobias, away)).lead, null)
  // Returned: nothing came of it, and it may be asked again.
  await answer(p.ines, await propose(p.tobias, lead, away), 'returned')
  await note(p.bastien, away)
})

test('what is begun in a case that leads elsewhere is refused with a sentence that names where', async () => {
  const { lead, away, merge } = await merged('Duarte')
  const reference = await referenceOf(lead)
  const raw = await p.bastien.fetch(`/api/cases/${away}/notes`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: 'http://localhost:4001',
      'sec-fetch-site': 'same-origin',
      'idempotency-key': uuidv7(),
      'accept-language': 'en',
    },
    body: JSON.stringify({ id: uuidv7(), text: 'Called.' }),
  })
  const body = (await raw.json()) as { code: string; detail: string }
  assert.equal(raw.status, 409)
  assert.equal(body.code, 'merged')
  assert.ok(body.detail.includes(reference), body.detail)
  for (const [by, call] of [
    ['tobias', () => inChargeOf(harness, away, 'dalia')],
    [
      'tobias',
      () =>
        p.tobias.call(cases.editIdentity, {
          params: { case: away },
          body: { id: uuidv7(), edits: [{ field: 'age', value: 40, base: 'v1' }] },
        } as never),
    ],
    [
      'bastien',
      () => p.bastien.call(cases.changeLocation, { params: { case: away }, version: 0, body: { text: 'There' } }),
    ],
    ['tobias', () => propose(p.tobias, away, lead)],
  ] as const)
    await assert.rejects(call(), { code: 'merged' }, by)
  await note(p.dalia, lead)
  // What ends something, ends it where it stands.
  const [given] = (await p.bastien.call(consent.list, { params: { case: away } })).items
  await p.bastien
    .call(consent.withdraw, { params: { case: away, consent: given!.id }, body: { id: uuidv7() } } as never)
    .catch((error: Refusal) => assert.notEqual(error.code, 'merged'))
  await undo(p.tobias, merge)
  await note(p.bastien, away)
})

test('a search finds the case that leads, for whoever has a right to it; who has the other alone finds that', async () => {
  const { lead, away, merge } = await merged('Fuentes')
  const found = async (by: Persona) =>
    (await by.call(cases.search, { query: { words: 'Xiomara Fuentes' } })).items.map(one => one.id)
  assert.deepEqual(await found(p.tobias), [lead])
  assert.deepEqual(await found(p.bastien), [away])
  assert.deepEqual(await found(p.dalia), [lead])
  await undo(p.ines, merge)
  assert.deepEqual((await found(p.tobias)).sort(), [lead, away].sort())
})

test('both histories are read as one, in time order, each entry with the case it comes from', async () => {
  const { lead, away, merge } = await merged('Guzman')
  const { items, clocks } = await p.tobias.call(matching.history, { params: { case: lead } })
  const references = [await referenceOf(lead), await referenceOf(away)]
  assert.deepEqual([...new Set(items.map(one => one.reference))].sort(), references.sort())
  assert.deepEqual(
    items.map(one => one.at),
    items.map(one => one.at).toSorted(),
  )
  assert.deepEqual(
    clocks.map(one => [one.kind, one.reference]),
    [['reasonable-grounds', await referenceOf(away)]],
  )
  const clocksOf = async () =>
    (await p.tobias.call(cases.clocks, { query: { limit: '100' } })).items.filter(one => one.case === away).length
  assert.equal(await clocksOf(), 0)
  // Who may read one of the two reads that one.
  assert.ok(
    (await p.dalia.call(matching.history, { params: { case: lead } })).items.every(
      one => one.reference !== references.find(each => each !== one.reference),
    ),
  )
  await undo(p.tobias, merge)
  assert.equal(await clocksOf(), 1)
})

/** Every row of every table, but for what says that it was done: the audit, the answers to commands, the merge itself. */
async function rows(): Promise<Map<string, string[]>> {
  const tables = await truth.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'audit')
       and format('%I.%I', n.nspname, c.relname) not in ('platform.command', 'matching.merge', 'auth.session')`,
  )
  const dump = new Map<string, string[]>()
  for (const { name } of tables.rows)
    dump.set(
      name,
      (await truth.query(`select t::text as row from ${name} t order by 1`)).rows.map(one => one.row),
    )
  return dump
}

test('brought together and taken apart again, every row of every table is as it was', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { lead, away } = await two(`Ibarra${'abcd'[round]}`)
    await note(p.dalia, lead)
    await note(p.bastien, away)
    const before = await rows()
    assert.ok(before.size > 40)
    const merge = await propose(round % 2 ? p.ines : p.tobias, lead, away, round % 2 ? 'this' : 'other')
    await answer(round % 2 ? p.tobias : p.rufus, merge)
    assert.notDeepEqual(await rows(), before)
    await undo(p.rufus, merge)
    assert.deepEqual(await rows(), before)
  }
})

/** What each of these people reads with every operation that reads, byte for byte. */
async function screens(ids: readonly string[]): Promise<Map<string, string>> {
  const all = new Map<string, string>()
  const reading = harness.bindings.flatMap(({ operation }) => (operation.kind === 'query' ? [operation] : []))
  const paths = reading.flatMap(({ path }) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(one => one[1])
    if (names.length === 0) return [path, `${path}?limit=100`]
    return names.join() === 'case' ? ids.map(id => path.replace('{case}', id)) : []
  })
  const asked = [...paths, '/cases/search?words=Xiomara', '/cases/alike?givenName=Xiomara&familyName=Leal']
  for (const by of [
    p.marisol,
    p.kofi,
    p.petra,
    p.leonie,
    p.celeste,
    p.jonah,
    p.silas,
    p.wren,
    p.odette,
    p.dalia,
    p.bastien,
  ])
    for (const path of asked) {
      const answer = await by.fetch(`/api${path}`, {
        headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
      })
      const text = (await answer.text()).replace(/"request":"[^"]+"/, '')
      // A log has what its reader just did as well: of it, what happened at all.
      const events = [...text.matchAll(/"(?:event|operation)":"([^"]+)"/g)].map(one => one[1])
      const read = /\/(log|events|unusual)(\?|$)/.test(path)
        ? [...new Set(events)].filter(one => /match|merg|link/.test(one!)).join()
        : text
      all.set(`${by.key} ${path}`, `${answer.status} ${read}`)
    }
  return all
}
const changedFor = (before: Map<string, string>, after: Map<string, string>) =>
  [...after].flatMap(([what, text]) => (before.get(what) === text ? [] : [what]))

test('who has no right to both reads the same bytes before and after a match, a merge and a link', async () => {
  const { lead, away } = await two('Leal')
  const ids = [lead, away]
  // A sheet for the person says when it was made: that moment stands still meanwhile.
  harness.setNow(new Date())
  const before = await screens(ids)
  assert.ok([...before.values()].filter(one => one.startsWith('200')).length > 40)
  await truth.query('select matching.compare(1000)')
  const [match] = (
    await truth.query('select id from matching.match where case_a in ($1, $2) and case_b in ($1, $2)', ids)
  ).rows
  assert.ok(match)
  assert.deepEqual(changedFor(before, await screens(ids)), [])
  const link = uuidv7()
  const other = await referenceOf(away)
  await p.tobias.call(matching.link, {
    params: { case: lead },
    body: { id: link, other, kind: 'family', note: 'Sisters.' },
  })
  assert.deepEqual(changedFor(before, await screens(ids)), [])
  const merge = await propose(p.tobias, lead, away)
  assert.deepEqual(changedFor(before, await screens(ids)), [])
  await answer(p.ines, merge)
  // In charge of the one that leads elsewhere, Bastien is told where to go on: his unit holds both. Nobody else is told anything.
  assert.deepEqual(
    changedFor(before, await screens(ids)).filter(one => !one.startsWith('bastien')),
    [],
  )
  // Who made the case goes on writing into it and learns nothing.
  await p.kofi.call(cases.editIdentity, {
    params: { case: away },
    body: { id: uuidv7(), edits: [{ field: 'knownAs', value: 'Xio', base: null }] },
  } as never)
  await undo(p.tobias, merge)
  harness.setNow(undefined)
})

test('linked cases are there for who may see both, and unlinked with a reason', async () => {
  const { lead, away } = await two('Navarro')
  const id = uuidv7()
  const body = { id, other: await referenceOf(away), kind: 'same-event' as const, note: 'Came on one boat.' }
  await p.tobias.call(matching.link, { params: { case: lead }, body })
  await assert.rejects(
    p.tobias.call(matching.link, {
      params: { case: away },
      body: { ...body, id: uuidv7(), other: await referenceOf(lead) },
    }),
    { code: 'conflict' },
  )
  for (const [of, other] of [
    [lead, away],
    [away, lead],
  ] as const)
    assert.deepEqual(
      (await ofCase(p.ines, of)).links.map(one => [one.other.id, one.kind, one.note]),
      [[other, 'same-event', 'Came on one boat.']],
    )
  assert.deepEqual((await ofCase(p.dalia, lead)).links, [])
  assert.deepEqual((await ofCase(p.bastien, away)).links, [])
  const end = (by: Persona, version = 1) =>
    by.call(matching.unlink, { params: { link: id }, version, body: { reason: 'Two boats.' } })
  for (const by of [p.dalia, p.bastien, p.marisol, p.wren]) await assert.rejects(end(by), { code: 'not-found' }, by.key)
  await assert.rejects(end(p.ines, 7), { code: 'version-stale' })
  await end(p.ines)
  assert.deepEqual((await ofCase(p.tobias, lead)).links, [])
  await assert.rejects(end(p.ines, 2), { code: 'not-found' })
  const sealed = await truth.query(
    'select encode(sealed, $1) as a, encode(sealed_end, $1) as b from matching.link where id = $2',
    ['escape', id],
  )
  assert.ok(!/boat/.test(JSON.stringify(sealed.rows)))
})

test('a case leads to one other only, and one that waits for a second person is not brought together with another', async () => {
  const { lead, away, merge } = await merged('Ochoa')
  const third = await taken(harness, 'marisol', { givenName: 'Siomara', familyName: 'Ochoa', age: 31 })
  await assert.rejects(propose(p.ines, away, third), { code: 'merged' })
  await assert.rejects(propose(p.ines, third, away), { code: 'conflict' })
  await assert.rejects(propose(p.ines, third, lead), { code: 'conflict' })
  const more = await propose(p.ines, lead, third)
  await answer(p.tobias, more)
  assert.equal((await ofCase(p.tobias, lead)).merges.length, 2)
  await undo(p.tobias, more)
  await undo(p.tobias, merge)
})

test('a legal hold on one of two keeps both; where one is erased the other stands alone again', async () => {
  const { lead, away } = await merged('Paredes')
  const hold = uuidv7()
  await p.wren.call(oversight.placeHold, {
    body: { id: hold, reference: await referenceOf(lead), reason: 'court' },
  } as never)
  const erasure = uuidv7()
  await p.wren.call(oversight.proposeErasure, {
    body: {
      id: erasure,
      reference: await referenceOf(away),
      ground: 'person-asked',
      text: 'She asked for it, in person.',
    },
  } as never)
  const erase = () =>
    p.ines.call(oversight.answerErasure, { params: { erasure }, version: 1, body: { answer: 'confirmed' } } as never)
  await assert.rejects(erase())
  await p.ines.call(oversight.endHold, { params: { hold } } as never)
  await erase()
  assert.deepEqual((await truth.query('select * from policy.case_merged where lead_case = $1', [lead])).rows, [])
  const [left] = (await truth.query('select state, sealed from matching.merge where lead_case = $1', [lead])).rows
  assert.deepEqual(left, { state: 'ended', sealed: null })
  assert.deepEqual((await ofCase(p.tobias, lead)).merges, [])
  await note(p.dalia, lead)
})

test('referrals of a case that leads elsewhere are answered where they are, and its receiver learns nothing', async () => {
  const { away, merge } = await merged('Quintero')
  const sent = await p.kofi.call(referrals.list, { query: { box: 'sent', limit: '100' } })
  const before = sent.items.filter(one => (one as { case?: string }).case === away)
  await undo(p.tobias, merge)
  const now = await p.kofi.call(referrals.list, { query: { box: 'sent', limit: '100' } })
  assert.deepEqual(
    now.items.filter(one => (one as { case?: string }).case === away),
    before,
  )
})

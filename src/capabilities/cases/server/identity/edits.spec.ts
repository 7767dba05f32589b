import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { decide } from '#platform/policy/decide.ts'
import { inDays } from '../../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { openedCase } from '../../../../../tests/harness/make.ts'
import { cases, type Identity } from '../../contract.ts'
import { sealAt } from '../sealed.ts'
import { edit, fieldsOf, made, of, read, settle, value, waiting } from './make.ts'

let harness: Harness
let owner: pg.Client
let marisol: Persona
let kofi: Persona
let tobias: Persona
let dalia: Persona
let ines: Persona
before(async () => {
  harness = await startHarness()
  owner = new pg.Client({ connectionString: harness.database.url('super') })
  await owner.connect()
  marisol = await harness.as('marisol')
  kofi = await harness.as('kofi')
  tobias = await harness.as('tobias')
  dalia = await harness.as('dalia')
  ines = await harness.as('ines')
})
after(async () => {
  await owner.end()
  await harness.stop()
})

test('an officer reads who the person is whom they met, and nobody else’s; the version is of each field', async () => {
  const id = await made(marisol, { givenName: 'Yeferson', age: 24 })
  const seen = await read(marisol, id)
  assert.deepEqual(
    Object.entries(seen.fields).map(([name, one]) => [name, one.value, one.version, one.by, one.byName]),
    [
      ['givenName', 'Yeferson', 'v1', marisol.account, 'Marisol Prentice'],
      ['age', 24, 'v1', marisol.account, 'Marisol Prentice'],
    ],
  )
  assert.deepEqual([seen.conflicts, seen.open, seen.child], [0, true, false])
  for (const by of [kofi, tobias, dalia, ines]) await assert.rejects(read(by, id), { code: 'not-found' })
  await assert.rejects(edit(kofi, id, 'age', 30, 'v1'), { code: 'not-found' })
  await assert.rejects(marisol.call(cases.read, of(id)), { code: 'not-found' })
})

test('an edit changes its own field and no other, and its id becomes the version', async () => {
  const id = await made(marisol, { givenName: 'Yeferson', phone: '+999 555 0142' })
  const as = uuidv7()
  const done = await edit(marisol, id, 'phone', '+999 555 0199', 'v1', as)
  assert.deepEqual(done, { id, version: 2, conflicts: [] })
  const { fields } = await read(marisol, id)
  assert.deepEqual([fields.phone?.value, fields.phone?.version, fields.givenName?.version], ['+999 555 0199', as, 'v1'])
})

test('what was sealed as plain values before counts as written with the case, at the version of the whole', async () => {
  const id = await made(marisol, { givenName: 'Yeferson' })
  const { rows } = await owner.query('select key_slot, made_at from cases.folder where id = $1', [id])
  const decision = decide(
    () => ({ allow: true, compartments: ['ID'] }),
    ['identification'],
    { purpose: 'identification' } as never,
    {},
    id,
    new Date(),
  )
  const key = harness.services.keys.release(decision, id, rows[0].key_slot, 'ID')
  await owner.query('update cases.identity set sealed = $2, version = 7 where case_id = $1', [
    id,
    sealAt(key, 'identity', id, JSON.stringify({ givenName: 'Jeferson', sex: 'male' })),
  ])
  const { fields } = await read(marisol, id)
  const at = rows[0].made_at.toISOString()
  assert.deepEqual(
    [fields.givenName, fields.sex].map(one => [one?.value, one?.version, one?.by, one?.at]),
    [
      ['Jeferson', 'v7', marisol.account, at],
      ['male', 'v7', marisol.account, at],
    ],
  )
  await edit(marisol, id, 'givenName', 'Yeferson', 'v7')
  // What was not touched keeps its version, though the whole has another now.
  assert.equal((await read(marisol, id)).fields.sex?.version, 'v7')
})

test('two phones change one field: whichever comes first stands, the other waits, in either order', async () => {
  for (const [first, second] of [
    [marisol, tobias],
    [tobias, marisol],
  ] as const) {
    const id = await openedCase(harness)
    await edit(first, id, 'phone', '+999 555 0001', 'v1')
    const late = await edit(second, id, 'phone', '+999 555 0002', 'v1')
    assert.deepEqual(late.conflicts, ['phone'])
    for (const by of [marisol, tobias]) {
      assert.equal(await value(by, id, 'phone'), '+999 555 0001')
      const [one, ...more] = await waiting(by, id)
      assert.deepEqual(more, [])
      assert.deepEqual(
        [one?.stands?.value, one?.stands?.by, one?.came.value, one?.came.by, one?.base, one?.field],
        ['+999 555 0001', first.account, '+999 555 0002', second.account, 'v1', 'phone'],
      )
      assert.equal((await read(by, id)).conflicts, 1)
      const mine = await by.call(cases.myConflicts, { query: {} })
      assert.ok(mine.items.some(each => each.id === one?.id))
    }
  }
})

test('both say the same: there is nothing to settle', async () => {
  const id = await openedCase(harness)
  await edit(marisol, id, 'age', 30, 'v1')
  assert.deepEqual((await edit(tobias, id, 'age', 30, 'v1')).conflicts, [])
  assert.deepEqual(await waiting(tobias, id), [])
})

test('different fields never meet, also in one command', async () => {
  const id = await openedCase(harness)
  await edit(marisol, id, 'age', 31, 'v1')
  const as = uuidv7()
  const done = await tobias.call(cases.editIdentity, {
    ...of(id),
    key: as,
    body: {
      id: as,
      edits: [
        { field: 'age', value: 33, base: 'v1' },
        { field: 'knownAs', value: 'Yef', base: null },
        { field: 'sex', value: null, base: 'v1' },
      ],
    },
  })
  assert.deepEqual(done.conflicts, ['age'])
  const { fields } = await read(tobias, id)
  assert.deepEqual([fields.age?.value, fields.knownAs?.value, fields.sex?.value], [31, 'Yef', null])
  const { identity } = await tobias.call(cases.read, of(id))
  assert.deepEqual([identity?.age, identity?.knownAs, 'sex' in identity!], [31, 'Yef', false])
})

test('the same command twice is one command, also where it made a conflict', async () => {
  const id = await openedCase(harness)
  const as = uuidv7()
  const first = await edit(marisol, id, 'age', 30, 'v1', as)
  assert.deepEqual(await edit(marisol, id, 'age', 30, 'v1', as), first)
  const late = uuidv7()
  const second = await edit(tobias, id, 'age', 33, 'v1', late)
  assert.deepEqual(await edit(tobias, id, 'age', 33, 'v1', late), second)
  assert.equal((await waiting(tobias, id)).length, 1)
  const { timeline } = await tobias.call(cases.read, of(id))
  assert.equal(timeline.filter(one => one.event === 'case.identity-changed').length, 1)
  assert.equal(timeline.filter(one => one.event === 'case.identity-conflict').length, 1)
})

test('an id is the version of one edit: it is not used for another', async () => {
  const id = await openedCase(harness)
  const as = uuidv7()
  await edit(marisol, id, 'age', 30, 'v1', as)
  const again = (by: Persona) =>
    by.call(cases.editIdentity, {
      ...of(id),
      body: { id: as, edits: [{ field: 'age', value: 40, base: as }] },
    })
  assert.deepEqual(await fieldsOf(again(tobias)), [['id', 'used']])
  assert.deepEqual(await fieldsOf(again(marisol)), [['id', 'used']])
  assert.equal(await value(tobias, id, 'age'), 30)
})

test('an edit that a phone kept for thirty days meets what was changed since, and says when it was made', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'phone', '+999 555 0009', 'v1')
  harness.setNow(new Date(Date.now() + 30 * 86_400_000))
  const madeAt = new Date().toISOString()
  const as = uuidv7()
  const body = { id: as, madeAt, edits: [{ field: 'phone' as const, value: '+999 555 0008', base: 'v1' }] }
  const late = await marisol
    .call(cases.editIdentity, { ...of(id), key: as, body })
    .finally(() => harness.setNow(undefined))
  assert.deepEqual(late.conflicts, ['phone'])
  assert.equal((await waiting(tobias, id))[0]?.came.at, madeAt)
  const ahead = { ...body, id: uuidv7(), madeAt: new Date(Date.now() + 86_400_000).toISOString() }
  assert.deepEqual(await fieldsOf(marisol.call(cases.editIdentity, { ...of(id), body: ahead })), [['madeAt', 'future']])
})

test('who edits the own late value again changes what waits, and makes no second conflict', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'age', 30, 'v1')
  const first = uuidv7()
  await edit(marisol, id, 'age', 33, 'v1', first)
  assert.deepEqual((await edit(marisol, id, 'age', 34, first)).conflicts, ['age'])
  const [one, ...more] = await waiting(tobias, id)
  assert.deepEqual([one?.came.value, one?.stands?.value, one?.base, more.length], [34, 30, 'v1', 0])
  // Changed once more to what stands: both say the same.
  await edit(marisol, id, 'age', 30, one!.came.version)
  assert.deepEqual(await waiting(tobias, id), [])
})

test('the desk changes the whole on the version it read; who edits a field at the same time loses nothing', async () => {
  const id = await openedCase(harness, { identity: { givenName: 'Lorna', age: 30 } })
  const desk = await tobias.call(cases.read, of(id))
  const whole = (version: number, body: Identity) => tobias.call(cases.changeIdentity, { ...of(id), version, body })
  await edit(marisol, id, 'age', 31, 'v1')
  await assert.rejects(whole(desk.identityVersion!, { givenName: 'Lorna', age: 32 }), { code: 'version-stale' })
  const { identityVersion } = await tobias.call(cases.read, of(id))
  const done = await whole(identityVersion!, { givenName: 'Lorna', age: 32 })
  assert.equal(done.version, identityVersion! + 1)
  const { fields } = await read(marisol, id)
  // What the desk left as it was keeps its version, so that an edit of it meets nothing.
  assert.deepEqual([fields.givenName?.version, fields.age?.value, fields.age?.by], ['v1', 32, tobias.account])
  assert.deepEqual((await edit(marisol, id, 'givenName', 'Lorna M.', 'v1')).conflicts, [])
  assert.deepEqual((await edit(marisol, id, 'age', 33, 'v1')).conflicts, ['age'])
})

test('many at once: every edit is either what stands or waits beside it', async () => {
  const id = await openedCase(harness)
  const ages = [20, 21, 22, 23, 25, 26, 27, 28]
  await Promise.all(ages.map((age, at) => edit(at % 2 ? marisol : tobias, id, 'age', age, 'v1')))
  const late = (await waiting(tobias, id)).map(one => Number(one.came.value))
  assert.deepEqual([Number(await value(tobias, id, 'age')), ...late].sort(), ages)
})

test('a child is found by an edit that comes late, also from the officer when the case is the unit’s', async () => {
  const id = await openedCase(harness, { child: 'no', identity: { givenName: 'Lorna' } })
  await edit(marisol, id, 'age', 15, null)
  const raised = await tobias.call(cases.read, of(id))
  assert.equal(raised.child, true)
  assert.deepEqual(
    raised.timeline.filter(one => one.event === 'case.child-found').map(one => one.account),
    [marisol.account],
  )
  await edit(tobias, id, 'age', 40, (await read(tobias, id)).fields.age!.version)
  assert.equal((await read(tobias, id)).child, true)
})

test('where one of two values says that it is a child, it is one: doubt protects', async () => {
  const id = await openedCase(harness, { child: 'no', identity: { age: 30 } })
  await edit(tobias, id, 'age', 25, 'v1')
  await edit(marisol, id, 'age', 15, 'v1')
  assert.deepEqual([await value(tobias, id, 'age'), (await read(tobias, id)).child], [25, true])
})

test('what a person is found by follows what stands, never what waits', async () => {
  const id = await openedCase(harness, {
    identity: { givenName: 'Zoraida', familyName: 'Pemberton', phone: '+999 555 7711' },
  })
  const finds = async (words: string) =>
    (await tobias.call(cases.search, { query: { words } })).items.some(one => one.id === id)
  await edit(marisol, id, 'familyName', 'Quashie', 'v1')
  assert.deepEqual([await finds('Pemberton'), await finds('Quashie'), await finds('Zoraida')], [false, true, true])
  await edit(tobias, id, 'familyName', 'Fortune', 'v1')
  assert.equal(await finds('Fortune'), false)
  const [one] = await waiting(tobias, id)
  await settle(tobias, id, one!.id, 'familyName', 'Fortune', one!.stands!.version)
  assert.deepEqual([await finds('Fortune'), await finds('Quashie')], [true, false])
  await edit(tobias, id, 'phone', null, 'v1')
  assert.equal(await finds('+999 555 7711'), false)
})

test('what is none of the fields, or no value of its field, is refused where it stands', async () => {
  const id = await made(marisol, { givenName: 'Yeferson' })
  const send = (edits: unknown) =>
    marisol.call(cases.editIdentity, { ...of(id), body: { id: uuidv7(), edits } as never })
  const one = (change: object) => fieldsOf(send([{ field: 'age', value: 30, base: null, ...change }]))
  assert.deepEqual(await one({ field: 'secret' }), [['edits.0.field', 'choice']])
  for (const field of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    assert.deepEqual(await one({ field }), [['edits.0.field', 'choice']])
  assert.deepEqual(await one({ value: 'thirty' }), [['edits.0.value', 'wrong-type']])
  assert.deepEqual(await one({ value: 121 }), [['edits.0.value', 'too-large']])
  assert.deepEqual(await one({ field: 'phone', value: 'call me' }), [['edits.0.value', 'phone']])
  assert.deepEqual(await one({ field: 'sex', value: 'none' }), [['edits.0.value', 'choice']])
  assert.deepEqual(await one({ field: 'givenName', value: '' }), [['edits.0.value', 'required']])
  assert.deepEqual(await one({ base: '../v1' }), [['edits.0.base', 'wrong']])
  assert.deepEqual(await one({ more: 1 }), [['edits.0.more', 'unknown-field']])
  assert.deepEqual(await fieldsOf(send([])), [['edits', 'required']])
  const twice = { field: 'age', value: 30, base: null }
  assert.deepEqual(await fieldsOf(send([twice, { ...twice, value: 31 }])), [['edits.1.field', 'twice']])
  const raw = await marisol.fetch(`/api/cases/${id}/identity/edits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() },
    body: `{"id":"${uuidv7()}","edits":[{"__proto__":{"field":"age"},"value":1,"base":null}]}`,
  })
  assert.equal(raw.status, 400)
  for (const [birthDate, code] of [
    [inDays(2), 'future'],
    ['1901-01-01', 'too-old'],
  ] as const)
    assert.deepEqual(
      await fieldsOf(
        send([
          { field: 'knownAs', value: 'Yef', base: null },
          { field: 'birthDate', value: birthDate, base: null },
        ]),
      ),
      [['edits.1.value', code]],
    )
  assert.equal(await value(marisol, id, 'knownAs'), undefined)
})

test('an officer who may no longer read a case edits nothing of it, and what waits in it is not told', async () => {
  const id = await openedCase(harness)
  await edit(marisol, id, 'age', 30, 'v1')
  await edit(tobias, id, 'age', 31, 'v1')
  await owner.query(`delete from policy.case_access where case_id = $1 and basis = 'own'`, [id])
  await assert.rejects(read(marisol, id), { code: 'not-found' })
  await assert.rejects(edit(marisol, id, 'age', 32, 'v1'), { code: 'not-found' })
  await assert.rejects(waiting(marisol, id), { code: 'not-found' })
  const mine = (await marisol.call(cases.myConflicts, { query: {} })).items
  assert.ok(!mine.some(one => one.case === id))
})

test('in a closed case nothing is edited or settled', async () => {
  const id = await openedCase(harness)
  await edit(marisol, id, 'age', 30, 'v1')
  await edit(tobias, id, 'age', 31, 'v1')
  const [one] = await waiting(tobias, id)
  await owner.query(`update cases.folder set status = 'closed' where id = $1`, [id])
  await assert.rejects(edit(tobias, id, 'age', 32, 'v1'), { code: 'not-now' })
  await assert.rejects(settle(tobias, id, one!.id, 'age', 31, one!.stands!.version), { code: 'not-now' })
  assert.equal((await read(tobias, id)).open, false)
})

import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { tellPhone, type Waiting } from '#staff/phone/here.ts'
import type { FinishedHere, Kept } from '#staff/phone/kept.ts'
import { cases, type IdentityConflict } from '../contract.ts'
import type { FieldSaid, IdentityRecord } from '../contract-identity.ts'
import { withoutSignal } from './without-signal.ts'

const me = { account: uuidv7(), name: 'Marisol Prentice' }
const other = { by: uuidv7(), byName: 'Tobias Grant', at: '2026-11-01T08:00:00.000Z' }
const mine = { by: me.account, byName: me.name, at: '2026-11-01T07:00:00.000Z' }
const at = '2026-11-03T09:00:00.000Z'
const of = uuidv7()

interface Held {
  records?: Record<string, unknown>
  finished?: Record<string, FinishedHere<unknown>[]>
}
const phone = ({ records = {}, finished = {} }: Held): Kept =>
  ({
    me,
    records: async (kind: string) =>
      Object.entries(records)
        .filter(([name]) => name.startsWith(`${kind} `))
        .map(([, value]) => value),
    record: async (kind: string, id: string) => records[`${kind} ${id}`],
    finished: async (operation: string) => finished[operation] ?? [],
    answer: async () => undefined,
  }) as unknown as Kept
const asked = async <T>(operation: { id: string }, kept: Kept, online?: unknown): Promise<T> =>
  (await withoutSignal.answers
    .find(one => one.operation === operation.id)!
    .answer(kept, { params: { case: of }, query: {} }, online)) as T

const record = (fields: Record<string, FieldSaid>, conflicts = 0): IdentityRecord => ({
  case: of,
  reference: '12345-67890',
  child: false,
  version: 3,
  fields,
  conflicts,
  open: true,
})
/** What this phone finished; `here` is where it stands, also when it has arrived. */
const editing = (
  field: string,
  value: unknown,
  base: string | null,
  here: 'waiting' | 'refused' | 'arrived' = 'waiting',
  settles?: string,
) => {
  const key = uuidv7()
  const edit = { field, value, base }
  if (here !== 'arrived') waits.push({ item: { id: key, state: here } as never })
  tellPhone({ waiting: [...waits] })
  return {
    key,
    params: { case: of, ...(settles ? { conflict: settles } : {}) },
    body: { id: key, madeAt: at, ...(settles ? { edit } : { edits: [edit] }) },
    madeAt: at,
    stands: here !== 'refused',
  }
}
let waits: Waiting[] = []
beforeEach(() => {
  waits = []
  tellPhone({ waiting: [] })
})
const phoneField = (value: string, version: string): FieldSaid => ({ value, version, ...other })

test('what was changed here shows at once, over what was pulled, as the own', async () => {
  const edit = editing('phone', '+999 2', 'v1')
  const kept = phone({
    records: { [`identity ${of}`]: record({ phone: { ...mine, value: '+999 1', version: 'v1' } }) },
    finished: { [cases.editIdentity.id]: [edit] },
  })
  const seen = await asked<IdentityRecord>(cases.identity, kept)
  assert.deepEqual(seen.fields.phone, { value: '+999 2', version: edit.key, by: me.account, byName: me.name, at })
  assert.deepEqual((await asked<{ items: unknown[] }>(cases.conflicts, kept)).items, [])
})

test('a chain of changes shows its end', async () => {
  const first = editing('age', 30, null)
  const second = editing('age', 31, first.key)
  const kept = phone({
    records: { [`identity ${of}`]: record({}) },
    finished: { [cases.editIdentity.id]: [first, second] },
  })
  assert.equal((await asked<IdentityRecord>(cases.identity, kept)).fields.age?.value, 31)
})

test('what has arrived counts only until the copy has it', async () => {
  const edit = editing('phone', '+999 2', 'v1', 'arrived')
  const seen = async (fields: Record<string, FieldSaid>) =>
    (
      await asked<IdentityRecord>(
        cases.identity,
        phone({
          records: { [`identity ${of}`]: record(fields) },
          finished: { [cases.editIdentity.id]: [edit] },
        }),
      )
    ).fields.phone?.value
  assert.equal(await seen({ phone: phoneField('+999 1', 'v1') }), '+999 2')
  assert.equal(await seen({ phone: { ...mine, value: '+999 2', version: edit.key } }), '+999 2')
  // Somebody changed it since.
  assert.equal(await seen({ phone: phoneField('+999 3', uuidv7()) }), '+999 3')
})

test('what was refused is not shown as if it stood', async () => {
  const edit = editing('age', 130, 'v1', 'refused')
  const kept = phone({
    records: { [`identity ${of}`]: record({ age: { ...mine, value: 30, version: 'v1' } }) },
    finished: { [cases.editIdentity.id]: [edit] },
  })
  assert.equal((await asked<IdentityRecord>(cases.identity, kept)).fields.age?.value, 30)
})

test('a value of somebody else that came in between is foreseen, and both are shown', async () => {
  const edit = editing('phone', '+999 2', 'v1')
  const kept = phone({
    records: { [`identity ${of}`]: record({ phone: phoneField('+999 3', 'their-version') }) },
    finished: { [cases.editIdentity.id]: [edit] },
  })
  for (const operation of [cases.conflicts, cases.myConflicts]) {
    const { items } = await asked<{ items: IdentityConflict[] }>(operation, kept)
    assert.deepEqual(
      items.map(one => [one.id, one.field, one.came.value, one.stands?.value, one.stands?.byName]),
      [[edit.key, 'phone', '+999 2', '+999 3', 'Tobias Grant']],
    )
  }
  assert.equal((await asked<IdentityRecord>(cases.identity, kept)).fields.phone?.value, '+999 3')
})

const conflict = (): IdentityConflict => ({
  id: uuidv7(),
  case: of,
  reference: '12345-67890',
  field: 'phone',
  came: { ...mine, value: '+999 2', version: uuidv7() },
  base: 'v1',
  stands: phoneField('+999 3', 'their-version'),
})

test('a conflict that is settled here is gone from here, and what was chosen stands', async () => {
  const one = conflict()
  const choice = editing('phone', '+999 2', 'their-version', 'waiting', one.id)
  const kept = phone({
    records: {
      [`identity ${of}`]: record({ phone: one.stands! }, 1),
      [`conflicts ${of}`]: { items: [one] },
    },
    finished: { [cases.settleConflict.id]: [choice] },
  })
  for (const operation of [cases.conflicts, cases.myConflicts])
    assert.deepEqual((await asked<{ items: unknown[] }>(operation, kept)).items, [])
  assert.equal((await asked<IdentityRecord>(cases.identity, kept)).fields.phone?.value, '+999 2')
})

test('one that was settled here too late goes on', async () => {
  const one = conflict()
  const choice = editing('phone', '+999 2', 'an-older-version', 'arrived', one.id)
  const kept = phone({
    records: { [`conflicts ${of}`]: { items: [one] } },
    finished: { [cases.settleConflict.id]: [choice] },
  })
  const { items } = await asked<{ items: IdentityConflict[] }>(cases.conflicts, kept)
  assert.deepEqual([items[0]?.id, items[0]?.stands?.value], [one.id, '+999 3'])
})

test('a change of what stands, made here, is what a choice is made on', async () => {
  const one = conflict()
  const edit = editing('phone', '+999 4', 'their-version')
  const kept = phone({
    records: {
      [`identity ${of}`]: record({ phone: one.stands! }, 1),
      [`conflicts ${of}`]: { items: [one] },
    },
    finished: { [cases.editIdentity.id]: [edit] },
  })
  const { items } = await asked<{ items: IdentityConflict[] }>(cases.myConflicts, kept)
  assert.deepEqual([items.length, items[0]?.stands?.value, items[0]?.stands?.version], [1, '+999 4', edit.key])
})

test('whoever was screened here and has not been sent yet can be changed as well', async () => {
  const recorded = { case: of, child: 'in-doubt', identity: { givenName: 'Yeferson', age: 24 } }
  const edit = editing('age', 25, 'v1')
  const kept = phone({
    finished: {
      'screening.record': [{ key: uuidv7(), params: {}, body: recorded, madeAt: at, stands: true }],
      [cases.editIdentity.id]: [edit],
    },
  })
  const seen = await asked<IdentityRecord>(cases.identity, kept)
  assert.deepEqual(
    [seen.fields.givenName?.version, seen.fields.age?.value, seen.fields.age?.version, seen.child, seen.open],
    ['v1', 25, edit.key, true, true],
  )
})

test('what the phone does not know it does not answer', async () => {
  const kept = phone({})
  assert.equal(await asked(cases.identity, kept), undefined)
  assert.equal(await asked(cases.conflicts, kept), undefined)
  assert.deepEqual(await asked(cases.myConflicts, kept), { items: [] })
})

test('with signal the server’s answer counts, and what waits here lies on top', async () => {
  const edit = editing('phone', '+999 5', 'their-version')
  const kept = phone({
    records: { [`identity ${of}`]: record({ phone: phoneField('+999 1', 'v1') }) },
    finished: { [cases.editIdentity.id]: [edit] },
  })
  const online = record({ phone: phoneField('+999 3', 'their-version') })
  assert.equal((await asked<IdentityRecord>(cases.identity, kept, online)).fields.phone?.value, '+999 5')
  const { items } = await asked<{ items: unknown[] }>(cases.conflicts, kept, { items: [] })
  // The copy is older than the answer; the server will tell once it has arrived.
  assert.equal(items.length, 1)
})

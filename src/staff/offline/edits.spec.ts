import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { applyEdits, type Fields } from '#platform/sync/field-edits.ts'
import { conflicts, editsOf, overlay, settling } from './edits.ts'
import { makeClock, makePorts, prfOf, start } from './make.ts'
import { openPhone } from './phone.ts'

const at = '2026-11-22T08:00:00.000Z'
const fields: Fields = {
  name: { value: 'Ana', version: 'v1', by: 'x', at },
  age: { value: 20, version: 'v2', by: 'x', at },
}
const maker = (version: string) => ({ version, by: 'me', at })

describe('edits of fields', () => {
  test('change only what they were made on', () => {
    const { fields: next, conflicts: none } = applyEdits(
      fields,
      [{ field: 'name', value: 'Eva', base: 'v1' }],
      maker('c1'),
    )
    assert.deepEqual(next.name, { value: 'Eva', version: 'c1', by: 'me', at })
    assert.equal(next.age, fields.age)
    assert.deepEqual(none, [])
  })

  test('two of one field become a conflict with both values and both writers', () => {
    const first = applyEdits(fields, [{ field: 'name', value: 'Eva', base: 'v1' }], maker('c1'))
    const second = applyEdits(first.fields, [{ field: 'name', value: 'Iva', base: 'v1' }], {
      version: 'c2',
      by: 'you',
      at,
    })
    assert.equal(second.fields.name?.value, 'Eva')
    assert.deepEqual(second.conflicts, [
      {
        field: 'name',
        base: 'v1',
        mine: { value: 'Iva', version: 'c2', by: 'you', at },
        theirs: { value: 'Eva', version: 'c1', by: 'me', at },
      },
    ])
  })

  test('two that say the same agree; two of different fields do not meet; an odd name is a field like others', () => {
    const first = applyEdits(fields, [{ field: 'name', value: 'Eva', base: 'v1' }], maker('c1')).fields
    assert.deepEqual(applyEdits(first, [{ field: 'name', value: 'Eva', base: 'v1' }], maker('c2')).conflicts, [])
    assert.deepEqual(applyEdits(first, [{ field: 'age', value: 21, base: 'v2' }], maker('c2')).conflicts, [])
    const odd = applyEdits(first, [{ field: 'constructor', value: 1, base: null }], maker('c3'))
    assert.deepEqual(odd.conflicts, [])
    assert.equal(Object.hasOwn(odd.fields, 'constructor'), true)
  })

  test('a chain made offline on its own changes is no conflict, and what is done already is not laid on twice', () => {
    const seen = overlay(fields, []).fields
    const first = { key: 'c1', edits: editsOf(seen, { name: 'Eva', age: 20 }), by: 'me', at }
    assert.deepEqual(first.edits, [{ field: 'name', value: 'Eva', base: 'v1' }])
    const second = { key: 'c2', edits: editsOf(overlay(fields, [first]).fields, { name: 'Iva' }), by: 'me', at }
    assert.equal(second.edits[0]?.base, 'c1')
    const both = overlay(fields, [first, second])
    assert.equal(both.fields.name?.value, 'Iva')
    assert.deepEqual(both.foreseen, [])
    const server = applyEdits(fields, first.edits, maker('c1')).fields
    assert.deepEqual(overlay(server, [first, second]), both)
    assert.deepEqual(applyEdits(server, second.edits, maker('c2')).conflicts, [])
  })

  test('a conflict is foreseen as soon as the other’s value is pulled, and settled on the value that stands', () => {
    const mine = { key: 'c1', edits: editsOf(fields, { name: 'Eva' }), by: 'me', at }
    const theirs = applyEdits(fields, [{ field: 'name', value: 'Iva', base: 'v1' }], { version: 'c9', by: 'you', at })
    const { fields: seen, foreseen } = overlay(theirs.fields, [mine])
    assert.equal(seen.name?.value, 'Iva')
    assert.equal(foreseen.length, 1)
    const choice = settling({ ...foreseen[0]!, id: 'k', record: 'r' }, 'Eva')
    assert.deepEqual(applyEdits(theirs.fields, [choice], maker('c3')).conflicts, [])
  })

  test('conflicts that were pulled are listed', async () => {
    const phone = await openPhone(makePorts(makeClock()))
    await phone.vault.create({ prf: prfOf(1) }, start)
    const conflict = { record: 'r', field: 'name', base: 'v1', mine: fields.name, theirs: null }
    for (const id of ['b', 'a'])
      await phone.rows.put({ kind: 'conflict', id, value: conflict, pulled: true, version: '1', group: 'r' })
    assert.deepEqual(await conflicts(phone.rows), [
      { id: 'a', ...conflict },
      { id: 'b', ...conflict },
    ])
  })
})

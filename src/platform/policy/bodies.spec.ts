import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '../../../tools/demonstration/people.ts'
import { loadPacks } from '../country/load.ts'
import { bodyKinds } from '../country/vocabulary.ts'
import { mayHold, takesTwo } from './bodies.ts'
import { ceilingOf } from './ceiling.ts'
import { type Role, roles } from './roles.ts'

const kindsOf = (role: Role, competent: boolean) => bodyKinds.filter(kind => mayHold(role, { kind, competent }))

test('the unit’s roles are held in the competent unit alone, whatever its kind', () => {
  for (const role of ['intake', 'coordinator', 'decision-maker'] as const) {
    assert.deepEqual(kindsOf(role, false), [], role)
    assert.deepEqual(kindsOf(role, true), bodyKinds, role)
  }
})

test('no role of care is held by police, coast guard, immigration, labour, school or court, and none of investigation by care', () => {
  for (const competent of [false, true]) {
    for (const role of ['provider', 'shelter-manager'] as const)
      for (const kind of ['police', 'coast-guard', 'immigration', 'labour-inspectorate', 'school', 'court'] as const)
        assert.ok(!mayHold(role, { kind, competent }), `${role} in ${kind}`)
    for (const role of ['investigator', 'prosecutor'] as const)
      for (const kind of ['ngo', 'shelter', 'health', 'school', 'child-protection', 'competent-authority'] as const)
        assert.ok(!mayHold(role, { kind, competent }), `${role} in ${kind}`)
    assert.ok(!mayHold('officer', { kind: 'shelter', competent }))
  }
})

test('whoever meets people in their daily work has officers: also a school and a coast guard', () => {
  for (const kind of ['school', 'coast-guard', 'police', 'immigration', 'labour-inspectorate', 'health'] as const)
    assert.ok(mayHold('officer', { kind, competent: false }), kind)
})

test('every role is held somewhere, and a kind that nobody knows holds none that is bound to kinds', () => {
  for (const role of roles) assert.ok(kindsOf(role, true).length > 0, role)
  for (const role of ['officer', 'provider', 'investigator'] as const)
    assert.ok(!mayHold(role, { kind: 'unheard-of', competent: false }), role)
})

test('the people of the demonstration stand where they may', async () => {
  const pack = (await loadPacks(new URL('../../../countries', import.meta.url).pathname)).get('XSA')!
  for (const { name, role, body } of people) {
    const { kind, competentFor } = pack.bodies.find(one => one.code === body)!
    assert.ok(mayHold(role, { kind, competent: competentFor.includes('adults') }), `${name}, ${role} in ${body}`)
  }
})

test('a role takes two people when it opens anything, and that of an administrator always', () => {
  assert.ok(takesTwo('administrator'))
  for (const role of roles) if (role !== 'administrator') assert.equal(takesTwo(role), ceilingOf[role] !== 0, role)
})
